// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Packets, and memory for what becomes of them.
 */
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/checksum.h>

#include "g_api.h"

struct packet packets[MOST];
struct g_ipsec_la_packet inputs[MOST], outputs[MOST];

static void fill(u8 *bytes, u32 length, u8 seed)
{
	struct iphdr header = {
		.version = 4, .ihl = 5, .tot_len = htons(length), .ttl = 64, .protocol = IPPROTO_UDP,
		.saddr = htonl(0xc0000201), .daddr = htonl(0xc0000202),
	};
	u32 i;

	header.check = ip_fast_csum(&header, header.ihl);
	memcpy(bytes, &header, sizeof(header));
	for (i = sizeof(header); i < length; i++)
		bytes[i] = seed + i;
}

int make_packets(void)
{
	u32 i;

	for (i = 0; i < MOST; i++) {
		struct packet *packet = &packets[i];

		packet->plain = kzalloc(ROOM, GFP_KERNEL);
		packet->sealed = kzalloc(ROOM, GFP_KERNEL);
		packet->opened = kzalloc(ROOM, GFP_KERNEL);
		EXPECT(packet->plain && packet->sealed && packet->opened);
		fill(packet->plain, LENGTH, i);
	}
	return 0;
}

void free_packets(void)
{
	u32 i;

	for (i = 0; i < MOST; i++) {
		kfree(packets[i].plain);
		kfree(packets[i].sealed);
		kfree(packets[i].opened);
	}
}

/* From a packet to its encapsulation, or from that to the result. */
void aim(u32 count, bool back)
{
	u32 i;

	for (i = 0; i < count; i++) {
		struct packet *packet = &packets[i];

		if (!back) {
			packet->in = (struct g_ipsec_la_data){ packet->plain, LENGTH };
			packet->middle = (struct g_ipsec_la_data){ packet->sealed, ROOM };
		}
		packet->result = (struct g_ipsec_la_data){ packet->opened, ROOM };
		inputs[i] = (struct g_ipsec_la_packet){ 1, back ? &packet->middle : &packet->in };
		outputs[i] = (struct g_ipsec_la_packet){ 1, back ? &packet->result : &packet->middle };
	}
}

int same(const u8 *bytes, u32 length, u32 i)
{
	EXPECT(length == LENGTH && !memcmp(bytes, packets[i].plain, LENGTH));
	return 0;
}
