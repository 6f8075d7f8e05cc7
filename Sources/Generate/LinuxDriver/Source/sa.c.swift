extension LinuxDriver {
  static let saSource = DriverFile(
    "sa.c",
    "SAs, from when they are added until the last packet of theirs is back.",
    #"""
#include <linux/slab.h>
#include <linux/string.h>

#include "sa.h"

/* Room for the records of a bundle, each with every attribute that there is. */
#define VIPSEC_RECORD_ROOM	(sizeof(struct virtio_ipsec_sa_record) + \
				 VIRTIO_IPSEC_MAX_REPLAY_BITMAP + 512)

/**
 * vipsec_sa_get() - find an SA; in any context, locked or not
 * @client: whose it has to be
 * @id: the driver's number for it
 *
 * Return: the SA, which has to be put, or NULL.
 */
struct vipsec_sa *vipsec_sa_get(struct vipsec_client *client, u64 id)
{
	struct vipsec_sa *sa;

	if (id > ULONG_MAX)
		return NULL;
	rcu_read_lock();
	sa = xa_load(&client->vi->sas, id);
	if (sa && (sa->client != client || !refcount_inc_not_zero(&sa->ref)))
		sa = NULL;
	rcu_read_unlock();
	return sa;
}

/**
 * vipsec_sa_put() - let go of an SA; in any context but hard interrupts
 * @sa: the SA
 */
void vipsec_sa_put(struct vipsec_sa *sa)
{
	struct vipsec_client *client = sa->client;

	if (!refcount_dec_and_test(&sa->ref))
		return;
	kfree_sensitive(sa->description);
	kfree(sa->owner_data);
	kfree_rcu(sa, rcu);
	vipsec_client_put(client);
}

/**
 * vipsec_sa_used() - take note of a sequence number; in any context
 * @sa: the SA
 * @sequence: a number that was used, or received
 */
void vipsec_sa_used(struct vipsec_sa *sa, u64 sequence)
{
	u64 last = atomic64_read(&sa->sequence);

	while (sequence > last && !atomic64_try_cmpxchg(&sa->sequence, &last, sequence))
		;
}

/* Nobody finds it any more. */
static void vipsec_sa_forget(struct vipsec_sa *sa)
{
	struct vipsec *vi = sa->client->vi;

	xa_erase(&vi->sas, sa->id);
	hash_del_rcu(&sa->by_handle);
	list_del(&sa->node);
	vi->stats.sas_deleted++;
	vipsec_sa_put(sa);
}

/* Has the device add an SA, and remembers its handle. */
static int vipsec_sa_send(struct vipsec *vi, struct vipsec_sa *sa)
{
	struct virtio_ipsec_add_sa_resp_view answer;
	struct vipsec_command *command = NULL;
	int err;

	err = vipsec_message_add(sa, &command);
	if (command)
		err = vipsec_execute(vi, command, err);
	if (!err && (virtio_ipsec_parse_add_sa_resp(command->copy, command->used, &answer) ||
		     !answer.sa->sa))
		err = -EPROTO;
	if (!err)
		sa->handle = le64_to_cpu(answer.sa->sa);
	vipsec_command_put(command);
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
	hash_add_rcu(vi->handles, &sa->by_handle, sa->handle);
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
	struct vipsec_command *command = NULL;
	void *description = NULL;
	u32 description_length;
	int err;

	if (!sa->handle)
		return -EKEYREJECTED;
	err = vipsec_message_update(sa, changes, length, &command, &description,
				    &description_length);
	if (err >= 0)
		err = vipsec_execute(vi, command, err);
	vipsec_command_put(command);
	if (err) {
		kfree_sensitive(description);
		return err < -MAX_ERRNO ? -EINVAL : err;
	}
	kfree_sensitive(sa->description);
	sa->description = description;
	sa->length = description_length;
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
		return -EPROTO;
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

	hash_del_rcu(&sa->by_handle);
	sa->handle = 0;
	err = vipsec_sa_send(vi, sa);
	if (!err) {
		hash_add_rcu(vi->handles, &sa->by_handle, sa->handle);
		return 0;
	}
	if (err == -EIO || err == -ETIMEDOUT || err == -ENODEV || err == -EPROTO)
		return err;
	vi->stats.sas_lost++;
	dev_warn(&vi->vdev->dev, "SA %llu is lost: %d\n", sa->id, err);
	return 0;
}

static void vipsec_forget_client(struct vipsec_client *client)
{
	struct vipsec_group *group, *next_group;
	struct vipsec_sa *sa, *next;

	list_for_each_entry_safe(sa, next, &client->sas, node)
		vipsec_sa_forget(sa);
	list_for_each_entry_safe(group, next_group, &client->groups, node) {
		list_del(&group->node);
		kfree(group);
	}
}

/**
 * vipsec_forget_all() - forget every SA of a device that is no more
 * @vi: the accelerator, locked
 */
void vipsec_forget_all(struct vipsec *vi)
{
	struct vipsec_client *client;

	list_for_each_entry(client, &vi->clients, node)
		vipsec_forget_client(client);
}

/**
 * vipsec_drop() - delete what a client has, as far as the device can be told
 * @client: the client, which uses the accelerator no more
 */
void vipsec_drop(struct vipsec_client *client)
{
	struct vipsec *vi = client->vi;

	if (!vipsec_begin(vi)) {
		if (vipsec_sa_flush(client, NULL))
			dev_warn(&vi->vdev->dev, "%s keeps SAs of %s\n", vi->name,
				 client->identity);
		vipsec_end(vi);
	}
	mutex_lock(&vi->lock);
	vipsec_forget_client(client);
	mutex_unlock(&vi->lock);
	vipsec_detach(client);
}

/**
 * vipsec_break() - tell every client that the device is no more
 * @vi: the accelerator
 */
void vipsec_break(struct vipsec *vi)
{
	struct vipsec_client *client, *told;

	do {
		told = NULL;
		mutex_lock(&vi->lock);
		list_for_each_entry(client, &vi->clients, node) {
			if (client->is_told)
				continue;
			client->is_told = true;
			refcount_inc(&client->ref);
			told = client;
			break;
		}
		mutex_unlock(&vi->lock);
		if (told && told->broken)
			told->broken(told);
		if (told)
			vipsec_client_put(told);
	} while (told);
}

"""#)
}
