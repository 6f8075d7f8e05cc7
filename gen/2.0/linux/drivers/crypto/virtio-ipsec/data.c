// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Packets out and back. Interrupts start work on the queue's CPU, which takes
 * packets while interrupts are off, a budget at a time.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/smp.h>

#include "control.h"
#include "data.h"
#include "sa.h"

/* Chains that the work takes before it lets others run. */
#define VIPSEC_BUDGET		64

/* The queue of the CPU's; with several pairs for each CPU, one by the SA. */
static struct vipsec_queue *vipsec_queue_of(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;
	u32 share = max(vi->pairs / vi->scaling, 1U);
	u32 pair = ((u32)raw_smp_processor_id() * share + (u32)sa->id % share) % vi->pairs;

	return &vi->queues[2 * pair + (sa->operation == VIRTIO_IPSEC_OP_ENCAP)];
}

/* How many of the packets go into one chain: what the device and the ring let. */
static u32 vipsec_chain_length(struct vipsec_queue *queue, struct vipsec_packet **packets,
			       u32 count)
{
	u32 pieces = 2, limit = virtqueue_get_vring_size(queue->vq);
	u32 i;

	count = min(count, queue->vi->limits.max_chain);
	for (i = 0; i < count; i++) {
		pieces += packets[i]->input_pieces + packets[i]->output_pieces;
		if (pieces > limit)
			break;
	}
	return i;
}

/* Each packet takes one sequence number at most, even if it never comes back. */
static void vipsec_count_sequence(struct vipsec_sa *sa, s64 count)
{
	if (sa->operation == VIRTIO_IPSEC_OP_ENCAP)
		atomic64_add(count, &sa->sequence);
}

static void vipsec_fill(struct vipsec_slot *slot, struct vipsec_sa *sa, u32 i,
			struct vipsec_packet *packet)
{
	slot->requests[i] = (struct virtio_ipsec_data_req){
		.sa = cpu_to_le64(sa->handle),
		.input_length = cpu_to_le32(packet->input_length),
		.output_capacity = cpu_to_le32(packet->capacity),
		.operation = cpu_to_le16(sa->operation),
		.flags = cpu_to_le16(packet->flags),
	};
	/* A completion that the device does not write is none. */
	slot->completions[i] = (struct virtio_ipsec_data_completion){
		.status = cpu_to_le32(U32_MAX),
	};
	slot->writable += sizeof(*slot->completions) + packet->capacity;
	slot->packets[i] = packet;
	packet->sa = sa;
}

/* All headers, then all input; all completions, then all room for output. */
static int vipsec_add_chain(struct vipsec_queue *queue, struct vipsec_sa *sa,
			    struct vipsec_packet **packets, u32 count)
{
	struct scatterlist *lists[2 + 2 * VIPSEC_CHAIN];
	struct vipsec_slot *slot = queue->free;
	u32 i, out = 0, in;
	int err;

	if (!slot)
		return -ENOSPC;
	slot->writable = 0;
	for (i = 0; i < count; i++)
		vipsec_fill(slot, sa, i, packets[i]);
	slot->requests[0].following = cpu_to_le16(count - 1);
	slot->count = count;

	sg_init_one(&slot->request_list, slot->requests, count * sizeof(*slot->requests));
	sg_init_one(&slot->completion_list, slot->completions,
		    count * sizeof(*slot->completions));
	lists[out++] = &slot->request_list;
	for (i = 0; i < count; i++)
		lists[out++] = packets[i]->input;
	in = out;
	lists[in++] = &slot->completion_list;
	for (i = 0; i < count; i++) {
		if (packets[i]->output)
			lists[in++] = packets[i]->output;
	}
	/* Before the device can see the packets. */
	vipsec_count_sequence(sa, count);
	err = virtqueue_add_sgs(queue->vq, lists, out, in - out, slot, GFP_ATOMIC);
	if (err) {
		vipsec_count_sequence(sa, -(s64)count);
		return err;
	}
	queue->free = slot->next;
	for (i = 0; i < count; i++) {
		refcount_inc(&sa->ref);
		queue->counters.packets_in++;
		queue->counters.bytes_in += packets[i]->input_length;
	}
	return 0;
}

