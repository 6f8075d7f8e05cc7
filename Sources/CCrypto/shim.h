/* libcrypto as Swift sees it: the EVP interface and what it stands on. */

/* The bare hash states (SHA_CTX and its kin) are deprecated in favour of EVP, but an EVP
   digest context cannot be copied without allocating, and HMAC copies two a packet. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
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

/** ccrypto_get_icv - the ICV of the packet just sealed: EVP_CTRL_AEAD_GET_TAG without the detour */
static inline int ccrypto_get_icv(EVP_CIPHER_CTX *context, void *icv, size_t icv_length)
{
	OSSL_PARAM parameters[] = {
		OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, icv, icv_length),
		OSSL_PARAM_construct_end(),
	};

	return EVP_CIPHER_CTX_get_params(context, parameters);
}
