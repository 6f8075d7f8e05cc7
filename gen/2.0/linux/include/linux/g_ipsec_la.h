/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * The g-API: functions through which other modules use look-aside IPsec
 * accelerators.
 *
 * A call with flags 0 sleeps until it is answered. Packets with a flag can be
 * given in any context but hard interrupts, and with interrupts enabled;
 * control calls always need one that may sleep. Callbacks of packets and of
 * notifications may not sleep; those of control calls, and that of an
 * accelerator that has gone, may call every function. Packets are memory of
 * the linear mapping, such as kmalloc()'s: neither a stack's nor vmalloc()'s.
 * Of an asynchronous call, packets and outargs are kept until the callback.
 *
 * Errors: -ENOENT: There is no such SA, group or accelerator, or it is another
 * application's. -EIO: The accelerator failed, or was reset; the call may be
 * made again. -EBADF: The handle is not valid, or was closed. -EAGAIN: Not
 * now; the call may be made again. -ENOMEM: No memory, or no room for another
 * SA. -EBUSY: Somebody else has it, or it is still in use. -ENODEV: There is
 * no accelerator, or it has gone. -EINVAL: A pointer is NULL, or a number is
 * not what it can be. -ENOSPC: Too many packets are in flight. -EPROTO: The
 * accelerator's answer makes no sense. -EBADMSG: The packet is not what the SA
 * takes: malformed, forged, or a replay. -EMSGSIZE: The packet is too long, or
 * the result does not fit where it is to go. -EOPNOTSUPP: The accelerator
 * cannot do this. -ETIMEDOUT: The accelerator did not answer. -EKEYREJECTED:
 * The key is refused, or the SA may process no more packets.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef _LINUX_G_IPSEC_LA_H
#define _LINUX_G_IPSEC_LA_H

#include <linux/bits.h>
#include <linux/types.h>

/* Bytes of an accelerator's handle. */
#define G_IPSEC_LA_HANDLE_SIZE		8
/* Bytes of a group's handle. */
#define G_IPSEC_LA_GROUP_HANDLE_SIZE	8
/* Bytes of an SA's handle. */
#define G_IPSEC_LA_SA_HANDLE_SIZE	8
/* Bytes of the version, with the final zero. */
#define G_IPSEC_LA_VERSION_SIZE		16
/* Bytes of an accelerator's name, with the final zero. */
#define G_IPSEC_LA_DEVICE_NAME_SIZE	16
/* Bytes of an application's or a group's identity, with the final zero. */
#define G_IPSEC_LA_IDENTITY_SIZE	32
/* Bytes of the larger kind of IP address. */
#define G_IPSEC_LA_ADDRESS_SIZE		16
/* Owners that an accelerator's entry in a list tells of. */
#define G_IPSEC_LA_MAX_OWNERS		16
/* SAs in a bundle. */
#define G_IPSEC_LA_MAX_BUNDLE		4
/* Bits of a key. */
#define G_IPSEC_LA_MAX_KEY_BITS		1024
/* Packets of a replay window. */
#define G_IPSEC_LA_MAX_REPLAY_WINDOW	0x1000
/* Pieces of a packet. */
#define G_IPSEC_LA_MAX_SG		64
/* Bytes of a packet to process. */
#define G_IPSEC_LA_MAX_PACKET_SIZE	0xffff
/* Packets in one call. */
#define G_IPSEC_LA_MAX_PACKETS		1024
/* PCI vendor ID of the accelerators. */
#define G_IPSEC_LA_PCI_VENDOR_ID	0x1af4

/**
 * enum g_ipsec_la_mode - how an accelerator is used
 * @G_IPSEC_LA_INSTANCE_AVAILABLE: nobody has it open; not a mode to open one
 *   in
 * @G_IPSEC_LA_INSTANCE_EXCLUSIVE: one application has it for itself
 * @G_IPSEC_LA_INSTANCE_SHARED: applications share it; each sees its own
 *   groups and SAs only
 */
enum g_ipsec_la_mode {
	G_IPSEC_LA_INSTANCE_AVAILABLE = 0,
	G_IPSEC_LA_INSTANCE_EXCLUSIVE = 1,
	G_IPSEC_LA_INSTANCE_SHARED = 2,
};

/**
 * enum g_ipsec_la_sa_direction - which way an SA works
 * @G_IPSEC_LA_SA_INBOUND: it decapsulates
 * @G_IPSEC_LA_SA_OUTBOUND: it encapsulates
 */
enum g_ipsec_la_sa_direction {
	G_IPSEC_LA_SA_INBOUND = 0,
	G_IPSEC_LA_SA_OUTBOUND = 1,
};

/**
 * enum g_ipsec_la_control_flags - how a call ends; none for one that waits
 * @G_IPSEC_LA_CTRL_FLAG_ASYNC: the answer comes through the callback of resp
 * @G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED: no answer comes, and nobody waits
 *   for one
 */
enum g_ipsec_la_control_flags {
	G_IPSEC_LA_CTRL_FLAG_ASYNC = BIT(0),
	G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED = BIT(1),
};

/**
 * enum g_ipsec_la_proto - IPsec protocols, by their IP protocol numbers
 * @G_IPSEC_LA_PROTO_ESP: encapsulating security payload (RFC 4303)
 * @G_IPSEC_LA_PROTO_AH: authentication header (RFC 4302)
 */
enum g_ipsec_la_proto {
	G_IPSEC_LA_PROTO_ESP = 50,
	G_IPSEC_LA_PROTO_AH = 51,
};

/**
 * enum g_ipsec_la_ip_version - versions of IP; 0 says that there is no
 *   address
 * @G_IPSEC_LA_IPV4: 4 bytes
 * @G_IPSEC_LA_IPV6: 16 bytes
 */
enum g_ipsec_la_ip_version {
	G_IPSEC_LA_IPV4 = 4,
	G_IPSEC_LA_IPV6 = 6,
};

/**
 * enum g_ipsec_la_auth_alg - integrity algorithms; 0 is as NONE
 * @G_IPSEC_LA_AUTH_ALGO_NONE: no integrity algorithm
 * @G_IPSEC_LA_AUTH_ALGO_MD5_HMAC: HMAC-MD5-96 (RFC 2403)
 * @G_IPSEC_LA_AUTH_ALGO_SHA1_HMAC: HMAC-SHA-1-96 (RFC 2404)
 * @G_IPSEC_LA_AUTH_AESXCBC: AES-XCBC-MAC-96 (RFC 3566)
 * @G_IPSEC_LA_AUTH_ALGO_SHA2_256_HMAC: HMAC-SHA-256-128 (RFC 4868)
 * @G_IPSEC_LA_AUTH_ALGO_SHA2_384_HMAC: HMAC-SHA-384-192 (RFC 4868)
 * @G_IPSEC_LA_AUTH_ALGO_SHA2_512_HMAC: HMAC-SHA-512-256 (RFC 4868)
 * @G_IPSEC_LA_AUTH_ALGO_HMAC_SHA1_160: HMAC-SHA-1 with all of its 160 bits
 *   (RFC 4595)
 */
enum g_ipsec_la_auth_alg {
	G_IPSEC_LA_AUTH_ALGO_NONE = 1,
	G_IPSEC_LA_AUTH_ALGO_MD5_HMAC = 2,
	G_IPSEC_LA_AUTH_ALGO_SHA1_HMAC = 3,
	G_IPSEC_LA_AUTH_AESXCBC = 4,
	G_IPSEC_LA_AUTH_ALGO_SHA2_256_HMAC = 5,
	G_IPSEC_LA_AUTH_ALGO_SHA2_384_HMAC = 6,
	G_IPSEC_LA_AUTH_ALGO_SHA2_512_HMAC = 7,
	G_IPSEC_LA_AUTH_ALGO_HMAC_SHA1_160 = 8,
};

