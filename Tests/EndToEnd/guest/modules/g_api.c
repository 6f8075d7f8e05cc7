// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Uses all of the g-API on the accelerator of parameter "name", and is loaded only if all is as it says:
 * packets in one piece and in several, in place, many at once, waited for, with a callback, and with no
 * answer at all; SAs that are changed, read and flushed; events; and what is refused.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/g_ipsec_la.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <net/checksum.h>

#define LENGTH		300
#define ROOM		512
#define MANY		40
#define MOST		1000
#define INTERVAL	16	/* packets from event to event */

#define EXPECT(what) do {							\
	if (!(what)) {								\
		pr_err("g_api: line %d: not so: %s\n", __LINE__, #what);	\
		return -EPROTO;							\
	}									\
} while (0)

static char *name = "ipsec-la0";
module_param(name, charp, 0444);

static struct g_ipsec_la_handle handle;
static struct g_ipsec_la_sa_handle out_sa, in_sa;
static struct g_ipsec_la_sa_stats stats;
static atomic_t events = ATOMIC_INIT(0);

/* Of each packet: as it is, encapsulated, and decapsulated again. */
static struct packet {
	u8 *plain, *sealed, *opened;
	struct g_ipsec_la_data in, middle, result;
} packets[MOST];

static struct g_ipsec_la_packet inputs[MOST], outputs[MOST];

struct answer {
	struct completion done;
	struct g_ipsec_la_packet_outargs out;
};

static void answered(void *arg, s32 length, void *out)
{
	struct answer *answer = arg;

	answer->out = *(struct g_ipsec_la_packet_outargs *)out;
	complete(&answer->done);
}

static void counted(const struct g_ipsec_la_notification *event, void *arg, s32 length)
{
	if (!memcmp(&event->sa_handle, &out_sa, sizeof(out_sa)))
		atomic_inc(&events);
}

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

static int make_packets(void)
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

/* From a packet to its encapsulation, or from that to the result. */
static void aim(u32 count, bool back)
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

static int open_it(void)
{
	struct g_ipsec_la_notification_hooks hooks = { .seq_num_periodic = { .cb_fn = counted } };
	struct g_ipsec_la_open_inargs in = { .accl_name = name, .app_identity = "g_api" };
	struct g_ipsec_la_group_create_inargs group = { .group_identity = "group" };
	struct g_ipsec_la_capabilities_get_outargs found;
	struct g_ipsec_la_group_create_outargs created;
	struct g_ipsec_la_open_outargs out;

	EXPECT(!g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &in, &out));
	handle = out.handle;
	EXPECT(g_ipsec_la_open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &in, &out) == -EBUSY);
	EXPECT(!g_ipsec_la_capabilities_get(&handle, 0, &found, NULL));
	EXPECT(found.caps.comb_algo_caps & BIT(G_IPSEC_LA_COMB_ALGO_AES_GCM));
	EXPECT(found.caps.flags & G_IPSEC_LA_CAP_SG);
	EXPECT(!g_ipsec_la_notification_hooks_register(&handle, &hooks));
	EXPECT(!g_ipsec_la_group_create(&handle, &group, 0, &created, NULL));
	memcpy(handle.group_handle, created.group_handle, sizeof(handle.group_handle));
	return 0;
}

static int add(enum g_ipsec_la_sa_direction dir, struct g_ipsec_la_sa_handle *sa)
{
	static const u8 key[20] = "a salt, then the key";
	struct g_ipsec_la_sa params = {
		.spi = 0x8000,
		.proto = G_IPSEC_LA_PROTO_ESP,
		.cmn_flags = G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE,
		.crypto_params = {
			.comb_algo = G_IPSEC_LA_COMB_ALGO_AES_GCM,
			.comb_key = key,
			.comb_key_len_bits = 160,
			.comb_salt_len_bits = 32,
		},
	};
	struct g_ipsec_la_sa_add_inargs in = { .dir = dir, .num_sas = 1, .sa_params = &params };
	struct g_ipsec_la_sa_add_outargs out;

	if (dir == G_IPSEC_LA_SA_INBOUND) {
		params.cmn_flags |= G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK;
		params.anti_replay_window_size = 4096;
	} else {
		params.cmn_flags |= G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC;
		params.seqnum_interval = INTERVAL;
	}
	EXPECT(!g_ipsec_la_sa_add(&handle, &in, 0, &out, NULL) && !out.result);
	*sa = out.handle;
	return 0;
}

