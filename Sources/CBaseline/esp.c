#include "esp.h"

#include <arpa/inet.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

enum {
	IP_LENGTH = 20,
	ESP_LENGTH = 8,
	IV_LENGTH = 8,
	ICV_LENGTH = 16,
	FRONT_LENGTH = IP_LENGTH + ESP_LENGTH + IV_LENGTH,
	WINDOW_BITS = 1024,
	WINDOW_WORDS = 32,
	IPPROTO_IPV4_INSIDE = 4,
};

struct esp_baseline {
	EVP_CIPHER_CTX *seal;
	EVP_CIPHER_CTX *open;
	uint8_t salt[4];
	bool esn;
	bool lean;
	uint64_t sequence;
	uint64_t top;
	uint64_t window[WINDOW_WORDS];
	uint16_t identification;
};

static const uint32_t spi = 0x1001;

static EVP_CIPHER_CTX *new_context(const uint8_t *key, int sealing)
{
	EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

	if (!EVP_CipherInit_ex(context, cipher, NULL, key, NULL, sealing)) {
		EVP_CIPHER_CTX_free(context);
		context = NULL;
	}
	EVP_CIPHER_free(cipher);
	return context;
}

struct esp_baseline *esp_baseline_new(const uint8_t *key, const uint8_t *salt, bool esn, bool lean)
{
	struct esp_baseline *tunnel = calloc(1, sizeof(*tunnel));

	if (!tunnel)
		return NULL;
	tunnel->seal = new_context(key, 1);
	tunnel->open = new_context(key, 0);
	if (!tunnel->seal || !tunnel->open) {
		esp_baseline_free(tunnel);
		return NULL;
	}
	memcpy(tunnel->salt, salt, sizeof(tunnel->salt));
	tunnel->esn = esn;
	tunnel->lean = lean;
	return tunnel;
}

void esp_baseline_free(struct esp_baseline *tunnel)
{
	if (!tunnel)
		return;
	EVP_CIPHER_CTX_free(tunnel->seal);
	EVP_CIPHER_CTX_free(tunnel->open);
	free(tunnel);
}

static uint16_t checksum(const uint8_t *bytes, size_t length)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < length; i += 2) {
		uint16_t word;

		memcpy(&word, bytes + i, 2);
		sum += word;
	}
	sum = (sum & 0xffff) + (sum >> 16);
	sum += sum >> 16;
	return ~sum;
}

static void write_outer_header(struct esp_baseline *tunnel, uint8_t *ip, size_t total)
{
	static const uint8_t addresses[8] = { 10, 0, 0, 1, 10, 0, 0, 2 };
	uint16_t length = htons(total), id = htons(tunnel->identification++), sum;

	memset(ip, 0, 12);
	ip[0] = 0x45;
	memcpy(ip + 2, &length, 2);
	memcpy(ip + 4, &id, 2);
	ip[8] = 64;
	ip[9] = 50;
	memcpy(ip + 12, addresses, 8);
	sum = checksum(ip, IP_LENGTH);
	memcpy(ip + 10, &sum, 2);
}

/* Nonce and associated data of the packet whose ESP header is at @esp; the length of the latter. */
static int make_aad(const struct esp_baseline *tunnel, const uint8_t *esp, uint64_t sequence, uint8_t *nonce,
		    uint8_t *aad)
{
	uint32_t high = htonl(sequence >> 32);

	memcpy(nonce, tunnel->salt, 4);
	memcpy(nonce + 4, esp + ESP_LENGTH, IV_LENGTH);
	memcpy(aad, esp, 4);
	if (!tunnel->esn) {
		memcpy(aad + 4, esp + 4, 4);
		return 8;
	}
	memcpy(aad + 4, &high, 4);
	memcpy(aad + 8, esp + 4, 4);
	return 12;
}

/* One packet's cryptography by the calls that OpenSSL's manual shows. */
static bool seal_careful(EVP_CIPHER_CTX *context, const uint8_t *nonce, const uint8_t *aad, int aad_length,
			 uint8_t *text, size_t length)
{
	int ignored;

	return EVP_EncryptInit_ex(context, NULL, NULL, NULL, nonce) &&
	       EVP_EncryptUpdate(context, NULL, &ignored, aad, aad_length) &&
	       EVP_EncryptUpdate(context, text, &ignored, text, length) &&
	       EVP_EncryptFinal_ex(context, text + length, &ignored) &&
	       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, ICV_LENGTH, text + length);
}

static bool open_careful(EVP_CIPHER_CTX *context, const uint8_t *nonce, const uint8_t *aad, int aad_length,
			 uint8_t *text, size_t length)
{
	int ignored;

	return EVP_DecryptInit_ex(context, NULL, NULL, NULL, nonce) &&
	       EVP_DecryptUpdate(context, NULL, &ignored, aad, aad_length) &&
	       EVP_DecryptUpdate(context, text, &ignored, text, length) &&
	       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, ICV_LENGTH, text + length) &&
	       EVP_DecryptFinal_ex(context, text + length, &ignored) > 0;
}

/*
 * The same by the calls that the engine makes: a fixed IV of length -1 is the whole IV and spares asking for its
 * length, and EVP_Cipher() goes straight to the provider.
 */
static bool run_lean(EVP_CIPHER_CTX *context, const uint8_t *aad, int aad_length, uint8_t *text, size_t length)
{
	uint8_t rest[16];

	return EVP_Cipher(context, NULL, aad, aad_length) >= 0 && EVP_Cipher(context, text, text, length) >= 0 &&
	       EVP_Cipher(context, rest, NULL, 0) >= 0;
}

