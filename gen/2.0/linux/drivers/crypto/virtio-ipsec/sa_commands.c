// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * What the device is asked to do with an SA: to add, change, read and delete
 * it.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "sa.h"

/* Room for the records of a bundle, each with every attribute that there is. */
#define VIPSEC_RECORD_ROOM	(sizeof(struct virtio_ipsec_sa_record) + \
				 VIRTIO_IPSEC_MAX_REPLAY_BITMAP + 512)

/**
 * vipsec_is_broken() - whether a command failed because the device does not work
 * @err: its error; any other says that the device, or the driver, refused it
 *
 * Return: whether it did.
 */
bool vipsec_is_broken(int err)
{
	return err == -EIO || err == -ETIMEDOUT || err == -ENODEV || err == -EPROTO;
}

/* Has the device add an SA, and remembers its handle. */
static int vipsec_sa_send(struct vipsec *vi, struct vipsec_sa *sa)
{
	struct virtio_ipsec_add_sa_resp_view answer;
	struct vipsec_command *command = NULL;
	int err;

	if (sa->group && !sa->group->handle)
		return -EKEYREJECTED;
	err = vipsec_message_add(sa, &command);
	if (command)
		err = vipsec_execute(vi, command, err);
	if (!err && (virtio_ipsec_parse_add_sa_resp(command->copy, command->used, &answer) ||
		     !answer.sa->sa))
		err = vipsec_broken_answer(vi);
	if (!err)
		sa->handle = le64_to_cpu(answer.sa->sa);
	vipsec_command_put(command);
	/* The device may have an SA that nobody can name. */
	if (err == -EPROTO)
		vipsec_trouble(vi, "the answer to a new SA makes no sense");
	return err;
}

/**
 * vipsec_sa_add() - add an SA, or a bundle
 * @client: whose it is
 * @group: the group that it is in, or NULL
 * @operation: VIRTIO_IPSEC_OP_*
 * @description: entries with attributes; a private copy, which is copied
 * @length: bytes of those
 * @count: how many entries
 * @added: the SA, which the client has until it deletes it
 *
 * Return: 0 or a negative error.
 */
int vipsec_sa_add(struct vipsec_client *client, struct vipsec_group *group, u16 operation,
		  const void *description, u32 length, u16 count, struct vipsec_sa **added)
{
	struct vipsec *vi = client->vi;
	struct vipsec_sa *sa;
	int err;

	if (vi->next_id > ULONG_MAX)
		return -ENOSPC;
	sa = kzalloc(sizeof(*sa), GFP_KERNEL_ACCOUNT);
	if (!sa)
		return -ENOMEM;
	refcount_set(&sa->ref, 1);
	sa->client = client;
	refcount_inc(&client->ref);
	sa->group = group;
	sa->group_id = group ? group->id : 0;
	sa->operation = operation;
	sa->count = count;
	sa->length = length;
	sa->description = kmemdup(description, length, GFP_KERNEL_ACCOUNT);
	if (!sa->description) {
		err = -ENOMEM;
		goto put;
	}
	err = vipsec_sa_send(vi, sa);
	if (err)
		goto put;
	sa->id = vi->next_id++;
	err = xa_insert(&vi->sas, sa->id, sa, GFP_KERNEL);
	if (err) {
		vipsec_trouble(vi, "no memory to remember an SA");
		goto put;
	}
	vipsec_sa_hash(sa);
	list_add_tail(&sa->node, &client->sas);
	vi->stats.sas_created++;
	*added = sa;
	return 0;
put:
	vipsec_sa_put(sa);
	return err;
}

static struct virtio_ipsec_sa vipsec_sa_name(struct vipsec_sa *sa)
{
	return (struct virtio_ipsec_sa){
		.group = cpu_to_le64(sa->group ? sa->group->handle : 0),
		.sa = cpu_to_le64(sa->handle),
	};
}

/* Makes and sends a command that has no more than the name of an SA. */
static int vipsec_sa_command(struct vipsec_sa *sa, u16 number, u32 answer_room,
			     struct vipsec_command **made)
{
	struct virtio_ipsec_sa name = vipsec_sa_name(sa);
	struct virtio_ipsec_sa_req_view request = { .sa = &name };
	struct vipsec_command *command;

	command = vipsec_command_alloc(sizeof(struct virtio_ipsec_ctrl_hdr) + sizeof(name),
				       answer_room);
	if (!command)
		return -ENOMEM;
	*made = command;
	return vipsec_execute(sa->client->vi, command, virtio_ipsec_build_sa_req(
		command->request, command->request_room, number, &request));
}

/**
 * vipsec_sa_delete() - delete an SA
 * @sa: the SA; packets that wait for it come back with -ENOENT
 *
 * Return: 0 or a negative error, with which the SA is still there.
 */