static int get(enum g_ipsec_la_sa_direction dir, const struct g_ipsec_la_sa_handle *sa)
{
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = dir, .handle = *sa, .operation = G_IPSEC_LA_SA_GET_EXACT, .num_sas = 1,
	};
	struct g_ipsec_la_sa params;
	struct g_ipsec_la_sa_get_outargs out = { .sa_params = &params, .stats = &stats };

	EXPECT(!g_ipsec_la_sa_get(&handle, &in, 0, &out, NULL));
	EXPECT(out.num_sas == 1 && params.spi == 0x8000 && !params.crypto_params.comb_key);
	return 0;
}

static int same(const u8 *bytes, u32 length, u32 i)
{
	EXPECT(length == LENGTH && !memcmp(bytes, packets[i].plain, LENGTH));
	return 0;
}

static int one(void)
{
	struct packet *packet = &packets[0];

	aim(1, false);
	EXPECT(!g_ipsec_la_packet_encap(&handle, 0, &out_sa, 1, &packet->in, &packet->middle, NULL));
	EXPECT(packet->middle.length > LENGTH && memcmp(packet->sealed + 20, packet->plain + 20, 64));
	EXPECT(!g_ipsec_la_packet_decap(&handle, 0, &in_sa, 1, &packet->middle, &packet->result, NULL));
	return same(packet->opened, packet->result.length, 0);
}

/* Three pieces each, the results in place: in the first they fill, the next, and what is left of the last. */
static int pieces(void)
{
	u8 *bytes = packets[0].opened;
	struct g_ipsec_la_data in[] = { { bytes, 21 }, { bytes + 21, 200 }, { bytes + 221, LENGTH - 221 } };
	struct g_ipsec_la_data out[] = { { bytes, 100 }, { bytes + 100, 77 }, { bytes + 177, ROOM - 177 } };

	memcpy(bytes, packets[0].plain, LENGTH);
	EXPECT(!g_ipsec_la_packet_encap(&handle, 0, &out_sa, 3, in, out, NULL));
	EXPECT(out[0].length == 100 && out[1].length == 77 && out[2].length > LENGTH - 177);
	in[0].length = ROOM;
	in[1].length = 0;
	in[2].length = 0;
	EXPECT(!g_ipsec_la_packet_decap(&handle, 0, &in_sa, 3, out, in, NULL));
	EXPECT(!in[1].length && !in[2].length);
	return same(bytes, in[0].length, 0);
}

/* With a forged one among them, which spoils no other. */
static int many(void)
{
	u32 i;

	aim(MANY, false);
	EXPECT(!g_ipsec_la_multi_packet_encap(&handle, 0, &out_sa, MANY, inputs, outputs, NULL));
	aim(MANY, true);
	packets[7].sealed[40] ^= 1;
	EXPECT(g_ipsec_la_multi_packet_decap(&handle, 0, &in_sa, MANY, inputs, outputs, NULL) == -EBADMSG);
	EXPECT(!packets[7].result.length);
	for (i = 0; i < MANY; i++)
		EXPECT(i == 7 || !same(packets[i].opened, packets[i].result.length, i));
	return 0;
}

