// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The control queue: one command at a time, each with a limit to its time.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

#include "control.h"

static unsigned int command_timeout_ms = 5000;
module_param(command_timeout_ms, uint, 0644);
MODULE_PARM_DESC(command_timeout_ms, "milliseconds before a silent device is reset");

/**
 * vipsec_timeout() - how long a device may take
 *
 * Return: jiffies.
 */
unsigned long vipsec_timeout(void)
{
	return msecs_to_jiffies(max(READ_ONCE(command_timeout_ms), 1U));
}

static void vipsec_command_free(struct kref *ref)
{
	struct vipsec_command *command = container_of(ref, struct vipsec_command, ref);

	kfree_sensitive(command->request);
	kfree_sensitive(command->answer);
	kfree_sensitive(command->copy);
	kfree(command);
}

/**
 * vipsec_command_put() - let go of a command
 * @command: the command, or NULL
 */
void vipsec_command_put(struct vipsec_command *command)
{
	if (command)
		kref_put(&command->ref, vipsec_command_free);
}

/**
 * vipsec_command_alloc() - make room for a command
 * @request_room: most bytes of the request
 * @answer_room: most bytes of the answer
 *
 * Return: the command, or NULL.
 */
struct vipsec_command *vipsec_command_alloc(u32 request_room, u32 answer_room)
{
	struct vipsec_command *command = kzalloc(sizeof(*command), GFP_KERNEL);

	if (!command)
		return NULL;
	kref_init(&command->ref);
	command->request_room = request_room;
	command->answer_room = answer_room;
	command->request = kzalloc(request_room, GFP_KERNEL);
	command->answer = kzalloc(answer_room, GFP_KERNEL);
	command->copy = kzalloc(answer_room, GFP_KERNEL);
	if (!command->request || !command->answer || !command->copy) {
		vipsec_command_put(command);
		return NULL;
	}
	return command;
}

static int vipsec_send(struct vipsec *vi, struct vipsec_command *command)
{
	struct scatterlist request, answer, *lists[] = { &request, &answer };
	unsigned long flags;
	int err;

	sg_init_one(&request, command->request, command->request_length);
	sg_init_one(&answer, command->answer, command->answer_room);
	spin_lock_irqsave(&vi->state_lock, flags);
	if (!vi->controlq || vi->trouble) {
		spin_unlock_irqrestore(&vi->state_lock, flags);
		return -EIO;
	}
	err = virtqueue_add_sgs(vi->controlq, lists, 1, 1, command, GFP_ATOMIC);
	if (!err) {
		kref_get(&command->ref);
		virtqueue_kick(vi->controlq);
	}
	spin_unlock_irqrestore(&vi->state_lock, flags);
	if (err == -EIO)
		vipsec_trouble(vi, "the control queue is broken");
	return err;
}

/* Makes the answer the driver's own, and reads the status that it starts with. */
static int vipsec_read_answer(struct vipsec *vi, struct vipsec_command *command)
{
	struct virtio_ipsec_ctrl_status_resp_view view;
	struct virtio_ipsec_ctrl_hdr *header = command->request;
	const char *name;
	u32 status;

	if (command->used > command->answer_room) {
		dev_warn_ratelimited(&vi->vdev->dev, "an answer longer than its room\n");
		return -EPROTO;
	}
	memcpy(command->copy, command->answer, command->used);
	if (virtio_ipsec_parse_ctrl_status_resp(command->copy, command->used, &view)) {
		dev_warn_ratelimited(&vi->vdev->dev, "an answer without a status\n");
		return -EPROTO;
	}
	status = le32_to_cpu(view.ctrl_status->status);
	if (status == VIRTIO_IPSEC_S_OK)
		return 0;
	name = vipsec_name_of(vipsec_status_names, status);
	dev_dbg(&vi->vdev->dev, "%s: %s (%u), detail %u\n",
		vipsec_name_of(vipsec_command_names,
			       VIPSEC_COMMAND(le16_to_cpu(header->class),
					      le16_to_cpu(header->command))) ?: "command",
		name ?: "no such status", status, le32_to_cpu(view.ctrl_status->detail));
	return vipsec_errno(status);
}

/**
 * vipsec_broken_answer() - count an answer that makes no sense
 * @vi: the accelerator, locked
 *
 * Return: -EPROTO.
 */
int vipsec_broken_answer(struct vipsec *vi)
{
	vi->stats.broken_answers++;
	return -EPROTO;
}

static bool vipsec_is_answered(struct vipsec_command *command)
{
	/* Before what the answer is; see vipsec_answers_used(). */
	return smp_load_acquire(&command->is_answered);
}

/**
 * vipsec_execute() - send a command, and wait for its answer
 * @vi: the accelerator, locked
 * @command: the command; its copy holds the answer afterwards
 * @length: bytes of the request, or what a builder of it returned as an error
 *
 * A device that does not answer is reset.
 *
 * Return: 0, or a negative error: the device's, -EPROTO for an answer that
 * makes no sense, -EIO if the device asked for a reset, or -ETIMEDOUT.
 */
int vipsec_execute(struct vipsec *vi, struct vipsec_command *command, int length)
{
	int err;

	lockdep_assert_held(&vi->lock);
	if (length < 0)
		return -EINVAL;
	command->request_length = length;
	err = vipsec_send(vi, command);
	if (err)
		return err;
	if (!wait_event_timeout(vi->control_wait,
				vipsec_is_answered(command) || READ_ONCE(vi->trouble) ||
				READ_ONCE(vi->state) == VIPSEC_GONE, vipsec_timeout())) {
		vi->stats.timeouts++;
		vipsec_trouble(vi, "device does not answer");
		return -ETIMEDOUT;
	}
	if (!vipsec_is_answered(command))
		return READ_ONCE(vi->state) == VIPSEC_GONE ? -ENODEV : -EIO;
	err = vipsec_read_answer(vi, command);
	return err == -EPROTO ? vipsec_broken_answer(vi) : err;
}

/**
 * vipsec_answers_used() - the device has answered; in interrupt context
 * @vq: the control queue
 */
void vipsec_answers_used(struct virtqueue *vq)
{
	struct vipsec *vi = vq->vdev->priv;
	struct vipsec_command *command;
	unsigned long flags;
	bool is_broken;
	u32 used;

	spin_lock_irqsave(&vi->state_lock, flags);
	while (vi->controlq && (command = virtqueue_get_buf(vi->controlq, &used))) {
		command->used = used;
		/* After what the answer is; see vipsec_is_answered(). */
		smp_store_release(&command->is_answered, true);
		vipsec_command_put(command);
	}
	is_broken = vi->controlq && virtqueue_is_broken(vi->controlq);
	spin_unlock_irqrestore(&vi->state_lock, flags);
	if (is_broken)
		vipsec_trouble(vi, "the control queue is broken");
	wake_up_all(&vi->control_wait);
}

/**
 * vipsec_cancel_commands() - give back commands that a reset device has left
 * @vi: the accelerator, locked
 */
void vipsec_cancel_commands(struct vipsec *vi)
{
	struct vipsec_command *command;
	struct virtqueue *vq;

	spin_lock_irq(&vi->state_lock);
	vq = vi->controlq;
	vi->controlq = NULL;
	spin_unlock_irq(&vi->state_lock);
	while (vq && (command = virtqueue_detach_unused_buf(vq)))
		vipsec_command_put(command);
}