/**
 * enum g_ipsec_la_cipher_alg - ciphers; 0 is as NULL
 * @G_IPSEC_LA_CIPHER_ALGO_NULL: no encryption (RFC 2410)
 * @G_IPSEC_LA_CIPHER_ALGO_DES_CBC: DES in CBC mode (RFC 2405)
 * @G_IPSEC_LA_CIPHER_ALGO_3DES_CBC: triple DES in CBC mode (RFC 2451)
 * @G_IPSEC_LA_CIPHER_ALGO_AES_CBC: AES in CBC mode (RFC 3602)
 * @G_IPSEC_LA_CIPHER_ALGO_AES_CTR: AES in counter mode (RFC 3686); the nonce
 *   is iv
 * @G_IPSEC_LA_CIPHER_ALGO_AES_CCM: see comb_algo, which has to say the same
 * @G_IPSEC_LA_CIPHER_ALGO_AES_GCM: see comb_algo, which has to say the same
 * @G_IPSEC_LA_CIPHER_ALGO_AES_GMAC: see comb_algo, which has to say the same
 */
enum g_ipsec_la_cipher_alg {
	G_IPSEC_LA_CIPHER_ALGO_NULL = 1,
	G_IPSEC_LA_CIPHER_ALGO_DES_CBC = 2,
	G_IPSEC_LA_CIPHER_ALGO_3DES_CBC = 3,
	G_IPSEC_LA_CIPHER_ALGO_AES_CBC = 4,
	G_IPSEC_LA_CIPHER_ALGO_AES_CTR = 5,
	G_IPSEC_LA_CIPHER_ALGO_AES_CCM = 6,
	G_IPSEC_LA_CIPHER_ALGO_AES_GCM = 7,
	G_IPSEC_LA_CIPHER_ALGO_AES_GMAC = 8,
};

/**
 * enum g_ipsec_la_comb_alg - combined modes; 0 says that cipher and
 *   integrity are apart
 * @G_IPSEC_LA_COMB_ALGO_AES_CCM: AES-CCM (RFC 4309); a salt of 3 bytes
 * @G_IPSEC_LA_COMB_ALGO_AES_GCM: AES-GCM (RFC 4106); a salt of 4 bytes
 * @G_IPSEC_LA_COMB_ALGO_AES_GMAC: integrity only, by AES-GMAC (RFC 4543); a
 *   salt of 4 bytes
 */
enum g_ipsec_la_comb_alg {
	G_IPSEC_LA_COMB_ALGO_AES_CCM = 1,
	G_IPSEC_LA_COMB_ALGO_AES_GCM = 2,
	G_IPSEC_LA_COMB_ALGO_AES_GMAC = 3,
};

/**
 * enum g_ipsec_la_ipcomp_alg - compression; 0 for none, which is all that
 *   accelerators have
 * @G_IPSEC_LA_IPCOMP_DEFLATE: DEFLATE (RFC 2394)
 * @G_IPSEC_LA_IPCOMP_LZS: LZS (RFC 2395)
 */
enum g_ipsec_la_ipcomp_alg {
	G_IPSEC_LA_IPCOMP_DEFLATE = 1,
	G_IPSEC_LA_IPCOMP_LZS = 2,
};

/**
 * enum g_ipsec_la_dscp_handle - where the DSCP of a tunnel header comes
 *   from; 0 is as COPY
 * @G_IPSEC_LA_DSCP_COPY: from the inner header
 * @G_IPSEC_LA_DSCP_CLEAR: it is zero
 * @G_IPSEC_LA_DSCP_SET: from the SA
 */
enum g_ipsec_la_dscp_handle {
	G_IPSEC_LA_DSCP_COPY = 1,
	G_IPSEC_LA_DSCP_CLEAR = 2,
	G_IPSEC_LA_DSCP_SET = 3,
};

/**
 * enum g_ipsec_la_df_handle - where the don't-fragment bit of a tunnel
 *   header comes from; 0 is as COPY
 * @G_IPSEC_LA_DF_COPY: from the inner header
 * @G_IPSEC_LA_DF_CLEAR: it is 0
 * @G_IPSEC_LA_DF_SET: it is 1
 */
enum g_ipsec_la_df_handle {
	G_IPSEC_LA_DF_COPY = 1,
	G_IPSEC_LA_DF_CLEAR = 2,
	G_IPSEC_LA_DF_SET = 3,
};

/**
 * enum g_ipsec_la_sa_flags - what an SA does
 * @G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL: UDP encapsulation (RFC
 *   3948); see nat_info
 * @G_IPSEC_LA_SA_USE_ECN: propagates congestion notification (RFC 6040)
 * @G_IPSEC_LA_SA_LIFETIME_IN_KB: the limits in kilobytes count
 * @G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK: drops replays; see
 *   anti_replay_window_size
 * @G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE: transport mode; without it, a tunnel
 * @G_IPSEC_LA_SA_USE_ESN: extended sequence numbers (RFC 4303, section
 *   2.2.1)
 * @G_IPSEC_LA_SA_USE_IPv6: the tunnel's addresses are of IPv6
 * @G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY: tells of a soft lifetime that
 *   has expired
 * @G_IPSEC_LA_SA_NOTIFY_SEQNUM_OVERFLOW: tells before the sequence number
 *   overflows
 * @G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC: tells of the sequence number every
 *   seqnum_interval
 */
enum g_ipsec_la_sa_flags {
	G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL = BIT(1),
	G_IPSEC_LA_SA_USE_ECN = BIT(2),
	G_IPSEC_LA_SA_LIFETIME_IN_KB = BIT(3),
	G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK = BIT(4),
	G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE = BIT(5),
	G_IPSEC_LA_SA_USE_ESN = BIT(6),
	G_IPSEC_LA_SA_USE_IPv6 = BIT(7),
	G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY = BIT(8),
	G_IPSEC_LA_SA_NOTIFY_SEQNUM_OVERFLOW = BIT(9),
	G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC = BIT(10),
};

/**
 * enum g_ipsec_la_sa_modify - what is changed of an SA
 * @G_IPSEC_LA_SA_MODIFY_LOCAL_GW_INFO: the address of the tunnel's near end
 * @G_IPSEC_LA_SA_MODIFY_PEER_GW_INFO: the address of the tunnel's far end
 * @G_IPSEC_LA_SA_MODIFY_REPLAY_INFO: sequence number and replay window
 */
enum g_ipsec_la_sa_modify {
	G_IPSEC_LA_SA_MODIFY_LOCAL_GW_INFO = 1,
	G_IPSEC_LA_SA_MODIFY_PEER_GW_INFO = 2,
	G_IPSEC_LA_SA_MODIFY_REPLAY_INFO = 3,
};

/**
 * enum g_ipsec_la_sa_modify_replay_flags - which part of the replay
 *   information is new
 * @G_IPSEC_LA_SA_MODIFY_SEQ_NUM: the sequence number
 * @G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW: the size of the window
 */
enum g_ipsec_la_sa_modify_replay_flags {
	G_IPSEC_LA_SA_MODIFY_SEQ_NUM = BIT(1),
	G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW = BIT(2),
};

/**
 * enum g_ipsec_la_sa_get_op - which SAs are read
 * @G_IPSEC_LA_SA_GET_FIRST_N: the oldest ones
 * @G_IPSEC_LA_SA_GET_NEXT_N: those from the handle that the last answer
 *   ended with
 * @G_IPSEC_LA_SA_GET_EXACT: the one of the handle
 */
enum g_ipsec_la_sa_get_op {
	G_IPSEC_LA_SA_GET_FIRST_N = 0,
	G_IPSEC_LA_SA_GET_NEXT_N = 1,
	G_IPSEC_LA_SA_GET_EXACT = 2,
};

