/* SPDX-License-Identifier: MIT */
/* What split and packed have in common: descriptors, buffers, chains. */
#ifndef CBASELINE_RING_COMMON_H
#define CBASELINE_RING_COMMON_H

#include "ring.h"

#include <string.h>

enum {
	DESC_NEXT = 1,
	DESC_WRITE = 2,
	DESC_INDIRECT = 4,
	PACKED_AVAIL = 1 << 7,
	PACKED_USED = 1 << 15,
	CHAIN_MAX = 64,
};

struct segment {
	uint8_t *base;
	uint32_t len;
};

struct chain {
	struct segment segments[CHAIN_MAX];
	unsigned int count, readable;
	uint64_t readable_len, writable_len;
	uint16_t id, slots;
};

/* Appends a buffer after checking it; false for one that breaks the rules. */
static inline bool chain_append(struct chain *chain,
				const struct ring_memory *memory, uint64_t addr,
				uint32_t len, uint16_t flags)
{
	if (!(flags & DESC_WRITE) && chain->writable_len)
		return false;
	if (chain->readable_len + chain->writable_len + len > 1ULL << 32)
		return false;
	if (addr >= memory->size || len > memory->size - addr ||
	    chain->count == CHAIN_MAX)
		return false;
	chain->segments[chain->count].base = memory->base + addr;
	chain->segments[chain->count++].len = len;
	if (flags & DESC_WRITE) {
		chain->writable_len += len;
	} else {
		chain->readable_len += len;
		chain->readable++;
	}
	return true;
}

static inline void chain_clear(struct chain *chain)
{
	chain->count = chain->readable = 0;
	chain->readable_len = chain->writable_len = 0;
	chain->slots = 0;
}

/* What the device does with a request: read 8 bytes, write 8 bytes. */
static inline uint64_t chain_serve(struct chain *chain)
{
	uint64_t value;

	memcpy(&value, chain->segments[0].base, 8);
	memcpy(chain->segments[chain->readable].base, &value, 8);
	return value;
}

#endif