static bool seal_lean(EVP_CIPHER_CTX *context, uint8_t *nonce, const uint8_t *aad, int aad_length, uint8_t *text,
		      size_t length)
{
	const OSSL_PARAM start[] = {
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TLS1_IV_FIXED, nonce, (size_t)-1),
		OSSL_PARAM_construct_end(),
	};
	OSSL_PARAM end[] = {
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, text + length, ICV_LENGTH),
		OSSL_PARAM_construct_end(),
	};

	return EVP_CIPHER_CTX_set_params(context, start) && run_lean(context, aad, aad_length, text, length) &&
	       EVP_CIPHER_CTX_get_params(context, end);
}

static bool open_lean(EVP_CIPHER_CTX *context, uint8_t *nonce, const uint8_t *aad, int aad_length, uint8_t *text,
		      size_t length)
{
	const OSSL_PARAM start[] = {
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TLS1_IV_FIXED, nonce, (size_t)-1),
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, text + length, ICV_LENGTH),
		OSSL_PARAM_construct_end(),
	};

	return EVP_CIPHER_CTX_set_params(context, start) && run_lean(context, aad, aad_length, text, length);
}

size_t esp_baseline_encap(struct esp_baseline *tunnel, uint8_t *packet, size_t length)
{
	EVP_CIPHER_CTX *context = tunnel->seal;
	size_t padding = -(length + 2) & 3, text = length + padding + 2;
	uint64_t sequence = ++tunnel->sequence, iv = __builtin_bswap64(sequence);
	uint32_t id = htonl(spi), low = htonl((uint32_t)sequence);
	uint8_t *esp = packet - ESP_LENGTH - IV_LENGTH, *trailer = packet + length;
	uint8_t nonce[12], aad[12];
	int aad_length;

	for (size_t i = 0; i < padding; i++)
		trailer[i] = i + 1;
	trailer[padding] = padding;
	trailer[padding + 1] = IPPROTO_IPV4_INSIDE;
	memcpy(esp, &id, 4);
	memcpy(esp + 4, &low, 4);
	memcpy(esp + ESP_LENGTH, &iv, IV_LENGTH);
	aad_length = make_aad(tunnel, esp, sequence, nonce, aad);

	if (tunnel->lean ? !seal_lean(context, nonce, aad, aad_length, packet, text) :
			   !seal_careful(context, nonce, aad, aad_length, packet, text))
		return 0;

	write_outer_header(tunnel, esp - IP_LENGTH, FRONT_LENGTH + text + ICV_LENGTH);
	return FRONT_LENGTH + text + ICV_LENGTH;
}

/* The full number of which a packet carried @low (RFC 4303 appendix A2.2). */
static uint64_t infer_sequence(const struct esp_baseline *tunnel, uint32_t low)
{
	uint32_t top = tunnel->top, high = tunnel->top >> 32, bottom = top - WINDOW_BITS + 1;

	if (!tunnel->esn)
		return low;
	if (top >= WINDOW_BITS - 1)
		high += low < bottom;
	else if (low >= bottom && high)
		high--;
	return (uint64_t)high << 32 | low;
}

static bool is_acceptable(const struct esp_baseline *tunnel, uint64_t sequence)
{
	if (!sequence)
		return false;
	if (sequence > tunnel->top)
		return true;
	if (tunnel->top - sequence >= WINDOW_BITS)
		return false;
	return !(tunnel->window[(sequence >> 6) % WINDOW_WORDS] >> (sequence & 63) & 1);
}

static void mark_received(struct esp_baseline *tunnel, uint64_t sequence)
{
	if (sequence > tunnel->top) {
		uint64_t word = tunnel->top >> 6, steps = (sequence >> 6) - word;

		if (steps > WINDOW_WORDS)
			steps = WINDOW_WORDS;
		for (uint64_t i = 1; i <= steps; i++)
			tunnel->window[(word + i) % WINDOW_WORDS] = 0;
		tunnel->top = sequence;
	}
	tunnel->window[(sequence >> 6) % WINDOW_WORDS] |= 1ull << (sequence & 63);
}

size_t esp_baseline_decap(struct esp_baseline *tunnel, uint8_t *packet, size_t length)
{
	EVP_CIPHER_CTX *context = tunnel->open;
	uint8_t *esp = packet + IP_LENGTH, *inner = packet + FRONT_LENGTH;
	uint8_t nonce[12], aad[12];
	uint64_t sequence;
	uint32_t low;
	size_t text, padding;
	int aad_length;

	if (length < FRONT_LENGTH + ICV_LENGTH + 2)
		return 0;
	memcpy(&low, esp + 4, 4);
	sequence = infer_sequence(tunnel, ntohl(low));
	if (!is_acceptable(tunnel, sequence))
		return 0;
	aad_length = make_aad(tunnel, esp, sequence, nonce, aad);
	text = length - FRONT_LENGTH - ICV_LENGTH;

	if (tunnel->lean ? !open_lean(context, nonce, aad, aad_length, inner, text) :
			   !open_careful(context, nonce, aad, aad_length, inner, text))
		return 0;

	mark_received(tunnel, sequence);
	padding = inner[text - 2];
	if (padding + 2 > text)
		return 0;
	for (size_t i = 0; i < padding; i++)
		if (inner[text - 2 - padding + i] != i + 1)
			return 0;
	if (inner[text - 1] != IPPROTO_IPV4_INSIDE)
		return 0;
	return text - 2 - padding;
}
