/*
 * SAs of every kind over resets of the accelerator: tunnels over IPv4 and
 * IPv6, transport mode, extended sequence numbers, bundles. What was received
 * before is refused after it, and what comes next is taken.
 *
 *   resets [VERSION]
 */
#include "support.h"

enum { LENGTH = 100, COUNT = 8, KINDS = 6 };

static struct g_ipsec_la_handle handle;
static uint8_t sealed[KINDS][COUNT][512];
static uint32_t lengths[KINDS][COUNT];

static struct g_ipsec_la_sa_handle add(enum g_ipsec_la_sa_direction dir, struct g_ipsec_la_sa *sas, uint8_t count)
{
	struct g_ipsec_la_sa_add_inargs in = { dir, count, sas };
	struct g_ipsec_la_sa_add_outargs out;

	EXPECT(0, g_ipsec_la_sa_add(&handle, &in, 0, &out, NULL));
	return out.handle;
}

/* Of a protocol of its own: 59, which transport mode would put into ESP, says there that the packet is a dummy. */
static uint32_t fill(uint8_t *plain)
{
	make_packet(plain, 1, LENGTH);
	plain[9] += 2;
	plain[11] -= 2;
	return LENGTH;
}

static int32_t encap(struct g_ipsec_la_sa_handle sa, uint8_t *bytes, uint32_t *length)
{
	uint8_t plain[LENGTH];
	struct g_ipsec_la_data in = { plain, fill(plain) }, out = { bytes, 512 };
	int32_t result = g_ipsec_la_packet_encap(&handle, 0, &sa, 1, &in, &out, NULL);

	*length = out.length;
	return result;
}

static int32_t decap(struct g_ipsec_la_sa_handle sa, uint8_t *bytes, uint32_t length)
{
	uint8_t opened[512], plain[LENGTH];
	struct g_ipsec_la_data in = { bytes, length }, out = { opened, sizeof(opened) };
	int32_t result = g_ipsec_la_packet_decap(&handle, 0, &sa, 1, &in, &out, NULL);

	fill(plain);
	EXPECT(result ? 0 : LENGTH, out.length);
	TRUE(result || !memcmp(opened, plain, LENGTH));
	return result;
}

int main(int argc, char **argv)
{
	const char *version = argc > 1 ? argv[1] : "2.0";
	bool keeps_bundles = !strcmp(version, "2.0");
	struct g_ipsec_la_sim_platform platform = { 1, 1, version };
	struct g_ipsec_la_sa sas[KINDS][2];
	struct g_ipsec_la_sa_handle out[KINDS], in[KINDS];
	struct g_ipsec_la_sa_mod_inargs mod = {
		.mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO, .replay = { .flags = G_IPSEC_LA_SA_MODIFY_SEQ_NUM,
									   .seq_num = 1000 },
	};
	struct g_ipsec_la_result_outargs result;
	uint32_t length;
	uint8_t bytes[512];

	EXPECT(0, g_ipsec_la_sim_start(&platform));
	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "resets");
	for (int i = 0; i < KINDS; i++) {
		sas[i][0] = make_sa(0x1000 + 2 * i);
		sas[i][1] = make_sa(0x1001 + 2 * i);
	}
	sas[1][0].cmn_flags |= G_IPSEC_LA_SA_USE_IPv6;
	sas[1][0].te_addr.src_ip = (struct g_ipsec_la_ip_addr){ G_IPSEC_LA_IPV6, { 0x20, 1, 0xd, 0xb8, [15] = 1 } };
	sas[1][0].te_addr.dest_ip = (struct g_ipsec_la_ip_addr){ G_IPSEC_LA_IPV6, { 0x20, 1, 0xd, 0xb8, [15] = 2 } };
	sas[2][0].cmn_flags |= G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE;
	sas[3][0].cmn_flags |= G_IPSEC_LA_SA_USE_ESN;
	sas[4][0].cmn_flags |= G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL;
	sas[4][0].nat_info = (struct g_ipsec_la_nat_info){ .dest_port = 4500, .src_port = 4500 };
	/* The last is a bundle: a tunnel in a tunnel. */
	for (int i = 0; i < KINDS; i++) {
		bool is_bundle = i == KINDS - 1;

		out[i] = add(G_IPSEC_LA_SA_OUTBOUND, sas[i], is_bundle ? 2 : 1);
		in[i] = add(G_IPSEC_LA_SA_INBOUND, sas[i], is_bundle ? 2 : 1);
		mod.handle = out[i];
		mod.dir = G_IPSEC_LA_SA_OUTBOUND;
		if (!is_bundle)
			EXPECT(0, g_ipsec_la_sa_mod(&handle, &mod, 0, &result, NULL));
		for (int j = 0; j < COUNT; j++)
			EXPECT(0, encap(out[i], sealed[i][j], &lengths[i][j]));
		/* One is lost. */
		for (int j = 1; j < COUNT; j++)
			EXPECT(0, decap(in[i], sealed[i][j], lengths[i][j]));
	}
	/* A window of another size takes nothing twice. */
	mod = (struct g_ipsec_la_sa_mod_inargs){
		.dir = G_IPSEC_LA_SA_INBOUND, .handle = in[0], .mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO,
		.replay = { .flags = G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW, .anti_replay_window_size = 256 },
	};
	EXPECT(0, g_ipsec_la_sa_mod(&handle, &mod, 0, &result, NULL));
	for (int j = 1; j < COUNT; j++)
		EXPECT(-EBADMSG, decap(in[0], sealed[0][j], lengths[0][j]));

	for (int reset = 0; reset < 3; reset++) {
		EXPECT(0, g_ipsec_la_sim_fail(0));
		for (int i = 0; i < KINDS; i++) {
			bool is_spent = i == KINDS - 1 && !keeps_bundles;

			for (int j = 1; j < COUNT; j++)
				EXPECT(is_spent ? -EKEYREJECTED : -EBADMSG, decap(in[i], sealed[i][j], lengths[i][j]));
			EXPECT(is_spent ? -EKEYREJECTED : 0, encap(out[i], bytes, &length));
			EXPECT(is_spent ? -EKEYREJECTED : 0, decap(in[i], bytes, length ? length : 1));
		}
	}
	flush_and_close(&handle);
	printf("nothing received twice over resets, version %s\n", version);
	return 0;
}
