// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Features, and the names of numbers: tables made from the definitions.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/virtio_ipsec.h>

#include "tables.h"

const unsigned int vipsec_features[20] = {
	VIRTIO_IPSEC_F_SG_BUFFERS,
	VIRTIO_IPSEC_F_AH,
	VIRTIO_IPSEC_F_WESP,
	VIRTIO_IPSEC_F_SA_BUNDLES,
	VIRTIO_IPSEC_F_UDP_ENCAPSULATION,
	VIRTIO_IPSEC_F_TFC,
	VIRTIO_IPSEC_F_ESN,
	VIRTIO_IPSEC_F_ECN,
	VIRTIO_IPSEC_F_DF,
	VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK,
	VIRTIO_IPSEC_F_IPV6_SUPPORT,
	VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY,
	VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY,
	VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY,
	VIRTIO_IPSEC_F_SA_STATISTICS,
	VIRTIO_IPSEC_F_HARD_LIFETIME,
	VIRTIO_IPSEC_F_STATE,
	VIRTIO_IPSEC_F_DH,
	VIRTIO_IPSEC_F_LEGACY_ALGORITHMS,
	VIRTIO_IPSEC_F_MULTI_PACKET,
};

const unsigned int vipsec_notify_features[3] = {
	VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY,
	VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY,
	VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY,
};

/* By number: a kernel's headers may not have the names yet. */
const struct vipsec_dependency vipsec_dependencies[4] = {
	{ 34, 32 },	/* VIRTIO_F_RING_PACKED needs VIRTIO_F_VERSION_1 */
	{ 35, 32 },	/* VIRTIO_F_IN_ORDER needs VIRTIO_F_VERSION_1 */
	{ 38, 32 },	/* VIRTIO_F_NOTIFICATION_DATA needs VIRTIO_F_VERSION_1 */
	{ 40, 32 },	/* VIRTIO_F_RING_RESET needs VIRTIO_F_VERSION_1 */
};

const struct vipsec_name vipsec_feature_names[] = {
	{ VIRTIO_IPSEC_F_SG_BUFFERS, "sg_buffers" },
	{ VIRTIO_IPSEC_F_AH, "ah" },
	{ VIRTIO_IPSEC_F_WESP, "wesp" },
	{ VIRTIO_IPSEC_F_SA_BUNDLES, "sa_bundles" },
	{ VIRTIO_IPSEC_F_UDP_ENCAPSULATION, "udp_encapsulation" },
	{ VIRTIO_IPSEC_F_TFC, "tfc" },
	{ VIRTIO_IPSEC_F_ESN, "esn" },
	{ VIRTIO_IPSEC_F_ECN, "ecn" },
	{ VIRTIO_IPSEC_F_DF, "df" },
	{ VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK, "anti_replay_check" },
	{ VIRTIO_IPSEC_F_IPV6_SUPPORT, "ipv6_support" },
	{ VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY, "soft_lifetime_bytes_notify" },
	{ VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY, "seqnum_overflow_notify" },
	{ VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY, "seqnum_periodic_notify" },
	{ VIRTIO_IPSEC_F_SA_STATISTICS, "sa_statistics" },
	{ VIRTIO_IPSEC_F_HARD_LIFETIME, "hard_lifetime" },
	{ VIRTIO_IPSEC_F_STATE, "state" },
	{ VIRTIO_IPSEC_F_DH, "dh" },
	{ VIRTIO_IPSEC_F_LEGACY_ALGORITHMS, "legacy_algorithms" },
	{ VIRTIO_IPSEC_F_MULTI_PACKET, "multi_packet" },
	{ 0, NULL },
};