/* From where nothing may sleep. */
static int with_callback(u32 count)
{
	struct answer there = { .done = COMPLETION_INITIALIZER_ONSTACK(there.done) };
	struct answer back = { .done = COMPLETION_INITIALIZER_ONSTACK(back.done) };
	struct g_ipsec_la_resp_args resp = { .cb_fn = answered, .cb_arg = &there };
	u32 i;
	int err;

	aim(count, false);
	preempt_disable();
	err = g_ipsec_la_multi_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &out_sa, count, inputs, outputs,
					    &resp);
	preempt_enable();
	EXPECT(!err && wait_for_completion_timeout(&there.done, 10 * HZ));
	EXPECT(!there.out.result && there.out.num_done == count);
	aim(count, true);
	resp.cb_arg = &back;
	EXPECT(!g_ipsec_la_multi_packet_decap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &in_sa, count, inputs, outputs,
					      &resp));
	EXPECT(wait_for_completion_timeout(&back.done, 10 * HZ));
	EXPECT(!back.out.result && back.out.num_done == count);
	for (i = 0; i < count; i++)
		EXPECT(!same(packets[i].opened, packets[i].result.length, i));
	return 0;
}

/* More than the ring takes, from where nobody can empty it: what it does not take is told, and the rest done. */
static int too_many(void)
{
	static struct answer answers[4];
	int err[ARRAY_SIZE(answers)], i;
	bool is_full = false;

	aim(MOST, false);
	preempt_disable();
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		struct g_ipsec_la_resp_args resp = { .cb_fn = answered, .cb_arg = &answers[i] };

		init_completion(&answers[i].done);
		err[i] = g_ipsec_la_multi_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &out_sa, MOST, inputs,
						       outputs, &resp);
	}
	preempt_enable();
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		if (err[i]) {
			EXPECT(err[i] == -ENOSPC && is_full);
			continue;
		}
		EXPECT(wait_for_completion_timeout(&answers[i].done, 10 * HZ));
		is_full = is_full || answers[i].out.result;
		EXPECT(answers[i].out.result == (answers[i].out.num_done < MOST ? -ENOSPC : 0));
	}
	EXPECT(is_full);
	return 0;
}

static int without_answer(void)
{
	u64 before;
	int tries;

	EXPECT(!get(G_IPSEC_LA_SA_OUTBOUND, &out_sa));
	before = stats.packets_processed;
	aim(MANY, false);
	EXPECT(!g_ipsec_la_multi_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &out_sa, MANY,
					      inputs, NULL, NULL));
	for (tries = 0; tries < 100 && stats.packets_processed < before + MANY; tries++) {
		msleep(20);
		EXPECT(!get(G_IPSEC_LA_SA_OUTBOUND, &out_sa));
	}
	EXPECT(stats.packets_processed == before + MANY);
	return 0;
}

/* Numbers go on from what they were changed to, for both sides. */
static int modified(void)
{
	struct g_ipsec_la_sa_mod_inargs in = {
		.dir = G_IPSEC_LA_SA_OUTBOUND,
		.handle = out_sa,
		.mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO,
		.replay = { .flags = G_IPSEC_LA_SA_MODIFY_SEQ_NUM, .seq_num = 1000000 },
	};
	struct g_ipsec_la_result_outargs out;

	EXPECT(!g_ipsec_la_sa_mod(&handle, &in, 0, &out, NULL));
	EXPECT(!one());
	EXPECT(*(__be32 *)(packets[0].sealed + 24) == cpu_to_be32(1000001));
	EXPECT(!get(G_IPSEC_LA_SA_INBOUND, &in_sa));
	EXPECT(stats.protocol_violation_errors.invalid_icv == 1);
	EXPECT(!stats.protocol_violation_errors.anti_replay_replay_pkt);
	EXPECT(g_ipsec_la_packet_decap(&handle, 0, &in_sa, 1, &packets[0].middle, &packets[0].result, NULL) ==
	       -EBADMSG);
	EXPECT(!get(G_IPSEC_LA_SA_INBOUND, &in_sa));
	EXPECT(stats.protocol_violation_errors.anti_replay_replay_pkt == 1);
	return 0;
}

