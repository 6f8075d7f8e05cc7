// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How much an SA was used, as the driver saw it, and what is left of its
 * lifetimes: after a reset, no device knows.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include "sa.h"

/**
 * vipsec_count_use() - a packet was processed; in any context
 * @sa: its SA
 * @input: bytes of the packet
 * @output: bytes of the result
 */
void vipsec_count_use(struct vipsec_sa *sa, u32 input, u32 output)
{
	bool is_encap = sa->operation == VIRTIO_IPSEC_OP_ENCAP;

	atomic64_inc(&sa->done.packets);
	atomic64_add(is_encap ? input : output, &sa->done.bytes);
	atomic64_add(max(input, output), &sa->done.sealed_bytes);
}

/**
 * vipsec_count_loss() - a packet was given back by a reset; it may have been processed
 * @sa: its SA; the accelerator is locked
 * @input: bytes of the packet
 */
void vipsec_count_loss(struct vipsec_sa *sa, u32 input)
{
	sa->lost.packets++;
	sa->lost.bytes += input;
	sa->lost.sealed_bytes += input;
}

/**
 * vipsec_note_use() - the device is about to count from 0 again
 * @sa: the SA, none of whose packets are in flight
 */
void vipsec_note_use(struct vipsec_sa *sa)
{
	sa->before.packets = atomic64_read(&sa->done.packets);
	sa->before.bytes = atomic64_read(&sa->done.bytes);
	sa->before.sealed_bytes = atomic64_read(&sa->done.sealed_bytes);
}

/* What is left of a hard limit, which is 0 where there is none. */
static int vipsec_hard_left(__le64 limit, u64 used, __le64 *left)
{
	u64 whole = le64_to_cpu(limit);

	if (whole && whole <= used)
		return -EKEYREJECTED;
	*left = cpu_to_le64(whole ? whole - used : 0);
	return 0;
}

/* Of a soft limit that was reached, but not told, the next packet tells. */
static __le64 vipsec_soft_left(__le64 limit, u64 used, bool is_told)
{
	u64 whole = le64_to_cpu(limit);

	if (!whole || is_told)
		return 0;
	return cpu_to_le64(whole > used ? whole - used : 1);
}

/**
 * vipsec_lifetime_left() - subtract what was used when the device began to count
 * @sa: the SA
 * @whole: the lifetime of it, or of one of its bundle
 * @is_innermost: whether it is the one that counts plain packets
 * @is_new: whether nobody can have been told of it
 * @left: is filled
 *
 * Return: 0, or -EKEYREJECTED if nothing is left.
 */
int vipsec_lifetime_left(const struct vipsec_sa *sa, const struct virtio_ipsec_lifetime *whole,
			 bool is_innermost, bool is_new, struct virtio_ipsec_lifetime *left)
{
	u64 packets = sa->before.packets + sa->lost.packets;
	u64 bytes = is_innermost ? sa->before.bytes + sa->lost.bytes :
		    sa->before.sealed_bytes + sa->lost.sealed_bytes;
	unsigned long told = is_new ? 0 : READ_ONCE(sa->told);

	left->soft_bytes =
		vipsec_soft_left(whole->soft_bytes, bytes,
				 told & BIT(VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES));
	left->soft_packets =
		vipsec_soft_left(whole->soft_packets, packets,
				 told & BIT(VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS));
	return vipsec_hard_left(whole->hard_bytes, bytes, &left->hard_bytes) ?:
	       vipsec_hard_left(whole->hard_packets, packets, &left->hard_packets);
}

/* Lifetimes as they were given to the driver, not what was left of them. */
static void vipsec_tell_lifetimes(struct vipsec_sa *sa, struct virtio_ipsec_read_resp_view *view)
{
	struct virtio_ipsec_sa_description_view *whole;
	u32 i;

	whole = kcalloc(VIPSEC_BUNDLE, sizeof(*whole), GFP_KERNEL);
	if (!whole || vipsec_parse_description(sa->description, sa->length, sa->count, whole))
		goto free;
	for (i = 0; i < min_t(u32, view->record_count, sa->count); i++) {
		struct virtio_ipsec_sa_reported_view *told = &view->record[i].sa_reported;

		if (told->lifetime && whole[i].sa_attributes.lifetime)
			*(struct virtio_ipsec_lifetime *)told->lifetime =
				*whole[i].sa_attributes.lifetime;
	}
free:
	kfree(whole);
}

/**
 * vipsec_tell_use() - make what a device tells of an SA what it would without a reset
 * @sa: the SA
 * @view: what the device tells, in a private copy, which is changed
 */
void vipsec_tell_use(struct vipsec_sa *sa, struct virtio_ipsec_read_resp_view *view)
{
	u32 i;

	for (i = 0; i < view->record_count; i++) {
		struct virtio_ipsec_sa_statistics *statistics =
			(void *)view->record[i].sa_reported.sa_statistics;

		if (!statistics)
			continue;
		le64_add_cpu(&statistics->packets, sa->before.packets);
		le64_add_cpu(&statistics->bytes,
			     i ? sa->before.sealed_bytes : sa->before.bytes);
	}
	vipsec_tell_lifetimes(sa, view);
}
