/*
 * An accelerator is pulled out while one thread waits for a packet and others
 * wait for callbacks: everybody is told, the instance-broken callback comes
 * last, and a card plugged in again is a new accelerator.
 */
#include "support.h"

enum { WAITING = 200, LENGTH = 80 };

static struct g_ipsec_la_handle handle;
static struct g_ipsec_la_sa_handle outbound;
static struct counter answered = COUNTER_INIT, broken = COUNTER_INIT;

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	struct g_ipsec_la_packet_outargs *answer = outargs;
	struct g_ipsec_la_data *output = cb_arg;

	(void)cb_arg_len;
	EXPECT(-ENODEV, answer->result);
	EXPECT(0, answer->num_done);
	EXPECT(0, output->length);
	EXPECT(0, broken.value);
	counter_add(&answered);
}

static void gone(struct g_ipsec_la_handle *which, void *cb_arg, int32_t cb_arg_len)
{
	EXPECT(0, memcmp(which->handle, handle.handle, sizeof(handle.handle)));
	TRUE(cb_arg == &broken);
	EXPECT(7, cb_arg_len);
	EXPECT(WAITING, answered.value);
	counter_add(&broken);
}

static void *wait_for_packet(void *argument)
{
	uint8_t plain[LENGTH], sealed[256];
	struct g_ipsec_la_data in = { plain, make_packet(plain, 1, LENGTH) }, out = { sealed, sizeof(sealed) };

	counter_add(argument);
	/* The same answer whether the card went while the call waited, or just before it. */
	EXPECT(-ENODEV, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in, &out, NULL));
	return NULL;
}

int main(void)
{
	static uint8_t plain[LENGTH], sealed[WAITING][256];
	static struct g_ipsec_la_data in, out[WAITING];
	struct g_ipsec_la_open_inargs open_in = { .cb_fn = gone, .cb_arg = &broken, .cb_arg_len = 7 };
	struct g_ipsec_la_open_outargs open_out;
	struct g_ipsec_la_result_outargs result;
	struct counter started = COUNTER_INIT;
	pthread_t thread;
	uint32_t devices;

	EXPECT(0, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &open_in, &open_out));
	handle = open_out.handle;
	outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	EXPECT(0, g_ipsec_la_sim_hold(0, true));
	in = (struct g_ipsec_la_data){ plain, make_packet(plain, 2, LENGTH) };
	for (int i = 0; i < WAITING; i++) {
		struct g_ipsec_la_resp_args resp = { told, &out[i], 0 };

		out[i] = (struct g_ipsec_la_data){ sealed[i], sizeof(sealed[i]) };
		EXPECT(0, g_ipsec_la_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &outbound, 1, &in, &out[i],
						  &resp));
	}
	EXPECT(0, pthread_create(&thread, NULL, wait_for_packet, &started));
	counter_wait(&started, 1);
	nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);

	EXPECT(0, g_ipsec_la_sim_unplug(0));
	EXPECT(0, pthread_join(thread, NULL));
	counter_wait(&broken, 1);
	EXPECT(WAITING, answered.value);

	EXPECT(-ENODEV, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
	EXPECT(-ENODEV, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in, &out[0], NULL));
	EXPECT(0, g_ipsec_la_avail_devices_get_num(&devices));
	EXPECT(1, devices);
	EXPECT(0, g_ipsec_la_close(&handle));
	EXPECT(-EBADF, g_ipsec_la_close(&handle));

	EXPECT(0, g_ipsec_la_sim_plug(0));
	EXPECT(0, g_ipsec_la_avail_devices_get_num(&devices));
	EXPECT(2, devices);
	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "again");
	outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1002);
	out[0].length = sizeof(sealed[0]);
	EXPECT(0, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in, &out[0], NULL));
	flush_and_close(&handle);
	printf("pulled out with %d packets in flight, all answered\n", WAITING + 1);
	return 0;
}