/**
 * enum g_ipsec_la_sa_get_what - what is read of an SA
 * @G_IPSEC_LA_SA_GET_ALL: parameters, without keys, and statistics
 * @G_IPSEC_LA_SA_GET_STATS: statistics only
 */
enum g_ipsec_la_sa_get_what {
	G_IPSEC_LA_SA_GET_ALL = 0,
	G_IPSEC_LA_SA_GET_STATS = 1,
};

/**
 * enum g_ipsec_la_cap_flags - what an accelerator can do
 * @G_IPSEC_LA_CAP_SG: packets in several pieces
 * @G_IPSEC_LA_CAP_AH: authentication header
 * @G_IPSEC_LA_CAP_ESP: encapsulating security payload
 * @G_IPSEC_LA_CAP_WESP: wrapped ESP
 * @G_IPSEC_LA_CAP_IPCOMP: compression; no message of the device carries it,
 *   so it is never there
 * @G_IPSEC_LA_CAP_MULTI_SEC_PROTOCOL: bundles of SAs
 * @G_IPSEC_LA_CAP_UDP_ENCAP: UDP encapsulation
 * @G_IPSEC_LA_CAP_ESN: extended sequence numbers
 * @G_IPSEC_LA_CAP_TFC: padding for traffic flow confidentiality
 * @G_IPSEC_LA_CAP_ECN: propagation of congestion notification
 * @G_IPSEC_LA_CAP_DF: handling of the don't-fragment bit
 * @G_IPSEC_LA_CAP_ANTI_REPLAY_CHECK: check for replays
 * @G_IPSEC_LA_CAP_IPV6_SUPPORT: IPv6
 * @G_IPSEC_LA_CAP_SOFT_LIFETIME_BYTES_NOTIFY: notification of soft lifetimes
 * @G_IPSEC_LA_CAP_SEQNUM_OVERFLOW_NOTIFY: notification before the sequence
 *   number overflows
 * @G_IPSEC_LA_CAP_SEQNUM_PERIODIC_NOTIFY: notification of the sequence
 *   number at intervals
 */
enum g_ipsec_la_cap_flags {
	G_IPSEC_LA_CAP_SG = BIT(0),
	G_IPSEC_LA_CAP_AH = BIT(1),
	G_IPSEC_LA_CAP_ESP = BIT(2),
	G_IPSEC_LA_CAP_WESP = BIT(3),
	G_IPSEC_LA_CAP_IPCOMP = BIT(4),
	G_IPSEC_LA_CAP_MULTI_SEC_PROTOCOL = BIT(5),
	G_IPSEC_LA_CAP_UDP_ENCAP = BIT(6),
	G_IPSEC_LA_CAP_ESN = BIT(7),
	G_IPSEC_LA_CAP_TFC = BIT(8),
	G_IPSEC_LA_CAP_ECN = BIT(9),
	G_IPSEC_LA_CAP_DF = BIT(10),
	G_IPSEC_LA_CAP_ANTI_REPLAY_CHECK = BIT(11),
	G_IPSEC_LA_CAP_IPV6_SUPPORT = BIT(12),
	G_IPSEC_LA_CAP_SOFT_LIFETIME_BYTES_NOTIFY = BIT(13),
	G_IPSEC_LA_CAP_SEQNUM_OVERFLOW_NOTIFY = BIT(14),
	G_IPSEC_LA_CAP_SEQNUM_PERIODIC_NOTIFY = BIT(15),
};

/**
 * struct g_ipsec_la_handle - an accelerator as an application has it open,
 *   and the group that calls are about
 * @handle: from open
 * @group_handle: from g_ipsec_la_group_create; zeros for no group
 */
struct g_ipsec_la_handle {
	u8 handle[G_IPSEC_LA_HANDLE_SIZE];
	u8 group_handle[G_IPSEC_LA_GROUP_HANDLE_SIZE];
};

/**
 * struct g_ipsec_la_sa_handle - an SA
 * @ipsec_sa_handle: from g_ipsec_la_sa_add
 */
struct g_ipsec_la_sa_handle {
	u8 ipsec_sa_handle[G_IPSEC_LA_SA_HANDLE_SIZE];
};

/**
 * typedef g_ipsec_la_cbk_fn - the answer to a call has come
 * @cb_arg: as given with the call
 * @cb_arg_len: as given with the call
 * @outargs: the call's outargs, filled; of a packet call, struct
 *   g_ipsec_la_packet_outargs
 */
typedef void (*g_ipsec_la_cbk_fn)(
	void *cb_arg, s32 cb_arg_len, void *outargs);

/**
 * struct g_ipsec_la_resp_args - where the answer to an asynchronous call
 *   goes
 * @cb_fn: what is called
 * @cb_arg: handed to it
 * @cb_arg_len: handed to it
 */
struct g_ipsec_la_resp_args {
	g_ipsec_la_cbk_fn cb_fn;
	void *cb_arg;
	s32 cb_arg_len;
};

/**
 * struct g_ipsec_la_result_outargs - the answer to a call that has no other
 * @result: 0, or a negative error
 */
struct g_ipsec_la_result_outargs {
	s32 result;
};

/**
 * g_ipsec_la_get_api_version() - tells the version of this interface
 * @version: room for G_IPSEC_LA_VERSION_SIZE bytes; "2.0" and a zero
 *
 * Return: 0. -EINVAL: version is NULL.
 */
int g_ipsec_la_get_api_version(char *version);

/**
 * g_ipsec_la_avail_devices_get_num() - counts the accelerators, in use or
 *   not
 * @nr_devices: how many
 *
 * Return: 0. -EINVAL: nr_devices is NULL.
 */
int g_ipsec_la_avail_devices_get_num(u32 *nr_devices);

/**
 * struct g_ipsec_la_device_info - an accelerator
 * @device_name: its name
 * @mode: how it is used
 * @num_apps: applications that have it open
 */
struct g_ipsec_la_device_info {
	char device_name[G_IPSEC_LA_DEVICE_NAME_SIZE];
	enum g_ipsec_la_mode mode;
	u32 num_apps;
};

/**
 * struct g_ipsec_la_avail_devices_get_info_inargs - which part of a list is
 *   wanted
 * @num_devices: elements that the array of outargs has room for
 * @last_device_read: name after which to go on; NULL for the start
 */
struct g_ipsec_la_avail_devices_get_info_inargs {
	u32 num_devices;
	const char *last_device_read;
};

/**
 * struct g_ipsec_la_avail_devices_get_info_outargs - part of the list of
 *   accelerators
 * @num_devices: elements that were filled
 * @dev_info: the caller's array
 * @last_device_read: name of the last one, for the next call
 * @b_more_devices: there are more after it
 */
struct g_ipsec_la_avail_devices_get_info_outargs {
	u32 num_devices;
	struct g_ipsec_la_device_info *dev_info;
	char last_device_read[G_IPSEC_LA_DEVICE_NAME_SIZE];
	bool b_more_devices;
};

/**
 * g_ipsec_la_avail_devices_get_info() - lists the accelerators by name
 * @in: which part of the list is wanted
 * @out: has the array to fill; the answer
 *
 * Return: 0. -EINVAL: A pointer or the array is NULL, or num_devices is 0.
 * -ENOENT: No accelerator has the name last_device_read: it has gone, and the
 * list starts again.
 */
int g_ipsec_la_avail_devices_get_info(
	const struct g_ipsec_la_avail_devices_get_info_inargs *in,
	struct g_ipsec_la_avail_devices_get_info_outargs *out);

/**
 * struct g_ipsec_la_device_owner - who uses an accelerator
 * @app_identity: the application
 * @group_identity: its group; empty for the application itself
 */
