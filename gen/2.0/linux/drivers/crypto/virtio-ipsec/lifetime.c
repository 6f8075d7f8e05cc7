// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How much an SA was used, as the driver saw it, and what is left of its
 * lifetimes: after a reset, no device knows.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include "sa.h"

static void vipsec_meter_add(struct vipsec_meter *meter, u32 bytes, u32 sealed_bytes)
{
	atomic64_inc(&meter->packets);
	atomic64_add(bytes, &meter->bytes);
	atomic64_add(sealed_bytes, &meter->sealed_bytes);
}

static struct vipsec_amount vipsec_meter_read(const struct vipsec_meter *meter)
{
	return (struct vipsec_amount){
		.packets = atomic64_read(&meter->packets),
		.bytes = atomic64_read(&meter->bytes),
		.sealed_bytes = atomic64_read(&meter->sealed_bytes),
	};
}

/* What lifetimes have lost so far. */
static struct vipsec_amount vipsec_used(const struct vipsec_sa *sa)
{
	struct vipsec_amount used = vipsec_meter_read(&sa->done);
	struct vipsec_amount unsure = vipsec_meter_read(&sa->unsure);

	used.packets += unsure.packets;
	used.bytes += unsure.bytes;
	used.sealed_bytes += unsure.sealed_bytes;
	return used;
}

/**
 * vipsec_count_use() - a packet was processed; in any context
 * @sa: its SA
 * @input: bytes of the packet
 * @output: bytes of the result
 */
void vipsec_count_use(struct vipsec_sa *sa, u32 input, u32 output)
{
	bool is_encap = sa->operation == VIRTIO_IPSEC_OP_ENCAP;

	vipsec_meter_add(&sa->done, is_encap ? input : output, max(input, output));
}

/**
 * vipsec_count_doubt() - nobody knows whether a packet was processed; in any context
 * @sa: its SA
 * @input: bytes of the packet
 *
 * It counts with as much as the device can have counted it.
 */
void vipsec_count_doubt(struct vipsec_sa *sa, u32 input)
{
	const struct vipsec_limits *limits = &sa->client->vi->limits;
	u32 added = limits->headroom + limits->tailroom;

	if (sa->operation != VIRTIO_IPSEC_OP_ENCAP)
		added = 0;
	vipsec_meter_add(&sa->unsure, input, input + added);
}

/**
 * vipsec_count_refusal() - a packet was refused; in any context
 * @sa: its SA
 * @status: why; VIRTIO_IPSEC_S_*
 * @input: bytes of the packet
 *
 * A device counts most of what it refuses as an error only. But a dummy has
 * been processed, though it has no bytes, and what does not fit, or turns out
 * to be of an IP version that was not negotiated, may have been, with bytes
 * that the device does not tell. Nor does it tell which SA of a
 * bundle refused: outbound, others may have counted the packet before. Inbound
 * that is not looked at, since anybody can send what is refused, and would use
 * up lifetimes.
 */
void vipsec_count_refusal(struct vipsec_sa *sa, u32 status, u32 input)
{
	bool is_bundle = sa->count > 1;

	switch (status) {
	case VIRTIO_IPSEC_S_DUMMY:
		if (is_bundle)
			vipsec_count_doubt(sa, input);
		else
			vipsec_count_use(sa, input, 0);
		break;
	case VIRTIO_IPSEC_S_NO_TAIL_ROOM:
	case VIRTIO_IPSEC_S_UNSUPPORTED_FEATURE:
	case VIRTIO_IPSEC_S_CRYPTO_FAILED:
	case VIRTIO_IPSEC_S_INTERNAL:
		vipsec_count_doubt(sa, input);
		break;
	default:
		if (is_bundle && sa->operation == VIRTIO_IPSEC_OP_ENCAP)
			vipsec_count_doubt(sa, input);
	}
}

/**
 * vipsec_note_use() - the device is about to count from 0 again
 * @sa: the SA, none of whose packets are in flight
 */
