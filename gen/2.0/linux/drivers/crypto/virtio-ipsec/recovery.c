// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * After a reset: the device is told again what it has forgotten.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include "control.h"
#include "data.h"
#include "device.h"
#include "sa.h"

/* How often a device that asks for a reset is given one before it is given up. */
#define VIPSEC_TRIES		3

/**
 * vipsec_trouble() - reset the device, as soon as can be; in any context
 * @vi: the accelerator
 * @reason: why, for the log
 */
void vipsec_trouble(struct vipsec *vi, const char *reason)
{
	unsigned long flags;

	spin_lock_irqsave(&vi->state_lock, flags);
	vi->trouble = true;
	if (vi->state == VIPSEC_LIVE) {
		vi->state = VIPSEC_RECOVERING;
		/* With the lock held: the virtio device is there until the state is another. */
		dev_warn(&vi->vdev->dev, "%s: %s\n", vi->name, reason);
		queue_work(vi->work, &vi->recovery);
	}
	spin_unlock_irqrestore(&vi->state_lock, flags);
	wake_up_all(&vi->control_wait);
}

/**
 * vipsec_attend() - look whether the device asks for a reset
 * @work: of the accelerator
 */
void vipsec_attend(struct work_struct *work)
{
	struct vipsec *vi = container_of(work, struct vipsec, attention);

	if (vi->vdev->config->get_status(vi->vdev) & VIRTIO_CONFIG_S_NEEDS_RESET)
		vipsec_trouble(vi, "device needs a reset");
}

/* From reset to FEATURES_OK, with the features that there were. */
static int vipsec_negotiate(struct vipsec *vi)
{
	struct virtio_device *vdev = vi->vdev;
	int err;

	virtio_reset_device(vdev);
	spin_lock_irq(&vi->state_lock);
	vi->trouble = false;
	spin_unlock_irq(&vi->state_lock);
	virtio_add_status(vdev, VIRTIO_CONFIG_S_ACKNOWLEDGE);
	virtio_add_status(vdev, VIRTIO_CONFIG_S_DRIVER);
	err = vdev->config->finalize_features(vdev);
	if (err)
		return err;
	virtio_add_status(vdev, VIRTIO_CONFIG_S_FEATURES_OK);
	if (!(vdev->config->get_status(vdev) & VIRTIO_CONFIG_S_FEATURES_OK))
		return -EIO;
	return 0;
}

/* Makes groups and SAs again: of each client, the groups before the SAs in them. */
static int vipsec_resume_all(struct vipsec *vi)
{
	struct vipsec_client *client;
	struct vipsec_group *group;
	struct vipsec_sa *sa;
	int err;

	list_for_each_entry(client, &vi->clients, node) {
		list_for_each_entry(group, &client->groups, node) {
			err = vipsec_group_resume(vi, group);
			if (err)
				return err;
		}
		list_for_each_entry(sa, &client->sas, node) {
			err = vipsec_sa_resume(sa);
			if (err)
				return err;
		}
	}
	return 0;
}

static int vipsec_try(struct vipsec *vi)
{
	int err;

	err = vipsec_negotiate(vi);
	err = err ?: vipsec_start(vi);
	err = err ?: vipsec_resume_legacy(vi);
	err = err ?: vipsec_resume_all(vi);
	/* Not before, or packets name SAs as the device knew them before the reset. */
	if (!err)
		vipsec_open_queues(vi);
	spin_lock_irq(&vi->state_lock);
	if (!err && vi->trouble)
		err = -EIO;
	if (!err && vi->state != VIPSEC_GONE)
		vi->state = VIPSEC_LIVE;
	spin_unlock_irq(&vi->state_lock);
	if (err)
		vipsec_stop(vi, -EIO);
	return err;
}

/**
 * vipsec_revive() - bring a device that was stopped back to work
 * @vi: the accelerator, locked; after vipsec_stop()
 *
 * Return: 0, or a negative error, with which it is no more, and clients are told.
 */
int vipsec_revive(struct vipsec *vi)
{
	int tries = VIPSEC_TRIES;
	int err;

	do {
		err = vipsec_try(vi);
	} while (err && --tries && READ_ONCE(vi->state) != VIPSEC_GONE);
	if (err) {
		spin_lock_irq(&vi->state_lock);
		vi->state = VIPSEC_GONE;
		spin_unlock_irq(&vi->state_lock);
		dev_err(&vi->vdev->dev, "%s does not come back: %d\n", vi->name, err);
		virtio_add_status(vi->vdev, VIRTIO_CONFIG_S_FAILED);
		vipsec_forget_all(vi);
		/* Not from here: who is told may close the accelerator, which waits for others. */
		queue_work(system_unbound_wq, &vi->farewell);
	}
	wake_up_all(&vi->control_wait);
	return err;
}

/**
 * vipsec_recover() - reset a device that asked for it, and go on
 * @work: of the accelerator
 */
void vipsec_recover(struct work_struct *work)
{
	struct vipsec *vi = container_of(work, struct vipsec, recovery);

	mutex_lock(&vi->lock);
	if (READ_ONCE(vi->state) == VIPSEC_RECOVERING) {
		vipsec_stop(vi, -EIO);
		if (!vipsec_revive(vi)) {
			vi->stats.recoveries++;
			dev_info(&vi->vdev->dev, "%s is back\n", vi->name);
		}
	}
	mutex_unlock(&vi->lock);
}
