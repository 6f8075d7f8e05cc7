/*
 * The back end of a served device is killed again and again. Back soon, it
 * takes the SAs up where they were; away for long, the device is gone, every
 * call says so, and it can be had again when the back end is back.
 *
 *   restarts FOLDER soon|late
 *
 * FOLDER is a supervisor's: while it holds a file "serve", the device is
 * served, by the process whose number is in the file "pid".
 */
#include "support.h"

#include <dirent.h>
#include <signal.h>
#include <unistd.h>

enum { LENGTH = 200, ROOM = 400, BURST = 64 };

static const char *folder;
static struct counter broken = COUNTER_INIT, answered = COUNTER_INIT;

static const char *file(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void pause_ms(long milliseconds)
{
	struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

/* Kills whoever serves now; the supervisor may be about to say who. */
static void kill_server(void)
{
	static int last;

	for (int tries = 0; tries < 1000; tries++, pause_ms(10)) {
		FILE *stream = fopen(file("pid"), "r");
		int pid = 0, count = stream ? fscanf(stream, "%d", &pid) : 0;

		if (stream)
			fclose(stream);
		if (count != 1 || pid == last || kill(pid, SIGKILL))
			continue;
		last = pid;
		return;
	}
	TRUE(!"there is nobody to kill");
}

static int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	TRUE(directory != NULL);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

static void told_broken(struct g_ipsec_la_handle *handle, void *cb_arg, int32_t cb_arg_len)
{
	TRUE(handle && cb_arg == &broken && cb_arg_len == 7);
	counter_add(&broken);
}

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	struct g_ipsec_la_packet_outargs *answer = outargs;

	TRUE(cb_arg == &answered && cb_arg_len == 0);
	TRUE(answer->result == 0 || answer->result == -EIO || answer->result == -ENODEV);
	counter_add(&answered);
}

/* Opens the device, as soon as it is there. */
static struct g_ipsec_la_handle open_served(void)
{
	struct g_ipsec_la_open_inargs in = {
		.app_identity = "restarts", .cb_fn = told_broken, .cb_arg = &broken, .cb_arg_len = 7,
	};
	struct g_ipsec_la_open_outargs out;
	double start = seconds();
	int32_t result;

	while ((result = g_ipsec_la_open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &in, &out)) == -ENODEV && seconds() < start + 60)
		pause_ms(20);
	EXPECT(0, result);
	return out.handle;
}

static uint32_t sequence(const uint8_t *sealed)
{
	return (uint32_t)sealed[24] << 24 | sealed[25] << 16 | sealed[26] << 8 | sealed[27];
}

/* It was under way when the back end died, or that took its time to come back. */
static int is_loss(int32_t result)
{
	return result == -EIO || result == -ETIMEDOUT;
}

/*
 * A packet there and back. One that was under way when the back end died is
 * lost, and says so; no sequence number comes twice.
 */
static int round_trip(struct g_ipsec_la_handle *handle, struct g_ipsec_la_sa_handle *outbound,
		      struct g_ipsec_la_sa_handle *inbound, uint32_t number, uint32_t *highest)
{
	uint8_t plain[LENGTH], sealed[ROOM], opened[ROOM];
	struct g_ipsec_la_data in = { plain, make_packet(plain, number, LENGTH) };
	struct g_ipsec_la_data middle = { sealed, ROOM }, out = { opened, ROOM };
	int32_t result = g_ipsec_la_packet_encap(handle, 0, outbound, 1, &in, &middle, NULL);

	if (is_loss(result))
		return 0;
	EXPECT(0, result);
	TRUE(sequence(sealed) > *highest);
	*highest = sequence(sealed);
	result = g_ipsec_la_packet_decap(handle, 0, inbound, 1, &middle, &out, NULL);
	if (is_loss(result))
		return 0;
	EXPECT(0, result);
	EXPECT(LENGTH, out.length);
	EXPECT(0, memcmp(plain, opened, LENGTH));
	/* What was received is a replay, whatever becomes of the back end. */
	if (number % 16 == 0) {
		out.length = ROOM;
		result = g_ipsec_la_packet_decap(handle, 0, inbound, 1, &middle, &out, NULL);
		TRUE(result == -EBADMSG || is_loss(result));
	}
	return 1;
}