void vipsec_note_use(struct vipsec_sa *sa)
{
	sa->before = vipsec_meter_read(&sa->done);
	sa->spent = vipsec_used(sa);
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

/**
 * vipsec_lifetime_new() - check that an SA can go on with another lifetime
 * @sa: the SA; of a bundle, the innermost is meant
 * @whole: the lifetime
 *
 * A device would take one that has ended, and a reset would then lose the SA.
 *
 * Return: 0, or -EKEYREJECTED if it has ended with what has come back so far.
 */
int vipsec_lifetime_new(const struct vipsec_sa *sa, const struct virtio_ipsec_lifetime *whole)
{
	struct vipsec_amount used = vipsec_used(sa);
	__le64 left;

	return vipsec_hard_left(whole->hard_bytes, used.bytes, &left) ?:
	       vipsec_hard_left(whole->hard_packets, used.packets, &left);
}

/* Of a soft limit that was reached, but not told of, the next packet tells. */
static __le64 vipsec_soft_left(__le64 limit, u64 used, u64 told)
{
	u64 whole = le64_to_cpu(limit);

	if (whole > used)
		return cpu_to_le64(whole - used);
	return cpu_to_le64(whole > told);
}

/**
 * vipsec_take_told() - an SA gets another lifetime, of which nobody can have been told
 * @sa: the SA
 *
 * To be called before the device gets it. What was told of the lifetime that
 * there was may still be on its way: it says less than a limit that is to come,
 * or else tells of that one, too.
 *
 * Return: what was told, for vipsec_give_told() if the lifetime stays.
 */
struct vipsec_told vipsec_take_told(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;
	struct vipsec_told told;

	spin_lock_bh(&vi->notify_lock);
	told = sa->told;
	sa->told = (struct vipsec_told){};
	spin_unlock_bh(&vi->notify_lock);
	return told;
}

/**
 * vipsec_give_told() - take note of what an SA's client was told; in any context
 * @sa: the SA
 * @told: what it was told
 */
void vipsec_give_told(struct vipsec_sa *sa, struct vipsec_told told)
{
	struct vipsec *vi = sa->client->vi;

	spin_lock_bh(&vi->notify_lock);
	sa->told.packets = max(sa->told.packets, told.packets);
	sa->told.bytes = max(sa->told.bytes, told.bytes);
	spin_unlock_bh(&vi->notify_lock);
}

/**
 * vipsec_note_event() - add what the device has forgotten to what it says
 * @sa: the SA, which has its handle; @notify_lock is held
 * @event: VIRTIO_IPSEC_NOTIFY_*
 * @value: the value that it happened at
 *
 * Return: the value that it would have happened at without a reset; of a bundle
 * the innermost's, as the device does not say which SA it was.
 */
u64 vipsec_note_event(struct vipsec_sa *sa, u16 event, u64 value)
{
	switch (event) {
	case VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS:
		value += sa->spent.packets;
		sa->told.packets = max(sa->told.packets, value);
		return value;
	case VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES:
		value += sa->spent.bytes;
		sa->told.bytes = max(sa->told.bytes, value);
		return value;
	case VIRTIO_IPSEC_NOTIFY_HARD_LIFETIME:
		return value + sa->spent.bytes;
	default:
		return value;
	}
}

/**
 * vipsec_lifetime_left() - subtract what was used when the device began to count
 * @sa: the SA
 * @whole: the lifetime of it, or of one of its bundle
 * @is_innermost: whether it is the one that counts plain packets
 * @left: is filled
 *
 * Return: 0, or -EKEYREJECTED if nothing is left.
 */
int vipsec_lifetime_left(struct vipsec_sa *sa, const struct virtio_ipsec_lifetime *whole,
			 bool is_innermost, struct virtio_ipsec_lifetime *left)
{
	struct vipsec *vi = sa->client->vi;
	u64 packets = sa->spent.packets;
	u64 bytes = is_innermost ? sa->spent.bytes : sa->spent.sealed_bytes;

	spin_lock_bh(&vi->notify_lock);
	left->soft_bytes = vipsec_soft_left(whole->soft_bytes, bytes, sa->told.bytes);
	left->soft_packets = vipsec_soft_left(whole->soft_packets, packets, sa->told.packets);
	spin_unlock_bh(&vi->notify_lock);
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
