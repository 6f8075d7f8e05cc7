/*
 * A handle with a group is about this group's SAs, in every call, and the
 * group is one of the application's.
 */
#include "support.h"

enum { LENGTH = 100, ROOM = 300 };

static struct g_ipsec_la_handle with_group(struct g_ipsec_la_handle handle, const char *identity)
{
	struct g_ipsec_la_group_create_inargs in = { identity };
	struct g_ipsec_la_group_create_outargs out;

	EXPECT(0, g_ipsec_la_group_create(&handle, &in, 0, &out, NULL));
	memcpy(handle.group_handle, out.group_handle, sizeof(out.group_handle));
	return handle;
}

static int32_t encap(const struct g_ipsec_la_handle *handle, const struct g_ipsec_la_sa_handle *sa)
{
	uint8_t plain[LENGTH], sealed[ROOM];
	struct g_ipsec_la_data in = { plain, make_packet(plain, 1, LENGTH) }, out = { sealed, ROOM };

	return g_ipsec_la_packet_encap(handle, 0, sa, 1, &in, &out, NULL);
}

static int32_t get(const struct g_ipsec_la_handle *handle, enum g_ipsec_la_sa_get_op operation,
		   const struct g_ipsec_la_sa_handle *sa, uint32_t *count)
{
	struct g_ipsec_la_sa params[8];
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = G_IPSEC_LA_SA_OUTBOUND, .operation = operation, .handle = *sa, .num_sas = 8,
	};
	struct g_ipsec_la_sa_get_outargs out = { .sa_params = params };
	int32_t result = g_ipsec_la_sa_get(handle, &in, 0, &out, NULL);

	*count = out.num_sas;
	return result;
}

static int32_t move_window(const struct g_ipsec_la_handle *handle, const struct g_ipsec_la_sa_handle *sa)
{
	struct g_ipsec_la_sa_mod_inargs in = {
		.dir = G_IPSEC_LA_SA_OUTBOUND,
		.handle = *sa,
		.mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO,
		.replay = { .flags = G_IPSEC_LA_SA_MODIFY_SEQ_NUM, .seq_num = 100 },
	};
	struct g_ipsec_la_result_outargs out;

	return g_ipsec_la_sa_mod(handle, &in, 0, &out, NULL);
}

static int32_t del(const struct g_ipsec_la_handle *handle, const struct g_ipsec_la_sa_handle *sa)
{
	struct g_ipsec_la_sa_del_inargs in = { G_IPSEC_LA_SA_OUTBOUND, *sa };
	struct g_ipsec_la_result_outargs out;

	return g_ipsec_la_sa_del(handle, &in, 0, &out, NULL);
}

/* Every call, with a handle whose group is not the application's. */
static void refuse(const struct g_ipsec_la_handle *handle, const struct g_ipsec_la_sa_handle *sa)
{
	struct g_ipsec_la_notification_hooks hooks = { .seq_num_overflow = { .cb_fn = NULL } };
	struct g_ipsec_la_capabilities_get_outargs capabilities;
	struct g_ipsec_la_group_create_inargs group = { "inner" };
	struct g_ipsec_la_group_create_outargs created;
	struct g_ipsec_la_result_outargs out;
	struct g_ipsec_la_sa params = make_sa(0x4000);
	struct g_ipsec_la_sa_add_inargs add = { G_IPSEC_LA_SA_OUTBOUND, 1, &params };
	struct g_ipsec_la_sa_add_outargs added;
	uint32_t count;

	EXPECT(-ENOENT, g_ipsec_la_capabilities_get(handle, 0, &capabilities, NULL));
	EXPECT(-ENOENT, g_ipsec_la_group_create(handle, &group, 0, &created, NULL));
	EXPECT(-ENOENT, g_ipsec_la_group_delete(handle, 0, &out, NULL));
	EXPECT(-ENOENT, g_ipsec_la_sa_add(handle, &add, 0, &added, NULL));
	EXPECT(-ENOENT, move_window(handle, sa));
	EXPECT(-ENOENT, get(handle, G_IPSEC_LA_SA_GET_EXACT, sa, &count));
	EXPECT(-ENOENT, get(handle, G_IPSEC_LA_SA_GET_FIRST_N, sa, &count));
	EXPECT(-ENOENT, del(handle, sa));
	EXPECT(-ENOENT, g_ipsec_la_sa_flush(handle, 0, &out, NULL));
	EXPECT(-ENOENT, encap(handle, sa));
	EXPECT(-ENOENT, g_ipsec_la_notification_hooks_register(handle, &hooks));
	EXPECT(-ENOENT, g_ipsec_la_notifications_hook_deregister(handle));
	EXPECT(-ENOENT, g_ipsec_la_close(handle));
}

