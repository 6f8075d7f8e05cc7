extension LinuxDriver {
  static let submitSource = DriverFile(
    "submit.c",
    "Packets out: several of an SA in a chain, on a queue of the CPU's.",
    #"""
#include <linux/jiffies.h>
#include <linux/smp.h>

#include "control.h"
#include "data.h"
#include "sa.h"

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

/* Whether a queue has been full for as long as a device may take to give a chain back. */
static bool vipsec_is_stuck(struct vipsec_queue *queue)
{
	if (queue->is_full && queue->full_returned == queue->returned)
		return time_after(jiffies, queue->full_since + vipsec_timeout());
	queue->is_full = true;
	queue->full_returned = queue->returned;
	queue->full_since = jiffies;
	return false;
}

static int vipsec_submit_to(struct vipsec_queue *queue, struct vipsec_sa *sa,
			    struct vipsec_packet **packets, u32 count, u32 *taken)
{
	bool is_stuck;
	u32 chain;
	int err = 0;

	*taken = 0;
	spin_lock_bh(&queue->lock);
	if (!queue->is_open)
		err = vipsec_state_error(queue->vi) ?: -EAGAIN;
	else if (sa->is_deleted)
		err = -ENOENT;
	else if (!sa->handle)
		err = -EKEYREJECTED;
	while (!err && *taken < count) {
		chain = vipsec_chain_length(queue, packets + *taken, count - *taken);
		err = chain ? vipsec_add_chain(queue, sa, packets + *taken, chain) : -EMSGSIZE;
		if (!err)
			*taken += chain;
	}
	/* With the lock held, so that the queue is there. */
	if (*taken)
		virtqueue_kick(queue->vq);
	is_stuck = err == -ENOSPC && vipsec_is_stuck(queue);
	spin_unlock_bh(&queue->lock);
	if (is_stuck)
		vipsec_trouble(queue->vi, "a queue stays full");
	else if (err == -EIO)
		vipsec_trouble(queue->vi, "a queue is broken");
	return err;
}

static int vipsec_check_lengths(struct vipsec *vi, struct vipsec_packet **packets, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		if (!packets[i]->input_length)
			return -EINVAL;
		if (packets[i]->input_length > vi->limits.max_packet ||
		    packets[i]->capacity > VIRTIO_IPSEC_MAX_OUTPUT)
			return -EMSGSIZE;
	}
	return 0;
}

/**
 * vipsec_submit() - give packets to the device; in any context but hard interrupts
 * @sa: the SA; the caller's reference is not taken
 * @packets: the packets, which are the driver's until they are completed
 * @count: how many
 * @taken: how many were taken, from the front
 *
 * Return: 0 if all were, or why the next one was not: -ENOSPC if there is no
 * room now.
 */
int vipsec_submit(struct vipsec_sa *sa, struct vipsec_packet **packets, u32 count, u32 *taken)
{
	*taken = 0;
	return vipsec_check_lengths(sa->client->vi, packets, count) ?:
	       vipsec_submit_to(vipsec_queue_of(sa), sa, packets, count, taken);
}

/* Waits until a full queue has given a chain back; a device that gives none back is reset. */
static int vipsec_await_room(struct vipsec_queue *queue, u32 seen)
{
	if (wait_event_timeout(queue->wait, READ_ONCE(queue->returned) != seen ||
			       !READ_ONCE(queue->is_open), vipsec_timeout()))
		return 0;
	vipsec_trouble(queue->vi, "a queue stays full");
	return -ETIMEDOUT;
}

/* Waits until packets are taken again, which they are after a reset, but not in a sleep. */
static int vipsec_await_recovery(struct vipsec *vi)
{
	enum vipsec_state state = READ_ONCE(vi->state);

	if (state != VIPSEC_LIVE && state != VIPSEC_RECOVERING)
		return -EAGAIN;
	if (!wait_event_timeout(vi->control_wait, READ_ONCE(vi->state) != VIPSEC_RECOVERING,
				vipsec_timeout()))
		return -EAGAIN;
	cond_resched();
	return 0;
}

/**
 * vipsec_submit_wait() - give packets to the device; waits for room
 * @sa: the SA
 * @packets: the packets
 * @count: how many
 * @taken: how many were taken, from the front
 *
 * Return: 0 if all were, or why the next one was not: never -ENOSPC, but
 * -ETIMEDOUT if the device was reset since there was no room for so long.
 */
int vipsec_submit_wait(struct vipsec_sa *sa, struct vipsec_packet **packets, u32 count, u32 *taken)
{
	/* The same for all: a second queue's could overtake the first one's. */
	struct vipsec_queue *queue = vipsec_queue_of(sa);
	struct vipsec *vi = sa->client->vi;
	u32 seen, more, most = count;
	int err;

	*taken = 0;
	err = vipsec_check_lengths(vi, packets, count);
	while (!err && *taken < count) {
		/* Before it is found to be full. */
		seen = READ_ONCE(queue->returned);
		err = vipsec_submit_to(queue, sa, packets + *taken, min(most, count - *taken),
				       &more);
		*taken += more;
		/* A short chain fits where others leave no room for a long one. */
		most = more || err != -ENOSPC ? count : max(most / 2, 1U);
		if (err == -ENOSPC)
			err = vipsec_await_room(queue, seen);
		else if (err == -EAGAIN)
			err = vipsec_await_recovery(vi);
	}
	return err;
}

"""#)
}
