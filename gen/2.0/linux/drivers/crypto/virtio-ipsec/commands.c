// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Commands that are about the device as a whole.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/string.h>

#include "control.h"

/**
 * vipsec_errno() - what a status of the device means to the driver's users
 * @status: the status, as the device gave it
 *
 * Return: 0, or a negative error; -EPROTO for a status that is none.
 */
int vipsec_errno(u32 status)
{
	switch (status) {
	case VIRTIO_IPSEC_S_OK:
		return 0;
	case VIRTIO_IPSEC_S_MALFORMED:
	case VIRTIO_IPSEC_S_INVALID_VALUE:
	case VIRTIO_IPSEC_S_UNKNOWN_ATTRIBUTE:
	case VIRTIO_IPSEC_S_INVALID_STATE:
		return -EINVAL;
	case VIRTIO_IPSEC_S_UNKNOWN_COMMAND:
	case VIRTIO_IPSEC_S_UNSUPPORTED_ALGORITHM:
	case VIRTIO_IPSEC_S_UNSUPPORTED_FEATURE:
	case VIRTIO_IPSEC_S_UNSUPPORTED_OPTION:
		return -EOPNOTSUPP;
	case VIRTIO_IPSEC_S_NO_SUCH_SA:
	case VIRTIO_IPSEC_S_NO_SUCH_GROUP:
		return -ENOENT;
	case VIRTIO_IPSEC_S_NO_RESOURCES:
		return -ENOMEM;
	case VIRTIO_IPSEC_S_KEY_REJECTED:
	case VIRTIO_IPSEC_S_HARD_LIFETIME:
	case VIRTIO_IPSEC_S_SEQUENCE_EXHAUSTED:
		return -EKEYREJECTED;
	case VIRTIO_IPSEC_S_NO_SPACE:
		return -ENOSPC;
	case VIRTIO_IPSEC_S_GROUP_IN_USE:
		return -EBUSY;
	case VIRTIO_IPSEC_S_NO_TAIL_ROOM:
	case VIRTIO_IPSEC_S_TOO_BIG:
		return -EMSGSIZE;
	case VIRTIO_IPSEC_S_TOO_SHORT:
	case VIRTIO_IPSEC_S_BAD_PADDING:
	case VIRTIO_IPSEC_S_BAD_ICV:
	case VIRTIO_IPSEC_S_REPLAYED:
	case VIRTIO_IPSEC_S_LATE:
	case VIRTIO_IPSEC_S_WRONG_PROTOCOL:
	case VIRTIO_IPSEC_S_WRONG_MODE:
	case VIRTIO_IPSEC_S_DUMMY:
	case VIRTIO_IPSEC_S_ECN_VIOLATION:
		return -EBADMSG;
	case VIRTIO_IPSEC_S_INTERNAL:
	case VIRTIO_IPSEC_S_CRYPTO_FAILED:
		return -EIO;
	default:
		return -EPROTO;
	}
}

/**
 * vipsec_get_limits() - ask the device what it can do
 * @vi: the accelerator, locked
 *
 * Return: 0 or a negative error.
 */
int vipsec_get_limits(struct vipsec *vi)
{
	struct virtio_ipsec_get_capabilities_req_view request = {};
	struct virtio_ipsec_get_capabilities_resp_view answer;
	const struct virtio_ipsec_capabilities *found;
	struct vipsec_limits *limits = &vi->limits;
	struct vipsec_command *command;
	int err;

	command = vipsec_command_alloc(sizeof(struct virtio_ipsec_ctrl_hdr),
				       VIPSEC_STATUS_ROOM + sizeof(*found));
	if (!command)
		return -ENOMEM;
	err = vipsec_execute(vi, command, virtio_ipsec_build_get_capabilities_req(
		command->request, command->request_room, &request));
	if (!err && virtio_ipsec_parse_get_capabilities_resp(command->copy, command->used, &answer))
		err = vipsec_broken_answer(vi);
	if (err) {
		dev_err(&vi->vdev->dev, "the device does not say what it can do: %d\n", err);
		goto put;
	}
	found = answer.capabilities;
	limits->ciphers = le64_to_cpu(found->cipher_algorithms);
	limits->auths = le64_to_cpu(found->auth_algorithms);
	limits->legacy_ciphers = le64_to_cpu(found->legacy_ciphers);
	limits->legacy_auths = le64_to_cpu(found->legacy_auths);
	limits->max_sas = le32_to_cpu(found->max_sas);
	limits->max_window = le32_to_cpu(found->max_replay_window);
	limits->max_packet = min_t(u32, le32_to_cpu(found->max_packet_size),
				   VIRTIO_IPSEC_MAX_INPUT);
	limits->headroom = min_t(u32, le32_to_cpu(found->headroom), U16_MAX);
	limits->tailroom = min_t(u32, le32_to_cpu(found->tailroom), U16_MAX);
	limits->max_chain = 1;
	if (virtio_has_feature(vi->vdev, VIRTIO_IPSEC_F_MULTI_PACKET))
		limits->max_chain = clamp_t(u32, le32_to_cpu(found->max_packets), 1, VIPSEC_CHAIN);
put:
	vipsec_command_put(command);
	return err;
}

