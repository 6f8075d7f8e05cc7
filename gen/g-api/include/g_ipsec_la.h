/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Look-aside IPsec accelerators for applications: g_ipsec_la 2.0.
 *
 * Generated; do not edit. Made by: ipsec-la generate
 */
/**
 * @file
 * @brief The g-API: functions through which an application uses look-aside
 *   IPsec accelerators.
 *
 * @par Accelerators
 * With the first call, the environment's variable G_IPSEC_LA_DEVICES says
 * which there are: 1 to 16 places with spaces between them. A place is
 * simulated, for an accelerator in this process, which only the first 4 may
 * be; or vhost-user:PATH, for one that another process serves behind a
 * socket, as ipsec-la serve does, and this process is its one front end.
 * Options follow with commas: spec-version=V for a device of version V
 * instead of 2.0; and after a PATH, packed=off for split rings, queue-size=N
 * for N descriptors in a queue instead of 256, reconnect=N for a back end
 * that may be away for N seconds instead of 2. Without the variable, or in a
 * program that has more rights than who started it, two are simulated. Names
 * are given in the order of the places: virtio0, virtio1. Where the variable
 * says what it may not, calls that need accelerators answer -EINVAL. Where a
 * device cannot be reached, the others are there, and to open it, or any
 * where there are none, answers -ENODEV; it is looked for again and again.
 * Either is printed to standard error. Whoever serves one sees the packets
 * and keys of all that this process has from sockets, as they share their
 * memory with it.
 *
 * @par Calls
 * A call with flags 0 waits for its answer, which is in outargs and, as an
 * error, its return value. With G_IPSEC_LA_CTRL_FLAG_ASYNC it returns at
 * once, and the answer comes through the callback of resp, which runs even
 * when the answer is an error; where the call itself returns an error, no
 * callback runs. With G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED it returns at
 * once, outargs and resp are not read and may be NULL, and nobody learns
 * what became of it, also with both flags; calls whose purpose is an answer
 * refuse this flag. Calls on one handle take effect in the order in which
 * they were made, however they end.
 *
 * @par Threads
 * Every function may be called from every thread at any time, also on the
 * same handle. Callbacks run one at a time on a thread of the library, in
 * the order in which answers came, with no lock held: they may call every
 * function. Packets of one SA are processed in the order of their calls;
 * asynchronous ones are answered in that order. That thread takes no
 * signals; a callback may neither end it nor leave it by longjmp. A thread
 * that is cancelled (pthread_cancel) while it waits in a call returns from
 * the call first. The library stays loaded once used, whatever dlclose says,
 * and its threads run until main returns or somebody calls exit;
 * pthread_exit in main is not enough. Once used, it is the parent's alone
 * after fork: in the child, every call but g_ipsec_la_get_api_version
 * answers -ENODEV. Until it ends or calls exec, it has a copy of the
 * parent's memory, which keys are in, and keeps the connections to served
 * accelerators open, which then serve nobody else when the parent has ended.
 *
 * @par Memory
 * Structures that a call reads are copied during the call. Outargs, packets
 * and callback arguments of an asynchronous call belong to the library until
 * the callback has been called. Keys are erased from the library's own
 * memory when their SA goes; no function gives them back.
 *
 * @par Resets
 * An accelerator that asks for a reset gets one, and SAs go on with what is
 * left of their lifetimes; one that asks again before it has them gets
 * another, and has gone after three. No sequence number is used twice, and
 * nothing is accepted that may have been received before: of packets that
 * overtook each other shortly before a reset, those with lower numbers than
 * the highest received are lost. Statistics of errors begin again. An SA
 * that cannot go on without risk answers packets and changes with
 * -EKEYREJECTED until it is deleted: one whose lifetime has ended (before
 * version 2.0, to the kilobyte), one that has no sequence number left, and
 * before version 2.0 every bundle that has been used, as no message carries
 * its numbers. Version 0.4 has no hard lifetimes: they are refused. A served
 * accelerator whose back end goes away is reset when that is back in time:
 * what was under way is answered with -EIO, and calls that come meanwhile
 * wait, for 2 seconds at most. When that time is over, it has gone; another
 * one is there once the back end is back.
 *
 * @par Handles
 * A handle is a number that is never used twice: a handle that was closed,
 * made up, or of another kind is told apart, and answered with an error. A
 * group in a struct g_ipsec_la_handle has to be one of the application's, in
 * every call, and calls are about the SAs of this group only; zeros stand
 * for all SAs of the application.
 *
 * @par Errors
 * What functions and answers say: 0, or one of these, negative:
 * - -ENOENT (2): There is no such SA, group or accelerator, or it is another
 *   application's.
 * - -EIO (5): The accelerator failed, or was reset; the call may be made
 *   again.
 * - -EBADF (9): The handle is not valid, or was closed.
 * - -EAGAIN (11): Not now; the call may be made again.
 * - -ENOMEM (12): No memory, or no room for another SA.
 * - -EBUSY (16): Somebody else has it, or it is still in use.
 * - -ENODEV (19): There is no accelerator, or it has gone.
 * - -EINVAL (22): A pointer is NULL, or a number is not what it can be.
 * - -ENOSPC (28): Too many packets are in flight.
 * - -EPROTO (71): The accelerator's answer makes no sense.
 * - -EBADMSG (74): The packet is not what the SA takes: malformed, forged,
 *   or a replay.
 * - -EMSGSIZE (90): The packet is too long, or the result does not fit where
 *   it is to go.
 * - -EOPNOTSUPP (95): The accelerator cannot do this.
 * - -ETIMEDOUT (110): The accelerator did not answer.
 * - -EKEYREJECTED (129): The key is refused, or the SA may process no more
 *   packets.
 *
 * @par Deviations from the document of 2015
 * - Control flags are bits, 1 << 0 and 1 << 1: as an enumeration without
 *   values they would be 0 and 1, and could neither be left out nor combined.
 * - Handles are arrays of 8 bytes; they were published as 8 words of 32
 *   bits.
 * - Integers are those of stdint.h, bool is that of stdbool.h, so that
 *   applications need no header of a kernel.
 * - Arrays that a call fills are the caller's, with their room in inargs;
 *   names in lists are arrays of characters.
 * - num_sg of a packet call counts the pieces of input and of output: a
 *   piece of output may have length 0.
 * - The callback of a packet call gets struct g_ipsec_la_packet_outargs: a
 *   result and a count; the calls themselves have no structures of arguments.
 * - The salt of a combined mode stands before its key, and its length is a
 *   member of its own.
 * - An iv is taken for AES-CTR only, where it is the nonce: accelerators
 *   make IVs themselves, as one that is used twice breaks the cipher.
 *   sa_outbound has no iv.
 * - An IP address is 16 bytes with a version, not a union.
 * - g_ipsec_la_sa_get reads keys never, and its flags (everything,
 *   statistics) are an enumeration of their own.
 * - Capabilities are a word of flags and words of bits, a bit for each
 *   algorithm's number.
 * - Notifications of the three kinds have one type of callback and one
 *   structure.
 * - The combined algorithms' second enumeration is comb_alg; a cipher_algo
 *   may be 0 or say the same.
 * - g_ipsec_la_avail_devices_get_info and g_ipsec_la_active_list_get are
 *   avail_devices_getinfo and active_devices_getinfo in the slides,
 *   g_ipsec_la_multi_packet_encap is mult_packet_encap.
 * - IPComp is in the types, but no message of the device carries it: it is
 *   never a capability, and refused.
 * - nat_oa_peer_addr has to be empty: no version of the device needs it for
 *   what it does.
 */

