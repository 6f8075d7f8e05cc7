/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * virtio-ipsec-la 2.0. The look-aside IPsec accelerator for new builds:
 * little-endian, naturally aligned, readable before writable, with attributes
 * that a minor version can add to.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef _LINUX_VIRTIO_IPSEC_V2_0_H
#define _LINUX_VIRTIO_IPSEC_V2_0_H

#include <linux/types.h>
#include <linux/virtio_ids.h>

/* The line for virtio_ids.h, until it is there. */
#ifndef VIRTIO_ID_IPSEC_V2_0
#define VIRTIO_ID_IPSEC_V2_0			63	/* virtio ipsec */
#endif

/*
 * On PCI: the device ID is 0x1040 plus the virtio device ID, where PCI has
 * such an ID.
 */

#define VIRTIO_IPSEC_V2_0_PCI_VENDOR_ID		0x1af4	/* PCI vendor ID. */
#define VIRTIO_IPSEC_V2_0_PCI_DEVICE_ID		0x107f	/* PCI device ID. */

/* Version, as the configuration space has it: major << 24 | minor. */

#define VIRTIO_IPSEC_V2_0_VERSION		0x02000000	/* 2.0 */

/* Feature bits. */

/*
 * A packet may span several descriptors; the header stands before the first
 * only.
 */
#define VIRTIO_IPSEC_V2_0_F_SG_BUFFERS		0
/* Authentication header (RFC 4302). */
#define VIRTIO_IPSEC_V2_0_F_AH			1
/* Wrapped ESP (RFC 5840). */
#define VIRTIO_IPSEC_V2_0_F_WESP		2
/* Several SAs applied to a packet in one request. */
#define VIRTIO_IPSEC_V2_0_F_SA_BUNDLES		3
/* UDP encapsulation, for NAT traversal (RFC 3948). */
#define VIRTIO_IPSEC_V2_0_F_UDP_ENCAPSULATION	4
/* Padding for traffic flow confidentiality (RFC 4303, section 2.7). */
#define VIRTIO_IPSEC_V2_0_F_TFC			5
/* Extended sequence numbers (RFC 4303, section 2.2.1). */
#define VIRTIO_IPSEC_V2_0_F_ESN			6
/* Propagates congestion notification through tunnels (RFC 6040). */
#define VIRTIO_IPSEC_V2_0_F_ECN			7
/* Handles the don't-fragment bit of tunnel headers. */
#define VIRTIO_IPSEC_V2_0_F_DF			8
/* Checks for replays (RFC 4303, section 3.4.3). */
#define VIRTIO_IPSEC_V2_0_F_ANTI_REPLAY_CHECK	9
#define VIRTIO_IPSEC_V2_0_F_IPV6_SUPPORT	10	/* Handles IPv6. */
/* Notifies of a soft lifetime in bytes that has expired. */
#define VIRTIO_IPSEC_V2_0_F_SOFT_LIFETIME_BYTES_NOTIFY	11
/* Notifies before a sequence number overflows. */
#define VIRTIO_IPSEC_V2_0_F_SEQNUM_OVERFLOW_NOTIFY	12
/* Notifies of the sequence number at intervals. */
#define VIRTIO_IPSEC_V2_0_F_SEQNUM_PERIODIC_NOTIFY	13
/* Counts what each SA does. */
#define VIRTIO_IPSEC_V2_0_F_SA_STATISTICS	14
/* Enforces hard lifetimes. */
#define VIRTIO_IPSEC_V2_0_F_HARD_LIFETIME	15
/* Saves and restores the device's state. */
#define VIRTIO_IPSEC_V2_0_F_STATE		16
/* Diffie-Hellman for IKE. */
#define VIRTIO_IPSEC_V2_0_F_DH			17
/* Can turn on algorithms that are no longer safe. */
#define VIRTIO_IPSEC_V2_0_F_LEGACY_ALGORITHMS	18
/* Several packets in one chain. */
#define VIRTIO_IPSEC_V2_0_F_MULTI_PACKET	19

/*
 * Configuration space: offsets in bytes. n counts what comes before, i says
 * which one.
 */

/* Number of version registers that follow. (read-only) */
#define VIRTIO_IPSEC_V2_0_CFG_VERSION_COUNT	0
/* A version that the device supports: major << 24 | minor. (read-only) */
#define VIRTIO_IPSEC_V2_0_CFG_SUPPORTED_VERSION(i)	(4 + 4 * (i))
/*
 * The version that the guest chose among them; a guest that can drive none
 * fails its initialisation. (read-write)
 */
#define VIRTIO_IPSEC_V2_0_CFG_VERSION_TO_USE(n)	(4 + 4 * (n))
/* What the device says about its queues. (read-only) */
#define VIRTIO_IPSEC_V2_0_CFG_DEV_QUEUE_INFO(n)	(8 + 4 * (n))
/*
 * What the guest selects, in probe; a write after DRIVER_OK is ignored.
 * (read-write)
 */
#define VIRTIO_IPSEC_V2_0_CFG_GUEST_QUEUE_INFO(n)	(12 + 4 * (n))

/* What applies to an SA. */

