/*
 * Two applications share an accelerator, from two threads each: neither sees
 * the other's SAs and groups, and a flush takes one's own only.
 */
#include "support.h"

enum { PACKETS = 300, LENGTH = 100 };

struct application {
	const char *name;
	uint32_t spi;
	struct g_ipsec_la_handle handle;
	struct g_ipsec_la_sa_handle outbound[2], inbound[2];
};

struct sender {
	struct application *application;
	int index;
};

static void *send_packets(void *argument)
{
	struct sender *sender = argument;
	struct application *application = sender->application;

	for (int i = 0; i < PACKETS; i++) {
		uint8_t plain[LENGTH], sealed[256], opened[256];
		struct g_ipsec_la_data in = { plain, make_packet(plain, i, LENGTH) };
		struct g_ipsec_la_data middle = { sealed, sizeof(sealed) }, out = { opened, sizeof(opened) };

		EXPECT(0, g_ipsec_la_packet_encap(&application->handle, 0, &application->outbound[sender->index], 1,
						  &in, &middle, NULL));
		EXPECT(0, g_ipsec_la_packet_decap(&application->handle, 0, &application->inbound[sender->index], 1,
						  &middle, &out, NULL));
		EXPECT(LENGTH, out.length);
		EXPECT(0, memcmp(plain, opened, LENGTH));
	}
	return NULL;
}

static void start(struct application *application)
{
	struct g_ipsec_la_group_create_inargs in = { application->name };
	struct g_ipsec_la_group_create_outargs out;

	application->handle = open_device(G_IPSEC_LA_INSTANCE_SHARED, "virtio0", application->name);
	EXPECT(0, g_ipsec_la_group_create(&application->handle, &in, 0, &out, NULL));
	memcpy(application->handle.group_handle, out.group_handle, sizeof(out.group_handle));
	for (int i = 0; i < 2; i++) {
		application->outbound[i] = add_sa(&application->handle, G_IPSEC_LA_SA_OUTBOUND, application->spi + i);
		application->inbound[i] = add_sa(&application->handle, G_IPSEC_LA_SA_INBOUND, application->spi + i);
	}
}

static uint32_t count_sas(struct application *application)
{
	struct g_ipsec_la_sa params[8];
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = G_IPSEC_LA_SA_OUTBOUND, .operation = G_IPSEC_LA_SA_GET_FIRST_N, .num_sas = 8,
	};
	struct g_ipsec_la_sa_get_outargs out = { .sa_params = params };

	EXPECT(0, g_ipsec_la_sa_get(&application->handle, &in, 0, &out, NULL));
	for (uint32_t i = 0; i < out.num_sas; i++) {
		EXPECT(application->spi + i, params[i].spi);
		TRUE(!params[i].crypto_params.comb_key);
	}
	return out.num_sas;
}

static void stop(struct application *application)
{
	struct g_ipsec_la_result_outargs out;

	EXPECT(-EBUSY, g_ipsec_la_close(&application->handle));
	EXPECT(-EBUSY, g_ipsec_la_group_delete(&application->handle, 0, &out, NULL));
	EXPECT(0, g_ipsec_la_sa_flush(&application->handle, 0, &out, NULL));
	EXPECT(0, g_ipsec_la_group_delete(&application->handle, 0, &out, NULL));
	EXPECT(-ENOENT, g_ipsec_la_close(&application->handle));
	memset(application->handle.group_handle, 0, sizeof(application->handle.group_handle));
	EXPECT(0, g_ipsec_la_close(&application->handle));
}

int main(void)
{
	struct application applications[2] = { { .name = "left", .spi = 0x1000 }, { .name = "right", .spi = 0x2000 } };
	struct g_ipsec_la_open_inargs third = { .accl_name = "virtio0" };
	struct g_ipsec_la_open_outargs refused;
	struct g_ipsec_la_active_device device;
	struct g_ipsec_la_active_list_get_inargs list_in = { .num_devices = 1 };
	struct g_ipsec_la_active_list_get_outargs list = { .devices = &device };
	struct sender senders[4];
	pthread_t threads[4];

	for (int i = 0; i < 2; i++)
		start(&applications[i]);
	EXPECT(-EBUSY, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &third, &refused));

	/* Another application's SA and group are not there. */
	struct g_ipsec_la_sa_del_inargs del = { G_IPSEC_LA_SA_OUTBOUND, applications[1].outbound[0] };
	struct g_ipsec_la_handle mixed = applications[0].handle;
	struct g_ipsec_la_result_outargs out;

	EXPECT(-ENOENT, g_ipsec_la_sa_del(&applications[0].handle, &del, 0, &out, NULL));
	memcpy(mixed.group_handle, applications[1].handle.group_handle, sizeof(mixed.group_handle));
	EXPECT(-ENOENT, g_ipsec_la_sa_flush(&mixed, 0, &out, NULL));

	for (int i = 0; i < 4; i++) {
		senders[i] = (struct sender){ &applications[i / 2], i % 2 };
		EXPECT(0, pthread_create(&threads[i], NULL, send_packets, &senders[i]));
	}
	for (int i = 0; i < 4; i++)
		EXPECT(0, pthread_join(threads[i], NULL));

	EXPECT(0, g_ipsec_la_active_list_get(&list_in, &list));
	EXPECT(1, list.num_devices);
	EXPECT(G_IPSEC_LA_INSTANCE_SHARED, device.mode);
	EXPECT(4, device.num_owners);
	EXPECT(0, strcmp(device.owners[1].app_identity, "left"));
	EXPECT(0, strcmp(device.owners[3].group_identity, "right"));
	EXPECT(8 * PACKETS, device.packets_in);
	EXPECT(8 * PACKETS, device.packets_out);
	EXPECT(8, device.sas_active);

	EXPECT(2, count_sas(&applications[1]));
	stop(&applications[0]);
	EXPECT(2, count_sas(&applications[1]));
	stop(&applications[1]);
	printf("%d packets of two applications\n", 8 * PACKETS);
	return 0;
}
