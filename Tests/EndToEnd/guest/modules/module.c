// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Uses the g-API on the accelerator of parameter "name". It is loaded only if all is as it says; with parameter
 * "callers", it lets so many threads call until it is unloaded instead.
 */
#include <linux/module.h>

#include "g_api.h"

static char *name = "ipsec-la0";
module_param(name, charp, 0444);

static int callers = -1;
module_param(callers, int, 0444);

static int __init g_api_init(void)
{
	int err;

	err = make_packets();
	err = err ?: open_it(name);
	if (callers < 0) {
		err = err ?: check_calls();
		err = err ?: close_it();
	} else {
		err = err ?: start_callers(callers);
	}
	if (err)
		abandon();
	if (err || callers < 0)
		free_packets();
	return err;
}
module_init(g_api_init);

static void __exit g_api_exit(void)
{
	if (callers < 0)
		return;
	stop_callers();
	abandon();
	free_packets();
}
module_exit(g_api_exit);

MODULE_DESCRIPTION("uses the g-API");
MODULE_LICENSE("Dual BSD/GPL");
