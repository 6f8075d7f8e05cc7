/*
 * Looks through all of the process's memory for a key: while its SA is there,
 * and when it has gone.
 */
#include "support.h"

#include <fcntl.h>
#include <unistd.h>

enum { KEY = 32, SALT = 4 };

/* The key itself stands nowhere: only its complement does. */
static uint8_t complement[KEY];

/* How often it stands in memory that can be written. */
static int count_keys(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512];
	int found = 0;

	TRUE(maps);
	while (fgets(line, sizeof(line), maps)) {
		unsigned long start, end;
		char mode[5];

		if (sscanf(line, "%lx-%lx %4s", &start, &end, mode) != 3 || strncmp(mode, "rw", 2) ||
		    strstr(line, "[vvar"))
			continue;
		for (const volatile uint8_t *at = (uint8_t *)start; at + KEY <= (uint8_t *)end; at++) {
			int i = 0;

			while (i < KEY && (at[i] ^ complement[i]) == 0xff)
				i++;
			found += i == KEY;
		}
	}
	fclose(maps);
	return found;
}

static struct g_ipsec_la_sa_handle add_with_key(const struct g_ipsec_la_handle *handle)
{
	uint8_t key[SALT + KEY];
	struct g_ipsec_la_sa sa = make_sa(0x1001);
	struct g_ipsec_la_sa_add_inargs in = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
	struct g_ipsec_la_sa_add_outargs out;

	memset(key, 7, SALT);
	for (int i = 0; i < KEY; i++)
		key[SALT + i] = ~complement[i];
	sa.crypto_params.comb_key = key;
	sa.crypto_params.comb_key_len_bits = 8 * sizeof(key);
	EXPECT(0, g_ipsec_la_sa_add(handle, &in, 0, &out, NULL));
	for (volatile uint8_t *byte = key; byte < key + sizeof(key); byte++)
		*byte = 0;
	return out.handle;
}

int main(void)
{
	struct g_ipsec_la_handle handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "keys");
	struct g_ipsec_la_sa_handle sa;
	uint8_t plain[100], sealed[256];
	struct g_ipsec_la_data in = { plain, make_packet(plain, 1, 100) }, out = { sealed, sizeof(sealed) };
	int random = open("/dev/urandom", O_RDONLY);
	int before;

	EXPECT(KEY, read(random, complement, KEY));
	close(random);
	sa = add_with_key(&handle);
	EXPECT(0, g_ipsec_la_packet_encap(&handle, 0, &sa, 1, &in, &out, NULL));
	before = count_keys();
	TRUE(before > 0);
	flush_and_close(&handle);
	printf("a key stood in %d places, and now in %d\n", before, count_keys());
	return count_keys() != 0;
}
