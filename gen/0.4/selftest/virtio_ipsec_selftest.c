/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * virtio-ipsec-la 0.4. The look-aside IPsec accelerator as the document of
 * 2015 describes it, taken at its letter.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 0.4
 *
 * selftest layout: prints every size and offset.
 * selftest fields: reads lines "NAME HEX -", prints each field's value and the
 * bytes made from the values.
 * selftest registers: reads lines "registers HEX -", prints offset and value
 * of every register, then data queues.
 * selftest chain: reads lines "NAME READABLE WRITABLE" (- for none), takes the
 * chain apart and prints what it puts together again.
 */
#include "virtio_ipsec_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/virtio_ipsec_wire.h>

/* Scratch of a size that no test exceeds; aligned as messages are. */
static union {
	__u64 align;
	__u8 bytes[1 << 16];
} in, out;

#define ROOM 64

/* What neither side of a chain sends but both know. */
static __u32 context;

static void print_place(const char *field, unsigned long offset, unsigned long size)
{
	printf("%s %lu %lu\n", field, offset, size);
}

static void print_value(const char *field, int index, __u64 value)
{
	if (index < 0)
		printf("%s ", field);
	else
		printf("%s[%d] ", field, index);
	printf("%08lx%08lx\n", (unsigned long)(value >> 32),
	       (unsigned long)(value & 0xffffffff));
}

static __u32 from_hex(const char *hex, __u8 *bytes)
{
	__u32 n = 0;
	unsigned int byte;

	while (sscanf(hex + 2 * n, "%2x", &byte) == 1)
		bytes[n++] = (__u8)byte;
	return n;
}

/* The bytes in a block of just their size, so that a sanitizer sees what lies beyond. */
static __u8 *exact(const char *hex, __u32 *n)
{
	__u8 *copy;

	*n = from_hex(hex, in.bytes);
	copy = (__u8 *)malloc(*n ? *n : 1);
	if (!copy)
		exit(1);
	return (__u8 *)memcpy(copy, in.bytes, *n);
}

static void to_hex(const void *bytes, __u32 n)
{
	const __u8 *b = (const __u8 *)bytes;

	while (n--)
		printf("%02x", *b++);
	printf("\n");
}