static void be_restarted(int rounds)
{
	struct g_ipsec_la_handle handle = open_served();
	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_sa_handle inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);
	uint32_t highest = 0, number = 0;
	int lost = 0;

	for (int i = 0; i < rounds; i++) {
		for (int j = 0; j < 40; j++)
			lost += !round_trip(&handle, &outbound, &inbound, number++, &highest);
		kill_server();
		/* The next calls come while nobody serves. */
		if (i % 2) {
			struct g_ipsec_la_sa sa = make_sa(0x3000 + i);
			struct g_ipsec_la_sa_add_inargs in = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
			struct g_ipsec_la_sa_add_outargs out;
			int32_t result = g_ipsec_la_sa_add(&handle, &in, 0, &out, NULL);

			TRUE(!result || is_loss(result));
		}
	}
	/* Until the last of them is back, too. */
	for (int j = 0, came = 0; j < 40 || !came; j++) {
		came = round_trip(&handle, &outbound, &inbound, number++, &highest);
		lost += !came;
	}
	EXPECT(0, broken.value);
	flush_and_close(&handle);
	printf("%d restarts: %u packets, %d of them lost\n", rounds, number, lost);
}

static void be_left(void)
{
	static uint8_t plain[BURST][LENGTH], sealed[BURST][ROOM];
	struct g_ipsec_la_data in[BURST], out[BURST];
	struct g_ipsec_la_resp_args resp = { told, &answered, 0 };
	struct g_ipsec_la_handle handle = open_served();
	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_result_outargs flushed;
	double start;
	int taken = 0;

	EXPECT(0, unlink(file("serve")));
	EXPECT(0, g_ipsec_la_sim_hold(0, true));
	for (int i = 0; i < BURST; i++) {
		in[i] = (struct g_ipsec_la_data){ plain[i], make_packet(plain[i], i, LENGTH) };
		out[i] = (struct g_ipsec_la_data){ sealed[i], ROOM };
		EXPECT(0, g_ipsec_la_packet_encap(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &outbound, 1, &in[i], &out[i],
						  &resp));
		taken++;
	}
	start = seconds();
	kill_server();
	counter_wait(&answered, taken);
	counter_wait(&broken, 1);
	TRUE(seconds() - start < 20);
	EXPECT(-ENODEV, g_ipsec_la_packet_encap(&handle, 0, &outbound, 1, &in[0], &out[0], NULL));
	EXPECT(-ENODEV, g_ipsec_la_sa_flush(&handle, 0, &flushed, NULL));
	EXPECT(0, g_ipsec_la_close(&handle));
	EXPECT(1, broken.value);
	printf("%d packets given back when nobody served any more\n", taken);
}

int main(int argc, char **argv)
{
	int descriptors, is_soon = argc > 2 && !strcmp(argv[2], "soon");
	uint32_t highest = 0;

	TRUE(argc > 2);
	folder = argv[1];

	struct g_ipsec_la_handle handle = open_served();

	descriptors = count_descriptors();
	EXPECT(0, g_ipsec_la_close(&handle));
	if (is_soon) {
		be_restarted(5);
	} else {
		be_left();
		fclose(fopen(file("serve"), "w"));
	}
	handle = open_served();

	struct g_ipsec_la_sa_handle outbound = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	struct g_ipsec_la_sa_handle inbound = add_sa(&handle, G_IPSEC_LA_SA_INBOUND, 0x1001);

	EXPECT(1, round_trip(&handle, &outbound, &inbound, 1, &highest));
	EXPECT(descriptors, count_descriptors());
	flush_and_close(&handle);
	printf("back, with as many descriptors as before\n");
	return 0;
}
