// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Packets back. Interrupts start work on the queue's CPU, which takes packets
 * while interrupts are off, a budget at a time.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include "control.h"
#include "data.h"
#include "sa.h"

/* Chains that the work takes before it lets others run. */
#define VIPSEC_BUDGET		64

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
		vipsec_count_doubt(packet->sa, packet->input_length);
	} else if (packet->error) {
		queue->counters.refused++;
		vipsec_count_refusal(packet->sa, status, packet->input_length);
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
			packet->status = U32_MAX;
			packet->sequence = 0;
			packet->output_length = 0;
			queue->counters.broken++;
			vipsec_count_doubt(packet->sa, packet->input_length);
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
	bool more, is_broken;

	while (budget && vipsec_take_chain(queue))
		budget--;
	if (budget < VIPSEC_BUDGET) {
		wake_up_all(&queue->wait);
		if (READ_ONCE(queue->vi->state) == VIPSEC_ASLEEP)
			wake_up_all(&queue->vi->control_wait);
	}
	spin_lock_bh(&queue->lock);
	is_broken = queue->vq && virtqueue_is_broken(queue->vq);
	more = queue->vq && !is_broken && (!budget || !virtqueue_enable_cb(queue->vq));
	spin_unlock_bh(&queue->lock);
	if (is_broken)
		vipsec_trouble(queue->vi, "a queue is broken");
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
