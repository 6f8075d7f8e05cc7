/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * virtio-ipsec-la 0.4. The look-aside IPsec accelerator as the document of
 * 2015 describes it, taken at its letter.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 0.4
 */
#ifndef VIRTIO_IPSEC_LAYOUT_H
#define VIRTIO_IPSEC_LAYOUT_H

#ifdef __KERNEL__
#include <linux/stddef.h>
#else
#include <stddef.h>
#endif
#include <linux/virtio_ipsec.h>

__extension__ _Static_assert(sizeof(struct virtio_ipsec_ctrl_hdr) == 2,
			     "ctrl_hdr has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_hdr, class) ==
			     0, "ctrl_hdr.class is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->class) == 1,
	"ctrl_hdr.class has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_hdr, cmd) == 1,
			     "ctrl_hdr.cmd is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->cmd) == 1,
	"ctrl_hdr.cmd has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_ctrl_result) == 2,
			     "ctrl_result has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_result,
				      result) == 0,
			     "ctrl_result.result is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_result *)0)->result) == 1,
	"ctrl_result.result has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_result,
				      result_data) == 1,
			     "ctrl_result.result_data is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_result *)0)->result_data) == 1,
	"ctrl_result.result_data has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_ctrl_capabilities) ==
			     8, "ctrl_capabilities has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_capabilities,
				      hmac_algorithms) == 0,
			     "ctrl_capabilities.hmac_algorithms is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_capabilities *)0)->hmac_algorithms) == 4, "ctrl_capabilities.hmac_algorithms has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ctrl_capabilities,
				      cipher_algorithms) == 4,
			     "ctrl_capabilities.cipher_algorithms is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ctrl_capabilities *)0)->cipher_algorithms) == 4, "ctrl_capabilities.cipher_algorithms has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_set_guest_endian) == 1,
			     "set_guest_endian has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_set_guest_endian,
				      endian) == 0,
			     "set_guest_endian.endian is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_set_guest_endian *)0)->endian) == 1,
	"set_guest_endian.endian has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_group_add) == 32,
			     "group_add has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_group_add,
				      group_handle) == 0,
			     "group_add.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_group_add *)0)->group_handle) == 32,
	"group_add.group_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_group_delete) == 32,
			     "group_delete has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_group_delete,
				      group_handle) == 0,
			     "group_delete.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_group_delete *)0)->group_handle) == 32,
	"group_delete.group_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_flush_sa) == 32,
			     "flush_sa has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_flush_sa,
				      group_handle) == 0,
			     "flush_sa.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_flush_sa *)0)->group_handle) == 32,
	"flush_sa.group_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_create_sa) == 72,
			     "create_sa has 72 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_create_sa,
				      group_handle) == 0,
			     "create_sa.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_create_sa *)0)->group_handle) == 32,
	"create_sa.group_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_create_sa,
				      sa_handle) == 32,
			     "create_sa.sa_handle is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_create_sa *)0)->sa_handle) == 32,
	"create_sa.sa_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_create_sa,
				      num_sas) == 64,
			     "create_sa.num_sas is at 64");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_create_sa *)0)->num_sas) == 4,
	"create_sa.num_sas has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_create_sa, sa_len) ==
			     68, "create_sa.sa_len is at 68");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_create_sa *)0)->sa_len) == 4,
	"create_sa.sa_len has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sa_handle) == 32,
			     "sa_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_handle,
				      sa_handle) == 0,
			     "sa_handle.sa_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_handle *)0)->sa_handle) == 32,
	"sa_handle.sa_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_sa_params) == 11,
			     "sa_params has 11 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_params, spi) == 0,
			     "sa_params.spi is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_params *)0)->spi) == 4,
	"sa_params.spi has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_params, proto) ==
			     4, "sa_params.proto is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_params *)0)->proto) == 1,
	"sa_params.proto has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_params, flags) ==
			     5, "sa_params.flags is at 5");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_params *)0)->flags) == 2,
	"sa_params.flags has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_sa_params,
				      anti_replay_window) == 7,
			     "sa_params.anti_replay_window is at 7");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_sa_params *)0)->anti_replay_window) == 4,
	"sa_params.anti_replay_window has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_tunnel_hdr_ipv4) == 10,
			     "tunnel_hdr_ipv4 has 10 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv4,
				      saddr) == 0,
			     "tunnel_hdr_ipv4.saddr is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->saddr) == 4,
	"tunnel_hdr_ipv4.saddr has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv4,
				      daddr) == 4,
			     "tunnel_hdr_ipv4.daddr is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->daddr) == 4,
	"tunnel_hdr_ipv4.daddr has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv4,
				      handling) == 8,
			     "tunnel_hdr_ipv4.handling is at 8");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->handling) == 1,
	"tunnel_hdr_ipv4.handling has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv4,
				      dscp) == 9,
			     "tunnel_hdr_ipv4.dscp is at 9");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->dscp) == 1,
	"tunnel_hdr_ipv4.dscp has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_tunnel_hdr_ipv6) == 34,
			     "tunnel_hdr_ipv6 has 34 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv6,
				      saddr) == 0,
			     "tunnel_hdr_ipv6.saddr is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->saddr) == 16,
	"tunnel_hdr_ipv6.saddr has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv6,
				      daddr) == 16,
			     "tunnel_hdr_ipv6.daddr is at 16");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->daddr) == 16,
	"tunnel_hdr_ipv6.daddr has 16 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv6,
				      handling) == 32,
			     "tunnel_hdr_ipv6.handling is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->handling) == 1,
	"tunnel_hdr_ipv6.handling has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_tunnel_hdr_ipv6,
				      dscp) == 33,
			     "tunnel_hdr_ipv6.dscp is at 33");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->dscp) == 1,
	"tunnel_hdr_ipv6.dscp has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_lv) == 4,
			     "lv has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_lv, len) == 0,
			     "lv.len is at 0");
