/* libcrypto as Swift sees it: the EVP interface and what it stands on. */

/* The bare hash states (SHA_CTX and its kin) are deprecated in favour of EVP, but an EVP
   digest context cannot be copied without allocating, and HMAC copies two a packet. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

/**
 * ccrypto_clear_upper_vectors - leave the wide vector registers clean
 *
 * Debian's ChaCha20-Poly1305 returns with their upper halves dirty, which slows whatever follows.
 */
static inline void ccrypto_clear_upper_vectors(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx"))
		__asm__ volatile("vzeroupper" ::: "memory");
#endif
}

/**
 * ccrypto_start_gcm - give an AES-GCM context that holds its key the nonce of the next packet
 * @nonce: all of it, 12 bytes
 * @icv: what the packet to be opened must have; NULL when sealing
 *
 * EVP_CipherInit_ex() asks the context for the length of its IV each time, which takes longer than encrypting 64 bytes.
 * A fixed IV of length -1 is the whole IV, as of EVP_CTRL_AEAD_SET_IV_FIXED.
 */
static inline int ccrypto_start_gcm(EVP_CIPHER_CTX *context, void *nonce, void *icv, size_t icv_length)
{
	const OSSL_PARAM parameters[] = {
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TLS1_IV_FIXED, nonce, (size_t)-1),
		icv ? OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, icv, icv_length) : OSSL_PARAM_construct_end(),
		OSSL_PARAM_construct_end(),
	};

	return EVP_CIPHER_CTX_set_params(context, parameters);
}

/** ccrypto_get_icv - the ICV of the packet just sealed: EVP_CTRL_AEAD_GET_TAG without the detour */
static inline int ccrypto_get_icv(EVP_CIPHER_CTX *context, void *icv, size_t icv_length)
{
	OSSL_PARAM parameters[] = {
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, icv, icv_length),
		OSSL_PARAM_construct_end(),
	};

	return EVP_CIPHER_CTX_get_params(context, parameters);
}
