/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * /dev/ipsec-laN: a look-aside IPsec accelerator for a user-space program.
 *
 * An SA belongs to the open file that added it, and goes with it. It is
 * described as <linux/virtio_ipsec.h> has it: a struct virtio_ipsec_sa_entry
 * and its attributes, with keys, each attribute filled up to 8 bytes.
 *
 * read() gives struct ipsec_la_event, as many as there are and there is room
 * for; poll() says whether there are any, and EPOLLHUP when the accelerator is
 * no more.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef _UAPI_LINUX_IPSEC_LA_H
#define _UAPI_LINUX_IPSEC_LA_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* Most packets in one IPSEC_LA_PROCESS. */
#define IPSEC_LA_MAX_PACKETS	256
/* Most bytes of a description, or of the attributes of a change. */
#define IPSEC_LA_MAX_DESCRIPTION	16384

/**
 * struct ipsec_la_info - what an accelerator can do
 * @version: version of the interface that it is driven by: major << 24 | minor
 * @queue_pairs: pairs of queues for packets
 * @features: features that were negotiated; bit n set for feature n
 * @ciphers: bit n set for VIRTIO_IPSEC_* cipher n
 * @auths: bit n set for VIRTIO_IPSEC_HMAC_* n
 * @max_sas: largest number of SAs
 * @max_packet: largest packet in bytes
 * @max_window: largest replay window in packets
 * @headroom: most bytes that encapsulation puts before a packet
 * @tailroom: most bytes that encapsulation puts after a packet
 * @reserved: zero
 */
struct ipsec_la_info {
	__u32 version;
	__u32 queue_pairs;
	__u64 features;
	__u64 ciphers;
	__u64 auths;
	__u32 max_sas;
	__u32 max_packet;
	__u32 max_window;
	__u32 headroom;
	__u32 tailroom;
	__u32 reserved;
};

/**
 * struct ipsec_la_add - adds an SA, or a bundle
 * @description: address of struct virtio_ipsec_sa_entry with attributes; of a
 *   bundle, the innermost first
 * @length: bytes of those
 * @count: SAs
 * @operation: VIRTIO_IPSEC_OP_ENCAP or VIRTIO_IPSEC_OP_DECAP
 * @sa: filled: the driver's number for it, which resets of the device outlive
 */
struct ipsec_la_add {
	__u64 description;
	__u32 length;
	__u16 count;
	__u16 operation;
	__u64 sa;
};

/**
 * struct ipsec_la_update - changes an SA; of a bundle, the innermost. A lifetime
 *   is counted from when the SA was added: one that has ended with that is
 *   refused with EKEYREJECTED
 * @sa: which one
 * @attributes: address of attributes
 * @length: bytes of those
 * @reserved: zero
 */
struct ipsec_la_update {
	__u64 sa;
	__u64 attributes;
	__u32 length;
	__u32 reserved;
};

/**
 * struct ipsec_la_read - reads what the accelerator knows of an SA
 * @sa: which one
 * @records: address of room for struct virtio_ipsec_sa_record with attributes
 * @length: bytes of room; filled: bytes that there are, which may be more than
 *   the room, and then the call fails with ENOSPC
 * @count: filled: records
 */
struct ipsec_la_read {
	__u64 sa;
	__u64 records;
	__u32 length;
	__u32 count;
};

/**
 * struct ipsec_la_packet - a packet
 * @sa: the SA to apply
 * @input: address of the packet
 * @output: address of room for the result; may be that of the packet
 * @input_length: bytes of the packet
 * @output_length: bytes of room; filled: bytes of the result
 * @flags: VIRTIO_IPSEC_DATA_FLAG_DUMMY or 0
 * @error: filled: 0 or a positive error number
 * @status: filled: what the device says, VIRTIO_IPSEC_S_*, and ~0 if it says nothing
 * @reserved: zero
 * @sequence: filled: sequence number sent or received; 0 where @error is not
 */
struct ipsec_la_packet {
	__u64 sa;
	__u64 input;
	__u64 output;
	__u32 input_length;
	__u32 output_length;
	__u32 flags;
	__u32 error;
	__u32 status;
	__u32 reserved;
	__u64 sequence;
};

/**
 * struct ipsec_la_process - processes packets, and waits for them
 * @packets: address of struct ipsec_la_packet, processed in their order where
 *   they have the same SA
 * @count: how many
 * @done: filled: packets whose error is 0
 */
struct ipsec_la_process {
	__u64 packets;
	__u32 count;
	__u32 done;
};

/**
 * struct ipsec_la_event - something has happened to an SA
 * @sa: which one
 * @value: bytes or packets so far, or the current sequence number
 * @coalesced: earlier events of this kind on this SA that it stands for
 * @event: what, VIRTIO_IPSEC_NOTIFY_*
 * @lost: events before it that nobody read in time, at most 65535
 */
struct ipsec_la_event {
	__u64 sa;
	__u64 value;
	__u32 coalesced;
	__u16 event;
	__u16 lost;
};

#define IPSEC_LA_MAGIC		0xb6

#define IPSEC_LA_INFO		_IOR(IPSEC_LA_MAGIC, 0, struct ipsec_la_info)
#define IPSEC_LA_ADD		_IOWR(IPSEC_LA_MAGIC, 1, struct ipsec_la_add)
#define IPSEC_LA_DELETE		_IOW(IPSEC_LA_MAGIC, 2, __u64)
#define IPSEC_LA_UPDATE		_IOW(IPSEC_LA_MAGIC, 3, struct ipsec_la_update)
#define IPSEC_LA_READ		_IOWR(IPSEC_LA_MAGIC, 4, struct ipsec_la_read)
#define IPSEC_LA_PROCESS	_IOWR(IPSEC_LA_MAGIC, 5, struct ipsec_la_process)

#endif /* _UAPI_LINUX_IPSEC_LA_H */
