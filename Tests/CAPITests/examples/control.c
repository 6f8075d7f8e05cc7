/*
 * Control calls in every way: waiting, with a callback, without an answer;
 * groups, capabilities, lists in pages, changes of SAs, and notifications.
 */
#include "support.h"

enum { LENGTH = 100 };

static struct g_ipsec_la_handle handle;
static struct counter answered = COUNTER_INIT, periodic = COUNTER_INIT, lifetime = COUNTER_INIT;

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	TRUE(cb_arg == outargs);
	EXPECT(3, cb_arg_len);
	counter_add(&answered);
}

/* Waits for the answer to an asynchronous call. */
#define ASYNC(out, call)                                                                                               \
	do {                                                                                                           \
		struct g_ipsec_la_resp_args resp = { told, out, 3 };                                                   \
		int before = answered.value;                                                                           \
		const uint32_t flags = G_IPSEC_LA_CTRL_FLAG_ASYNC;                                                     \
		EXPECT(0, call);                                                                                       \
		counter_wait(&answered, before + 1);                                                                   \
	} while (0)

static struct g_ipsec_la_sa_stats stats_of(enum g_ipsec_la_sa_direction dir, struct g_ipsec_la_sa_handle sa)
{
	struct g_ipsec_la_sa_stats stats;
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = dir, .handle = sa, .operation = G_IPSEC_LA_SA_GET_EXACT, .num_sas = 1,
		.what = G_IPSEC_LA_SA_GET_STATS,
	};
	struct g_ipsec_la_sa_get_outargs out = { .stats = &stats };

	EXPECT(0, g_ipsec_la_sa_get(&handle, &in, 0, &out, NULL));
	EXPECT(1, out.num_sas);
	return stats;
}

static int32_t encap(struct g_ipsec_la_sa_handle sa, uint8_t *sealed, uint32_t *length)
{
	uint8_t plain[LENGTH];
	struct g_ipsec_la_data in = { plain, make_packet(plain, 1, LENGTH) }, out = { sealed, 256 };
	int32_t result = g_ipsec_la_packet_encap(&handle, 0, &sa, 1, &in, &out, NULL);

	*length = out.length;
	return result;
}

static int32_t decap(struct g_ipsec_la_sa_handle sa, uint8_t *sealed, uint32_t length)
{
	uint8_t opened[256];
	struct g_ipsec_la_data in = { sealed, length }, out = { opened, sizeof(opened) };

	return g_ipsec_la_packet_decap(&handle, 0, &sa, 1, &in, &out, NULL);
}

static void devices(void)
{
	struct g_ipsec_la_device_info info;
	struct g_ipsec_la_avail_devices_get_info_inargs in = { .num_devices = 1 };
	struct g_ipsec_la_avail_devices_get_info_outargs out = { .dev_info = &info };

	EXPECT(0, g_ipsec_la_avail_devices_get_info(&in, &out));
	EXPECT(1, out.num_devices);
	EXPECT(0, strcmp(info.device_name, "virtio0"));
	EXPECT(G_IPSEC_LA_INSTANCE_EXCLUSIVE, info.mode);
	EXPECT(1, info.num_apps);
	TRUE(out.b_more_devices);
	in.last_device_read = out.last_device_read;
	EXPECT(0, g_ipsec_la_avail_devices_get_info(&in, &out));
	EXPECT(0, strcmp(info.device_name, "virtio1"));
	EXPECT(G_IPSEC_LA_INSTANCE_AVAILABLE, info.mode);
	TRUE(!out.b_more_devices);
}

static void capabilities(void)
{
	struct g_ipsec_la_capabilities_get_outargs waiting, async;

	EXPECT(0, g_ipsec_la_capabilities_get(&handle, 0, &waiting, NULL));
	ASYNC(&async, g_ipsec_la_capabilities_get(&handle, flags, &async, &resp));
	EXPECT(0, async.result);
	EXPECT(0, memcmp(&waiting.caps, &async.caps, sizeof(async.caps)));
	TRUE(async.caps.flags & G_IPSEC_LA_CAP_ESP);
	TRUE(async.caps.flags & G_IPSEC_LA_CAP_ANTI_REPLAY_CHECK);
	TRUE(!(async.caps.flags & G_IPSEC_LA_CAP_IPCOMP));
	TRUE(async.caps.comb_algo_caps & 1 << G_IPSEC_LA_COMB_ALGO_AES_GCM);
	TRUE(async.caps.cipher_algo_caps & 1 << G_IPSEC_LA_CIPHER_ALGO_AES_CBC);
	TRUE(!(async.caps.cipher_algo_caps & 1 << G_IPSEC_LA_CIPHER_ALGO_DES_CBC));
}