static int vipsec_check_packet(struct vipsec *vi, struct vipsec_packet *packet)
{
	if (!packet->input_length)
		return -EINVAL;
	if (packet->input_length > vi->limits.max_packet ||
	    packet->capacity > VIRTIO_IPSEC_MAX_OUTPUT)
		return -EMSGSIZE;
	return 0;
}

/**
 * vipsec_submit() - give packets to the device; in any context but hard interrupts
 * @sa: the SA; the caller's reference is not taken
 * @packets: the packets, which are the driver's until they are completed
 * @count: how many
 *
 * Return: how many were taken, from the front; or a negative error if none
 * was, -ENOSPC if there is no room now.
 */
int vipsec_submit(struct vipsec_sa *sa, struct vipsec_packet **packets, u32 count)
{
	struct vipsec_queue *queue = vipsec_queue_of(sa);
	struct vipsec *vi = sa->client->vi;
	u32 i, chain, taken = 0;
	int err = 0;

	for (i = 0; i < count; i++) {
		err = vipsec_check_packet(vi, packets[i]);
		if (err)
			return err;
	}
	spin_lock_bh(&queue->lock);
	if (!queue->is_open)
		err = vipsec_state_error(vi) ?: -EAGAIN;
	else if (sa->is_deleted)
		err = -ENOENT;
	else if (!sa->handle)
		err = -EKEYREJECTED;
	while (!err && taken < count) {
		chain = vipsec_chain_length(queue, packets + taken, count - taken);
		err = chain ? vipsec_add_chain(queue, sa, packets + taken, chain) : -EMSGSIZE;
		if (!err)
			taken += chain;
	}
	/* With the lock held, so that the queue is there. */
	if (taken)
		virtqueue_kick(queue->vq);
	spin_unlock_bh(&queue->lock);
	return taken ?: err;
}

static bool vipsec_has_room(struct vipsec_queue *queue)
{
	return READ_ONCE(queue->free) || !READ_ONCE(queue->is_open);
}

/* Whether packets are taken, or will be after a reset. */
static bool vipsec_comes_back(struct vipsec *vi)
{
	enum vipsec_state state = READ_ONCE(vi->state);

	return state == VIPSEC_LIVE || state == VIPSEC_RECOVERING;
}

/**
 * vipsec_submit_wait() - give packets to the device; waits for room
 * @sa: the SA
 * @packets: the packets
 * @count: how many
 *
 * Return: how many were taken, from the front; or a negative error.
 */
int vipsec_submit_wait(struct vipsec_sa *sa, struct vipsec_packet **packets, u32 count)
{
	struct vipsec *vi = sa->client->vi;
	u32 taken = 0;
	int err;

	while (taken < count) {
		err = vipsec_submit(sa, packets + taken, count - taken);
		if (err > 0) {
			taken += err;
		} else if (err == -ENOSPC) {
			/* Not for long: room may come on this queue, or the CPU change. */
			wait_event_timeout(vipsec_queue_of(sa)->wait,
					   vipsec_has_room(vipsec_queue_of(sa)), HZ / 10);
		} else if (err == -EAGAIN && vipsec_comes_back(vi)) {
			if (!wait_event_timeout(vi->control_wait,
						READ_ONCE(vi->state) != VIPSEC_RECOVERING,
						vipsec_timeout()))
				return taken ?: err;
			cond_resched();
		} else {
			return taken ?: err;
		}
	}
	return taken;
}

/*
 * Everything that the device wrote is read once, and no number of it is used
 * before it has been checked. The written bytes are the most that a result can
 * have.
 */
static void vipsec_read_completion(struct vipsec_queue *queue, struct vipsec_packet *packet,
				   const struct virtio_ipsec_data_completion *completion,
				   u32 written)
{
	u32 status = le32_to_cpu(READ_ONCE(completion->status));
	u32 length = le32_to_cpu(READ_ONCE(completion->output_length));
	u64 sequence = le64_to_cpu(READ_ONCE(completion->sequence));

	packet->status = status;
	packet->sequence = 0;
	packet->output_length = 0;
	packet->error = vipsec_errno(status);
	if (!packet->error && length > min(packet->capacity, written))
		packet->error = -EPROTO;
	if (packet->error == -EPROTO) {
		queue->counters.broken++;
	} else if (packet->error) {
		queue->counters.refused++;
	} else {
		packet->output_length = length;
		packet->sequence = sequence;
		queue->counters.packets_out++;
		queue->counters.bytes_out += length;
		vipsec_sa_used(packet->sa, sequence);
		vipsec_count_use(packet->sa, packet->input_length, length);
	}
}

