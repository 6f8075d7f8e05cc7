extension LinuxDriver {
  static let dataHeader = DriverFile(
    "data.h",
    "Packets, on the data queues.",
    #"""
#ifndef VIRTIO_IPSEC_DATA_H
#define VIRTIO_IPSEC_DATA_H

#include "device.h"

/**
 * struct vipsec_slot - a chain on a data queue
 * @next: the next one that is free
 * @requests: what the device reads before the packets
 * @completions: what it writes before the results
 * @request_list: maps @requests
 * @completion_list: maps @completions
 * @packets: the packets
 * @count: how many
 * @writable: bytes that the device may write
 */
struct vipsec_slot {
	struct vipsec_slot *next;
	struct virtio_ipsec_data_req *requests;
	struct virtio_ipsec_data_completion *completions;
	struct scatterlist request_list;
	struct scatterlist completion_list;
	struct vipsec_packet *packets[VIPSEC_CHAIN];
	u32 count;
	u32 writable;
};

/**
 * struct vipsec_queue - a data queue
 * @lock: for all that follows, but @work
 * @vi: the accelerator
 * @vq: NULL while the device is not driven
 * @is_open: whether packets are taken
 * @slots: chains, used or free
 * @slot_count: how many
 * @free: those that are free
 * @returned: how often one became free
 * @is_full: whether there was no room when somebody last looked for some
 * @full_returned: @returned since there is none
 * @full_since: when that was, in jiffies
 * @counters: what became of packets
 * @wait: who waits for room
 * @work: takes packets that come back
 * @cpu: where it does
 * @name: for /proc/interrupts
 */
struct vipsec_queue {
	spinlock_t lock;	/* see above */
	struct vipsec *vi;
	struct virtqueue *vq;
	bool is_open;
	struct vipsec_slot *slots;
	u32 slot_count;
	struct vipsec_slot *free;
	u32 returned;
	bool is_full;
	u32 full_returned;
	unsigned long full_since;
	struct vipsec_counters counters;
	wait_queue_head_t wait;
	struct work_struct work;
	int cpu;
	char name[16];
};

/* queue.c: a data queue from reset to reset */
void vipsec_init_queue(struct vipsec *vi, struct vipsec_queue *queue, const char *kind, u32 pair);
void vipsec_free_queues(struct vipsec *vi);
int vipsec_bind_queue(struct vipsec_queue *queue, struct virtqueue *vq);
void vipsec_open_queues(struct vipsec *vi);
void vipsec_close_queue(struct vipsec_queue *queue);
void vipsec_pass_queues(struct vipsec *vi);
void vipsec_cancel_queue(struct vipsec_queue *queue, int error);
void vipsec_release_slot(struct vipsec_queue *queue, struct vipsec_slot *slot);
void vipsec_drain(struct vipsec *vi);

/* submit.c: packets out */
int vipsec_submit(struct vipsec_sa *sa, struct vipsec_packet **packets, u32 count, u32 *taken);
int vipsec_submit_wait(struct vipsec_sa *sa, struct vipsec_packet **packets, u32 count, u32 *taken);

/* data.c: packets back */
void vipsec_packets_used(struct virtqueue *vq);
void vipsec_take_packets(struct work_struct *work);
void vipsec_count(struct vipsec *vi, struct vipsec_counters *sum);

#endif /* VIRTIO_IPSEC_DATA_H */

"""#)
}
