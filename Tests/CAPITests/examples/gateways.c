/*
 * Two network functions, each a process with an accelerator of its own: what
 * one encapsulates, the other decapsulates, both ways at the same time.
 *
 * Where G_IPSEC_LA_DEVICES names two devices, each process takes one.
 */
#include "support.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PACKETS = 400, ROOM = 2048, SAS = 3 };

struct gateway {
	const char *name;
	const char *device;
	uint32_t sent_spi, received_spi, seed, peer_seed;
	int link;
	struct g_ipsec_la_handle handle;
	struct g_ipsec_la_sa_handle outbound[SAS], inbound[SAS];
};

static uint32_t length(uint32_t number) { return 40 + number * 37 % 1400; }

static void *send_packets(void *argument)
{
	struct gateway *gateway = argument;

	for (uint32_t i = 0; i < PACKETS; i++) {
		uint8_t plain[ROOM], sealed[ROOM];
		struct g_ipsec_la_data in = { plain, make_packet(plain, gateway->seed + i, length(i)) };
		struct g_ipsec_la_data out = { sealed, sizeof(sealed) };

		EXPECT(0, g_ipsec_la_packet_encap(&gateway->handle, 0, &gateway->outbound[i % SAS], 1, &in, &out, NULL));
		EXPECT(out.length, write(gateway->link, sealed, out.length));
	}
	return NULL;
}

static void receive_packets(struct gateway *gateway)
{
	for (uint32_t i = 0; i < PACKETS; i++) {
		uint8_t expected[ROOM], sealed[ROOM], opened[ROOM];
		ssize_t count = read(gateway->link, sealed, sizeof(sealed));
		struct g_ipsec_la_data in = { sealed, count }, out = { opened, sizeof(opened) };

		TRUE(count > 0);
		EXPECT(0, g_ipsec_la_packet_decap(&gateway->handle, 0, &gateway->inbound[i % SAS], 1, &in, &out, NULL));
		EXPECT(make_packet(expected, gateway->peer_seed + i, length(i)), out.length);
		EXPECT(0, memcmp(expected, opened, out.length));
	}
}

static void run(struct gateway *gateway)
{
	pthread_t sender;

	if (gateway->device)
		EXPECT(0, setenv("G_IPSEC_LA_DEVICES", gateway->device, 1));
	gateway->handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, gateway->name);
	for (int i = 0; i < SAS; i++) {
		gateway->outbound[i] = add_sa(&gateway->handle, G_IPSEC_LA_SA_OUTBOUND, gateway->sent_spi + i);
		gateway->inbound[i] = add_sa(&gateway->handle, G_IPSEC_LA_SA_INBOUND, gateway->received_spi + i);
	}
	EXPECT(0, pthread_create(&sender, NULL, send_packets, gateway));
	receive_packets(gateway);
	EXPECT(0, pthread_join(sender, NULL));
	flush_and_close(&gateway->handle);
}

int main(void)
{
	char *places = getenv("G_IPSEC_LA_DEVICES"), *rest = NULL;
	struct gateway left = {
		.name = "left", .sent_spi = 0x1000, .received_spi = 0x2000, .seed = 1 << 16, .peer_seed = 2 << 16,
	};
	struct gateway right = {
		.name = "right", .sent_spi = 0x2000, .received_spi = 0x1000, .seed = 2 << 16, .peer_seed = 1 << 16,
	};
	int ends[2], status;
	pid_t child;

	if (places) {
		places = strdup(places);
		left.device = strtok_r(places, " ", &rest);
		right.device = strtok_r(NULL, " ", &rest);
		TRUE(left.device && right.device);
	}
	EXPECT(0, socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends));
	/* Before the library is used. */
	child = fork();
	TRUE(child >= 0);
	if (!child) {
		close(ends[0]);
		right.link = ends[1];
		run(&right);
		free(places);
		return 0;
	}
	close(ends[1]);
	left.link = ends[0];
	run(&left);
	EXPECT(child, waitpid(child, &status, 0));
	EXPECT(0, status);
	free(places);
	printf("%d packets each way between two processes\n", PACKETS);
	return 0;
}
