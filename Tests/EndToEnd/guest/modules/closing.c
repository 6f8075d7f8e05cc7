// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Opens the accelerator of parameter "name" twice, each time with a group. Once parameter "ask" is
 * written, the first asks for one more, again and again, until the accelerator has gone, and closes in
 * the callback of that; the second closes in the callback of the accelerator's end.
 */
#include <linux/atomic.h>
#include <linux/g_ipsec_la.h>
#include <linux/module.h>
#include <linux/string.h>

static char *name = "ipsec-la1";
module_param(name, charp, 0444);

static struct g_ipsec_la_handle handles[2];
static struct g_ipsec_la_group_create_outargs created;
static struct g_ipsec_la_group_create_inargs group = { .group_identity = "group" };
static atomic_t closed = ATOMIC_INIT(0);

static void close_in(struct g_ipsec_la_handle *handle, const char *where)
{
	int err = g_ipsec_la_close(handle);

	pr_info("closing: in %s: %d\n", where, err);
	if (!err)
		atomic_inc(&closed);
}

static void gone(struct g_ipsec_la_handle *which, void *arg, s32 length)
{
	close_in(which, "the callback of its end");
}

static int ask(void);

static void answered(void *arg, s32 length, void *out)
{
	if (created.result == -ENODEV || ask())
		close_in(&handles[0], "the callback of a call");
}

static int ask(void)
{
	struct g_ipsec_la_resp_args resp = { .cb_fn = answered };

	return g_ipsec_la_group_create(&handles[0], &group, G_IPSEC_LA_CTRL_FLAG_ASYNC, &created,
				       &resp);
}

static int set_ask(const char *text, const struct kernel_param *parameter)
{
	return ask();
}

static const struct kernel_param_ops ask_ops = { .set = set_ask };
module_param_cb(ask, &ask_ops, NULL, 0200);

static int get_closed(char *text, const struct kernel_param *parameter)
{
	return sprintf(text, "%d\n", atomic_read(&closed));
}

static const struct kernel_param_ops closed_ops = { .get = get_closed };
module_param_cb(closed, &closed_ops, NULL, 0444);

static int open_one(struct g_ipsec_la_handle *handle, g_ipsec_la_instance_broken_cbk_fn broken)
{
	struct g_ipsec_la_open_inargs in = { .app_identity = "closing", .cb_fn = broken };
	struct g_ipsec_la_open_outargs out;
	int err;

	in.accl_name = name;
	err = g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &in, &out);
	if (err)
		return err;
	*handle = out.handle;
	return g_ipsec_la_group_create(handle, &group, 0, &created, NULL);
}

static int __init closing_init(void)
{
	return open_one(&handles[0], NULL) ?: open_one(&handles[1], gone);
}
module_init(closing_init);

static void __exit closing_exit(void)
{
}
module_exit(closing_exit);

MODULE_DESCRIPTION("closes accelerators in callbacks");
MODULE_LICENSE("Dual BSD/GPL");
