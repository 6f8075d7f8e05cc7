extension LinuxDriver {
  static let messagesSource = DriverFile(
    "messages.c",
    """
    What the device is told of an SA: its description, as virtio_ipsec.h has it, through the generated \
    parsers and builders.
    """,
    #"""
#include <linux/slab.h>

#include "sa.h"

/* An SA of a bundle, and what takes the place of its own after a reset. */
struct vipsec_resumed {
	struct virtio_ipsec_sequence sequence;
	struct virtio_ipsec_replay_window window;
	struct virtio_ipsec_lifetime lifetime;
	u8 bitmap[VIRTIO_IPSEC_MAX_REPLAY_BITMAP];
};

struct vipsec_adding {
	struct virtio_ipsec_sa_description_view views[VIPSEC_BUNDLE];
	struct vipsec_resumed resumed[VIPSEC_BUNDLE];
};

/* What a resumption can make longer. */
#define VIPSEC_RESUMED_ROOM	(sizeof(struct vipsec_resumed) + \
				 2 * sizeof(struct virtio_ipsec_attr_hdr))

/**
 * vipsec_parse_description() - take apart what an SA is to be
 * @bytes: entries, each with its attributes; a private copy
 * @length: how many bytes
 * @count: how many entries
 * @views: room for VIPSEC_BUNDLE of them; is filled
 *
 * Return: 0 or -EINVAL.
 */
int vipsec_parse_description(const void *bytes, u32 length, u16 count,
			     struct virtio_ipsec_sa_description_view *views)
{
	struct virtio_ipsec_reader reader;
	u16 i;

	if (!count || count > VIPSEC_BUNDLE)
		return -EINVAL;
	if (virtio_ipsec_start_reader(&reader, bytes, length, 1))
		return -EINVAL;
	for (i = 0; i < count; i++) {
		if (virtio_ipsec_parse_sa_description(&reader, &views[i]))
			return -EINVAL;
	}
	return reader.left ? -EINVAL : 0;
}

/**
 * vipsec_check_description() - check what somebody says an SA is to be
 * @bytes: entries, each with its attributes; a private copy
 * @length: how many bytes
 * @count: how many entries
 *
 * Return: 0 or -EINVAL.
 */
int vipsec_check_description(const void *bytes, u32 length, u16 count)
{
	struct vipsec_adding *adding = kzalloc(sizeof(*adding), GFP_KERNEL);
	int err;

	if (!adding)
		return -ENOMEM;
	err = vipsec_parse_description(bytes, length, count, adding->views);
	kfree(adding);
	return err;
}

/* What others have used of the SA's sequence numbers. */
static u64 vipsec_named_sequence(const struct virtio_ipsec_sequence *sequence,
				 const struct virtio_ipsec_replay_window *window)
{
	return max(sequence ? le64_to_cpu(sequence->last) : 0,
		   window ? le64_to_cpu(window->highest) : 0);
}

/*
 * No sequence number may be used twice, and what was received before is taken
 * as received: better a packet lost than one accepted twice.
 */
static void vipsec_resume_sequence(struct virtio_ipsec_sa_attributes_view *view, u64 last,
				   struct vipsec_resumed *resumed)
{
	u32 size;

	if (!last)
		return;
	if (view->sequence || !view->replay_window) {
		if (view->sequence)
			resumed->sequence = *view->sequence;
		resumed->sequence.last = cpu_to_le64(last);
		view->sequence = &resumed->sequence;
	}
	if (!view->replay_window)
		return;
	resumed->window = *view->replay_window;
	resumed->window.highest = cpu_to_le64(last);
	size = DIV_ROUND_UP(le32_to_cpu(resumed->window.size), 8);
	view->replay_window = &resumed->window;
	view->replay_bitmap = resumed->bitmap;
	view->replay_bitmap_len = min_t(u32, size, sizeof(resumed->bitmap));
	memset(resumed->bitmap, 0xff, sizeof(resumed->bitmap));
}

/**
 * vipsec_message_add() - make the command that adds an SA, or adds it again
 * @sa: the SA
 * @made: the command
 *
 * Return: bytes of the command, or a negative error.
 */
int vipsec_message_add(struct vipsec_sa *sa, struct vipsec_command **made)
{
	struct virtio_ipsec_add_sa add = {
		.group = cpu_to_le64(sa->group ? sa->group->handle : 0),
	};
	struct virtio_ipsec_add_sa_req_view request = { .add_sa = &add, .sa_count = sa->count };
	struct vipsec_command *command = NULL;
	struct vipsec_adding *adding;
	u64 last;
	u32 room;
	u16 i;
	int err;

	adding = kzalloc(sizeof(*adding), GFP_KERNEL);
	if (!adding)
		return -ENOMEM;
	err = vipsec_parse_description(sa->description, sa->length, sa->count, adding->views);
	if (err)
		goto free;
	last = atomic64_read(&sa->sequence);
	for (i = 0; i < sa->count && !err; i++) {
		struct virtio_ipsec_sa_attributes_view *view = &adding->views[i].sa_attributes;
		struct virtio_ipsec_lifetime *left = &adding->resumed[i].lifetime;

		/* The device tells the innermost's number alone, and of the others nothing. */
		if (last && sa->count > 1 && sa->operation == VIRTIO_IPSEC_OP_DECAP &&
		    view->replay_window) {
			err = -EKEYREJECTED;
			break;
		}
		vipsec_sa_used(sa, vipsec_named_sequence(view->sequence, view->replay_window));
		vipsec_resume_sequence(view, last, &adding->resumed[i]);
		if (view->lifetime) {
			err = vipsec_lifetime_left(sa, view->lifetime, !i, left);
			view->lifetime = left;
		}
	}
	if (err)
		goto free;
	request.sa = adding->views;
	room = sizeof(struct virtio_ipsec_ctrl_hdr) + sizeof(add) + sa->length +
	       sa->count * VIPSEC_RESUMED_ROOM;
	err = -ENOMEM;
	command = vipsec_command_alloc(room, VIPSEC_STATUS_ROOM + sizeof(struct virtio_ipsec_sa));
	if (!command)
		goto free;
	err = virtio_ipsec_build_add_sa_req(command->request, room,
					    sa->operation == VIRTIO_IPSEC_OP_ENCAP ?
					    VIRTIO_IPSEC_CTRL_ADD_OUT_SA :
					    VIRTIO_IPSEC_CTRL_ADD_IN_SA, &request);
free:
	kfree(adding);
	*made = command;
	return err;
}

/* What is changed takes the place of what was: a tunnel of the other version, too. */
static void vipsec_merge(struct virtio_ipsec_sa_attributes_view *view,
			 const struct virtio_ipsec_sa_changes_view *changes)
{
	if (changes->tunnel_ipv4 || changes->tunnel_ipv6) {
		view->tunnel_ipv4 = changes->tunnel_ipv4;
		view->tunnel_ipv6 = changes->tunnel_ipv6;
	}
	if (changes->udp_encapsulation)
		view->udp_encapsulation = changes->udp_encapsulation;
	if (changes->original_address)
		view->original_address = changes->original_address;
	if (changes->replay_window) {
		view->replay_window = changes->replay_window;
		view->replay_bitmap = changes->replay_bitmap;
		view->replay_bitmap_len = changes->replay_bitmap_len;
	}
	if (changes->sequence)
		view->sequence = changes->sequence;
	if (changes->lifetime)
		view->lifetime = changes->lifetime;
	if (changes->notify)
		view->notify = changes->notify;
}

/* The description as it is after a change, which is of the innermost SA. */
static void *vipsec_changed(struct vipsec_sa *sa, u32 room, u32 *length,
			    const struct virtio_ipsec_sa_changes_view *changes)
{
	struct virtio_ipsec_writer writer;
	struct vipsec_adding *adding;
	void *bytes;
	u16 i;
	int err;

	adding = kzalloc(sizeof(*adding), GFP_KERNEL);
	bytes = kzalloc(room, GFP_KERNEL);
	err = adding && bytes ? 0 : -ENOMEM;
	err = err ?: vipsec_parse_description(sa->description, sa->length, sa->count,
					      adding->views);
	if (!err)
		vipsec_merge(&adding->views[0].sa_attributes, changes);
	err = err ?: virtio_ipsec_start_writer(&writer, bytes, room, 1);
	for (i = 0; i < sa->count && !err; i++)
		err = virtio_ipsec_build_sa_description(&writer, &adding->views[i]);
	kfree(adding);
	if (err) {
		kfree_sensitive(bytes);
		return NULL;
	}
	*length = room - writer.left;
	return bytes;
}

/**
 * vipsec_message_update() - make the command that changes an SA
 * @sa: the SA
 * @changes: attributes, a private copy
 * @length: bytes of those
 * @change: is filled, as far as it gets
 *
 * Return: bytes of the command, or a negative error.
 */
int vipsec_message_update(struct vipsec_sa *sa, const void *changes, u32 length,
			  struct vipsec_update *change)
{
	struct virtio_ipsec_sa name = {
		.group = cpu_to_le64(sa->group ? sa->group->handle : 0),
		.sa = cpu_to_le64(sa->handle),
	};
	struct virtio_ipsec_update_sa_req_view request = { .sa = &name };
	struct virtio_ipsec_lifetime left;
	struct virtio_ipsec_reader reader;
	u32 room = sizeof(struct virtio_ipsec_ctrl_hdr) + sizeof(name) + length;
	int err;

	if (virtio_ipsec_start_reader(&reader, changes, length, 1) ||
	    virtio_ipsec_parse_sa_changes(&reader, &request.sa_changes) || reader.left)
		return -EINVAL;
	change->command = vipsec_command_alloc(room, VIPSEC_STATUS_ROOM);
	if (!change->command)
		return -ENOMEM;
	change->description = vipsec_changed(sa, sa->length + length, &change->length,
					     &request.sa_changes);
	if (!change->description)
		return -EINVAL;
	change->sequence = vipsec_named_sequence(request.sa_changes.sequence,
						 request.sa_changes.replay_window);
	if (request.sa_changes.lifetime) {
		change->told = vipsec_take_told(sa);
		err = vipsec_lifetime_new(sa, request.sa_changes.lifetime) ?:
		      vipsec_lifetime_left(sa, request.sa_changes.lifetime, true, &left);
		if (err)
			return err;
		request.sa_changes.lifetime = &left;
	}
	return virtio_ipsec_build_update_sa_req(change->command->request, room,
						sa->operation == VIRTIO_IPSEC_OP_ENCAP ?
						VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA :
						VIRTIO_IPSEC_CTRL_UPDATE_IN_SA, &request);
}

"""#)
}
