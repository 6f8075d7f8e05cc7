/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/*
 * virtio-ipsec-la 0.4. The look-aside IPsec accelerator as the document of
 * 2015 describes it, taken at its letter.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 0.4
 */
#ifndef _LINUX_VIRTIO_IPSEC_H
#define _LINUX_VIRTIO_IPSEC_H

#include "standard-headers/linux/types.h"
#include "standard-headers/linux/virtio_ids.h"
#include "standard-headers/linux/virtio_types.h"

/* The line for virtio_ids.h, until it is there. */
#ifndef VIRTIO_ID_IPSEC
#define VIRTIO_ID_IPSEC				20	/* virtio ipsec */
#endif

/*
 * On PCI: the device ID is 0x1040 plus the virtio device ID, where PCI has
 * such an ID.
 */

#define VIRTIO_IPSEC_PCI_VENDOR_ID		0x1af4	/* PCI vendor ID. */
#define VIRTIO_IPSEC_PCI_DEVICE_ID		0x1054	/* PCI device ID. */

/* Version, as the configuration space has it: major << 24 | minor. */

#define VIRTIO_IPSEC_VERSION			0x00000004	/* 0.4 */

/* Feature bits. */

/*
 * A packet may span several descriptors; the header stands before the first
 * only.
 */
#define VIRTIO_IPSEC_F_SG_BUFFERS		0
/* Authentication header (RFC 4302). */
#define VIRTIO_IPSEC_F_AH			1
/* Wrapped ESP (RFC 5840). */
#define VIRTIO_IPSEC_F_WESP			2
/* Several SAs applied to a packet in one request. */
#define VIRTIO_IPSEC_F_SA_BUNDLES		3
/* UDP encapsulation, for NAT traversal (RFC 3948). */
#define VIRTIO_IPSEC_F_UDP_ENCAPSULATION	4
/* Padding for traffic flow confidentiality (RFC 4303, section 2.7). */
#define VIRTIO_IPSEC_F_TFC			5
/* Extended sequence numbers (RFC 4303, section 2.2.1). */
#define VIRTIO_IPSEC_F_ESN			6
/* Propagates congestion notification through tunnels (RFC 6040). */
#define VIRTIO_IPSEC_F_ECN			7
/* Handles the don't-fragment bit of tunnel headers. */
#define VIRTIO_IPSEC_F_DF			8
/* Checks for replays (RFC 4303, section 3.4.3). */
#define VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK	9
#define VIRTIO_IPSEC_IPV6_SUPPORT		10	/* Handles IPv6. */
/* Notifies of a soft lifetime in bytes that has expired. */
#define VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY	11
/* Notifies before a sequence number overflows. */
#define VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY	12
/* Notifies of the sequence number at intervals. */
#define VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY	13

/*
 * Configuration space: offsets in bytes. n counts what comes before, i says
 * which one.
 */

/* Number of version registers that follow. (read-only) */
#define VIRTIO_IPSEC_CFG_VERSION_COUNT		0
/* A version that the device supports: major << 24 | minor. (read-only) */
#define VIRTIO_IPSEC_CFG_SUPPORTED_VERSION(i)	(4 + 4 * (i))
/*
 * The version that the guest chose among them; a guest that can drive none
 * fails its initialisation. (read-write)
 */
#define VIRTIO_IPSEC_CFG_VERSION_TO_USE(n)	(4 + 4 * (n))
/* What the device says about its queues. (read-only) */
#define VIRTIO_IPSEC_CFG_DEV_QUEUE_INFO(n)	(8 + 4 * (n))
/*
 * What the guest selects, in probe; a write after DRIVER_OK is ignored.
 * (read-write)
 */
#define VIRTIO_IPSEC_CFG_GUEST_QUEUE_INFO(n)	(12 + 4 * (n))

/* What applies to an SA. */

/* 1 for transport mode, 0 for tunnel mode. */
#define VIRTIO_IPSEC_SA_FLAG_TRANSPORT		(1U << 0)
/* 0 for a tunnel header of IPv4, 1 for one of IPv6. */
#define VIRTIO_IPSEC_SA_FLAG_IPV6		(1U << 1)
/*
 * 1 for no extended sequence numbers (RFC 4303, section 2.2.1), 0 for these.
 */