struct g_ipsec_la_device_owner {
	char app_identity[G_IPSEC_LA_IDENTITY_SIZE];
	char group_identity[G_IPSEC_LA_IDENTITY_SIZE];
};

/**
 * struct g_ipsec_la_active_device - an accelerator in use
 * @device_name: its name
 * @device_id: its number, from 0 on
 * @mode: how it is used
 * @num_owners: owners; more than the array has are counted only
 * @owners: these, an application before its groups
 * @bytes_in: bytes of packets given to it
 * @bytes_out: bytes of packets that it gave back
 * @packets_in: packets given to it
 * @packets_out: packets that it gave back processed
 * @sas_created: SAs added so far
 * @sas_deleted: SAs deleted or flushed so far
 * @sas_modified: changes of SAs so far
 * @sas_active: SAs that there are
 */
struct g_ipsec_la_active_device {
	char device_name[G_IPSEC_LA_DEVICE_NAME_SIZE];
	u32 device_id;
	enum g_ipsec_la_mode mode;
	u32 num_owners;
	struct g_ipsec_la_device_owner owners[G_IPSEC_LA_MAX_OWNERS];
	u64 bytes_in;
	u64 bytes_out;
	u64 packets_in;
	u64 packets_out;
	u64 sas_created;
	u64 sas_deleted;
	u64 sas_modified;
	u64 sas_active;
};

/**
 * struct g_ipsec_la_active_list_get_inargs - which part of a list is wanted
 * @num_devices: elements that the array of outargs has room for
 * @last_device_read: name after which to go on; NULL for the start
 */
struct g_ipsec_la_active_list_get_inargs {
	u32 num_devices;
	const char *last_device_read;
};

/**
 * struct g_ipsec_la_active_list_get_outargs - part of the list of
 *   accelerators in use
 * @num_devices: elements that were filled
 * @devices: the caller's array
 * @last_device_read: name of the last one, for the next call
 * @b_more_devices: there are more after it
 */
struct g_ipsec_la_active_list_get_outargs {
	u32 num_devices;
	struct g_ipsec_la_active_device *devices;
	char last_device_read[G_IPSEC_LA_DEVICE_NAME_SIZE];
	bool b_more_devices;
};

/**
 * g_ipsec_la_active_list_get() - lists the accelerators that applications
 *   have open, with what they have done
 * @in: which part of the list is wanted
 * @out: has the array to fill; the answer
 *
 * The counters are of the accelerator, whoever used it, since it was found.
 *
 * Return: 0. -EINVAL: A pointer or the array is NULL, or num_devices is 0.
 * -ENOENT: No accelerator has the name last_device_read: it has gone, and the
 * list starts again.
 */
int g_ipsec_la_active_list_get(
	const struct g_ipsec_la_active_list_get_inargs *in,
	struct g_ipsec_la_active_list_get_outargs *out);

/**
 * typedef g_ipsec_la_instance_broken_cbk_fn - the accelerator has gone;
 *   every call that waited has been answered before
 * @handle: which one; the application still has to close it
 * @cb_arg: as given to open
 * @cb_arg_len: as given to open
 */
typedef void (*g_ipsec_la_instance_broken_cbk_fn)(
	struct g_ipsec_la_handle *handle, void *cb_arg, s32 cb_arg_len);

/**
 * struct g_ipsec_la_open_inargs - which accelerator is wanted, and by whom
 * @pci_vendor_id: G_IPSEC_LA_PCI_VENDOR_ID, or 0 for any
 * @device_id: PCI device ID, or 0 for any
 * @accl_name: name of the accelerator; NULL for the first that can be had
 * @app_identity: name of the application in UTF-8, for lists; NULL for none
 * @cb_fn: called when the accelerator goes; may be NULL
 * @cb_arg: handed to it
 * @cb_arg_len: handed to it
 */
struct g_ipsec_la_open_inargs {
	u16 pci_vendor_id;
	u16 device_id;
	const char *accl_name;
	const char *app_identity;
	g_ipsec_la_instance_broken_cbk_fn cb_fn;
	void *cb_arg;
	s32 cb_arg_len;
};

/**
 * struct g_ipsec_la_open_outargs - an accelerator opened
 * @handle: its handle
 */
struct g_ipsec_la_open_outargs {
	struct g_ipsec_la_handle handle;
};

/**
 * g_ipsec_la_open() - opens an accelerator
 * @mode: exclusive or shared
 * @in: which one is wanted
 * @out: its handle, with no group
 *
 * Return: 0. -EINVAL: A pointer is NULL, the mode is not one to open in, or a
 * name is too long. -ENODEV: There is no such accelerator. -EBUSY: Another
 * application has it, and not both want to share it. -ENOMEM: There is no
 * memory, or no room for another handle.
 */
int g_ipsec_la_open(enum g_ipsec_la_mode mode,
		    const struct g_ipsec_la_open_inargs *in,
		    struct g_ipsec_la_open_outargs *out);

/**
 * g_ipsec_la_close() - closes an accelerator: its handle is not valid any
 *   more
 * @handle: the accelerator, and maybe a group
 *
 * After the call, no callback of this handle runs any more; called from a
 * callback, none after that one. An accelerator that has gone can be closed
 * whatever is left.
 *
 * Return: 0. -EINVAL: handle is NULL. -EBADF: The handle is not valid, or was
 * closed. -ENOENT: The handle's group is none of this application's. -EBUSY:
 * There are groups, SAs, or calls without an answer, also those that other
 * threads wait in.
 */
int g_ipsec_la_close(const struct g_ipsec_la_handle *handle);

/**
 * struct g_ipsec_la_group_create_inargs - a group to make
 * @group_identity: its name in UTF-8, for lists; NULL for none
 */
struct g_ipsec_la_group_create_inargs {
	const char *group_identity;
};

/**
 * struct g_ipsec_la_group_create_outargs - a group made
 * @result: 0, or a negative error
 * @group_handle: to be put into a struct g_ipsec_la_handle
 */
struct g_ipsec_la_group_create_outargs {
	s32 result;
	u8 group_handle[G_IPSEC_LA_GROUP_HANDLE_SIZE];
};

/**
 * g_ipsec_la_group_create() - makes a group: SAs that are flushed together
 * @handle: the accelerator, and maybe a group
 * @in: the group
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Return: 0. -EINVAL: A pointer is NULL, the name is too long, or no answer is
 * expected. -ENOENT: The handle's group is none of this application's. -EBADF:
 * The handle is not valid, or was closed. -ENODEV: The accelerator has gone.
 * -ETIMEDOUT: The accelerator did not answer. -EIO: The accelerator was reset
 * meanwhile, or failed. -ENOMEM: There is no memory for the call, or no room
 * in the accelerator. -EAGAIN: The system sleeps, or the accelerator is still
 * being reset; the call may be made again. -EPROTO: The accelerator's answer
 * makes no sense.
 */
int g_ipsec_la_group_create(const struct g_ipsec_la_handle *handle,
			    const struct g_ipsec_la_group_create_inargs *in,
			    u32 flags,
			    struct g_ipsec_la_group_create_outargs *out,
			    const struct g_ipsec_la_resp_args *resp);

/**
 * g_ipsec_la_group_delete() - deletes the group of the handle, which is good
 *   for no call until the group is zeros
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Return: 0. -EINVAL: A pointer is NULL, or flags has unknown bits. -ENOENT:
 * The handle has no group, or one that does not exist. -EBUSY: It has SAs:
 * flush them first. -EBADF: The handle is not valid, or was closed. -ENODEV:
 * The accelerator has gone. -ETIMEDOUT: The accelerator did not answer. -EIO:
 * The accelerator was reset meanwhile, or failed. -ENOMEM: There is no memory
 * for the call, or no room in the accelerator. -EAGAIN: The system sleeps, or
 * the accelerator is still being reset; the call may be made again. -EPROTO:
 * The accelerator's answer makes no sense.
 */