/* Extended sequence numbers (RFC 4303, section 2.2.1). */
#define VIRTIO_IPSEC_V2_0_SA_FLAG_ESN		(1U << 0)
/* Replays are refused; needs the replay window attribute. */
#define VIRTIO_IPSEC_V2_0_SA_FLAG_ANTI_REPLAY	(1U << 1)
/* Wrapped in a WESP header (RFC 5840). */
#define VIRTIO_IPSEC_V2_0_SA_FLAG_WESP		(1U << 2)

/* How to process a packet. */

/*
 * Input and output name the same memory; the device reads each byte before it
 * writes there.
 */
#define VIRTIO_IPSEC_V2_0_DATA_FLAG_IN_PLACE	(1U << 0)
/* Make a dummy packet (RFC 4303, section 2.6); the input is its filling. */
#define VIRTIO_IPSEC_V2_0_DATA_FLAG_DUMMY	(1U << 1)

/* What the device says about its queues. */

/* Largest number of encap/decap queue pairs: at most 4094. */
#define VIRTIO_IPSEC_V2_0_DEV_QUEUE_MAX_PAIRS_SHIFT	0
#define VIRTIO_IPSEC_V2_0_DEV_QUEUE_MAX_PAIRS_MASK	0x0000ffffU
/* Device-side scaling: hardware threads or proxy threads. */
#define VIRTIO_IPSEC_V2_0_DEV_QUEUE_DEVICE_SCALING_SHIFT	16
#define VIRTIO_IPSEC_V2_0_DEV_QUEUE_DEVICE_SCALING_MASK	0x00ff0000U
/* The guest's, in its own register; not initialised here. */
#define VIRTIO_IPSEC_V2_0_DEV_QUEUE_GUEST_SCALING_SHIFT	24
#define VIRTIO_IPSEC_V2_0_DEV_QUEUE_GUEST_SCALING_MASK	0xff000000U

/* What the guest selects in probe. */

/* The device's, in its own register; not written by the guest. */
#define VIRTIO_IPSEC_V2_0_GUEST_QUEUE_MAX_PAIRS_SHIFT	0
#define VIRTIO_IPSEC_V2_0_GUEST_QUEUE_MAX_PAIRS_MASK	0x0000ffffU
/* The device's, in its own register; ignored if changed. */
#define VIRTIO_IPSEC_V2_0_GUEST_QUEUE_DEVICE_SCALING_SHIFT	16
#define VIRTIO_IPSEC_V2_0_GUEST_QUEUE_DEVICE_SCALING_MASK	0x00ff0000U
/* Guest-side scaling: for example the number of vCPUs. */
#define VIRTIO_IPSEC_V2_0_GUEST_QUEUE_GUEST_SCALING_SHIFT	24
#define VIRTIO_IPSEC_V2_0_GUEST_QUEUE_GUEST_SCALING_MASK	0xff000000U

/* Classes of control commands. */

#define VIRTIO_IPSEC_V2_0_CTRL_GENERIC		1	/* The device as a whole. */
#define VIRTIO_IPSEC_V2_0_CTRL_SA		2	/* Groups and SAs. */
#define VIRTIO_IPSEC_V2_0_CTRL_GET_RAND_DATA	3	/* Random numbers. */
/* What goes beyond; up to the vendor before 2.0. */
#define VIRTIO_IPSEC_V2_0_CTRL_ADVANCED		4

/* Commands of the class GENERIC. */

/* Ask what the device can do. */
#define VIRTIO_IPSEC_V2_0_CTRL_GET_CAPABILITIES	1
/* Say what the device is to do; nothing is defined before 2.0. */
#define VIRTIO_IPSEC_V2_0_CTRL_SET_CAPABILITIES	2

/* Commands of the class SA. */

#define VIRTIO_IPSEC_V2_0_CTRL_ADD_GROUP	1	/* Add a group of SAs. */
#define VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP	2	/* Delete a group. */
/* Add an outbound SA: it encapsulates. */
#define VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA	3
#define VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA	4	/* Delete an outbound SA. */
#define VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA	5	/* Change an outbound SA. */
#define VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA	6	/* Read an outbound SA. */
/* Read the first outbound SAs. */
#define VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS	7
/* Read the outbound SAs after those. */
#define VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS	8
/* Add an inbound SA: it decapsulates. */
#define VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA	9
#define VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA	10	/* Delete an inbound SA. */
#define VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA	11	/* Change an inbound SA. */
#define VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA	12	/* Read an inbound SA. */
/* Read the first inbound SAs. */
#define VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS	13
/* Read the inbound SAs after those. */
#define VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS	14
/* Delete every SA of a group. */
#define VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA		15
#define VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL	16	/* Delete every SA. */
/* Ask how much encapsulation adds at most. */
#define VIRTIO_IPSEC_V2_0_GET_HEADROOM_TAILROOM_SIZE	17

/* Commands of the class GET_RAND_DATA. */

#define VIRTIO_IPSEC_V2_0_GET_RAND_NUM		1	/* Ask for random bytes. */

/* Commands of the class ADVANCED. */

