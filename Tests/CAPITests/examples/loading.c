/*
 * The library is loaded, used, closed and loaded again; its thread leaves the
 * application's signals alone.
 */
#include "support.h"

#include <dlfcn.h>
#include <signal.h>
#include <unistd.h>

static pthread_t main_thread;
static volatile sig_atomic_t here, elsewhere;

static void caught(int number)
{
	(void)number;
	if (pthread_equal(pthread_self(), main_thread))
		here++;
	else
		elsewhere++;
}

/* A call of a function that is looked up. */
static void use(void *library)
{
	int32_t (*open)(enum g_ipsec_la_mode, const struct g_ipsec_la_open_inargs *, struct g_ipsec_la_open_outargs *);
	int32_t (*close)(const struct g_ipsec_la_handle *);
	struct g_ipsec_la_open_inargs in = { 0 };
	struct g_ipsec_la_open_outargs out;

	TRUE(library != NULL);
	*(void **)&open = dlsym(library, "g_ipsec_la_open");
	*(void **)&close = dlsym(library, "g_ipsec_la_close");
	EXPECT(0, open(G_IPSEC_LA_INSTANCE_EXCLUSIVE, &in, &out));
	EXPECT(0, close(&out.handle));
}

int main(void)
{
	sigset_t set;

	for (int i = 0; i < 3; i++) {
		void *library = dlopen("libg_ipsec_la.so.2", RTLD_NOW | RTLD_LOCAL);

		use(library);
		EXPECT(0, dlclose(library));
		nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	}
	main_thread = pthread_self();
	TRUE(signal(SIGUSR1, caught) != SIG_ERR);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	EXPECT(0, pthread_sigmask(SIG_BLOCK, &set, NULL));
	for (int i = 0; i < 20; i++) {
		EXPECT(0, kill(getpid(), SIGUSR1));
		nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	}
	EXPECT(0, elsewhere);
	EXPECT(0, pthread_sigmask(SIG_UNBLOCK, &set, NULL));
	EXPECT(1, here);
	printf("loaded and closed again and again\n");
	return 0;
}