int g_ipsec_la_group_delete(const struct g_ipsec_la_handle *handle, u32 flags,
			    struct g_ipsec_la_result_outargs *out,
			    const struct g_ipsec_la_resp_args *resp);

/**
 * struct g_ipsec_la_ip_addr - an IP address
 * @version: 0 for no address
 * @addr: in the order of a packet; of IPv4, the first 4
 */
struct g_ipsec_la_ip_addr {
	enum g_ipsec_la_ip_version version;
	u8 addr[G_IPSEC_LA_ADDRESS_SIZE];
};

/**
 * struct g_ipsec_la_sa_crypto_params - algorithms and keys. Keys are read
 *   during the call only, and never given back. What the algorithms do not use
 *   is NULL, with a length of 0
 * @auth_algo: integrity: every inbound SA has to have it, here or in
 *   comb_algo
 * @auth_key: its key
 * @auth_key_len_bits: of an HMAC, as many as its hash has (RFC 4868); of
 *   AES-XCBC, 128
 * @cipher_algo: encryption
 * @cipher_key: its key
 * @cipher_key_len_bits: of AES, 128, 192 or 256; of DES, 64; of triple DES,
 *   192
 * @iv: of AES-CTR, the nonce; NULL for others, whose IVs the accelerator
 *   makes
 * @iv_len_bits: of AES-CTR, 32; 0 for others
 * @comb_algo: both at once; then auth_algo is 0 or NONE, and cipher_algo 0,
 *   NULL or the same; keys are in comb_key only
 * @comb_key: the salt, then the key
 * @comb_key_len_bits: of both together, a multiple of 8
 * @comb_salt_len_bits: of the salt alone, a multiple of 8
 * @icv_len_bits: of CCM and GCM: 64, 96 or 128; 0 for the algorithm's own
 */
struct g_ipsec_la_sa_crypto_params {
	enum g_ipsec_la_auth_alg auth_algo;
	const u8 *auth_key;
	u32 auth_key_len_bits;
	enum g_ipsec_la_cipher_alg cipher_algo;
	const u8 *cipher_key;
	u32 cipher_key_len_bits;
	const u8 *iv;
	u32 iv_len_bits;
	enum g_ipsec_la_comb_alg comb_algo;
	const u8 *comb_key;
	u32 comb_key_len_bits;
	u32 comb_salt_len_bits;
	u32 icv_len_bits;
};

/**
 * struct g_ipsec_la_sa_outbound - what only outbound tunnels have; the
 *   numbers have to be valid in every SA
 * @dscp: to set: 0 to 63
 * @df_bit_handle: where the don't-fragment bit comes from
 * @dscp_handle: where the DSCP comes from
 */
struct g_ipsec_la_sa_outbound {
	u8 dscp;
	enum g_ipsec_la_df_handle df_bit_handle;
	enum g_ipsec_la_dscp_handle dscp_handle;
};

/**
 * struct g_ipsec_la_ipcomp_info - compression, which no accelerator has
 * @algo: 0 for none
 */
struct g_ipsec_la_ipcomp_info {
	enum g_ipsec_la_ipcomp_alg algo;
};

/**
 * struct g_ipsec_la_nat_info - UDP encapsulation
 * @dest_port: in the CPU's byte order
 * @src_port: in the CPU's byte order
 * @nat_oa_peer_addr: original address of the peer; has to be empty
 */
struct g_ipsec_la_nat_info {
	u16 dest_port;
	u16 src_port;
	struct g_ipsec_la_ip_addr nat_oa_peer_addr;
};

/**
 * struct g_ipsec_la_tunnel_end_addr - the ends of a tunnel. In transport
 *   mode they are not used; their versions are valid, or 0
 * @src_ip: source in the outer header
 * @dest_ip: destination in the outer header
 */
struct g_ipsec_la_tunnel_end_addr {
	struct g_ipsec_la_ip_addr src_ip;
	struct g_ipsec_la_ip_addr dest_ip;
};

/**
 * struct g_ipsec_la_sa - a security association
 * @spi: security parameter index, from 256 on
 * @proto: ESP or AH
 * @cmn_flags: of enum g_ipsec_la_sa_flags
 * @anti_replay_window_size: packets, at most G_IPSEC_LA_MAX_REPLAY_WINDOW in
 *   every SA; 0 for 64, and read back as 0
 * @outbound: what only outbound tunnels have
 * @crypto_params: algorithms and keys
 * @ipcomp_info: compression
 * @soft_kilobytes_limit: with G_IPSEC_LA_SA_LIFETIME_IN_KB: after which the
 *   application is told; 0 for never
 * @hard_kilobytes_limit: with G_IPSEC_LA_SA_LIFETIME_IN_KB: after which
 *   nothing is processed any more; 0 for never
 * @seqnum_interval: packets between two periodic notifications
 * @nat_info: UDP encapsulation
 * @te_addr: of a tunnel, of the version that G_IPSEC_LA_SA_USE_IPv6 says
 */
struct g_ipsec_la_sa {
	u32 spi;
	enum g_ipsec_la_proto proto;
	u32 cmn_flags;
	u32 anti_replay_window_size;
	struct g_ipsec_la_sa_outbound outbound;
	struct g_ipsec_la_sa_crypto_params crypto_params;
	struct g_ipsec_la_ipcomp_info ipcomp_info;
	u32 soft_kilobytes_limit;
	u32 hard_kilobytes_limit;
	u32 seqnum_interval;
	struct g_ipsec_la_nat_info nat_info;
	struct g_ipsec_la_tunnel_end_addr te_addr;
};

/**
 * struct g_ipsec_la_sa_protocol_errors - packets that an SA refused
 * @invalid_ipsec_pkt: malformed
 * @invalid_pad_length: padding that is malformed
 * @invalid_seq_num: sequence number 0, or one that cannot be
 * @anti_replay_late_pkt: left of the replay window
 * @anti_replay_replay_pkt: received before
 * @invalid_icv: forged, or damaged
 * @seq_num_over_flow: no sequence number was left
 * @crypto_op_failed: the algorithm failed
 */
struct g_ipsec_la_sa_protocol_errors {
	u64 invalid_ipsec_pkt;
	u64 invalid_pad_length;
	u64 invalid_seq_num;
	u64 anti_replay_late_pkt;
	u64 anti_replay_replay_pkt;
	u64 invalid_icv;
	u64 seq_num_over_flow;
	u64 crypto_op_failed;
};

/**
 * struct g_ipsec_la_sa_process_errors - packets that came to nothing on the
 *   way
 * @no_tail_room: the result did not fit
 * @submit_to_accl_failed: the accelerator did not take it
 */
struct g_ipsec_la_sa_process_errors {
	u64 no_tail_room;
	u64 submit_to_accl_failed;
};

/**
 * struct g_ipsec_la_sa_stats - what an SA has done
 * @packets_processed: packets
 * @bytes_processed: bytes of these
 * @protocol_violation_errors: refused
 * @process_errors: not processed
 */
struct g_ipsec_la_sa_stats {
	u64 packets_processed;
	u64 bytes_processed;
	struct g_ipsec_la_sa_protocol_errors protocol_violation_errors;
	struct g_ipsec_la_sa_process_errors process_errors;
};

/**
 * struct g_ipsec_la_capabilities - what an accelerator can do
 * @flags: of enum g_ipsec_la_cap_flags
 * @num_dscp_queues: queues that packets of different DSCPs go through; 0 for
 *   one
 * @auth_algo_caps: bit n stands for number n of enum g_ipsec_la_auth_alg
 * @cipher_algo_caps: bit n stands for number n of enum g_ipsec_la_cipher_alg
 * @comb_algo_caps: bit n stands for number n of enum g_ipsec_la_comb_alg
 */