/* Read the device's state, for migration. */
#define VIRTIO_IPSEC_V2_0_CTRL_SAVE_STATE	1
/* Load a state that another device saved. */
#define VIRTIO_IPSEC_V2_0_CTRL_RESTORE_STATE	2
/* Make a Diffie-Hellman key pair. */
#define VIRTIO_IPSEC_V2_0_CTRL_DH_GENERATE	3
/* Compute a Diffie-Hellman shared secret. */
#define VIRTIO_IPSEC_V2_0_CTRL_DH_COMPUTE	4
/* Forget a Diffie-Hellman key pair. */
#define VIRTIO_IPSEC_V2_0_CTRL_DH_DELETE	5

/*
 * How a command or the processing of a packet ended; numbers from 0x100
 * concern packets, and detail is ctrl_status's alone.
 */

#define VIRTIO_IPSEC_V2_0_S_OK			0	/* Done. */
/*
 * The message contradicts itself; detail is the offset of the first such byte.
 */
#define VIRTIO_IPSEC_V2_0_S_MALFORMED		1
/* No such class or command. */
#define VIRTIO_IPSEC_V2_0_S_UNKNOWN_COMMAND	2
/*
 * The algorithm is not in the capabilities, or not turned on; detail is its
 * number.
 */
#define VIRTIO_IPSEC_V2_0_S_UNSUPPORTED_ALGORITHM	3
/* The request needs a feature that was not negotiated; detail is its bit. */
#define VIRTIO_IPSEC_V2_0_S_UNSUPPORTED_FEATURE	4
/* An attribute that may not be ignored is unknown; detail is its type. */
#define VIRTIO_IPSEC_V2_0_S_UNKNOWN_ATTRIBUTE	5
/* The handle names no SA. */
#define VIRTIO_IPSEC_V2_0_S_NO_SUCH_SA		6
/* The handle names no group. */
#define VIRTIO_IPSEC_V2_0_S_NO_SUCH_GROUP	7
/* A limit of the capabilities is reached. */
#define VIRTIO_IPSEC_V2_0_S_NO_RESOURCES	8
/*
 * A key or salt is weak or of the wrong length; detail is the attribute's
 * type.
 */
#define VIRTIO_IPSEC_V2_0_S_KEY_REJECTED	9
/*
 * The room for the answer is too small; detail is the number of bytes needed.
 */
#define VIRTIO_IPSEC_V2_0_S_NO_SPACE		10
/* The group still has SAs. */
#define VIRTIO_IPSEC_V2_0_S_GROUP_IN_USE	11
/* The command is not allowed now. */
#define VIRTIO_IPSEC_V2_0_S_INVALID_STATE	12
/*
 * A field has a value that its meaning does not allow; detail is its offset.
 */
#define VIRTIO_IPSEC_V2_0_S_INVALID_VALUE	13
#define VIRTIO_IPSEC_V2_0_S_INTERNAL		14	/* The device failed. */
/* The packet ends before its headers do. */
#define VIRTIO_IPSEC_V2_0_S_TOO_SHORT		0x100
/* The padding is not what RFC 4303, section 2.4 says. */
#define VIRTIO_IPSEC_V2_0_S_BAD_PADDING		0x101
/* The integrity check value is wrong. */
#define VIRTIO_IPSEC_V2_0_S_BAD_ICV		0x102
/* The packet was received before. */
#define VIRTIO_IPSEC_V2_0_S_REPLAYED		0x103
/* The packet is older than the replay window. */
#define VIRTIO_IPSEC_V2_0_S_LATE		0x104
/* The packet's protocol or SPI is not the SA's. */
#define VIRTIO_IPSEC_V2_0_S_WRONG_PROTOCOL	0x105
/* The packet's mode is not the SA's. */
#define VIRTIO_IPSEC_V2_0_S_WRONG_MODE		0x106
/* A hard lifetime is reached. */
#define VIRTIO_IPSEC_V2_0_S_HARD_LIFETIME	0x107
/* The sequence numbers are used up. */
#define VIRTIO_IPSEC_V2_0_S_SEQUENCE_EXHAUSTED	0x108
/* An IP option or extension header cannot be handled. */
#define VIRTIO_IPSEC_V2_0_S_UNSUPPORTED_OPTION	0x109
/* The output does not fit. */
#define VIRTIO_IPSEC_V2_0_S_NO_TAIL_ROOM	0x10a
/*
 * The result would exceed the path MTU or 65,535 bytes, and must not be
 * fragmented.
 */
#define VIRTIO_IPSEC_V2_0_S_TOO_BIG		0x10b
/* A dummy packet, discarded. */
#define VIRTIO_IPSEC_V2_0_S_DUMMY		0x10c
/* Congestion was marked on a packet that is not ECN-capable (RFC 6040). */
#define VIRTIO_IPSEC_V2_0_S_ECN_VIOLATION	0x10d
/* A cryptographic operation failed. */
#define VIRTIO_IPSEC_V2_0_S_CRYPTO_FAILED	0x10e

/*
 * What an attribute of an SA is; with bit 15 set, a receiver that does not
 * know it ignores it.
 */

