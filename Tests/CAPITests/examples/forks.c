/*
 * After fork, the accelerators are the parent's alone: the child is told so,
 * also when another thread was in a call, and the parent goes on. A child of
 * a process that has not used the library yet may use it.
 */
#define _GNU_SOURCE
#include "support.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LENGTH = 100, CHILDREN = 20 };

static struct g_ipsec_la_handle handle;
static struct g_ipsec_la_sa_handle sa;
static atomic_bool done;
static bool may_lock = true;

/*
 * In place of libc's, for the library as well: another thread of the parent's
 * may have held any lock when the child was made.
 */
int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	static int (*lock)(pthread_mutex_t *);

	TRUE(may_lock);
	if (!lock)
		lock = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_lock");
	return lock(mutex);
}

static int32_t encap(uint8_t *sequence)
{
	uint8_t plain[LENGTH], sealed[256];
	struct g_ipsec_la_data in = { plain, make_packet(plain, 1, LENGTH) }, out = { sealed, sizeof(sealed) };
	int32_t result = g_ipsec_la_packet_encap(&handle, 0, &sa, 1, &in, &out, NULL);

	memcpy(sequence, sealed + 24, 4);
	return result;
}

/* In place of that of Swift's runtime: what is made once may be half made. */
void swift_once(void *predicate, void (*make)(void *), void *context)
{
	static void (*once)(void *, void (*)(void *), void *);

	TRUE(may_lock);
	if (!once)
		once = (void (*)(void *, void (*)(void *), void *))dlsym(RTLD_NEXT, "swift_once");
	once(predicate, make, context);
}

static void *send_on(void *arg)
{
	uint8_t sequence[4];

	while (!done)
		EXPECT(0, encap(sequence));
	return arg;
}

static void use_as_child(void)
{
	struct g_ipsec_la_sim_platform platform = { 1, 1, NULL };
	struct g_ipsec_la_open_inargs open_in = { 0 };
	struct g_ipsec_la_open_outargs open_out;
	struct g_ipsec_la_result_outargs result;
	struct g_ipsec_la_notification_hooks hooks = { 0 };
	struct g_ipsec_la_device_info info;
	struct g_ipsec_la_avail_devices_get_info_inargs list_in = { 1, NULL };
	struct g_ipsec_la_avail_devices_get_info_outargs list_out = { .dev_info = &info };
	char version[G_IPSEC_LA_VERSION_SIZE];
	uint8_t sequence[4];
	uint32_t count;

	may_lock = false;
	EXPECT(0, g_ipsec_la_get_api_version(version));
	EXPECT(-ENODEV, encap(sequence));
	EXPECT(-ENODEV, g_ipsec_la_sa_flush(&handle, 0, &result, NULL));
	EXPECT(-ENODEV, g_ipsec_la_sa_flush(&handle, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, NULL, NULL));
	EXPECT(-ENODEV, g_ipsec_la_notification_hooks_register(&handle, &hooks));
	EXPECT(-ENODEV, g_ipsec_la_notifications_hook_deregister(&handle));
	EXPECT(-ENODEV, g_ipsec_la_close(&handle));
	EXPECT(-ENODEV, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));
	EXPECT(-ENODEV, g_ipsec_la_avail_devices_get_num(&count));
	EXPECT(-ENODEV, g_ipsec_la_avail_devices_get_info(&list_in, &list_out));
	EXPECT(-ENODEV, g_ipsec_la_sim_start(&platform));
	EXPECT(-ENODEV, g_ipsec_la_sim_plug(1));
}

static void in_child(void (*use)(void))
{
	int status;
	pid_t child = fork();

	if (!child) {
		/* One that waits for good is ended. */
		alarm(60);
		use();
		_exit(0);
	}
	TRUE(child > 0);
	EXPECT(child, waitpid(child, &status, 0));
	EXPECT(0, status);
}

static void use_first(void)
{
	struct g_ipsec_la_handle own = open_device(G_IPSEC_LA_INSTANCE_SHARED, NULL, "child");

	EXPECT(0, g_ipsec_la_close(&own));
}

int main(void)
{
	uint8_t before[4], after[4];
	pthread_t thread;

	in_child(use_first);
	handle = open_device(G_IPSEC_LA_INSTANCE_SHARED, NULL, "parent");
	sa = add_sa(&handle, G_IPSEC_LA_SA_OUTBOUND, 0x1000);
	EXPECT(0, encap(before));
	in_child(use_as_child);
	EXPECT(0, encap(after));
	EXPECT(before[3] + 1, after[3]);

	EXPECT(0, pthread_create(&thread, NULL, send_on, NULL));
	for (int i = 0; i < CHILDREN; i++)
		in_child(use_as_child);
	done = true;
	EXPECT(0, pthread_join(thread, NULL));
	flush_and_close(&handle);
	printf("%d children were told that they have no accelerator\n", CHILDREN + 1);
	return 0;
}
