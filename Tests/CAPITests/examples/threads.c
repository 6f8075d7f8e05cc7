/*
 * Threads of one process at one accelerator, all at once: some wait for their
 * packets, some are called back, one adds and deletes SAs, one asks what there
 * is, while another card comes and goes.
 *
 *   threads [ROUNDS]
 */
#include "support.h"

enum { PAIRS = 2, LENGTH = 120, ROOM = 256, BATCH = 8 };

static int rounds = 100;
static struct g_ipsec_la_handle handle;

/* One SA each way, which belong to one thread. */
struct tunnel {
	struct g_ipsec_la_sa_handle outbound, inbound;
};

static struct tunnel make_tunnel(uint32_t spi)
{
	return (struct tunnel){
		add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, spi),
		add_sa(&handle, G_IPSEC_LA_SA_INBOUND, spi),
	};
}

static void *wait_for_packets(void *argument)
{
	struct tunnel *tunnel = argument;

	for (int i = 0; i < rounds; i++) {
		uint8_t plain[LENGTH], sealed[ROOM], opened[ROOM];
		struct g_ipsec_la_data in = { plain, make_packet(plain, i, LENGTH) };
		struct g_ipsec_la_data middle = { sealed, ROOM }, out = { opened, ROOM };

		EXPECT(0, g_ipsec_la_packet_encap(&handle, 0, &tunnel->outbound, 1, &in, &middle, NULL));
		EXPECT(0, g_ipsec_la_packet_decap(&handle, 0, &tunnel->inbound, 1, &middle, &out, NULL));
		EXPECT(LENGTH, out.length);
		EXPECT(0, memcmp(plain, opened, LENGTH));
	}
	return NULL;
}

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	struct g_ipsec_la_packet_outargs *answer = outargs;

	(void)cb_arg_len;
	EXPECT(0, answer->result);
	counter_add(cb_arg);
}

static void *send_batches(void *argument)
{
	struct tunnel *tunnel = argument;
	static const uint32_t flags = G_IPSEC_LA_CTRL_FLAG_ASYNC;

	for (int i = 0; i < rounds; i++) {
		uint8_t plain[BATCH][LENGTH], sealed[BATCH][ROOM], opened[BATCH][ROOM];
		struct g_ipsec_la_data in[BATCH], middle[BATCH], out[BATCH];
		struct counter there = COUNTER_INIT, back = COUNTER_INIT;
		struct g_ipsec_la_resp_args resp = { told, &there, 0 };

		for (int j = 0; j < BATCH; j++) {
			in[j] = (struct g_ipsec_la_data){ plain[j], make_packet(plain[j], j, LENGTH) };
			middle[j] = (struct g_ipsec_la_data){ sealed[j], ROOM };
			out[j] = (struct g_ipsec_la_data){ opened[j], ROOM };
			EXPECT(0, g_ipsec_la_packet_encap(&handle, flags, &tunnel->outbound, 1, &in[j], &middle[j],
							  &resp));
		}
		counter_wait(&there, BATCH);
		resp.cb_arg = &back;
		for (int j = 0; j < BATCH; j++)
			EXPECT(0, g_ipsec_la_packet_decap(&handle, flags, &tunnel->inbound, 1, &middle[j], &out[j],
							  &resp));
		counter_wait(&back, BATCH);
		for (int j = 0; j < BATCH; j++)
			EXPECT(0, memcmp(plain[j], opened[j], LENGTH));
	}
	return NULL;
}

static void *change_sas(void *argument)
{
	(void)argument;
	for (int i = 0; i < rounds; i++) {
		struct g_ipsec_la_sa_del_inargs del = {
			G_IPSEC_LA_SA_OUTBOUND, add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x8000 + i),
		};
		struct g_ipsec_la_result_outargs out;

		EXPECT(0, g_ipsec_la_sa_del(&handle, &del, 0, &out, NULL));
	}
	return NULL;
}

static void *ask_and_replug(void *argument)
{
	(void)argument;
	for (int i = 0; i < rounds; i++) {
		struct g_ipsec_la_active_device device;
		struct g_ipsec_la_active_list_get_inargs in = { .num_devices = 1 };
		struct g_ipsec_la_active_list_get_outargs out = { .devices = &device };
		uint32_t devices;

		EXPECT(0, g_ipsec_la_active_list_get(&in, &out));
		EXPECT(1, out.num_devices);
		EXPECT(0, g_ipsec_la_avail_devices_get_num(&devices));
		EXPECT(2 - i % 2, devices);
		EXPECT(0, i % 2 ? g_ipsec_la_sim_plug(1) : g_ipsec_la_sim_unplug(1));
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct tunnel tunnels[2 * PAIRS];
	pthread_t threads[2 * PAIRS + 2];

	if (argc > 1)
		rounds = atoi(argv[1]);
	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, "virtio0", "threads");
	for (int i = 0; i < 2 * PAIRS; i++) {
		tunnels[i] = make_tunnel(0x1000 + i);
		EXPECT(0, pthread_create(&threads[i], NULL, i % 2 ? send_batches : wait_for_packets, &tunnels[i]));
	}
	EXPECT(0, pthread_create(&threads[2 * PAIRS], NULL, change_sas, NULL));
	EXPECT(0, pthread_create(&threads[2 * PAIRS + 1], NULL, ask_and_replug, NULL));
	for (int i = 0; i < 2 * PAIRS + 2; i++)
		EXPECT(0, pthread_join(threads[i], NULL));
	flush_and_close(&handle);
	printf("%d packets of %d threads\n", 2 * PAIRS * rounds * (1 + BATCH), 2 * PAIRS);
	return 0;
}