/* Outer header of an IPv4 tunnel. */
#define VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4	1
/* Outer header of an IPv6 tunnel. */
#define VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6	2
/* Cipher or combined algorithm with its key and salt. */
#define VIRTIO_IPSEC_V2_0_ATTR_CIPHER		3
/* Integrity algorithm with its key. */
#define VIRTIO_IPSEC_V2_0_ATTR_AUTH		4
#define VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION	5	/* UDP ports. */
/* The peer's address before translation. */
#define VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS	6
/* Size and state of the replay window. */
#define VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW	7
#define VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE		8	/* Sequence number. */
#define VIRTIO_IPSEC_V2_0_ATTR_LIFETIME		9	/* Soft and hard limits. */
/* Traffic flow confidentiality. */
#define VIRTIO_IPSEC_V2_0_ATTR_TFC		10
#define VIRTIO_IPSEC_V2_0_ATTR_NOTIFY		11	/* Events to notify of. */
/* What the SA has done; in answers only. */
#define VIRTIO_IPSEC_V2_0_ATTR_STATISTICS	0x8001

/* What to do with a packet. */

/* Apply the SA; on encap queues. */
#define VIRTIO_IPSEC_V2_0_OP_ENCAP		1
/* Check and remove the SA's protection; on decap queues. */
#define VIRTIO_IPSEC_V2_0_OP_DECAP		2

/* What an SA protects. */

/* The whole packet, within another. */
#define VIRTIO_IPSEC_V2_0_MODE_TUNNEL		0
#define VIRTIO_IPSEC_V2_0_MODE_TRANSPORT	1	/* The packet's payload. */

/* IPsec protocols, by their IP protocol numbers. */

/* Encapsulating security payload (RFC 4303). */
#define VIRTIO_IPSEC_V2_0_PROTO_ESP		50
/* Authentication header (RFC 4302). */
#define VIRTIO_IPSEC_V2_0_PROTO_AH		51

/*
 * Ciphers and combined modes; in capability words, bit n stands for algorithm
 * n.
 */

/* No cipher: an SA of AH. */
#define VIRTIO_IPSEC_V2_0_CIPHER_NONE		0
/* DES in CBC mode (RFC 2405). */
#define VIRTIO_IPSEC_V2_0_DES_CBC		1
/* Triple DES in CBC mode (RFC 2451). */
#define VIRTIO_IPSEC_V2_0_3DES_CBC		2
/* ESP without encryption (RFC 2410). */
#define VIRTIO_IPSEC_V2_0_ESP_NULL		3
/* AES in CBC mode (RFC 3602). */
#define VIRTIO_IPSEC_V2_0_AES_CBC		4
/* AES in counter mode (RFC 3686). */
#define VIRTIO_IPSEC_V2_0_AESCTR		5
/* AES-CCM with an ICV of 8 bytes (RFC 4309). */
#define VIRTIO_IPSEC_V2_0_AES_CCM_ICV8		6
/* AES-CCM with an ICV of 12 bytes (RFC 4309). */
#define VIRTIO_IPSEC_V2_0_AES_CCM_ICV12		7
/* AES-CCM with an ICV of 16 bytes (RFC 4309). */
#define VIRTIO_IPSEC_V2_0_AES_CCM_ICV16		8
/* AES-GCM with an ICV of 8 bytes (RFC 4106). */
#define VIRTIO_IPSEC_V2_0_AES_GCM_ICV8		9
/* AES-GCM with an ICV of 12 bytes (RFC 4106). */
#define VIRTIO_IPSEC_V2_0_AES_GCM_ICV12		10
/* AES-GCM with an ICV of 16 bytes (RFC 4106). */
#define VIRTIO_IPSEC_V2_0_AES_GCM_ICV16		11
/* ESP without encryption, with AES-GMAC (RFC 4543). */
#define VIRTIO_IPSEC_V2_0_AES_GMAC		12
/* ChaCha20-Poly1305 (RFC 7634). */
#define VIRTIO_IPSEC_V2_0_CHACHA20_POLY1305	13

/* Integrity algorithms; in capability words, bit n stands for algorithm n. */

/* No integrity algorithm. */
#define VIRTIO_IPSEC_V2_0_HMAC_NULL		0
/* HMAC-MD5-96 (RFC 2403). */
#define VIRTIO_IPSEC_V2_0_HMAC_MD5		1
/* HMAC-SHA-1-96 (RFC 2404). */
#define VIRTIO_IPSEC_V2_0_HMAC_SHA1		2
/* AES-XCBC-MAC-96 (RFC 3566). */
#define VIRTIO_IPSEC_V2_0_HMAC_AES_XCBC_MAC	3
/* HMAC-SHA-256-128 (RFC 4868). */
#define VIRTIO_IPSEC_V2_0_HMAC_SHA256		4
/* HMAC-SHA-384-192 (RFC 4868). */
#define VIRTIO_IPSEC_V2_0_HMAC_SHA384		5
/* HMAC-SHA-512-256 (RFC 4868). */
#define VIRTIO_IPSEC_V2_0_HMAC_SHA512		6
/* HMAC-SHA-1 with all of its 160 bits (RFC 4595). */
#define VIRTIO_IPSEC_V2_0_HMAC_SHA1_160		7
/* AES-CMAC-96 (RFC 4494). */
#define VIRTIO_IPSEC_V2_0_HMAC_AES_CMAC		8
/* AES-GMAC in AH (RFC 4543). */
#define VIRTIO_IPSEC_V2_0_HMAC_AES_GMAC		9