#define VIRTIO_IPSEC_SA_FLAG_NO_ESN		(1U << 2)
/* 1 to let replays pass, 0 to refuse them. */
#define VIRTIO_IPSEC_SA_FLAG_NO_ANTI_REPLAY	(1U << 3)
/* 1 for no UDP encapsulation (RFC 3948), 0 for it. */
#define VIRTIO_IPSEC_SA_FLAG_NO_UDP_ENCAPSULATION	(1U << 4)
/* 1 to notify of a soft lifetime that has expired. */
#define VIRTIO_IPSEC_SA_FLAG_NOTIFY_SOFT_KB	(1U << 5)
/* 1 to notify before the sequence number overflows. */
#define VIRTIO_IPSEC_SA_FLAG_NOTIFY_OVERFLOW	(1U << 6)
/* 1 to notify of the sequence number at intervals. */
#define VIRTIO_IPSEC_SA_FLAG_NOTIFY_PERIODIC	(1U << 7)

/* Where the fields of a tunnel header come from. */

/* What to do with the DSCP. */
#define VIRTIO_IPSEC_TUNNEL_HANDLING_DSCP_SHIFT	0
#define VIRTIO_IPSEC_TUNNEL_HANDLING_DSCP_MASK	0x03U
/* What to do with the don't-fragment bit. */
#define VIRTIO_IPSEC_TUNNEL_HANDLING_DF_SHIFT	2
#define VIRTIO_IPSEC_TUNNEL_HANDLING_DF_MASK	0x0cU
/* 1 not to propagate ECN, 0 to do so. */
#define VIRTIO_IPSEC_TUNNEL_HANDLING_NO_ECN	(1U << 4)

/* What ESP does for an SA. */

/* 1 with an integrity algorithm. */
#define VIRTIO_IPSEC_ESP_FLAG_AUTH		(1U << 4)
/* 1 with a cipher. */
#define VIRTIO_IPSEC_ESP_FLAG_ENCRYPT		(1U << 5)

/* What the device says about its queues. */

/* Largest number of encap/decap queue pairs: at most 4094. */
#define VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_SHIFT	0
#define VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_MASK	0x0000ffffU
/* Device-side scaling: hardware threads or proxy threads. */
#define VIRTIO_IPSEC_DEV_QUEUE_DEVICE_SCALING_SHIFT	16
#define VIRTIO_IPSEC_DEV_QUEUE_DEVICE_SCALING_MASK	0x00ff0000U
/* The guest's, in its own register; not initialised here. */
#define VIRTIO_IPSEC_DEV_QUEUE_GUEST_SCALING_SHIFT	24
#define VIRTIO_IPSEC_DEV_QUEUE_GUEST_SCALING_MASK	0xff000000U

/* What the guest selects in probe. */

/* The device's, in its own register; not written by the guest. */
#define VIRTIO_IPSEC_GUEST_QUEUE_MAX_PAIRS_SHIFT	0
#define VIRTIO_IPSEC_GUEST_QUEUE_MAX_PAIRS_MASK	0x0000ffffU
/* The device's, in its own register; ignored if changed. */
#define VIRTIO_IPSEC_GUEST_QUEUE_DEVICE_SCALING_SHIFT	16
#define VIRTIO_IPSEC_GUEST_QUEUE_DEVICE_SCALING_MASK	0x00ff0000U
/* Guest-side scaling: for example the number of vCPUs. */
#define VIRTIO_IPSEC_GUEST_QUEUE_GUEST_SCALING_SHIFT	24
#define VIRTIO_IPSEC_GUEST_QUEUE_GUEST_SCALING_MASK	0xff000000U

/* Classes of control commands. */

#define VIRTIO_IPSEC_CTRL_GENERIC		1	/* The device as a whole. */
#define VIRTIO_IPSEC_CTRL_SA			2	/* Groups and SAs. */
#define VIRTIO_IPSEC_CTRL_GET_RAND_DATA		3	/* Random numbers. */
/* What goes beyond; up to the vendor before 2.0. */
#define VIRTIO_IPSEC_CTRL_ADVANCED		4

/* Commands of the class GENERIC. */