/**
 * vipsec_enable_legacy() - turn on algorithms that are no longer safe
 * @vi: the accelerator, locked
 * @ciphers: bit n set for cipher n
 * @auths: bit n set for integrity algorithm n
 *
 * Return: 0 or a negative error.
 */
int vipsec_enable_legacy(struct vipsec *vi, u64 ciphers, u64 auths)
{
	struct virtio_ipsec_set_capabilities wanted = {
		.legacy_ciphers = cpu_to_le64(ciphers),
		.legacy_auths = cpu_to_le64(auths),
	};
	struct virtio_ipsec_set_capabilities_req_view request = { .set_capabilities = &wanted };
	struct vipsec_command *command;
	int err;

	if (!virtio_has_feature(vi->vdev, VIRTIO_IPSEC_F_LEGACY_ALGORITHMS))
		return -EOPNOTSUPP;
	command = vipsec_command_alloc(sizeof(struct virtio_ipsec_ctrl_hdr) + sizeof(wanted),
				       VIPSEC_STATUS_ROOM);
	if (!command)
		return -ENOMEM;
	err = vipsec_execute(vi, command, virtio_ipsec_build_set_capabilities_req(
		command->request, command->request_room, &request));
	vipsec_command_put(command);
	if (!err) {
		vi->legacy_ciphers = ciphers;
		vi->legacy_auths = auths;
	}
	return err;
}

/**
 * vipsec_resume_legacy() - turn on again, after a reset, what was on
 * @vi: the accelerator, locked
 *
 * Return: 0 or a negative error.
 */
int vipsec_resume_legacy(struct vipsec *vi)
{
	if (!vi->legacy_ciphers && !vi->legacy_auths)
		return 0;
	return vipsec_enable_legacy(vi, vi->legacy_ciphers, vi->legacy_auths);
}

/**
 * vipsec_random() - ask the device for random bytes
 * @vi: the accelerator, locked
 * @bytes: where they go
 * @count: how many; at most VIRTIO_IPSEC_MAX_RANDOM
 *
 * Return: 0 or a negative error.
 */
int vipsec_random(struct vipsec *vi, void *bytes, u32 count)
{
	struct virtio_ipsec_amount amount = { .length = cpu_to_le32(count) };
	struct virtio_ipsec_get_random_req_view request = { .amount = &amount };
	struct virtio_ipsec_get_random_resp_view answer;
	struct vipsec_command *command;
	int err;

	if (count > VIRTIO_IPSEC_MAX_RANDOM)
		return -EINVAL;
	command = vipsec_command_alloc(sizeof(struct virtio_ipsec_ctrl_hdr) + sizeof(amount),
				       VIPSEC_STATUS_ROOM + sizeof(amount) + count);
	if (!command)
		return -ENOMEM;
	err = vipsec_execute(vi, command, virtio_ipsec_build_get_random_req(
		command->request, command->request_room, &request));
	if (!err && (virtio_ipsec_parse_get_random_resp(command->copy, command->used, &answer) ||
		     answer.random_len != count))
		err = vipsec_broken_answer(vi);
	if (!err)
		memcpy(bytes, answer.random, count);
	vipsec_command_put(command);
	return err;
}