/* Where the DSCP of a tunnel header comes from. */

#define VIRTIO_IPSEC_V2_0_DSCP_COPY		0	/* From the inner header. */
#define VIRTIO_IPSEC_V2_0_DSCP_CLEAR		1	/* It is zero. */
#define VIRTIO_IPSEC_V2_0_DSCP_SET		2	/* From the SA. */

/* Where the don't-fragment bit of a tunnel header comes from. */

#define VIRTIO_IPSEC_V2_0_DF_COPY		0	/* From the inner header. */
#define VIRTIO_IPSEC_V2_0_DF_CLEAR		1	/* It is 0. */
#define VIRTIO_IPSEC_V2_0_DF_SET		2	/* It is 1. */

/* Events of which the device notifies the guest. */

/* The soft lifetime in bytes has expired. */
#define VIRTIO_IPSEC_V2_0_NOTIFY_SOFT_LIFETIME_BYTES	1
/* The sequence number is about to overflow. */
#define VIRTIO_IPSEC_V2_0_NOTIFY_BEFORE_SEQNUM_OVERFLOW	2
/* The sequence number has advanced by the interval. */
#define VIRTIO_IPSEC_V2_0_NOTIFY_SEQNUM_PERIODIC	3
/* The soft lifetime in packets has expired. */
#define VIRTIO_IPSEC_V2_0_NOTIFY_SOFT_LIFETIME_PACKETS	4
/* A hard lifetime has expired: the SA processes no more. */
#define VIRTIO_IPSEC_V2_0_NOTIFY_HARD_LIFETIME	5

/* Versions of IP. */

#define VIRTIO_IPSEC_V2_0_IP_V4			0	/* IPv4 (RFC 791). */
#define VIRTIO_IPSEC_V2_0_IP_V6			1	/* IPv6 (RFC 8200). */

/* Most bytes of each part of variable length. */

#define VIRTIO_IPSEC_V2_0_MAX_RANDOM		4096
#define VIRTIO_IPSEC_V2_0_MAX_CIPHER_KEY	64
#define VIRTIO_IPSEC_V2_0_MAX_CIPHER_SALT	16
#define VIRTIO_IPSEC_V2_0_MAX_AUTH_KEY		128
#define VIRTIO_IPSEC_V2_0_MAX_AUTH_SALT		16
#define VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP	512
#define VIRTIO_IPSEC_V2_0_MAX_STATE		1048576
#define VIRTIO_IPSEC_V2_0_MAX_PUBLIC_VALUE	1024
#define VIRTIO_IPSEC_V2_0_MAX_PEER_VALUE	1024
#define VIRTIO_IPSEC_V2_0_MAX_SECRET		1024
#define VIRTIO_IPSEC_V2_0_MAX_INPUT		1048576
#define VIRTIO_IPSEC_V2_0_MAX_OUTPUT		1048576

/* Queues, in the order of their indices. */

/* Capabilities, groups and SAs: queue 0. */
#define VIRTIO_IPSEC_V2_0_VQ_CONTROLQ		0
/* Packets to decapsulate: the first queue of each pair. */
#define VIRTIO_IPSEC_V2_0_VQ_DECAPQ(pair)	(1 + 2 * (pair))
/* Packets to encapsulate: the second queue of each pair. */
#define VIRTIO_IPSEC_V2_0_VQ_ENCAPQ(pair)	(2 + 2 * (pair))
/* Room for events: the last queue, there if an event can be asked for. */
#define VIRTIO_IPSEC_V2_0_VQ_NOTIFYQ(pairs)	(1 + 2 * (pairs))
/* Largest number of queue pairs. */
#define VIRTIO_IPSEC_V2_0_VQ_MAX_PAIRS		4094
/* Largest number of descriptors in a queue. */
#define VIRTIO_IPSEC_V2_0_VQ_MAX_SIZE		32768

/**
 * struct virtio_ipsec_v2_0_ctrl_hdr - names a control command and says how
 *   long it is
 * @class: class of the command; see VIRTIO_IPSEC_V2_0_CTRL_*
 * @command: command within the class
 * @length: bytes of the command that follow this header
 */
struct virtio_ipsec_v2_0_ctrl_hdr {
	__le16 class;
	__le16 command;
	__le32 length;
};

/**
 * struct virtio_ipsec_v2_0_ctrl_status - says how a control command ended
 * @status: how the command ended; see VIRTIO_IPSEC_V2_0_S_*
 * @detail: what the status refers to, as it says; else 0
 */
struct virtio_ipsec_v2_0_ctrl_status {
	__le32 status;
	__le32 detail;
};

