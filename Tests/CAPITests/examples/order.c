/*
 * What a call does comes after what earlier calls of the handle did, however
 * these end; and nobody is called any more who has said so.
 */
#include "support.h"

enum { LENGTH = 100, ROUNDS = 200 };

static const uint32_t async = G_IPSEC_LA_CTRL_FLAG_ASYNC, silent = G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED;
static struct g_ipsec_la_handle handle;
static struct counter answered = COUNTER_INIT, events = COUNTER_INIT, broken = COUNTER_INIT, gate = COUNTER_INIT;
static struct counter stopped = COUNTER_INIT;

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	EXPECT(cb_arg_len, *(int32_t *)outargs);
	EXPECT(0, broken.value);
	(void)cb_arg;
	counter_add(&answered);
}

/* Keeps the library's thread until the gate opens. */
static void stop(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	(void)outargs;
	(void)cb_arg;
	counter_add(&stopped);
	counter_wait(&gate, cb_arg_len);
}

static void stop_thread(int number)
{
	static struct g_ipsec_la_capabilities_get_outargs caps;
	int before = stopped.value;

	EXPECT(0, g_ipsec_la_capabilities_get(&handle, async, &caps,
					      &(struct g_ipsec_la_resp_args){ stop, NULL, number }));
	counter_wait(&stopped, before + 1);
}

static uint32_t count_sas(void)
{
	struct g_ipsec_la_sa params[4];
	struct g_ipsec_la_sa_get_inargs in = { .dir = G_IPSEC_LA_SA_OUTBOUND, .num_sas = 4 };
	struct g_ipsec_la_sa_get_outargs out = { .sa_params = params };

	EXPECT(0, g_ipsec_la_sa_get(&handle, &in, 0, &out, NULL));
	return out.num_sas;
}

static int32_t encap(struct g_ipsec_la_sa_handle sa)
{
	uint8_t plain[LENGTH], sealed[256];
	struct g_ipsec_la_data in = { plain, make_packet(plain, 1, LENGTH) }, out = { sealed, sizeof(sealed) };
	int32_t result = g_ipsec_la_packet_encap(&handle, 0, &sa, 1, &in, &out, NULL);

	EXPECT(result ? 0 : 156, out.length);
	return result;
}

static void calls(void)
{
	static struct g_ipsec_la_result_outargs out[ROUNDS];
	struct g_ipsec_la_sa sa = make_sa(0x1000);
	struct g_ipsec_la_sa_add_inargs add = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
	struct g_ipsec_la_result_outargs result;

	for (int i = 0; i < ROUNDS; i++) {
		EXPECT(0, g_ipsec_la_sa_add(&handle, &add, silent, NULL, NULL));
		EXPECT(1, count_sas());
		EXPECT(0, g_ipsec_la_sa_add(&handle, &add, silent, NULL, NULL));
		EXPECT(0, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
		EXPECT(0, count_sas());
	}
	for (int i = 0; i < ROUNDS; i++) {
		struct g_ipsec_la_sa_del_inargs del = { G_IPSEC_LA_SA_OUTBOUND,
							add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1000) };

		EXPECT(0, g_ipsec_la_sa_del(&handle, &del, async, &out[i],
					    &(struct g_ipsec_la_resp_args){ told, NULL, 0 }));
		EXPECT(-ENOENT, encap(del.handle));
		EXPECT(-ENOENT, g_ipsec_la_sa_del(&handle, &del, 0, &result, NULL));
	}
	counter_wait(&answered, ROUNDS);
}

static void event(const struct g_ipsec_la_notification *event, void *cb_arg, int32_t cb_arg_len)
{
	(void)event;
	(void)cb_arg_len;
	EXPECT('a', *(char *)cb_arg);
	counter_add(&events);
}

