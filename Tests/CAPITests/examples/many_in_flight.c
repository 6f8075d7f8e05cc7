/*
 * 10,000 packets in flight: all are taken before the first is processed, come
 * back in their order, and decapsulate to what they were.
 *
 *   many_in_flight [VERSION [COUNT]]
 */
#include "support.h"

enum { COUNT = 10000, LENGTH = 64, ROOM = 160 };

static uint8_t plain[COUNT][LENGTH], sealed[COUNT][ROOM];
static struct g_ipsec_la_data in[COUNT], out[COUNT];
static int order[COUNT];
static struct counter done = COUNTER_INIT;

/* cb_arg_len is the packet's number. */
static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	struct g_ipsec_la_packet_outargs *answer = outargs;

	TRUE(cb_arg == order);
	EXPECT(0, answer->result);
	EXPECT(1, answer->num_done);
	order[cb_arg_len] = done.value;
	counter_add(&done);
}

int main(int argc, char **argv)
{
	struct g_ipsec_la_sim_platform platform = { 1, 1, argc > 1 ? argv[1] : NULL };
	int count = argc > 2 ? atoi(argv[2]) : COUNT;

	TRUE(count > 0 && count <= COUNT);
	EXPECT(0, g_ipsec_la_sim_start(&platform));

	struct g_ipsec_la_handle handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "many");
	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_sa_handle inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);
	struct g_ipsec_la_resp_args resp = { told, order, 0 };

	EXPECT(0, g_ipsec_la_sim_hold(0, true));
	for (int i = 0; i < count; i++) {
		in[i].buffer = plain[i];
		in[i].length = make_packet(plain[i], i, LENGTH);
		out[i].buffer = sealed[i];
		out[i].length = ROOM;
		resp.cb_arg_len = i;
		EXPECT(0, g_ipsec_la_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &outbound, 1, &in[i],
						  &out[i], &resp));
	}
	EXPECT(0, done.value);
	EXPECT(-EBUSY, g_ipsec_la_close(&handle));
	EXPECT(0, g_ipsec_la_sim_hold(0, false));
	counter_wait(&done, count);

	for (int i = 0; i < count; i++) {
		uint8_t opened[ROOM];
		struct g_ipsec_la_data result = { opened, ROOM };

		EXPECT(i, order[i]);
		/* The sequence number, behind the tunnel's header and the SPI. */
		EXPECT(i + 1, sealed[i][24] << 24 | sealed[i][25] << 16 | sealed[i][26] << 8 | sealed[i][27]);
		EXPECT(0, g_ipsec_la_packet_decap(&handle, 0, &inbound, 1, &out[i], &result, NULL));
		EXPECT(LENGTH, result.length);
		EXPECT(0, memcmp(opened, plain[i], LENGTH));
	}
	flush_and_close(&handle);
	printf("%d packets in flight at a time, all back in order\n", count);
	return 0;
}