/* Groups, and SAs in pages. */
static void groups(void)
{
	struct g_ipsec_la_group_create_inargs in = { "group" };
	struct g_ipsec_la_group_create_outargs group;
	struct g_ipsec_la_result_outargs result;
	struct g_ipsec_la_handle with_group = handle;
	struct g_ipsec_la_sa params[2];
	struct g_ipsec_la_sa_handle handles[2], outside = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x900);
	struct g_ipsec_la_sa_get_inargs get = { .dir = G_IPSEC_LA_SA_OUTBOUND, .num_sas = 2 };
	struct g_ipsec_la_sa_get_outargs got = { .sa_params = params, .handles = handles };
	struct g_ipsec_la_sa sa = make_sa(0x1004);
	struct g_ipsec_la_sa_add_inargs add = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
	struct g_ipsec_la_sa_add_outargs added;

	ASYNC(&group, g_ipsec_la_group_create(&handle, &in, flags, &group, &resp));
	EXPECT(0, group.result);
	memcpy(with_group.group_handle, group.group_handle, sizeof(group.group_handle));
	for (int i = 0; i < 4; i++)
		add_sa(&with_group, G_IPSEC_LA_SA_OUTBOUND, 0x1000 + i);
	ASYNC(&added, g_ipsec_la_sa_add(&with_group, &add, flags, &added, &resp));
	EXPECT(0, added.result);

	for (int i = 0; i < 3; i++) {
		get.operation = i ? G_IPSEC_LA_SA_GET_NEXT_N : G_IPSEC_LA_SA_GET_FIRST_N;
		get.handle = got.next;
		ASYNC(&got, g_ipsec_la_sa_get(&with_group, &get, flags, &got, &resp));
		EXPECT(i < 2 ? 2 : 1, got.num_sas);
		EXPECT(0x1000 + 2 * i, params[0].spi);
	}
	EXPECT(0, memcmp(&handles[0], &added.handle, sizeof(added.handle)));
	EXPECT(0, memcmp(&got.next, &(struct g_ipsec_la_sa_handle){ { 0 } }, sizeof(got.next)));

	ASYNC(&result, g_ipsec_la_sa_flush(&with_group, flags, &result, &resp));
	EXPECT(0, result.result);
	EXPECT(0, stats_of(G_IPSEC_LA_SA_OUTBOUND, outside).packets_processed);
	get.handle = added.handle;
	get.operation = G_IPSEC_LA_SA_GET_EXACT;
	EXPECT(-ENOENT, g_ipsec_la_sa_get(&handle, &get, 0, &got, NULL));
	ASYNC(&result, g_ipsec_la_group_delete(&with_group, flags, &result, &resp));
	EXPECT(0, result.result);
	/* The answer to an asynchronous call may be an error as well. */
	struct g_ipsec_la_sa_del_inargs del = { G_IPSEC_LA_SA_OUTBOUND, outside };

	EXPECT(0, g_ipsec_la_sa_del(&handle, &del, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, NULL, NULL));
	for (int i = 0; i < 60000; i++) {
		get.handle = outside;
		if (g_ipsec_la_sa_get(&handle, &get, 0, &got, NULL) == -ENOENT)
			break;
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	}
	EXPECT(-ENOENT, g_ipsec_la_sa_del(&handle, &del, 0, &result, NULL));
	/* A call that is refused before it is tried answers as well. */
	EXPECT(-ENOENT, result.result);
	EXPECT(-EINVAL, g_ipsec_la_sa_flush(&handle, 1u << 9, &result, NULL));
	EXPECT(-EINVAL, result.result);
}

