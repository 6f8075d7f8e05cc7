extension LinuxDriver {
  static let groupsSource = DriverFile(
    "groups.c",
    "Groups: SAs that are flushed together.",
    #"""
#include <linux/slab.h>
#include <linux/string.h>

#include "sa.h"

/**
 * vipsec_group_find() - find a client's group
 * @client: the client
 * @id: the driver's number for it
 *
 * Return: the group or NULL.
 */
struct vipsec_group *vipsec_group_find(struct vipsec_client *client, u64 id)
{
	struct vipsec_group *group;

	list_for_each_entry(group, &client->groups, node) {
		if (group->id == id)
			return group;
	}
	return NULL;
}

/* Has the device add a group, and remembers its handle. */
static int vipsec_group_send(struct vipsec *vi, struct vipsec_group *group)
{
	struct virtio_ipsec_ctrl_hdr_req_view request = {};
	struct virtio_ipsec_add_group_resp_view answer;
	struct vipsec_command *command;
	int err;

	command = vipsec_command_alloc(sizeof(struct virtio_ipsec_ctrl_hdr),
				       VIPSEC_STATUS_ROOM + sizeof(struct virtio_ipsec_group));
	if (!command)
		return -ENOMEM;
	err = vipsec_execute(vi, command, virtio_ipsec_build_ctrl_hdr_req(
		command->request, command->request_room, VIRTIO_IPSEC_CTRL_ADD_GROUP, &request));
	if (!err && (virtio_ipsec_parse_add_group_resp(command->copy, command->used, &answer) ||
		     !answer.group->group))
		err = vipsec_broken_answer(vi);
	if (!err)
		group->handle = le64_to_cpu(answer.group->group);
	vipsec_command_put(command);
	/* The device may have a group that nobody can name. */
	if (err == -EPROTO)
		vipsec_trouble(vi, "the answer to a new group makes no sense");
	return err;
}

/**
 * vipsec_group_resume() - add a group again after a reset
 * @vi: the accelerator, locked
 * @group: the group; lost for good, with its SAs, if the device refuses it
 *
 * Return: 0, or a negative error if the device does not work.
 */
int vipsec_group_resume(struct vipsec *vi, struct vipsec_group *group)
{
	int err;

	group->handle = 0;
	err = vipsec_group_send(vi, group);
	if (!err || vipsec_is_broken(err))
		return err;
	dev_warn(&vi->vdev->dev, "group %llu is lost: %d\n", group->id, err);
	return 0;
}

/**
 * vipsec_group_add() - add a group
 * @client: whose it is
 * @identity: its name, for lists
 * @added: the group
 *
 * Return: 0 or a negative error.
 */
int vipsec_group_add(struct vipsec_client *client, const char *identity,
		     struct vipsec_group **added)
{
	struct vipsec *vi = client->vi;
	struct vipsec_group *group = kzalloc(sizeof(*group), GFP_KERNEL);
	int err;

	if (!group)
		return -ENOMEM;
	strscpy(group->identity, identity, sizeof(group->identity));
	err = vipsec_group_send(vi, group);
	if (err) {
		kfree(group);
		return err;
	}
	group->id = vi->next_id++;
	list_add_tail(&group->node, &client->groups);
	*added = group;
	return 0;
}

/* Sends a command that has no more than the name of a group; of one that was lost, none. */
static int vipsec_group_command(struct vipsec *vi, struct vipsec_group *group, u16 number)
{
	struct virtio_ipsec_group name = { .group = cpu_to_le64(group->handle) };
	struct virtio_ipsec_group_req_view request = { .group = &name };
	struct vipsec_command *command;
	int err;

	if (!group->handle)
		return 0;
	command = vipsec_command_alloc(sizeof(struct virtio_ipsec_ctrl_hdr) + sizeof(name),
				       VIPSEC_STATUS_ROOM);
	if (!command)
		return -ENOMEM;
	err = vipsec_execute(vi, command, virtio_ipsec_build_group_req(
		command->request, command->request_room, number, &request));
	vipsec_command_put(command);
	return err;
}

/**
 * vipsec_group_flush() - have the device delete every SA of a group
 * @vi: the accelerator, locked
 * @group: the group
 *
 * Return: 0 or a negative error.
 */
int vipsec_group_flush(struct vipsec *vi, struct vipsec_group *group)
{
	return vipsec_group_command(vi, group, VIRTIO_IPSEC_CTRL_FLUSH_SA);
}

/**
 * vipsec_group_delete() - delete a group that has no SA
 * @client: whose it is
 * @group: the group
 *
 * Return: 0 or a negative error, with which the group is still there.
 */
int vipsec_group_delete(struct vipsec_client *client, struct vipsec_group *group)
{
	struct vipsec_sa *sa;
	int err;

	list_for_each_entry(sa, &client->sas, node) {
		if (sa->group == group)
			return -EBUSY;
	}
	err = vipsec_group_command(client->vi, group, VIRTIO_IPSEC_CTRL_DELETE_GROUP);
	if (err && err != -ENOENT)
		return err;
	list_del(&group->node);
	kfree(group);
	return 0;
}

"""#)
}
