/*
 * Packets of chance, and damaged ones: each comes back with an error that is
 * documented for packets, and one in the middle of others harms none of them.
 *
 *   hostile [VERSION [SEED]]
 */
#include "support.h"

enum { LENGTH = 100, ROUNDS = 4000 };

static uint64_t state;

static uint32_t chance(uint32_t limit)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % limit;
}

/* Damages a packet, or makes one up. */
static uint32_t spoil(uint8_t *bytes, uint32_t length)
{
	switch (chance(4)) {
	case 0:
		for (length = 1 + chance(200); length < 200 && chance(2); length++)
			;
		for (uint32_t i = 0; i < length; i++)
			bytes[i] = chance(256);
		return length;
	case 1:
		return 1 + chance(length);
	case 2:
		bytes[chance(40)] = chance(256);
		return length;
	default:
		bytes[0] = chance(256);
		return length;
	}
}

static void check(int32_t result, uint32_t length)
{
	if (result)
		TRUE(result == -EBADMSG || result == -EMSGSIZE);
	TRUE(!result == !!length);
}

/* A packet that is too long, or malformed, among others. */
static void among_others(struct g_ipsec_la_handle *handle, struct g_ipsec_la_sa_handle *outbound)
{
	static uint8_t bytes[3][70000], sealed[3][256];
	struct g_ipsec_la_data in[3], out[3];
	struct g_ipsec_la_packet in_packets[3], out_packets[3];
	const int32_t errors[] = { -EMSGSIZE, -EBADMSG, -EINVAL };

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 3; i++) {
			in[i] = (struct g_ipsec_la_data){ bytes[i], make_packet(bytes[i], i, LENGTH) };
			out[i] = (struct g_ipsec_la_data){ sealed[i], sizeof(sealed[i]) };
			in_packets[i] = (struct g_ipsec_la_packet){ 1, &in[i] };
			out_packets[i] = (struct g_ipsec_la_packet){ 1, &out[i] };
		}
		if (round == 0)
			in[1].length = 65536;
		if (round == 1)
			bytes[1][0] = 0x99;
		if (round == 2)
			in[1].length = 0;
		EXPECT(errors[round], g_ipsec_la_multi_packet_encap(handle, 0, outbound, 3, in_packets, out_packets, NULL));
		EXPECT(0, out[1].length);
		/* What is no packet at all refuses the call; what is one, and bad, harms no other. */
		EXPECT(round < 2 ? 156 : 0, out[0].length);
		EXPECT(round < 2 ? 156 : 0, out[2].length);
	}
}

int main(int argc, char **argv)
{
	struct g_ipsec_la_sim_platform platform = { 1, 1, argc > 1 ? argv[1] : NULL };
	uint8_t bytes[512], room[1024];

	state = argc > 2 ? strtoull(argv[2], NULL, 0) : (uint64_t)time(NULL);
	fprintf(stdout, "seed %llu\n", (unsigned long long)state);
	fflush(stdout);
	EXPECT(0, g_ipsec_la_sim_start(&platform));

	struct g_ipsec_la_handle handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "hostile");
	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_sa_handle inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);

	among_others(&handle, &outbound);
	for (int i = 0; i < ROUNDS; i++) {
		struct g_ipsec_la_data in = { bytes, make_packet(bytes, i, LENGTH) }, out = { room, sizeof(room) };
		struct g_ipsec_la_data sealed = { room, 0 };
		int32_t result;

		if (chance(2)) {
			in.length = spoil(bytes, in.length);
			result = g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in, &out, NULL);
			check(result, out.length);
			continue;
		}
		EXPECT(0, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in, &out, NULL));
		sealed.length = spoil(room, out.length);
		out = (struct g_ipsec_la_data){ bytes, sizeof(bytes) };
		result = g_ipsec_la_packet_decap(&handle, 0, &inbound, 1, &sealed, &out, NULL);
		check(result, out.length);
	}
	/* After all that, it works as before. */
	struct g_ipsec_la_data in = { bytes, make_packet(bytes, 1, LENGTH) }, out = { room, sizeof(room) };

	EXPECT(0, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in, &out, NULL));
	flush_and_close(&handle);
	printf("%d bad packets, and as many documented answers\n", ROUNDS);
	return 0;
}
