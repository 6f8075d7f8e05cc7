/* SPDX-License-Identifier: MIT */
/**
 * DOC: A minimal careful virtqueue in C
 *
 * What the Swift rings are measured against: both roles of a split and of a
 * packed virtqueue over one guest memory, with every check that keeps a device
 * alive (head and next in range, no loop, no indirect descriptor, readable
 * before writable, total below 2^32, buffers inside memory, at most as many
 * chains in flight as entries) and nothing else.
 */
#ifndef CBASELINE_RING_H
#define CBASELINE_RING_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct ring_memory - guest memory of one region at address 0
 * @base: its bytes
 * @size: how many
 */
struct ring_memory {
	uint8_t *base;
	uint64_t size;
};

/**
 * ring_split_run() - serve 3-descriptor chains over a split virtqueue
 * @memory: guest memory; the ring's parts are laid out from 0 on
 * @size: entries of the queue, a power of two
 * @rounds: how often to add, pop, complete and reap one chain
 *
 * Return: a checksum over what was served; 0 on an error.
 */
uint64_t ring_split_run(const struct ring_memory *memory, uint16_t size,
		      uint64_t rounds);

/**
 * ring_packed_run() - serve 3-descriptor chains over a packed virtqueue
 * @memory: guest memory; the ring's parts are laid out from 0 on
 * @size: entries of the queue
 * @rounds: how often to add, pop, complete and reap one chain
 *
 * Return: a checksum over what was served; 0 on an error.
 */
uint64_t ring_packed_run(const struct ring_memory *memory, uint16_t size,
		       uint64_t rounds);

#endif