int main(void)
{
	struct g_ipsec_la_handle left = open_device(G_IPSEC_LA_INSTANCE_SHARED, "virtio0", "left");
	struct g_ipsec_la_handle right = open_device(G_IPSEC_LA_INSTANCE_SHARED, "virtio0", "right");
	struct g_ipsec_la_handle first = with_group(left, "first"), second = with_group(left, "second");
	struct g_ipsec_la_handle foreign = with_group(right, "foreign"), mixed = left;
	struct g_ipsec_la_sa_handle in_first = add_sa(&first, G_IPSEC_LA_SA_OUTBOUND, 0x1000);
	struct g_ipsec_la_sa_handle in_second = add_sa(&second, G_IPSEC_LA_SA_OUTBOUND, 0x2000);
	struct g_ipsec_la_sa_handle in_none = add_sa(&left, G_IPSEC_LA_SA_OUTBOUND, 0x3000);
	const struct g_ipsec_la_sa_handle *sas[] = { &in_first, &in_second, &in_none };
	struct g_ipsec_la_result_outargs out;
	uint32_t count;

	memcpy(mixed.group_handle, foreign.group_handle, sizeof(mixed.group_handle));
	refuse(&mixed, &in_first);

	/* Through a group, its own SAs; without one, all. */
	for (int i = 0; i < 3; i++) {
		EXPECT(i ? -ENOENT : 0, encap(&first, sas[i]));
		EXPECT(i ? -ENOENT : 0, move_window(&first, sas[i]));
		EXPECT(i ? -ENOENT : 0, get(&first, G_IPSEC_LA_SA_GET_EXACT, sas[i], &count));
		EXPECT(i ? -ENOENT : 0, get(&first, G_IPSEC_LA_SA_GET_NEXT_N, sas[i], &count));
		EXPECT(0, encap(&left, sas[i]));
		EXPECT(0, get(&left, G_IPSEC_LA_SA_GET_EXACT, sas[i], &count));
		if (i)
			EXPECT(-ENOENT, del(&first, sas[i]));
	}
	EXPECT(0, get(&first, G_IPSEC_LA_SA_GET_FIRST_N, &in_first, &count));
	EXPECT(1, count);
	EXPECT(0, get(&left, G_IPSEC_LA_SA_GET_FIRST_N, &in_first, &count));
	EXPECT(3, count);
	EXPECT(0, del(&second, &in_second));

	EXPECT(0, g_ipsec_la_sa_flush(&first, 0, &out, NULL));
	EXPECT(-ENOENT, encap(&left, &in_first));
	EXPECT(0, encap(&left, &in_none));
	EXPECT(0, g_ipsec_la_group_delete(&first, 0, &out, NULL));
	EXPECT(0, g_ipsec_la_group_delete(&second, 0, &out, NULL));
	refuse(&first, &in_none);
	flush_and_close(&left);
	EXPECT(0, g_ipsec_la_group_delete(&foreign, 0, &out, NULL));
	EXPECT(0, g_ipsec_la_close(&right));
	printf("groups of two applications\n");
	return 0;
}
