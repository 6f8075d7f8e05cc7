#include "esp.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

struct esp_mac_baseline {
	EVP_CIPHER_CTX *cipher;
	EVP_MAC_CTX *mac;
	uint8_t cipher_key[16];
	uint8_t mac_key[20];
};

struct esp_mac_baseline *esp_mac_baseline_new(const uint8_t *cipher_key, const uint8_t *mac_key)
{
	struct esp_mac_baseline *pair = calloc(1, sizeof(*pair));
	EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL);
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	OSSL_PARAM digest[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA1", 0),
		OSSL_PARAM_construct_end(),
	};

	memcpy(pair->cipher_key, cipher_key, sizeof(pair->cipher_key));
	memcpy(pair->mac_key, mac_key, sizeof(pair->mac_key));
	pair->cipher = EVP_CIPHER_CTX_new();
	pair->mac = EVP_MAC_CTX_new(mac);
	if (!EVP_EncryptInit_ex(pair->cipher, cipher, NULL, cipher_key, NULL) ||
	    !EVP_CIPHER_CTX_set_padding(pair->cipher, 0) ||
	    !EVP_MAC_init(pair->mac, mac_key, 20, digest)) {
		esp_mac_baseline_free(pair);
		pair = NULL;
	}
	EVP_CIPHER_free(cipher);
	EVP_MAC_free(mac);
	return pair;
}

void esp_mac_baseline_free(struct esp_mac_baseline *pair)
{
	if (!pair)
		return;
	EVP_CIPHER_CTX_free(pair->cipher);
	EVP_MAC_CTX_free(pair->mac);
	free(pair);
}

bool esp_mac_baseline_seal(struct esp_mac_baseline *pair, uint8_t *header, size_t length, bool careful)
{
	const uint8_t *cipher_key = careful ? NULL : pair->cipher_key;
	const uint8_t *mac_key = careful ? NULL : pair->mac_key;
	uint8_t *iv = header + 8, *text = iv + 16, icv[20];
	size_t icv_length;
	int ignored;

	if (!EVP_EncryptInit_ex(pair->cipher, NULL, NULL, cipher_key, iv) ||
	    !EVP_EncryptUpdate(pair->cipher, text, &ignored, text, length) ||
	    !EVP_MAC_init(pair->mac, mac_key, mac_key ? sizeof(pair->mac_key) : 0, NULL) ||
	    !EVP_MAC_update(pair->mac, header, 24 + length) ||
	    !EVP_MAC_final(pair->mac, icv, &icv_length, sizeof(icv)))
		return false;
	memcpy(text + length, icv, 12);
	return true;
}
