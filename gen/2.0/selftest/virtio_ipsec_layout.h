/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * virtio-ipsec-la 2.0. The look-aside IPsec accelerator for new builds:
 * little-endian, naturally aligned, readable before writable, with attributes
 * that a minor version can add to.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_LAYOUT_H
#define VIRTIO_IPSEC_LAYOUT_H

#ifdef __KERNEL__
#include <linux/stddef.h>
#else
#include <stddef.h>
#endif
#include <linux/virtio_ipsec.h>

__extension__ _Static_assert(sizeof(struct virtio_ipsec_ctrl_hdr) == 8,
			     "ctrl_hdr has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_hdr, class) ==
			     0, "ctrl_hdr.class is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->class) == 2,
	"ctrl_hdr.class has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_hdr, command) ==
			     2, "ctrl_hdr.command is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->command) == 2,
	"ctrl_hdr.command has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_hdr, length) ==
			     4, "ctrl_hdr.length is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->length) == 4,
	"ctrl_hdr.length has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_ctrl_status) == 8,
			     "ctrl_status has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_status,
				      status) == 0,
			     "ctrl_status.status is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_status *)0)->status) == 4,
	"ctrl_status.status has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_status,
				      detail) == 4,
			     "ctrl_status.detail is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_status *)0)->detail) == 4,
	"ctrl_status.detail has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_capabilities) == 80,
			     "capabilities has 80 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      cipher_algorithms) == 0,
			     "capabilities.cipher_algorithms is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->cipher_algorithms) ==
	8, "capabilities.cipher_algorithms has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      auth_algorithms) == 8,
			     "capabilities.auth_algorithms is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->auth_algorithms) == 8,
	"capabilities.auth_algorithms has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      legacy_ciphers) == 16,
			     "capabilities.legacy_ciphers is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->legacy_ciphers) == 8,
	"capabilities.legacy_ciphers has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      legacy_auths) == 24,
			     "capabilities.legacy_auths is at 24");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->legacy_auths) == 8,
	"capabilities.legacy_auths has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      max_sas) == 32,
			     "capabilities.max_sas is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->max_sas) == 4,
	"capabilities.max_sas has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      max_groups) == 36,
			     "capabilities.max_groups is at 36");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->max_groups) == 4,
	"capabilities.max_groups has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      max_replay_window) == 40,
			     "capabilities.max_replay_window is at 40");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->max_replay_window) ==
	4, "capabilities.max_replay_window has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      max_packet_size) == 44,
			     "capabilities.max_packet_size is at 44");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->max_packet_size) == 4,
	"capabilities.max_packet_size has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      max_bundle) == 48,
			     "capabilities.max_bundle is at 48");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->max_bundle) == 4,
	"capabilities.max_bundle has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      max_packets) == 52,
			     "capabilities.max_packets is at 52");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->max_packets) == 4,
	"capabilities.max_packets has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      headroom) == 56,
			     "capabilities.headroom is at 56");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->headroom) == 4,
	"capabilities.headroom has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      tailroom) == 60,
			     "capabilities.tailroom is at 60");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->tailroom) == 4,
	"capabilities.tailroom has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      dh_groups) == 64,
			     "capabilities.dh_groups is at 64");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->dh_groups) == 8,
	"capabilities.dh_groups has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_capabilities,
				      reserved) == 72,
			     "capabilities.reserved is at 72");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_capabilities *)0)->reserved) == 8,
	"capabilities.reserved has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_set_capabilities) ==
			     16, "set_capabilities has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_set_capabilities,
				      legacy_ciphers) == 0,
			     "set_capabilities.legacy_ciphers is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_set_capabilities *)0)->legacy_ciphers) ==
	8, "set_capabilities.legacy_ciphers has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_set_capabilities,
				      legacy_auths) == 8,
			     "set_capabilities.legacy_auths is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_set_capabilities *)0)->legacy_auths) == 8,
	"set_capabilities.legacy_auths has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_group) == 8,
			     "group has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_group, group) == 0,
			     "group.group is at 0");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_group *)0)->group) ==
			     8, "group.group has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sa) == 16,
			     "sa has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa, group) == 0,
			     "sa.group is at 0");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_sa *)0)->group) == 8,
			     "sa.group has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa, sa) == 8,
			     "sa.sa is at 8");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_sa *)0)->sa) == 8,
			     "sa.sa has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_add_sa) == 16,
			     "add_sa has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_add_sa, group) == 0,
			     "add_sa.group is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_add_sa *)0)->group) == 8,
	"add_sa.group has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_add_sa, sa_count) ==
			     8, "add_sa.sa_count is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_add_sa *)0)->sa_count) == 4,
	"add_sa.sa_count has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_add_sa, reserved) ==
			     12, "add_sa.reserved is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_add_sa *)0)->reserved) == 4,
	"add_sa.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sa_entry) == 16,
			     "sa_entry has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_entry, spi) == 0,
			     "sa_entry.spi is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_entry *)0)->spi) == 4,
	"sa_entry.spi has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_entry, proto) ==
			     4, "sa_entry.proto is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_entry *)0)->proto) == 1,
	"sa_entry.proto has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_entry, mode) == 5,
			     "sa_entry.mode is at 5");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_entry *)0)->mode) == 1,
	"sa_entry.mode has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_entry, flags) ==
			     6, "sa_entry.flags is at 6");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_entry *)0)->flags) == 2,
	"sa_entry.flags has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_entry,
				      attributes_length) == 8,
			     "sa_entry.attributes_length is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_entry *)0)->attributes_length) == 4,
	"sa_entry.attributes_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_entry,
				      reserved) == 12,
			     "sa_entry.reserved is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_entry *)0)->reserved) == 4,
	"sa_entry.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_read_sas) == 24,
			     "read_sas has 24 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas, group) ==
			     0, "read_sas.group is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->group) == 8,
	"read_sas.group has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas, cursor) ==
			     8, "read_sas.cursor is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->cursor) == 8,
	"read_sas.cursor has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas, max_sas) ==
			     16, "read_sas.max_sas is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->max_sas) == 4,
	"read_sas.max_sas has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas,
				      reserved) == 20,
			     "read_sas.reserved is at 20");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->reserved) == 4,
	"read_sas.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_read_reply) == 16,
			     "read_reply has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_reply,
				      cursor) == 0,
			     "read_reply.cursor is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_reply *)0)->cursor) == 8,
	"read_reply.cursor has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_reply,
				      sa_count) == 8,
			     "read_reply.sa_count is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_reply *)0)->sa_count) == 4,
	"read_reply.sa_count has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_reply,
				      length) == 12,
			     "read_reply.length is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_reply *)0)->length) == 4,
	"read_reply.length has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sa_record) == 32,
			     "sa_record has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record, sa) == 0,
			     "sa_record.sa is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->sa) == 8,
	"sa_record.sa has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record,
				      sequence) == 8,
			     "sa_record.sequence is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->sequence) == 8,
	"sa_record.sequence has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record, spi) ==
			     16, "sa_record.spi is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->spi) == 4,
	"sa_record.spi has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record, proto) ==
			     20, "sa_record.proto is at 20");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->proto) == 1,
	"sa_record.proto has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record, mode) ==
			     21, "sa_record.mode is at 21");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->mode) == 1,
	"sa_record.mode has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record, flags) ==
			     22, "sa_record.flags is at 22");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->flags) == 2,
	"sa_record.flags has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record,
				      attributes_length) == 24,
			     "sa_record.attributes_length is at 24");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->attributes_length) == 4,
	"sa_record.attributes_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_record,
				      position) == 28,
			     "sa_record.position is at 28");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_record *)0)->position) == 4,
	"sa_record.position has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_headroom_tailroom) ==
			     8, "headroom_tailroom has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_headroom_tailroom,
				      headroom) == 0,
			     "headroom_tailroom.headroom is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_headroom_tailroom *)0)->headroom) == 4,
	"headroom_tailroom.headroom has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_headroom_tailroom,
				      tailroom) == 4,
			     "headroom_tailroom.tailroom is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_headroom_tailroom *)0)->tailroom) == 4,
	"headroom_tailroom.tailroom has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_amount) == 8,
			     "amount has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_amount, length) == 0,
			     "amount.length is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_amount *)0)->length) == 4,
	"amount.length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_amount, reserved) ==
			     4, "amount.reserved is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_amount *)0)->reserved) == 4,
	"amount.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_attr_hdr) == 8,
			     "attr_hdr has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_hdr, type) == 0,
			     "attr_hdr.type is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_hdr *)0)->type) == 2,
	"attr_hdr.type has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_hdr, length) ==
			     2, "attr_hdr.length is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_hdr *)0)->length) == 2,
	"attr_hdr.length has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_hdr,
				      reserved) == 4,
			     "attr_hdr.reserved is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_hdr *)0)->reserved) == 4,
	"attr_hdr.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_tunnel_ipv4) == 16,
			     "tunnel_ipv4 has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4,
				      saddr) == 0, "tunnel_ipv4.saddr is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->saddr) == 4,
	"tunnel_ipv4.saddr has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4,
				      daddr) == 4, "tunnel_ipv4.daddr is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->daddr) == 4,
	"tunnel_ipv4.daddr has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4,
				      dscp_handling) == 8,
			     "tunnel_ipv4.dscp_handling is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->dscp_handling) == 1,
	"tunnel_ipv4.dscp_handling has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4, dscp) ==
			     9, "tunnel_ipv4.dscp is at 9");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->dscp) == 1,
	"tunnel_ipv4.dscp has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4,
				      df_handling) == 10,
			     "tunnel_ipv4.df_handling is at 10");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->df_handling) == 1,
	"tunnel_ipv4.df_handling has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4, ecn) ==
			     11, "tunnel_ipv4.ecn is at 11");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->ecn) == 1,
	"tunnel_ipv4.ecn has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4, ttl) ==
			     12, "tunnel_ipv4.ttl is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->ttl) == 1,
	"tunnel_ipv4.ttl has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv4,
				      reserved) == 13,
			     "tunnel_ipv4.reserved is at 13");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->reserved) == 3,
	"tunnel_ipv4.reserved has 3 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_tunnel_ipv6) == 40,
			     "tunnel_ipv6 has 40 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6,
				      saddr) == 0, "tunnel_ipv6.saddr is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->saddr) == 16,
	"tunnel_ipv6.saddr has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6,
				      daddr) == 16,
			     "tunnel_ipv6.daddr is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->daddr) == 16,
	"tunnel_ipv6.daddr has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6,
				      flow_label) == 32,
			     "tunnel_ipv6.flow_label is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->flow_label) == 4,
	"tunnel_ipv6.flow_label has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6,
				      dscp_handling) == 36,
			     "tunnel_ipv6.dscp_handling is at 36");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->dscp_handling) == 1,
	"tunnel_ipv6.dscp_handling has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6, dscp) ==
			     37, "tunnel_ipv6.dscp is at 37");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->dscp) == 1,
	"tunnel_ipv6.dscp has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6, ecn) ==
			     38, "tunnel_ipv6.ecn is at 38");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->ecn) == 1,
	"tunnel_ipv6.ecn has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_ipv6,
				      hop_limit) == 39,
			     "tunnel_ipv6.hop_limit is at 39");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->hop_limit) == 1,
	"tunnel_ipv6.hop_limit has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_attr_cipher) == 8,
			     "attr_cipher has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_cipher,
				      algorithm) == 0,
			     "attr_cipher.algorithm is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_cipher *)0)->algorithm) == 2,
	"attr_cipher.algorithm has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_cipher,
				      key_length) == 2,
			     "attr_cipher.key_length is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_cipher *)0)->key_length) == 2,
	"attr_cipher.key_length has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_cipher,
				      salt_length) == 4,
			     "attr_cipher.salt_length is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_cipher *)0)->salt_length) == 2,
	"attr_cipher.salt_length has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_cipher,
				      reserved) == 6,
			     "attr_cipher.reserved is at 6");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_cipher *)0)->reserved) == 2,
	"attr_cipher.reserved has 2 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_attr_auth) == 8,
			     "attr_auth has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_auth,
				      algorithm) == 0,
			     "attr_auth.algorithm is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_auth *)0)->algorithm) == 2,
	"attr_auth.algorithm has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_auth,
				      key_length) == 2,
			     "attr_auth.key_length is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_auth *)0)->key_length) == 2,
	"attr_auth.key_length has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_auth,
				      salt_length) == 4,
			     "attr_auth.salt_length is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_auth *)0)->salt_length) == 2,
	"attr_auth.salt_length has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_attr_auth,
				      reserved) == 6,
			     "attr_auth.reserved is at 6");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_attr_auth *)0)->reserved) == 2,
	"attr_auth.reserved has 2 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_udp_encapsulation) ==
			     8, "udp_encapsulation has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_udp_encapsulation,
				      sport) == 0,
			     "udp_encapsulation.sport is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_udp_encapsulation *)0)->sport) == 2,
	"udp_encapsulation.sport has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_udp_encapsulation,
				      dport) == 2,
			     "udp_encapsulation.dport is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_udp_encapsulation *)0)->dport) == 2,
	"udp_encapsulation.dport has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_udp_encapsulation,
				      reserved) == 4,
			     "udp_encapsulation.reserved is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_udp_encapsulation *)0)->reserved) == 4,
	"udp_encapsulation.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_original_address) ==
			     24, "original_address has 24 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_original_address,
				      version) == 0,
			     "original_address.version is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_original_address *)0)->version) == 1,
	"original_address.version has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_original_address,
				      reserved) == 1,
			     "original_address.reserved is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_original_address *)0)->reserved) == 7,
	"original_address.reserved has 7 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_original_address,
				      address) == 8,
			     "original_address.address is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_original_address *)0)->address) == 16,
	"original_address.address has 16 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_replay_window) == 16,
			     "replay_window has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_replay_window,
				      size) == 0, "replay_window.size is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_replay_window *)0)->size) == 4,
	"replay_window.size has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_replay_window,
				      bitmap_length) == 4,
			     "replay_window.bitmap_length is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_replay_window *)0)->bitmap_length) == 4,
	"replay_window.bitmap_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_replay_window,
				      highest) == 8,
			     "replay_window.highest is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_replay_window *)0)->highest) == 8,
	"replay_window.highest has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sequence) == 16,
			     "sequence has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sequence, last) == 0,
			     "sequence.last is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sequence *)0)->last) == 8,
	"sequence.last has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sequence,
				      notify_at) == 8,
			     "sequence.notify_at is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sequence *)0)->notify_at) == 8,
	"sequence.notify_at has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_lifetime) == 32,
			     "lifetime has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_lifetime,
				      soft_bytes) == 0,
			     "lifetime.soft_bytes is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_lifetime *)0)->soft_bytes) == 8,
	"lifetime.soft_bytes has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_lifetime,
				      hard_bytes) == 8,
			     "lifetime.hard_bytes is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_lifetime *)0)->hard_bytes) == 8,
	"lifetime.hard_bytes has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_lifetime,
				      soft_packets) == 16,
			     "lifetime.soft_packets is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_lifetime *)0)->soft_packets) == 8,
	"lifetime.soft_packets has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_lifetime,
				      hard_packets) == 24,
			     "lifetime.hard_packets is at 24");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_lifetime *)0)->hard_packets) == 8,
	"lifetime.hard_packets has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_tfc) == 8,
			     "tfc has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tfc, pad_to) == 0,
			     "tfc.pad_to is at 0");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_tfc *)0)->pad_to) ==
			     4, "tfc.pad_to has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tfc, reserved) == 4,
			     "tfc.reserved is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tfc *)0)->reserved) == 4,
	"tfc.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_notify) == 16,
			     "notify has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notify, events) == 0,
			     "notify.events is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notify *)0)->events) == 8,
	"notify.events has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notify, interval) ==
			     8, "notify.interval is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notify *)0)->interval) == 8,
	"notify.interval has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sa_statistics) == 96,
			     "sa_statistics has 96 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      packets) == 0,
			     "sa_statistics.packets is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->packets) == 8,
	"sa_statistics.packets has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      bytes) == 8,
			     "sa_statistics.bytes is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->bytes) == 8,
	"sa_statistics.bytes has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      invalid_packet) == 16,
			     "sa_statistics.invalid_packet is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_packet) == 8,
	"sa_statistics.invalid_packet has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      invalid_pad) == 24,
			     "sa_statistics.invalid_pad is at 24");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_pad) == 8,
	"sa_statistics.invalid_pad has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      invalid_sequence) == 32,
			     "sa_statistics.invalid_sequence is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_sequence) ==
	8, "sa_statistics.invalid_sequence has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      replay_late) == 40,
			     "sa_statistics.replay_late is at 40");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->replay_late) == 8,
	"sa_statistics.replay_late has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      replayed) == 48,
			     "sa_statistics.replayed is at 48");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->replayed) == 8,
	"sa_statistics.replayed has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      invalid_icv) == 56,
			     "sa_statistics.invalid_icv is at 56");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_icv) == 8,
	"sa_statistics.invalid_icv has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      sequence_overflow) == 64,
			     "sa_statistics.sequence_overflow is at 64");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->sequence_overflow) ==
	8, "sa_statistics.sequence_overflow has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      crypto_failed) == 72,
			     "sa_statistics.crypto_failed is at 72");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->crypto_failed) == 8,
	"sa_statistics.crypto_failed has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      no_tail_room) == 80,
			     "sa_statistics.no_tail_room is at 80");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->no_tail_room) == 8,
	"sa_statistics.no_tail_room has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_statistics,
				      submit_failed) == 88,
			     "sa_statistics.submit_failed is at 88");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_statistics *)0)->submit_failed) == 8,
	"sa_statistics.submit_failed has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_state_chunk) == 24,
			     "state_chunk has 24 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_state_chunk,
				      offset) == 0,
			     "state_chunk.offset is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_state_chunk *)0)->offset) == 8,
	"state_chunk.offset has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_state_chunk,
				      total) == 8, "state_chunk.total is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_state_chunk *)0)->total) == 8,
	"state_chunk.total has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_state_chunk,
				      length) == 16,
			     "state_chunk.length is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_state_chunk *)0)->length) == 4,
	"state_chunk.length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_state_chunk,
				      reserved) == 20,
			     "state_chunk.reserved is at 20");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_state_chunk *)0)->reserved) == 4,
	"state_chunk.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_save_state) == 16,
			     "save_state has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_save_state,
				      offset) == 0,
			     "save_state.offset is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_save_state *)0)->offset) == 8,
	"save_state.offset has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_save_state,
				      max_length) == 8,
			     "save_state.max_length is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_save_state *)0)->max_length) == 4,
	"save_state.max_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_save_state,
				      reserved) == 12,
			     "save_state.reserved is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_save_state *)0)->reserved) == 4,
	"save_state.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_dh_generate) == 8,
			     "dh_generate has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_dh_generate,
				      dh_group) == 0,
			     "dh_generate.dh_group is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_dh_generate *)0)->dh_group) == 2,
	"dh_generate.dh_group has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_dh_generate,
				      reserved) == 2,
			     "dh_generate.reserved is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_dh_generate *)0)->reserved) == 6,
	"dh_generate.reserved has 6 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_dh_public) == 16,
			     "dh_public has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_dh_public, dh) == 0,
			     "dh_public.dh is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_dh_public *)0)->dh) == 8,
	"dh_public.dh has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_dh_public, length) ==
			     8, "dh_public.length is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_dh_public *)0)->length) == 4,
	"dh_public.length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_dh_public,
				      reserved) == 12,
			     "dh_public.reserved is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_dh_public *)0)->reserved) == 4,
	"dh_public.reserved has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_dh) == 8,
			     "dh has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_dh, dh) == 0,
			     "dh.dh is at 0");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_dh *)0)->dh) == 8,
			     "dh.dh has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_data_req) == 32,
			     "data_req has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req, sa) == 0,
			     "data_req.sa is at 0");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_data_req *)0)->sa) ==
			     8, "data_req.sa has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req,
				      input_length) == 8,
			     "data_req.input_length is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->input_length) == 4,
	"data_req.input_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req,
				      output_capacity) == 12,
			     "data_req.output_capacity is at 12");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->output_capacity) == 4,
	"data_req.output_capacity has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req,
				      operation) == 16,
			     "data_req.operation is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->operation) == 2,
	"data_req.operation has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req, flags) ==
			     18, "data_req.flags is at 18");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->flags) == 2,
	"data_req.flags has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req,
				      following) == 20,
			     "data_req.following is at 20");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->following) == 2,
	"data_req.following has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req,
				      reserved) == 22,
			     "data_req.reserved is at 22");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->reserved) == 2,
	"data_req.reserved has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_req, cookie) ==
			     24, "data_req.cookie is at 24");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_req *)0)->cookie) == 8,
	"data_req.cookie has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_data_completion) == 16,
			     "data_completion has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_completion,
				      status) == 0,
			     "data_completion.status is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_completion *)0)->status) == 4,
	"data_completion.status has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_completion,
				      output_length) == 4,
			     "data_completion.output_length is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_completion *)0)->output_length) == 4,
	"data_completion.output_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_completion,
				      sequence) == 8,
			     "data_completion.sequence is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_completion *)0)->sequence) == 8,
	"data_completion.sequence has 8 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_notification) == 32,
			     "notification has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      event) == 0,
			     "notification.event is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->event) == 2,
	"notification.event has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      reserved) == 2,
			     "notification.reserved is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->reserved) == 2,
	"notification.reserved has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      coalesced) == 4,
			     "notification.coalesced is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->coalesced) == 4,
	"notification.coalesced has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      group) == 8,
			     "notification.group is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->group) == 8,
	"notification.group has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification, sa) ==
			     16, "notification.sa is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->sa) == 8,
	"notification.sa has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      value) == 24,
			     "notification.value is at 24");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->value) == 8,
	"notification.value has 8 bytes");

#endif /* VIRTIO_IPSEC_LAYOUT_H */