/* A call that is refused leaves no length of a result. */
static int refused(int error, const struct g_ipsec_la_sa_handle *sa, u8 *bytes, u32 room)
{
	struct g_ipsec_la_data in = { bytes, LENGTH }, out = { packets[0].opened, room };
	int err = g_ipsec_la_packet_encap(&handle, 0, sa, 1, &in, &out, NULL);

	if (err != error || out.length)
		pr_err("g_api: %d, not %d, and %u bytes\n", err, error, out.length);
	EXPECT(err == error && !out.length);
	return 0;
}

static int refusals(void)
{
	struct g_ipsec_la_sa_handle nothing = {};
	u8 *vmalloced = vmalloc(LENGTH);
	int err;

	EXPECT(vmalloced);
	err = refused(-EINVAL, &out_sa, vmalloced, ROOM);
	vfree(vmalloced);
	EXPECT(!err);
	EXPECT(!refused(-EMSGSIZE, &out_sa, packets[0].plain, LENGTH));
	EXPECT(!refused(-ENOENT, &in_sa, packets[0].plain, ROOM));
	EXPECT(!refused(-ENOENT, &nothing, packets[0].plain, ROOM));
	EXPECT(g_ipsec_la_close(&handle) == -EBUSY);
	return 0;
}

static int close_it(void)
{
	struct g_ipsec_la_result_outargs out;

	EXPECT(g_ipsec_la_group_delete(&handle, 0, &out, NULL) == -EBUSY);
	EXPECT(!g_ipsec_la_sa_flush(&handle, 0, &out, NULL));
	EXPECT(!refused(-ENOENT, &out_sa, packets[0].plain, ROOM));
	EXPECT(!g_ipsec_la_group_delete(&handle, 0, &out, NULL));
	memset(handle.group_handle, 0, sizeof(handle.group_handle));
	EXPECT(!g_ipsec_la_notifications_hook_deregister(&handle));
	EXPECT(!g_ipsec_la_close(&handle));
	return refused(-EBADF, &out_sa, packets[0].plain, ROOM);
}

static int use_all(void)
{
	int err;

	err = make_packets();
	err = err ?: open_it();
	err = err ?: add(G_IPSEC_LA_SA_OUTBOUND, &out_sa);
	err = err ?: add(G_IPSEC_LA_SA_INBOUND, &in_sa);
	err = err ?: one();
	err = err ?: pieces();
	err = err ?: many();
	err = err ?: with_callback(MANY);
	err = err ?: with_callback(MOST);
	err = err ?: too_many();
	err = err ?: without_answer();
	if (!err && !atomic_read(&events)) {
		pr_err("g_api: no event has come\n");
		err = -EPROTO;
	}
	err = err ?: modified();
	err = err ?: refusals();
	return err ?: close_it();
}

/* Nobody may call a module that is not loaded. */
static void abandon(void)
{
	struct g_ipsec_la_result_outargs out;

	g_ipsec_la_notifications_hook_deregister(&handle);
	g_ipsec_la_sa_flush(&handle, 0, &out, NULL);
	g_ipsec_la_group_delete(&handle, 0, &out, NULL);
	memset(handle.group_handle, 0, sizeof(handle.group_handle));
	g_ipsec_la_close(&handle);
}

static int __init g_api_init(void)
{
	int err = use_all();
	u32 i;

	if (err)
		abandon();
	for (i = 0; i < MOST; i++) {
		kfree(packets[i].plain);
		kfree(packets[i].sealed);
		kfree(packets[i].opened);
	}
	return err;
}
module_init(g_api_init);

static void __exit g_api_exit(void)
{
}
module_exit(g_api_exit);

MODULE_DESCRIPTION("uses the g-API");
MODULE_LICENSE("Dual BSD/GPL");