struct g_ipsec_la_capabilities {
	u32 flags;
	u32 num_dscp_queues;
	u32 auth_algo_caps;
	u32 cipher_algo_caps;
	u32 comb_algo_caps;
};

/**
 * struct g_ipsec_la_capabilities_get_outargs - the answer to
 *   g_ipsec_la_capabilities_get
 * @result: 0, or a negative error
 * @caps: what it can do
 */
struct g_ipsec_la_capabilities_get_outargs {
	s32 result;
	struct g_ipsec_la_capabilities caps;
};

/**
 * g_ipsec_la_capabilities_get() - asks what an accelerator can do
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Return: 0. -EINVAL: A pointer is NULL, or no answer is expected. -ENOENT:
 * The handle's group is none of this application's. -EBADF: The handle is not
 * valid, or was closed. -ENODEV: The accelerator has gone. -ETIMEDOUT: The
 * accelerator did not answer. -EIO: The accelerator was reset meanwhile, or
 * failed. -ENOMEM: There is no memory for the call, or no room in the
 * accelerator. -EAGAIN: The system sleeps, or the accelerator is still being
 * reset; the call may be made again. -EPROTO: The accelerator's answer makes
 * no sense.
 */
int g_ipsec_la_capabilities_get(
	const struct g_ipsec_la_handle *handle, u32 flags,
	struct g_ipsec_la_capabilities_get_outargs *out,
	const struct g_ipsec_la_resp_args *resp);

/**
 * struct g_ipsec_la_sa_add_inargs - SAs to add
 * @dir: their direction
 * @num_sas: 1, or as many as a bundle is to have, up to
 *   G_IPSEC_LA_MAX_BUNDLE
 * @sa_params: these; of a bundle, the innermost first
 */
struct g_ipsec_la_sa_add_inargs {
	enum g_ipsec_la_sa_direction dir;
	u8 num_sas;
	const struct g_ipsec_la_sa *sa_params;
};

/**
 * struct g_ipsec_la_sa_add_outargs - an SA added
 * @result: 0, or a negative error
 * @handle: of the SA, or the bundle
 */
struct g_ipsec_la_sa_add_outargs {
	s32 result;
	struct g_ipsec_la_sa_handle handle;
};

/**
 * g_ipsec_la_sa_add() - adds an SA, or a bundle, to the group of the handle
 * @handle: the accelerator, and maybe a group
 * @in: what is added
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Keys and structures are copied: they may be erased after the call.
 *
 * Return: 0. -EINVAL: A pointer is NULL, a number is not valid, or the
 * parameters contradict each other. -ENOENT: The handle's group is none of
 * this application's. -EOPNOTSUPP: The accelerator cannot do this, or may not
 * use this algorithm. -EKEYREJECTED: The key is weak, or of a wrong length;
 * before version 2.0, this is -EINVAL. -EBADF: The handle is not valid, or was
 * closed. -ENODEV: The accelerator has gone. -ETIMEDOUT: The accelerator did
 * not answer. -EIO: The accelerator was reset meanwhile, or failed. -ENOMEM:
 * There is no memory for the call, or no room in the accelerator. -EAGAIN: The
 * system sleeps, or the accelerator is still being reset; the call may be made
 * again. -EPROTO: The accelerator's answer makes no sense.
 */
int g_ipsec_la_sa_add(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_add_inargs *in, u32 flags,
		      struct g_ipsec_la_sa_add_outargs *out,
		      const struct g_ipsec_la_resp_args *resp);

/**
 * struct g_ipsec_la_sa_mod_addr - a new end of a tunnel
 * @addr: of the same version as before
 * @port: of UDP encapsulation; 0 to leave it
 */
struct g_ipsec_la_sa_mod_addr {
	struct g_ipsec_la_ip_addr addr;
	u16 port;
};

/**
 * struct g_ipsec_la_sa_mod_replay - new replay information
 * @flags: of enum g_ipsec_la_sa_modify_replay_flags
 * @anti_replay_window_size: packets, 1 to G_IPSEC_LA_MAX_REPLAY_WINDOW; of
 *   an inbound SA with G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK
 * @seq_num: last number used, which does not go back, or highest received:
 *   packets after it may be received again. Before version 2.0, as many
 *   numbers as the window has packets have to be left after the latter
 */
struct g_ipsec_la_sa_mod_replay {
	u32 flags;
	u32 anti_replay_window_size;
	u64 seq_num;
};

/**
 * struct g_ipsec_la_sa_mod_inargs - a change of an SA
 * @dir: its direction
 * @handle: the SA
 * @mod_flags: which of the following is read
 * @addr_info: for a gateway
 * @replay: for replay information
 */
struct g_ipsec_la_sa_mod_inargs {
	enum g_ipsec_la_sa_direction dir;
	struct g_ipsec_la_sa_handle handle;
	enum g_ipsec_la_sa_modify mod_flags;
	struct g_ipsec_la_sa_mod_addr addr_info;
	struct g_ipsec_la_sa_mod_replay replay;
};

/**
 * g_ipsec_la_sa_mod() - changes an SA
 * @handle: the accelerator, and maybe a group
 * @in: the change
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Return: 0. -EINVAL: A pointer is NULL, or a number is not valid. -ENOENT:
 * There is no such group, or no such SA in it, of this direction. -EOPNOTSUPP:
 * The accelerator cannot change this; of version 0.4, neither the gateway of
 * an IPv6 tunnel. -EKEYREJECTED: The SA could not go on after a reset. -EBADF:
 * The handle is not valid, or was closed. -ENODEV: The accelerator has gone.
 * -ETIMEDOUT: The accelerator did not answer. -EIO: The accelerator was reset
 * meanwhile, or failed. -ENOMEM: There is no memory for the call, or no room
 * in the accelerator. -EAGAIN: The system sleeps, or the accelerator is still
 * being reset; the call may be made again. -EPROTO: The accelerator's answer
 * makes no sense.
 */
int g_ipsec_la_sa_mod(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_mod_inargs *in, u32 flags,
		      struct g_ipsec_la_result_outargs *out,
		      const struct g_ipsec_la_resp_args *resp);

/**
 * struct g_ipsec_la_sa_del_inargs - an SA to delete
 * @dir: its direction
 * @handle: the SA
 */
struct g_ipsec_la_sa_del_inargs {
	enum g_ipsec_la_sa_direction dir;
	struct g_ipsec_la_sa_handle handle;
};

/**
 * g_ipsec_la_sa_del() - deletes an SA; packets that wait for it come back
 *   with -ENOENT
 * @handle: the accelerator, and maybe a group
 * @in: which one
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Return: 0. -EINVAL: A pointer is NULL, or a number is not valid. -ENOENT:
 * There is no such group, or no such SA in it, of this direction. -EBADF: The
 * handle is not valid, or was closed. -ENODEV: The accelerator has gone.
 * -ETIMEDOUT: The accelerator did not answer. -EIO: The accelerator was reset
 * meanwhile, or failed. -ENOMEM: There is no memory for the call, or no room
 * in the accelerator. -EAGAIN: The system sleeps, or the accelerator is still
 * being reset; the call may be made again. -EPROTO: The accelerator's answer
 * makes no sense.
 */
int g_ipsec_la_sa_del(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_del_inargs *in, u32 flags,
		      struct g_ipsec_la_result_outargs *out,
		      const struct g_ipsec_la_resp_args *resp);