/* Events wait behind a callback while their hooks are taken away. */
static void hooks(void)
{
	char *argument = strdup("alive");
	struct g_ipsec_la_notification_hooks hooks = { .seq_num_periodic = { event, argument, 0 } };
	struct g_ipsec_la_sa sa = make_sa(0x1000);
	struct g_ipsec_la_sa_add_inargs add = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
	struct g_ipsec_la_sa_add_outargs added;

	sa.cmn_flags |= G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC;
	sa.seqnum_interval = 1;
	EXPECT(0, g_ipsec_la_notification_hooks_register(&handle, &hooks));
	EXPECT(0, g_ipsec_la_sa_add(&handle, &add, 0, &added, NULL));
	EXPECT(0, encap(added.handle));
	counter_wait(&events, 1);
	stop_thread(1);
	EXPECT(0, encap(added.handle));
	EXPECT(0, encap(added.handle));
	EXPECT(0, g_ipsec_la_notifications_hook_deregister(&handle));
	memset(argument, 0, 6);
	free(argument);
	counter_add(&gate);
	EXPECT(0, encap(added.handle));
	stop_thread(1);
	EXPECT(1, events.value);
}

static void *wait_for_packet(void *argument)
{
	(void)argument;
	encap(add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001));
	return NULL;
}

static uint64_t packets_taken(void)
{
	struct g_ipsec_la_active_device device;
	struct g_ipsec_la_active_list_get_inargs in = { .num_devices = 1 };
	struct g_ipsec_la_active_list_get_outargs out = { .devices = &device };

	EXPECT(0, g_ipsec_la_active_list_get(&in, &out));
	EXPECT(1, out.num_devices);
	return device.packets_in;
}

static void open_it(void);

/* A call that waits is a call, and survives that its thread is cancelled. */
static void waiting(void)
{
	struct g_ipsec_la_result_outargs result;
	pthread_t thread;
	uint32_t devices;
	int32_t closed;

	/* On a machine so slow that the call has timed out by then, once more. */
	do {
		uint64_t before = packets_taken();

		EXPECT(0, g_ipsec_la_sim_hold(0, true));
		EXPECT(0, pthread_create(&thread, NULL, wait_for_packet, NULL));
		while (packets_taken() == before)
			nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
		EXPECT(0, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
		closed = g_ipsec_la_close(&handle);
		EXPECT(0, pthread_cancel(thread));
		EXPECT(0, g_ipsec_la_avail_devices_get_num(&devices));
		EXPECT(0, g_ipsec_la_sim_hold(0, false));
		EXPECT(0, pthread_join(thread, NULL));
		EXPECT(0, g_ipsec_la_avail_devices_get_num(&devices));
		if (!closed)
			open_it();
	} while (!closed);
	EXPECT(-EBUSY, closed);
}

static void gone(struct g_ipsec_la_handle *which, void *cb_arg, int32_t cb_arg_len)
{
	(void)which;
	(void)cb_arg;
	(void)cb_arg_len;
	counter_add(&broken);
}

static void open_it(void)
{
	struct g_ipsec_la_open_inargs in = { .accl_name = "virtio0", .cb_fn = gone };
	struct g_ipsec_la_open_outargs out;

	EXPECT(0, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &in, &out));
	handle = out.handle;
}

/* That the accelerator has gone is told last. */
static void pulled(void)
{
	static struct g_ipsec_la_sa_add_outargs added;
	struct g_ipsec_la_sa sa = make_sa(0x1000);
	struct g_ipsec_la_sa_add_inargs add = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };

	stop_thread(2);
	EXPECT(0, g_ipsec_la_sa_add(&handle, &add, async, &added,
				    &(struct g_ipsec_la_resp_args){ told, NULL, -ENODEV }));
	EXPECT(0, g_ipsec_la_sim_unplug(0));
	counter_add(&gate);
	counter_wait(&broken, 1);
	EXPECT(ROUNDS + 1, answered.value);
	EXPECT(0, g_ipsec_la_close(&handle));
}

int main(void)
{
	open_it();
	calls();
	hooks();
	waiting();
	pulled();
	printf("everything in its order\n");
	return 0;
}