static void print_layout(void)
{
	printf("ctrl_hdr %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_ctrl_hdr));
	print_place("ctrl_hdr.class",
		    offsetof(struct virtio_ipsec_ctrl_hdr, class),
		    sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->class));
	print_place("ctrl_hdr.cmd",
		    offsetof(struct virtio_ipsec_ctrl_hdr, cmd),
		    sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->cmd));
	printf("ctrl_result %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_ctrl_result));
	print_place("ctrl_result.result",
		    offsetof(struct virtio_ipsec_ctrl_result, result),
		    sizeof(((struct virtio_ipsec_ctrl_result *)0)->result));
	print_place(
		"ctrl_result.result_data",
		offsetof(struct virtio_ipsec_ctrl_result, result_data),
		sizeof(((struct virtio_ipsec_ctrl_result *)0)->result_data));
	printf("ctrl_capabilities %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_ctrl_capabilities));
	print_place(
		"ctrl_capabilities.hmac_algorithms",
		offsetof(struct virtio_ipsec_ctrl_capabilities,
			 hmac_algorithms),
		sizeof(((struct virtio_ipsec_ctrl_capabilities *)0)->hmac_algorithms));
	print_place(
		"ctrl_capabilities.cipher_algorithms",
		offsetof(struct virtio_ipsec_ctrl_capabilities,
			 cipher_algorithms),
		sizeof(((struct virtio_ipsec_ctrl_capabilities *)0)->cipher_algorithms));
	printf("set_guest_endian %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_set_guest_endian));
	print_place(
		"set_guest_endian.endian",
		offsetof(struct virtio_ipsec_set_guest_endian, endian),
		sizeof(((struct virtio_ipsec_set_guest_endian *)0)->endian));
	printf("group_add %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_group_add));
	print_place("group_add.group_handle",
		    offsetof(struct virtio_ipsec_group_add, group_handle),
		    sizeof(((struct virtio_ipsec_group_add *)0)->group_handle));
	printf("group_delete %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_group_delete));
	print_place(
		"group_delete.group_handle",
		offsetof(struct virtio_ipsec_group_delete, group_handle),
		sizeof(((struct virtio_ipsec_group_delete *)0)->group_handle));
	printf("flush_sa %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_flush_sa));
	print_place("flush_sa.group_handle",
		    offsetof(struct virtio_ipsec_flush_sa, group_handle),
		    sizeof(((struct virtio_ipsec_flush_sa *)0)->group_handle));
	printf("create_sa %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_create_sa));
	print_place("create_sa.group_handle",
		    offsetof(struct virtio_ipsec_create_sa, group_handle),
		    sizeof(((struct virtio_ipsec_create_sa *)0)->group_handle));
	print_place("create_sa.sa_handle",
		    offsetof(struct virtio_ipsec_create_sa, sa_handle),
		    sizeof(((struct virtio_ipsec_create_sa *)0)->sa_handle));
	print_place("create_sa.num_sas",
		    offsetof(struct virtio_ipsec_create_sa, num_sas),
		    sizeof(((struct virtio_ipsec_create_sa *)0)->num_sas));
	print_place("create_sa.sa_len",
		    offsetof(struct virtio_ipsec_create_sa, sa_len),
		    sizeof(((struct virtio_ipsec_create_sa *)0)->sa_len));
	printf("sa_handle %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_sa_handle));
	print_place("sa_handle.sa_handle",
		    offsetof(struct virtio_ipsec_sa_handle, sa_handle),
		    sizeof(((struct virtio_ipsec_sa_handle *)0)->sa_handle));
	printf("sa_params %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_sa_params));
	print_place("sa_params.spi",
		    offsetof(struct virtio_ipsec_sa_params, spi),
		    sizeof(((struct virtio_ipsec_sa_params *)0)->spi));
	print_place("sa_params.proto",
		    offsetof(struct virtio_ipsec_sa_params, proto),
		    sizeof(((struct virtio_ipsec_sa_params *)0)->proto));
	print_place("sa_params.flags",
		    offsetof(struct virtio_ipsec_sa_params, flags),
		    sizeof(((struct virtio_ipsec_sa_params *)0)->flags));
	print_place(
		"sa_params.anti_replay_window",
		offsetof(struct virtio_ipsec_sa_params, anti_replay_window),
		sizeof(((struct virtio_ipsec_sa_params *)0)->anti_replay_window));
	printf("tunnel_hdr_ipv4 %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_tunnel_hdr_ipv4));
	print_place("tunnel_hdr_ipv4.saddr",
		    offsetof(struct virtio_ipsec_tunnel_hdr_ipv4, saddr),
		    sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->saddr));
	print_place("tunnel_hdr_ipv4.daddr",
		    offsetof(struct virtio_ipsec_tunnel_hdr_ipv4, daddr),
		    sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->daddr));
	print_place(
		"tunnel_hdr_ipv4.handling",
		offsetof(struct virtio_ipsec_tunnel_hdr_ipv4, handling),
		sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->handling));
	print_place("tunnel_hdr_ipv4.dscp",
		    offsetof(struct virtio_ipsec_tunnel_hdr_ipv4, dscp),
		    sizeof(((struct virtio_ipsec_tunnel_hdr_ipv4 *)0)->dscp));
	printf("tunnel_hdr_ipv6 %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_tunnel_hdr_ipv6));
	print_place("tunnel_hdr_ipv6.saddr",
		    offsetof(struct virtio_ipsec_tunnel_hdr_ipv6, saddr),
		    sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->saddr));
	print_place("tunnel_hdr_ipv6.daddr",
		    offsetof(struct virtio_ipsec_tunnel_hdr_ipv6, daddr),
		    sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->daddr));
	print_place(
		"tunnel_hdr_ipv6.handling",
		offsetof(struct virtio_ipsec_tunnel_hdr_ipv6, handling),
		sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->handling));
	print_place("tunnel_hdr_ipv6.dscp",
		    offsetof(struct virtio_ipsec_tunnel_hdr_ipv6, dscp),
		    sizeof(((struct virtio_ipsec_tunnel_hdr_ipv6 *)0)->dscp));
	printf("lv %lu\n", (unsigned long)sizeof(struct virtio_ipsec_lv));
	print_place("lv.len", offsetof(struct virtio_ipsec_lv, len),
		    sizeof(((struct virtio_ipsec_lv *)0)->len));
	printf("esp_info %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_esp_info));
	print_place("esp_info.flags",
		    offsetof(struct virtio_ipsec_esp_info, flags),
		    sizeof(((struct virtio_ipsec_esp_info *)0)->flags));
	print_place("esp_info.cipher_algo",
		    offsetof(struct virtio_ipsec_esp_info, cipher_algo),
		    sizeof(((struct virtio_ipsec_esp_info *)0)->cipher_algo));
	print_place("esp_info.iv_size",
		    offsetof(struct virtio_ipsec_esp_info, iv_size),
		    sizeof(((struct virtio_ipsec_esp_info *)0)->iv_size));
	print_place("esp_info.block_size",
		    offsetof(struct virtio_ipsec_esp_info, block_size),
		    sizeof(((struct virtio_ipsec_esp_info *)0)->block_size));
	printf("esp_info_auth %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_esp_info_auth));
	print_place(
		"esp_info_auth.counter_initial",
		offsetof(struct virtio_ipsec_esp_info_auth, counter_initial),
		sizeof(((struct virtio_ipsec_esp_info_auth *)0)->counter_initial));
	print_place(
		"esp_info_auth.auth_algo",
		offsetof(struct virtio_ipsec_esp_info_auth, auth_algo),
		sizeof(((struct virtio_ipsec_esp_info_auth *)0)->auth_algo));
	printf("ah_info %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_ah_info));
	print_place("ah_info.auth_algo",
		    offsetof(struct virtio_ipsec_ah_info, auth_algo),
		    sizeof(((struct virtio_ipsec_ah_info *)0)->auth_algo));
	printf("icv_info %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_icv_info));
	print_place(
		"icv_info.ah_padding_len",
		offsetof(struct virtio_ipsec_icv_info, ah_padding_len),
		sizeof(((struct virtio_ipsec_icv_info *)0)->ah_padding_len));
	print_place("icv_info.icv_size",
		    offsetof(struct virtio_ipsec_icv_info, icv_size),
		    sizeof(((struct virtio_ipsec_icv_info *)0)->icv_size));
	printf("udp_encapsulation_info %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_udp_encapsulation_info));
	print_place(
		"udp_encapsulation_info.nat_traversal_mode",
		offsetof(struct virtio_ipsec_udp_encapsulation_info,
			 nat_traversal_mode),
		sizeof(((struct virtio_ipsec_udp_encapsulation_info *)0)->nat_traversal_mode));
	print_place(
		"udp_encapsulation_info.d_port",
		offsetof(struct virtio_ipsec_udp_encapsulation_info, d_port),
		sizeof(((struct virtio_ipsec_udp_encapsulation_info *)0)->d_port));
	print_place(
		"udp_encapsulation_info.s_port",
		offsetof(struct virtio_ipsec_udp_encapsulation_info, s_port),
		sizeof(((struct virtio_ipsec_udp_encapsulation_info *)0)->s_port));
	printf("notify_lifetime_kb %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_notify_lifetime_kb));
	print_place(
		"notify_lifetime_kb.lifetime_in_kb",
		offsetof(struct virtio_ipsec_notify_lifetime_kb,
			 lifetime_in_kb),
		sizeof(((struct virtio_ipsec_notify_lifetime_kb *)0)->lifetime_in_kb));
	printf("notify_seqnum_periodic %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_notify_seqnum_periodic));
	print_place(
		"notify_seqnum_periodic.seqnum_interval",
		offsetof(struct virtio_ipsec_notify_seqnum_periodic,
			 seqnum_interval),
		sizeof(((struct virtio_ipsec_notify_seqnum_periodic *)0)->seqnum_interval));
	printf("update_sa %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_update_sa));
	print_place("update_sa.group_handle",
		    offsetof(struct virtio_ipsec_update_sa, group_handle),
		    sizeof(((struct virtio_ipsec_update_sa *)0)->group_handle));
	print_place("update_sa.change_type",
		    offsetof(struct virtio_ipsec_update_sa, change_type),
		    sizeof(((struct virtio_ipsec_update_sa *)0)->change_type));
	print_place("update_sa.sa_handle",
		    offsetof(struct virtio_ipsec_update_sa, sa_handle),
		    sizeof(((struct virtio_ipsec_update_sa *)0)->sa_handle));
	printf("update_sa_ipaddr_v4 %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_update_sa_ipaddr_v4));
	print_place(
		"update_sa_ipaddr_v4.port",
		offsetof(struct virtio_ipsec_update_sa_ipaddr_v4, port),
		sizeof(((struct virtio_ipsec_update_sa_ipaddr_v4 *)0)->port));
	print_place(
		"update_sa_ipaddr_v4.addr",
		offsetof(struct virtio_ipsec_update_sa_ipaddr_v4, addr),
		sizeof(((struct virtio_ipsec_update_sa_ipaddr_v4 *)0)->addr));
	printf("update_sa_ipaddr_v6 %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_update_sa_ipaddr_v6));
	print_place(
		"update_sa_ipaddr_v6.port",
		offsetof(struct virtio_ipsec_update_sa_ipaddr_v6, port),
		sizeof(((struct virtio_ipsec_update_sa_ipaddr_v6 *)0)->port));
	print_place(
		"update_sa_ipaddr_v6.addr",
		offsetof(struct virtio_ipsec_update_sa_ipaddr_v6, addr),
		sizeof(((struct virtio_ipsec_update_sa_ipaddr_v6 *)0)->addr));
	printf("update_sa_seqnum %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_update_sa_seqnum));
	print_place(
		"update_sa_seqnum.seq_num",
		offsetof(struct virtio_ipsec_update_sa_seqnum, seq_num),
		sizeof(((struct virtio_ipsec_update_sa_seqnum *)0)->seq_num));
	print_place(
		"update_sa_seqnum.hi_seq_num",
		offsetof(struct virtio_ipsec_update_sa_seqnum, hi_seq_num),
		sizeof(((struct virtio_ipsec_update_sa_seqnum *)0)->hi_seq_num));
	printf("update_sa_antireplay %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_update_sa_antireplay));
	print_place(
		"update_sa_antireplay.anti_replay_window_size",
		offsetof(struct virtio_ipsec_update_sa_antireplay,
			 anti_replay_window_size),
		sizeof(((struct virtio_ipsec_update_sa_antireplay *)0)->anti_replay_window_size));
	print_place(
		"update_sa_antireplay.anti_replay_window_bit_map",
		offsetof(struct virtio_ipsec_update_sa_antireplay,
			 anti_replay_window_bit_map),
		sizeof(((struct virtio_ipsec_update_sa_antireplay *)0)->anti_replay_window_bit_map));
	printf("delete_sa %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_delete_sa));
	print_place("delete_sa.group_handle",
		    offsetof(struct virtio_ipsec_delete_sa, group_handle),
		    sizeof(((struct virtio_ipsec_delete_sa *)0)->group_handle));
	print_place("delete_sa.sa_handle",
		    offsetof(struct virtio_ipsec_delete_sa, sa_handle),
		    sizeof(((struct virtio_ipsec_delete_sa *)0)->sa_handle));
	printf("read_sa %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_read_sa));
	print_place("read_sa.group_handle",
		    offsetof(struct virtio_ipsec_read_sa, group_handle),
		    sizeof(((struct virtio_ipsec_read_sa *)0)->group_handle));
	print_place("read_sa.sa_handle",
		    offsetof(struct virtio_ipsec_read_sa, sa_handle),
		    sizeof(((struct virtio_ipsec_read_sa *)0)->sa_handle));
	printf("read_sas %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_read_sas));
	print_place("read_sas.group_handle",
		    offsetof(struct virtio_ipsec_read_sas, group_handle),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->group_handle));
	print_place("read_sas.num_sas",
		    offsetof(struct virtio_ipsec_read_sas, num_sas),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->num_sas));
	print_place("read_sas.opaque_handle",
		    offsetof(struct virtio_ipsec_read_sas, opaque_handle),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->opaque_handle));
	printf("out_sa_info %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_out_sa_info));
	print_place(
		"out_sa_info.low_seq_number",
		offsetof(struct virtio_ipsec_out_sa_info, low_seq_number),
		sizeof(((struct virtio_ipsec_out_sa_info *)0)->low_seq_number));
	print_place(
		"out_sa_info.hi_seq_number",
		offsetof(struct virtio_ipsec_out_sa_info, hi_seq_number),
		sizeof(((struct virtio_ipsec_out_sa_info *)0)->hi_seq_number));
	printf("in_sa_info %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_in_sa_info));
	print_place(
		"in_sa_info.low_seq_number",
		offsetof(struct virtio_ipsec_in_sa_info, low_seq_number),
		sizeof(((struct virtio_ipsec_in_sa_info *)0)->low_seq_number));
	print_place(
		"in_sa_info.hi_seq_number",
		offsetof(struct virtio_ipsec_in_sa_info, hi_seq_number),
		sizeof(((struct virtio_ipsec_in_sa_info *)0)->hi_seq_number));
	printf("headroom_tailroom_size %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_headroom_tailroom_size));
	print_place(
		"headroom_tailroom_size.headroom",
		offsetof(struct virtio_ipsec_headroom_tailroom_size, headroom),
		sizeof(((struct virtio_ipsec_headroom_tailroom_size *)0)->headroom));
	print_place(
		"headroom_tailroom_size.tailroom",
		offsetof(struct virtio_ipsec_headroom_tailroom_size, tailroom),
		sizeof(((struct virtio_ipsec_headroom_tailroom_size *)0)->tailroom));
	printf("data_hdr %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_data_hdr));
	print_place("data_hdr.class",
		    offsetof(struct virtio_ipsec_data_hdr, class),
		    sizeof(((struct virtio_ipsec_data_hdr *)0)->class));
	print_place("data_hdr.cmd",
		    offsetof(struct virtio_ipsec_data_hdr, cmd),
		    sizeof(((struct virtio_ipsec_data_hdr *)0)->cmd));
	printf("data_result %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_data_result));
	print_place("data_result.result",
		    offsetof(struct virtio_ipsec_data_result, result),
		    sizeof(((struct virtio_ipsec_data_result *)0)->result));
	print_place(
		"data_result.result_data",
		offsetof(struct virtio_ipsec_data_result, result_data),
		sizeof(((struct virtio_ipsec_data_result *)0)->result_data));
	print_place(
		"data_result.output_data_length",
		offsetof(struct virtio_ipsec_data_result, output_data_length),
		sizeof(((struct virtio_ipsec_data_result *)0)->output_data_length));
	printf("data_separate %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_data_separate));
	print_place(
		"data_separate.sa_context_handle",
		offsetof(struct virtio_ipsec_data_separate, sa_context_handle),
		sizeof(((struct virtio_ipsec_data_separate *)0)->sa_context_handle));
	print_place(
		"data_separate.num_input_buffers",
		offsetof(struct virtio_ipsec_data_separate, num_input_buffers),
		sizeof(((struct virtio_ipsec_data_separate *)0)->num_input_buffers));
	print_place(
		"data_separate.input_data_length",
		offsetof(struct virtio_ipsec_data_separate, input_data_length),
		sizeof(((struct virtio_ipsec_data_separate *)0)->input_data_length));
	print_place(
		"data_separate.num_output_buffers",
		offsetof(struct virtio_ipsec_data_separate,
			 num_output_buffers),
		sizeof(((struct virtio_ipsec_data_separate *)0)->num_output_buffers));
	print_place(
		"data_separate.output_buffer_length",
		offsetof(struct virtio_ipsec_data_separate,
			 output_buffer_length),
		sizeof(((struct virtio_ipsec_data_separate *)0)->output_buffer_length));
	print_place("data_separate.flags",
		    offsetof(struct virtio_ipsec_data_separate, flags),
		    sizeof(((struct virtio_ipsec_data_separate *)0)->flags));
	printf("data_in_place %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_data_in_place));
	print_place(
		"data_in_place.sa_context_handle",
		offsetof(struct virtio_ipsec_data_in_place, sa_context_handle),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->sa_context_handle));
	print_place(
		"data_in_place.num_buffers",
		offsetof(struct virtio_ipsec_data_in_place, num_buffers),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->num_buffers));
	print_place(
		"data_in_place.buffer_length",
		offsetof(struct virtio_ipsec_data_in_place, buffer_length),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->buffer_length));
	print_place(
		"data_in_place.input_start_of_data",
		offsetof(struct virtio_ipsec_data_in_place,
			 input_start_of_data),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->input_start_of_data));
	print_place(
		"data_in_place.input_data_length",
		offsetof(struct virtio_ipsec_data_in_place, input_data_length),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->input_data_length));
	print_place(
		"data_in_place.output_start_of_data",
		offsetof(struct virtio_ipsec_data_in_place,
			 output_start_of_data),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->output_start_of_data));
	print_place(
		"data_in_place.output_buffer_length",
		offsetof(struct virtio_ipsec_data_in_place,
			 output_buffer_length),
		sizeof(((struct virtio_ipsec_data_in_place *)0)->output_buffer_length));
	print_place("data_in_place.flags",
		    offsetof(struct virtio_ipsec_data_in_place, flags),
		    sizeof(((struct virtio_ipsec_data_in_place *)0)->flags));
	printf("notification %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_notification));
	print_place(
		"notification.notify_event",
		offsetof(struct virtio_ipsec_notification, notify_event),
		sizeof(((struct virtio_ipsec_notification *)0)->notify_event));
	print_place(
		"notification.group_handle",
		offsetof(struct virtio_ipsec_notification, group_handle),
		sizeof(((struct virtio_ipsec_notification *)0)->group_handle));
	print_place(
		"notification.sa_context_handle",
		offsetof(struct virtio_ipsec_notification, sa_context_handle),
		sizeof(((struct virtio_ipsec_notification *)0)->sa_context_handle));
	print_place("notification.value",
		    offsetof(struct virtio_ipsec_notification, value),
		    sizeof(((struct virtio_ipsec_notification *)0)->value));
}

static void fields_ctrl_hdr(int big_endian)
{
	struct virtio_ipsec_ctrl_hdr *from = (struct virtio_ipsec_ctrl_hdr *)in.bytes;
	struct virtio_ipsec_ctrl_hdr *to = (struct virtio_ipsec_ctrl_hdr *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("ctrl_hdr.class", -1, from->class);
	to->class = from->class;
	print_value("ctrl_hdr.cmd", -1, from->cmd);
	to->cmd = from->cmd;
	to_hex(to, sizeof(*to));
}

static void fields_ctrl_result(int big_endian)
{
	struct virtio_ipsec_ctrl_result *from = (struct virtio_ipsec_ctrl_result *)in.bytes;
	struct virtio_ipsec_ctrl_result *to = (struct virtio_ipsec_ctrl_result *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("ctrl_result.result", -1, from->result);
	to->result = from->result;
	print_value("ctrl_result.result_data", -1, from->result_data);
	to->result_data = from->result_data;
	to_hex(to, sizeof(*to));
}

static void fields_ctrl_capabilities(int big_endian)
{
	struct virtio_ipsec_ctrl_capabilities *from = (struct virtio_ipsec_ctrl_capabilities *)in.bytes;
	struct virtio_ipsec_ctrl_capabilities *to = (struct virtio_ipsec_ctrl_capabilities *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("ctrl_capabilities.hmac_algorithms", -1,
		    virtio_ipsec_load_guest32(&from->hmac_algorithms,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->hmac_algorithms,
		virtio_ipsec_load_guest32(&from->hmac_algorithms, big_endian),
		big_endian);
	print_value("ctrl_capabilities.cipher_algorithms", -1,
		    virtio_ipsec_load_guest32(&from->cipher_algorithms,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->cipher_algorithms,
		virtio_ipsec_load_guest32(&from->cipher_algorithms,
					  big_endian), big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_set_guest_endian(int big_endian)
{
	struct virtio_ipsec_set_guest_endian *from = (struct virtio_ipsec_set_guest_endian *)in.bytes;
	struct virtio_ipsec_set_guest_endian *to = (struct virtio_ipsec_set_guest_endian *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("set_guest_endian.endian", -1, from->endian);
	to->endian = from->endian;
	to_hex(to, sizeof(*to));
}

static void fields_group_add(int big_endian)
{
	struct virtio_ipsec_group_add *from = (struct virtio_ipsec_group_add *)in.bytes;
	struct virtio_ipsec_group_add *to = (struct virtio_ipsec_group_add *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("group_add.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_group_delete(int big_endian)
{
	struct virtio_ipsec_group_delete *from = (struct virtio_ipsec_group_delete *)in.bytes;
	struct virtio_ipsec_group_delete *to = (struct virtio_ipsec_group_delete *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("group_delete.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_flush_sa(int big_endian)
{
	struct virtio_ipsec_flush_sa *from = (struct virtio_ipsec_flush_sa *)in.bytes;
	struct virtio_ipsec_flush_sa *to = (struct virtio_ipsec_flush_sa *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("flush_sa.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_create_sa(int big_endian)
{
	struct virtio_ipsec_create_sa *from = (struct virtio_ipsec_create_sa *)in.bytes;
	struct virtio_ipsec_create_sa *to = (struct virtio_ipsec_create_sa *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("create_sa.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	for (i = 0; i < 8; i++) {
		print_value("create_sa.sa_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->sa_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_handle[i],
			virtio_ipsec_load_guest32(&from->sa_handle[i],
						  big_endian), big_endian);
	}
	print_value("create_sa.num_sas", -1,
		    virtio_ipsec_load_guest32(&from->num_sas, big_endian));
	virtio_ipsec_store_guest32(&to->num_sas,
				   virtio_ipsec_load_guest32(&from->num_sas,
							     big_endian),
				   big_endian);
	print_value("create_sa.sa_len", -1,
		    virtio_ipsec_load_guest32(&from->sa_len, big_endian));
	virtio_ipsec_store_guest32(&to->sa_len,
				   virtio_ipsec_load_guest32(&from->sa_len,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_sa_handle(int big_endian)
{
	struct virtio_ipsec_sa_handle *from = (struct virtio_ipsec_sa_handle *)in.bytes;
	struct virtio_ipsec_sa_handle *to = (struct virtio_ipsec_sa_handle *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("sa_handle.sa_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->sa_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_handle[i],
			virtio_ipsec_load_guest32(&from->sa_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_sa_params(int big_endian)
{
	struct virtio_ipsec_sa_params *from = (struct virtio_ipsec_sa_params *)in.bytes;
	struct virtio_ipsec_sa_params *to = (struct virtio_ipsec_sa_params *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("sa_params.spi", -1,
		    virtio_ipsec_load_guest32(&from->spi, big_endian));
	virtio_ipsec_store_guest32(&to->spi,
				   virtio_ipsec_load_guest32(&from->spi,
							     big_endian),
				   big_endian);
	print_value("sa_params.proto", -1, from->proto);
	to->proto = from->proto;
	print_value("sa_params.flags", -1,
		    virtio_ipsec_load_guest16(&from->flags, big_endian));
	virtio_ipsec_store_guest16(&to->flags,
				   virtio_ipsec_load_guest16(&from->flags,
							     big_endian),
				   big_endian);
	print_value("sa_params.anti_replay_window", -1,
		    virtio_ipsec_load_guest32(&from->anti_replay_window,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->anti_replay_window,
		virtio_ipsec_load_guest32(&from->anti_replay_window,
					  big_endian), big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_tunnel_hdr_ipv4(int big_endian)
{
	struct virtio_ipsec_tunnel_hdr_ipv4 *from = (struct virtio_ipsec_tunnel_hdr_ipv4 *)in.bytes;
	struct virtio_ipsec_tunnel_hdr_ipv4 *to = (struct virtio_ipsec_tunnel_hdr_ipv4 *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("tunnel_hdr_ipv4.saddr", -1,
		    virtio_ipsec_load_guest32(&from->saddr, big_endian));
	virtio_ipsec_store_guest32(&to->saddr,
				   virtio_ipsec_load_guest32(&from->saddr,
							     big_endian),
				   big_endian);
	print_value("tunnel_hdr_ipv4.daddr", -1,
		    virtio_ipsec_load_guest32(&from->daddr, big_endian));
	virtio_ipsec_store_guest32(&to->daddr,
				   virtio_ipsec_load_guest32(&from->daddr,
							     big_endian),
				   big_endian);
	print_value("tunnel_hdr_ipv4.handling", -1, from->handling);
	to->handling = from->handling;
	print_value("tunnel_hdr_ipv4.dscp", -1, from->dscp);
	to->dscp = from->dscp;
	to_hex(to, sizeof(*to));
}

static void fields_tunnel_hdr_ipv6(int big_endian)
{
	struct virtio_ipsec_tunnel_hdr_ipv6 *from = (struct virtio_ipsec_tunnel_hdr_ipv6 *)in.bytes;
	struct virtio_ipsec_tunnel_hdr_ipv6 *to = (struct virtio_ipsec_tunnel_hdr_ipv6 *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 4; i++) {
		print_value("tunnel_hdr_ipv6.saddr", (int)i,
			    virtio_ipsec_load_guest32(&from->saddr[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->saddr[i],
			virtio_ipsec_load_guest32(&from->saddr[i], big_endian),
			big_endian);
	}
	for (i = 0; i < 4; i++) {
		print_value("tunnel_hdr_ipv6.daddr", (int)i,
			    virtio_ipsec_load_guest32(&from->daddr[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->daddr[i],
			virtio_ipsec_load_guest32(&from->daddr[i], big_endian),
			big_endian);
	}
	print_value("tunnel_hdr_ipv6.handling", -1, from->handling);
	to->handling = from->handling;
	print_value("tunnel_hdr_ipv6.dscp", -1, from->dscp);
	to->dscp = from->dscp;
	to_hex(to, sizeof(*to));
}

static void fields_lv(int big_endian)
{
	struct virtio_ipsec_lv *from = (struct virtio_ipsec_lv *)in.bytes;
	struct virtio_ipsec_lv *to = (struct virtio_ipsec_lv *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("lv.len", -1,
		    virtio_ipsec_load_guest32(&from->len, big_endian));
	virtio_ipsec_store_guest32(&to->len,
				   virtio_ipsec_load_guest32(&from->len,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_esp_info(int big_endian)
{
	struct virtio_ipsec_esp_info *from = (struct virtio_ipsec_esp_info *)in.bytes;
	struct virtio_ipsec_esp_info *to = (struct virtio_ipsec_esp_info *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("esp_info.flags", -1, from->flags);
	to->flags = from->flags;
	print_value("esp_info.cipher_algo", -1, from->cipher_algo);
	to->cipher_algo = from->cipher_algo;
	print_value("esp_info.iv_size", -1, from->iv_size);
	to->iv_size = from->iv_size;
	print_value("esp_info.block_size", -1, from->block_size);
	to->block_size = from->block_size;
	to_hex(to, sizeof(*to));
}

static void fields_esp_info_auth(int big_endian)
{
	struct virtio_ipsec_esp_info_auth *from = (struct virtio_ipsec_esp_info_auth *)in.bytes;
	struct virtio_ipsec_esp_info_auth *to = (struct virtio_ipsec_esp_info_auth *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("esp_info_auth.counter_initial", -1,
		    virtio_ipsec_load_guest32(&from->counter_initial,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->counter_initial,
		virtio_ipsec_load_guest32(&from->counter_initial, big_endian),
		big_endian);
	print_value("esp_info_auth.auth_algo", -1, from->auth_algo);
	to->auth_algo = from->auth_algo;
	to_hex(to, sizeof(*to));
}

static void fields_ah_info(int big_endian)
{
	struct virtio_ipsec_ah_info *from = (struct virtio_ipsec_ah_info *)in.bytes;
	struct virtio_ipsec_ah_info *to = (struct virtio_ipsec_ah_info *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("ah_info.auth_algo", -1, from->auth_algo);
	to->auth_algo = from->auth_algo;
	to_hex(to, sizeof(*to));
}

static void fields_icv_info(int big_endian)
{
	struct virtio_ipsec_icv_info *from = (struct virtio_ipsec_icv_info *)in.bytes;
	struct virtio_ipsec_icv_info *to = (struct virtio_ipsec_icv_info *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("icv_info.ah_padding_len", -1, from->ah_padding_len);
	to->ah_padding_len = from->ah_padding_len;
	print_value("icv_info.icv_size", -1, from->icv_size);
	to->icv_size = from->icv_size;
	to_hex(to, sizeof(*to));
}

static void fields_udp_encapsulation_info(int big_endian)
{
	struct virtio_ipsec_udp_encapsulation_info *from = (struct virtio_ipsec_udp_encapsulation_info *)in.bytes;
	struct virtio_ipsec_udp_encapsulation_info *to = (struct virtio_ipsec_udp_encapsulation_info *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("udp_encapsulation_info.nat_traversal_mode", -1,
		    from->nat_traversal_mode);
	to->nat_traversal_mode = from->nat_traversal_mode;
	print_value("udp_encapsulation_info.d_port", -1,
		    virtio_ipsec_load_guest16(&from->d_port, big_endian));
	virtio_ipsec_store_guest16(&to->d_port,
				   virtio_ipsec_load_guest16(&from->d_port,
							     big_endian),
				   big_endian);
	print_value("udp_encapsulation_info.s_port", -1,
		    virtio_ipsec_load_guest16(&from->s_port, big_endian));
	virtio_ipsec_store_guest16(&to->s_port,
				   virtio_ipsec_load_guest16(&from->s_port,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_notify_lifetime_kb(int big_endian)
{
	struct virtio_ipsec_notify_lifetime_kb *from = (struct virtio_ipsec_notify_lifetime_kb *)in.bytes;
	struct virtio_ipsec_notify_lifetime_kb *to = (struct virtio_ipsec_notify_lifetime_kb *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("notify_lifetime_kb.lifetime_in_kb", -1,
		    virtio_ipsec_load_guest32(&from->lifetime_in_kb,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->lifetime_in_kb,
		virtio_ipsec_load_guest32(&from->lifetime_in_kb, big_endian),
		big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_notify_seqnum_periodic(int big_endian)
{
	struct virtio_ipsec_notify_seqnum_periodic *from = (struct virtio_ipsec_notify_seqnum_periodic *)in.bytes;
	struct virtio_ipsec_notify_seqnum_periodic *to = (struct virtio_ipsec_notify_seqnum_periodic *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("notify_seqnum_periodic.seqnum_interval", -1,
		    virtio_ipsec_load_guest32(&from->seqnum_interval,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->seqnum_interval,
		virtio_ipsec_load_guest32(&from->seqnum_interval, big_endian),
		big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_update_sa(int big_endian)
{
	struct virtio_ipsec_update_sa *from = (struct virtio_ipsec_update_sa *)in.bytes;
	struct virtio_ipsec_update_sa *to = (struct virtio_ipsec_update_sa *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("update_sa.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	print_value("update_sa.change_type", -1, from->change_type);
	to->change_type = from->change_type;
	for (i = 0; i < 8; i++) {
		print_value("update_sa.sa_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->sa_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_handle[i],
			virtio_ipsec_load_guest32(&from->sa_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_update_sa_ipaddr_v4(int big_endian)
{
	struct virtio_ipsec_update_sa_ipaddr_v4 *from = (struct virtio_ipsec_update_sa_ipaddr_v4 *)in.bytes;
	struct virtio_ipsec_update_sa_ipaddr_v4 *to = (struct virtio_ipsec_update_sa_ipaddr_v4 *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("update_sa_ipaddr_v4.port", -1,
		    virtio_ipsec_load_guest16(&from->port, big_endian));
	virtio_ipsec_store_guest16(&to->port,
				   virtio_ipsec_load_guest16(&from->port,
							     big_endian),
				   big_endian);
	print_value("update_sa_ipaddr_v4.addr", -1,
		    virtio_ipsec_load_guest32(&from->addr, big_endian));
	virtio_ipsec_store_guest32(&to->addr,
				   virtio_ipsec_load_guest32(&from->addr,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_update_sa_ipaddr_v6(int big_endian)
{
	struct virtio_ipsec_update_sa_ipaddr_v6 *from = (struct virtio_ipsec_update_sa_ipaddr_v6 *)in.bytes;
	struct virtio_ipsec_update_sa_ipaddr_v6 *to = (struct virtio_ipsec_update_sa_ipaddr_v6 *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("update_sa_ipaddr_v6.port", -1,
		    virtio_ipsec_load_guest16(&from->port, big_endian));
	virtio_ipsec_store_guest16(&to->port,
				   virtio_ipsec_load_guest16(&from->port,
							     big_endian),
				   big_endian);
	print_value("update_sa_ipaddr_v6.addr", -1,
		    virtio_ipsec_load_guest32(&from->addr, big_endian));
	virtio_ipsec_store_guest32(&to->addr,
				   virtio_ipsec_load_guest32(&from->addr,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_update_sa_seqnum(int big_endian)
{
	struct virtio_ipsec_update_sa_seqnum *from = (struct virtio_ipsec_update_sa_seqnum *)in.bytes;
	struct virtio_ipsec_update_sa_seqnum *to = (struct virtio_ipsec_update_sa_seqnum *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("update_sa_seqnum.seq_num", -1,
		    virtio_ipsec_load_guest32(&from->seq_num, big_endian));
	virtio_ipsec_store_guest32(&to->seq_num,
				   virtio_ipsec_load_guest32(&from->seq_num,
							     big_endian),
				   big_endian);
	print_value("update_sa_seqnum.hi_seq_num", -1,
		    virtio_ipsec_load_guest32(&from->hi_seq_num, big_endian));
	virtio_ipsec_store_guest32(&to->hi_seq_num,
				   virtio_ipsec_load_guest32(&from->hi_seq_num,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_update_sa_antireplay(int big_endian)
{
	struct virtio_ipsec_update_sa_antireplay *from = (struct virtio_ipsec_update_sa_antireplay *)in.bytes;
	struct virtio_ipsec_update_sa_antireplay *to = (struct virtio_ipsec_update_sa_antireplay *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("update_sa_antireplay.anti_replay_window_size", -1,
		    virtio_ipsec_load_guest32(&from->anti_replay_window_size,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->anti_replay_window_size,
		virtio_ipsec_load_guest32(&from->anti_replay_window_size,
					  big_endian), big_endian);
	print_value(
		"update_sa_antireplay.anti_replay_window_bit_map", -1,
		virtio_ipsec_load_guest32(&from->anti_replay_window_bit_map,
					  big_endian));
	virtio_ipsec_store_guest32(
		&to->anti_replay_window_bit_map,
		virtio_ipsec_load_guest32(&from->anti_replay_window_bit_map,
					  big_endian), big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_delete_sa(int big_endian)
{
	struct virtio_ipsec_delete_sa *from = (struct virtio_ipsec_delete_sa *)in.bytes;
	struct virtio_ipsec_delete_sa *to = (struct virtio_ipsec_delete_sa *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("delete_sa.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	for (i = 0; i < 8; i++) {
		print_value("delete_sa.sa_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->sa_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_handle[i],
			virtio_ipsec_load_guest32(&from->sa_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_read_sa(int big_endian)
{
	struct virtio_ipsec_read_sa *from = (struct virtio_ipsec_read_sa *)in.bytes;
	struct virtio_ipsec_read_sa *to = (struct virtio_ipsec_read_sa *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("read_sa.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	for (i = 0; i < 8; i++) {
		print_value("read_sa.sa_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->sa_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_handle[i],
			virtio_ipsec_load_guest32(&from->sa_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_read_sas(int big_endian)
{
	struct virtio_ipsec_read_sas *from = (struct virtio_ipsec_read_sas *)in.bytes;
	struct virtio_ipsec_read_sas *to = (struct virtio_ipsec_read_sas *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value("read_sas.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	print_value("read_sas.num_sas", -1,
		    virtio_ipsec_load_guest32(&from->num_sas, big_endian));
	virtio_ipsec_store_guest32(&to->num_sas,
				   virtio_ipsec_load_guest32(&from->num_sas,
							     big_endian),
				   big_endian);
	for (i = 0; i < 8; i++) {
		print_value("read_sas.opaque_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->opaque_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->opaque_handle[i],
			virtio_ipsec_load_guest32(&from->opaque_handle[i],
						  big_endian), big_endian);
	}
	to_hex(to, sizeof(*to));
}

static void fields_out_sa_info(int big_endian)
{
	struct virtio_ipsec_out_sa_info *from = (struct virtio_ipsec_out_sa_info *)in.bytes;
	struct virtio_ipsec_out_sa_info *to = (struct virtio_ipsec_out_sa_info *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("out_sa_info.low_seq_number", -1,
		    virtio_ipsec_load_guest32(&from->low_seq_number,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->low_seq_number,
		virtio_ipsec_load_guest32(&from->low_seq_number, big_endian),
		big_endian);
	print_value("out_sa_info.hi_seq_number", -1,
		    virtio_ipsec_load_guest32(&from->hi_seq_number,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->hi_seq_number,
		virtio_ipsec_load_guest32(&from->hi_seq_number, big_endian),
		big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_in_sa_info(int big_endian)
{
	struct virtio_ipsec_in_sa_info *from = (struct virtio_ipsec_in_sa_info *)in.bytes;
	struct virtio_ipsec_in_sa_info *to = (struct virtio_ipsec_in_sa_info *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("in_sa_info.low_seq_number", -1,
		    virtio_ipsec_load_guest32(&from->low_seq_number,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->low_seq_number,
		virtio_ipsec_load_guest32(&from->low_seq_number, big_endian),
		big_endian);
	print_value("in_sa_info.hi_seq_number", -1,
		    virtio_ipsec_load_guest32(&from->hi_seq_number,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->hi_seq_number,
		virtio_ipsec_load_guest32(&from->hi_seq_number, big_endian),
		big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_headroom_tailroom_size(int big_endian)
{
	struct virtio_ipsec_headroom_tailroom_size *from = (struct virtio_ipsec_headroom_tailroom_size *)in.bytes;
	struct virtio_ipsec_headroom_tailroom_size *to = (struct virtio_ipsec_headroom_tailroom_size *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("headroom_tailroom_size.headroom", -1,
		    virtio_ipsec_load_guest32(&from->headroom, big_endian));
	virtio_ipsec_store_guest32(&to->headroom,
				   virtio_ipsec_load_guest32(&from->headroom,
							     big_endian),
				   big_endian);
	print_value("headroom_tailroom_size.tailroom", -1,
		    virtio_ipsec_load_guest32(&from->tailroom, big_endian));
	virtio_ipsec_store_guest32(&to->tailroom,
				   virtio_ipsec_load_guest32(&from->tailroom,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_data_hdr(int big_endian)
{
	struct virtio_ipsec_data_hdr *from = (struct virtio_ipsec_data_hdr *)in.bytes;
	struct virtio_ipsec_data_hdr *to = (struct virtio_ipsec_data_hdr *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("data_hdr.class", -1, from->class);
	to->class = from->class;
	print_value("data_hdr.cmd", -1, from->cmd);
	to->cmd = from->cmd;
	to_hex(to, sizeof(*to));
}

static void fields_data_result(int big_endian)
{
	struct virtio_ipsec_data_result *from = (struct virtio_ipsec_data_result *)in.bytes;
	struct virtio_ipsec_data_result *to = (struct virtio_ipsec_data_result *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("data_result.result", -1, from->result);
	to->result = from->result;
	print_value("data_result.result_data", -1, from->result_data);
	to->result_data = from->result_data;
	print_value("data_result.output_data_length", -1,
		    virtio_ipsec_load_guest32(&from->output_data_length,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->output_data_length,
		virtio_ipsec_load_guest32(&from->output_data_length,
					  big_endian), big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_data_separate(int big_endian)
{
	struct virtio_ipsec_data_separate *from = (struct virtio_ipsec_data_separate *)in.bytes;
	struct virtio_ipsec_data_separate *to = (struct virtio_ipsec_data_separate *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value(
			"data_separate.sa_context_handle", (int)i,
			virtio_ipsec_load_guest32(&from->sa_context_handle[i],
						  big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_context_handle[i],
			virtio_ipsec_load_guest32(&from->sa_context_handle[i],
						  big_endian), big_endian);
	}
	print_value("data_separate.num_input_buffers", -1,
		    virtio_ipsec_load_guest32(&from->num_input_buffers,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->num_input_buffers,
		virtio_ipsec_load_guest32(&from->num_input_buffers,
					  big_endian), big_endian);
	print_value("data_separate.input_data_length", -1,
		    virtio_ipsec_load_guest32(&from->input_data_length,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->input_data_length,
		virtio_ipsec_load_guest32(&from->input_data_length,
					  big_endian), big_endian);
	print_value("data_separate.num_output_buffers", -1,
		    virtio_ipsec_load_guest32(&from->num_output_buffers,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->num_output_buffers,
		virtio_ipsec_load_guest32(&from->num_output_buffers,
					  big_endian), big_endian);
	print_value("data_separate.output_buffer_length", -1,
		    virtio_ipsec_load_guest32(&from->output_buffer_length,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->output_buffer_length,
		virtio_ipsec_load_guest32(&from->output_buffer_length,
					  big_endian), big_endian);
	print_value("data_separate.flags", -1,
		    virtio_ipsec_load_guest32(&from->flags, big_endian));
	virtio_ipsec_store_guest32(&to->flags,
				   virtio_ipsec_load_guest32(&from->flags,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_data_in_place(int big_endian)
{
	struct virtio_ipsec_data_in_place *from = (struct virtio_ipsec_data_in_place *)in.bytes;
	struct virtio_ipsec_data_in_place *to = (struct virtio_ipsec_data_in_place *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 8; i++) {
		print_value(
			"data_in_place.sa_context_handle", (int)i,
			virtio_ipsec_load_guest32(&from->sa_context_handle[i],
						  big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_context_handle[i],
			virtio_ipsec_load_guest32(&from->sa_context_handle[i],
						  big_endian), big_endian);
	}
	print_value("data_in_place.num_buffers", -1,
		    virtio_ipsec_load_guest32(&from->num_buffers, big_endian));
	virtio_ipsec_store_guest32(
		&to->num_buffers,
		virtio_ipsec_load_guest32(&from->num_buffers, big_endian),
		big_endian);
	print_value("data_in_place.buffer_length", -1,
		    virtio_ipsec_load_guest32(&from->buffer_length,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->buffer_length,
		virtio_ipsec_load_guest32(&from->buffer_length, big_endian),
		big_endian);
	print_value("data_in_place.input_start_of_data", -1,
		    virtio_ipsec_load_guest32(&from->input_start_of_data,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->input_start_of_data,
		virtio_ipsec_load_guest32(&from->input_start_of_data,
					  big_endian), big_endian);
	print_value("data_in_place.input_data_length", -1,
		    virtio_ipsec_load_guest32(&from->input_data_length,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->input_data_length,
		virtio_ipsec_load_guest32(&from->input_data_length,
					  big_endian), big_endian);
	print_value("data_in_place.output_start_of_data", -1,
		    virtio_ipsec_load_guest32(&from->output_start_of_data,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->output_start_of_data,
		virtio_ipsec_load_guest32(&from->output_start_of_data,
					  big_endian), big_endian);
	print_value("data_in_place.output_buffer_length", -1,
		    virtio_ipsec_load_guest32(&from->output_buffer_length,
					      big_endian));
	virtio_ipsec_store_guest32(
		&to->output_buffer_length,
		virtio_ipsec_load_guest32(&from->output_buffer_length,
					  big_endian), big_endian);
	print_value("data_in_place.flags", -1,
		    virtio_ipsec_load_guest32(&from->flags, big_endian));
	virtio_ipsec_store_guest32(&to->flags,
				   virtio_ipsec_load_guest32(&from->flags,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void fields_notification(int big_endian)
{
	struct virtio_ipsec_notification *from = (struct virtio_ipsec_notification *)in.bytes;
	struct virtio_ipsec_notification *to = (struct virtio_ipsec_notification *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("notification.notify_event", -1,
		    virtio_ipsec_load_guest32(&from->notify_event, big_endian));
	virtio_ipsec_store_guest32(
		&to->notify_event,
		virtio_ipsec_load_guest32(&from->notify_event, big_endian),
		big_endian);
	for (i = 0; i < 8; i++) {
		print_value("notification.group_handle", (int)i,
			    virtio_ipsec_load_guest32(&from->group_handle[i],
						      big_endian));
		virtio_ipsec_store_guest32(
			&to->group_handle[i],
			virtio_ipsec_load_guest32(&from->group_handle[i],
						  big_endian), big_endian);
	}
	for (i = 0; i < 8; i++) {
		print_value(
			"notification.sa_context_handle", (int)i,
			virtio_ipsec_load_guest32(&from->sa_context_handle[i],
						  big_endian));
		virtio_ipsec_store_guest32(
			&to->sa_context_handle[i],
			virtio_ipsec_load_guest32(&from->sa_context_handle[i],
						  big_endian), big_endian);
	}
	print_value("notification.value", -1,
		    virtio_ipsec_load_guest32(&from->value, big_endian));
	virtio_ipsec_store_guest32(&to->value,
				   virtio_ipsec_load_guest32(&from->value,
							     big_endian),
				   big_endian);
	to_hex(to, sizeof(*to));
}

static void
chain_get_capabilities(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		       int big_endian)
{
	struct virtio_ipsec_capabilities_req_view req;
	struct virtio_ipsec_get_capabilities_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_capabilities_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_capabilities_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_GET_CAPABILITIES, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_get_capabilities_resp(also, also_len, &resp,
						     big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_get_capabilities_resp(out.bytes, also_len,
						     &resp, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_set_capabilities(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		       int big_endian)
{
	struct virtio_ipsec_capabilities_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_capabilities_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_capabilities_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_SET_CAPABILITIES, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_set_guest_endian(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		       int big_endian)
{
	struct virtio_ipsec_set_guest_endian_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_set_guest_endian_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_set_guest_endian_req(out.bytes, len, &req,
						    big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_get_rand_num(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		   int big_endian)
{
	struct virtio_ipsec_get_rand_num_req_view req;
	struct virtio_ipsec_get_rand_num_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_get_rand_num_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_get_rand_num_req(out.bytes, len, &req,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_get_rand_num_resp(also, also_len, &resp,
						 big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_get_rand_num_resp(out.bytes, also_len, &resp,
						 big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_add_group(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		int big_endian)
{
	struct virtio_ipsec_ctrl_hdr_req_view req;
	struct virtio_ipsec_add_group_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_ctrl_hdr_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_ctrl_hdr_req(out.bytes, len,
					    VIRTIO_IPSEC_CTRL_ADD_GROUP, &req,
					    big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_add_group_resp(also, also_len, &resp,
					      big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_add_group_resp(out.bytes, also_len, &resp,
					      big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_delete_group(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		   int big_endian)
{
	struct virtio_ipsec_delete_group_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_delete_group_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_delete_group_req(out.bytes, len, &req,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_add_out_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		 int big_endian)
{
	static struct virtio_ipsec_sa_description_view req_sa[ROOM];
	struct virtio_ipsec_add_sa_req_view req;
	struct virtio_ipsec_add_sa_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	req.sa = req_sa;
	req.sa_max = ROOM;
	n = virtio_ipsec_parse_add_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	if (req.create_sa) {
		static struct virtio_ipsec_create_sa loose[ROOM];
		struct virtio_ipsec_create_sa *p = &loose[0];

		*p = *req.create_sa;
		virtio_ipsec_store_guest32(&p->num_sas, 0xa5, big_endian);
		virtio_ipsec_store_guest32(&p->sa_len, 0xa5, big_endian);
		req.create_sa = p;
	}
	n = virtio_ipsec_build_add_sa_req(out.bytes, len,
					  VIRTIO_IPSEC_CTRL_ADD_OUT_SA, &req,
					  big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_add_sa_resp(also, also_len, &resp, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_add_sa_resp(out.bytes, also_len, &resp,
					   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_del_out_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		 int big_endian)
{
	struct virtio_ipsec_del_sa_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_del_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_del_sa_req(out.bytes, len,
					  VIRTIO_IPSEC_CTRL_DEL_OUT_SA, &req,
					  big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_update_out_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		    int big_endian)
{
	struct virtio_ipsec_update_sa_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	req.ctx_tunnel_version = context;
	n = virtio_ipsec_parse_update_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_update_sa_req(out.bytes, len,
					     VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA,
					     &req, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_read_out_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		  int big_endian)
{
	struct virtio_ipsec_read_sa_req_view req;
	struct virtio_ipsec_read_out_sa_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_sa_req(out.bytes, len,
					   VIRTIO_IPSEC_CTRL_READ_OUT_SA, &req,
					   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_read_out_sa_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_read_out_sa_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_read_first_n_out_sas(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
			   int big_endian)
{
	struct virtio_ipsec_read_n_sas_req_view req;
	static struct virtio_ipsec_read_n_out_sas_resp_entry_view resp_entry[ROOM];
	struct virtio_ipsec_read_n_out_sas_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.entry = resp_entry;
	resp.entry_max = ROOM;
	n = virtio_ipsec_parse_read_n_out_sas_resp(also, also_len, &resp,
						   big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_sas) {
		static struct virtio_ipsec_read_sas loose[ROOM];
		struct virtio_ipsec_read_sas *p = &loose[0];

		*p = *resp.read_sas;
		virtio_ipsec_store_guest32(&p->num_sas, 0xa5, big_endian);
		resp.read_sas = p;
	}
	for (i = 0; i < resp.entry_count; i++) {
	}
	n = virtio_ipsec_build_read_n_out_sas_resp(out.bytes, also_len, &resp,
						   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_read_next_n_out_sas(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
			  int big_endian)
{
	struct virtio_ipsec_read_n_sas_req_view req;
	static struct virtio_ipsec_read_n_out_sas_resp_entry_view resp_entry[ROOM];
	struct virtio_ipsec_read_n_out_sas_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.entry = resp_entry;
	resp.entry_max = ROOM;
	n = virtio_ipsec_parse_read_n_out_sas_resp(also, also_len, &resp,
						   big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_sas) {
		static struct virtio_ipsec_read_sas loose[ROOM];
		struct virtio_ipsec_read_sas *p = &loose[0];

		*p = *resp.read_sas;
		virtio_ipsec_store_guest32(&p->num_sas, 0xa5, big_endian);
		resp.read_sas = p;
	}
	for (i = 0; i < resp.entry_count; i++) {
	}
	n = virtio_ipsec_build_read_n_out_sas_resp(out.bytes, also_len, &resp,
						   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_add_in_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		int big_endian)
{
	static struct virtio_ipsec_sa_description_view req_sa[ROOM];
	struct virtio_ipsec_add_sa_req_view req;
	struct virtio_ipsec_add_sa_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	req.sa = req_sa;
	req.sa_max = ROOM;
	n = virtio_ipsec_parse_add_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	if (req.create_sa) {
		static struct virtio_ipsec_create_sa loose[ROOM];
		struct virtio_ipsec_create_sa *p = &loose[0];

		*p = *req.create_sa;
		virtio_ipsec_store_guest32(&p->num_sas, 0xa5, big_endian);
		virtio_ipsec_store_guest32(&p->sa_len, 0xa5, big_endian);
		req.create_sa = p;
	}
	n = virtio_ipsec_build_add_sa_req(out.bytes, len,
					  VIRTIO_IPSEC_CTRL_ADD_IN_SA, &req,
					  big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_add_sa_resp(also, also_len, &resp, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_add_sa_resp(out.bytes, also_len, &resp,
					   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_del_in_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		int big_endian)
{
	struct virtio_ipsec_del_sa_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_del_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_del_sa_req(out.bytes, len,
					  VIRTIO_IPSEC_CTRL_DEL_IN_SA, &req,
					  big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_update_in_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		   int big_endian)
{
	struct virtio_ipsec_update_sa_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	req.ctx_tunnel_version = context;
	n = virtio_ipsec_parse_update_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_update_sa_req(out.bytes, len,
					     VIRTIO_IPSEC_CTRL_UPDATE_IN_SA,
					     &req, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_read_in_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		 int big_endian)
{
	struct virtio_ipsec_read_sa_req_view req;
	struct virtio_ipsec_read_in_sa_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_sa_req(out.bytes, len,
					   VIRTIO_IPSEC_CTRL_READ_IN_SA, &req,
					   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_read_in_sa_resp(also, also_len, &resp,
					       big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_read_in_sa_resp(out.bytes, also_len, &resp,
					       big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_read_first_n_in_sas(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
			  int big_endian)
{
	struct virtio_ipsec_read_n_sas_req_view req;
	static struct virtio_ipsec_read_n_in_sas_resp_entry_view resp_entry[ROOM];
	struct virtio_ipsec_read_n_in_sas_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.entry = resp_entry;
	resp.entry_max = ROOM;
	n = virtio_ipsec_parse_read_n_in_sas_resp(also, also_len, &resp,
						  big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_sas) {
		static struct virtio_ipsec_read_sas loose[ROOM];
		struct virtio_ipsec_read_sas *p = &loose[0];

		*p = *resp.read_sas;
		virtio_ipsec_store_guest32(&p->num_sas, 0xa5, big_endian);
		resp.read_sas = p;
	}
	for (i = 0; i < resp.entry_count; i++) {
	}
	n = virtio_ipsec_build_read_n_in_sas_resp(out.bytes, also_len, &resp,
						  big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_read_next_n_in_sas(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
			 int big_endian)
{
	struct virtio_ipsec_read_n_sas_req_view req;
	static struct virtio_ipsec_read_n_in_sas_resp_entry_view resp_entry[ROOM];
	struct virtio_ipsec_read_n_in_sas_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.entry = resp_entry;
	resp.entry_max = ROOM;
	n = virtio_ipsec_parse_read_n_in_sas_resp(also, also_len, &resp,
						  big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_sas) {
		static struct virtio_ipsec_read_sas loose[ROOM];
		struct virtio_ipsec_read_sas *p = &loose[0];

		*p = *resp.read_sas;
		virtio_ipsec_store_guest32(&p->num_sas, 0xa5, big_endian);
		resp.read_sas = p;
	}
	for (i = 0; i < resp.entry_count; i++) {
	}
	n = virtio_ipsec_build_read_n_in_sas_resp(out.bytes, also_len, &resp,
						  big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_flush_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len, int big_endian)
{
	struct virtio_ipsec_flush_sa_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_flush_sa_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_flush_sa_req(out.bytes, len, &req, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_flush_sa_all(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		   int big_endian)
{
	struct virtio_ipsec_ctrl_hdr_req_view req;
	struct virtio_ipsec_ctrl_result_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_ctrl_hdr_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_ctrl_hdr_req(out.bytes, len,
					    VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL,
					    &req, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_result_resp(also, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_result_resp(out.bytes, also_len, &resp,
						big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_get_headroom_tailroom_size(__u8 *buf, __u32 len, __u8 *also,
				 __u32 also_len, int big_endian)
{
	struct virtio_ipsec_ctrl_hdr_req_view req;
	struct virtio_ipsec_get_headroom_tailroom_size_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_ctrl_hdr_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_ctrl_hdr_req(
		out.bytes, len, VIRTIO_IPSEC_GET_HEADROOM_TAILROOM_SIZE, &req,
		big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_get_headroom_tailroom_size_resp(also, also_len,
							       &resp,
							       big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_get_headroom_tailroom_size_resp(out.bytes,
							       also_len, &resp,
							       big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_process_separate(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		       int big_endian)
{
	struct virtio_ipsec_process_separate_req_view req;
	struct virtio_ipsec_process_separate_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_process_separate_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.data_hdr) {
		static struct virtio_ipsec_data_hdr loose[ROOM];
		struct virtio_ipsec_data_hdr *p = &loose[0];

		*p = *req.data_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.data_hdr = p;
	}
	if (req.data_separate) {
		static struct virtio_ipsec_data_separate loose[ROOM];
		struct virtio_ipsec_data_separate *p = &loose[0];

		*p = *req.data_separate;
		virtio_ipsec_store_guest32(&p->input_data_length, 0xa5,
					   big_endian);
		req.data_separate = p;
	}
	n = virtio_ipsec_build_process_separate_req(out.bytes, len, &req,
						    big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_process_separate_resp(also, also_len, &req,
						     &resp, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.data_result) {
		static struct virtio_ipsec_data_result loose[ROOM];
		struct virtio_ipsec_data_result *p = &loose[0];

		*p = *resp.data_result;
		virtio_ipsec_store_guest32(&p->output_data_length, 0xa5,
					   big_endian);
		resp.data_result = p;
	}
	n = virtio_ipsec_build_process_separate_resp(out.bytes, also_len, &req,
						     &resp, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_process_in_place(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		       int big_endian)
{
	struct virtio_ipsec_process_in_place_req_view req;
	struct virtio_ipsec_process_in_place_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_process_in_place_req(buf, len, &req, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.data_hdr) {
		static struct virtio_ipsec_data_hdr loose[ROOM];
		struct virtio_ipsec_data_hdr *p = &loose[0];

		*p = *req.data_hdr;
		p->class = 0xa5;
		p->cmd = 0xa5;
		req.data_hdr = p;
	}
	n = virtio_ipsec_build_process_in_place_req(out.bytes, len, &req,
						    big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_process_in_place_resp(also, also_len, &req,
						     &resp, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_process_in_place_resp(out.bytes, also_len, &req,
						     &resp, big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_notify(__u8 *buf, __u32 len, __u8 *also, __u32 also_len, int big_endian)
{
	struct virtio_ipsec_notify_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_notify_resp(also, also_len, &resp, big_endian);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_notify_resp(out.bytes, also_len, &resp,
					   big_endian);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void registers(const __u8 *cfg, __u32 len, int big_endian)
{
	__u32 i, j, offset, value;
	int err;

	(void)big_endian;
	{
		err = virtio_ipsec_cfg_version_count(cfg, len, &offset, &value,
						     big_endian);
		if (err)
			printf("version_count refused %d\n", err);
		if (!err)
			printf("version_count %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	for (i = 0; i < 3; i++) {
		err = virtio_ipsec_cfg_supported_version(cfg, len, i, &offset,
							 &value, big_endian);
		if (err)
			printf("supported_version refused %d\n", err);
		if (!err)
			printf("supported_version %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	{
		err = virtio_ipsec_cfg_version_to_use(cfg, len, &offset,
						      &value, big_endian);
		if (err)
			printf("version_to_use refused %d\n", err);
		if (!err)
			printf("version_to_use %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	{
		err = virtio_ipsec_cfg_dev_queue_info(cfg, len, &offset,
						      &value, big_endian);
		if (err)
			printf("dev_queue_info refused %d\n", err);
		if (!err)
			printf("dev_queue_info %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	{
		err = virtio_ipsec_cfg_guest_queue_info(cfg, len, &offset,
							&value, big_endian);
		if (err)
			printf("guest_queue_info refused %d\n", err);
		if (!err)
			printf("guest_queue_info %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	for (i = 0; i < 20; i++)
		for (j = 0; j < 20; j++)
			printf("%lu %lu\n",
			       (unsigned long)virtio_ipsec_data_queues(i, j, 4094),
			       (unsigned long)virtio_ipsec_data_queues(i, j, 3));
}

int main(int argc, char **argv)
{
	static char name[64], hex[1 << 17], also_hex[1 << 17];
	int big_endian = argc > 2 && !strcmp(argv[2], "big");
	char mode = argc > 1 ? argv[1][0] : 'l';
	__u8 *bytes, *also;
	__u32 n, m;

	if (argc > 3)
		context = (__u32)atoi(argv[3]);
	if (mode == 'l') {
		print_layout();
		return 0;
	}
	while (scanf("%63s %131071s %131071s", name, hex, also_hex) == 3) {
		also = exact(also_hex, &m);
		bytes = exact(hex, &n);
		if (mode == 'f' && !strcmp(name, "ctrl_hdr"))
			fields_ctrl_hdr(big_endian);
		if (mode == 'f' && !strcmp(name, "ctrl_result"))
			fields_ctrl_result(big_endian);
		if (mode == 'f' && !strcmp(name, "ctrl_capabilities"))
			fields_ctrl_capabilities(big_endian);
		if (mode == 'f' && !strcmp(name, "set_guest_endian"))
			fields_set_guest_endian(big_endian);
		if (mode == 'f' && !strcmp(name, "group_add"))
			fields_group_add(big_endian);
		if (mode == 'f' && !strcmp(name, "group_delete"))
			fields_group_delete(big_endian);
		if (mode == 'f' && !strcmp(name, "flush_sa"))
			fields_flush_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "create_sa"))
			fields_create_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "sa_handle"))
			fields_sa_handle(big_endian);
		if (mode == 'f' && !strcmp(name, "sa_params"))
			fields_sa_params(big_endian);
		if (mode == 'f' && !strcmp(name, "tunnel_hdr_ipv4"))
			fields_tunnel_hdr_ipv4(big_endian);
		if (mode == 'f' && !strcmp(name, "tunnel_hdr_ipv6"))
			fields_tunnel_hdr_ipv6(big_endian);
		if (mode == 'f' && !strcmp(name, "lv"))
			fields_lv(big_endian);
		if (mode == 'f' && !strcmp(name, "esp_info"))
			fields_esp_info(big_endian);
		if (mode == 'f' && !strcmp(name, "esp_info_auth"))
			fields_esp_info_auth(big_endian);
		if (mode == 'f' && !strcmp(name, "ah_info"))
			fields_ah_info(big_endian);
		if (mode == 'f' && !strcmp(name, "icv_info"))
			fields_icv_info(big_endian);
		if (mode == 'f' && !strcmp(name, "udp_encapsulation_info"))
			fields_udp_encapsulation_info(big_endian);
		if (mode == 'f' && !strcmp(name, "notify_lifetime_kb"))
			fields_notify_lifetime_kb(big_endian);
		if (mode == 'f' && !strcmp(name, "notify_seqnum_periodic"))
			fields_notify_seqnum_periodic(big_endian);
		if (mode == 'f' && !strcmp(name, "update_sa"))
			fields_update_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "update_sa_ipaddr_v4"))
			fields_update_sa_ipaddr_v4(big_endian);
		if (mode == 'f' && !strcmp(name, "update_sa_ipaddr_v6"))
			fields_update_sa_ipaddr_v6(big_endian);
		if (mode == 'f' && !strcmp(name, "update_sa_seqnum"))
			fields_update_sa_seqnum(big_endian);
		if (mode == 'f' && !strcmp(name, "update_sa_antireplay"))
			fields_update_sa_antireplay(big_endian);
		if (mode == 'f' && !strcmp(name, "delete_sa"))
			fields_delete_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "read_sa"))
			fields_read_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "read_sas"))
			fields_read_sas(big_endian);
		if (mode == 'f' && !strcmp(name, "out_sa_info"))
			fields_out_sa_info(big_endian);
		if (mode == 'f' && !strcmp(name, "in_sa_info"))
			fields_in_sa_info(big_endian);
		if (mode == 'f' && !strcmp(name, "headroom_tailroom_size"))
			fields_headroom_tailroom_size(big_endian);
		if (mode == 'f' && !strcmp(name, "data_hdr"))
			fields_data_hdr(big_endian);
		if (mode == 'f' && !strcmp(name, "data_result"))
			fields_data_result(big_endian);
		if (mode == 'f' && !strcmp(name, "data_separate"))
			fields_data_separate(big_endian);
		if (mode == 'f' && !strcmp(name, "data_in_place"))
			fields_data_in_place(big_endian);
		if (mode == 'f' && !strcmp(name, "notification"))
			fields_notification(big_endian);
		if (mode == 'r' && !strcmp(name, "registers"))
			registers(bytes, n, big_endian);
		if (mode == 'c' && !strcmp(name, "get_capabilities"))
			chain_get_capabilities(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "set_capabilities"))
			chain_set_capabilities(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "set_guest_endian"))
			chain_set_guest_endian(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "get_rand_num"))
			chain_get_rand_num(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "add_group"))
			chain_add_group(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "delete_group"))
			chain_delete_group(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "add_out_sa"))
			chain_add_out_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "del_out_sa"))
			chain_del_out_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "update_out_sa"))
			chain_update_out_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "read_out_sa"))
			chain_read_out_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "read_first_n_out_sas"))
			chain_read_first_n_out_sas(bytes, n, also, m,
						   big_endian);
		if (mode == 'c' && !strcmp(name, "read_next_n_out_sas"))
			chain_read_next_n_out_sas(bytes, n, also, m,
						  big_endian);
		if (mode == 'c' && !strcmp(name, "add_in_sa"))
			chain_add_in_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "del_in_sa"))
			chain_del_in_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "update_in_sa"))
			chain_update_in_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "read_in_sa"))
			chain_read_in_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "read_first_n_in_sas"))
			chain_read_first_n_in_sas(bytes, n, also, m,
						  big_endian);
		if (mode == 'c' && !strcmp(name, "read_next_n_in_sas"))
			chain_read_next_n_in_sas(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "flush_sa"))
			chain_flush_sa(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "flush_sa_all"))
			chain_flush_sa_all(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "get_headroom_tailroom_size"))
			chain_get_headroom_tailroom_size(bytes, n, also, m,
							 big_endian);
		if (mode == 'c' && !strcmp(name, "process_separate"))
			chain_process_separate(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "process_in_place"))
			chain_process_in_place(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "notify"))
			chain_notify(bytes, n, also, m, big_endian);
		free(bytes);
		free(also);
		printf(".\n");
	}
	return 0;
}
