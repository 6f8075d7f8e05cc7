/*
 * Opens an accelerator, adds two SAs, encapsulates a packet, decapsulates
 * what came out, compares, reads statistics, and cleans up.
 */
#include <g_ipsec_la.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int32_t result, const char *what)
{
	if (!result)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(-result));
	exit(1);
}

/* An IPv4 packet of 48 bytes: 20 of header, 8 of UDP, 20 of data. */
static const uint8_t packet[48] = {
	0x45, 0, 0, 48, 0, 1, 0, 0, 64, 17, 0x66, 0xb7, 10, 1, 0, 1, 10, 2, 0, 2,
	0x03, 0xe8, 0x07, 0xd0, 0, 28, 0, 0, 'h', 'e', 'l', 'l', 'o',
};

int main(void)
{
	/* 4 bytes of salt, 16 of key. */
	uint8_t key[20] = { 0xa, 0xb, 0xc, 0xd, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	struct g_ipsec_la_sa sa = {
		.spi = 0x1001,
		.proto = G_IPSEC_LA_PROTO_ESP,
		.cmn_flags = G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK,
		.crypto_params = {
			.comb_algo = G_IPSEC_LA_COMB_ALGO_AES_GCM,
			.comb_key = key,
			.comb_key_len_bits = 8 * sizeof(key),
			.comb_salt_len_bits = 32,
		},
		.te_addr = {
			.src_ip = { G_IPSEC_LA_IPV4, { 192, 0, 2, 1 } },
			.dest_ip = { G_IPSEC_LA_IPV4, { 192, 0, 2, 2 } },
		},
	};
	struct g_ipsec_la_open_inargs open_in = { .app_identity = "round_trip" };
	struct g_ipsec_la_open_outargs open_out;
	char version[G_IPSEC_LA_VERSION_SIZE];
	uint32_t devices;

	check(g_ipsec_la_get_api_version(version), "version");
	check(g_ipsec_la_avail_devices_get_num(&devices), "number");
	check(g_ipsec_la_open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &open_in, &open_out), "open");
	printf("g-API %s, %u accelerators\n", version, devices);

	struct g_ipsec_la_handle *handle = &open_out.handle;
	struct g_ipsec_la_sa_add_inargs add = { .num_sas = 1, .sa_params = &sa };
	struct g_ipsec_la_sa_add_outargs outbound, inbound;

	add.dir = G_IPSEC_LA_SA_OUTBOUND;
	check(g_ipsec_la_sa_add(handle, &add, 0, &outbound, NULL), "add outbound");
	add.dir = G_IPSEC_LA_SA_INBOUND;
	check(g_ipsec_la_sa_add(handle, &add, 0, &inbound, NULL), "add inbound");
	memset(key, 0, sizeof(key));

	uint8_t plain[48], sealed[256], opened[256];
	struct g_ipsec_la_data in = { plain, sizeof(plain) };
	struct g_ipsec_la_data middle = { sealed, sizeof(sealed) };
	struct g_ipsec_la_data out = { opened, sizeof(opened) };

	memcpy(plain, packet, sizeof(plain));
	check(g_ipsec_la_packet_encap(handle, 0, &outbound.handle, 1, &in, &middle, NULL), "encap");
	check(g_ipsec_la_packet_decap(handle, 0, &inbound.handle, 1, &middle, &out, NULL), "decap");
	if (out.length != sizeof(packet) || memcmp(opened, packet, sizeof(packet))) {
		fprintf(stderr, "the packet came back changed\n");
		return 1;
	}
	printf("%u bytes became %u and %u again\n", in.length, middle.length, out.length);

	struct g_ipsec_la_sa_stats stats;
	struct g_ipsec_la_sa_get_inargs get = {
		.dir = G_IPSEC_LA_SA_INBOUND,
		.handle = inbound.handle,
		.operation = G_IPSEC_LA_SA_GET_EXACT,
		.num_sas = 1,
		.what = G_IPSEC_LA_SA_GET_STATS,
	};
	struct g_ipsec_la_sa_get_outargs got = { .stats = &stats };

	check(g_ipsec_la_sa_get(handle, &get, 0, &got, NULL), "get");
	printf("inbound: %llu packets, %llu bytes\n", (unsigned long long)stats.packets_processed,
	       (unsigned long long)stats.bytes_processed);
	if (stats.packets_processed != 1)
		return 1;

	struct g_ipsec_la_result_outargs flushed;

	check(g_ipsec_la_sa_flush(handle, 0, &flushed, NULL), "flush");
	check(g_ipsec_la_close(handle), "close");
	return 0;
}