const struct vipsec_name vipsec_command_names[] = {
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_GENERIC,
			 VIRTIO_IPSEC_CTRL_GET_CAPABILITIES), "get_capabilities" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_GENERIC,
			 VIRTIO_IPSEC_CTRL_SET_CAPABILITIES), "set_capabilities" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_GET_RAND_DATA,
			 VIRTIO_IPSEC_GET_RAND_NUM), "get_random" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_ADD_GROUP), "add_group" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_DELETE_GROUP), "delete_group" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_ADD_OUT_SA), "add_out_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_DEL_OUT_SA), "del_out_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA), "update_out_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_READ_OUT_SA), "read_out_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAS), "read_first_n_out_sas" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAS), "read_next_n_out_sas" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_ADD_IN_SA), "add_in_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_DEL_IN_SA), "del_in_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_UPDATE_IN_SA), "update_in_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_READ_IN_SA), "read_in_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAS), "read_first_n_in_sas" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAS), "read_next_n_in_sas" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_FLUSH_SA), "flush_sa" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL), "flush_sa_all" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_SA,
			 VIRTIO_IPSEC_GET_HEADROOM_TAILROOM_SIZE), "get_headroom_tailroom_size" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_ADVANCED,
			 VIRTIO_IPSEC_CTRL_SAVE_STATE), "save_state" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_ADVANCED,
			 VIRTIO_IPSEC_CTRL_RESTORE_STATE), "restore_state" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_ADVANCED,
			 VIRTIO_IPSEC_CTRL_DH_GENERATE), "dh_generate" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_ADVANCED,
			 VIRTIO_IPSEC_CTRL_DH_COMPUTE), "dh_compute" },
	{ VIPSEC_COMMAND(VIRTIO_IPSEC_CTRL_ADVANCED,
			 VIRTIO_IPSEC_CTRL_DH_DELETE), "dh_delete" },
	{ 0, NULL },
};

const struct vipsec_name vipsec_status_names[] = {
	{ VIRTIO_IPSEC_S_OK, "ok" },
	{ VIRTIO_IPSEC_S_MALFORMED, "malformed" },
	{ VIRTIO_IPSEC_S_UNKNOWN_COMMAND, "unknown_command" },
	{ VIRTIO_IPSEC_S_UNSUPPORTED_ALGORITHM, "unsupported_algorithm" },
	{ VIRTIO_IPSEC_S_UNSUPPORTED_FEATURE, "unsupported_feature" },
	{ VIRTIO_IPSEC_S_UNKNOWN_ATTRIBUTE, "unknown_attribute" },
	{ VIRTIO_IPSEC_S_NO_SUCH_SA, "no_such_sa" },
	{ VIRTIO_IPSEC_S_NO_SUCH_GROUP, "no_such_group" },
	{ VIRTIO_IPSEC_S_NO_RESOURCES, "no_resources" },
	{ VIRTIO_IPSEC_S_KEY_REJECTED, "key_rejected" },
	{ VIRTIO_IPSEC_S_NO_SPACE, "no_space" },
	{ VIRTIO_IPSEC_S_GROUP_IN_USE, "group_in_use" },
	{ VIRTIO_IPSEC_S_INVALID_STATE, "invalid_state" },
	{ VIRTIO_IPSEC_S_INVALID_VALUE, "invalid_value" },
	{ VIRTIO_IPSEC_S_INTERNAL, "internal" },
	{ VIRTIO_IPSEC_S_TOO_SHORT, "too_short" },
	{ VIRTIO_IPSEC_S_BAD_PADDING, "bad_padding" },
	{ VIRTIO_IPSEC_S_BAD_ICV, "bad_icv" },
	{ VIRTIO_IPSEC_S_REPLAYED, "replayed" },
	{ VIRTIO_IPSEC_S_LATE, "late" },
	{ VIRTIO_IPSEC_S_WRONG_PROTOCOL, "wrong_protocol" },
	{ VIRTIO_IPSEC_S_WRONG_MODE, "wrong_mode" },
	{ VIRTIO_IPSEC_S_HARD_LIFETIME, "hard_lifetime" },
	{ VIRTIO_IPSEC_S_SEQUENCE_EXHAUSTED, "sequence_exhausted" },
	{ VIRTIO_IPSEC_S_UNSUPPORTED_OPTION, "unsupported_option" },
	{ VIRTIO_IPSEC_S_NO_TAIL_ROOM, "no_tail_room" },
	{ VIRTIO_IPSEC_S_TOO_BIG, "too_big" },
	{ VIRTIO_IPSEC_S_DUMMY, "dummy" },
	{ VIRTIO_IPSEC_S_ECN_VIOLATION, "ecn_violation" },
	{ VIRTIO_IPSEC_S_CRYPTO_FAILED, "crypto_failed" },
	{ 0, NULL },
};