/**
 * g_ipsec_la_sa_flush() - deletes the SAs of the handle's group; without
 *   one, all SAs of the application
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @out: the answer; kept until it has come
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Return: 0. -EINVAL: A pointer is NULL, or flags has unknown bits. -ENOENT:
 * The handle's group is none of this application's. -EBADF: The handle is not
 * valid, or was closed. -ENODEV: The accelerator has gone. -ETIMEDOUT: The
 * accelerator did not answer. -EIO: The accelerator was reset meanwhile, or
 * failed. -ENOMEM: There is no memory for the call, or no room in the
 * accelerator. -EAGAIN: The system sleeps, or the accelerator is still being
 * reset; the call may be made again. -EPROTO: The accelerator's answer makes
 * no sense.
 */
int g_ipsec_la_sa_flush(const struct g_ipsec_la_handle *handle, u32 flags,
			struct g_ipsec_la_result_outargs *out,
			const struct g_ipsec_la_resp_args *resp);

/**
 * struct g_ipsec_la_sa_get_inargs - which SAs to read, and what of them
 * @dir: its direction
 * @handle: for G_IPSEC_LA_SA_GET_EXACT, the SA; for
 *   G_IPSEC_LA_SA_GET_NEXT_N, where to go on
 * @operation: which SAs
 * @num_sas: elements that each array of outargs has room for
 * @what: what of them
 */
struct g_ipsec_la_sa_get_inargs {
	enum g_ipsec_la_sa_direction dir;
	struct g_ipsec_la_sa_handle handle;
	enum g_ipsec_la_sa_get_op operation;
	u32 num_sas;
	enum g_ipsec_la_sa_get_what what;
};

/**
 * struct g_ipsec_la_sa_get_outargs - SAs read
 * @result: 0, or a negative error
 * @num_sas: elements that were filled; of a bundle, one
 * @sa_params: the caller's array, NULL where only statistics are wanted. No
 *   keys
 * @stats: the caller's array; may be NULL
 * @handles: the caller's array; may be NULL
 * @next: where G_IPSEC_LA_SA_GET_NEXT_N goes on; zeros at the end
 */
struct g_ipsec_la_sa_get_outargs {
	s32 result;
	u32 num_sas;
	struct g_ipsec_la_sa *sa_params;
	struct g_ipsec_la_sa_stats *stats;
	struct g_ipsec_la_sa_handle *handles;
	struct g_ipsec_la_sa_handle next;
};

/**
 * g_ipsec_la_sa_get() - reads SAs of the application, oldest first; with a
 *   group in the handle, the group's
 * @handle: the accelerator, and maybe a group
 * @in: which ones
 * @flags: of enum g_ipsec_la_control_flags
 * @out: has the arrays to fill; the answer
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Of a bundle, the parameters of the innermost SA are told. SAs may come and
 * go between two calls: one that is there all the time is told once. Where the
 * SA that G_IPSEC_LA_SA_GET_NEXT_N is to go on from was deleted, the answer is
 * -ENOENT, and the list starts again.
 *
 * Return: 0. -EINVAL: A pointer or a needed array is NULL, a number is not
 * valid, or no answer is expected. -ENOENT: There is no such group, or no such
 * SA in it, of this direction. -EBADF: The handle is not valid, or was closed.
 * -ENODEV: The accelerator has gone. -ETIMEDOUT: The accelerator did not
 * answer. -EIO: The accelerator was reset meanwhile, or failed. -ENOMEM: There
 * is no memory for the call, or no room in the accelerator. -EAGAIN: The
 * system sleeps, or the accelerator is still being reset; the call may be made
 * again. -EPROTO: The accelerator's answer makes no sense.
 */
int g_ipsec_la_sa_get(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_get_inargs *in, u32 flags,
		      struct g_ipsec_la_sa_get_outargs *out,
		      const struct g_ipsec_la_resp_args *resp);

/**
 * struct g_ipsec_la_notification - an event of an SA
 * @handle: the accelerator, and the SA's group
 * @sa_handle: the SA
 * @value: its sequence number; of a lifetime, bytes processed
 * @coalesced: earlier events of the kind that this one stands for
 */
struct g_ipsec_la_notification {
	struct g_ipsec_la_handle handle;
	struct g_ipsec_la_sa_handle sa_handle;
	u64 value;
	u32 coalesced;
};

/**
 * typedef g_ipsec_la_notification_cbk_fn - something has happened to an SA
 * @event: what; during the call only
 * @cb_arg: as given to g_ipsec_la_notification_hooks_register
 * @cb_arg_len: as given to g_ipsec_la_notification_hooks_register
 */
typedef void (*g_ipsec_la_notification_cbk_fn)(
	const struct g_ipsec_la_notification *event, void *cb_arg,
	s32 cb_arg_len);

/**
 * struct g_ipsec_la_notification_hook - who is told
 * @cb_fn: what is called; NULL for nobody
 * @cb_arg: handed to it
 * @cb_arg_len: handed to it
 */
struct g_ipsec_la_notification_hook {
	g_ipsec_la_notification_cbk_fn cb_fn;
	void *cb_arg;
	s32 cb_arg_len;
};

/**
 * struct g_ipsec_la_notification_hooks - who is told of what
 * @seq_num_overflow: a sequence number is about to overflow
 * @seq_num_periodic: a sequence number has advanced by the interval
 * @soft_lifetime_expiry: a soft lifetime has expired
 */
struct g_ipsec_la_notification_hooks {
	struct g_ipsec_la_notification_hook seq_num_overflow;
	struct g_ipsec_la_notification_hook seq_num_periodic;
	struct g_ipsec_la_notification_hook soft_lifetime_expiry;
};

/**
 * g_ipsec_la_notification_hooks_register() - says who is told of the
 *   application's SAs from now on
 * @handle: the accelerator, and maybe a group
 * @in: who
 *
 * Hooks are told of the SAs of all groups, whichever the handle has.
 *
 * Return: 0. -EINVAL: A pointer is NULL. -EBADF: The handle is not valid, or
 * was closed. -ENOENT: The handle's group is none of this application's.
 * -EBUSY: Hooks are registered already.
 */
int g_ipsec_la_notification_hooks_register(
	const struct g_ipsec_la_handle *handle,
	const struct g_ipsec_la_notification_hooks *in);

/**
 * g_ipsec_la_notifications_hook_deregister() - nobody is told any more
 * @handle: the accelerator, and maybe a group
 *
 * It waits for a hook that runs; none does once it has returned. Called from a
 * hook, none runs after that one.
 *
 * Return: 0. -EINVAL: handle is NULL. -EBADF: The handle is not valid, or was
 * closed. -ENOENT: No hooks are registered, or the handle's group is none of
 * this application's.
 */
int g_ipsec_la_notifications_hook_deregister(
	const struct g_ipsec_la_handle *handle);

/**
 * struct g_ipsec_la_data - a piece of a packet, or room for one
 * @buffer: bytes
 * @length: how many; of a piece of output, room, and then what is in it
 */
struct g_ipsec_la_data {
	u8 *buffer;
	u32 length;
};

/**
 * struct g_ipsec_la_packet - a packet in pieces
 * @num_sg: pieces, from 1 on
 * @data: these
 */
struct g_ipsec_la_packet {
	u32 num_sg;
	struct g_ipsec_la_data *data;
};

/**
 * struct g_ipsec_la_packet_outargs - what a callback is told of packets
 * @result: 0, or the error of the first packet that failed
 * @num_done: packets that were processed; of the others, all output lengths
 *   are 0
 */
struct g_ipsec_la_packet_outargs {
	s32 result;
	u32 num_done;
};