/* Ask what the device can do. */
#define VIRTIO_IPSEC_CTRL_GET_CAPABILITIES	1
/* Say what the device is to do; nothing is defined before 2.0. */
#define VIRTIO_IPSEC_CTRL_SET_CAPABILITIES	2
/* Tell the device the guest's byte order. */
#define VIRTIO_IPSEC_CTRL_SET_GUEST_ENDIAN	3

/* Commands of the class SA. */

#define VIRTIO_IPSEC_CTRL_ADD_GROUP		1	/* Add a group of SAs. */
#define VIRTIO_IPSEC_CTRL_DELETE_GROUP		2	/* Delete a group. */
/* Add an outbound SA: it encapsulates. */
#define VIRTIO_IPSEC_CTRL_ADD_OUT_SA		3
#define VIRTIO_IPSEC_CTRL_DEL_OUT_SA		4	/* Delete an outbound SA. */
#define VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA		5	/* Change an outbound SA. */
#define VIRTIO_IPSEC_CTRL_READ_OUT_SA		6	/* Read an outbound SA. */
/* Read the first outbound SAs. */
#define VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs	7
/* Read the outbound SAs after those. */
#define VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs	8
/* Add an inbound SA: it decapsulates. */
#define VIRTIO_IPSEC_CTRL_ADD_IN_SA		9
#define VIRTIO_IPSEC_CTRL_DEL_IN_SA		10	/* Delete an inbound SA. */
#define VIRTIO_IPSEC_CTRL_UPDATE_IN_SA		11	/* Change an inbound SA. */
#define VIRTIO_IPSEC_CTRL_READ_IN_SA		12	/* Read an inbound SA. */
/* Read the first inbound SAs. */
#define VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs	13
/* Read the inbound SAs after those. */
#define VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs	14
/* Delete every SA of a group. */
#define VIRTIO_IPSEC_CTRL_FLUSH_SA		15
#define VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL		16	/* Delete every SA. */
/* Ask how much encapsulation adds at most. */
#define VIRTIO_IPSEC_GET_HEADROOM_TAILROOM_SIZE	17

/* Commands of the class GET_RAND_DATA. */

#define VIRTIO_IPSEC_GET_RAND_NUM		1	/* Ask for random bytes. */

/* Classes of data requests. */

#define VIRTIO_IPSEC_DATA_GENERIC		1	/* Packets. */
#define VIRTIO_IPSEC_DATA_ADVANCED		2	/* Up to the vendor. */

/* Requests of the class GENERIC. */

/* Input and output in buffers of their own. */
#define VIRTIO_IPSEC_DATA_SEPARATE_BUFFERS	1
/* Output where the input stands. */
#define VIRTIO_IPSEC_DATA_IN_PLACE		2

/* How a command or request ended. */

#define VIRTIO_IPSEC_OK				0	/* Done. */
/* Failed; result_data says more. */
#define VIRTIO_IPSEC_ERR			1

/* Integrity algorithms; in capability words, bit n stands for algorithm n. */

/* No integrity algorithm. */
#define VIRTIO_IPSEC_HMAC_NULL			0
/* HMAC-MD5-96 (RFC 2403). */
#define VIRTIO_IPSEC_HMAC_MD5			1
/* HMAC-SHA-1-96 (RFC 2404). */
#define VIRTIO_IPSEC_HMAC_SHA1			2
/* AES-XCBC-MAC-96 (RFC 3566). */
#define VIRTIO_IPSEC_HMAC_AES_XCBC_MAC		3
/* HMAC-SHA-256-128 (RFC 4868). */
#define VIRTIO_IPSEC_HMAC_SHA256		4
/* HMAC-SHA-384-192 (RFC 4868). */
#define VIRTIO_IPSEC_HMAC_SHA384		5
/* HMAC-SHA-512-256 (RFC 4868). */
#define VIRTIO_IPSEC_HMAC_SHA512		6
/* HMAC-SHA-1 with all of its 160 bits (RFC 4595). */
#define VIRTIO_IPSEC_HMAC_SHA1_160		7

/*
 * Ciphers and combined modes; in capability words, bit n stands for algorithm
 * n.
 */

