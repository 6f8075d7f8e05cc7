/* The library's threads have names, which top and gdb show. */
#include "support.h"

#include <dirent.h>
#include <unistd.h>

static struct counter answered = COUNTER_INIT;

static void told(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	(void)cb_arg;
	(void)cb_arg_len;
	(void)outargs;
	counter_add(&answered);
}

int main(void)
{
	struct g_ipsec_la_handle handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "names");
	struct g_ipsec_la_capabilities_get_outargs out;
	struct g_ipsec_la_resp_args resp = { told, NULL, 0 };
	DIR *threads = opendir("/proc/self/task");
	struct dirent *entry;

	EXPECT(0, g_ipsec_la_capabilities_get(&handle, G_IPSEC_LA_CTRL_FLAG_ASYNC, &out, &resp));
	counter_wait(&answered, 1);
	TRUE(threads);
	while ((entry = readdir(threads))) {
		char path[300], name[32];
		FILE *file;

		if (atoi(entry->d_name) == 0 || atoi(entry->d_name) == getpid())
			continue;
		snprintf(path, sizeof(path), "/proc/self/task/%s/comm", entry->d_name);
		file = fopen(path, "r");
		TRUE(file && fgets(name, sizeof(name), file));
		fclose(file);
		fputs(name, stdout);
	}
	closedir(threads);
	EXPECT(0, g_ipsec_la_close(&handle));
	return 0;
}
