/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * One accelerator, as its driver keeps it: queues, SAs, and who uses it.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_DEVICE_H
#define VIRTIO_IPSEC_DEVICE_H

#include <linux/hashtable.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/scatterlist.h>
#include <linux/spinlock.h>
#include <linux/virtio.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ipsec.h>
#include <linux/virtio_ipsec_wire.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "compat.h"
#include "lifetime.h"
#include "tables.h"

#define VIPSEC_NAME_SIZE	16	/* of an accelerator */
#define VIPSEC_IDENTITY_SIZE	32	/* of who uses it */
#define VIPSEC_BUNDLE		4	/* most SAs in a bundle */
#define VIPSEC_CHAIN		8	/* most packets in a chain */
#define VIPSEC_SLOTS		512	/* most chains in flight on a queue */
#define VIPSEC_EVENTS		32	/* buffers for notifications */
#define VIPSEC_HASH_BITS	8

struct vipsec;
struct vipsec_client;
struct vipsec_queue;

/**
 * enum vipsec_state - where an accelerator is in its life
 * @VIPSEC_STARTING: it is being probed
 * @VIPSEC_LIVE: it works
 * @VIPSEC_RECOVERING: it gets a reset, and its SAs again
 * @VIPSEC_ASLEEP: the system sleeps
 * @VIPSEC_GONE: it is no more, or a recovery failed
 */
enum vipsec_state {
	VIPSEC_STARTING,
	VIPSEC_LIVE,
	VIPSEC_RECOVERING,
	VIPSEC_ASLEEP,
	VIPSEC_GONE,
};

/**
 * struct vipsec_limits - what the device says of itself, checked
 * @ciphers: bit n set for cipher n
 * @auths: bit n set for integrity algorithm n
 * @legacy_ciphers: ciphers that have to be turned on
 * @legacy_auths: integrity algorithms that have to be turned on
 * @max_sas: largest number of SAs
 * @max_packet: largest packet in bytes
 * @max_window: largest replay window in packets
 * @max_chain: most packets that the driver puts into a chain
 * @headroom: most bytes that encapsulation puts before a packet
 * @tailroom: most bytes that encapsulation puts after a packet
 */
struct vipsec_limits {
	u64 ciphers;
	u64 auths;
	u64 legacy_ciphers;
	u64 legacy_auths;
	u32 max_sas;
	u32 max_packet;
	u32 max_window;
	u32 max_chain;
	u32 headroom;
	u32 tailroom;
};

/**
 * struct vipsec_counters - every packet ends in one of these
 * @packets_in: packets given to the device
 * @bytes_in: bytes of those
 * @packets_out: packets that it processed
 * @bytes_out: bytes of those
 * @refused: packets that it refused
 * @cancelled: packets given back because of a reset
 * @broken: answers that made no sense
 */
struct vipsec_counters {
	u64 packets_in;
	u64 bytes_in;
	u64 packets_out;
	u64 bytes_out;
	u64 refused;
	u64 cancelled;
	u64 broken;
};

/**
 * struct vipsec_group - SAs that are flushed together
 * @node: in its client's list
 * @id: the driver's number for it, which outlives resets
 * @handle: the device's number for it, which does not; 0 if it was lost
 * @identity: its name, for lists
 */
struct vipsec_group {
	struct list_head node;
	u64 id;
	u64 handle;
	char identity[VIPSEC_IDENTITY_SIZE];
};

/**
 * struct vipsec_sa - an SA, or a bundle
 * @ref: one for the client's list, one for each packet in flight
 * @rcu: for those that look it up
 * @node: in its client's list
 * @by_handle: in the device's table
 * @client: whose it is
 * @group: the group that it is in, or NULL
 * @group_id: its number, for events; 0 for none
 * @id: the driver's number for it, which outlives resets
 * @handle: the device's number for it, which does not; 0 if it was lost
 * @is_deleted: nothing may be submitted with it, whatever its handle stands for by now
 * @operation: VIRTIO_IPSEC_OP_*
 * @count: SAs in the bundle
 * @length: bytes of @description
 * @description: what to add it with again; has keys, never shown
 * @sequence: no sequence number beyond this was used, or received
 * @done: what came back processed, which is what statistics count
 * @unsure: what the device may have counted besides, which takes from lifetimes alone
 * @before: of @done, what the device does not know since its last reset
 * @spent: of both, what it does not know
 * @told: what its client knows of its lifetime; with @notify_lock
 * @owner_data: of the interface that added it
 */
