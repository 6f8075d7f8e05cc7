/*
 * Counts allocations: malloc and its kin are defined here, in front of the C library's, and pass on to them.
 * Under a sanitizer, which has its own, none are counted.
 */
#include "esp.h"

#include <errno.h>
#include <malloc.h>
#include <openssl/crypto.h>
#include <stdatomic.h>

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAVE_OWN_MALLOC 0
#else
#define HAVE_OWN_MALLOC 1
#endif

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_bool counting;
static atomic_ullong allocations;

#if HAVE_OWN_MALLOC
static void count(void)
{
	if (atomic_load_explicit(&counting, memory_order_relaxed))
		atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

void *malloc(size_t size)
{
	count();
	return __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	count();
	return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size)
{
	count();
	return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
	count();
	return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
	void *result;

	if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0)
		return EINVAL;
	result = memalign(alignment, size);
	if (!result)
		return ENOMEM;
	*memory = result;
	return 0;
}
#endif

uint64_t esp_allocations(void)
{
	atomic_store(&counting, true);
	return atomic_load(&allocations);
}

size_t esp_heap_bytes(void)
{
	return mallinfo2().uordblks;
}

size_t esp_locked_bytes(void)
{
	return CRYPTO_secure_used();
}
