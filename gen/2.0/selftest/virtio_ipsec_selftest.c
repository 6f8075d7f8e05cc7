/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * virtio-ipsec-la 2.0. The look-aside IPsec accelerator for new builds:
 * little-endian, naturally aligned, readable before writable, with attributes
 * that a minor version can add to.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
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
	print_place("ctrl_hdr.command",
		    offsetof(struct virtio_ipsec_ctrl_hdr, command),
		    sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->command));
	print_place("ctrl_hdr.length",
		    offsetof(struct virtio_ipsec_ctrl_hdr, length),
		    sizeof(((struct virtio_ipsec_ctrl_hdr *)0)->length));
	printf("ctrl_status %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_ctrl_status));
	print_place("ctrl_status.status",
		    offsetof(struct virtio_ipsec_ctrl_status, status),
		    sizeof(((struct virtio_ipsec_ctrl_status *)0)->status));
	print_place("ctrl_status.detail",
		    offsetof(struct virtio_ipsec_ctrl_status, detail),
		    sizeof(((struct virtio_ipsec_ctrl_status *)0)->detail));
	printf("capabilities %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_capabilities));
	print_place(
		"capabilities.cipher_algorithms",
		offsetof(struct virtio_ipsec_capabilities, cipher_algorithms),
		sizeof(((struct virtio_ipsec_capabilities *)0)->cipher_algorithms));
	print_place(
		"capabilities.auth_algorithms",
		offsetof(struct virtio_ipsec_capabilities, auth_algorithms),
		sizeof(((struct virtio_ipsec_capabilities *)0)->auth_algorithms));
	print_place(
		"capabilities.legacy_ciphers",
		offsetof(struct virtio_ipsec_capabilities, legacy_ciphers),
		sizeof(((struct virtio_ipsec_capabilities *)0)->legacy_ciphers));
	print_place(
		"capabilities.legacy_auths",
		offsetof(struct virtio_ipsec_capabilities, legacy_auths),
		sizeof(((struct virtio_ipsec_capabilities *)0)->legacy_auths));
	print_place("capabilities.max_sas",
		    offsetof(struct virtio_ipsec_capabilities, max_sas),
		    sizeof(((struct virtio_ipsec_capabilities *)0)->max_sas));
	print_place(
		"capabilities.max_groups",
		offsetof(struct virtio_ipsec_capabilities, max_groups),
		sizeof(((struct virtio_ipsec_capabilities *)0)->max_groups));
	print_place(
		"capabilities.max_replay_window",
		offsetof(struct virtio_ipsec_capabilities, max_replay_window),
		sizeof(((struct virtio_ipsec_capabilities *)0)->max_replay_window));
	print_place(
		"capabilities.max_packet_size",
		offsetof(struct virtio_ipsec_capabilities, max_packet_size),
		sizeof(((struct virtio_ipsec_capabilities *)0)->max_packet_size));
	print_place(
		"capabilities.max_bundle",
		offsetof(struct virtio_ipsec_capabilities, max_bundle),
		sizeof(((struct virtio_ipsec_capabilities *)0)->max_bundle));
	print_place(
		"capabilities.max_packets",
		offsetof(struct virtio_ipsec_capabilities, max_packets),
		sizeof(((struct virtio_ipsec_capabilities *)0)->max_packets));
	print_place("capabilities.headroom",
		    offsetof(struct virtio_ipsec_capabilities, headroom),
		    sizeof(((struct virtio_ipsec_capabilities *)0)->headroom));
	print_place("capabilities.tailroom",
		    offsetof(struct virtio_ipsec_capabilities, tailroom),
		    sizeof(((struct virtio_ipsec_capabilities *)0)->tailroom));
	print_place("capabilities.dh_groups",
		    offsetof(struct virtio_ipsec_capabilities, dh_groups),
		    sizeof(((struct virtio_ipsec_capabilities *)0)->dh_groups));
	print_place("capabilities.reserved",
		    offsetof(struct virtio_ipsec_capabilities, reserved),
		    sizeof(((struct virtio_ipsec_capabilities *)0)->reserved));
	printf("set_capabilities %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_set_capabilities));
	print_place(
		"set_capabilities.legacy_ciphers",
		offsetof(struct virtio_ipsec_set_capabilities, legacy_ciphers),
		sizeof(((struct virtio_ipsec_set_capabilities *)0)->legacy_ciphers));
	print_place(
		"set_capabilities.legacy_auths",
		offsetof(struct virtio_ipsec_set_capabilities, legacy_auths),
		sizeof(((struct virtio_ipsec_set_capabilities *)0)->legacy_auths));
	printf("group %lu\n", (unsigned long)sizeof(struct virtio_ipsec_group));
	print_place("group.group", offsetof(struct virtio_ipsec_group, group),
		    sizeof(((struct virtio_ipsec_group *)0)->group));
	printf("sa %lu\n", (unsigned long)sizeof(struct virtio_ipsec_sa));
	print_place("sa.group", offsetof(struct virtio_ipsec_sa, group),
		    sizeof(((struct virtio_ipsec_sa *)0)->group));
	print_place("sa.sa", offsetof(struct virtio_ipsec_sa, sa),
		    sizeof(((struct virtio_ipsec_sa *)0)->sa));
	printf("add_sa %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_add_sa));
	print_place("add_sa.group",
		    offsetof(struct virtio_ipsec_add_sa, group),
		    sizeof(((struct virtio_ipsec_add_sa *)0)->group));
	print_place("add_sa.sa_count",
		    offsetof(struct virtio_ipsec_add_sa, sa_count),
		    sizeof(((struct virtio_ipsec_add_sa *)0)->sa_count));
	print_place("add_sa.reserved",
		    offsetof(struct virtio_ipsec_add_sa, reserved),
		    sizeof(((struct virtio_ipsec_add_sa *)0)->reserved));
	printf("sa_entry %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_sa_entry));
	print_place("sa_entry.spi",
		    offsetof(struct virtio_ipsec_sa_entry, spi),
		    sizeof(((struct virtio_ipsec_sa_entry *)0)->spi));
	print_place("sa_entry.proto",
		    offsetof(struct virtio_ipsec_sa_entry, proto),
		    sizeof(((struct virtio_ipsec_sa_entry *)0)->proto));
	print_place("sa_entry.mode",
		    offsetof(struct virtio_ipsec_sa_entry, mode),
		    sizeof(((struct virtio_ipsec_sa_entry *)0)->mode));
	print_place("sa_entry.flags",
		    offsetof(struct virtio_ipsec_sa_entry, flags),
		    sizeof(((struct virtio_ipsec_sa_entry *)0)->flags));
	print_place(
		"sa_entry.attributes_length",
		offsetof(struct virtio_ipsec_sa_entry, attributes_length),
		sizeof(((struct virtio_ipsec_sa_entry *)0)->attributes_length));
	print_place("sa_entry.reserved",
		    offsetof(struct virtio_ipsec_sa_entry, reserved),
		    sizeof(((struct virtio_ipsec_sa_entry *)0)->reserved));
	printf("read_sas %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_read_sas));
	print_place("read_sas.group",
		    offsetof(struct virtio_ipsec_read_sas, group),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->group));
	print_place("read_sas.cursor",
		    offsetof(struct virtio_ipsec_read_sas, cursor),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->cursor));
	print_place("read_sas.max_sas",
		    offsetof(struct virtio_ipsec_read_sas, max_sas),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->max_sas));
	print_place("read_sas.reserved",
		    offsetof(struct virtio_ipsec_read_sas, reserved),
		    sizeof(((struct virtio_ipsec_read_sas *)0)->reserved));
	printf("read_reply %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_read_reply));
	print_place("read_reply.cursor",
		    offsetof(struct virtio_ipsec_read_reply, cursor),
		    sizeof(((struct virtio_ipsec_read_reply *)0)->cursor));
	print_place("read_reply.sa_count",
		    offsetof(struct virtio_ipsec_read_reply, sa_count),
		    sizeof(((struct virtio_ipsec_read_reply *)0)->sa_count));
	print_place("read_reply.length",
		    offsetof(struct virtio_ipsec_read_reply, length),
		    sizeof(((struct virtio_ipsec_read_reply *)0)->length));
	printf("sa_record %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_sa_record));
	print_place("sa_record.sa",
		    offsetof(struct virtio_ipsec_sa_record, sa),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->sa));
	print_place("sa_record.sequence",
		    offsetof(struct virtio_ipsec_sa_record, sequence),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->sequence));
	print_place("sa_record.spi",
		    offsetof(struct virtio_ipsec_sa_record, spi),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->spi));
	print_place("sa_record.proto",
		    offsetof(struct virtio_ipsec_sa_record, proto),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->proto));
	print_place("sa_record.mode",
		    offsetof(struct virtio_ipsec_sa_record, mode),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->mode));
	print_place("sa_record.flags",
		    offsetof(struct virtio_ipsec_sa_record, flags),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->flags));
	print_place(
		"sa_record.attributes_length",
		offsetof(struct virtio_ipsec_sa_record, attributes_length),
		sizeof(((struct virtio_ipsec_sa_record *)0)->attributes_length));
	print_place("sa_record.position",
		    offsetof(struct virtio_ipsec_sa_record, position),
		    sizeof(((struct virtio_ipsec_sa_record *)0)->position));
	printf("headroom_tailroom %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_headroom_tailroom));
	print_place(
		"headroom_tailroom.headroom",
		offsetof(struct virtio_ipsec_headroom_tailroom, headroom),
		sizeof(((struct virtio_ipsec_headroom_tailroom *)0)->headroom));
	print_place(
		"headroom_tailroom.tailroom",
		offsetof(struct virtio_ipsec_headroom_tailroom, tailroom),
		sizeof(((struct virtio_ipsec_headroom_tailroom *)0)->tailroom));
	printf("amount %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_amount));
	print_place("amount.length",
		    offsetof(struct virtio_ipsec_amount, length),
		    sizeof(((struct virtio_ipsec_amount *)0)->length));
	print_place("amount.reserved",
		    offsetof(struct virtio_ipsec_amount, reserved),
		    sizeof(((struct virtio_ipsec_amount *)0)->reserved));
	printf("attr_hdr %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_attr_hdr));
	print_place("attr_hdr.type",
		    offsetof(struct virtio_ipsec_attr_hdr, type),
		    sizeof(((struct virtio_ipsec_attr_hdr *)0)->type));
	print_place("attr_hdr.length",
		    offsetof(struct virtio_ipsec_attr_hdr, length),
		    sizeof(((struct virtio_ipsec_attr_hdr *)0)->length));
	print_place("attr_hdr.reserved",
		    offsetof(struct virtio_ipsec_attr_hdr, reserved),
		    sizeof(((struct virtio_ipsec_attr_hdr *)0)->reserved));
	printf("tunnel_ipv4 %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_tunnel_ipv4));
	print_place("tunnel_ipv4.saddr",
		    offsetof(struct virtio_ipsec_tunnel_ipv4, saddr),
		    sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->saddr));
	print_place("tunnel_ipv4.daddr",
		    offsetof(struct virtio_ipsec_tunnel_ipv4, daddr),
		    sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->daddr));
	print_place(
		"tunnel_ipv4.dscp_handling",
		offsetof(struct virtio_ipsec_tunnel_ipv4, dscp_handling),
		sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->dscp_handling));
	print_place("tunnel_ipv4.dscp",
		    offsetof(struct virtio_ipsec_tunnel_ipv4, dscp),
		    sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->dscp));
	print_place(
		"tunnel_ipv4.df_handling",
		offsetof(struct virtio_ipsec_tunnel_ipv4, df_handling),
		sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->df_handling));
	print_place("tunnel_ipv4.ecn",
		    offsetof(struct virtio_ipsec_tunnel_ipv4, ecn),
		    sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->ecn));
	print_place("tunnel_ipv4.ttl",
		    offsetof(struct virtio_ipsec_tunnel_ipv4, ttl),
		    sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->ttl));
	print_place("tunnel_ipv4.reserved",
		    offsetof(struct virtio_ipsec_tunnel_ipv4, reserved),
		    sizeof(((struct virtio_ipsec_tunnel_ipv4 *)0)->reserved));
	printf("tunnel_ipv6 %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_tunnel_ipv6));
	print_place("tunnel_ipv6.saddr",
		    offsetof(struct virtio_ipsec_tunnel_ipv6, saddr),
		    sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->saddr));
	print_place("tunnel_ipv6.daddr",
		    offsetof(struct virtio_ipsec_tunnel_ipv6, daddr),
		    sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->daddr));
	print_place("tunnel_ipv6.flow_label",
		    offsetof(struct virtio_ipsec_tunnel_ipv6, flow_label),
		    sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->flow_label));
	print_place(
		"tunnel_ipv6.dscp_handling",
		offsetof(struct virtio_ipsec_tunnel_ipv6, dscp_handling),
		sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->dscp_handling));
	print_place("tunnel_ipv6.dscp",
		    offsetof(struct virtio_ipsec_tunnel_ipv6, dscp),
		    sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->dscp));
	print_place("tunnel_ipv6.ecn",
		    offsetof(struct virtio_ipsec_tunnel_ipv6, ecn),
		    sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->ecn));
	print_place("tunnel_ipv6.hop_limit",
		    offsetof(struct virtio_ipsec_tunnel_ipv6, hop_limit),
		    sizeof(((struct virtio_ipsec_tunnel_ipv6 *)0)->hop_limit));
	printf("attr_cipher %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_attr_cipher));
	print_place("attr_cipher.algorithm",
		    offsetof(struct virtio_ipsec_attr_cipher, algorithm),
		    sizeof(((struct virtio_ipsec_attr_cipher *)0)->algorithm));
	print_place("attr_cipher.key_length",
		    offsetof(struct virtio_ipsec_attr_cipher, key_length),
		    sizeof(((struct virtio_ipsec_attr_cipher *)0)->key_length));
	print_place(
		"attr_cipher.salt_length",
		offsetof(struct virtio_ipsec_attr_cipher, salt_length),
		sizeof(((struct virtio_ipsec_attr_cipher *)0)->salt_length));
	print_place("attr_cipher.reserved",
		    offsetof(struct virtio_ipsec_attr_cipher, reserved),
		    sizeof(((struct virtio_ipsec_attr_cipher *)0)->reserved));
	printf("attr_auth %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_attr_auth));
	print_place("attr_auth.algorithm",
		    offsetof(struct virtio_ipsec_attr_auth, algorithm),
		    sizeof(((struct virtio_ipsec_attr_auth *)0)->algorithm));
	print_place("attr_auth.key_length",
		    offsetof(struct virtio_ipsec_attr_auth, key_length),
		    sizeof(((struct virtio_ipsec_attr_auth *)0)->key_length));
	print_place("attr_auth.salt_length",
		    offsetof(struct virtio_ipsec_attr_auth, salt_length),
		    sizeof(((struct virtio_ipsec_attr_auth *)0)->salt_length));
	print_place("attr_auth.reserved",
		    offsetof(struct virtio_ipsec_attr_auth, reserved),
		    sizeof(((struct virtio_ipsec_attr_auth *)0)->reserved));
	printf("udp_encapsulation %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_udp_encapsulation));
	print_place(
		"udp_encapsulation.sport",
		offsetof(struct virtio_ipsec_udp_encapsulation, sport),
		sizeof(((struct virtio_ipsec_udp_encapsulation *)0)->sport));
	print_place(
		"udp_encapsulation.dport",
		offsetof(struct virtio_ipsec_udp_encapsulation, dport),
		sizeof(((struct virtio_ipsec_udp_encapsulation *)0)->dport));
	print_place(
		"udp_encapsulation.reserved",
		offsetof(struct virtio_ipsec_udp_encapsulation, reserved),
		sizeof(((struct virtio_ipsec_udp_encapsulation *)0)->reserved));
	printf("original_address %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_original_address));
	print_place(
		"original_address.version",
		offsetof(struct virtio_ipsec_original_address, version),
		sizeof(((struct virtio_ipsec_original_address *)0)->version));
	print_place(
		"original_address.reserved",
		offsetof(struct virtio_ipsec_original_address, reserved),
		sizeof(((struct virtio_ipsec_original_address *)0)->reserved));
	print_place(
		"original_address.address",
		offsetof(struct virtio_ipsec_original_address, address),
		sizeof(((struct virtio_ipsec_original_address *)0)->address));
	printf("replay_window %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_replay_window));
	print_place("replay_window.size",
		    offsetof(struct virtio_ipsec_replay_window, size),
		    sizeof(((struct virtio_ipsec_replay_window *)0)->size));
	print_place(
		"replay_window.bitmap_length",
		offsetof(struct virtio_ipsec_replay_window, bitmap_length),
		sizeof(((struct virtio_ipsec_replay_window *)0)->bitmap_length));
	print_place("replay_window.highest",
		    offsetof(struct virtio_ipsec_replay_window, highest),
		    sizeof(((struct virtio_ipsec_replay_window *)0)->highest));
	printf("sequence %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_sequence));
	print_place("sequence.last",
		    offsetof(struct virtio_ipsec_sequence, last),
		    sizeof(((struct virtio_ipsec_sequence *)0)->last));
	print_place("sequence.notify_at",
		    offsetof(struct virtio_ipsec_sequence, notify_at),
		    sizeof(((struct virtio_ipsec_sequence *)0)->notify_at));
	printf("lifetime %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_lifetime));
	print_place("lifetime.soft_bytes",
		    offsetof(struct virtio_ipsec_lifetime, soft_bytes),
		    sizeof(((struct virtio_ipsec_lifetime *)0)->soft_bytes));
	print_place("lifetime.hard_bytes",
		    offsetof(struct virtio_ipsec_lifetime, hard_bytes),
		    sizeof(((struct virtio_ipsec_lifetime *)0)->hard_bytes));
	print_place("lifetime.soft_packets",
		    offsetof(struct virtio_ipsec_lifetime, soft_packets),
		    sizeof(((struct virtio_ipsec_lifetime *)0)->soft_packets));
	print_place("lifetime.hard_packets",
		    offsetof(struct virtio_ipsec_lifetime, hard_packets),
		    sizeof(((struct virtio_ipsec_lifetime *)0)->hard_packets));
	printf("tfc %lu\n", (unsigned long)sizeof(struct virtio_ipsec_tfc));
	print_place("tfc.pad_to", offsetof(struct virtio_ipsec_tfc, pad_to),
		    sizeof(((struct virtio_ipsec_tfc *)0)->pad_to));
	print_place("tfc.reserved",
		    offsetof(struct virtio_ipsec_tfc, reserved),
		    sizeof(((struct virtio_ipsec_tfc *)0)->reserved));
	printf("notify %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_notify));
	print_place("notify.events",
		    offsetof(struct virtio_ipsec_notify, events),
		    sizeof(((struct virtio_ipsec_notify *)0)->events));
	print_place("notify.interval",
		    offsetof(struct virtio_ipsec_notify, interval),
		    sizeof(((struct virtio_ipsec_notify *)0)->interval));
	printf("sa_statistics %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_sa_statistics));
	print_place("sa_statistics.packets",
		    offsetof(struct virtio_ipsec_sa_statistics, packets),
		    sizeof(((struct virtio_ipsec_sa_statistics *)0)->packets));
	print_place("sa_statistics.bytes",
		    offsetof(struct virtio_ipsec_sa_statistics, bytes),
		    sizeof(((struct virtio_ipsec_sa_statistics *)0)->bytes));
	print_place(
		"sa_statistics.invalid_packet",
		offsetof(struct virtio_ipsec_sa_statistics, invalid_packet),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_packet));
	print_place(
		"sa_statistics.invalid_pad",
		offsetof(struct virtio_ipsec_sa_statistics, invalid_pad),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_pad));
	print_place(
		"sa_statistics.invalid_sequence",
		offsetof(struct virtio_ipsec_sa_statistics, invalid_sequence),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_sequence));
	print_place(
		"sa_statistics.replay_late",
		offsetof(struct virtio_ipsec_sa_statistics, replay_late),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->replay_late));
	print_place("sa_statistics.replayed",
		    offsetof(struct virtio_ipsec_sa_statistics, replayed),
		    sizeof(((struct virtio_ipsec_sa_statistics *)0)->replayed));
	print_place(
		"sa_statistics.invalid_icv",
		offsetof(struct virtio_ipsec_sa_statistics, invalid_icv),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->invalid_icv));
	print_place(
		"sa_statistics.sequence_overflow",
		offsetof(struct virtio_ipsec_sa_statistics, sequence_overflow),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->sequence_overflow));
	print_place(
		"sa_statistics.crypto_failed",
		offsetof(struct virtio_ipsec_sa_statistics, crypto_failed),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->crypto_failed));
	print_place(
		"sa_statistics.no_tail_room",
		offsetof(struct virtio_ipsec_sa_statistics, no_tail_room),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->no_tail_room));
	print_place(
		"sa_statistics.submit_failed",
		offsetof(struct virtio_ipsec_sa_statistics, submit_failed),
		sizeof(((struct virtio_ipsec_sa_statistics *)0)->submit_failed));
	printf("state_chunk %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_state_chunk));
	print_place("state_chunk.offset",
		    offsetof(struct virtio_ipsec_state_chunk, offset),
		    sizeof(((struct virtio_ipsec_state_chunk *)0)->offset));
	print_place("state_chunk.total",
		    offsetof(struct virtio_ipsec_state_chunk, total),
		    sizeof(((struct virtio_ipsec_state_chunk *)0)->total));
	print_place("state_chunk.length",
		    offsetof(struct virtio_ipsec_state_chunk, length),
		    sizeof(((struct virtio_ipsec_state_chunk *)0)->length));
	print_place("state_chunk.reserved",
		    offsetof(struct virtio_ipsec_state_chunk, reserved),
		    sizeof(((struct virtio_ipsec_state_chunk *)0)->reserved));
	printf("save_state %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_save_state));
	print_place("save_state.offset",
		    offsetof(struct virtio_ipsec_save_state, offset),
		    sizeof(((struct virtio_ipsec_save_state *)0)->offset));
	print_place("save_state.max_length",
		    offsetof(struct virtio_ipsec_save_state, max_length),
		    sizeof(((struct virtio_ipsec_save_state *)0)->max_length));
	print_place("save_state.reserved",
		    offsetof(struct virtio_ipsec_save_state, reserved),
		    sizeof(((struct virtio_ipsec_save_state *)0)->reserved));
	printf("dh_generate %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_dh_generate));
	print_place("dh_generate.dh_group",
		    offsetof(struct virtio_ipsec_dh_generate, dh_group),
		    sizeof(((struct virtio_ipsec_dh_generate *)0)->dh_group));
	print_place("dh_generate.reserved",
		    offsetof(struct virtio_ipsec_dh_generate, reserved),
		    sizeof(((struct virtio_ipsec_dh_generate *)0)->reserved));
	printf("dh_public %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_dh_public));
	print_place("dh_public.dh",
		    offsetof(struct virtio_ipsec_dh_public, dh),
		    sizeof(((struct virtio_ipsec_dh_public *)0)->dh));
	print_place("dh_public.length",
		    offsetof(struct virtio_ipsec_dh_public, length),
		    sizeof(((struct virtio_ipsec_dh_public *)0)->length));
	print_place("dh_public.reserved",
		    offsetof(struct virtio_ipsec_dh_public, reserved),
		    sizeof(((struct virtio_ipsec_dh_public *)0)->reserved));
	printf("dh %lu\n", (unsigned long)sizeof(struct virtio_ipsec_dh));
	print_place("dh.dh", offsetof(struct virtio_ipsec_dh, dh),
		    sizeof(((struct virtio_ipsec_dh *)0)->dh));
	printf("data_req %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_data_req));
	print_place("data_req.sa", offsetof(struct virtio_ipsec_data_req, sa),
		    sizeof(((struct virtio_ipsec_data_req *)0)->sa));
	print_place("data_req.input_length",
		    offsetof(struct virtio_ipsec_data_req, input_length),
		    sizeof(((struct virtio_ipsec_data_req *)0)->input_length));
	print_place(
		"data_req.output_capacity",
		offsetof(struct virtio_ipsec_data_req, output_capacity),
		sizeof(((struct virtio_ipsec_data_req *)0)->output_capacity));
	print_place("data_req.operation",
		    offsetof(struct virtio_ipsec_data_req, operation),
		    sizeof(((struct virtio_ipsec_data_req *)0)->operation));
	print_place("data_req.flags",
		    offsetof(struct virtio_ipsec_data_req, flags),
		    sizeof(((struct virtio_ipsec_data_req *)0)->flags));
	print_place("data_req.following",
		    offsetof(struct virtio_ipsec_data_req, following),
		    sizeof(((struct virtio_ipsec_data_req *)0)->following));
	print_place("data_req.reserved",
		    offsetof(struct virtio_ipsec_data_req, reserved),
		    sizeof(((struct virtio_ipsec_data_req *)0)->reserved));
	print_place("data_req.cookie",
		    offsetof(struct virtio_ipsec_data_req, cookie),
		    sizeof(((struct virtio_ipsec_data_req *)0)->cookie));
	printf("data_completion %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_data_completion));
	print_place("data_completion.status",
		    offsetof(struct virtio_ipsec_data_completion, status),
		    sizeof(((struct virtio_ipsec_data_completion *)0)->status));
	print_place(
		"data_completion.output_length",
		offsetof(struct virtio_ipsec_data_completion, output_length),
		sizeof(((struct virtio_ipsec_data_completion *)0)->output_length));
	print_place(
		"data_completion.sequence",
		offsetof(struct virtio_ipsec_data_completion, sequence),
		sizeof(((struct virtio_ipsec_data_completion *)0)->sequence));
	printf("notification %lu\n",
	       (unsigned long)sizeof(struct virtio_ipsec_notification));
	print_place("notification.event",
		    offsetof(struct virtio_ipsec_notification, event),
		    sizeof(((struct virtio_ipsec_notification *)0)->event));
	print_place("notification.reserved",
		    offsetof(struct virtio_ipsec_notification, reserved),
		    sizeof(((struct virtio_ipsec_notification *)0)->reserved));
	print_place("notification.coalesced",
		    offsetof(struct virtio_ipsec_notification, coalesced),
		    sizeof(((struct virtio_ipsec_notification *)0)->coalesced));
	print_place("notification.group",
		    offsetof(struct virtio_ipsec_notification, group),
		    sizeof(((struct virtio_ipsec_notification *)0)->group));
	print_place("notification.sa",
		    offsetof(struct virtio_ipsec_notification, sa),
		    sizeof(((struct virtio_ipsec_notification *)0)->sa));
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
	print_value("ctrl_hdr.class", -1, virtio_ipsec_get_le16(&from->class));
	virtio_ipsec_put_le16(&to->class, virtio_ipsec_get_le16(&from->class));
	print_value("ctrl_hdr.command", -1,
		    virtio_ipsec_get_le16(&from->command));
	virtio_ipsec_put_le16(&to->command,
			      virtio_ipsec_get_le16(&from->command));
	print_value("ctrl_hdr.length", -1,
		    virtio_ipsec_get_le32(&from->length));
	virtio_ipsec_put_le32(&to->length,
			      virtio_ipsec_get_le32(&from->length));
	to_hex(to, sizeof(*to));
}

static void fields_ctrl_status(int big_endian)
{
	struct virtio_ipsec_ctrl_status *from = (struct virtio_ipsec_ctrl_status *)in.bytes;
	struct virtio_ipsec_ctrl_status *to = (struct virtio_ipsec_ctrl_status *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("ctrl_status.status", -1,
		    virtio_ipsec_get_le32(&from->status));
	virtio_ipsec_put_le32(&to->status,
			      virtio_ipsec_get_le32(&from->status));
	print_value("ctrl_status.detail", -1,
		    virtio_ipsec_get_le32(&from->detail));
	virtio_ipsec_put_le32(&to->detail,
			      virtio_ipsec_get_le32(&from->detail));
	to_hex(to, sizeof(*to));
}

static void fields_capabilities(int big_endian)
{
	struct virtio_ipsec_capabilities *from = (struct virtio_ipsec_capabilities *)in.bytes;
	struct virtio_ipsec_capabilities *to = (struct virtio_ipsec_capabilities *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("capabilities.cipher_algorithms", -1,
		    virtio_ipsec_get_le64(&from->cipher_algorithms));
	virtio_ipsec_put_le64(&to->cipher_algorithms,
			      virtio_ipsec_get_le64(&from->cipher_algorithms));
	print_value("capabilities.auth_algorithms", -1,
		    virtio_ipsec_get_le64(&from->auth_algorithms));
	virtio_ipsec_put_le64(&to->auth_algorithms,
			      virtio_ipsec_get_le64(&from->auth_algorithms));
	print_value("capabilities.legacy_ciphers", -1,
		    virtio_ipsec_get_le64(&from->legacy_ciphers));
	virtio_ipsec_put_le64(&to->legacy_ciphers,
			      virtio_ipsec_get_le64(&from->legacy_ciphers));
	print_value("capabilities.legacy_auths", -1,
		    virtio_ipsec_get_le64(&from->legacy_auths));
	virtio_ipsec_put_le64(&to->legacy_auths,
			      virtio_ipsec_get_le64(&from->legacy_auths));
	print_value("capabilities.max_sas", -1,
		    virtio_ipsec_get_le32(&from->max_sas));
	virtio_ipsec_put_le32(&to->max_sas,
			      virtio_ipsec_get_le32(&from->max_sas));
	print_value("capabilities.max_groups", -1,
		    virtio_ipsec_get_le32(&from->max_groups));
	virtio_ipsec_put_le32(&to->max_groups,
			      virtio_ipsec_get_le32(&from->max_groups));
	print_value("capabilities.max_replay_window", -1,
		    virtio_ipsec_get_le32(&from->max_replay_window));
	virtio_ipsec_put_le32(&to->max_replay_window,
			      virtio_ipsec_get_le32(&from->max_replay_window));
	print_value("capabilities.max_packet_size", -1,
		    virtio_ipsec_get_le32(&from->max_packet_size));
	virtio_ipsec_put_le32(&to->max_packet_size,
			      virtio_ipsec_get_le32(&from->max_packet_size));
	print_value("capabilities.max_bundle", -1,
		    virtio_ipsec_get_le32(&from->max_bundle));
	virtio_ipsec_put_le32(&to->max_bundle,
			      virtio_ipsec_get_le32(&from->max_bundle));
	print_value("capabilities.max_packets", -1,
		    virtio_ipsec_get_le32(&from->max_packets));
	virtio_ipsec_put_le32(&to->max_packets,
			      virtio_ipsec_get_le32(&from->max_packets));
	print_value("capabilities.headroom", -1,
		    virtio_ipsec_get_le32(&from->headroom));
	virtio_ipsec_put_le32(&to->headroom,
			      virtio_ipsec_get_le32(&from->headroom));
	print_value("capabilities.tailroom", -1,
		    virtio_ipsec_get_le32(&from->tailroom));
	virtio_ipsec_put_le32(&to->tailroom,
			      virtio_ipsec_get_le32(&from->tailroom));
	print_value("capabilities.dh_groups", -1,
		    virtio_ipsec_get_le64(&from->dh_groups));
	virtio_ipsec_put_le64(&to->dh_groups,
			      virtio_ipsec_get_le64(&from->dh_groups));
	for (i = 0; i < 8; i++) {
		print_value("capabilities.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_set_capabilities(int big_endian)
{
	struct virtio_ipsec_set_capabilities *from = (struct virtio_ipsec_set_capabilities *)in.bytes;
	struct virtio_ipsec_set_capabilities *to = (struct virtio_ipsec_set_capabilities *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("set_capabilities.legacy_ciphers", -1,
		    virtio_ipsec_get_le64(&from->legacy_ciphers));
	virtio_ipsec_put_le64(&to->legacy_ciphers,
			      virtio_ipsec_get_le64(&from->legacy_ciphers));
	print_value("set_capabilities.legacy_auths", -1,
		    virtio_ipsec_get_le64(&from->legacy_auths));
	virtio_ipsec_put_le64(&to->legacy_auths,
			      virtio_ipsec_get_le64(&from->legacy_auths));
	to_hex(to, sizeof(*to));
}

static void fields_group(int big_endian)
{
	struct virtio_ipsec_group *from = (struct virtio_ipsec_group *)in.bytes;
	struct virtio_ipsec_group *to = (struct virtio_ipsec_group *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("group.group", -1, virtio_ipsec_get_le64(&from->group));
	virtio_ipsec_put_le64(&to->group, virtio_ipsec_get_le64(&from->group));
	to_hex(to, sizeof(*to));
}

static void fields_sa(int big_endian)
{
	struct virtio_ipsec_sa *from = (struct virtio_ipsec_sa *)in.bytes;
	struct virtio_ipsec_sa *to = (struct virtio_ipsec_sa *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("sa.group", -1, virtio_ipsec_get_le64(&from->group));
	virtio_ipsec_put_le64(&to->group, virtio_ipsec_get_le64(&from->group));
	print_value("sa.sa", -1, virtio_ipsec_get_le64(&from->sa));
	virtio_ipsec_put_le64(&to->sa, virtio_ipsec_get_le64(&from->sa));
	to_hex(to, sizeof(*to));
}

static void fields_add_sa(int big_endian)
{
	struct virtio_ipsec_add_sa *from = (struct virtio_ipsec_add_sa *)in.bytes;
	struct virtio_ipsec_add_sa *to = (struct virtio_ipsec_add_sa *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("add_sa.group", -1, virtio_ipsec_get_le64(&from->group));
	virtio_ipsec_put_le64(&to->group, virtio_ipsec_get_le64(&from->group));
	print_value("add_sa.sa_count", -1,
		    virtio_ipsec_get_le32(&from->sa_count));
	virtio_ipsec_put_le32(&to->sa_count,
			      virtio_ipsec_get_le32(&from->sa_count));
	for (i = 0; i < 4; i++) {
		print_value("add_sa.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_sa_entry(int big_endian)
{
	struct virtio_ipsec_sa_entry *from = (struct virtio_ipsec_sa_entry *)in.bytes;
	struct virtio_ipsec_sa_entry *to = (struct virtio_ipsec_sa_entry *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("sa_entry.spi", -1, virtio_ipsec_get_le32(&from->spi));
	virtio_ipsec_put_le32(&to->spi, virtio_ipsec_get_le32(&from->spi));
	print_value("sa_entry.proto", -1, from->proto);
	to->proto = from->proto;
	print_value("sa_entry.mode", -1, from->mode);
	to->mode = from->mode;
	print_value("sa_entry.flags", -1, virtio_ipsec_get_le16(&from->flags));
	virtio_ipsec_put_le16(&to->flags, virtio_ipsec_get_le16(&from->flags));
	print_value("sa_entry.attributes_length", -1,
		    virtio_ipsec_get_le32(&from->attributes_length));
	virtio_ipsec_put_le32(&to->attributes_length,
			      virtio_ipsec_get_le32(&from->attributes_length));
	for (i = 0; i < 4; i++) {
		print_value("sa_entry.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
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
	print_value("read_sas.group", -1, virtio_ipsec_get_le64(&from->group));
	virtio_ipsec_put_le64(&to->group, virtio_ipsec_get_le64(&from->group));
	print_value("read_sas.cursor", -1,
		    virtio_ipsec_get_le64(&from->cursor));
	virtio_ipsec_put_le64(&to->cursor,
			      virtio_ipsec_get_le64(&from->cursor));
	print_value("read_sas.max_sas", -1,
		    virtio_ipsec_get_le32(&from->max_sas));
	virtio_ipsec_put_le32(&to->max_sas,
			      virtio_ipsec_get_le32(&from->max_sas));
	for (i = 0; i < 4; i++) {
		print_value("read_sas.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_read_reply(int big_endian)
{
	struct virtio_ipsec_read_reply *from = (struct virtio_ipsec_read_reply *)in.bytes;
	struct virtio_ipsec_read_reply *to = (struct virtio_ipsec_read_reply *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("read_reply.cursor", -1,
		    virtio_ipsec_get_le64(&from->cursor));
	virtio_ipsec_put_le64(&to->cursor,
			      virtio_ipsec_get_le64(&from->cursor));
	print_value("read_reply.sa_count", -1,
		    virtio_ipsec_get_le32(&from->sa_count));
	virtio_ipsec_put_le32(&to->sa_count,
			      virtio_ipsec_get_le32(&from->sa_count));
	print_value("read_reply.length", -1,
		    virtio_ipsec_get_le32(&from->length));
	virtio_ipsec_put_le32(&to->length,
			      virtio_ipsec_get_le32(&from->length));
	to_hex(to, sizeof(*to));
}

static void fields_sa_record(int big_endian)
{
	struct virtio_ipsec_sa_record *from = (struct virtio_ipsec_sa_record *)in.bytes;
	struct virtio_ipsec_sa_record *to = (struct virtio_ipsec_sa_record *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("sa_record.sa", -1, virtio_ipsec_get_le64(&from->sa));
	virtio_ipsec_put_le64(&to->sa, virtio_ipsec_get_le64(&from->sa));
	print_value("sa_record.sequence", -1,
		    virtio_ipsec_get_le64(&from->sequence));
	virtio_ipsec_put_le64(&to->sequence,
			      virtio_ipsec_get_le64(&from->sequence));
	print_value("sa_record.spi", -1, virtio_ipsec_get_le32(&from->spi));
	virtio_ipsec_put_le32(&to->spi, virtio_ipsec_get_le32(&from->spi));
	print_value("sa_record.proto", -1, from->proto);
	to->proto = from->proto;
	print_value("sa_record.mode", -1, from->mode);
	to->mode = from->mode;
	print_value("sa_record.flags", -1, virtio_ipsec_get_le16(&from->flags));
	virtio_ipsec_put_le16(&to->flags, virtio_ipsec_get_le16(&from->flags));
	print_value("sa_record.attributes_length", -1,
		    virtio_ipsec_get_le32(&from->attributes_length));
	virtio_ipsec_put_le32(&to->attributes_length,
			      virtio_ipsec_get_le32(&from->attributes_length));
	print_value("sa_record.position", -1,
		    virtio_ipsec_get_le32(&from->position));
	virtio_ipsec_put_le32(&to->position,
			      virtio_ipsec_get_le32(&from->position));
	to_hex(to, sizeof(*to));
}

static void fields_headroom_tailroom(int big_endian)
{
	struct virtio_ipsec_headroom_tailroom *from = (struct virtio_ipsec_headroom_tailroom *)in.bytes;
	struct virtio_ipsec_headroom_tailroom *to = (struct virtio_ipsec_headroom_tailroom *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("headroom_tailroom.headroom", -1,
		    virtio_ipsec_get_le32(&from->headroom));
	virtio_ipsec_put_le32(&to->headroom,
			      virtio_ipsec_get_le32(&from->headroom));
	print_value("headroom_tailroom.tailroom", -1,
		    virtio_ipsec_get_le32(&from->tailroom));
	virtio_ipsec_put_le32(&to->tailroom,
			      virtio_ipsec_get_le32(&from->tailroom));
	to_hex(to, sizeof(*to));
}

static void fields_amount(int big_endian)
{
	struct virtio_ipsec_amount *from = (struct virtio_ipsec_amount *)in.bytes;
	struct virtio_ipsec_amount *to = (struct virtio_ipsec_amount *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("amount.length", -1, virtio_ipsec_get_le32(&from->length));
	virtio_ipsec_put_le32(&to->length,
			      virtio_ipsec_get_le32(&from->length));
	for (i = 0; i < 4; i++) {
		print_value("amount.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_attr_hdr(int big_endian)
{
	struct virtio_ipsec_attr_hdr *from = (struct virtio_ipsec_attr_hdr *)in.bytes;
	struct virtio_ipsec_attr_hdr *to = (struct virtio_ipsec_attr_hdr *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("attr_hdr.type", -1, virtio_ipsec_get_le16(&from->type));
	virtio_ipsec_put_le16(&to->type, virtio_ipsec_get_le16(&from->type));
	print_value("attr_hdr.length", -1,
		    virtio_ipsec_get_le16(&from->length));
	virtio_ipsec_put_le16(&to->length,
			      virtio_ipsec_get_le16(&from->length));
	for (i = 0; i < 4; i++) {
		print_value("attr_hdr.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_tunnel_ipv4(int big_endian)
{
	struct virtio_ipsec_tunnel_ipv4 *from = (struct virtio_ipsec_tunnel_ipv4 *)in.bytes;
	struct virtio_ipsec_tunnel_ipv4 *to = (struct virtio_ipsec_tunnel_ipv4 *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("tunnel_ipv4.saddr", -1,
		    virtio_ipsec_get_be32(&from->saddr));
	virtio_ipsec_put_be32(&to->saddr, virtio_ipsec_get_be32(&from->saddr));
	print_value("tunnel_ipv4.daddr", -1,
		    virtio_ipsec_get_be32(&from->daddr));
	virtio_ipsec_put_be32(&to->daddr, virtio_ipsec_get_be32(&from->daddr));
	print_value("tunnel_ipv4.dscp_handling", -1, from->dscp_handling);
	to->dscp_handling = from->dscp_handling;
	print_value("tunnel_ipv4.dscp", -1, from->dscp);
	to->dscp = from->dscp;
	print_value("tunnel_ipv4.df_handling", -1, from->df_handling);
	to->df_handling = from->df_handling;
	print_value("tunnel_ipv4.ecn", -1, from->ecn);
	to->ecn = from->ecn;
	print_value("tunnel_ipv4.ttl", -1, from->ttl);
	to->ttl = from->ttl;
	for (i = 0; i < 3; i++) {
		print_value("tunnel_ipv4.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_tunnel_ipv6(int big_endian)
{
	struct virtio_ipsec_tunnel_ipv6 *from = (struct virtio_ipsec_tunnel_ipv6 *)in.bytes;
	struct virtio_ipsec_tunnel_ipv6 *to = (struct virtio_ipsec_tunnel_ipv6 *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	for (i = 0; i < 16; i++) {
		print_value("tunnel_ipv6.saddr", (int)i, from->saddr[i]);
		to->saddr[i] = from->saddr[i];
	}
	for (i = 0; i < 16; i++) {
		print_value("tunnel_ipv6.daddr", (int)i, from->daddr[i]);
		to->daddr[i] = from->daddr[i];
	}
	print_value("tunnel_ipv6.flow_label", -1,
		    virtio_ipsec_get_le32(&from->flow_label));
	virtio_ipsec_put_le32(&to->flow_label,
			      virtio_ipsec_get_le32(&from->flow_label));
	print_value("tunnel_ipv6.dscp_handling", -1, from->dscp_handling);
	to->dscp_handling = from->dscp_handling;
	print_value("tunnel_ipv6.dscp", -1, from->dscp);
	to->dscp = from->dscp;
	print_value("tunnel_ipv6.ecn", -1, from->ecn);
	to->ecn = from->ecn;
	print_value("tunnel_ipv6.hop_limit", -1, from->hop_limit);
	to->hop_limit = from->hop_limit;
	to_hex(to, sizeof(*to));
}

static void fields_attr_cipher(int big_endian)
{
	struct virtio_ipsec_attr_cipher *from = (struct virtio_ipsec_attr_cipher *)in.bytes;
	struct virtio_ipsec_attr_cipher *to = (struct virtio_ipsec_attr_cipher *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("attr_cipher.algorithm", -1,
		    virtio_ipsec_get_le16(&from->algorithm));
	virtio_ipsec_put_le16(&to->algorithm,
			      virtio_ipsec_get_le16(&from->algorithm));
	print_value("attr_cipher.key_length", -1,
		    virtio_ipsec_get_le16(&from->key_length));
	virtio_ipsec_put_le16(&to->key_length,
			      virtio_ipsec_get_le16(&from->key_length));
	print_value("attr_cipher.salt_length", -1,
		    virtio_ipsec_get_le16(&from->salt_length));
	virtio_ipsec_put_le16(&to->salt_length,
			      virtio_ipsec_get_le16(&from->salt_length));
	for (i = 0; i < 2; i++) {
		print_value("attr_cipher.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_attr_auth(int big_endian)
{
	struct virtio_ipsec_attr_auth *from = (struct virtio_ipsec_attr_auth *)in.bytes;
	struct virtio_ipsec_attr_auth *to = (struct virtio_ipsec_attr_auth *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("attr_auth.algorithm", -1,
		    virtio_ipsec_get_le16(&from->algorithm));
	virtio_ipsec_put_le16(&to->algorithm,
			      virtio_ipsec_get_le16(&from->algorithm));
	print_value("attr_auth.key_length", -1,
		    virtio_ipsec_get_le16(&from->key_length));
	virtio_ipsec_put_le16(&to->key_length,
			      virtio_ipsec_get_le16(&from->key_length));
	print_value("attr_auth.salt_length", -1,
		    virtio_ipsec_get_le16(&from->salt_length));
	virtio_ipsec_put_le16(&to->salt_length,
			      virtio_ipsec_get_le16(&from->salt_length));
	for (i = 0; i < 2; i++) {
		print_value("attr_auth.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_udp_encapsulation(int big_endian)
{
	struct virtio_ipsec_udp_encapsulation *from = (struct virtio_ipsec_udp_encapsulation *)in.bytes;
	struct virtio_ipsec_udp_encapsulation *to = (struct virtio_ipsec_udp_encapsulation *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("udp_encapsulation.sport", -1,
		    virtio_ipsec_get_be16(&from->sport));
	virtio_ipsec_put_be16(&to->sport, virtio_ipsec_get_be16(&from->sport));
	print_value("udp_encapsulation.dport", -1,
		    virtio_ipsec_get_be16(&from->dport));
	virtio_ipsec_put_be16(&to->dport, virtio_ipsec_get_be16(&from->dport));
	for (i = 0; i < 4; i++) {
		print_value("udp_encapsulation.reserved", (int)i,
			    from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_original_address(int big_endian)
{
	struct virtio_ipsec_original_address *from = (struct virtio_ipsec_original_address *)in.bytes;
	struct virtio_ipsec_original_address *to = (struct virtio_ipsec_original_address *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("original_address.version", -1, from->version);
	to->version = from->version;
	for (i = 0; i < 7; i++) {
		print_value("original_address.reserved", (int)i,
			    from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	for (i = 0; i < 16; i++) {
		print_value("original_address.address", (int)i,
			    from->address[i]);
		to->address[i] = from->address[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_replay_window(int big_endian)
{
	struct virtio_ipsec_replay_window *from = (struct virtio_ipsec_replay_window *)in.bytes;
	struct virtio_ipsec_replay_window *to = (struct virtio_ipsec_replay_window *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("replay_window.size", -1,
		    virtio_ipsec_get_le32(&from->size));
	virtio_ipsec_put_le32(&to->size, virtio_ipsec_get_le32(&from->size));
	print_value("replay_window.bitmap_length", -1,
		    virtio_ipsec_get_le32(&from->bitmap_length));
	virtio_ipsec_put_le32(&to->bitmap_length,
			      virtio_ipsec_get_le32(&from->bitmap_length));
	print_value("replay_window.highest", -1,
		    virtio_ipsec_get_le64(&from->highest));
	virtio_ipsec_put_le64(&to->highest,
			      virtio_ipsec_get_le64(&from->highest));
	to_hex(to, sizeof(*to));
}

static void fields_sequence(int big_endian)
{
	struct virtio_ipsec_sequence *from = (struct virtio_ipsec_sequence *)in.bytes;
	struct virtio_ipsec_sequence *to = (struct virtio_ipsec_sequence *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("sequence.last", -1, virtio_ipsec_get_le64(&from->last));
	virtio_ipsec_put_le64(&to->last, virtio_ipsec_get_le64(&from->last));
	print_value("sequence.notify_at", -1,
		    virtio_ipsec_get_le64(&from->notify_at));
	virtio_ipsec_put_le64(&to->notify_at,
			      virtio_ipsec_get_le64(&from->notify_at));
	to_hex(to, sizeof(*to));
}

static void fields_lifetime(int big_endian)
{
	struct virtio_ipsec_lifetime *from = (struct virtio_ipsec_lifetime *)in.bytes;
	struct virtio_ipsec_lifetime *to = (struct virtio_ipsec_lifetime *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("lifetime.soft_bytes", -1,
		    virtio_ipsec_get_le64(&from->soft_bytes));
	virtio_ipsec_put_le64(&to->soft_bytes,
			      virtio_ipsec_get_le64(&from->soft_bytes));
	print_value("lifetime.hard_bytes", -1,
		    virtio_ipsec_get_le64(&from->hard_bytes));
	virtio_ipsec_put_le64(&to->hard_bytes,
			      virtio_ipsec_get_le64(&from->hard_bytes));
	print_value("lifetime.soft_packets", -1,
		    virtio_ipsec_get_le64(&from->soft_packets));
	virtio_ipsec_put_le64(&to->soft_packets,
			      virtio_ipsec_get_le64(&from->soft_packets));
	print_value("lifetime.hard_packets", -1,
		    virtio_ipsec_get_le64(&from->hard_packets));
	virtio_ipsec_put_le64(&to->hard_packets,
			      virtio_ipsec_get_le64(&from->hard_packets));
	to_hex(to, sizeof(*to));
}

static void fields_tfc(int big_endian)
{
	struct virtio_ipsec_tfc *from = (struct virtio_ipsec_tfc *)in.bytes;
	struct virtio_ipsec_tfc *to = (struct virtio_ipsec_tfc *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("tfc.pad_to", -1, virtio_ipsec_get_le32(&from->pad_to));
	virtio_ipsec_put_le32(&to->pad_to,
			      virtio_ipsec_get_le32(&from->pad_to));
	for (i = 0; i < 4; i++) {
		print_value("tfc.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_notify(int big_endian)
{
	struct virtio_ipsec_notify *from = (struct virtio_ipsec_notify *)in.bytes;
	struct virtio_ipsec_notify *to = (struct virtio_ipsec_notify *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("notify.events", -1, virtio_ipsec_get_le64(&from->events));
	virtio_ipsec_put_le64(&to->events,
			      virtio_ipsec_get_le64(&from->events));
	print_value("notify.interval", -1,
		    virtio_ipsec_get_le64(&from->interval));
	virtio_ipsec_put_le64(&to->interval,
			      virtio_ipsec_get_le64(&from->interval));
	to_hex(to, sizeof(*to));
}

static void fields_sa_statistics(int big_endian)
{
	struct virtio_ipsec_sa_statistics *from = (struct virtio_ipsec_sa_statistics *)in.bytes;
	struct virtio_ipsec_sa_statistics *to = (struct virtio_ipsec_sa_statistics *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("sa_statistics.packets", -1,
		    virtio_ipsec_get_le64(&from->packets));
	virtio_ipsec_put_le64(&to->packets,
			      virtio_ipsec_get_le64(&from->packets));
	print_value("sa_statistics.bytes", -1,
		    virtio_ipsec_get_le64(&from->bytes));
	virtio_ipsec_put_le64(&to->bytes, virtio_ipsec_get_le64(&from->bytes));
	print_value("sa_statistics.invalid_packet", -1,
		    virtio_ipsec_get_le64(&from->invalid_packet));
	virtio_ipsec_put_le64(&to->invalid_packet,
			      virtio_ipsec_get_le64(&from->invalid_packet));
	print_value("sa_statistics.invalid_pad", -1,
		    virtio_ipsec_get_le64(&from->invalid_pad));
	virtio_ipsec_put_le64(&to->invalid_pad,
			      virtio_ipsec_get_le64(&from->invalid_pad));
	print_value("sa_statistics.invalid_sequence", -1,
		    virtio_ipsec_get_le64(&from->invalid_sequence));
	virtio_ipsec_put_le64(&to->invalid_sequence,
			      virtio_ipsec_get_le64(&from->invalid_sequence));
	print_value("sa_statistics.replay_late", -1,
		    virtio_ipsec_get_le64(&from->replay_late));
	virtio_ipsec_put_le64(&to->replay_late,
			      virtio_ipsec_get_le64(&from->replay_late));
	print_value("sa_statistics.replayed", -1,
		    virtio_ipsec_get_le64(&from->replayed));
	virtio_ipsec_put_le64(&to->replayed,
			      virtio_ipsec_get_le64(&from->replayed));
	print_value("sa_statistics.invalid_icv", -1,
		    virtio_ipsec_get_le64(&from->invalid_icv));
	virtio_ipsec_put_le64(&to->invalid_icv,
			      virtio_ipsec_get_le64(&from->invalid_icv));
	print_value("sa_statistics.sequence_overflow", -1,
		    virtio_ipsec_get_le64(&from->sequence_overflow));
	virtio_ipsec_put_le64(&to->sequence_overflow,
			      virtio_ipsec_get_le64(&from->sequence_overflow));
	print_value("sa_statistics.crypto_failed", -1,
		    virtio_ipsec_get_le64(&from->crypto_failed));
	virtio_ipsec_put_le64(&to->crypto_failed,
			      virtio_ipsec_get_le64(&from->crypto_failed));
	print_value("sa_statistics.no_tail_room", -1,
		    virtio_ipsec_get_le64(&from->no_tail_room));
	virtio_ipsec_put_le64(&to->no_tail_room,
			      virtio_ipsec_get_le64(&from->no_tail_room));
	print_value("sa_statistics.submit_failed", -1,
		    virtio_ipsec_get_le64(&from->submit_failed));
	virtio_ipsec_put_le64(&to->submit_failed,
			      virtio_ipsec_get_le64(&from->submit_failed));
	to_hex(to, sizeof(*to));
}

static void fields_state_chunk(int big_endian)
{
	struct virtio_ipsec_state_chunk *from = (struct virtio_ipsec_state_chunk *)in.bytes;
	struct virtio_ipsec_state_chunk *to = (struct virtio_ipsec_state_chunk *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("state_chunk.offset", -1,
		    virtio_ipsec_get_le64(&from->offset));
	virtio_ipsec_put_le64(&to->offset,
			      virtio_ipsec_get_le64(&from->offset));
	print_value("state_chunk.total", -1,
		    virtio_ipsec_get_le64(&from->total));
	virtio_ipsec_put_le64(&to->total, virtio_ipsec_get_le64(&from->total));
	print_value("state_chunk.length", -1,
		    virtio_ipsec_get_le32(&from->length));
	virtio_ipsec_put_le32(&to->length,
			      virtio_ipsec_get_le32(&from->length));
	for (i = 0; i < 4; i++) {
		print_value("state_chunk.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_save_state(int big_endian)
{
	struct virtio_ipsec_save_state *from = (struct virtio_ipsec_save_state *)in.bytes;
	struct virtio_ipsec_save_state *to = (struct virtio_ipsec_save_state *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("save_state.offset", -1,
		    virtio_ipsec_get_le64(&from->offset));
	virtio_ipsec_put_le64(&to->offset,
			      virtio_ipsec_get_le64(&from->offset));
	print_value("save_state.max_length", -1,
		    virtio_ipsec_get_le32(&from->max_length));
	virtio_ipsec_put_le32(&to->max_length,
			      virtio_ipsec_get_le32(&from->max_length));
	for (i = 0; i < 4; i++) {
		print_value("save_state.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_dh_generate(int big_endian)
{
	struct virtio_ipsec_dh_generate *from = (struct virtio_ipsec_dh_generate *)in.bytes;
	struct virtio_ipsec_dh_generate *to = (struct virtio_ipsec_dh_generate *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("dh_generate.dh_group", -1,
		    virtio_ipsec_get_le16(&from->dh_group));
	virtio_ipsec_put_le16(&to->dh_group,
			      virtio_ipsec_get_le16(&from->dh_group));
	for (i = 0; i < 6; i++) {
		print_value("dh_generate.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_dh_public(int big_endian)
{
	struct virtio_ipsec_dh_public *from = (struct virtio_ipsec_dh_public *)in.bytes;
	struct virtio_ipsec_dh_public *to = (struct virtio_ipsec_dh_public *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("dh_public.dh", -1, virtio_ipsec_get_le64(&from->dh));
	virtio_ipsec_put_le64(&to->dh, virtio_ipsec_get_le64(&from->dh));
	print_value("dh_public.length", -1,
		    virtio_ipsec_get_le32(&from->length));
	virtio_ipsec_put_le32(&to->length,
			      virtio_ipsec_get_le32(&from->length));
	for (i = 0; i < 4; i++) {
		print_value("dh_public.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	to_hex(to, sizeof(*to));
}

static void fields_dh(int big_endian)
{
	struct virtio_ipsec_dh *from = (struct virtio_ipsec_dh *)in.bytes;
	struct virtio_ipsec_dh *to = (struct virtio_ipsec_dh *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("dh.dh", -1, virtio_ipsec_get_le64(&from->dh));
	virtio_ipsec_put_le64(&to->dh, virtio_ipsec_get_le64(&from->dh));
	to_hex(to, sizeof(*to));
}

static void fields_data_req(int big_endian)
{
	struct virtio_ipsec_data_req *from = (struct virtio_ipsec_data_req *)in.bytes;
	struct virtio_ipsec_data_req *to = (struct virtio_ipsec_data_req *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("data_req.sa", -1, virtio_ipsec_get_le64(&from->sa));
	virtio_ipsec_put_le64(&to->sa, virtio_ipsec_get_le64(&from->sa));
	print_value("data_req.input_length", -1,
		    virtio_ipsec_get_le32(&from->input_length));
	virtio_ipsec_put_le32(&to->input_length,
			      virtio_ipsec_get_le32(&from->input_length));
	print_value("data_req.output_capacity", -1,
		    virtio_ipsec_get_le32(&from->output_capacity));
	virtio_ipsec_put_le32(&to->output_capacity,
			      virtio_ipsec_get_le32(&from->output_capacity));
	print_value("data_req.operation", -1,
		    virtio_ipsec_get_le16(&from->operation));
	virtio_ipsec_put_le16(&to->operation,
			      virtio_ipsec_get_le16(&from->operation));
	print_value("data_req.flags", -1, virtio_ipsec_get_le16(&from->flags));
	virtio_ipsec_put_le16(&to->flags, virtio_ipsec_get_le16(&from->flags));
	print_value("data_req.following", -1,
		    virtio_ipsec_get_le16(&from->following));
	virtio_ipsec_put_le16(&to->following,
			      virtio_ipsec_get_le16(&from->following));
	for (i = 0; i < 2; i++) {
		print_value("data_req.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	print_value("data_req.cookie", -1,
		    virtio_ipsec_get_le64(&from->cookie));
	virtio_ipsec_put_le64(&to->cookie,
			      virtio_ipsec_get_le64(&from->cookie));
	to_hex(to, sizeof(*to));
}

static void fields_data_completion(int big_endian)
{
	struct virtio_ipsec_data_completion *from = (struct virtio_ipsec_data_completion *)in.bytes;
	struct virtio_ipsec_data_completion *to = (struct virtio_ipsec_data_completion *)out.bytes;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("data_completion.status", -1,
		    virtio_ipsec_get_le32(&from->status));
	virtio_ipsec_put_le32(&to->status,
			      virtio_ipsec_get_le32(&from->status));
	print_value("data_completion.output_length", -1,
		    virtio_ipsec_get_le32(&from->output_length));
	virtio_ipsec_put_le32(&to->output_length,
			      virtio_ipsec_get_le32(&from->output_length));
	print_value("data_completion.sequence", -1,
		    virtio_ipsec_get_le64(&from->sequence));
	virtio_ipsec_put_le64(&to->sequence,
			      virtio_ipsec_get_le64(&from->sequence));
	to_hex(to, sizeof(*to));
}

static void fields_notification(int big_endian)
{
	struct virtio_ipsec_notification *from = (struct virtio_ipsec_notification *)in.bytes;
	struct virtio_ipsec_notification *to = (struct virtio_ipsec_notification *)out.bytes;
	unsigned int i;

	(void)big_endian;
	memset(to, 0, sizeof(*to));
	print_value("notification.event", -1,
		    virtio_ipsec_get_le16(&from->event));
	virtio_ipsec_put_le16(&to->event, virtio_ipsec_get_le16(&from->event));
	for (i = 0; i < 2; i++) {
		print_value("notification.reserved", (int)i, from->reserved[i]);
		to->reserved[i] = from->reserved[i];
	}
	print_value("notification.coalesced", -1,
		    virtio_ipsec_get_le32(&from->coalesced));
	virtio_ipsec_put_le32(&to->coalesced,
			      virtio_ipsec_get_le32(&from->coalesced));
	print_value("notification.group", -1,
		    virtio_ipsec_get_le64(&from->group));
	virtio_ipsec_put_le64(&to->group, virtio_ipsec_get_le64(&from->group));
	print_value("notification.sa", -1, virtio_ipsec_get_le64(&from->sa));
	virtio_ipsec_put_le64(&to->sa, virtio_ipsec_get_le64(&from->sa));
	print_value("notification.value", -1,
		    virtio_ipsec_get_le64(&from->value));
	virtio_ipsec_put_le64(&to->value, virtio_ipsec_get_le64(&from->value));
	to_hex(to, sizeof(*to));
}

static void
chain_get_capabilities(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		       int big_endian)
{
	struct virtio_ipsec_get_capabilities_req_view req;
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
	n = virtio_ipsec_parse_get_capabilities_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_get_capabilities_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_get_capabilities_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_get_capabilities_resp(out.bytes, also_len,
						     &resp);
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
	struct virtio_ipsec_set_capabilities_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_set_capabilities_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_set_capabilities_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_get_random(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		 int big_endian)
{
	struct virtio_ipsec_get_random_req_view req;
	struct virtio_ipsec_get_random_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_get_random_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_get_random_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_get_random_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.amount) {
		static struct virtio_ipsec_amount loose[ROOM];
		struct virtio_ipsec_amount *p = &loose[0];

		*p = *resp.amount;
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.amount = p;
	}
	n = virtio_ipsec_build_get_random_resp(out.bytes, also_len, &resp);
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
	n = virtio_ipsec_parse_ctrl_hdr_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_ctrl_hdr_req(out.bytes, len,
					    VIRTIO_IPSEC_CTRL_ADD_GROUP, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_add_group_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_add_group_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_group_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_group_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_group_req(out.bytes, len,
					 VIRTIO_IPSEC_CTRL_DELETE_GROUP, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	n = virtio_ipsec_parse_add_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	if (req.add_sa) {
		static struct virtio_ipsec_add_sa loose[ROOM];
		struct virtio_ipsec_add_sa *p = &loose[0];

		*p = *req.add_sa;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		req.add_sa = p;
	}
	n = virtio_ipsec_build_add_sa_req(out.bytes, len,
					  VIRTIO_IPSEC_CTRL_ADD_OUT_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_add_sa_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_add_sa_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_sa_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_sa_req(out.bytes, len,
				      VIRTIO_IPSEC_CTRL_DEL_OUT_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_update_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_update_sa_req(out.bytes, len,
					     VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA,
					     &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_sa_req_view req;
	static struct virtio_ipsec_sa_report_view resp_record[ROOM];
	struct virtio_ipsec_read_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_sa_req(out.bytes, len,
				      VIRTIO_IPSEC_CTRL_READ_OUT_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.record = resp_record;
	resp.record_max = ROOM;
	n = virtio_ipsec_parse_read_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_reply) {
		static struct virtio_ipsec_read_reply loose[ROOM];
		struct virtio_ipsec_read_reply *p = &loose[0];

		*p = *resp.read_reply;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.read_reply = p;
	}
	n = virtio_ipsec_build_read_resp(out.bytes, also_len, &resp);
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
	static struct virtio_ipsec_sa_report_view resp_record[ROOM];
	struct virtio_ipsec_read_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAS, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.record = resp_record;
	resp.record_max = ROOM;
	n = virtio_ipsec_parse_read_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_reply) {
		static struct virtio_ipsec_read_reply loose[ROOM];
		struct virtio_ipsec_read_reply *p = &loose[0];

		*p = *resp.read_reply;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.read_reply = p;
	}
	n = virtio_ipsec_build_read_resp(out.bytes, also_len, &resp);
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
	static struct virtio_ipsec_sa_report_view resp_record[ROOM];
	struct virtio_ipsec_read_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAS, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.record = resp_record;
	resp.record_max = ROOM;
	n = virtio_ipsec_parse_read_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_reply) {
		static struct virtio_ipsec_read_reply loose[ROOM];
		struct virtio_ipsec_read_reply *p = &loose[0];

		*p = *resp.read_reply;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.read_reply = p;
	}
	n = virtio_ipsec_build_read_resp(out.bytes, also_len, &resp);
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
	n = virtio_ipsec_parse_add_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	if (req.add_sa) {
		static struct virtio_ipsec_add_sa loose[ROOM];
		struct virtio_ipsec_add_sa *p = &loose[0];

		*p = *req.add_sa;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		req.add_sa = p;
	}
	n = virtio_ipsec_build_add_sa_req(out.bytes, len,
					  VIRTIO_IPSEC_CTRL_ADD_IN_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_add_sa_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_add_sa_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_sa_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_sa_req(out.bytes, len,
				      VIRTIO_IPSEC_CTRL_DEL_IN_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_update_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_update_sa_req(out.bytes, len,
					     VIRTIO_IPSEC_CTRL_UPDATE_IN_SA,
					     &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_sa_req_view req;
	static struct virtio_ipsec_sa_report_view resp_record[ROOM];
	struct virtio_ipsec_read_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_sa_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_sa_req(out.bytes, len,
				      VIRTIO_IPSEC_CTRL_READ_IN_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.record = resp_record;
	resp.record_max = ROOM;
	n = virtio_ipsec_parse_read_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_reply) {
		static struct virtio_ipsec_read_reply loose[ROOM];
		struct virtio_ipsec_read_reply *p = &loose[0];

		*p = *resp.read_reply;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.read_reply = p;
	}
	n = virtio_ipsec_build_read_resp(out.bytes, also_len, &resp);
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
	static struct virtio_ipsec_sa_report_view resp_record[ROOM];
	struct virtio_ipsec_read_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAS, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.record = resp_record;
	resp.record_max = ROOM;
	n = virtio_ipsec_parse_read_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_reply) {
		static struct virtio_ipsec_read_reply loose[ROOM];
		struct virtio_ipsec_read_reply *p = &loose[0];

		*p = *resp.read_reply;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.read_reply = p;
	}
	n = virtio_ipsec_build_read_resp(out.bytes, also_len, &resp);
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
	static struct virtio_ipsec_sa_report_view resp_record[ROOM];
	struct virtio_ipsec_read_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_read_n_sas_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_read_n_sas_req(
		out.bytes, len, VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAS, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.record = resp_record;
	resp.record_max = ROOM;
	n = virtio_ipsec_parse_read_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.read_reply) {
		static struct virtio_ipsec_read_reply loose[ROOM];
		struct virtio_ipsec_read_reply *p = &loose[0];

		*p = *resp.read_reply;
		virtio_ipsec_put_le32(&p->sa_count, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.read_reply = p;
	}
	n = virtio_ipsec_build_read_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_flush_sa(__u8 *buf, __u32 len, __u8 *also, __u32 also_len, int big_endian)
{
	struct virtio_ipsec_group_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_group_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_group_req(out.bytes, len,
					 VIRTIO_IPSEC_CTRL_FLUSH_SA, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_ctrl_hdr_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_ctrl_hdr_req(out.bytes, len,
					    VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL,
					    &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
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
	n = virtio_ipsec_parse_ctrl_hdr_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_ctrl_hdr_req(
		out.bytes, len, VIRTIO_IPSEC_GET_HEADROOM_TAILROOM_SIZE, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_get_headroom_tailroom_size_resp(also, also_len,
							       &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_get_headroom_tailroom_size_resp(out.bytes,
							       also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_save_state(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		 int big_endian)
{
	struct virtio_ipsec_save_state_req_view req;
	struct virtio_ipsec_save_state_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_save_state_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_save_state_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_save_state_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.state_chunk) {
		static struct virtio_ipsec_state_chunk loose[ROOM];
		struct virtio_ipsec_state_chunk *p = &loose[0];

		*p = *resp.state_chunk;
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.state_chunk = p;
	}
	n = virtio_ipsec_build_save_state_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_restore_state(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		    int big_endian)
{
	struct virtio_ipsec_restore_state_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_restore_state_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	if (req.state_chunk) {
		static struct virtio_ipsec_state_chunk loose[ROOM];
		struct virtio_ipsec_state_chunk *p = &loose[0];

		*p = *req.state_chunk;
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.state_chunk = p;
	}
	n = virtio_ipsec_build_restore_state_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_dh_generate(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		  int big_endian)
{
	struct virtio_ipsec_dh_generate_req_view req;
	struct virtio_ipsec_dh_generate_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_dh_generate_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_dh_generate_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_dh_generate_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.dh_public) {
		static struct virtio_ipsec_dh_public loose[ROOM];
		struct virtio_ipsec_dh_public *p = &loose[0];

		*p = *resp.dh_public;
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.dh_public = p;
	}
	n = virtio_ipsec_build_dh_generate_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_dh_compute(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		 int big_endian)
{
	struct virtio_ipsec_dh_compute_req_view req;
	struct virtio_ipsec_dh_compute_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_dh_compute_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	if (req.dh_public) {
		static struct virtio_ipsec_dh_public loose[ROOM];
		struct virtio_ipsec_dh_public *p = &loose[0];

		*p = *req.dh_public;
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.dh_public = p;
	}
	n = virtio_ipsec_build_dh_compute_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_dh_compute_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.amount) {
		static struct virtio_ipsec_amount loose[ROOM];
		struct virtio_ipsec_amount *p = &loose[0];

		*p = *resp.amount;
		virtio_ipsec_put_le32(&p->length, 0xa5);
		resp.amount = p;
	}
	n = virtio_ipsec_build_dh_compute_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_dh_delete(__u8 *buf, __u32 len, __u8 *also, __u32 also_len,
		int big_endian)
{
	struct virtio_ipsec_dh_delete_req_view req;
	struct virtio_ipsec_ctrl_status_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	n = virtio_ipsec_parse_dh_delete_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.ctrl_hdr) {
		static struct virtio_ipsec_ctrl_hdr loose[ROOM];
		struct virtio_ipsec_ctrl_hdr *p = &loose[0];

		*p = *req.ctrl_hdr;
		virtio_ipsec_put_le16(&p->class, 0xa5);
		virtio_ipsec_put_le16(&p->command, 0xa5);
		virtio_ipsec_put_le32(&p->length, 0xa5);
		req.ctrl_hdr = p;
	}
	n = virtio_ipsec_build_dh_delete_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	n = virtio_ipsec_parse_ctrl_status_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_ctrl_status_resp(out.bytes, also_len, &resp);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
}

static void
chain_process(__u8 *buf, __u32 len, __u8 *also, __u32 also_len, int big_endian)
{
	static struct virtio_ipsec_process_req_next_view req_next[ROOM];
	struct virtio_ipsec_process_req_view req;
	static struct virtio_ipsec_process_resp_next_view resp_next[ROOM];
	struct virtio_ipsec_process_resp_view resp;
	__u32 i = 0;
	int n;

	(void)buf;
	(void)len;
	(void)also;
	(void)also_len;
	(void)big_endian;
	(void)i;
	memset(&req, 0, sizeof(req));
	req.next = req_next;
	req.next_max = ROOM;
	n = virtio_ipsec_parse_process_req(buf, len, &req);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (req.data_req) {
		static struct virtio_ipsec_data_req loose[ROOM];
		struct virtio_ipsec_data_req *p = &loose[0];

		*p = *req.data_req;
		virtio_ipsec_put_le32(&p->input_length, 0xa5);
		virtio_ipsec_put_le16(&p->following, 0xa5);
		req.data_req = p;
	}
	for (i = 0; i < req.next_count; i++) {
		if (req.next[i].data_req) {
			static struct virtio_ipsec_data_req loose[ROOM];
			struct virtio_ipsec_data_req *p = &loose[i];

			*p = *req.next[i].data_req;
			virtio_ipsec_put_le32(&p->input_length, 0xa5);
			virtio_ipsec_put_le16(&p->following, 0xa5);
			req.next[i].data_req = p;
		}
	}
	for (i = 0; i < req.next_count; i++) {
	}
	n = virtio_ipsec_build_process_req(out.bytes, len, &req);
	if (n < 0) {
		printf("not built %d\n", n);
		return;
	}
	to_hex(out.bytes, (__u32)n);
	memset(&resp, 0, sizeof(resp));
	resp.next = resp_next;
	resp.next_max = ROOM;
	n = virtio_ipsec_parse_process_resp(also, also_len, also_len, &req,
					    &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	if (resp.data_completion) {
		static struct virtio_ipsec_data_completion loose[ROOM];
		struct virtio_ipsec_data_completion *p = &loose[0];

		*p = *resp.data_completion;
		virtio_ipsec_put_le32(&p->output_length, 0xa5);
		resp.data_completion = p;
	}
	for (i = 0; i < resp.next_count; i++) {
		if (resp.next[i].data_completion) {
			static struct virtio_ipsec_data_completion loose[ROOM];
			struct virtio_ipsec_data_completion *p = &loose[i];

			*p = *resp.next[i].data_completion;
			virtio_ipsec_put_le32(&p->output_length, 0xa5);
			resp.next[i].data_completion = p;
		}
	}
	for (i = 0; i < resp.next_count; i++) {
	}
	n = virtio_ipsec_build_process_resp(out.bytes, also_len, &req, &resp);
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
	n = virtio_ipsec_parse_notify_resp(also, also_len, &resp);
	if (n < 0) {
		printf("refused %d\n", n);
		return;
	}
	n = virtio_ipsec_build_notify_resp(out.bytes, also_len, &resp);
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
		err = virtio_ipsec_cfg_version_count(cfg, len, &offset, &value);
		if (err)
			printf("version_count refused %d\n", err);
		if (!err)
			printf("version_count %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	for (i = 0; i < 3; i++) {
		err = virtio_ipsec_cfg_supported_version(cfg, len, i, &offset,
							 &value);
		if (err)
			printf("supported_version refused %d\n", err);
		if (!err)
			printf("supported_version %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	{
		err = virtio_ipsec_cfg_version_to_use(cfg, len, &offset,
						      &value);
		if (err)
			printf("version_to_use refused %d\n", err);
		if (!err)
			printf("version_to_use %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	{
		err = virtio_ipsec_cfg_dev_queue_info(cfg, len, &offset,
						      &value);
		if (err)
			printf("dev_queue_info refused %d\n", err);
		if (!err)
			printf("dev_queue_info %lu %08lx\n",
			       (unsigned long)offset, (unsigned long)value);
	}
	{
		err = virtio_ipsec_cfg_guest_queue_info(cfg, len, &offset,
							&value);
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
		if (mode == 'f' && !strcmp(name, "ctrl_status"))
			fields_ctrl_status(big_endian);
		if (mode == 'f' && !strcmp(name, "capabilities"))
			fields_capabilities(big_endian);
		if (mode == 'f' && !strcmp(name, "set_capabilities"))
			fields_set_capabilities(big_endian);
		if (mode == 'f' && !strcmp(name, "group"))
			fields_group(big_endian);
		if (mode == 'f' && !strcmp(name, "sa"))
			fields_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "add_sa"))
			fields_add_sa(big_endian);
		if (mode == 'f' && !strcmp(name, "sa_entry"))
			fields_sa_entry(big_endian);
		if (mode == 'f' && !strcmp(name, "read_sas"))
			fields_read_sas(big_endian);
		if (mode == 'f' && !strcmp(name, "read_reply"))
			fields_read_reply(big_endian);
		if (mode == 'f' && !strcmp(name, "sa_record"))
			fields_sa_record(big_endian);
		if (mode == 'f' && !strcmp(name, "headroom_tailroom"))
			fields_headroom_tailroom(big_endian);
		if (mode == 'f' && !strcmp(name, "amount"))
			fields_amount(big_endian);
		if (mode == 'f' && !strcmp(name, "attr_hdr"))
			fields_attr_hdr(big_endian);
		if (mode == 'f' && !strcmp(name, "tunnel_ipv4"))
			fields_tunnel_ipv4(big_endian);
		if (mode == 'f' && !strcmp(name, "tunnel_ipv6"))
			fields_tunnel_ipv6(big_endian);
		if (mode == 'f' && !strcmp(name, "attr_cipher"))
			fields_attr_cipher(big_endian);
		if (mode == 'f' && !strcmp(name, "attr_auth"))
			fields_attr_auth(big_endian);
		if (mode == 'f' && !strcmp(name, "udp_encapsulation"))
			fields_udp_encapsulation(big_endian);
		if (mode == 'f' && !strcmp(name, "original_address"))
			fields_original_address(big_endian);
		if (mode == 'f' && !strcmp(name, "replay_window"))
			fields_replay_window(big_endian);
		if (mode == 'f' && !strcmp(name, "sequence"))
			fields_sequence(big_endian);
		if (mode == 'f' && !strcmp(name, "lifetime"))
			fields_lifetime(big_endian);
		if (mode == 'f' && !strcmp(name, "tfc"))
			fields_tfc(big_endian);
		if (mode == 'f' && !strcmp(name, "notify"))
			fields_notify(big_endian);
		if (mode == 'f' && !strcmp(name, "sa_statistics"))
			fields_sa_statistics(big_endian);
		if (mode == 'f' && !strcmp(name, "state_chunk"))
			fields_state_chunk(big_endian);
		if (mode == 'f' && !strcmp(name, "save_state"))
			fields_save_state(big_endian);
		if (mode == 'f' && !strcmp(name, "dh_generate"))
			fields_dh_generate(big_endian);
		if (mode == 'f' && !strcmp(name, "dh_public"))
			fields_dh_public(big_endian);
		if (mode == 'f' && !strcmp(name, "dh"))
			fields_dh(big_endian);
		if (mode == 'f' && !strcmp(name, "data_req"))
			fields_data_req(big_endian);
		if (mode == 'f' && !strcmp(name, "data_completion"))
			fields_data_completion(big_endian);
		if (mode == 'f' && !strcmp(name, "notification"))
			fields_notification(big_endian);
		if (mode == 'r' && !strcmp(name, "registers"))
			registers(bytes, n, big_endian);
		if (mode == 'c' && !strcmp(name, "get_capabilities"))
			chain_get_capabilities(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "set_capabilities"))
			chain_set_capabilities(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "get_random"))
			chain_get_random(bytes, n, also, m, big_endian);
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
		if (mode == 'c' && !strcmp(name, "save_state"))
			chain_save_state(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "restore_state"))
			chain_restore_state(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "dh_generate"))
			chain_dh_generate(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "dh_compute"))
			chain_dh_compute(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "dh_delete"))
			chain_dh_delete(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "process"))
			chain_process(bytes, n, also, m, big_endian);
		if (mode == 'c' && !strcmp(name, "notify"))
			chain_notify(bytes, n, also, m, big_endian);
		free(bytes);
		free(also);
		printf(".\n");
	}
	return 0;
}