/* No cipher: an SA of AH. */
#define VIRTIO_IPSEC_CIPHER_NONE		0
/* DES in CBC mode (RFC 2405). */
#define VIRTIO_IPSEC_DES_CBC			1
/* Triple DES in CBC mode (RFC 2451). */
#define VIRTIO_IPSEC_3DES_CBC			2
/* ESP without encryption (RFC 2410). */
#define VIRTIO_IPSEC_ESP_NULL			3
/* AES in CBC mode (RFC 3602). */
#define VIRTIO_IPSEC_AES_CBC			4
/* AES in counter mode (RFC 3686). */
#define VIRTIO_IPSEC_AESCTR			5
/* AES-CCM with an ICV of 8 bytes (RFC 4309). */
#define VIRTIO_IPSEC_AES_CCM_ICV8		6
/* AES-CCM with an ICV of 12 bytes (RFC 4309). */
#define VIRTIO_IPSEC_AES_CCM_ICV12		7
/* AES-CCM with an ICV of 16 bytes (RFC 4309). */
#define VIRTIO_IPSEC_AES_CCM_ICV16		8
/* AES-GCM with an ICV of 8 bytes (RFC 4106). */
#define VIRTIO_IPSEC_AES_GCM_ICV8		9
/* AES-GCM with an ICV of 12 bytes (RFC 4106). */
#define VIRTIO_IPSEC_AES_GCM_ICV12		10
/* AES-GCM with an ICV of 16 bytes (RFC 4106). */
#define VIRTIO_IPSEC_AES_GCM_ICV16		11
/* ESP without encryption, with AES-GMAC (RFC 4543). */
#define VIRTIO_IPSEC_NULL_AES_GMAC		12

/* Byte orders of a guest. */

/* Least significant byte first. */
#define VIRTIO_IPSEC_GUEST_LITTLE_ENDIAN	1
/* Most significant byte first. */
#define VIRTIO_IPSEC_GUEST_BIG_ENDIAN		2

/* IPsec protocols, by their IP protocol numbers. */

/* Encapsulating security payload (RFC 4303). */
#define VIRTIO_IPSEC_SA_PARAMS_PROTO_ESP	50
/* Authentication header (RFC 4302). */
#define VIRTIO_IPSEC_SA_PARAMS_PROTO_AH		51

/* Where the DSCP of a tunnel header comes from. */

#define VIRTIO_IPSEC_DSCP_COPY			0	/* From the inner header. */
#define VIRTIO_IPSEC_DSCP_CLEAR			1	/* It is zero. */
#define VIRTIO_IPSEC_DSCP_SET			2	/* From the SA. */

/* Where the don't-fragment bit of a tunnel header comes from. */

#define VIRTIO_IPSEC_DF_COPY			0	/* From the inner header. */
#define VIRTIO_IPSEC_DF_CLEAR			1	/* It is 0. */
#define VIRTIO_IPSEC_DF_SET			2	/* It is 1. */

/* What is applied to a packet; no published structure has a field for it. */

#define VIRTIO_IPSEC_ESP			0	/* ESP. */
#define VIRTIO_IPSEC_AH				1	/* AH. */
#define VIRTIO_IPSEC_ESP_WITH_AUTH		2	/* ESP, then AH. */

/* What an update changes. */

/* Address and port of the local gateway. */
#define VIRTIO_IPSEC_UPDATE_SA_LOCAL_GW		0
/* Address and port of the peer's gateway. */
#define VIRTIO_IPSEC_UPDATE_SA_PEER_GW		1
#define VIRTIO_IPSEC_UPDATE_SA_SEQ_NUM		2	/* The sequence number. */
/* The replay window. */
#define VIRTIO_IPSEC_UPDATE_SA_ANTI_REPLAY_WINDOW	3

/* Events of which the device notifies the guest. */

/* The soft lifetime in bytes has expired. */
#define VIRTIO_IPSEC_NOTIFY_LIFETIME_KB_EXPIRY	1
/* The sequence number is about to overflow. */
#define VIRTIO_IPSEC_NOTIFY_BEFORE_SEQNUM_OVERFLOW	2
/* The sequence number has advanced by the interval. */
#define VIRTIO_IPSEC_NOTIFY_SEQNUM_PERIODIC	3

/* Sizes. */

