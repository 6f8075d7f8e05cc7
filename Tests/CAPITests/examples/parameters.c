/*
 * SAs and changes whose numbers, keys or algorithms are not valid, or do not go
 * together: each is refused, whatever the device's version.
 */
#include "support.h"

static struct g_ipsec_la_handle handle;
static uint8_t key[64] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };

static int32_t add(enum g_ipsec_la_sa_direction dir, const struct g_ipsec_la_sa *sas, int count,
		   struct g_ipsec_la_sa_handle *added)
{
	struct g_ipsec_la_sa_add_inargs in = { dir, count, sas };
	struct g_ipsec_la_sa_add_outargs out;
	int32_t result = g_ipsec_la_sa_add(&handle, &in, 0, &out, NULL);

	EXPECT(result, out.result);
	*added = out.handle;
	return result;
}

/* AES-CBC and HMAC-SHA-256 in an IPv4 tunnel. */
static struct g_ipsec_la_sa separate_sa(void)
{
	struct g_ipsec_la_sa sa = make_sa(0x2000);

	sa.crypto_params = (struct g_ipsec_la_sa_crypto_params){
		.auth_algo = G_IPSEC_LA_AUTH_ALGO_SHA2_256_HMAC, .auth_key = key, .auth_key_len_bits = 256,
		.cipher_algo = G_IPSEC_LA_CIPHER_ALGO_AES_CBC, .cipher_key = key, .cipher_key_len_bits = 128,
	};
	return sa;
}

/* The same without integrity. */
static struct g_ipsec_la_sa open_sa(enum g_ipsec_la_auth_alg none)
{
	struct g_ipsec_la_sa sa = separate_sa();

	sa.crypto_params.auth_algo = none;
	sa.crypto_params.auth_key = NULL;
	sa.crypto_params.auth_key_len_bits = 0;
	return sa;
}

/* One change of a sound SA, and what it is answered with, in a direction. */
#define ONE_WAY(error, dir, sound, change)                                                                             \
	do {                                                                                                           \
		struct g_ipsec_la_sa sa = sound;                                                                       \
		struct g_ipsec_la_sa_crypto_params *with = &sa.crypto_params;                                          \
		struct g_ipsec_la_sa_handle added;                                                                     \
		(void)with;                                                                                            \
		change;                                                                                                \
		EXPECT(error, add(dir, &sa, 1, &added));                                                               \
	} while (0)

#define BOTH_WAYS(error, sound, change)                                                                                \
	do {                                                                                                           \
		ONE_WAY(error, G_IPSEC_LA_SA_INBOUND, sound, change);                                                  \
		ONE_WAY(error, G_IPSEC_LA_SA_OUTBOUND, sound, change);                                                 \
	} while (0)

static void combined(void)
{
	const struct g_ipsec_la_sa gcm = make_sa(0x2000);

	BOTH_WAYS(0, gcm, (void)0);
	BOTH_WAYS(0, gcm, (with->auth_algo = G_IPSEC_LA_AUTH_ALGO_NONE,
			   with->cipher_algo = G_IPSEC_LA_CIPHER_ALGO_AES_GCM));
	BOTH_WAYS(-EINVAL, gcm, (with->iv = key, with->iv_len_bits = 32));
	BOTH_WAYS(-EINVAL, gcm, (with->iv = key, with->iv_len_bits = UINT32_MAX));
	BOTH_WAYS(-EINVAL, gcm, with->iv_len_bits = UINT32_MAX);
	BOTH_WAYS(-EINVAL, gcm, with->iv = key);
	BOTH_WAYS(-EINVAL, gcm, (with->auth_key = key, with->auth_key_len_bits = 256));
	BOTH_WAYS(-EINVAL, gcm, with->auth_key_len_bits = UINT32_MAX);
	BOTH_WAYS(-EINVAL, gcm, with->auth_key = key);
	BOTH_WAYS(-EINVAL, gcm, (with->cipher_algo = G_IPSEC_LA_CIPHER_ALGO_AES_GCM, with->cipher_key = key,
				 with->cipher_key_len_bits = 128));
	BOTH_WAYS(-EINVAL, gcm, with->cipher_key_len_bits = UINT32_MAX);
	BOTH_WAYS(-EINVAL, gcm, with->cipher_key = key);
	BOTH_WAYS(-EINVAL, gcm, (sa.proto = G_IPSEC_LA_PROTO_AH, with->comb_algo = G_IPSEC_LA_COMB_ALGO_AES_GMAC,
				 with->auth_key_len_bits = 8));
}