__extension__ _Static_assert(sizeof(((struct virtio_ipsec_lv *)0)->len) == 4,
			     "lv.len has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_esp_info) == 4,
			     "esp_info has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_esp_info, flags) ==
			     0, "esp_info.flags is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_esp_info *)0)->flags) == 1,
	"esp_info.flags has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_esp_info,
				      cipher_algo) == 1,
			     "esp_info.cipher_algo is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_esp_info *)0)->cipher_algo) == 1,
	"esp_info.cipher_algo has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_esp_info, iv_size) ==
			     2, "esp_info.iv_size is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_esp_info *)0)->iv_size) == 1,
	"esp_info.iv_size has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_esp_info,
				      block_size) == 3,
			     "esp_info.block_size is at 3");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_esp_info *)0)->block_size) == 1,
	"esp_info.block_size has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_esp_info_auth) == 5,
			     "esp_info_auth has 5 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_esp_info_auth,
				      counter_initial) == 0,
			     "esp_info_auth.counter_initial is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_esp_info_auth *)0)->counter_initial) == 4,
	"esp_info_auth.counter_initial has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_esp_info_auth,
				      auth_algo) == 4,
			     "esp_info_auth.auth_algo is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_esp_info_auth *)0)->auth_algo) == 1,
	"esp_info_auth.auth_algo has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_ah_info) == 1,
			     "ah_info has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_ah_info,
				      auth_algo) == 0,
			     "ah_info.auth_algo is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_ah_info *)0)->auth_algo) == 1,
	"ah_info.auth_algo has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_icv_info) == 2,
			     "icv_info has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_icv_info,
				      ah_padding_len) == 0,
			     "icv_info.ah_padding_len is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_icv_info *)0)->ah_padding_len) == 1,
	"icv_info.ah_padding_len has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_icv_info,
				      icv_size) == 1,
			     "icv_info.icv_size is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_icv_info *)0)->icv_size) == 1,
	"icv_info.icv_size has 1 bytes");