int vipsec_sa_delete(struct vipsec_sa *sa)
{
	struct vipsec_command *command = NULL;
	int err = 0;

	if (sa->handle)
		err = vipsec_sa_command(sa, sa->operation == VIRTIO_IPSEC_OP_ENCAP ?
					VIRTIO_IPSEC_CTRL_DEL_OUT_SA :
					VIRTIO_IPSEC_CTRL_DEL_IN_SA, VIPSEC_STATUS_ROOM, &command);
	vipsec_command_put(command);
	if (err == -ENOENT)
		err = 0;
	if (!err)
		vipsec_sa_forget(sa);
	return err;
}

/**
 * vipsec_sa_delete_id() - delete an SA by the driver's number for it; locks the accelerator
 * @client: whose it has to be
 * @id: the number
 *
 * Return: 0 or a negative error.
 */
int vipsec_sa_delete_id(struct vipsec_client *client, u64 id)
{
	struct vipsec_sa *sa;
	int err;

	err = vipsec_begin(client->vi);
	if (err)
		return err;
	sa = vipsec_sa_get(client, id);
	err = sa ? vipsec_sa_delete(sa) : -ENOENT;
	vipsec_end(client->vi);
	if (sa)
		vipsec_sa_put(sa);
	return err;
}

/**
 * vipsec_sa_update() - change an SA
 * @sa: the SA; of a bundle, the innermost is changed
 * @changes: attributes, a private copy
 * @length: bytes of those
 *
 * Return: 0 or a negative error.
 */
int vipsec_sa_update(struct vipsec_sa *sa, const void *changes, u32 length)
{
	struct vipsec *vi = sa->client->vi;
	struct vipsec_update change = {};
	u64 raised = 0;
	int err;

	if (!sa->handle)
		return -EKEYREJECTED;
	err = vipsec_message_update(sa, changes, length, &change);
	/* Before the device sends with these numbers; taken back if it refuses to. */
	if (err >= 0 && sa->operation == VIRTIO_IPSEC_OP_ENCAP)
		raised = vipsec_sa_used(sa, change.sequence);
	if (err >= 0)
		err = vipsec_execute(vi, change.command, err);
	vipsec_command_put(change.command);
	if (err) {
		if (!vipsec_is_broken(err))
			atomic64_sub(raised, &sa->sequence);
		vipsec_give_told(sa, change.told);
		kfree_sensitive(change.description);
		return err < -MAX_ERRNO ? -EINVAL : err;
	}
	vipsec_sa_used(sa, change.sequence);
	kfree_sensitive(sa->description);
	sa->description = change.description;
	sa->length = change.length;
	vi->stats.sas_modified++;
	return 0;
}

/**
 * vipsec_sa_read() - ask the device for what it knows of an SA
 * @sa: the SA
 * @view: has room for the records of a bundle; is filled
 * @command: holds what @view points to, and has to be put, whatever is returned
 *
 * Return: 0, with at least one record, or a negative error.
 */
int vipsec_sa_read(struct vipsec_sa *sa, struct virtio_ipsec_read_resp_view *view,
		   struct vipsec_command **command)
{
	int err;

	if (!sa->handle)
		return -EKEYREJECTED;
	err = vipsec_sa_command(sa, sa->operation == VIRTIO_IPSEC_OP_ENCAP ?
				VIRTIO_IPSEC_CTRL_READ_OUT_SA : VIRTIO_IPSEC_CTRL_READ_IN_SA,
				VIPSEC_STATUS_ROOM + sizeof(struct virtio_ipsec_read_reply) +
				sa->count * VIPSEC_RECORD_ROOM, command);
	if (err)
		return err;
	if (virtio_ipsec_parse_read_resp((*command)->copy, (*command)->used, view) ||
	    !view->record_count)
		return vipsec_broken_answer(sa->client->vi);
	vipsec_tell_use(sa, view);
	return 0;
}

/**
 * vipsec_sa_flush() - delete a client's SAs
 * @client: the client
 * @group: only those of this group, unless it is NULL
 *
 * Return: 0 or a negative error, with which some may still be there.
 */
int vipsec_sa_flush(struct vipsec_client *client, struct vipsec_group *group)
{
	struct vipsec_sa *sa, *next;
	int err = 0;

	if (group)
		err = vipsec_group_flush(client->vi, group);
	list_for_each_entry_safe(sa, next, &client->sas, node) {
		if (err)
			break;
		if (group && sa->group == group)
			vipsec_sa_forget(sa);
		else if (!group)
			err = vipsec_sa_delete(sa);
	}
	return err;
}

/**
 * vipsec_sa_resume() - add an SA again after a reset
 * @sa: the SA; lost for good if the device refuses it
 *
 * Return: 0, or a negative error if the device does not work.
 */
int vipsec_sa_resume(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;
	int err;

	vipsec_sa_unhash(sa);
	sa->handle = 0;
	vipsec_note_use(sa);
	err = vipsec_sa_send(vi, sa);
	if (!err) {
		vipsec_sa_hash(sa);
		return 0;
	}
	if (vipsec_is_broken(err))
		return err;
	vi->stats.sas_lost++;
	dev_warn(&vi->vdev->dev, "SA %llu is lost: %d\n", sa->id, err);
	return 0;
}