static void separate(bool is_old)
{
	const struct g_ipsec_la_sa cbc = separate_sa();

	BOTH_WAYS(0, cbc, (void)0);
	BOTH_WAYS(0, cbc, (with->cipher_algo = 0, with->cipher_key = NULL, with->cipher_key_len_bits = 0));
	BOTH_WAYS(0, cbc, (with->cipher_algo = G_IPSEC_LA_CIPHER_ALGO_AES_CTR, with->iv = key, with->iv_len_bits = 32));
	BOTH_WAYS(-EINVAL, cbc, with->cipher_algo = 9);
	BOTH_WAYS(-EINVAL, cbc, with->cipher_algo = G_IPSEC_LA_CIPHER_ALGO_AES_GCM);
	BOTH_WAYS(-EINVAL, cbc, with->auth_algo = 9);
	BOTH_WAYS(-EINVAL, cbc, with->icv_len_bits = 64);
	BOTH_WAYS(-EINVAL, cbc, (with->iv = key, with->iv_len_bits = 128));
	BOTH_WAYS(-EINVAL, cbc, with->iv_len_bits = 32);
	BOTH_WAYS(-EINVAL, cbc, with->iv = key);
	BOTH_WAYS(-EINVAL, cbc, with->cipher_algo = G_IPSEC_LA_CIPHER_ALGO_NULL);
	BOTH_WAYS(-EINVAL, cbc, (with->cipher_algo = 0, with->cipher_key = NULL));
	BOTH_WAYS(-EINVAL, cbc, (with->cipher_algo = 0, with->cipher_key_len_bits = 0));
	BOTH_WAYS(-EINVAL, cbc, with->cipher_key = NULL);
	BOTH_WAYS(-EINVAL, cbc, with->auth_key = NULL);
	BOTH_WAYS(-EINVAL, cbc, with->comb_key = key);
	BOTH_WAYS(-EINVAL, cbc, with->comb_key_len_bits = 160);
	BOTH_WAYS(-EINVAL, cbc, with->comb_salt_len_bits = 32);
	BOTH_WAYS(-EINVAL, cbc, (sa.proto = G_IPSEC_LA_PROTO_AH, with->cipher_algo = 0));
	/* From 2.0 on, algorithms that are no longer safe are off. */
	BOTH_WAYS(is_old ? 0 : -EOPNOTSUPP, cbc, (with->cipher_algo = G_IPSEC_LA_CIPHER_ALGO_DES_CBC,
						  with->cipher_key_len_bits = 64));
}

/* What comes in without integrity may have been changed by anybody. */
static void integrity(void)
{
	for (int none = 0; none <= G_IPSEC_LA_AUTH_ALGO_NONE; none++) {
		const struct g_ipsec_la_sa open = open_sa(none);
		struct g_ipsec_la_sa bundle[2] = { make_sa(0x2000), open };
		struct g_ipsec_la_sa_handle added;

		ONE_WAY(-EINVAL, G_IPSEC_LA_SA_INBOUND, open, (void)0);
		ONE_WAY(-EINVAL, G_IPSEC_LA_SA_INBOUND, open, sa.cmn_flags = 0);
		EXPECT(-EINVAL, add(G_IPSEC_LA_SA_INBOUND, bundle, 2, &added));
		ONE_WAY(0, G_IPSEC_LA_SA_OUTBOUND, open, (void)0);
		BOTH_WAYS(-EINVAL, open, with->auth_key_len_bits = UINT32_MAX);
		BOTH_WAYS(-EINVAL, open, (with->auth_key = key, with->auth_key_len_bits = 128));
	}
}

/* Numbers that no algorithm depends on. */
static void numbers(void)
{
	const struct g_ipsec_la_sa tunnel = make_sa(0x2000);
	struct g_ipsec_la_sa transport = tunnel;

	transport.cmn_flags |= G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE;
	BOTH_WAYS(0, tunnel, sa.anti_replay_window_size = G_IPSEC_LA_MAX_REPLAY_WINDOW);
	BOTH_WAYS(-EINVAL, tunnel, sa.anti_replay_window_size = G_IPSEC_LA_MAX_REPLAY_WINDOW + 1);
	BOTH_WAYS(-EINVAL, tunnel, sa.anti_replay_window_size = UINT32_MAX);
	BOTH_WAYS(-EINVAL, tunnel, (sa.cmn_flags = 0, sa.anti_replay_window_size = 5000));

	BOTH_WAYS(0, transport, (void)0);
	BOTH_WAYS(0, transport, memset(&sa.te_addr, 0, sizeof(sa.te_addr)));
	BOTH_WAYS(-EINVAL, transport, sa.te_addr.src_ip.version = 99);
	BOTH_WAYS(-EINVAL, transport, sa.te_addr.dest_ip.version = 5);
	BOTH_WAYS(-EINVAL, tunnel, sa.te_addr.src_ip.version = 0);
}