/* Largest nonce in bytes. */
#define VIRTIO_IPSEC_NOUNCE_LEN			16
/* Largest cipher key in bytes. */
#define VIRTIO_IPSEC_MAX_CIPHER_KEY_SIZE	64
/* Elements of an SA's handle. */
#define VIRTIO_IPSEC_SA_HANDLE_SIZE		8
/* Elements of a group's handle. */
#define VIRTIO_IPSEC_GROUP_HANDLE_SIZE		8

/* Which tunnel header an SA has. */

#define VIRTIO_IPSEC_TUNNEL_HDR_IS_IPV4		0	/* IPv4. */
#define VIRTIO_IPSEC_TUNNEL_HDR_IS_IPV6		1	/* IPv6. */

/* What an SA protects. */

/* The whole packet, within another. */
#define VIRTIO_IPSEC_SA_SAFLAGS_TUNNEL_MODE	0
#define VIRTIO_IPSEC_SA_SAFLAGS_TRANSPORT_MODE	1	/* The packet's payload. */

/* Whether ECN is propagated. */

#define VIRTIO_IPSEC_PROPOGATE_ECN_ON		0	/* On: the bit is clear. */
#define VIRTIO_IPSEC_PROPOGATE_ECN_OFF		1	/* Off: the bit is set. */

/* Whether sequence numbers are extended. */

#define VIRTIO_IPSEC_EXTENDED_SEQ_NUM_ON	0	/* On: the bit is clear. */
#define VIRTIO_IPSEC_EXTENDED_SEQ_NUM_OFF	1	/* Off: the bit is set. */

/* Whether replays are refused. */

#define VIRTIO_IPSEC_REPLAY_CHECK_ON		0	/* On: the bit is clear. */
#define VIRTIO_IPSEC_REPLAY_CHECK_OFF		1	/* Off: the bit is set. */

/* Whether ESP travels in UDP. */

#define VIRTIO_IPSEC_UDP_ENCAPSULATION_ON	0	/* On: the bit is clear. */
#define VIRTIO_IPSEC_UDP_ENCAPSULATION_OFF	1	/* Off: the bit is set. */

/* Which NAT traversal. */

#define VIRTIO_IPSEC_UDP_NAT_TRAVERSAL_V1	0	/* Version 1. */
#define VIRTIO_IPSEC_UDP_NAT_TRAVERSAL_V2	1	/* Version 2. */

/* Whether to notify of a soft lifetime that has expired. */

#define VIRTIO_IPSEC_SA_NOTIFY_LIFETIME_KB_EXPIRY_ON	1	/* On. */
#define VIRTIO_IPSEC_SA_NOTIFY_LIFETIME_KB_EXPIRY_OFF	0	/* Off. */

/* Whether to notify before the sequence number overflows. */

#define VIRTIO_IPSEC_SA_NOTIFY_SEQNUM_OVERFLOW_ON	1	/* On. */
#define VIRTIO_IPSEC_SA_NOTIFY_SEQNUM_OVERFLOW_OFF	1	/* Off. */

/* Whether to notify of the sequence number at intervals. */

#define VIRTIO_IPSEC_SA_NOTIFY_SEQNUM_PERIODIC_ON	1	/* On. */
#define VIRTIO_IPSEC_SA_NOTIFY_SEQNUM_PERIODIC_OFF	0	/* Off. */

/* Most bytes of each part of variable length. */

#define VIRTIO_IPSEC_MAX_CIPHER_KEY		64
#define VIRTIO_IPSEC_MAX_AUTH_KEY		64
#define VIRTIO_IPSEC_MAX_NONCE_IV		16
#define VIRTIO_IPSEC_MAX_INPUT			1048576
#define VIRTIO_IPSEC_MAX_OUTPUT			1048576
#define VIRTIO_IPSEC_MAX_BUFFER			1048576

/* Queues, in the order of their indices. */

