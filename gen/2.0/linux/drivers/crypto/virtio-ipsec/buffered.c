// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Packets that are copied to memory that can be mapped for DMA, and waited
 * for.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/slab.h>

#include "chardev.h"
#include "control.h"

static void vipsec_buffered_complete(struct vipsec_packet *packet)
{
	complete(&container_of(packet, struct vipsec_buffered, packet)->done);
}

/**
 * vipsec_buffered_init() - make room for a packet
 * @buffered: the packet
 * @input_length: its bytes, above 0
 * @capacity: bytes of room for the result
 *
 * Return: 0 or -ENOMEM.
 */
int vipsec_buffered_init(struct vipsec_buffered *buffered, u32 input_length, u32 capacity)
{
	memset(buffered, 0, sizeof(*buffered));
	buffered->input_bytes = kmalloc(input_length, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	/* What a device claims to have written, but did not, is zeros. */
	buffered->output_bytes = kzalloc(max(capacity, 1U), GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!buffered->input_bytes || !buffered->output_bytes) {
		vipsec_buffered_free(buffered);
		return -ENOMEM;
	}
	init_completion(&buffered->done);
	sg_init_one(&buffered->input, buffered->input_bytes, input_length);
	buffered->packet.input = &buffered->input;
	buffered->packet.input_pieces = 1;
	buffered->packet.input_length = input_length;
	if (capacity) {
		sg_init_one(&buffered->output, buffered->output_bytes, capacity);
		buffered->packet.output = &buffered->output;
		buffered->packet.output_pieces = 1;
	}
	buffered->packet.capacity = capacity;
	buffered->packet.complete = vipsec_buffered_complete;
	return 0;
}

/**
 * vipsec_buffered_free() - free a packet that the device does not have
 * @buffered: the packet
 */
void vipsec_buffered_free(struct vipsec_buffered *buffered)
{
	kfree_sensitive(buffered->input_bytes);
	kfree_sensitive(buffered->output_bytes);
	buffered->input_bytes = NULL;
	buffered->output_bytes = NULL;
}

/**
 * vipsec_buffered_wait() - wait for a packet that was submitted
 * @vi: the accelerator
 * @buffered: the packet
 *
 * A device that does not give it back in time is reset, which does.
 */
void vipsec_buffered_wait(struct vipsec *vi, struct vipsec_buffered *buffered)
{
	if (wait_for_completion_timeout(&buffered->done, vipsec_timeout()))
		return;
	vipsec_trouble(vi, "a packet does not come back");
	wait_for_completion(&buffered->done);
	if (buffered->packet.error == -EIO)
		buffered->packet.error = -ETIMEDOUT;
}