/* An SA as it reads back. */
static struct g_ipsec_la_sa inbound_sa(struct g_ipsec_la_sa_handle sa)
{
	struct g_ipsec_la_sa params;
	struct g_ipsec_la_sa_get_inargs in = {
		.dir = G_IPSEC_LA_SA_INBOUND, .handle = sa, .operation = G_IPSEC_LA_SA_GET_EXACT, .num_sas = 1,
	};
	struct g_ipsec_la_sa_get_outargs out = { .sa_params = &params };

	EXPECT(0, g_ipsec_la_sa_get(&handle, &in, 0, &out, NULL));
	return params;
}

static int32_t change_replay(struct g_ipsec_la_sa_handle sa, uint32_t flags, uint32_t window, uint64_t number)
{
	struct g_ipsec_la_sa_mod_inargs in = {
		.dir = G_IPSEC_LA_SA_INBOUND, .handle = sa, .mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO,
		.replay = { flags, window, number },
	};
	struct g_ipsec_la_result_outargs out;

	return g_ipsec_la_sa_mod(&handle, &in, 0, &out, NULL);
}

static void changes(bool is_old)
{
	const uint32_t window = G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW, number = G_IPSEC_LA_SA_MODIFY_SEQ_NUM;
	struct g_ipsec_la_sa sa = make_sa(0x2000);
	struct g_ipsec_la_sa_handle checked, unchecked;

	EXPECT(0, add(G_IPSEC_LA_SA_INBOUND, &sa, 1, &checked));
	EXPECT(-EINVAL, change_replay(checked, window, G_IPSEC_LA_MAX_REPLAY_WINDOW + 1, 0));
	EXPECT(-EINVAL, change_replay(checked, window, UINT32_MAX, 0));
	EXPECT(0, inbound_sa(checked).anti_replay_window_size);
	EXPECT(0, change_replay(checked, window, 128, 0));
	EXPECT(128, inbound_sa(checked).anti_replay_window_size);
	EXPECT(G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK, inbound_sa(checked).cmn_flags);

	/* Where replays pass, there is no window to change. */
	sa.cmn_flags = 0;
	EXPECT(0, add(G_IPSEC_LA_SA_INBOUND, &sa, 1, &unchecked));
	EXPECT(-EINVAL, change_replay(unchecked, window, 128, 0));
	EXPECT(-EINVAL, change_replay(unchecked, window | number, 128, 10));
	EXPECT(0, inbound_sa(unchecked).anti_replay_window_size);
	EXPECT(0, inbound_sa(unchecked).cmn_flags);
	EXPECT(0, change_replay(unchecked, number, 0, 10));

	/* Older messages have no room for a window whose last number is the last of all. */
	EXPECT(0, change_replay(checked, number, 0, UINT32_MAX - 128));
	EXPECT(is_old ? -EINVAL : 0, change_replay(checked, number, 0, UINT32_MAX - 127));
	EXPECT(is_old ? -EINVAL : 0, change_replay(checked, number, 0, UINT32_MAX));
	EXPECT(-EINVAL, change_replay(checked, number, 0, 1ull << 32));
}

int main(int argc, char **argv)
{
	const char *version = argc > 1 ? argv[1] : "2.0";
	bool is_old = strcmp(version, "2.0") < 0;
	/* Where the environment names a place, it says the version as well. */
	struct g_ipsec_la_sim_platform platform = { 1, 1, getenv("G_IPSEC_LA_DEVICES") ? NULL : version };

	EXPECT(0, g_ipsec_la_sim_start(&platform));
	handle = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, NULL, "parameters");
	combined();
	separate(is_old);
	integrity();
	numbers();
	changes(is_old);
	flush_and_close(&handle);
	printf("parameters that do not go together are refused\n");
	return 0;
}