/**
 * struct virtio_ipsec_v2_0_capabilities - what the device can do, as sets of
 *   algorithms and as limits
 * @cipher_algorithms: ciphers: bit n set for algorithm n
 * @auth_algorithms: integrity algorithms: bit n set for algorithm n
 * @legacy_ciphers: ciphers, beyond those, that SET_CAPABILITIES can turn on
 * @legacy_auths: integrity algorithms, beyond those, that SET_CAPABILITIES
 *   can turn on
 * @max_sas: largest number of SAs, both directions together
 * @max_groups: largest number of groups
 * @max_replay_window: largest replay window in packets; at most 4096
 * @max_packet_size: largest packet in bytes, before or after processing
 * @max_bundle: largest number of SAs in a bundle
 * @max_packets: largest number of packets in one chain
 * @headroom: most bytes that encapsulation puts before a packet
 * @tailroom: most bytes that encapsulation puts after a packet
 * @dh_groups: Diffie-Hellman groups: bit n set for IKEv2 transform n (RFC
 *   7296, section 3.3.2)
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_capabilities {
	__le64 cipher_algorithms;
	__le64 auth_algorithms;
	__le64 legacy_ciphers;
	__le64 legacy_auths;
	__le32 max_sas;
	__le32 max_groups;
	__le32 max_replay_window;
	__le32 max_packet_size;
	__le32 max_bundle;
	__le32 max_packets;
	__le32 headroom;
	__le32 tailroom;
	__le64 dh_groups;
	__u8 reserved[8];
};

/**
 * struct virtio_ipsec_v2_0_set_capabilities - turns legacy algorithms on;
 *   they are off until asked for
 * @legacy_ciphers: legacy ciphers to accept from now on
 * @legacy_auths: legacy integrity algorithms to accept from now on
 */
struct virtio_ipsec_v2_0_set_capabilities {
	__le64 legacy_ciphers;
	__le64 legacy_auths;
};

/**
 * struct virtio_ipsec_v2_0_group - names a group of SAs
 * @group: handle of the group, chosen by the device
 */
struct virtio_ipsec_v2_0_group {
	__le64 group;
};

/**
 * struct virtio_ipsec_v2_0_sa - names an SA, or a bundle by its handle
 * @group: handle of the group that the SA is in; 0 for none
 * @sa: handle of the SA or bundle, chosen by the device
 */
struct virtio_ipsec_v2_0_sa {
	__le64 group;
	__le64 sa;
};

/**
 * struct virtio_ipsec_v2_0_add_sa - adds an SA or, with several entries, a
 *   bundle, innermost first
 * @group: handle of the group to add it to; 0 for none
 * @sa_count: number of SAs that follow, at least one
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_add_sa {
	__le64 group;
	__le32 sa_count;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_sa_entry - what every SA has; attributes follow
 * @spi: security parameter index (RFC 4303, section 2.1); 0 to 255 are
 *   refused
 * @proto: ESP or AH; see VIRTIO_IPSEC_V2_0_PROTO_*
 * @mode: tunnel or transport mode; see VIRTIO_IPSEC_V2_0_MODE_*
 * @flags: what applies to the SA; see VIRTIO_IPSEC_V2_0_SA_FLAG_*
 * @attributes_length: bytes of attributes that follow this structure
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_sa_entry {
	__le32 spi;
	__u8 proto;
	__u8 mode;
	__le16 flags;
	__le32 attributes_length;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_read_sas - reads several SAs in the order of
 *   their handles
 * @group: handle of the group to read; 0 for all SAs
 * @cursor: where to go on: 0 at first, then the cursor of the last answer
 * @max_sas: largest number of records to answer with; a bundle has one for
 *   each SA, and is never split
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_read_sas {
	__le64 group;
	__le64 cursor;
	__le32 max_sas;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_read_reply - says how many SAs the answer holds
 * @cursor: where to go on; 0 when there is no more
 * @sa_count: number of records that follow: one for each SA
 * @length: bytes of the records that follow
 */
struct virtio_ipsec_v2_0_read_reply {
	__le64 cursor;
	__le32 sa_count;
	__le32 length;
};

/**
 * struct virtio_ipsec_v2_0_sa_record - one SA as it is; attributes follow,
 *   without keys
 * @sa: handle of the SA or bundle, chosen by the device; never 0
 * @sequence: last sequence number used (outbound) or highest received
 *   (inbound)
 * @spi: security parameter index
 * @proto: ESP or AH; see VIRTIO_IPSEC_V2_0_PROTO_*
 * @mode: tunnel or transport mode; see VIRTIO_IPSEC_V2_0_MODE_*
 * @flags: what applies to the SA; see VIRTIO_IPSEC_V2_0_SA_FLAG_*
 * @attributes_length: bytes of attributes that follow this structure
 * @position: place in its bundle, 0 for the innermost
 */
struct virtio_ipsec_v2_0_sa_record {
	__le64 sa;
	__le64 sequence;
	__le32 spi;
	__u8 proto;
	__u8 mode;
	__le16 flags;
	__le32 attributes_length;
	__le32 position;
};

/**
 * struct virtio_ipsec_v2_0_headroom_tailroom - how much encapsulation adds
 *   at most
 * @headroom: bytes before the packet
 * @tailroom: bytes after the packet
 */