/* Capabilities, groups and SAs: queue 0. */
#define VIRTIO_IPSEC_VQ_CONTROLQ		0
/* Packets to decapsulate: the first queue of each pair. */
#define VIRTIO_IPSEC_VQ_DECAPQ(pair)		(1 + 2 * (pair))
/* Packets to encapsulate: the second queue of each pair. */
#define VIRTIO_IPSEC_VQ_ENCAPQ(pair)		(2 + 2 * (pair))
/* Room for events: the last queue, there if an event can be asked for. */
#define VIRTIO_IPSEC_VQ_NOTIFYQ(pairs)		(1 + 2 * (pairs))
/* Largest number of queue pairs. */
#define VIRTIO_IPSEC_VQ_MAX_PAIRS		4094
/* Largest number of descriptors in a queue. */
#define VIRTIO_IPSEC_VQ_MAX_SIZE		32768

/**
 * struct virtio_ipsec_ctrl_hdr - names a control command
 * @class: class of the command; see VIRTIO_IPSEC_CTRL_*
 * @cmd: command within the class
 */
struct virtio_ipsec_ctrl_hdr {
	uint8_t class;
	uint8_t cmd;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_ctrl_result - says how a control command ended
 * @result: how the command ended; see VIRTIO_IPSEC_*
 * @result_data: detail of an error
 */
struct virtio_ipsec_ctrl_result {
	uint8_t result;
	uint8_t result_data;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_ctrl_capabilities - says which algorithms the device
 *   has
 * @hmac_algorithms: integrity algorithms: bit n set for algorithm n
 * @cipher_algorithms: ciphers: bit n set for algorithm n
 */
struct virtio_ipsec_ctrl_capabilities {
	__virtio32 hmac_algorithms;
	__virtio32 cipher_algorithms;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_set_guest_endian - tells the device the guest's byte
 *   order
 * @endian: the guest's byte order; see VIRTIO_IPSEC_GUEST_*
 */
struct virtio_ipsec_set_guest_endian {
	uint8_t endian;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_group_add - answers with the group that was added
 * @group_handle: handle of the group
 */
struct virtio_ipsec_group_add {
	__virtio32 group_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_group_delete - deletes a group
 * @group_handle: handle of the group
 */
struct virtio_ipsec_group_delete {
	__virtio32 group_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_flush_sa - deletes every SA of a group
 * @group_handle: handle of the group
 */
struct virtio_ipsec_flush_sa {
	__virtio32 group_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_create_sa - adds an SA or, with several, a bundle
 * @group_handle: handle of the group
 * @sa_handle: ignored here: the device's answer carries it
 * @num_sas: number of SAs that follow, at least one
 * @sa_len: bytes of SAs that follow this structure
 */
struct virtio_ipsec_create_sa {
	__virtio32 group_handle[8];
	__virtio32 sa_handle[8];
	__virtio32 num_sas;
	__virtio32 sa_len;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_sa_handle - names an SA, or a bundle by its handle
 * @sa_handle: handle of the SA
 */
struct virtio_ipsec_sa_handle {
	__virtio32 sa_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_sa_params - what every SA has; its flags say what
 *   follows
 * @spi: security parameter index (RFC 4303, section 2.1)
 * @proto: ESP or AH; see VIRTIO_IPSEC_SA_PARAMS_PROTO_*
 * @flags: what applies to the SA; see VIRTIO_IPSEC_SA_FLAG_*
 * @anti_replay_window: size of the replay window in packets
 */
struct virtio_ipsec_sa_params {
	__virtio32 spi;
	uint8_t proto;
	__virtio16 flags;
	__virtio32 anti_replay_window;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_tunnel_hdr_ipv4 - the outer header of an IPv4 tunnel
 * @saddr: source address
 * @daddr: destination address
 * @handling: where the outer header's fields come from; see
 *   VIRTIO_IPSEC_TUNNEL_HANDLING_*
 * @dscp: DSCP to set: 6 bits
 */
struct virtio_ipsec_tunnel_hdr_ipv4 {
	__virtio32 saddr;
	__virtio32 daddr;
	uint8_t handling;
	uint8_t dscp;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_tunnel_hdr_ipv6 - the outer header of an IPv6 tunnel
 * @saddr: source address
 * @daddr: destination address
 * @handling: where the outer header's fields come from; see
 *   VIRTIO_IPSEC_TUNNEL_HANDLING_*
 * @dscp: DSCP to set: 6 bits
 */
struct virtio_ipsec_tunnel_hdr_ipv6 {
	__virtio32 saddr[4];
	__virtio32 daddr[4];
	uint8_t handling;
	uint8_t dscp;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_lv - how many bytes follow
 * @len: bytes of data that follow
 */
struct virtio_ipsec_lv {
	__virtio32 len;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_esp_info - an ESP SA's algorithms: the cipher, in
 *   front of its key
 * @flags: what ESP does; see VIRTIO_IPSEC_ESP_FLAG_*
 * @cipher_algo: cipher; see VIRTIO_IPSEC_*
 * @iv_size: bytes of the IV in a packet
 * @block_size: bytes of the cipher's block
 */
struct virtio_ipsec_esp_info {
	uint8_t flags;
	uint8_t cipher_algo;
	uint8_t iv_size;
	uint8_t block_size;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_esp_info_auth - an ESP SA's algorithms: between the
 *   two keys
 * @counter_initial: first value of the block counter in counter modes
 * @auth_algo: integrity algorithm; see VIRTIO_IPSEC_HMAC_*
 */
struct virtio_ipsec_esp_info_auth {
	__virtio32 counter_initial;
	uint8_t auth_algo;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_ah_info - an AH SA's algorithm, in front of its key
 * @auth_algo: integrity algorithm; see VIRTIO_IPSEC_HMAC_*
 */
struct virtio_ipsec_ah_info {
	uint8_t auth_algo;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_icv_info - what stands behind the integrity key of ESP
 *   and of AH
 * @ah_padding_len: bytes of padding in AH
 * @icv_size: bytes of the integrity check value
 */
struct virtio_ipsec_icv_info {
	uint8_t ah_padding_len;
	uint8_t icv_size;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_udp_encapsulation_info - UDP ports for NAT traversal
 * @nat_traversal_mode: 0 for version 1, 1 for version 2
 * @d_port: destination port
 * @s_port: source port
 */
struct virtio_ipsec_udp_encapsulation_info {
	uint8_t nat_traversal_mode;
	__virtio16 d_port;
	__virtio16 s_port;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_notify_lifetime_kb - when to notify of an SA's
 *   lifetime
 * @lifetime_in_kb: soft lifetime in kilobytes
 */
struct virtio_ipsec_notify_lifetime_kb {
	__virtio32 lifetime_in_kb;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_notify_seqnum_periodic - how often to notify of the
 *   sequence number
 * @seqnum_interval: packets between notifications
 */
struct virtio_ipsec_notify_seqnum_periodic {
	__virtio32 seqnum_interval;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_update_sa - says what to change of which SA
 * @group_handle: handle of the group
 * @change_type: what to change; see VIRTIO_IPSEC_UPDATE_SA_*
 * @sa_handle: handle of the SA
 */
struct virtio_ipsec_update_sa {
	__virtio32 group_handle[8];
	uint8_t change_type;
	__virtio32 sa_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_update_sa_ipaddr_v4 - new address of a gateway of an
 *   IPv4 tunnel
 * @port: UDP port
 * @addr: IPv4 address
 */
struct virtio_ipsec_update_sa_ipaddr_v4 {
	__virtio16 port;
	__virtio32 addr;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_update_sa_ipaddr_v6 - new address of a gateway of an
 *   IPv6 tunnel, cut to one word
 * @port: UDP port
 * @addr: first word of the IPv6 address
 */
struct virtio_ipsec_update_sa_ipaddr_v6 {
	__virtio16 port;
	__virtio32 addr;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_update_sa_seqnum - new sequence number
 * @seq_num: low half
 * @hi_seq_num: high half, with extended sequence numbers
 */
struct virtio_ipsec_update_sa_seqnum {
	__virtio32 seq_num;
	__virtio32 hi_seq_num;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_update_sa_antireplay - new replay window
 * @anti_replay_window_size: size in packets
 * @anti_replay_window_bit_map: bit n set if the packet n before the highest
 *   was received
 */
struct virtio_ipsec_update_sa_antireplay {
	__virtio32 anti_replay_window_size;
	__virtio32 anti_replay_window_bit_map;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_delete_sa - deletes an SA or a bundle
 * @group_handle: handle of the group
 * @sa_handle: handle of the SA
 */
struct virtio_ipsec_delete_sa {
	__virtio32 group_handle[8];
	__virtio32 sa_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_read_sa - reads an SA
 * @group_handle: handle of the group
 * @sa_handle: handle of the SA
 */
struct virtio_ipsec_read_sa {
	__virtio32 group_handle[8];
	__virtio32 sa_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_read_sas - reads several SAs; the answer starts with
 *   the same structure
 * @group_handle: handle of the group
 * @num_sas: number of SAs to read, or that follow
 * @opaque_handle: where to go on: zero at first, then as answered
 */
struct virtio_ipsec_read_sas {
	__virtio32 group_handle[8];
	__virtio32 num_sas;
	__virtio32 opaque_handle[8];
} QEMU_PACKED;

/**
 * struct virtio_ipsec_out_sa_info - state of an outbound SA
 * @low_seq_number: low half of the last sequence number used
 * @hi_seq_number: high half, with extended sequence numbers
 */
struct virtio_ipsec_out_sa_info {
	__virtio32 low_seq_number;
	__virtio32 hi_seq_number;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_in_sa_info - state of an inbound SA
 * @low_seq_number: low half of the highest sequence number received
 * @hi_seq_number: high half, with extended sequence numbers
 */
struct virtio_ipsec_in_sa_info {
	__virtio32 low_seq_number;
	__virtio32 hi_seq_number;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_headroom_tailroom_size - how much encapsulation adds
 *   at most
 * @headroom: bytes before the packet
 * @tailroom: bytes after the packet
 */
struct virtio_ipsec_headroom_tailroom_size {
	__virtio32 headroom;
	__virtio32 tailroom;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_data_hdr - names a data request
 * @class: class of the request; see VIRTIO_IPSEC_DATA_*
 * @cmd: request within the class; see VIRTIO_IPSEC_DATA_*
 */
struct virtio_ipsec_data_hdr {
	uint8_t class;
	uint8_t cmd;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_data_result - says how a data request ended
 * @result: how the request ended; see VIRTIO_IPSEC_*
 * @result_data: detail of an error
 * @output_data_length: bytes of output
 */
struct virtio_ipsec_data_result {
	uint8_t result;
	uint8_t result_data;
	__virtio32 output_data_length;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_data_separate - a packet whose output goes to buffers
 *   of its own
 * @sa_context_handle: handle of the SA
 * @num_input_buffers: number of input descriptors
 * @input_data_length: bytes of input
 * @num_output_buffers: number of output descriptors
 * @output_buffer_length: bytes of room for output
 * @flags: none is defined
 */
struct virtio_ipsec_data_separate {
	__virtio32 sa_context_handle[8];
	__virtio32 num_input_buffers;
	__virtio32 input_data_length;
	__virtio32 num_output_buffers;
	__virtio32 output_buffer_length;
	__virtio32 flags;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_data_in_place - a packet whose output goes where the
 *   input stands; offsets run over all buffers
 * @sa_context_handle: handle of the SA
 * @num_buffers: number of descriptors
 * @buffer_length: bytes of all of them
 * @input_start_of_data: offset of the input
 * @input_data_length: bytes of input
 * @output_start_of_data: offset at which to put the output
 * @output_buffer_length: bytes of room for output, from there on
 * @flags: none is defined
 */
struct virtio_ipsec_data_in_place {
	__virtio32 sa_context_handle[8];
	__virtio32 num_buffers;
	__virtio32 buffer_length;
	__virtio32 input_start_of_data;
	__virtio32 input_data_length;
	__virtio32 output_start_of_data;
	__virtio32 output_buffer_length;
	__virtio32 flags;
} QEMU_PACKED;

/**
 * struct virtio_ipsec_notification - tells the guest of an event
 * @notify_event: what happened; see VIRTIO_IPSEC_NOTIFY_*
 * @group_handle: handle of the SA's group; zeros if it has none
 * @sa_context_handle: handle of the SA
 * @value: kilobytes so far, or the current sequence number
 */
struct virtio_ipsec_notification {
	__virtio32 notify_event;
	__virtio32 group_handle[8];
	__virtio32 sa_context_handle[8];
	__virtio32 value;
} QEMU_PACKED;

#endif /* _LINUX_VIRTIO_IPSEC_H */
