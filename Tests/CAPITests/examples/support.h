/* What the examples share: SAs, packets, and checks that say where they failed. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <g_ipsec_la.h>
#include <g_ipsec_la_sim.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The number that an expression is to give. */
#define EXPECT(expected, expression) expect(expected, expression, #expression, __FILE__, __LINE__)
#define TRUE(condition) expect(1, !!(condition), #condition, __FILE__, __LINE__)

static inline void expect(long long expected, long long found, const char *what, const char *file, int line)
{
	if (expected == found)
		return;
	fprintf(stderr, "%s:%d: %s: %lld instead of %lld\n", file, line, what, found, expected);
	exit(1);
}

static uint8_t support_key[20] = { 0xa, 0xb, 0xc, 0xd, 1, 2, 3, 4, 5, 6, 7, 8, 9 };

/* AES-GCM in an IPv4 tunnel. */
static inline struct g_ipsec_la_sa make_sa(uint32_t spi)
{
	struct g_ipsec_la_sa sa = {
		.spi = spi,
		.proto = G_IPSEC_LA_PROTO_ESP,
		.cmn_flags = G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK,
		.crypto_params = {
			.comb_algo = G_IPSEC_LA_COMB_ALGO_AES_GCM,
			.comb_key = support_key,
			.comb_key_len_bits = 8 * sizeof(support_key),
			.comb_salt_len_bits = 32,
		},
		.te_addr = {
			.src_ip = { G_IPSEC_LA_IPV4, { 192, 0, 2, 1 } },
			.dest_ip = { G_IPSEC_LA_IPV4, { 192, 0, 2, 2 } },
		},
	};

	return sa;
}

static inline struct g_ipsec_la_handle open_device(enum g_ipsec_la_mode mode, const char *name, const char *app)
{
	struct g_ipsec_la_open_inargs in = { .accl_name = name, .app_identity = app };
	struct g_ipsec_la_open_outargs out;

	EXPECT(0, g_ipsec_la_open(mode, &in, &out));
	return out.handle;
}

static inline struct g_ipsec_la_sa_handle add_sa(const struct g_ipsec_la_handle *handle,
						 enum g_ipsec_la_sa_direction dir, uint32_t spi)
{
	struct g_ipsec_la_sa sa = make_sa(spi);
	struct g_ipsec_la_sa_add_inargs in = { .dir = dir, .num_sas = 1, .sa_params = &sa };
	struct g_ipsec_la_sa_add_outargs out;

	EXPECT(0, g_ipsec_la_sa_add(handle, &in, 0, &out, NULL));
	EXPECT(0, out.result);
	return out.handle;
}

static inline void flush_and_close(const struct g_ipsec_la_handle *handle)
{
	struct g_ipsec_la_result_outargs out;

	EXPECT(0, g_ipsec_la_sa_flush(handle, 0, &out, NULL));
	EXPECT(0, g_ipsec_la_close(handle));
}

/* An IPv4 packet whose data says which one it is. */
static inline uint32_t make_packet(uint8_t *bytes, uint32_t number, uint32_t length)
{
	static const uint8_t header[20] = {
		0x45, 0, 0, 0, 0, 1, 0, 0, 64, 59, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2,
	};
	uint32_t sum = 0;

	memcpy(bytes, header, sizeof(header));
	bytes[2] = length >> 8;
	bytes[3] = length & 0xff;
	for (int i = 0; i < 20; i += 2)
		sum += bytes[i] << 8 | bytes[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~((sum & 0xffff) + (sum >> 16));
	bytes[10] = sum >> 8 & 0xff;
	bytes[11] = sum & 0xff;
	for (uint32_t i = 20; i < length; i++)
		bytes[i] = number >> 8 * (i % 4);
	return length;
}

/* Something that callbacks count, and others wait for. */
struct counter {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int value;
};

#define COUNTER_INIT { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 }

static inline int counter_add(struct counter *counter)
{
	int value;

	pthread_mutex_lock(&counter->lock);
	value = counter->value++;
	pthread_cond_broadcast(&counter->changed);
	pthread_mutex_unlock(&counter->lock);
	return value;
}

/* Waits, at most ten minutes. */
static inline void counter_wait(struct counter *counter, int value)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += 600;
	pthread_mutex_lock(&counter->lock);
	while (counter->value < value)
		EXPECT(0, pthread_cond_timedwait(&counter->changed, &counter->lock, &end));
	pthread_mutex_unlock(&counter->lock);
}

#endif