struct virtio_ipsec_v2_0_headroom_tailroom {
	__le32 headroom;
	__le32 tailroom;
};

/**
 * struct virtio_ipsec_v2_0_amount - says how many bytes follow
 * @length: number of bytes
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_amount {
	__le32 length;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_attr_hdr - names an attribute and says how long
 *   it is
 * @type: type; bit 15 set if a receiver that does not know it may ignore it
 * @length: bytes of the value, without this header and without what fills up
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_attr_hdr {
	__le16 type;
	__le16 length;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_tunnel_ipv4 - the outer header of an IPv4 tunnel
 * @saddr: source address
 * @daddr: destination address
 * @dscp_handling: what to do with the DSCP; see VIRTIO_IPSEC_V2_0_DSCP_*
 * @dscp: DSCP to set: 6 bits
 * @df_handling: what to do with the don't-fragment bit; see
 *   VIRTIO_IPSEC_V2_0_DF_*
 * @ecn: 1 to propagate ECN (RFC 6040), 0 to leave it cleared
 * @ttl: time to live; 0 for the device's default of 64
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_tunnel_ipv4 {
	__be32 saddr;
	__be32 daddr;
	__u8 dscp_handling;
	__u8 dscp;
	__u8 df_handling;
	__u8 ecn;
	__u8 ttl;
	__u8 reserved[3];
};

/**
 * struct virtio_ipsec_v2_0_tunnel_ipv6 - the outer header of an IPv6 tunnel
 * @saddr: source address
 * @daddr: destination address
 * @flow_label: flow label: 20 bits
 * @dscp_handling: what to do with the DSCP; see VIRTIO_IPSEC_V2_0_DSCP_*
 * @dscp: DSCP to set: 6 bits
 * @ecn: 1 to propagate ECN (RFC 6040), 0 to leave it cleared
 * @hop_limit: hop limit; 0 for the device's default of 64
 */
struct virtio_ipsec_v2_0_tunnel_ipv6 {
	__u8 saddr[16];
	__u8 daddr[16];
	__le32 flow_label;
	__u8 dscp_handling;
	__u8 dscp;
	__u8 ecn;
	__u8 hop_limit;
};

/**
 * struct virtio_ipsec_v2_0_attr_cipher - cipher or combined algorithm; from
 *   a driver, the key follows, then the salt
 * @algorithm: algorithm; see VIRTIO_IPSEC_V2_0_*
 * @key_length: bytes of the key
 * @salt_length: bytes of the salt (RFC 4106, section 8.1) or nonce (RFC
 *   3686, section 5.1)
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_attr_cipher {
	__le16 algorithm;
	__le16 key_length;
	__le16 salt_length;
	__u8 reserved[2];
};

/**
 * struct virtio_ipsec_v2_0_attr_auth - integrity algorithm; from a driver,
 *   the key follows, then the salt
 * @algorithm: algorithm; see VIRTIO_IPSEC_V2_0_HMAC_*
 * @key_length: bytes of the key
 * @salt_length: bytes of the salt that AES-GMAC needs; else 0
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_attr_auth {
	__le16 algorithm;
	__le16 key_length;
	__le16 salt_length;
	__u8 reserved[2];
};

/**
 * struct virtio_ipsec_v2_0_udp_encapsulation - ESP travels in UDP (RFC 3948)
 * @sport: source port
 * @dport: destination port
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_udp_encapsulation {
	__be16 sport;
	__be16 dport;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_original_address - the peer's address before
 *   translation, for checksums in transport mode (RFC 3948, section 3.1.2)
 * @version: which IP the address is of; see VIRTIO_IPSEC_V2_0_IP_*
 * @reserved: zero
 * @address: the address; IPv4 in the first four bytes
 */
struct virtio_ipsec_v2_0_original_address {
	__u8 version;
	__u8 reserved[7];
	__u8 address[16];
};

/**
 * struct virtio_ipsec_v2_0_replay_window - size and state of the replay
 *   window (RFC 6479); the bitmap follows
 * @size: packets in the window, at most 4096
 * @bitmap_length: bytes of bitmap that follow; 0 for an empty window
 * @highest: sequence number at bit 0 of the bitmap, the highest received
 */
struct virtio_ipsec_v2_0_replay_window {
	__le32 size;
	__le32 bitmap_length;
	__le64 highest;
};

/**
 * struct virtio_ipsec_v2_0_sequence - the sequence number of an outbound SA
 * @last: last sequence number used; never lowered under the same key
 * @notify_at: sequence number at which to notify before overflow; 0 for the
 *   device's choice
 */
struct virtio_ipsec_v2_0_sequence {
	__le64 last;
	__le64 notify_at;
};

/**
 * struct virtio_ipsec_v2_0_lifetime - limits on the use of an SA; 0 for none
 * @soft_bytes: bytes at which to notify, once
 * @hard_bytes: bytes beyond which to refuse
 * @soft_packets: packets at which to notify, once
 * @hard_packets: packets beyond which to refuse
 */
struct virtio_ipsec_v2_0_lifetime {
	__le64 soft_bytes;
	__le64 hard_bytes;
	__le64 soft_packets;
	__le64 hard_packets;
};

