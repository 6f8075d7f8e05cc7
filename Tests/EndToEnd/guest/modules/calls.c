// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Uses all of the g-API: packets in one piece and in several, in place, many at once, waited for, with a callback,
 * and with no answer at all; SAs that are changed and read; events; and what is refused. What is waited for is not
 * on a stack: an answer may still come when a check has failed.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "g_api.h"

#define MANY		40
#define GIANT		100000

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

/* One that is longer than a packet can be spoils no other, either. */
static int too_long(void)
{
	struct g_ipsec_la_data giant = { kzalloc(GIANT, GFP_KERNEL), GIANT };
	int err;
	u32 i;

	EXPECT(giant.buffer);
	aim(MANY, false);
	inputs[7].data = &giant;
	err = g_ipsec_la_multi_packet_encap(&handle, 0, &out_sa, MANY, inputs, outputs, NULL);
	kfree(giant.buffer);
	EXPECT(err == -EMSGSIZE && !packets[7].middle.length);
	for (i = 0; i < MANY; i++)
		EXPECT(i == 7 || packets[i].middle.length > LENGTH);
	return 0;
}

/* From where nothing may sleep. */
static int with_callback(u32 count)
{
	static struct answer there, back;
	struct g_ipsec_la_resp_args resp = { .cb_fn = answered, .cb_arg = &there };
	u32 i;
	int err;

	init_completion(&there.done);
	init_completion(&back.done);
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
	struct g_ipsec_la_sa_stats stats;
	u64 before;
	int tries;

	EXPECT(!read_statistics(G_IPSEC_LA_SA_OUTBOUND, &stats));
	before = stats.packets_processed;
	aim(MANY, false);
	EXPECT(!g_ipsec_la_multi_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &out_sa, MANY,
					      inputs, NULL, NULL));
	for (tries = 0; tries < 100 && stats.packets_processed < before + MANY; tries++) {
		msleep(20);
		EXPECT(!read_statistics(G_IPSEC_LA_SA_OUTBOUND, &stats));
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
	struct g_ipsec_la_sa_stats stats;

	EXPECT(!g_ipsec_la_sa_mod(&handle, &in, 0, &out, NULL));
	EXPECT(!one());
	EXPECT(*(__be32 *)(packets[0].sealed + 24) == cpu_to_be32(1000001));
	EXPECT(!read_statistics(G_IPSEC_LA_SA_INBOUND, &stats));
	EXPECT(stats.protocol_violation_errors.invalid_icv == 1);
	EXPECT(!stats.protocol_violation_errors.anti_replay_replay_pkt);
	EXPECT(g_ipsec_la_packet_decap(&handle, 0, &in_sa, 1, &packets[0].middle, &packets[0].result, NULL) ==
	       -EBADMSG);
	EXPECT(!read_statistics(G_IPSEC_LA_SA_INBOUND, &stats));
	EXPECT(stats.protocol_violation_errors.anti_replay_replay_pkt == 1);
	return 0;
}

/* A call that is not made says so in its answer, unless it has none. */
static int told(void)
{
	struct g_ipsec_la_handle unknown = {};
	struct g_ipsec_la_sa_add_inargs none = {};
	struct g_ipsec_la_sa_add_outargs added = {};
	struct g_ipsec_la_result_outargs out = {};

	EXPECT(g_ipsec_la_sa_add(&handle, &none, 0, &added, NULL) == -EINVAL && added.result == -EINVAL);
	EXPECT(g_ipsec_la_sa_flush(&unknown, 0, &out, NULL) < 0 && out.result < 0);
	out.result = 1;
	EXPECT(g_ipsec_la_sa_flush(&unknown, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &out, NULL) < 0);
	EXPECT(out.result == 1);
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
	return told();
}

int check_calls(void)
{
	int err;

	err = one();
	err = err ?: pieces();
	err = err ?: many();
	err = err ?: too_long();
	err = err ?: with_callback(MANY);
	err = err ?: with_callback(MOST);
	err = err ?: too_many();
	err = err ?: without_answer();
	err = err ?: modified();
	err = err ?: refusals();
	if (err)
		return err;
	EXPECT(has_events());
	return 0;
}
