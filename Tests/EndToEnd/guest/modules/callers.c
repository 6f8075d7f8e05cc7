// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Threads that call, and wait for what becomes of their packets, whatever happens to the accelerator meanwhile.
 * Together they have more packets than the rings take. Parameters tell what has become of the calls. Of an
 * accelerator that answers no more, writing "fill" fills a ring with packets that nobody waits for, and then waits
 * for room.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

#include "g_api.h"

#define MOST_CALLERS	8
#define BATCH		32

/* Its packets are written to memory that it shares with others: nobody looks at it. */
static struct caller {
	struct task_struct *task;
	struct g_ipsec_la_packet in[MOST], out[MOST];
	struct g_ipsec_la_data plain[MOST], room[MOST];
} *callers;

static atomic_t calls = ATOMIC_INIT(0), postponed = ATOMIC_INIT(0), wrong = ATOMIC_INIT(0);

/* Every packet has become something or nothing; all of them, if the call says so. */
static int check_lengths(const struct caller *caller, int err)
{
	u32 i;

	for (i = 0; i < MOST; i++)
		EXPECT(caller->room[i].length > LENGTH || (err && !caller->room[i].length));
	return 0;
}

static int call(struct caller *caller)
{
	u32 i;
	int err;

	for (i = 0; i < MOST; i++) {
		caller->plain[i] = (struct g_ipsec_la_data){ packets[i].plain, LENGTH };
		caller->room[i] = (struct g_ipsec_la_data){ packets[i].sealed, ROOM };
		caller->in[i] = (struct g_ipsec_la_packet){ 1, &caller->plain[i] };
		caller->out[i] = (struct g_ipsec_la_packet){ 1, &caller->room[i] };
	}
	err = g_ipsec_la_multi_packet_encap(&handle, 0, &out_sa, MOST, caller->in, caller->out, NULL);
	return check_lengths(caller, err) ?: err;
}

/* Nothing happens to the accelerator but a sleep, in which a call is to be made again. */
static int run(void *argument)
{
	struct caller *caller = argument;
	int err;

	while (!kthread_should_stop()) {
		err = call(caller);
		if (!err) {
			atomic_inc(&calls);
		} else if (err == -EAGAIN) {
			atomic_inc(&postponed);
			msleep(20);
		} else {
			pr_err("g_api: a caller got %d\n", err);
			atomic_inc(&wrong);
			msleep(1000);
		}
	}
	return 0;
}

int start_callers(u32 count)
{
	u32 i;

	EXPECT(count <= MOST_CALLERS);
	callers = kvcalloc(MOST_CALLERS, sizeof(*callers), GFP_KERNEL);
	EXPECT(callers);
	for (i = 0; i < count; i++) {
		struct task_struct *task = kthread_run(run, &callers[i], "g_api/%u", i);

		if (IS_ERR(task)) {
			stop_callers();
			return PTR_ERR(task);
		}
		callers[i].task = task;
	}
	return 0;
}

void stop_callers(void)
{
	u32 i;

	for (i = 0; i < MOST_CALLERS; i++) {
		if (callers[i].task)
			kthread_stop(callers[i].task);
	}
	kvfree(callers);
}

/* Of the CPU that this is written on, to which the writer is bound. */
static int fill(const char *text, const struct kernel_param *parameter)
{
	int err;

	aim(BATCH, false);
	do {
		err = g_ipsec_la_multi_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &out_sa, BATCH,
						    inputs, NULL, NULL);
	} while (!err);
	EXPECT(err == -ENOSPC);
	return g_ipsec_la_packet_encap(&handle, 0, &out_sa, 1, &packets[0].in, &packets[0].middle, NULL);
}

static const struct kernel_param_ops fill_ops = { .set = fill };
module_param_cb(fill, &fill_ops, NULL, 0200);

static int show(char *text, const struct kernel_param *parameter)
{
	return sprintf(text, "%d\n", atomic_read((atomic_t *)parameter->arg));
}

static const struct kernel_param_ops count_ops = { .get = show };
module_param_cb(calls, &count_ops, &calls, 0444);
module_param_cb(postponed, &count_ops, &postponed, 0444);
module_param_cb(wrong, &count_ops, &wrong, 0444);
