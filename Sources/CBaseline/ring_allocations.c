// SPDX-License-Identifier: MIT
/*
 * Counts allocations: malloc and its kin stand here in front of the C
 * library's. They are weak: where another part of the program has a counter
 * that starts with esp_allocations(), that one counts for both.
 */
#include "ring.h"

#include <stdatomic.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t number, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern uint64_t esp_allocations(void) __attribute__((weak));

static atomic_ullong allocations;

static void count(void)
{
	atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

uint64_t ring_allocations(void)
{
	return esp_allocations ? esp_allocations() : atomic_load(&allocations);
}

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
__attribute__((weak)) void *malloc(size_t size)
{
	count();
	return __libc_malloc(size);
}

__attribute__((weak)) void *calloc(size_t number, size_t size)
{
	count();
	return __libc_calloc(number, size);
}

__attribute__((weak)) void *realloc(void *block, size_t size)
{
	count();
	return __libc_realloc(block, size);
}
#endif
