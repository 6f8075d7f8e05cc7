// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The device's queues: found after a reset, given back by the next one.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include "control.h"
#include "data.h"
#include "device.h"
#include "events.h"

/* Whether an event can be asked for, which is when there is a queue for them. */
static bool vipsec_has_events(struct vipsec *vi)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vipsec_notify_features); i++) {
		if (virtio_has_feature(vi->vdev, vipsec_notify_features[i]))
			return true;
	}
	return false;
}

/* The data queue of an index, or NULL for the others. */
static struct vipsec_queue *vipsec_data_queue(struct vipsec *vi, unsigned int index)
{
	unsigned int first = VIRTIO_IPSEC_VQ_DECAPQ(0);

	if (index < first || index - first >= 2 * vi->pairs)
		return NULL;
	return &vi->queues[index - first];
}

/**
 * vipsec_count_queues() - make room for as many queues as there are to be
 * @vi: the accelerator
 *
 * Return: 0 or a negative error.
 */
int vipsec_count_queues(struct vipsec *vi)
{
	u32 i;

	vi->queues = kvcalloc(2 * vi->pairs, sizeof(*vi->queues), GFP_KERNEL);
	if (!vi->queues)
		return -ENOMEM;
	for (i = 0; i < vi->pairs; i++) {
		vipsec_init_queue(vi, &vi->queues[2 * i], "decap", i);
		vipsec_init_queue(vi, &vi->queues[2 * i + 1], "encap", i);
	}
	return 0;
}

/**
 * vipsec_start() - find the queues, and make the device ready for commands
 * @vi: the accelerator, locked; between FEATURES_OK and DRIVER_OK
 *
 * Return: 0 or a negative error; then the device has been reset.
 */
int vipsec_start(struct vipsec *vi)
{
	unsigned int i, count = VIRTIO_IPSEC_VQ_NOTIFYQ(vi->pairs) + vipsec_has_events(vi);
	struct vipsec_vq *wanted;
	struct virtqueue **vqs;
	int err;

	err = vipsec_select_version(vi);
	if (err)
		return err;
	vipsec_select_queues(vi);
	err = -ENOMEM;
	vqs = kvcalloc(count, sizeof(*vqs), GFP_KERNEL);
	wanted = kvcalloc(count, sizeof(*wanted), GFP_KERNEL);
	if (!vqs || !wanted)
		goto free;
	for (i = 0; i < count; i++) {
		struct vipsec_queue *queue = vipsec_data_queue(vi, i);

		wanted[i].name = queue ? queue->name : i ? "events" : "control";
		wanted[i].callback = queue ? vipsec_packets_used :
				     i ? vipsec_events_used : vipsec_answers_used;
	}
	err = vipsec_find_vqs(vi->vdev, count, vqs, wanted);
	if (err)
		goto free;
	vi->has_queues = true;

	for (i = 0; i < count && !err; i++) {
		struct vipsec_queue *queue = vipsec_data_queue(vi, i);

		if (queue)
			err = vipsec_bind_queue(queue, vqs[i]);
	}
	if (!err) {
		spin_lock_irq(&vi->state_lock);
		vi->controlq = vqs[VIRTIO_IPSEC_VQ_CONTROLQ];
		spin_unlock_irq(&vi->state_lock);
		virtio_device_ready(vi->vdev);
		if (vipsec_has_events(vi))
			vipsec_open_events(vi, vqs[VIRTIO_IPSEC_VQ_NOTIFYQ(vi->pairs)]);
	} else {
		vipsec_stop(vi, err);
	}
free:
	kvfree(wanted);
	kvfree(vqs);
	return err;
}

/**
 * vipsec_stop() - reset the device, and give back what is in flight
 * @vi: the accelerator, locked
 * @error: what waiting packets and commands are told
 */
void vipsec_stop(struct vipsec *vi, int error)
{
	struct virtio_device *vdev = vi->vdev;
	u32 i;

	for (i = 0; i < 2 * vi->pairs; i++)
		vipsec_close_queue(&vi->queues[i]);
	virtio_reset_device(vdev);
	if (!vi->has_queues)
		return;
	virtio_synchronize_cbs(vdev);
	for (i = 0; i < 2 * vi->pairs; i++) {
		/* Hints have to be gone before the interrupts are. */
		if (vi->queues[i].vq)
			virtqueue_set_affinity(vi->queues[i].vq, NULL);
		vipsec_cancel_queue(&vi->queues[i], error);
	}
	vipsec_close_events(vi);
	vipsec_cancel_commands(vi);
	vdev->config->del_vqs(vdev);
	vi->has_queues = false;
}
