// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * A data queue: its slots, and what happens to them when the device is reset.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/cpumask.h>
#include <linux/slab.h>

#include "control.h"
#include "data.h"
#include "sa.h"

/**
 * vipsec_init_queue() - a queue that is not there yet
 * @vi: the accelerator
 * @queue: the queue
 * @kind: what it is for
 * @pair: which pair it is in
 */
void vipsec_init_queue(struct vipsec *vi, struct vipsec_queue *queue, const char *kind, u32 pair)
{
	u32 share = max(vi->pairs / vi->scaling, 1U);

	spin_lock_init(&queue->lock);
	init_waitqueue_head(&queue->wait);
	INIT_WORK(&queue->work, vipsec_take_packets);
	queue->vi = vi;
	queue->cpu = cpumask_local_spread(pair / share % num_online_cpus(), NUMA_NO_NODE);
	snprintf(queue->name, sizeof(queue->name), "%s.%u", kind, pair);
}

static void vipsec_free_slots(struct vipsec_queue *queue)
{
	u32 i;

	for (i = 0; i < queue->slot_count; i++) {
		kfree(queue->slots[i].requests);
		kfree(queue->slots[i].completions);
	}
	kvfree(queue->slots);
	queue->slots = NULL;
	queue->slot_count = 0;
}

/**
 * vipsec_free_queues() - free what the queues of an accelerator hold
 * @vi: the accelerator
 */
void vipsec_free_queues(struct vipsec *vi)
{
	u32 i;

	for (i = 0; vi->queues && i < 2 * vi->pairs; i++)
		vipsec_free_slots(&vi->queues[i]);
	kvfree(vi->queues);
}

/* Headers of each slot are in memory of their own, which no other data shares. */
static int vipsec_alloc_slots(struct vipsec_queue *queue, u32 count)
{
	u32 i;

	queue->slots = kvcalloc(count, sizeof(*queue->slots), GFP_KERNEL);
	if (!queue->slots)
		return -ENOMEM;
	queue->slot_count = count;
	for (i = 0; i < count; i++) {
		struct vipsec_slot *slot = &queue->slots[i];

		slot->requests = kcalloc(VIPSEC_CHAIN, sizeof(*slot->requests), GFP_KERNEL);
		slot->completions = kcalloc(VIPSEC_CHAIN, sizeof(*slot->completions), GFP_KERNEL);
		if (!slot->requests || !slot->completions)
			return -ENOMEM;
	}
	return 0;
}

/**
 * vipsec_release_slot() - make a slot free
 * @queue: the queue, locked
 * @slot: the slot
 */
void vipsec_release_slot(struct vipsec_queue *queue, struct vipsec_slot *slot)
{
	slot->count = 0;
	slot->next = queue->free;
	queue->free = slot;
	WRITE_ONCE(queue->returned, queue->returned + 1);
}

/**
 * vipsec_bind_queue() - give a queue the device's; it takes no packets yet
 * @queue: the queue
 * @vq: the device's
 *
 * Return: 0 or a negative error.
 */
int vipsec_bind_queue(struct vipsec_queue *queue, struct virtqueue *vq)
{
	u32 i, count = min_t(u32, virtqueue_get_vring_size(vq), VIPSEC_SLOTS);
	int err;

	if (queue->slot_count != count) {
		vipsec_free_slots(queue);
		err = vipsec_alloc_slots(queue, count);
		if (err) {
			vipsec_free_slots(queue);
			return err;
		}
	}
	virtqueue_set_affinity(vq, cpumask_of(queue->cpu));
	spin_lock_bh(&queue->lock);
	queue->free = NULL;
	for (i = count; i > 0; i--)
		vipsec_release_slot(queue, &queue->slots[i - 1]);
	queue->vq = vq;
	spin_unlock_bh(&queue->lock);
	return 0;
}

/**
 * vipsec_open_queues() - let packets be taken
 * @vi: the accelerator; its SAs have the handles that the device knows
 */
void vipsec_open_queues(struct vipsec *vi)
{
	u32 i;

	for (i = 0; i < 2 * vi->pairs; i++) {
		struct vipsec_queue *queue = &vi->queues[i];

		spin_lock_bh(&queue->lock);
		queue->is_open = true;
		spin_unlock_bh(&queue->lock);
	}
}

/**
 * vipsec_close_queue() - let a queue take no more packets
 * @queue: the queue
 */
void vipsec_close_queue(struct vipsec_queue *queue)
{
	spin_lock_bh(&queue->lock);
	queue->is_open = false;
	spin_unlock_bh(&queue->lock);
	wake_up_all(&queue->wait);
}

/**
 * vipsec_pass_queues() - wait until whoever submits just now is done
 * @vi: the accelerator
 *
 * Who submits later sees what was written before.
 */
void vipsec_pass_queues(struct vipsec *vi)
{
	u32 i;

	for (i = 0; i < 2 * vi->pairs; i++) {
		spin_lock_bh(&vi->queues[i].lock);
		spin_unlock_bh(&vi->queues[i].lock);
	}
}

/**
 * vipsec_cancel_queue() - give back the packets that a reset device has left
 * @queue: the queue, closed; the accelerator is locked
 * @error: what they are told
 */
void vipsec_cancel_queue(struct vipsec_queue *queue, int error)
{
	struct vipsec_slot *slot;
	u32 i;

	for (;;) {
		struct vipsec_packet *packets[VIPSEC_CHAIN];
		u32 count;

		spin_lock_bh(&queue->lock);
		slot = queue->vq ? virtqueue_detach_unused_buf(queue->vq) : NULL;
		if (!slot) {
			queue->vq = NULL;
			spin_unlock_bh(&queue->lock);
			return;
		}
		count = slot->count;
		memcpy(packets, slot->packets, sizeof(packets));
		queue->counters.cancelled += count;
		vipsec_release_slot(queue, slot);
		spin_unlock_bh(&queue->lock);
		for (i = 0; i < count; i++) {
			struct vipsec_sa *sa = packets[i]->sa;

			vipsec_count_doubt(sa, packets[i]->input_length);
			packets[i]->error = error;
			packets[i]->status = U32_MAX;
			packets[i]->sequence = 0;
			packets[i]->output_length = 0;
			packets[i]->complete(packets[i]);
			vipsec_sa_put(sa);
		}
	}
}

static bool vipsec_is_idle(struct vipsec *vi)
{
	struct vipsec_counters sum;

	vipsec_count(vi, &sum);
	return sum.packets_in == sum.packets_out + sum.refused + sum.cancelled + sum.broken;
}

/**
 * vipsec_drain() - wait for the packets in flight, for as long as a device may take
 * @vi: the accelerator
 */
void vipsec_drain(struct vipsec *vi)
{
	unsigned long end = jiffies + vipsec_timeout();
	u32 i;

	for (i = 0; i < 2 * vi->pairs; i++)
		vipsec_close_queue(&vi->queues[i]);
	while (!vipsec_is_idle(vi) && time_before(jiffies, end))
		wait_event_timeout(vi->control_wait, vipsec_is_idle(vi), HZ / 20);
}