struct vipsec_sa {
	refcount_t ref;
	struct rcu_head rcu;
	struct list_head node;
	struct hlist_node by_handle;
	struct vipsec_client *client;
	struct vipsec_group *group;
	u64 group_id;
	u64 id;
	u64 handle;
	bool is_deleted;
	u16 operation;
	u16 count;
	u32 length;
	void *description;
	atomic64_t sequence;
	struct vipsec_meter done;
	struct vipsec_meter unsure;
	struct vipsec_amount before;
	struct vipsec_amount spent;
	struct vipsec_told told;
	void *owner_data;
};

/**
 * struct vipsec_event - something has happened to an SA
 * @sa: the driver's number for it
 * @group: of its group; 0 for none
 * @value: bytes, packets or sequence number, as they would be without a reset
 * @coalesced: earlier events that this one stands for
 * @event: VIRTIO_IPSEC_NOTIFY_*
 */
struct vipsec_event {
	u64 sa;
	u64 group;
	u64 value;
	u32 coalesced;
	u16 event;
};

/**
 * struct vipsec_client - who uses an accelerator
 * @ref: one for whoever opened it, one for each of its SAs
 * @vi: the accelerator
 * @node: in the accelerator's list
 * @sas: its SAs
 * @groups: its groups
 * @identity: its name, for lists
 * @is_listed: whether it counts among the applications
 * @is_told: whether it knows that the accelerator is no more
 * @event: is told of events; may not sleep; may be NULL
 * @breaking: whether @broken is to be called, with the accelerator locked; may be NULL
 * @broken: is told that the accelerator is no more; may be NULL
 * @release: frees it
 */
struct vipsec_client {
	refcount_t ref;
	struct vipsec *vi;
	struct list_head node;
	struct list_head sas;
	struct list_head groups;
	char identity[VIPSEC_IDENTITY_SIZE];
	bool is_listed;
	bool is_told;
	void (*event)(struct vipsec_client *client, const struct vipsec_event *event);
	bool (*breaking)(struct vipsec_client *client);
	void (*broken)(struct vipsec_client *client);
	void (*release)(struct vipsec_client *client);
};

/**
 * struct vipsec_packet - a packet for the device, until it comes back
 * @input: the packet; memory that can be mapped for DMA
 * @output: room for the result; likewise
 * @input_pieces: entries of @input
 * @output_pieces: entries of @output
 * @input_length: bytes of input
 * @capacity: bytes of room
 * @flags: VIRTIO_IPSEC_DATA_FLAG_*
 * @complete: called once for each packet that was submitted; may not sleep
 * @sa: set by the driver
 * @error: set by the driver: 0 or a negative error
 * @status: set by the driver: what the device said
 * @output_length: set by the driver: bytes of the result
 * @sequence: set by the driver: sequence number sent or received
 */
struct vipsec_packet {
	struct scatterlist *input;
	struct scatterlist *output;
	unsigned int input_pieces;
	unsigned int output_pieces;
	u32 input_length;
	u32 capacity;
	u16 flags;
	void (*complete)(struct vipsec_packet *packet);
	struct vipsec_sa *sa;
	int error;
	u32 status;
	u32 output_length;
	u64 sequence;
};

