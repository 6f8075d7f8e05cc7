// SPDX-License-Identifier: MIT
/* Both roles of a split virtqueue. */
#include "ring_common.h"

#include <stdatomic.h>

struct desc {
	_Atomic uint64_t addr;
	_Atomic uint64_t rest; /* len 0-31, flags 32-47, next 48-63 */
};

struct used_elem {
	_Atomic uint32_t id, len;
};

struct split {
	const struct ring_memory *memory;
	uint16_t size;
	struct desc *desc;
	_Atomic uint16_t *avail; /* flags, idx, ring */
	_Atomic uint16_t *used;	 /* flags, idx */
	struct used_elem *used_ring;
	/* driver */
	uint16_t free_head, free_count, next_avail, driver_used;
	uint16_t next[256], count[256];
	uint32_t writable[256];
	uint64_t token[256];
	/* device */
	uint16_t device_avail, device_used, in_flight;
};

#define LOAD(p) atomic_load_explicit(&(p), memory_order_relaxed)
#define LOAD_ACQ(p) atomic_load_explicit(&(p), memory_order_acquire)
#define STORE(p, v) atomic_store_explicit(&(p), (v), memory_order_relaxed)
#define STORE_REL(p, v) atomic_store_explicit(&(p), (v), memory_order_release)

static bool driver_add(struct split *q, const uint64_t *addr,
		       const uint32_t *len, unsigned int count,
		       unsigned int readable, uint64_t token)
{
	uint16_t head = q->free_head, i = head, last = head;
	uint32_t writable = 0;

	if (q->free_count < count)
		return false;
	for (unsigned int n = 0; n < count; n++) {
		uint64_t flags = (n < readable ? 0 : DESC_WRITE) |
				 (n + 1 < count ? DESC_NEXT : 0);

		last = i;
		if (n >= readable)
			writable += len[n];
		STORE(q->desc[i].addr, addr[n]);
		STORE(q->desc[i].rest, len[n] | flags << 32 |
					       (uint64_t)q->next[i] << 48);
		i = q->next[i];
	}
	q->free_head = q->next[last];
	q->free_count -= count;
	q->token[head] = token;
	q->count[head] = count;
	q->writable[head] = writable;
	STORE(q->avail[2 + (q->next_avail++ & (q->size - 1))], head);
	return true;
}

static bool driver_kick(struct split *q)
{
	STORE_REL(q->avail[1], q->next_avail);
	atomic_thread_fence(memory_order_seq_cst);
	return !(LOAD(q->used[0]) & 1);
}

static bool device_pop(struct split *q, struct chain *chain)
{
	uint16_t idx = LOAD_ACQ(q->avail[1]), i, seen = 0;

	if (idx == q->device_avail)
		return false;
	if ((uint16_t)(idx - q->device_avail) > q->size ||
	    q->in_flight >= q->size)
		return false;
	i = LOAD(q->avail[2 + (q->device_avail++ & (q->size - 1))]);
	q->in_flight++;
	chain_clear(chain);
	chain->id = i;
	do {
		uint64_t addr, rest;

		if (i >= q->size || seen++ == q->size)
			return false;
		addr = LOAD(q->desc[i].addr);
		rest = LOAD(q->desc[i].rest);
		if ((rest >> 32) & DESC_INDIRECT ||
		    !chain_append(chain, q->memory, addr, (uint32_t)rest,
				  rest >> 32))
			return false;
		i = rest >> 48;
		if (!((rest >> 32) & DESC_NEXT))
			return true;
	} while (true);
}

static bool device_complete(struct split *q, const struct chain *chain,
			    uint32_t written)
{
	struct used_elem *elem =
		&q->used_ring[q->device_used++ & (q->size - 1)];

	STORE(elem->id, chain->id);
	STORE(elem->len, written);
	q->in_flight--;
	STORE_REL(q->used[1], q->device_used);
	atomic_thread_fence(memory_order_seq_cst);
	return !(LOAD(q->avail[0]) & 1);
}

static bool driver_reap(struct split *q, uint64_t *token)
{
	struct used_elem *elem =
		&q->used_ring[q->driver_used & (q->size - 1)];
	uint32_t id, len;
	uint16_t last;

	if (LOAD_ACQ(q->used[1]) == q->driver_used)
		return false;
	id = LOAD(elem->id);
	len = LOAD(elem->len);
	if (id >= q->size || !q->count[id] || len > q->writable[id])
		return false;
	last = id;
	for (uint16_t n = 1; n < q->count[id]; n++)
		last = q->next[last];
	q->next[last] = q->free_head;
	q->free_head = id;
	q->free_count += q->count[id];
	q->count[id] = 0;
	q->driver_used++;
	*token = q->token[id];
	return true;
}

uint64_t ring_split_run(const struct ring_memory *memory, uint16_t size,
		      uint64_t rounds)
{
	static const uint32_t len[3] = { 16, 64, 64 };
	struct split q = { .memory = memory, .size = size };
	uint64_t sum = 0, token = 0, buffers = memory->size / 2;
	struct chain chain;

	q.desc = (struct desc *)memory->base;
	q.avail = (_Atomic uint16_t *)(memory->base + 16 * size);
	q.used = (_Atomic uint16_t *)(memory->base + 32 * size);
	q.used_ring = (struct used_elem *)(memory->base + 32 * size + 4);
	memset(memory->base, 0, 64 * size);
	q.free_count = size;
	for (uint16_t i = 0; i < size; i++)
		q.next[i] = (i + 1) % size;
	for (uint64_t round = 0; round < rounds; round++) {
		uint64_t base = buffers + (round & 63) * 256;
		uint64_t addr[3] = { base, base + 64, base + 128 };

		if (!driver_add(&q, addr, len, 3, 2, round))
			return 0;
		driver_kick(&q);
		if (!device_pop(&q, &chain))
			return 0;
		sum += chain_serve(&chain);
		device_complete(&q, &chain, 8);
		if (!driver_reap(&q, &token))
			return 0;
		sum += token;
	}
	return sum;
}
