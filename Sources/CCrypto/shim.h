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
