// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * IPSEC_LA_PROCESS: packets of a user-space program.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "chardev.h"
#include "sa.h"

/* Packets that one call has in flight. */
#define VIPSEC_BATCH		64

struct vipsec_batch {
	struct ipsec_la_packet user[VIPSEC_BATCH];
	struct vipsec_buffered buffered[VIPSEC_BATCH];
	struct vipsec_packet *packets[VIPSEC_BATCH];
};

static int vipsec_load(struct vipsec *vi, struct ipsec_la_packet *user,
		       struct vipsec_buffered *buffered)
{
	int err;

	if (!user->input_length || user->reserved ||
	    user->flags & ~(u32)VIRTIO_IPSEC_DATA_FLAG_DUMMY)
		return -EINVAL;
	if (user->input_length > vi->limits.max_packet ||
	    user->output_length > VIRTIO_IPSEC_MAX_OUTPUT)
		return -EMSGSIZE;
	err = vipsec_buffered_init(buffered, user->input_length, user->output_length);
	if (err)
		return err;
	buffered->packet.flags = user->flags;
	if (copy_from_user(buffered->input_bytes, u64_to_user_ptr(user->input),
			   user->input_length)) {
		vipsec_buffered_free(buffered);
		return -EFAULT;
	}
	return 0;
}

static int vipsec_store(struct vipsec_buffered *buffered, struct ipsec_la_packet *user)
{
	struct vipsec_packet *packet = &buffered->packet;

	user->error = -packet->error;
	user->status = packet->status;
	user->sequence = packet->sequence;
	user->output_length = packet->output_length;
	if (copy_to_user(u64_to_user_ptr(user->output), buffered->output_bytes,
			 packet->output_length))
		return -EFAULT;
	return 0;
}

/* Processes packets of one SA; those that the device did not take have an error, too. */
static int vipsec_process_run(struct vipsec_client *client, struct vipsec_batch *batch, u32 count)
{
	struct vipsec_sa *sa = vipsec_sa_get(client, batch->user[0].sa);
	u32 i, loaded = 0, taken = 0;
	int refusal = 0, err = sa ? 0 : vipsec_absence(client->vi);

	for (i = 0; i < count && !err; i++) {
		err = vipsec_load(client->vi, &batch->user[i], &batch->buffered[i]);
		if (!err)
			batch->packets[loaded++] = &batch->buffered[i].packet;
	}
	if (loaded)
		refusal = vipsec_submit_wait(sa, batch->packets, loaded, &taken);
	for (i = 0; i < count; i++) {
		struct ipsec_la_packet *user = &batch->user[i];

		user->output_length = i < loaded ? user->output_length : 0;
		if (i < taken) {
			vipsec_buffered_wait(client->vi, &batch->buffered[i]);
			if (vipsec_store(&batch->buffered[i], user))
				user->error = EFAULT;
		} else {
			user->error = -(i < loaded ? refusal : err);
			user->output_length = 0;
			user->status = U32_MAX;
			user->sequence = 0;
		}
		if (i < loaded)
			vipsec_buffered_free(&batch->buffered[i]);
	}
	if (sa)
		vipsec_sa_put(sa);
	return err == -EFAULT ? err : 0;
}

/* Packets in a row that have the same SA. */
static u32 vipsec_run_length(const struct ipsec_la_packet *packets, u32 count)
{
	u32 i;

	for (i = 1; i < count && packets[i].sa == packets[0].sa; i++)
		;
	return i;
}

static int vipsec_process_some(struct vipsec_client *client, struct vipsec_batch *batch,
			       struct ipsec_la_packet __user *packets, u32 count)
{
	u32 run;
	int err;

	count = min_t(u32, count, VIPSEC_BATCH);
	if (copy_from_user(batch->user, packets, count * sizeof(*packets)))
		return -EFAULT;
	run = vipsec_run_length(batch->user, count);
	err = vipsec_process_run(client, batch, run);
	if (err)
		return err;
	if (copy_to_user(packets, batch->user, run * sizeof(*packets)))
		return -EFAULT;
	return run;
}

/**
 * vipsec_process() - process packets of a user-space program
 * @client: the program's open file
 * @argument: what it wants
 *
 * Return: 0 or a negative error; what became of a packet is in the packet.
 */
int vipsec_process(struct vipsec_client *client, struct ipsec_la_process __user *argument)
{
	struct ipsec_la_packet __user *packets;
	struct ipsec_la_process process;
	struct vipsec_batch *batch;
	u32 i, next = 0;
	int run = 0;

	if (copy_from_user(&process, argument, sizeof(process)))
		return -EFAULT;
	if (!process.count || process.count > IPSEC_LA_MAX_PACKETS)
		return -EINVAL;
	batch = kvmalloc(sizeof(*batch), GFP_KERNEL);
	if (!batch)
		return -ENOMEM;
	packets = u64_to_user_ptr(process.packets);
	process.done = 0;
	while (next < process.count) {
		run = vipsec_process_some(client, batch, packets + next, process.count - next);
		if (run < 0)
			break;
		for (i = 0; i < (u32)run; i++)
			process.done += !batch->user[i].error;
		next += run;
		if (fatal_signal_pending(current)) {
			run = -EINTR;
			break;
		}
	}
	kvfree(batch);
	if (run > 0 && copy_to_user(argument, &process, sizeof(process)))
		return -EFAULT;
	return min(run, 0);
}
