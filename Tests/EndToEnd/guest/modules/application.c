// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Opens an accelerator, with a group, an SA each way, and a hook for events; and closes it again.
 */
#include <linux/delay.h>
#include <linux/string.h>

#include "g_api.h"

#define INTERVAL	16	/* packets from event to event */

struct g_ipsec_la_handle handle;
struct g_ipsec_la_sa_handle out_sa, in_sa;
static atomic_t events = ATOMIC_INIT(0);

static void counted(const struct g_ipsec_la_notification *event, void *arg, s32 length)
{
	if (!memcmp(&event->sa_handle, &out_sa, sizeof(out_sa)))
		atomic_inc(&events);
}

bool has_events(void)
{
	return atomic_read(&events);
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

int open_it(char *name)
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
	handle.group_handle[0] = 0xff;
	EXPECT(g_ipsec_la_notification_hooks_register(&handle, &hooks) == -ENOENT);
	handle = out.handle;
	EXPECT(!g_ipsec_la_notification_hooks_register(&handle, &hooks));
	handle.group_handle[0] = 0xff;
	EXPECT(g_ipsec_la_notifications_hook_deregister(&handle) == -ENOENT);
	handle = out.handle;
	EXPECT(!g_ipsec_la_group_create(&handle, &group, 0, &created, NULL));
	memcpy(handle.group_handle, created.group_handle, sizeof(handle.group_handle));
	return add(G_IPSEC_LA_SA_OUTBOUND, &out_sa) ?: add(G_IPSEC_LA_SA_INBOUND, &in_sa);
}

int read_statistics(enum g_ipsec_la_sa_direction dir, struct g_ipsec_la_sa_stats *stats)
{
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = dir,
		.handle = dir == G_IPSEC_LA_SA_OUTBOUND ? out_sa : in_sa,
		.operation = G_IPSEC_LA_SA_GET_EXACT,
		.num_sas = 1,
	};
	struct g_ipsec_la_sa params;
	struct g_ipsec_la_sa_get_outargs out = { .sa_params = &params, .stats = stats };

	EXPECT(!g_ipsec_la_sa_get(&handle, &in, 0, &out, NULL));
	EXPECT(out.num_sas == 1 && params.spi == 0x8000 && !params.crypto_params.comb_key);
	return 0;
}

/* A call that is refused leaves no length of a result. */
int refused(int error, const struct g_ipsec_la_sa_handle *sa, u8 *bytes, u32 room)
{
	struct g_ipsec_la_data in = { bytes, LENGTH }, out = { packets[0].opened, room };
	int err = g_ipsec_la_packet_encap(&handle, 0, sa, 1, &in, &out, NULL);

	if (err != error || out.length)
		pr_err("g_api: %d, not %d, and %u bytes\n", err, error, out.length);
	EXPECT(err == error && !out.length);
	return 0;
}

int close_it(void)
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

/* After a failure, whatever there is: nobody may call a module that is not loaded, or write to its memory. */
void abandon(void)
{
	struct g_ipsec_la_result_outargs out;

	g_ipsec_la_sa_flush(&handle, 0, &out, NULL);
	g_ipsec_la_group_delete(&handle, 0, &out, NULL);
	memset(handle.group_handle, 0, sizeof(handle.group_handle));
	g_ipsec_la_notifications_hook_deregister(&handle);
	/* Not before the last call has its answer. */
	while (g_ipsec_la_close(&handle) == -EBUSY)
		msleep(20);
}