/**
 * struct virtio_ipsec_v2_0_tfc - traffic flow confidentiality (RFC 4303,
 *   section 2.7)
 * @pad_to: bytes to which a shorter inner packet is padded
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_tfc {
	__le32 pad_to;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_notify - which events of an SA the driver wants
 *   to hear of
 * @events: events: bit n set for event n
 * @interval: packets between two periodic notifications
 */
struct virtio_ipsec_v2_0_notify {
	__le64 events;
	__le64 interval;
};

/**
 * struct virtio_ipsec_v2_0_sa_statistics - what an SA has done since it was
 *   added
 * @packets: packets processed without error
 * @bytes: bytes of those packets, before encapsulation or after
 *   decapsulation
 * @invalid_packet: packets that were no IPsec packet of this SA
 * @invalid_pad: packets whose padding was wrong
 * @invalid_sequence: packets whose sequence number was invalid
 * @replay_late: packets older than the replay window
 * @replayed: packets received before
 * @invalid_icv: packets whose integrity check value was wrong
 * @sequence_overflow: packets refused because the sequence numbers are used
 *   up
 * @crypto_failed: packets for which a cryptographic operation failed
 * @no_tail_room: packets whose output did not fit
 * @submit_failed: packets that could not be handed to the engine
 */
struct virtio_ipsec_v2_0_sa_statistics {
	__le64 packets;
	__le64 bytes;
	__le64 invalid_packet;
	__le64 invalid_pad;
	__le64 invalid_sequence;
	__le64 replay_late;
	__le64 replayed;
	__le64 invalid_icv;
	__le64 sequence_overflow;
	__le64 crypto_failed;
	__le64 no_tail_room;
	__le64 submit_failed;
};

/**
 * struct virtio_ipsec_v2_0_state_chunk - a piece of the device's saved state
 * @offset: offset of the piece in the state, in bytes
 * @total: size of the whole state in bytes
 * @length: bytes of the piece
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_state_chunk {
	__le64 offset;
	__le64 total;
	__le32 length;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_save_state - asks for a piece of the device's
 *   state
 * @offset: offset of the piece in the state; 0 freezes a new state
 * @max_length: most bytes to answer with
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_save_state {
	__le64 offset;
	__le32 max_length;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_dh_generate - makes a Diffie-Hellman key pair, of
 *   which the device keeps the private key
 * @dh_group: group, as IKEv2 numbers it (RFC 7296, section 3.3.2)
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_dh_generate {
	__le16 dh_group;
	__u8 reserved[6];
};

/**
 * struct virtio_ipsec_v2_0_dh_public - a key pair's handle, with a public
 *   value
 * @dh: handle of the key pair
 * @length: bytes of the public value that follows
 * @reserved: zero
 */
struct virtio_ipsec_v2_0_dh_public {
	__le64 dh;
	__le32 length;
	__u8 reserved[4];
};

/**
 * struct virtio_ipsec_v2_0_dh - names a Diffie-Hellman key pair
 * @dh: handle of the key pair
 */
struct virtio_ipsec_v2_0_dh {
	__le64 dh;
};

/**
 * struct virtio_ipsec_v2_0_data_req - asks the device to process one packet
 * @sa: handle of the SA or bundle
 * @input_length: bytes of input, which follow the last header
 * @output_capacity: bytes of room for output, which follow the last
 *   completion
 * @operation: what to do with it; see VIRTIO_IPSEC_V2_0_OP_*
 * @flags: how to do it; see VIRTIO_IPSEC_V2_0_DATA_FLAG_*
 * @following: in the first request of a chain, how many follow it; 0 in
 *   those
 * @reserved: zero
 * @cookie: the driver's own; the device does not look at it
 */
struct virtio_ipsec_v2_0_data_req {
	__le64 sa;
	__le32 input_length;
	__le32 output_capacity;
	__le16 operation;
	__le16 flags;
	__le16 following;
	__u8 reserved[2];
	__le64 cookie;
};

/**
 * struct virtio_ipsec_v2_0_data_completion - says how the processing of one
 *   packet ended
 * @status: how it ended; see VIRTIO_IPSEC_V2_0_S_*
 * @output_length: bytes of output; 0 unless the status is OK
 * @sequence: sequence number sent or received, with its high half if ESN is
 *   on
 */
struct virtio_ipsec_v2_0_data_completion {
	__le32 status;
	__le32 output_length;
	__le64 sequence;
};

/**
 * struct virtio_ipsec_v2_0_notification - tells the driver of an event on an
 *   SA
 * @event: what happened; see VIRTIO_IPSEC_V2_0_NOTIFY_*
 * @reserved: zero
 * @coalesced: earlier events of this kind on this SA that this one stands
 *   for
 * @group: handle of the SA's group; 0 for none
 * @sa: handle of the SA
 * @value: bytes or packets so far, or the current sequence number
 */
struct virtio_ipsec_v2_0_notification {
	__le16 event;
	__u8 reserved[2];
	__le32 coalesced;
	__le64 group;
	__le64 sa;
	__le64 value;
};

#endif /* _LINUX_VIRTIO_IPSEC_V2_0_H */