/* Sequence number, replay window and gateways, and what the SA does then. */
static void changes(void)
{
	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_sa_handle inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);
	struct g_ipsec_la_sa_mod_inargs mod = {
		.dir = G_IPSEC_LA_SA_OUTBOUND, .handle = outbound, .mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO,
		.replay = { .flags = G_IPSEC_LA_SA_MODIFY_SEQ_NUM, .seq_num = 1000 },
	};
	struct g_ipsec_la_result_outargs result;
	uint8_t sealed[256];
	uint32_t length;

	EXPECT(0, g_ipsec_la_sa_mod(&handle, &mod, 0, &result, NULL));
	EXPECT(0, encap(outbound, sealed, &length));
	EXPECT(1001, sealed[26] << 8 | sealed[27]);
	mod.mod_flags = G_IPSEC_LA_SA_MODIFY_PEER_GW_INFO;
	mod.addr_info = (struct g_ipsec_la_sa_mod_addr){ { G_IPSEC_LA_IPV4, { 198, 51, 100, 9 } }, 0 };
	ASYNC(&result, g_ipsec_la_sa_mod(&handle, &mod, flags, &result, &resp));
	EXPECT(0, result.result);
	EXPECT(0, encap(outbound, sealed, &length));
	EXPECT(0, memcmp(sealed + 12, (uint8_t[]){ 192, 0, 2, 1, 198, 51, 100, 9 }, 8));

	EXPECT(0, decap(inbound, sealed, length));
	EXPECT(-EBADMSG, decap(inbound, sealed, length));
	sealed[length - 1] ^= 1;
	sealed[27]++;
	EXPECT(-EBADMSG, decap(inbound, sealed, length));
	mod.dir = G_IPSEC_LA_SA_INBOUND;
	mod.handle = inbound;
	mod.mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO;
	mod.replay.flags |= G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW;
	mod.replay.seq_num = 5000;
	mod.replay.anti_replay_window_size = 128;
	EXPECT(0, g_ipsec_la_sa_mod(&handle, &mod, 0, &result, NULL));
	EXPECT(0, encap(outbound, sealed, &length));
	EXPECT(-EBADMSG, decap(inbound, sealed, length));

	struct g_ipsec_la_sa_stats stats = stats_of(G_IPSEC_LA_SA_INBOUND, inbound);

	EXPECT(1, stats.packets_processed);
	EXPECT(1, stats.protocol_violation_errors.anti_replay_replay_pkt);
	EXPECT(1, stats.protocol_violation_errors.invalid_icv);
	EXPECT(1, stats.protocol_violation_errors.anti_replay_late_pkt);
	EXPECT(0, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
}

static void count(const struct g_ipsec_la_notification *event, void *cb_arg, int32_t cb_arg_len)
{
	struct g_ipsec_la_result_outargs result;

	EXPECT(0, memcmp(event->handle.handle, handle.handle, sizeof(handle.handle)));
	EXPECT(11, cb_arg_len);
	/* A callback may call every function; this SA is not of that direction. */
	EXPECT(-ENOENT, g_ipsec_la_sa_del(&event->handle, &(struct g_ipsec_la_sa_del_inargs){ 0, event->sa_handle }, 0,
					  &result, NULL));
	counter_add(cb_arg);
}

