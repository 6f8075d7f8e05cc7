/*
 * Lists in pages, while others add and delete: an SA that is there all the
 * time is told once, and whoever was to go on from one that has gone starts
 * again.
 */
#include "support.h"

#include <stdatomic.h>

enum { STAYING = 16, CHANGING = 8, PAGE = 3, LEAST = 20 };

static struct g_ipsec_la_handle handle;
static atomic_int changes, is_over;

static int32_t get(enum g_ipsec_la_sa_get_op operation, struct g_ipsec_la_sa *params,
		   struct g_ipsec_la_sa_get_outargs *out)
{
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = G_IPSEC_LA_SA_OUTBOUND, .operation = operation, .handle = out->next, .num_sas = PAGE,
	};

	out->sa_params = params;
	return g_ipsec_la_sa_get(&handle, &in, 0, out, NULL);
}

static void del(struct g_ipsec_la_sa_handle sa)
{
	struct g_ipsec_la_sa_del_inargs in = { G_IPSEC_LA_SA_OUTBOUND, sa };
	struct g_ipsec_la_result_outargs out;

	EXPECT(0, g_ipsec_la_sa_del(&handle, &in, 0, &out, NULL));
}

/* SAs come and go at both ends of the list's newer half. */
static void *change(void *argument)
{
	struct g_ipsec_la_sa_handle sas[CHANGING];

	(void)argument;
	for (int i = 0; i < CHANGING; i++)
		sas[i] = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x2000);
	for (int i = 0; !is_over; i = (i + 5) % CHANGING) {
		del(sas[i]);
		sas[i] = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x2000);
		changes++;
	}
	return NULL;
}

/* Reads the list from its start; whether its end was reached. */
static bool pass(void)
{
	struct g_ipsec_la_sa params[PAGE];
	struct g_ipsec_la_sa_get_outargs out = { .num_sas = 0 };
	enum g_ipsec_la_sa_get_op operation = G_IPSEC_LA_SA_GET_FIRST_N;
	uint32_t staying = 0;

	do {
		int32_t result = get(operation, params, &out);

		if (result == -ENOENT && operation == G_IPSEC_LA_SA_GET_NEXT_N)
			return false;
		EXPECT(0, result);
		for (uint32_t i = 0; i < out.num_sas; i++) {
			/* In their order, each once. */
			if (params[i].spi != 0x2000)
				EXPECT(0x1000 + staying++, params[i].spi);
		}
		operation = G_IPSEC_LA_SA_GET_NEXT_N;
	} while (memcmp(&out.next, &(struct g_ipsec_la_sa_handle){ { 0 } }, sizeof(out.next)));
	EXPECT(STAYING, staying);
	return true;
}

static void sas(void)
{
	struct g_ipsec_la_sa_handle staying[STAYING];
	struct g_ipsec_la_sa params[PAGE];
	struct g_ipsec_la_sa_get_outargs out = { .num_sas = 0 };
	pthread_t thread;

	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "lists");
	for (int i = 0; i < STAYING; i++)
		staying[i] = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1000 + i);
	EXPECT(0, pthread_create(&thread, NULL, change, NULL));
	for (int whole = 0; whole < LEAST || changes < LEAST;)
		whole += pass();
	is_over = 1;
	EXPECT(0, pthread_join(thread, NULL));
	TRUE(pass());

	/* One that was told is deleted: it goes on. The one to go on from: it starts again. */
	EXPECT(0, get(G_IPSEC_LA_SA_GET_FIRST_N, params, &out));
	del(staying[0]);
	del(staying[PAGE + 1]);
	EXPECT(0, get(G_IPSEC_LA_SA_GET_NEXT_N, params, &out));
	EXPECT(0x1000 + PAGE, params[0].spi);
	EXPECT(0x1000 + PAGE + 2, params[1].spi);
	del(staying[2 * PAGE + 1]);
	EXPECT(-ENOENT, get(G_IPSEC_LA_SA_GET_NEXT_N, params, &out));
	EXPECT(0, out.num_sas);
	EXPECT(0, get(G_IPSEC_LA_SA_GET_FIRST_N, params, &out));
	EXPECT(0x1001, params[0].spi);
	flush_and_close(&handle);
}

/* The device after one; how many there are, or what is wrong. */
static int32_t next_device(char *name)
{
	struct g_ipsec_la_device_info info;
	struct g_ipsec_la_avail_devices_get_info_inargs in = { 1, *name ? name : NULL };
	struct g_ipsec_la_avail_devices_get_info_outargs out = { .dev_info = &info };
	int32_t result = g_ipsec_la_avail_devices_get_info(&in, &out);

	if (result || !out.num_devices)
		return result;
	strcpy(name, info.device_name);
	return out.num_devices;
}

static void devices(void)
{
	char name[G_IPSEC_LA_DEVICE_NAME_SIZE] = "";

	EXPECT(1, next_device(name));
	EXPECT(0, strcmp(name, "virtio0"));
	/* One that was to be told next has gone, and is there again. */
	EXPECT(0, g_ipsec_la_sim_unplug(1));
	EXPECT(0, next_device(name));
	EXPECT(0, g_ipsec_la_sim_plug(1));
	EXPECT(1, next_device(name));
	EXPECT(0, strcmp(name, "virtio1"));
	/* The one that was told last has gone: the list starts again. */
	EXPECT(0, g_ipsec_la_sim_unplug(1));
	EXPECT(-ENOENT, next_device(name));
	*name = 0;
	EXPECT(1, next_device(name));
	EXPECT(0, strcmp(name, "virtio0"));
}

int main(void)
{
	sas();
	devices();
	printf("lists in pages, and %d changes meanwhile\n", changes);
	return 0;
}