__extension__ _Static_assert(
	sizeof(struct virtio_ipsec_udp_encapsulation_info) == 5,
	"udp_encapsulation_info has 5 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_udp_encapsulation_info,
		 nat_traversal_mode) == 0,
	"udp_encapsulation_info.nat_traversal_mode is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_udp_encapsulation_info *)0)->nat_traversal_mode) == 1, "udp_encapsulation_info.nat_traversal_mode has 1 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_udp_encapsulation_info, d_port) == 1,
	"udp_encapsulation_info.d_port is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_udp_encapsulation_info *)0)->d_port) == 2,
	"udp_encapsulation_info.d_port has 2 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_udp_encapsulation_info, s_port) == 3,
	"udp_encapsulation_info.s_port is at 3");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_udp_encapsulation_info *)0)->s_port) == 2,
	"udp_encapsulation_info.s_port has 2 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_notify_lifetime_kb) ==
			     4, "notify_lifetime_kb has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notify_lifetime_kb,
				      lifetime_in_kb) == 0,
			     "notify_lifetime_kb.lifetime_in_kb is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notify_lifetime_kb *)0)->lifetime_in_kb) == 4, "notify_lifetime_kb.lifetime_in_kb has 4 bytes");

__extension__ _Static_assert(
	sizeof(struct virtio_ipsec_notify_seqnum_periodic) == 4,
	"notify_seqnum_periodic has 4 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_notify_seqnum_periodic,
		 seqnum_interval) == 0,
	"notify_seqnum_periodic.seqnum_interval is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notify_seqnum_periodic *)0)->seqnum_interval) == 4, "notify_seqnum_periodic.seqnum_interval has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_update_sa) == 65,
			     "update_sa has 65 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa,
				      group_handle) == 0,
			     "update_sa.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa *)0)->group_handle) == 32,
	"update_sa.group_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa,
				      change_type) == 32,
			     "update_sa.change_type is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa *)0)->change_type) == 1,
	"update_sa.change_type has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa,
				      sa_handle) == 33,
			     "update_sa.sa_handle is at 33");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa *)0)->sa_handle) == 32,
	"update_sa.sa_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_update_sa_ipaddr_v4) ==
			     6, "update_sa_ipaddr_v4 has 6 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa_ipaddr_v4,
				      port) == 0,
			     "update_sa_ipaddr_v4.port is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_ipaddr_v4 *)0)->port) == 2,
	"update_sa_ipaddr_v4.port has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa_ipaddr_v4,
				      addr) == 2,
			     "update_sa_ipaddr_v4.addr is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_ipaddr_v4 *)0)->addr) == 4,
	"update_sa_ipaddr_v4.addr has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_update_sa_ipaddr_v6) ==
			     6, "update_sa_ipaddr_v6 has 6 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa_ipaddr_v6,
				      port) == 0,
			     "update_sa_ipaddr_v6.port is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_ipaddr_v6 *)0)->port) == 2,
	"update_sa_ipaddr_v6.port has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa_ipaddr_v6,
				      addr) == 2,
			     "update_sa_ipaddr_v6.addr is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_ipaddr_v6 *)0)->addr) == 4,
	"update_sa_ipaddr_v6.addr has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_update_sa_seqnum) == 8,
			     "update_sa_seqnum has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa_seqnum,
				      seq_num) == 0,
			     "update_sa_seqnum.seq_num is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_seqnum *)0)->seq_num) == 4,
	"update_sa_seqnum.seq_num has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_update_sa_seqnum,
				      hi_seq_num) == 4,
			     "update_sa_seqnum.hi_seq_num is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_seqnum *)0)->hi_seq_num) == 4,
	"update_sa_seqnum.hi_seq_num has 4 bytes");