#ifndef G_IPSEC_LA_H
#define G_IPSEC_LA_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @name Sizes
 * @{
 */

/** Bytes of an accelerator's handle. */
#define G_IPSEC_LA_HANDLE_SIZE		8
#define G_IPSEC_LA_GROUP_HANDLE_SIZE	8 /**< Bytes of a group's handle. */
#define G_IPSEC_LA_SA_HANDLE_SIZE	8 /**< Bytes of an SA's handle. */
/** Bytes of the version, with the final zero. */
#define G_IPSEC_LA_VERSION_SIZE		16
/** Bytes of an accelerator's name, with the final zero. */
#define G_IPSEC_LA_DEVICE_NAME_SIZE	16
/** Bytes of an application's or a group's identity, with the final
 *  zero. */
#define G_IPSEC_LA_IDENTITY_SIZE	32
/** Bytes of the larger kind of IP address. */
#define G_IPSEC_LA_ADDRESS_SIZE		16
/** Owners that an accelerator's entry in a list tells of. */
#define G_IPSEC_LA_MAX_OWNERS		16
#define G_IPSEC_LA_MAX_BUNDLE		4 /**< SAs in a bundle. */
#define G_IPSEC_LA_MAX_KEY_BITS		1024 /**< Bits of a key. */
/** Packets of a replay window. */
#define G_IPSEC_LA_MAX_REPLAY_WINDOW	0x1000
#define G_IPSEC_LA_MAX_SG		64 /**< Pieces of a packet. */
/** Bytes of a packet to process. */
#define G_IPSEC_LA_MAX_PACKET_SIZE	0xffff
#define G_IPSEC_LA_MAX_PACKETS		1024 /**< Packets in one call. */
/** Packets that an accelerator has taken and not given back, of all
 *  who share it. */
#define G_IPSEC_LA_MAX_IN_FLIGHT	0x8000
/** PCI vendor ID of the accelerators. */
#define G_IPSEC_LA_PCI_VENDOR_ID	0x1af4

/** @} */

/**
 * @name Numbers
 * @{
 */

/** @brief How an accelerator is used. */
enum g_ipsec_la_mode {
	/** Nobody has it open; not a mode to open one in. */
	G_IPSEC_LA_INSTANCE_AVAILABLE = 0,
	/** One application has it for itself. */
	G_IPSEC_LA_INSTANCE_EXCLUSIVE = 1,
	/** Applications share it; each sees its own groups and SAs only. */
	G_IPSEC_LA_INSTANCE_SHARED = 2
};

/** @brief Which way an SA works. */
enum g_ipsec_la_sa_direction {
	G_IPSEC_LA_SA_INBOUND = 0, /**< It decapsulates. */
	G_IPSEC_LA_SA_OUTBOUND = 1 /**< It encapsulates. */
};

/** @brief How a call ends; none for one that waits. */
enum g_ipsec_la_control_flags {
	/** The answer comes through the callback of resp. */
	G_IPSEC_LA_CTRL_FLAG_ASYNC = 1 << 0,
	/** No answer comes, and nobody waits for one. */
	G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED = 1 << 1
};

/** @brief IPsec protocols, by their IP protocol numbers. */
enum g_ipsec_la_proto {
	/** Encapsulating security payload (RFC 4303). */
	G_IPSEC_LA_PROTO_ESP = 50,
	G_IPSEC_LA_PROTO_AH = 51 /**< Authentication header (RFC 4302). */
};

/** @brief Versions of IP; 0 says that there is no address. */
enum g_ipsec_la_ip_version {
	G_IPSEC_LA_IPV4 = 4, /**< 4 bytes. */
	G_IPSEC_LA_IPV6 = 6 /**< 16 bytes. */
};

/** @brief Integrity algorithms; 0 is as NONE. */
enum g_ipsec_la_auth_alg {
	G_IPSEC_LA_AUTH_ALGO_NONE = 1, /**< No integrity algorithm. */
	G_IPSEC_LA_AUTH_ALGO_MD5_HMAC = 2, /**< HMAC-MD5-96 (RFC 2403). */
	G_IPSEC_LA_AUTH_ALGO_SHA1_HMAC = 3, /**< HMAC-SHA-1-96 (RFC 2404). */
	G_IPSEC_LA_AUTH_AESXCBC = 4, /**< AES-XCBC-MAC-96 (RFC 3566). */
	/** HMAC-SHA-256-128 (RFC 4868). */
	G_IPSEC_LA_AUTH_ALGO_SHA2_256_HMAC = 5,
	/** HMAC-SHA-384-192 (RFC 4868). */
	G_IPSEC_LA_AUTH_ALGO_SHA2_384_HMAC = 6,
	/** HMAC-SHA-512-256 (RFC 4868). */
	G_IPSEC_LA_AUTH_ALGO_SHA2_512_HMAC = 7,
	/** HMAC-SHA-1 with all of its 160 bits (RFC 4595). */
	G_IPSEC_LA_AUTH_ALGO_HMAC_SHA1_160 = 8
};

/** @brief Ciphers; 0 is as NULL. */
enum g_ipsec_la_cipher_alg {
	G_IPSEC_LA_CIPHER_ALGO_NULL = 1, /**< No encryption (RFC 2410). */
	G_IPSEC_LA_CIPHER_ALGO_DES_CBC = 2, /**< DES in CBC mode (RFC 2405). */
	/** Triple DES in CBC mode (RFC 2451). */
	G_IPSEC_LA_CIPHER_ALGO_3DES_CBC = 3,
	G_IPSEC_LA_CIPHER_ALGO_AES_CBC = 4, /**< AES in CBC mode (RFC 3602). */
	/** AES in counter mode (RFC 3686); the nonce is iv. */
	G_IPSEC_LA_CIPHER_ALGO_AES_CTR = 5,
	/** See comb_algo, which has to say the same. */
	G_IPSEC_LA_CIPHER_ALGO_AES_CCM = 6,
	/** See comb_algo, which has to say the same. */
	G_IPSEC_LA_CIPHER_ALGO_AES_GCM = 7,
	/** See comb_algo, which has to say the same. */
	G_IPSEC_LA_CIPHER_ALGO_AES_GMAC = 8
};

/** @brief Combined modes; 0 says that cipher and integrity are apart. */
enum g_ipsec_la_comb_alg {
	/** AES-CCM (RFC 4309); a salt of 3 bytes. */
	G_IPSEC_LA_COMB_ALGO_AES_CCM = 1,
	/** AES-GCM (RFC 4106); a salt of 4 bytes. */
	G_IPSEC_LA_COMB_ALGO_AES_GCM = 2,
	/** Integrity only, by AES-GMAC (RFC 4543); a salt of 4 bytes. */
	G_IPSEC_LA_COMB_ALGO_AES_GMAC = 3
};

/** @brief Compression; 0 for none, which is all that accelerators have. */
enum g_ipsec_la_ipcomp_alg {
	G_IPSEC_LA_IPCOMP_DEFLATE = 1, /**< DEFLATE (RFC 2394). */
	G_IPSEC_LA_IPCOMP_LZS = 2 /**< LZS (RFC 2395). */
};

/** @brief Where the DSCP of a tunnel header comes from; 0 is as COPY. */
enum g_ipsec_la_dscp_handle {
	G_IPSEC_LA_DSCP_COPY = 1, /**< From the inner header. */
	G_IPSEC_LA_DSCP_CLEAR = 2, /**< It is zero. */
	G_IPSEC_LA_DSCP_SET = 3 /**< From the SA. */
};

/**
 * @brief Where the don't-fragment bit of a tunnel header comes from; 0 is as
 *   COPY.
 */
enum g_ipsec_la_df_handle {
	G_IPSEC_LA_DF_COPY = 1, /**< From the inner header. */
	G_IPSEC_LA_DF_CLEAR = 2, /**< It is 0. */
	G_IPSEC_LA_DF_SET = 3 /**< It is 1. */
};

/** @brief What an SA does. */
enum g_ipsec_la_sa_flags {
	/** UDP encapsulation (RFC 3948); see nat_info. */
	G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL = 1 << 1,
	/** Propagates congestion notification (RFC 6040). */
	G_IPSEC_LA_SA_USE_ECN = 1 << 2,
	/** The limits in kilobytes count. */
	G_IPSEC_LA_SA_LIFETIME_IN_KB = 1 << 3,
	/** Drops replays; see anti_replay_window_size. */
	G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK = 1 << 4,
	/** Transport mode; without it, a tunnel. */
	G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE = 1 << 5,
	/** Extended sequence numbers (RFC 4303, section 2.2.1). */
	G_IPSEC_LA_SA_USE_ESN = 1 << 6,
	/** The tunnel's addresses are of IPv6. */
	G_IPSEC_LA_SA_USE_IPv6 = 1 << 7,
	/** Tells of a soft lifetime that has expired. */
	G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY = 1 << 8,
	/** Tells before the sequence number overflows. */
	G_IPSEC_LA_SA_NOTIFY_SEQNUM_OVERFLOW = 1 << 9,
	/** Tells of the sequence number every seqnum_interval. */
	G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC = 1 << 10
};

/** @brief What is changed of an SA. */
enum g_ipsec_la_sa_modify {
	/** The address of the tunnel's near end. */
	G_IPSEC_LA_SA_MODIFY_LOCAL_GW_INFO = 1,
	/** The address of the tunnel's far end. */
	G_IPSEC_LA_SA_MODIFY_PEER_GW_INFO = 2,
	/** Sequence number and replay window. */
	G_IPSEC_LA_SA_MODIFY_REPLAY_INFO = 3
};

/** @brief Which part of the replay information is new. */
enum g_ipsec_la_sa_modify_replay_flags {
	G_IPSEC_LA_SA_MODIFY_SEQ_NUM = 1 << 1, /**< The sequence number. */
	/** The size of the window. */
	G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW = 1 << 2
};

/** @brief Which SAs are read. */
enum g_ipsec_la_sa_get_op {
	G_IPSEC_LA_SA_GET_FIRST_N = 0, /**< The oldest ones. */
	/** Those from the handle that the last answer ended with. */
	G_IPSEC_LA_SA_GET_NEXT_N = 1,
	G_IPSEC_LA_SA_GET_EXACT = 2 /**< The one of the handle. */
};

/** @brief What is read of an SA. */
enum g_ipsec_la_sa_get_what {
	/** Parameters, without keys, and statistics. */
	G_IPSEC_LA_SA_GET_ALL = 0,
	G_IPSEC_LA_SA_GET_STATS = 1 /**< Statistics only. */
};

/** @brief What an accelerator can do. */
enum g_ipsec_la_cap_flags {
	G_IPSEC_LA_CAP_SG = 1 << 0, /**< Packets in several pieces. */
	G_IPSEC_LA_CAP_AH = 1 << 1, /**< Authentication header. */
	G_IPSEC_LA_CAP_ESP = 1 << 2, /**< Encapsulating security payload. */
	G_IPSEC_LA_CAP_WESP = 1 << 3, /**< Wrapped ESP. */
	/** Compression; no message of the device carries it, so it is never
	 *  there. */
	G_IPSEC_LA_CAP_IPCOMP = 1 << 4,
	G_IPSEC_LA_CAP_MULTI_SEC_PROTOCOL = 1 << 5, /**< Bundles of SAs. */
	G_IPSEC_LA_CAP_UDP_ENCAP = 1 << 6, /**< UDP encapsulation. */
	G_IPSEC_LA_CAP_ESN = 1 << 7, /**< Extended sequence numbers. */
	/** Padding for traffic flow confidentiality. */
	G_IPSEC_LA_CAP_TFC = 1 << 8,
	/** Propagation of congestion notification. */
	G_IPSEC_LA_CAP_ECN = 1 << 9,
	/** Handling of the don't-fragment bit. */
	G_IPSEC_LA_CAP_DF = 1 << 10,
	G_IPSEC_LA_CAP_ANTI_REPLAY_CHECK = 1 << 11, /**< Check for replays. */
	G_IPSEC_LA_CAP_IPV6_SUPPORT = 1 << 12, /**< IPv6. */
	/** Notification of soft lifetimes. */
	G_IPSEC_LA_CAP_SOFT_LIFETIME_BYTES_NOTIFY = 1 << 13,
	/** Notification before the sequence number overflows. */
	G_IPSEC_LA_CAP_SEQNUM_OVERFLOW_NOTIFY = 1 << 14,
	/** Notification of the sequence number at intervals. */
	G_IPSEC_LA_CAP_SEQNUM_PERIODIC_NOTIFY = 1 << 15
};

/** @} */

/**
 * @name Handles and answers
 * @{
 */

/**
 * @brief An accelerator as an application has it open, and the group that
 *   calls are about.
 */
struct g_ipsec_la_handle {
	uint8_t handle[G_IPSEC_LA_HANDLE_SIZE]; /**< From open. */
	/** From g_ipsec_la_group_create; zeros for no group. */
	uint8_t group_handle[G_IPSEC_LA_GROUP_HANDLE_SIZE];
};

/** @brief An SA. */
struct g_ipsec_la_sa_handle {
	/** From g_ipsec_la_sa_add. */
	uint8_t ipsec_sa_handle[G_IPSEC_LA_SA_HANDLE_SIZE];
};

/**
 * @brief The answer to a call has come.
 *
 * @param[in] cb_arg As given with the call.
 * @param[in] cb_arg_len As given with the call.
 * @param[in] outargs The call's outargs, filled; of a packet call, struct
 *   g_ipsec_la_packet_outargs.
 */
typedef void (*g_ipsec_la_cbk_fn)(
	void *cb_arg, int32_t cb_arg_len, void *outargs);

/** @brief Where the answer to an asynchronous call goes. */
struct g_ipsec_la_resp_args {
	g_ipsec_la_cbk_fn cb_fn; /**< What is called. */
	void *cb_arg; /**< Handed to it. */
	int32_t cb_arg_len; /**< Handed to it. */
};

/** @brief The answer to a call that has no other. */
struct g_ipsec_la_result_outargs {
	int32_t result; /**< 0, or a negative error. */
};

/** @} */

/**
 * @name Management
 * @{
 */

/**
 * @brief Tells the version of this interface.
 *
 * @param[out] version Room for G_IPSEC_LA_VERSION_SIZE bytes; "2.0" and a
 *   zero.
 *
 * @retval 0 Done.
 * @retval -EINVAL version is NULL.
 */
int32_t g_ipsec_la_get_api_version(char *version);

/**
 * @brief Counts the accelerators, in use or not.
 *
 * @param[out] nr_devices How many.
 *
 * @retval 0 Done.
 * @retval -EINVAL nr_devices is NULL, or G_IPSEC_LA_DEVICES says what it may
 *   not.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_avail_devices_get_num(uint32_t *nr_devices);

/** @brief An accelerator. */
struct g_ipsec_la_device_info {
	char device_name[G_IPSEC_LA_DEVICE_NAME_SIZE]; /**< Its name. */
	enum g_ipsec_la_mode mode; /**< How it is used. */
	uint32_t num_apps; /**< Applications that have it open. */
};

/** @brief Which part of a list is wanted. */
struct g_ipsec_la_avail_devices_get_info_inargs {
	/** Elements that the array of outargs has room for. */
	uint32_t num_devices;
	/** Name after which to go on; NULL for the start. */
	const char *last_device_read;
};

/** @brief Part of the list of accelerators. */
struct g_ipsec_la_avail_devices_get_info_outargs {
	uint32_t num_devices; /**< Elements that were filled. */
	struct g_ipsec_la_device_info *dev_info; /**< The caller's array. */
	/** Name of the last one, for the next call. */
	char last_device_read[G_IPSEC_LA_DEVICE_NAME_SIZE];
	bool b_more_devices; /**< There are more after it. */
};

/**
 * @brief Lists the accelerators by name.
 *
 * @param[in] in Which part of the list is wanted.
 * @param[in,out] out Has the array to fill; the answer.
 *
 * @retval 0 Done.
 * @retval -EINVAL A pointer or the array is NULL, or num_devices is 0, or
 *   G_IPSEC_LA_DEVICES says what it may not.
 * @retval -ENOENT No accelerator has the name last_device_read: it has gone,
 *   and the list starts again.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_avail_devices_get_info(
	const struct g_ipsec_la_avail_devices_get_info_inargs *in,
	struct g_ipsec_la_avail_devices_get_info_outargs *out);

/** @brief Who uses an accelerator. */
struct g_ipsec_la_device_owner {
	char app_identity[G_IPSEC_LA_IDENTITY_SIZE]; /**< The application. */
	/** Its group; empty for the application itself. */
	char group_identity[G_IPSEC_LA_IDENTITY_SIZE];
};

/** @brief An accelerator in use. */
struct g_ipsec_la_active_device {
	char device_name[G_IPSEC_LA_DEVICE_NAME_SIZE]; /**< Its name. */
	uint32_t device_id; /**< Its number, from 0 on. */
	enum g_ipsec_la_mode mode; /**< How it is used. */
	/** Owners; more than the array has are counted only. */
	uint32_t num_owners;
	/** These, an application before its groups. */
	struct g_ipsec_la_device_owner owners[G_IPSEC_LA_MAX_OWNERS];
	uint64_t bytes_in; /**< Bytes of packets given to it. */
	uint64_t bytes_out; /**< Bytes of packets that it gave back. */
	uint64_t packets_in; /**< Packets given to it. */
	uint64_t packets_out; /**< Packets that it gave back processed. */
	uint64_t sas_created; /**< SAs added so far. */
	uint64_t sas_deleted; /**< SAs deleted or flushed so far. */
	uint64_t sas_modified; /**< Changes of SAs so far. */
	uint64_t sas_active; /**< SAs that there are. */
};

/** @brief Which part of a list is wanted. */
struct g_ipsec_la_active_list_get_inargs {
	/** Elements that the array of outargs has room for. */
	uint32_t num_devices;
	/** Name after which to go on; NULL for the start. */
	const char *last_device_read;
};

/** @brief Part of the list of accelerators in use. */
struct g_ipsec_la_active_list_get_outargs {
	uint32_t num_devices; /**< Elements that were filled. */
	struct g_ipsec_la_active_device *devices; /**< The caller's array. */
	/** Name of the last one, for the next call. */
	char last_device_read[G_IPSEC_LA_DEVICE_NAME_SIZE];
	bool b_more_devices; /**< There are more after it. */
};

/**
 * @brief Lists the accelerators that applications have open, with what they
 *   have done.
 *
 * @param[in] in Which part of the list is wanted.
 * @param[in,out] out Has the array to fill; the answer.
 *
 * The counters are of the accelerator, whoever used it, since it was found.
 *
 * @retval 0 Done.
 * @retval -EINVAL A pointer or the array is NULL, or num_devices is 0, or
 *   G_IPSEC_LA_DEVICES says what it may not.
 * @retval -ENOENT No accelerator has the name last_device_read: it has gone,
 *   and the list starts again.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -ENOMEM There is no memory, descriptor or thread for the platform.
 */
int32_t g_ipsec_la_active_list_get(
	const struct g_ipsec_la_active_list_get_inargs *in,
	struct g_ipsec_la_active_list_get_outargs *out);

/**
 * @brief The accelerator has gone; every call that waited has been answered
 *   before.
 *
 * @param[in] handle Which one; the application still has to close it.
 * @param[in] cb_arg As given to open.
 * @param[in] cb_arg_len As given to open.
 */
typedef void (*g_ipsec_la_instance_broken_cbk_fn)(
	struct g_ipsec_la_handle *handle, void *cb_arg, int32_t cb_arg_len);

/** @brief Which accelerator is wanted, and by whom. */
struct g_ipsec_la_open_inargs {
	uint16_t pci_vendor_id; /**< G_IPSEC_LA_PCI_VENDOR_ID, or 0 for any. */
	uint16_t device_id; /**< PCI device ID, or 0 for any. */
	/** Name of the accelerator; NULL for the first that can be had. */
	const char *accl_name;
	/** Name of the application in UTF-8, for lists; NULL for none. */
	const char *app_identity;
	/** Called when the accelerator goes; may be NULL. */
	g_ipsec_la_instance_broken_cbk_fn cb_fn;
	void *cb_arg; /**< Handed to it. */
	int32_t cb_arg_len; /**< Handed to it. */
};

/** @brief An accelerator opened. */
struct g_ipsec_la_open_outargs {
	struct g_ipsec_la_handle handle; /**< Its handle. */
};

/**
 * @brief Opens an accelerator.
 *
 * @param[in] mode Exclusive or shared.
 * @param[in] in Which one is wanted.
 * @param[out] out Its handle, with no group.
 *
 * @retval 0 Done.
 * @retval -EINVAL A pointer is NULL, the mode is not one to open in, or a
 *   name is too long, or G_IPSEC_LA_DEVICES says what it may not.
 * @retval -ENODEV There is no such accelerator.
 * @retval -EBUSY Another application has it, and not both want to share it.
 * @retval -ENOMEM There is no memory, or no room for another handle.
 * @retval -EAGAIN The library's thread cannot be started.
 */
int32_t g_ipsec_la_open(enum g_ipsec_la_mode mode,
			const struct g_ipsec_la_open_inargs *in,
			struct g_ipsec_la_open_outargs *out);

/**
 * @brief Closes an accelerator: its handle is not valid any more.
 *
 * @param[in] handle The accelerator, and maybe a group.
 *
 * After the call, no callback of this handle runs any more; called from a
 * callback, none after that one. An accelerator that has gone can be closed
 * whatever is left.
 *
 * @retval 0 Done.
 * @retval -EINVAL handle is NULL.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENOENT The handle's group is none of this application's.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -EBUSY There are groups, SAs, or calls without an answer, also
 *   those that other threads wait in.
 */
int32_t g_ipsec_la_close(const struct g_ipsec_la_handle *handle);

/** @brief A group to make. */
struct g_ipsec_la_group_create_inargs {
	/** Its name in UTF-8, for lists; NULL for none. */
	const char *group_identity;
};

/** @brief A group made. */
struct g_ipsec_la_group_create_outargs {
	int32_t result; /**< 0, or a negative error. */
	/** To be put into a struct g_ipsec_la_handle. */
	uint8_t group_handle[G_IPSEC_LA_GROUP_HANDLE_SIZE];
};

/**
 * @brief Makes a group: SAs that are flushed together.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] in The group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, the name is too long, or no answer is
 *   expected.
 * @retval -ENOENT The handle's group is none of this application's.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_group_create(
	const struct g_ipsec_la_handle *handle,
	const struct g_ipsec_la_group_create_inargs *in, uint32_t flags,
	struct g_ipsec_la_group_create_outargs *out,
	const struct g_ipsec_la_resp_args *resp);

/**
 * @brief Deletes the group of the handle, which is good for no call until
 *   the group is zeros.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, or flags has unknown bits.
 * @retval -ENOENT The handle has no group, or one that does not exist.
 * @retval -EBUSY It has SAs: flush them first.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_group_delete(const struct g_ipsec_la_handle *handle,
				uint32_t flags,
				struct g_ipsec_la_result_outargs *out,
				const struct g_ipsec_la_resp_args *resp);

/** @} */

/**
 * @name Security associations
 * @{
 */

/** @brief An IP address. */
struct g_ipsec_la_ip_addr {
	enum g_ipsec_la_ip_version version; /**< 0 for no address. */
	/** In the order of a packet; of IPv4, the first 4. */
	uint8_t addr[G_IPSEC_LA_ADDRESS_SIZE];
};

/**
 * @brief Algorithms and keys. Keys are read during the call only, and never
 *   given back. What the algorithms do not use is NULL, with a length of 0.
 */
struct g_ipsec_la_sa_crypto_params {
	/** Integrity: every inbound SA has to have it, here or in
	 *  comb_algo. */
	enum g_ipsec_la_auth_alg auth_algo;
	const uint8_t *auth_key; /**< Its key. */
	/** Of an HMAC, as many as its hash has (RFC 4868); of AES-XCBC,
	 *  128. */
	uint32_t auth_key_len_bits;
	enum g_ipsec_la_cipher_alg cipher_algo; /**< Encryption. */
	const uint8_t *cipher_key; /**< Its key. */
	/** Of AES, 128, 192 or 256; of DES, 64; of triple DES, 192. */
	uint32_t cipher_key_len_bits;
	/** Of AES-CTR, the nonce; NULL for others, whose IVs the
	 *  accelerator makes. */
	const uint8_t *iv;
	uint32_t iv_len_bits; /**< Of AES-CTR, 32; 0 for others. */
	/** Both at once; then auth_algo is 0 or NONE, and cipher_algo 0,
	 *  NULL or the same; keys are in comb_key only. */
	enum g_ipsec_la_comb_alg comb_algo;
	const uint8_t *comb_key; /**< The salt, then the key. */
	uint32_t comb_key_len_bits; /**< Of both together, a multiple of 8. */
	/** Of the salt alone, a multiple of 8. */
	uint32_t comb_salt_len_bits;
	/** Of CCM and GCM: 64, 96 or 128; 0 for the algorithm's own. */
	uint32_t icv_len_bits;
};

/**
 * @brief What only outbound tunnels have; the numbers have to be valid in
 *   every SA.
 */
struct g_ipsec_la_sa_outbound {
	uint8_t dscp; /**< To set: 0 to 63. */
	/** Where the don't-fragment bit comes from. */
	enum g_ipsec_la_df_handle df_bit_handle;
	/** Where the DSCP comes from. */
	enum g_ipsec_la_dscp_handle dscp_handle;
};

/** @brief Compression, which no accelerator has. */
struct g_ipsec_la_ipcomp_info {
	enum g_ipsec_la_ipcomp_alg algo; /**< 0 for none. */
};

/** @brief UDP encapsulation. */
struct g_ipsec_la_nat_info {
	uint16_t dest_port; /**< In the CPU's byte order. */
	uint16_t src_port; /**< In the CPU's byte order. */
	/** Original address of the peer; has to be empty. */
	struct g_ipsec_la_ip_addr nat_oa_peer_addr;
};

/**
 * @brief The ends of a tunnel. In transport mode they are not used; their
 *   versions are valid, or 0.
 */
struct g_ipsec_la_tunnel_end_addr {
	struct g_ipsec_la_ip_addr src_ip; /**< Source in the outer header. */
	/** Destination in the outer header. */
	struct g_ipsec_la_ip_addr dest_ip;
};

/** @brief A security association. */
struct g_ipsec_la_sa {
	uint32_t spi; /**< Security parameter index, from 256 on. */
	enum g_ipsec_la_proto proto; /**< ESP or AH. */
	uint32_t cmn_flags; /**< Of enum g_ipsec_la_sa_flags. */
	/** Packets, at most G_IPSEC_LA_MAX_REPLAY_WINDOW in every SA; 0 for
	 *  64, and read back as 0. */
	uint32_t anti_replay_window_size;
	/** What only outbound tunnels have. */
	struct g_ipsec_la_sa_outbound outb;
	/** Algorithms and keys. */
	struct g_ipsec_la_sa_crypto_params crypto_params;
	struct g_ipsec_la_ipcomp_info ipcomp_info; /**< Compression. */
	/** With G_IPSEC_LA_SA_LIFETIME_IN_KB: after which the application
	 *  is told; 0 for never. */
	uint32_t soft_kilobytes_limit;
	/** With G_IPSEC_LA_SA_LIFETIME_IN_KB: after which nothing is
	 *  processed any more; 0 for never. */
	uint32_t hard_kilobytes_limit;
	/** Packets between two periodic notifications. */
	uint32_t seqnum_interval;
	struct g_ipsec_la_nat_info nat_info; /**< UDP encapsulation. */
	/** Of a tunnel, of the version that G_IPSEC_LA_SA_USE_IPv6 says. */
	struct g_ipsec_la_tunnel_end_addr te_addr;
};

/** @brief Packets that an SA refused. */
struct g_ipsec_la_sa_protocol_errors {
	uint64_t invalid_ipsec_pkt; /**< Malformed. */
	uint64_t invalid_pad_length; /**< Padding that is malformed. */
	/** Sequence number 0, or one that cannot be. */
	uint64_t invalid_seq_num;
	uint64_t anti_replay_late_pkt; /**< Left of the replay window. */
	uint64_t anti_replay_replay_pkt; /**< Received before. */
	uint64_t invalid_icv; /**< Forged, or damaged. */
	uint64_t seq_num_over_flow; /**< No sequence number was left. */
	uint64_t crypto_op_failed; /**< The algorithm failed. */
};

/** @brief Packets that came to nothing on the way. */
struct g_ipsec_la_sa_process_errors {
	uint64_t no_tail_room; /**< The result did not fit. */
	/** The accelerator did not take it. */
	uint64_t submit_to_accl_failed;
};

/** @brief What an SA has done. */
struct g_ipsec_la_sa_stats {
	uint64_t packets_processed; /**< Packets. */
	uint64_t bytes_processed; /**< Bytes of these. */
	/** Refused. */
	struct g_ipsec_la_sa_protocol_errors protocol_violation_errors;
	/** Not processed. */
	struct g_ipsec_la_sa_process_errors process_errors;
};

/** @brief What an accelerator can do. */
struct g_ipsec_la_capabilities {
	uint32_t flags; /**< Of enum g_ipsec_la_cap_flags. */
	/** Queues that packets of different DSCPs go through; 0 for one. */
	uint32_t num_dscp_queues;
	/** Bit n stands for number n of enum g_ipsec_la_auth_alg. */
	uint32_t auth_algo_caps;
	/** Bit n stands for number n of enum g_ipsec_la_cipher_alg. */
	uint32_t cipher_algo_caps;
	/** Bit n stands for number n of enum g_ipsec_la_comb_alg. */
	uint32_t comb_algo_caps;
};

/** @brief The answer to g_ipsec_la_capabilities_get. */
struct g_ipsec_la_capabilities_get_outargs {
	int32_t result; /**< 0, or a negative error. */
	struct g_ipsec_la_capabilities caps; /**< What it can do. */
};

/**
 * @brief Asks what an accelerator can do.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, or no answer is expected.
 * @retval -ENOENT The handle's group is none of this application's.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_capabilities_get(
	const struct g_ipsec_la_handle *handle, uint32_t flags,
	struct g_ipsec_la_capabilities_get_outargs *out,
	const struct g_ipsec_la_resp_args *resp);

/** @brief SAs to add. */
struct g_ipsec_la_sa_add_inargs {
	enum g_ipsec_la_sa_direction dir; /**< Their direction. */
	/** 1, or as many as a bundle is to have, up to
	 *  G_IPSEC_LA_MAX_BUNDLE. */
	uint8_t num_sas;
	/** These; of a bundle, the innermost first. */
	const struct g_ipsec_la_sa *sa_params;
};

/** @brief An SA added. */
struct g_ipsec_la_sa_add_outargs {
	int32_t result; /**< 0, or a negative error. */
	struct g_ipsec_la_sa_handle handle; /**< Of the SA, or the bundle. */
};

/**
 * @brief Adds an SA, or a bundle, to the group of the handle.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] in What is added.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * Keys and structures are copied: they may be erased after the call.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, a number is not valid, or the
 *   parameters contradict each other.
 * @retval -ENOENT The handle's group is none of this application's.
 * @retval -EOPNOTSUPP The accelerator cannot do this, or may not use this
 *   algorithm.
 * @retval -EKEYREJECTED The key is weak, or of a wrong length; before
 *   version 2.0, this is -EINVAL.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_sa_add(const struct g_ipsec_la_handle *handle,
			  const struct g_ipsec_la_sa_add_inargs *in,
			  uint32_t flags,
			  struct g_ipsec_la_sa_add_outargs *out,
			  const struct g_ipsec_la_resp_args *resp);

/** @brief A new end of a tunnel. */
struct g_ipsec_la_sa_mod_addr {
	struct g_ipsec_la_ip_addr addr; /**< Of the same version as before. */
	uint16_t port; /**< Of UDP encapsulation; 0 to leave it. */
};

/** @brief New replay information. */
struct g_ipsec_la_sa_mod_replay {
	uint32_t flags; /**< Of enum g_ipsec_la_sa_modify_replay_flags. */
	/** Packets, 1 to G_IPSEC_LA_MAX_REPLAY_WINDOW; of an inbound SA
	 *  with G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK. */
	uint32_t anti_replay_window_size;
	/** Last number used, which does not go back, or highest received:
	 *  packets after it may be received again. Before version 2.0, as
	 *  many numbers as the window has packets have to be left after the
	 *  latter. */
	uint64_t seq_num;
};

/** @brief A change of an SA. */
struct g_ipsec_la_sa_mod_inargs {
	enum g_ipsec_la_sa_direction dir; /**< Its direction. */
	struct g_ipsec_la_sa_handle handle; /**< The SA. */
	/** Which of the following is read. */
	enum g_ipsec_la_sa_modify mod_flags;
	struct g_ipsec_la_sa_mod_addr addr_info; /**< For a gateway. */
	struct g_ipsec_la_sa_mod_replay replay; /**< For replay information. */
};

/**
 * @brief Changes an SA.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] in The change.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, a number is not valid, or the SA has no
 *   replay window.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EOPNOTSUPP The accelerator cannot change this; of version 0.4,
 *   neither the gateway of an IPv6 tunnel.
 * @retval -EKEYREJECTED The SA could not go on after a reset.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_sa_mod(const struct g_ipsec_la_handle *handle,
			  const struct g_ipsec_la_sa_mod_inargs *in,
			  uint32_t flags,
			  struct g_ipsec_la_result_outargs *out,
			  const struct g_ipsec_la_resp_args *resp);

/** @brief An SA to delete. */
struct g_ipsec_la_sa_del_inargs {
	enum g_ipsec_la_sa_direction dir; /**< Its direction. */
	struct g_ipsec_la_sa_handle handle; /**< The SA. */
};

/**
 * @brief Deletes an SA; packets that wait for it come back with -ENOENT.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] in Which one.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, or a number is not valid.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_sa_del(const struct g_ipsec_la_handle *handle,
			  const struct g_ipsec_la_sa_del_inargs *in,
			  uint32_t flags,
			  struct g_ipsec_la_result_outargs *out,
			  const struct g_ipsec_la_resp_args *resp);

/**
 * @brief Deletes the SAs of the handle's group; without one, all SAs of the
 *   application.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[out] out The answer; kept until it has come.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, or flags has unknown bits.
 * @retval -ENOENT The handle's group is none of this application's.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_sa_flush(const struct g_ipsec_la_handle *handle,
			    uint32_t flags,
			    struct g_ipsec_la_result_outargs *out,
			    const struct g_ipsec_la_resp_args *resp);

/** @brief Which SAs to read, and what of them. */
struct g_ipsec_la_sa_get_inargs {
	enum g_ipsec_la_sa_direction dir; /**< Its direction. */
	/** For G_IPSEC_LA_SA_GET_EXACT, the SA; for
	 *  G_IPSEC_LA_SA_GET_NEXT_N, where to go on. */
	struct g_ipsec_la_sa_handle handle;
	enum g_ipsec_la_sa_get_op operation; /**< Which SAs. */
	/** Elements that each array of outargs has room for. */
	uint32_t num_sas;
	enum g_ipsec_la_sa_get_what what; /**< What of them. */
};

/** @brief SAs read. */
struct g_ipsec_la_sa_get_outargs {
	int32_t result; /**< 0, or a negative error. */
	uint32_t num_sas; /**< Elements that were filled; of a bundle, one. */
	/** The caller's array, NULL where only statistics are wanted. No
	 *  keys. */
	struct g_ipsec_la_sa *sa_params;
	/** The caller's array; may be NULL. */
	struct g_ipsec_la_sa_stats *stats;
	/** The caller's array; may be NULL. */
	struct g_ipsec_la_sa_handle *handles;
	/** Where G_IPSEC_LA_SA_GET_NEXT_N goes on; zeros at the end. */
	struct g_ipsec_la_sa_handle next;
};

/**
 * @brief Reads SAs of the application, oldest first; with a group in the
 *   handle, the group's.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] in Which ones.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[in,out] out Has the arrays to fill; the answer.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * Of a bundle, the parameters of the innermost SA are told.
 *
 * SAs may come and go between two calls: one that is there all the time is
 * told once. Where the SA that G_IPSEC_LA_SA_GET_NEXT_N is to go on from was
 * deleted, the answer is -ENOENT, and the list starts again.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer or a needed array is NULL, a number is not
 *   valid, or no answer is expected.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ETIMEDOUT The accelerator did not answer.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ENOMEM There is no memory for the call, or no room in the
 *   accelerator.
 * @retval -ENOSPC Too many calls have no answer.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_sa_get(const struct g_ipsec_la_handle *handle,
			  const struct g_ipsec_la_sa_get_inargs *in,
			  uint32_t flags,
			  struct g_ipsec_la_sa_get_outargs *out,
			  const struct g_ipsec_la_resp_args *resp);

/** @} */

/**
 * @name Notifications
 * @{
 */

/** @brief An event of an SA. */
struct g_ipsec_la_notification {
	/** The accelerator, and the SA's group. */
	struct g_ipsec_la_handle handle;
	struct g_ipsec_la_sa_handle sa_handle; /**< The SA. */
	/** Its sequence number; of a lifetime, bytes processed. */
	uint64_t value;
	/** Earlier events of the kind that this one stands for. */
	uint32_t coalesced;
};

/**
 * @brief Something has happened to an SA.
 *
 * @param[in] event What; during the call only.
 * @param[in] cb_arg As given to g_ipsec_la_notification_hooks_register.
 * @param[in] cb_arg_len As given to g_ipsec_la_notification_hooks_register.
 */
typedef void (*g_ipsec_la_notification_cbk_fn)(
	const struct g_ipsec_la_notification *event, void *cb_arg,
	int32_t cb_arg_len);

/** @brief Who is told. */
struct g_ipsec_la_notification_hook {
	/** What is called; NULL for nobody. */
	g_ipsec_la_notification_cbk_fn cb_fn;
	void *cb_arg; /**< Handed to it. */
	int32_t cb_arg_len; /**< Handed to it. */
};

/** @brief Who is told of what. */
struct g_ipsec_la_notification_hooks {
	/** A sequence number is about to overflow. */
	struct g_ipsec_la_notification_hook seq_num_overflow;
	/** A sequence number has advanced by the interval. */
	struct g_ipsec_la_notification_hook seq_num_periodic;
	/** A soft lifetime has expired. */
	struct g_ipsec_la_notification_hook soft_lifetime_expiry;
};

/**
 * @brief Says who is told of the application's SAs from now on.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] in Who.
 *
 * Hooks are told of the SAs of all groups, whichever the handle has.
 *
 * @retval 0 Done.
 * @retval -EINVAL A pointer is NULL.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENOENT The handle's group is none of this application's.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -EBUSY Hooks are registered already.
 */
int32_t g_ipsec_la_notification_hooks_register(
	const struct g_ipsec_la_handle *handle,
	const struct g_ipsec_la_notification_hooks *in);

/**
 * @brief Nobody is told any more.
 *
 * @param[in] handle The accelerator, and maybe a group.
 *
 * It waits for a hook that runs; none does once it has returned. Called from
 * a hook, none runs after that one.
 *
 * @retval 0 Done.
 * @retval -EINVAL handle is NULL.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The process is a child that fork has made.
 * @retval -ENOENT No hooks are registered, or the handle's group is none of
 *   this application's.
 */
int32_t g_ipsec_la_notifications_hook_deregister(
	const struct g_ipsec_la_handle *handle);

/** @} */

/**
 * @name Packets
 * @{
 */

/** @brief A piece of a packet, or room for one. */
struct g_ipsec_la_data {
	uint8_t *buffer; /**< Bytes. */
	/** How many; of a piece of output, room, and then what is in it. */
	uint32_t length;
};

/** @brief A packet in pieces. */
struct g_ipsec_la_packet {
	uint32_t num_sg; /**< Pieces, from 1 on. */
	struct g_ipsec_la_data *data; /**< These. */
};

/** @brief What a callback is told of packets. */
struct g_ipsec_la_packet_outargs {
	/** 0, or the error of the first packet that failed. */
	int32_t result;
	/** Packets that were processed; of the others, all output lengths
	 *  are 0. */
	uint32_t num_done;
};

/**
 * @brief Encapsulates a packet.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[in] sa_handle The SA.
 * @param[in] num_sg Pieces of input, and of output; 1 to G_IPSEC_LA_MAX_SG.
 * @param[in] in_data An IP packet, in pieces.
 * @param[in,out] out_data The packet to send; its room, and then its
 *   lengths.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, a count is 0 or too large, an input
 *   length is 0, or flags has unknown bits.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EMSGSIZE A packet is too long, or the result does not fit its
 *   output.
 * @retval -ENOSPC G_IPSEC_LA_MAX_IN_FLIGHT packets are in flight; none is
 *   processed.
 * @retval -EBADMSG The packet is not what the SA takes: malformed, forged,
 *   or a replay.
 * @retval -EKEYREJECTED A hard lifetime has expired, no sequence number is
 *   left, or the SA could not go on after a reset; accelerators before version
 *   2.0 say -EBADMSG of the first two.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ETIMEDOUT The accelerator did not answer within 2 seconds; what
 *   comes later is dropped, and all memory is the application's again.
 * @retval -ENOMEM There is no memory for the packet.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_packet_encap(const struct g_ipsec_la_handle *handle,
				uint32_t flags,
				const struct g_ipsec_la_sa_handle *sa_handle,
				uint32_t num_sg,
				const struct g_ipsec_la_data *in_data,
				struct g_ipsec_la_data *out_data,
				const struct g_ipsec_la_resp_args *resp);

/**
 * @brief Decapsulates a packet.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[in] sa_handle The SA.
 * @param[in] num_sg Pieces of input, and of output; 1 to G_IPSEC_LA_MAX_SG.
 * @param[in] in_data A packet received, in pieces.
 * @param[in,out] out_data The IP packet in it; its room, and then its
 *   lengths.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, a count is 0 or too large, an input
 *   length is 0, or flags has unknown bits.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EMSGSIZE A packet is too long, or the result does not fit its
 *   output.
 * @retval -ENOSPC G_IPSEC_LA_MAX_IN_FLIGHT packets are in flight; none is
 *   processed.
 * @retval -EBADMSG The packet is not what the SA takes: malformed, forged,
 *   or a replay.
 * @retval -EKEYREJECTED A hard lifetime has expired, no sequence number is
 *   left, or the SA could not go on after a reset; accelerators before version
 *   2.0 say -EBADMSG of the first two.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ETIMEDOUT The accelerator did not answer within 2 seconds; what
 *   comes later is dropped, and all memory is the application's again.
 * @retval -ENOMEM There is no memory for the packet.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_packet_decap(const struct g_ipsec_la_handle *handle,
				uint32_t flags,
				const struct g_ipsec_la_sa_handle *sa_handle,
				uint32_t num_sg,
				const struct g_ipsec_la_data *in_data,
				struct g_ipsec_la_data *out_data,
				const struct g_ipsec_la_resp_args *resp);

/**
 * @brief Encapsulates packets of one SA, in their order.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[in] sa_handle The SA.
 * @param[in] num_packets 1 to G_IPSEC_LA_MAX_PACKETS.
 * @param[in] in_packets What is processed.
 * @param[in,out] out_packets As many; room for the results, and then their
 *   lengths.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many.
 *
 * Every packet is processed, whatever becomes of the others; the call's
 * error is that of the first that failed. A call with -EINVAL, -EBADF,
 * -ENOENT, -ENODEV or -ENOSPC of its own processes none.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, a count is 0 or too large, an input
 *   length is 0, or flags has unknown bits.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EMSGSIZE A packet is too long, or the result does not fit its
 *   output.
 * @retval -ENOSPC G_IPSEC_LA_MAX_IN_FLIGHT packets are in flight; none is
 *   processed.
 * @retval -EBADMSG The packet is not what the SA takes: malformed, forged,
 *   or a replay.
 * @retval -EKEYREJECTED A hard lifetime has expired, no sequence number is
 *   left, or the SA could not go on after a reset; accelerators before version
 *   2.0 say -EBADMSG of the first two.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ETIMEDOUT The accelerator did not answer within 2 seconds; what
 *   comes later is dropped, and all memory is the application's again.
 * @retval -ENOMEM There is no memory for the packet.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_multi_packet_encap(
	const struct g_ipsec_la_handle *handle, uint32_t flags,
	const struct g_ipsec_la_sa_handle *sa_handle, uint32_t num_packets,
	const struct g_ipsec_la_packet *in_packets,
	struct g_ipsec_la_packet *out_packets,
	const struct g_ipsec_la_resp_args *resp);

/**
 * @brief Decapsulates packets of one SA, in their order.
 *
 * @param[in] handle The accelerator, and maybe a group.
 * @param[in] flags Of enum g_ipsec_la_control_flags.
 * @param[in] sa_handle The SA.
 * @param[in] num_packets 1 to G_IPSEC_LA_MAX_PACKETS.
 * @param[in] in_packets What is processed.
 * @param[in,out] out_packets As many; room for the results, and then their
 *   lengths.
 * @param[in] resp Where the answer goes; read with
 *   G_IPSEC_LA_CTRL_FLAG_ASYNC only.
 *
 * Input and output may be the same memory. Of an asynchronous call, both and
 * their arrays are kept until the callback; without a response, input is
 * copied during the call, and output is not written. Where a packet is not
 * processed, for whatever reason, its output lengths are 0, unless a count
 * says that there are too many.
 *
 * Every packet is processed, whatever becomes of the others; the call's
 * error is that of the first that failed. A call with -EINVAL, -EBADF,
 * -ENOENT, -ENODEV or -ENOSPC of its own processes none.
 *
 * @retval 0 Done; with a flag, on its way.
 * @retval -EINVAL A pointer is NULL, a count is 0 or too large, an input
 *   length is 0, or flags has unknown bits.
 * @retval -EBADF The handle is not valid, or was closed.
 * @retval -ENODEV The accelerator has gone.
 * @retval -ENOENT There is no such group, or no such SA in it, of this
 *   direction.
 * @retval -EMSGSIZE A packet is too long, or the result does not fit its
 *   output.
 * @retval -ENOSPC G_IPSEC_LA_MAX_IN_FLIGHT packets are in flight; none is
 *   processed.
 * @retval -EBADMSG The packet is not what the SA takes: malformed, forged,
 *   or a replay.
 * @retval -EKEYREJECTED A hard lifetime has expired, no sequence number is
 *   left, or the SA could not go on after a reset; accelerators before version
 *   2.0 say -EBADMSG of the first two.
 * @retval -EIO The accelerator was reset meanwhile, or failed.
 * @retval -ETIMEDOUT The accelerator did not answer within 2 seconds; what
 *   comes later is dropped, and all memory is the application's again.
 * @retval -ENOMEM There is no memory for the packet.
 * @retval -EPROTO The accelerator's answer makes no sense.
 */
int32_t g_ipsec_la_multi_packet_decap(
	const struct g_ipsec_la_handle *handle, uint32_t flags,
	const struct g_ipsec_la_sa_handle *sa_handle, uint32_t num_packets,
	const struct g_ipsec_la_packet *in_packets,
	struct g_ipsec_la_packet *out_packets,
	const struct g_ipsec_la_resp_args *resp);

/** @} */

#ifdef __cplusplus
}
#endif

#endif /* G_IPSEC_LA_H */
