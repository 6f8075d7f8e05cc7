/*
 * Calls with packets allocate nothing, once the library has seen as many at a
 * time: malloc and its kin are counted.
 */
#include "support.h"

#include <stdatomic.h>

enum { LENGTH = 1400, ROOM = 1600, BATCH = 64, ROUNDS = 50 };

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong allocations;

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocations++;
	return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	allocations++;
	return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
	allocations++;
	return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
	*memory = memalign(alignment, size);
	return *memory ? 0 : ENOMEM;
}

static uint8_t plain[BATCH][LENGTH], sealed[BATCH][ROOM], opened[BATCH][ROOM];
static struct g_ipsec_la_data in[BATCH], middle[BATCH], out[BATCH];
static struct g_ipsec_la_packet in_packets[BATCH], middle_packets[BATCH], out_packets[BATCH];
static struct g_ipsec_la_handle handle;
static struct g_ipsec_la_sa_handle outbound, inbound;
static struct counter done = COUNTER_INIT;

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	struct g_ipsec_la_packet_outargs *answer = outargs;

	TRUE(cb_arg == &done && !cb_arg_len);
	EXPECT(0, answer->result);
	counter_add(&done);
}

static void prepare(void)
{
	for (int i = 0; i < BATCH; i++) {
		in[i] = (struct g_ipsec_la_data){ plain[i], make_packet(plain[i], i, LENGTH) };
		middle[i] = (struct g_ipsec_la_data){ sealed[i], ROOM };
		out[i] = (struct g_ipsec_la_data){ opened[i], ROOM };
		in_packets[i] = (struct g_ipsec_la_packet){ 1, &in[i] };
		middle_packets[i] = (struct g_ipsec_la_packet){ 1, &middle[i] };
		out_packets[i] = (struct g_ipsec_la_packet){ 1, &out[i] };
	}
}

static void one_by_one(void)
{
	for (int i = 0; i < BATCH; i++) {
		EXPECT(0, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in[i], &middle[i], NULL));
		EXPECT(0, g_ipsec_la_packet_decap(&handle, 0, &inbound, 1, &middle[i], &out[i], NULL));
	}
}

static void together(void)
{
	EXPECT(0, g_ipsec_la_multi_packet_encap(&handle, 0, &outbound, BATCH, in_packets, middle_packets, NULL));
	EXPECT(0, g_ipsec_la_multi_packet_decap(&handle, 0, &inbound, BATCH, middle_packets, out_packets, NULL));
}

static void asynchronously(void)
{
	struct g_ipsec_la_resp_args resp = { told, &done, 0 };
	int start = done.value;

	for (int i = 0; i < BATCH; i++)
		EXPECT(0, g_ipsec_la_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &outbound, 1, &in[i], &middle[i],
						  &resp));
	counter_wait(&done, start + BATCH);
}

int main(void)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} ways[] = { { "one by one", one_by_one }, { "together", together }, { "asynchronously", asynchronously } };
	unsigned long before, worst[3] = { 0 };

	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "allocations");
	outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);
	TRUE(allocations > 0);
	for (int round = 0; round < ROUNDS; round++) {
		for (int way = 0; way < 3; way++) {
			prepare();
			before = allocations;
			ways[way].run();
			/* At first, there is more and more to keep. */
			if (round >= ROUNDS / 2 && allocations - before > worst[way])
				worst[way] = allocations - before;
		}
	}
	for (int way = 0; way < 3; way++)
		printf("%d packets %s: %lu allocations at most\n", BATCH, ways[way].name, worst[way]);
	for (int way = 0; way < 3; way++)
		EXPECT(0, worst[way]);
	flush_and_close(&handle);
	return 0;
}