/**
 * struct vipsec - an accelerator
 * @vdev: the virtio device
 * @ref: one for the driver, one for each client
 * @node: in the list of accelerators
 * @name: ipsec-la0 and so on
 * @index: its number
 * @state_lock: for @state, @trouble and the control queue
 * @state: where it is in its life
 * @trouble: it has asked for a reset, or did not answer
 * @lock: for commands, clients, groups and SAs; held for as long as these take
 * @clients: who uses it
 * @is_exclusive: one client has it for itself
 * @sas: SAs by the driver's numbers
 * @handles: SAs by the device's; with @notify_lock
 * @next_id: for the next SA or group
 * @features: the device's own that were negotiated; bit n set for feature n
 * @limits: what the device says of itself
 * @legacy_ciphers: unsafe ciphers that are turned on
 * @legacy_auths: unsafe integrity algorithms that are turned on
 * @has_queues: the device's queues are there; changes with @lock
 * @controlq: NULL while the device is not driven
 * @control_wait: who waits for an answer, or for another state
 * @notifyq: NULL while the device is not driven, or has none
 * @notify_lock: for @notifyq and @handles, and for what clients were told of SAs
 * @notify_work: takes events
 * @events: buffers for events
 * @queues: a decap queue and an encap queue for each pair
 * @pairs: how many pairs
 * @scaling: CPUs that they are for
 * @guest_queue_info: offset of the register that says so
 * @version_to_use: offset of the register that says which version
 * @work: where packets come back
 * @calls: where asynchronous calls are made, in their order
 * @attention: looks whether the device asks for a reset
 * @recovery: resets the device
 * @farewell: tells clients that the device is no more, with no lock held
 * @end: frees it
 * @misc: the character device
 * @debug: debugfs, where it is built in
 * @stats: what has happened so far
 */
struct vipsec {
	struct virtio_device *vdev;
	struct kref ref;
	struct list_head node;
	char name[VIPSEC_NAME_SIZE];
	u16 index;

	spinlock_t state_lock;	/* see above */
	enum vipsec_state state;
	bool trouble;

	struct mutex lock;	/* see above */
	struct list_head clients;
	bool is_exclusive;
	struct xarray sas;
	DECLARE_HASHTABLE(handles, VIPSEC_HASH_BITS);
	u64 next_id;
	u64 features;
	struct vipsec_limits limits;
	u64 legacy_ciphers;
	u64 legacy_auths;

	bool has_queues;
	struct virtqueue *controlq;
	wait_queue_head_t control_wait;

	struct virtqueue *notifyq;
	spinlock_t notify_lock;	/* see above */
	struct work_struct notify_work;
	struct virtio_ipsec_notification *events[VIPSEC_EVENTS];

	struct vipsec_queue *queues;
	u32 pairs;
	u32 scaling;
	unsigned int guest_queue_info;
	unsigned int version_to_use;

	struct workqueue_struct *work;
	struct workqueue_struct *calls;
	struct work_struct attention;
	struct work_struct recovery;
	struct work_struct farewell;
	struct work_struct end;
	struct miscdevice misc;
	struct vipsec_debug *debug;

	struct {
		u64 sas_created;
		u64 sas_deleted;
		u64 sas_modified;
		u64 sas_lost;
		u64 recoveries;
		u64 timeouts;
		u64 broken_answers;
		atomic64_t events;
		atomic64_t broken_events;
	} stats;
};

/* device.c: accelerators and their clients */
extern struct list_head vipsec_devices;
extern struct mutex vipsec_devices_lock;
int vipsec_devices_init(void);
void vipsec_devices_exit(void);
struct vipsec *vipsec_alloc(struct virtio_device *vdev);
struct vipsec *vipsec_find(const char *name);
void vipsec_put(struct vipsec *vi);
int vipsec_attach(struct vipsec *vi, struct vipsec_client *client, bool exclusive);
void vipsec_detach(struct vipsec_client *client);
void vipsec_client_put(struct vipsec_client *client);
void vipsec_break(struct vipsec *vi);
int vipsec_state_error(struct vipsec *vi);
int vipsec_absence(struct vipsec *vi);
int vipsec_begin(struct vipsec *vi);
void vipsec_end(struct vipsec *vi);

/* queues.c: the device's queues, from reset to reset */
int vipsec_count_queues(struct vipsec *vi);
int vipsec_start(struct vipsec *vi);
void vipsec_stop(struct vipsec *vi, int error);

/* recovery.c: what a device is told again after a reset */
void vipsec_trouble(struct vipsec *vi, const char *reason);
void vipsec_attend(struct work_struct *work);
void vipsec_recover(struct work_struct *work);
int vipsec_revive(struct vipsec *vi);

/* registers.c: the configuration space */
int vipsec_check_version(struct virtio_device *vdev);
int vipsec_read_registers(struct vipsec *vi);
int vipsec_select_version(struct vipsec *vi);
void vipsec_select_queues(struct vipsec *vi);

#endif /* VIRTIO_IPSEC_DEVICE_H */
