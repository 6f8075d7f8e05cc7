/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * /dev/ipsec-laN.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_CHARDEV_H
#define VIRTIO_IPSEC_CHARDEV_H

#include <linux/completion.h>
#include <linux/ipsec_la.h>
#include <linux/kfifo.h>

#include "data.h"
#include "device.h"

#define VIPSEC_FILE_EVENTS	128	/* events that nobody has read; a power of 2 */

/**
 * struct vipsec_file - an open /dev/ipsec-laN
 * @client: as which it uses the accelerator
 * @lock: for @events and @lost
 * @events: events that nobody has read
 * @lost: events that there was no room for
 * @wait: who waits for events
 */
struct vipsec_file {
	struct vipsec_client client;
	spinlock_t lock;	/* see above */
	DECLARE_KFIFO(events, struct ipsec_la_event, VIPSEC_FILE_EVENTS);
	u16 lost;
	wait_queue_head_t wait;
};

/* A packet in memory of its own, from which a device can read, and to which it can write. */
struct vipsec_buffered {
	struct vipsec_packet packet;
	struct scatterlist input;
	struct scatterlist output;
	struct completion done;
	void *input_bytes;
	void *output_bytes;
};

int vipsec_chardev_add(struct vipsec *vi);
void vipsec_chardev_remove(struct vipsec *vi);

/* buffered.c */
int vipsec_buffered_init(struct vipsec_buffered *buffered, u32 input_length, u32 capacity);
void vipsec_buffered_free(struct vipsec_buffered *buffered);
void vipsec_buffered_wait(struct vipsec *vi, struct vipsec_buffered *buffered);

/* process.c */
int vipsec_process(struct vipsec_client *client, struct ipsec_la_process __user *argument);

#endif /* VIRTIO_IPSEC_CHARDEV_H */
