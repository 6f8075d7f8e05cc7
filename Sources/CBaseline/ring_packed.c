// SPDX-License-Identifier: MIT
/* Both roles of a packed virtqueue. */
#include "ring_common.h"

#include <stdatomic.h>

struct desc {
	_Atomic uint64_t addr;
	_Atomic uint32_t len;
	_Atomic uint16_t id, flags;
};

struct position {
	uint16_t slot;
	bool wrap;
};

struct packed {
	const struct ring_memory *memory;
	uint16_t size;
	struct desc *desc;
	_Atomic uint16_t *driver_event, *device_event;
	/* driver */
	struct position avail, driver_used;
	uint16_t free_id, free_count;
	uint16_t next_id[256], slots[256];
	uint32_t writable[256];
	uint64_t token[256];
	/* device */
	struct position device_avail, device_used;
	uint16_t in_flight;
};

#define LOAD(p) atomic_load_explicit(&(p), memory_order_relaxed)
#define LOAD_ACQ(p) atomic_load_explicit(&(p), memory_order_acquire)
#define STORE(p, v) atomic_store_explicit(&(p), (v), memory_order_relaxed)
#define STORE_REL(p, v) atomic_store_explicit(&(p), (v), memory_order_release)

static void advance(struct position *p, uint16_t count, uint16_t size)
{
	p->slot += count;
	if (p->slot >= size) {
		p->slot -= size;
		p->wrap = !p->wrap;
	}
}

static uint16_t avail_flags(const struct position *p)
{
	return p->wrap ? PACKED_AVAIL : PACKED_USED;
}

static bool is_avail(const struct position *p, uint16_t flags)
{
	return (flags & (PACKED_AVAIL | PACKED_USED)) == avail_flags(p);
}

static uint16_t used_flags(const struct position *p)
{
	return p->wrap ? PACKED_AVAIL | PACKED_USED : 0;
}

static bool driver_add(struct packed *q, const uint64_t *addr,
		       const uint32_t *len, uint16_t count, uint16_t readable,
		       uint64_t token)
{
	struct position p = q->avail;
	uint16_t id = q->free_id, first = 0;
	uint32_t writable = 0;

	if (q->free_count < count)
		return false;
	for (uint16_t n = 0; n < count; n++) {
		struct desc *d = &q->desc[p.slot];
		uint16_t flags = (n < readable ? 0 : DESC_WRITE) |
				 (n + 1 < count ? DESC_NEXT : 0) |
				 avail_flags(&p);

		if (n >= readable)
			writable += len[n];
		STORE(d->addr, addr[n]);
		STORE(d->len, len[n]);
		STORE(d->id, id);
		if (n)
			STORE(d->flags, flags);
		else
			first = flags;
		advance(&p, 1, q->size);
	}
	q->free_id = q->next_id[id];
	q->free_count -= count;
	q->slots[id] = count;
	q->writable[id] = writable;
	q->token[id] = token;
	STORE_REL(q->desc[q->avail.slot].flags, first);
	q->avail = p;
	return true;
}

static bool driver_kick(struct packed *q)
{
	atomic_thread_fence(memory_order_seq_cst);
	return !(LOAD(q->device_event[1]) & 1);
}

static bool device_pop(struct packed *q, struct chain *chain)
{
	struct position p = q->device_avail;
	uint16_t flags;

	chain_clear(chain);
	do {
		struct desc *d = &q->desc[p.slot];

		flags = LOAD_ACQ(d->flags);
		if (!is_avail(&p, flags) || flags & DESC_INDIRECT ||
		    q->in_flight + chain->slots >= q->size)
			return false;
		if (!chain_append(chain, q->memory, LOAD(d->addr), LOAD(d->len),
				  flags))
			return false;
		chain->id = LOAD(d->id);
		chain->slots++;
		advance(&p, 1, q->size);
	} while (flags & DESC_NEXT);
	q->device_avail = p;
	q->in_flight += chain->slots;
	return true;
}

static bool device_complete(struct packed *q, const struct chain *chain,
			    uint32_t written)
{
	struct desc *d = &q->desc[q->device_used.slot];

	STORE(d->len, written);
	STORE(d->id, chain->id);
	STORE_REL(d->flags,
		  used_flags(&q->device_used) | (written ? DESC_WRITE : 0));
	advance(&q->device_used, chain->slots, q->size);
	q->in_flight -= chain->slots;
	atomic_thread_fence(memory_order_seq_cst);
	return !(LOAD(q->driver_event[1]) & 1);
}

static bool driver_reap(struct packed *q, uint64_t *token)
{
	struct desc *d = &q->desc[q->driver_used.slot];
	uint16_t flags = LOAD_ACQ(d->flags), id;
	uint32_t len;

	if ((flags & (PACKED_AVAIL | PACKED_USED)) !=
	    used_flags(&q->driver_used))
		return false;
	id = LOAD(d->id);
	len = flags & DESC_WRITE ? LOAD(d->len) : 0;
	if (id >= q->size || !q->slots[id] || len > q->writable[id])
		return false;
	advance(&q->driver_used, q->slots[id], q->size);
	q->free_count += q->slots[id];
	q->slots[id] = 0;
	q->next_id[id] = q->free_id;
	q->free_id = id;
	*token = q->token[id];
	return true;
}

uint64_t ring_packed_run(const struct ring_memory *memory, uint16_t size,
		       uint64_t rounds)
{
	static const uint32_t len[3] = { 16, 64, 64 };
	struct packed q = { .memory = memory, .size = size };
	uint64_t sum = 0, token = 0, buffers = memory->size / 2;
	struct chain chain;

	q.desc = (struct desc *)memory->base;
	q.driver_event = (_Atomic uint16_t *)(memory->base + 16 * size);
	q.device_event = q.driver_event + 2;
	memset(memory->base, 0, 16 * size + 8);
	q.avail.wrap = q.driver_used.wrap = true;
	q.device_avail.wrap = q.device_used.wrap = true;
	q.free_count = size;
	for (uint16_t i = 0; i < size; i++)
		q.next_id[i] = (i + 1) % size;
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