/*
 * The used length counts up to the first byte that was not written (virtio 1.4,
 * section 2.7.8.2): of several packets, a room that is not filled ends it, and
 * what each result has is in the completions alone.
 */
static void vipsec_read_completions(struct vipsec_queue *queue, struct vipsec_slot *slot, u32 used)
{
	u32 headers = slot->count * sizeof(*slot->completions);
	u32 i, written = slot->count == 1 ? used - headers : U32_MAX;

	if (used > slot->writable || used < headers)
		dev_warn_ratelimited(&queue->vi->vdev->dev, "%s: %u bytes used of %u\n",
				     queue->name, used, slot->writable);
	for (i = 0; i < slot->count; i++) {
		struct vipsec_packet *packet = slot->packets[i];

		if (used < headers || used > slot->writable) {
			packet->error = -EPROTO;
			packet->output_length = 0;
			queue->counters.broken++;
			continue;
		}
		vipsec_read_completion(queue, packet, &slot->completions[i], written);
	}
}

/* Takes a chain; its packets are completed with no lock held. */
static bool vipsec_take_chain(struct vipsec_queue *queue)
{
	struct vipsec_packet *packets[VIPSEC_CHAIN];
	struct vipsec_slot *slot;
	u32 i, count, used;

	spin_lock_bh(&queue->lock);
	slot = queue->vq ? virtqueue_get_buf(queue->vq, &used) : NULL;
	if (!slot) {
		spin_unlock_bh(&queue->lock);
		return false;
	}
	vipsec_read_completions(queue, slot, used);
	count = slot->count;
	memcpy(packets, slot->packets, sizeof(packets));
	vipsec_release_slot(queue, slot);
	spin_unlock_bh(&queue->lock);
	for (i = 0; i < count; i++) {
		struct vipsec_sa *sa = packets[i]->sa;

		packets[i]->complete(packets[i]);
		vipsec_sa_put(sa);
	}
	return true;
}

/**
 * vipsec_take_packets() - take packets that came back
 * @work: of a data queue
 */
void vipsec_take_packets(struct work_struct *work)
{
	struct vipsec_queue *queue = container_of(work, struct vipsec_queue, work);
	int budget = VIPSEC_BUDGET;
	bool more;

	while (budget && vipsec_take_chain(queue))
		budget--;
	if (budget < VIPSEC_BUDGET) {
		wake_up_all(&queue->wait);
		if (READ_ONCE(queue->vi->state) == VIPSEC_ASLEEP)
			wake_up_all(&queue->vi->control_wait);
	}
	spin_lock_bh(&queue->lock);
	more = queue->vq && (!budget || !virtqueue_enable_cb(queue->vq));
	spin_unlock_bh(&queue->lock);
	if (more)
		queue_work_on(queue->cpu, queue->vi->work, work);
}

/**
 * vipsec_packets_used() - packets have come back; in interrupt context
 * @vq: a data queue
 */
void vipsec_packets_used(struct virtqueue *vq)
{
	struct vipsec *vi = vq->vdev->priv;
	struct vipsec_queue *queue = &vi->queues[vq->index - VIRTIO_IPSEC_VQ_DECAPQ(0)];

	virtqueue_disable_cb(vq);
	queue_work_on(queue->cpu, vi->work, &queue->work);
}

/**
 * vipsec_count() - add up what became of packets
 * @vi: the accelerator
 * @sum: is filled
 */
void vipsec_count(struct vipsec *vi, struct vipsec_counters *sum)
{
	u32 i;

	memset(sum, 0, sizeof(*sum));
	for (i = 0; i < 2 * vi->pairs; i++) {
		struct vipsec_queue *queue = &vi->queues[i];

		spin_lock_bh(&queue->lock);
		sum->packets_in += queue->counters.packets_in;
		sum->bytes_in += queue->counters.bytes_in;
		sum->packets_out += queue->counters.packets_out;
		sum->bytes_out += queue->counters.bytes_out;
		sum->refused += queue->counters.refused;
		sum->cancelled += queue->counters.cancelled;
		sum->broken += queue->counters.broken;
		spin_unlock_bh(&queue->lock);
	}
}