/**
 * g_ipsec_la_packet_encap() - encapsulates a packet
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @sa_handle: the SA
 * @num_sg: pieces of input, and of output; 1 to G_IPSEC_LA_MAX_SG
 * @in_data: an IP packet, in pieces
 * @out_data: the packet to send; its room, and then its lengths
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many.
 *
 * Return: 0. -EINVAL: A pointer is NULL, a count is 0 or too large, an input
 * length is 0, or flags has unknown bits. -EBADF: The handle is not valid, or
 * was closed. -ENODEV: The accelerator has gone. -ENOENT: There is no such
 * group, or no such SA in it, of this direction. -EMSGSIZE: A packet is too
 * long, or the result does not fit its output. -ENOSPC: With a flag: the
 * accelerator's queue is full; what it had room for is processed. -EBADMSG:
 * The packet is not what the SA takes: malformed, forged, or a replay.
 * -EKEYREJECTED: A hard lifetime has expired, no sequence number is left, or
 * the SA could not go on after a reset; accelerators before version 2.0 say
 * -EBADMSG of the first two. -EIO: The accelerator was reset meanwhile, or
 * failed. -ETIMEDOUT: The accelerator did not answer in time, and was reset;
 * all memory is the application's again. -ENOMEM: There is no memory for the
 * packet. -EAGAIN: The system sleeps, or the accelerator is still being reset;
 * the call may be made again. -EPROTO: The accelerator's answer makes no
 * sense.
 */
int g_ipsec_la_packet_encap(const struct g_ipsec_la_handle *handle, u32 flags,
			    const struct g_ipsec_la_sa_handle *sa_handle,
			    u32 num_sg, const struct g_ipsec_la_data *in_data,
			    struct g_ipsec_la_data *out_data,
			    const struct g_ipsec_la_resp_args *resp);

/**
 * g_ipsec_la_packet_decap() - decapsulates a packet
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @sa_handle: the SA
 * @num_sg: pieces of input, and of output; 1 to G_IPSEC_LA_MAX_SG
 * @in_data: a packet received, in pieces
 * @out_data: the IP packet in it; its room, and then its lengths
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many.
 *
 * Return: 0. -EINVAL: A pointer is NULL, a count is 0 or too large, an input
 * length is 0, or flags has unknown bits. -EBADF: The handle is not valid, or
 * was closed. -ENODEV: The accelerator has gone. -ENOENT: There is no such
 * group, or no such SA in it, of this direction. -EMSGSIZE: A packet is too
 * long, or the result does not fit its output. -ENOSPC: With a flag: the
 * accelerator's queue is full; what it had room for is processed. -EBADMSG:
 * The packet is not what the SA takes: malformed, forged, or a replay.
 * -EKEYREJECTED: A hard lifetime has expired, no sequence number is left, or
 * the SA could not go on after a reset; accelerators before version 2.0 say
 * -EBADMSG of the first two. -EIO: The accelerator was reset meanwhile, or
 * failed. -ETIMEDOUT: The accelerator did not answer in time, and was reset;
 * all memory is the application's again. -ENOMEM: There is no memory for the
 * packet. -EAGAIN: The system sleeps, or the accelerator is still being reset;
 * the call may be made again. -EPROTO: The accelerator's answer makes no
 * sense.
 */
int g_ipsec_la_packet_decap(const struct g_ipsec_la_handle *handle, u32 flags,
			    const struct g_ipsec_la_sa_handle *sa_handle,
			    u32 num_sg, const struct g_ipsec_la_data *in_data,
			    struct g_ipsec_la_data *out_data,
			    const struct g_ipsec_la_resp_args *resp);

/**
 * g_ipsec_la_multi_packet_encap() - encapsulates packets of one SA, in their
 *   order
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @sa_handle: the SA
 * @num_packets: 1 to G_IPSEC_LA_MAX_PACKETS
 * @in_packets: what is processed
 * @out_packets: as many; room for the results, and then their lengths
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many. Every packet is processed, whatever becomes of
 * the others; the call's error is that of the first that failed. A call with
 * -EINVAL, -EBADF, -ENOENT, -ENODEV or -ENOSPC of its own processes none.
 *
 * Return: 0. -EINVAL: A pointer is NULL, a count is 0 or too large, an input
 * length is 0, or flags has unknown bits. -EBADF: The handle is not valid, or
 * was closed. -ENODEV: The accelerator has gone. -ENOENT: There is no such
 * group, or no such SA in it, of this direction. -EMSGSIZE: A packet is too
 * long, or the result does not fit its output. -ENOSPC: With a flag: the
 * accelerator's queue is full; what it had room for is processed. -EBADMSG:
 * The packet is not what the SA takes: malformed, forged, or a replay.
 * -EKEYREJECTED: A hard lifetime has expired, no sequence number is left, or
 * the SA could not go on after a reset; accelerators before version 2.0 say
 * -EBADMSG of the first two. -EIO: The accelerator was reset meanwhile, or
 * failed. -ETIMEDOUT: The accelerator did not answer in time, and was reset;
 * all memory is the application's again. -ENOMEM: There is no memory for the
 * packet. -EAGAIN: The system sleeps, or the accelerator is still being reset;
 * the call may be made again. -EPROTO: The accelerator's answer makes no
 * sense.
 */
int g_ipsec_la_multi_packet_encap(const struct g_ipsec_la_handle *handle,
				  u32 flags,
				  const struct g_ipsec_la_sa_handle *sa_handle,
				  u32 num_packets,
				  const struct g_ipsec_la_packet *in_packets,
				  struct g_ipsec_la_packet *out_packets,
				  const struct g_ipsec_la_resp_args *resp);

/**
 * g_ipsec_la_multi_packet_decap() - decapsulates packets of one SA, in their
 *   order
 * @handle: the accelerator, and maybe a group
 * @flags: of enum g_ipsec_la_control_flags
 * @sa_handle: the SA
 * @num_packets: 1 to G_IPSEC_LA_MAX_PACKETS
 * @in_packets: what is processed
 * @out_packets: as many; room for the results, and then their lengths
 * @resp: where the answer goes; read with G_IPSEC_LA_CTRL_FLAG_ASYNC only
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many. Every packet is processed, whatever becomes of
 * the others; the call's error is that of the first that failed. A call with
 * -EINVAL, -EBADF, -ENOENT, -ENODEV or -ENOSPC of its own processes none.
 *
 * Return: 0. -EINVAL: A pointer is NULL, a count is 0 or too large, an input
 * length is 0, or flags has unknown bits. -EBADF: The handle is not valid, or
 * was closed. -ENODEV: The accelerator has gone. -ENOENT: There is no such
 * group, or no such SA in it, of this direction. -EMSGSIZE: A packet is too
 * long, or the result does not fit its output. -ENOSPC: With a flag: the
 * accelerator's queue is full; what it had room for is processed. -EBADMSG:
 * The packet is not what the SA takes: malformed, forged, or a replay.
 * -EKEYREJECTED: A hard lifetime has expired, no sequence number is left, or
 * the SA could not go on after a reset; accelerators before version 2.0 say
 * -EBADMSG of the first two. -EIO: The accelerator was reset meanwhile, or
 * failed. -ETIMEDOUT: The accelerator did not answer in time, and was reset;
 * all memory is the application's again. -ENOMEM: There is no memory for the
 * packet. -EAGAIN: The system sleeps, or the accelerator is still being reset;
 * the call may be made again. -EPROTO: The accelerator's answer makes no
 * sense.
 */
int g_ipsec_la_multi_packet_decap(const struct g_ipsec_la_handle *handle,
				  u32 flags,
				  const struct g_ipsec_la_sa_handle *sa_handle,
				  u32 num_packets,
				  const struct g_ipsec_la_packet *in_packets,
				  struct g_ipsec_la_packet *out_packets,
				  const struct g_ipsec_la_resp_args *resp);

#endif /* _LINUX_G_IPSEC_LA_H */