static void notifications(void)
{
	struct g_ipsec_la_notification_hooks hooks = {
		.seq_num_periodic = { count, &periodic, 11 }, .soft_lifetime_expiry = { count, &lifetime, 11 },
	};
	struct g_ipsec_la_sa sa = make_sa(0x1001);
	struct g_ipsec_la_sa_add_inargs add = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
	struct g_ipsec_la_sa_add_outargs added;
	struct g_ipsec_la_result_outargs result;
	uint8_t sealed[256];
	uint32_t length;

	sa.cmn_flags |= G_IPSEC_LA_SA_LIFETIME_IN_KB | G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY |
			G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC;
	sa.soft_kilobytes_limit = 1;
	sa.hard_kilobytes_limit = 2;
	sa.seqnum_interval = 5;
	EXPECT(0, g_ipsec_la_notification_hooks_register(&handle, &hooks));
	EXPECT(0, g_ipsec_la_sa_add(&handle, &add, 0, &added, NULL));
	for (int i = 0; i < 20; i++)
		EXPECT(0, encap(added.handle, sealed, &length));
	counter_wait(&lifetime, 1);
	counter_wait(&periodic, 4);
	/* The packet that crosses 2048 bytes passes, the next one does not. */
	EXPECT(0, encap(added.handle, sealed, &length));
	EXPECT(-EKEYREJECTED, encap(added.handle, sealed, &length));
	EXPECT(0, length);
	EXPECT(0, g_ipsec_la_notifications_hook_deregister(&handle));
	EXPECT(0, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
}

/* Several packets in one call, and packets in several pieces. */
static void pieces(void)
{
	enum { COUNT = 40, PIECES = 4 };
	static uint8_t plain[COUNT][LENGTH], sealed[COUNT][PIECES][64], opened[COUNT][LENGTH];
	static struct g_ipsec_la_data in[COUNT][PIECES], middle[COUNT][PIECES], out[COUNT][PIECES];
	static struct g_ipsec_la_packet in_packets[COUNT], middle_packets[COUNT], out_packets[COUNT];
	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_sa_handle inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);
	struct g_ipsec_la_result_outargs result;

	for (int i = 0; i < COUNT; i++) {
		make_packet(plain[i], i, LENGTH);
		for (int j = 0; j < PIECES; j++) {
			in[i][j] = (struct g_ipsec_la_data){ plain[i] + 25 * j, 25 };
			middle[i][j] = (struct g_ipsec_la_data){ sealed[i][j], 64 };
			out[i][j] = (struct g_ipsec_la_data){ opened[i] + 25 * j, 25 };
		}
		in_packets[i] = (struct g_ipsec_la_packet){ PIECES, in[i] };
		middle_packets[i] = (struct g_ipsec_la_packet){ PIECES, middle[i] };
		out_packets[i] = (struct g_ipsec_la_packet){ PIECES, out[i] };
	}
	EXPECT(0, g_ipsec_la_multi_packet_encap(&handle, 0, &outbound, COUNT, in_packets, middle_packets, NULL));
	for (int i = 0; i < COUNT; i++)
		for (int j = 0; j < PIECES; j++)
			if (!middle[i][j].length)
				middle_packets[i].num_sg = j < (int)middle_packets[i].num_sg ? j : (int)middle_packets[i].num_sg;
	EXPECT(64, middle[0][0].length);
	/* One of them is damaged: the others arrive. */
	sealed[7][0][40] ^= 1;
	EXPECT(-EBADMSG, g_ipsec_la_multi_packet_decap(&handle, 0, &inbound, COUNT, middle_packets, out_packets, NULL));
	for (int i = 0; i < COUNT; i++) {
		EXPECT(i == 7 ? 0 : 25, out[i][3].length);
		TRUE(i == 7 || !memcmp(opened[i], plain[i], LENGTH));
	}
	/* Without an answer, the packets are processed all the same. */
	EXPECT(0, g_ipsec_la_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &outbound, PIECES, in[0], NULL,
					  NULL));
	EXPECT(0, g_ipsec_la_multi_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &outbound, COUNT,
						in_packets, NULL, NULL));
	memset(plain, 0, sizeof(plain));
	for (int i = 0; i < 60000 && stats_of(G_IPSEC_LA_SA_OUTBOUND, outbound).packets_processed < 2 * COUNT + 1; i++)
		nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
	EXPECT(2 * COUNT + 1, stats_of(G_IPSEC_LA_SA_OUTBOUND, outbound).packets_processed);

	/* A reset in between: SAs are there as before. */
	uint8_t packet[256];
	uint32_t length;

	EXPECT(0, g_ipsec_la_sim_fail(0));
	EXPECT(0, encap(outbound, packet, &length));
	EXPECT(0, decap(inbound, packet, length));
	EXPECT(0, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
}

int main(int argc, char **argv)
{
	struct g_ipsec_la_sim_platform platform = { 2, 2, argc > 1 ? argv[1] : NULL };

	EXPECT(0, g_ipsec_la_sim_start(&platform));
	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "control");
	devices();
	capabilities();
	groups();
	changes();
	notifications();
	pieces();
	EXPECT(0, g_ipsec_la_close(&handle));
	printf("control calls in every way\n");
	return 0;
}