const struct vipsec_name vipsec_event_names[] = {
	{ VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES, "soft_lifetime_bytes" },
	{ VIRTIO_IPSEC_NOTIFY_BEFORE_SEQNUM_OVERFLOW, "before_seqnum_overflow" },
	{ VIRTIO_IPSEC_NOTIFY_SEQNUM_PERIODIC, "seqnum_periodic" },
	{ VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_PACKETS, "soft_lifetime_packets" },
	{ VIRTIO_IPSEC_NOTIFY_HARD_LIFETIME, "hard_lifetime" },
	{ 0, NULL },
};

const struct vipsec_name vipsec_cipher_names[] = {
	{ VIRTIO_IPSEC_CIPHER_NONE, "cipher_none" },
	{ VIRTIO_IPSEC_DES_CBC, "des_cbc" },
	{ VIRTIO_IPSEC_3DES_CBC, "3des_cbc" },
	{ VIRTIO_IPSEC_ESP_NULL, "esp_null" },
	{ VIRTIO_IPSEC_AES_CBC, "aes_cbc" },
	{ VIRTIO_IPSEC_AESCTR, "aesctr" },
	{ VIRTIO_IPSEC_AES_CCM_ICV8, "aes_ccm_icv8" },
	{ VIRTIO_IPSEC_AES_CCM_ICV12, "aes_ccm_icv12" },
	{ VIRTIO_IPSEC_AES_CCM_ICV16, "aes_ccm_icv16" },
	{ VIRTIO_IPSEC_AES_GCM_ICV8, "aes_gcm_icv8" },
	{ VIRTIO_IPSEC_AES_GCM_ICV12, "aes_gcm_icv12" },
	{ VIRTIO_IPSEC_AES_GCM_ICV16, "aes_gcm_icv16" },
	{ VIRTIO_IPSEC_AES_GMAC, "aes_gmac" },
	{ VIRTIO_IPSEC_CHACHA20_POLY1305, "chacha20_poly1305" },
	{ 0, NULL },
};

const struct vipsec_name vipsec_auth_names[] = {
	{ VIRTIO_IPSEC_HMAC_NULL, "hmac_null" },
	{ VIRTIO_IPSEC_HMAC_MD5, "hmac_md5" },
	{ VIRTIO_IPSEC_HMAC_SHA1, "hmac_sha1" },
	{ VIRTIO_IPSEC_HMAC_AES_XCBC_MAC, "hmac_aes_xcbc_mac" },
	{ VIRTIO_IPSEC_HMAC_SHA256, "hmac_sha256" },
	{ VIRTIO_IPSEC_HMAC_SHA384, "hmac_sha384" },
	{ VIRTIO_IPSEC_HMAC_SHA512, "hmac_sha512" },
	{ VIRTIO_IPSEC_HMAC_SHA1_160, "hmac_sha1_160" },
	{ VIRTIO_IPSEC_HMAC_AES_CMAC, "hmac_aes_cmac" },
	{ VIRTIO_IPSEC_HMAC_AES_GMAC, "hmac_aes_gmac" },
	{ 0, NULL },
};

/**
 * vipsec_name_of() - what a number is called
 * @names: a table
 * @number: the number
 *
 * Return: the name, or NULL if it has none.
 */
const char *vipsec_name_of(const struct vipsec_name *names, u32 number)
{
	for (; names->name; names++) {
		if (names->number == number)
			return names->name;
	}
	return NULL;
}

/**
 * vipsec_number_of() - what number has a name
 * @names: a table
 * @name: the name
 *
 * Return: the number, or -EINVAL if none has.
 */
int vipsec_number_of(const struct vipsec_name *names, const char *name)
{
	for (; names->name; names++) {
		if (!strcmp(names->name, name))
			return names->number;
	}
	return -EINVAL;
}