__extension__ _Static_assert(
	sizeof(struct virtio_ipsec_update_sa_antireplay) == 8,
	"update_sa_antireplay has 8 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_update_sa_antireplay,
		 anti_replay_window_size) == 0,
	"update_sa_antireplay.anti_replay_window_size is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_antireplay *)0)->anti_replay_window_size) == 4, "update_sa_antireplay.anti_replay_window_size has 4 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_update_sa_antireplay,
		 anti_replay_window_bit_map) == 4,
	"update_sa_antireplay.anti_replay_window_bit_map is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_update_sa_antireplay *)0)->anti_replay_window_bit_map) == 4, "update_sa_antireplay.anti_replay_window_bit_map has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_delete_sa) == 64,
			     "delete_sa has 64 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_delete_sa,
				      group_handle) == 0,
			     "delete_sa.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_delete_sa *)0)->group_handle) == 32,
	"delete_sa.group_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_delete_sa,
				      sa_handle) == 32,
			     "delete_sa.sa_handle is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_delete_sa *)0)->sa_handle) == 32,
	"delete_sa.sa_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_read_sa) == 64,
			     "read_sa has 64 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sa,
				      group_handle) == 0,
			     "read_sa.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sa *)0)->group_handle) == 32,
	"read_sa.group_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sa,
				      sa_handle) == 32,
			     "read_sa.sa_handle is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sa *)0)->sa_handle) == 32,
	"read_sa.sa_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_read_sas) == 68,
			     "read_sas has 68 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas,
				      group_handle) == 0,
			     "read_sas.group_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->group_handle) == 32,
	"read_sas.group_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas, num_sas) ==
			     32, "read_sas.num_sas is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->num_sas) == 4,
	"read_sas.num_sas has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_read_sas,
				      opaque_handle) == 36,
			     "read_sas.opaque_handle is at 36");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_read_sas *)0)->opaque_handle) == 32,
	"read_sas.opaque_handle has 32 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_out_sa_info) == 8,
			     "out_sa_info has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_out_sa_info,
				      low_seq_number) == 0,
			     "out_sa_info.low_seq_number is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_out_sa_info *)0)->low_seq_number) == 4,
	"out_sa_info.low_seq_number has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_out_sa_info,
				      hi_seq_number) == 4,
			     "out_sa_info.hi_seq_number is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_out_sa_info *)0)->hi_seq_number) == 4,
	"out_sa_info.hi_seq_number has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_in_sa_info) == 8,
			     "in_sa_info has 8 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_in_sa_info,
				      low_seq_number) == 0,
			     "in_sa_info.low_seq_number is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_in_sa_info *)0)->low_seq_number) == 4,
	"in_sa_info.low_seq_number has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_in_sa_info,
				      hi_seq_number) == 4,
			     "in_sa_info.hi_seq_number is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_in_sa_info *)0)->hi_seq_number) == 4,
	"in_sa_info.hi_seq_number has 4 bytes");

__extension__ _Static_assert(
	sizeof(struct virtio_ipsec_headroom_tailroom_size) == 8,
	"headroom_tailroom_size has 8 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_headroom_tailroom_size, headroom) == 0,
	"headroom_tailroom_size.headroom is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_headroom_tailroom_size *)0)->headroom) ==
	4, "headroom_tailroom_size.headroom has 4 bytes");
__extension__ _Static_assert(
	offsetof(struct virtio_ipsec_headroom_tailroom_size, tailroom) == 4,
	"headroom_tailroom_size.tailroom is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_headroom_tailroom_size *)0)->tailroom) ==
	4, "headroom_tailroom_size.tailroom has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_data_hdr) == 2,
			     "data_hdr has 2 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_hdr, class) ==
			     0, "data_hdr.class is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_hdr *)0)->class) == 1,
	"data_hdr.class has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_hdr, cmd) == 1,
			     "data_hdr.cmd is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_hdr *)0)->cmd) == 1,
	"data_hdr.cmd has 1 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_data_result) == 6,
			     "data_result has 6 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_result,
				      result) == 0,
			     "data_result.result is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_result *)0)->result) == 1,
	"data_result.result has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_result,
				      result_data) == 1,
			     "data_result.result_data is at 1");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_result *)0)->result_data) == 1,
	"data_result.result_data has 1 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_result,
				      output_data_length) == 2,
			     "data_result.output_data_length is at 2");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_result *)0)->output_data_length) ==
	4, "data_result.output_data_length has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_data_separate) == 52,
			     "data_separate has 52 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_separate,
				      sa_context_handle) == 0,
			     "data_separate.sa_context_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_separate *)0)->sa_context_handle) ==
	32, "data_separate.sa_context_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_separate,
				      num_input_buffers) == 32,
			     "data_separate.num_input_buffers is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_separate *)0)->num_input_buffers) ==
	4, "data_separate.num_input_buffers has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_separate,
				      input_data_length) == 36,
			     "data_separate.input_data_length is at 36");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_separate *)0)->input_data_length) ==
	4, "data_separate.input_data_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_separate,
				      num_output_buffers) == 40,
			     "data_separate.num_output_buffers is at 40");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_separate *)0)->num_output_buffers) ==
	4, "data_separate.num_output_buffers has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_separate,
				      output_buffer_length) == 44,
			     "data_separate.output_buffer_length is at 44");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_separate *)0)->output_buffer_length) == 4, "data_separate.output_buffer_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_separate,
				      flags) == 48,
			     "data_separate.flags is at 48");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_separate *)0)->flags) == 4,
	"data_separate.flags has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_data_in_place) == 60,
			     "data_in_place has 60 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      sa_context_handle) == 0,
			     "data_in_place.sa_context_handle is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->sa_context_handle) ==
	32, "data_in_place.sa_context_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      num_buffers) == 32,
			     "data_in_place.num_buffers is at 32");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->num_buffers) == 4,
	"data_in_place.num_buffers has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      buffer_length) == 36,
			     "data_in_place.buffer_length is at 36");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->buffer_length) == 4,
	"data_in_place.buffer_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      input_start_of_data) == 40,
			     "data_in_place.input_start_of_data is at 40");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->input_start_of_data) == 4, "data_in_place.input_start_of_data has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      input_data_length) == 44,
			     "data_in_place.input_data_length is at 44");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->input_data_length) ==
	4, "data_in_place.input_data_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      output_start_of_data) == 48,
			     "data_in_place.output_start_of_data is at 48");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->output_start_of_data) == 4, "data_in_place.output_start_of_data has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      output_buffer_length) == 52,
			     "data_in_place.output_buffer_length is at 52");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->output_buffer_length) == 4, "data_in_place.output_buffer_length has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_data_in_place,
				      flags) == 56,
			     "data_in_place.flags is at 56");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_data_in_place *)0)->flags) == 4,
	"data_in_place.flags has 4 bytes");

__extension__ _Static_assert(sizeof(struct virtio_ipsec_notification) == 72,
			     "notification has 72 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      notify_event) == 0,
			     "notification.notify_event is at 0");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->notify_event) == 4,
	"notification.notify_event has 4 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      group_handle) == 4,
			     "notification.group_handle is at 4");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->group_handle) == 32,
	"notification.group_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      sa_context_handle) == 36,
			     "notification.sa_context_handle is at 36");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->sa_context_handle) ==
	32, "notification.sa_context_handle has 32 bytes");
__extension__ _Static_assert(offsetof(struct virtio_ipsec_notification,
				      value) == 68,
			     "notification.value is at 68");
__extension__ _Static_assert(
	sizeof(((struct virtio_ipsec_notification *)0)->value) == 4,
	"notification.value has 4 bytes");

#endif /* VIRTIO_IPSEC_LAYOUT_H */
