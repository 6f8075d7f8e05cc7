/*
 * Every entry point with NULL, with a handle that is none, with one that was
 * closed, with numbers that are none, with too much, with nothing, and in the
 * wrong order: each says why, and none crashes.
 */
#include "support.h"

static struct g_ipsec_la_handle none, live, closed;
static struct g_ipsec_la_sa_handle outbound, inbound;
static uint8_t bytes[70000], room[70000];

static void ignore(void *cb_arg, int32_t cb_arg_len, void *outargs)
{
	(void)cb_arg;
	(void)cb_arg_len;
	(void)outargs;
}

static const struct g_ipsec_la_resp_args nobody, somebody = { ignore, NULL, 0 };

/* A call with a handle, for every handle that is none. */
#define BAD_HANDLES(call)                                                                                              \
	do {                                                                                                           \
		const struct g_ipsec_la_handle *h = NULL;                                                              \
		EXPECT(-EINVAL, call);                                                                                 \
		h = &none;                                                                                             \
		EXPECT(-EBADF, call);                                                                                  \
		h = &closed;                                                                                           \
		EXPECT(-EBADF, call);                                                                                  \
		struct g_ipsec_la_handle wild = live;                                                                  \
		h = &wild;                                                                                             \
		for (int i = 0; i < 64; i++) {                                                                         \
			wild = live;                                                                                   \
			wild.handle[i / 8] ^= 1 << i % 8;                                                              \
			EXPECT(-EBADF, call);                                                                          \
		}                                                                                                      \
		memcpy(wild.handle, outbound.ipsec_sa_handle, 8);                                                      \
		EXPECT(-EBADF, call);                                                                                  \
	} while (0)

/* A call with flags, for those that are none, and for an answer that nobody takes. */
#define BAD_FLAGS(call)                                                                                                \
	do {                                                                                                           \
		uint32_t flags = 4;                                                                                    \
		const struct g_ipsec_la_resp_args *resp = &somebody;                                                   \
		EXPECT(-EINVAL, call);                                                                                 \
		flags = UINT32_MAX;                                                                                    \
		EXPECT(-EINVAL, call);                                                                                 \
		flags = G_IPSEC_LA_CTRL_FLAG_ASYNC;                                                                    \
		resp = NULL;                                                                                           \
		EXPECT(-EINVAL, call);                                                                                 \
		resp = &nobody;                                                                                        \
		EXPECT(-EINVAL, call);                                                                                 \
	} while (0)

static void management(void)
{
	struct g_ipsec_la_device_info info[4];
	struct g_ipsec_la_avail_devices_get_info_inargs info_in = { .num_devices = 4 };
	struct g_ipsec_la_avail_devices_get_info_outargs info_out = { .dev_info = info };
	struct g_ipsec_la_active_device active[4];
	struct g_ipsec_la_active_list_get_inargs active_in = { .num_devices = 4 };
	struct g_ipsec_la_active_list_get_outargs active_out = { .devices = active };
	struct g_ipsec_la_open_inargs open_in = { 0 };
	struct g_ipsec_la_open_outargs open_out;
	static char endless[64];

	memset(endless, 'x', sizeof(endless));
	EXPECT(-EINVAL, g_ipsec_la_get_api_version(NULL));
	EXPECT(-EINVAL, g_ipsec_la_avail_devices_get_num(NULL));

	EXPECT(-EINVAL, g_ipsec_la_avail_devices_get_info(NULL, &info_out));
	EXPECT(-EINVAL, g_ipsec_la_avail_devices_get_info(&info_in, NULL));
	EXPECT(0, g_ipsec_la_avail_devices_get_info(&info_in, &info_out));
	EXPECT(2, info_out.num_devices);
	info_in.last_device_read = "virtio9";
	EXPECT(-ENOENT, g_ipsec_la_avail_devices_get_info(&info_in, &info_out));
	info_in.last_device_read = endless;
	EXPECT(-EINVAL, g_ipsec_la_avail_devices_get_info(&info_in, &info_out));
	info_in = (struct g_ipsec_la_avail_devices_get_info_inargs){ 0 };
	EXPECT(-EINVAL, g_ipsec_la_avail_devices_get_info(&info_in, &info_out));
	info_in.num_devices = 4;
	info_out.dev_info = NULL;
	EXPECT(-EINVAL, g_ipsec_la_avail_devices_get_info(&info_in, &info_out));

	EXPECT(-EINVAL, g_ipsec_la_active_list_get(NULL, &active_out));
	EXPECT(-EINVAL, g_ipsec_la_active_list_get(&active_in, NULL));
	active_in.num_devices = 0;
	EXPECT(-EINVAL, g_ipsec_la_active_list_get(&active_in, &active_out));
	active_in.num_devices = 4;
	active_in.last_device_read = "virtio9";
	EXPECT(-ENOENT, g_ipsec_la_active_list_get(&active_in, &active_out));
	active_out.devices = NULL;
	EXPECT(-EINVAL, g_ipsec_la_active_list_get(&active_in, &active_out));

	EXPECT(-EINVAL, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, NULL, &open_out));
	EXPECT(-EINVAL, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, NULL));
	EXPECT(-EINVAL, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_AVAILABLE, &open_in, &open_out));
	EXPECT(-EINVAL, g_ipsec_la_open((enum g_ipsec_la_mode)3, &open_in, &open_out));
	EXPECT(-EINVAL, g_ipsec_la_open((enum g_ipsec_la_mode)-1, &open_in, &open_out));
	open_in.accl_name = endless;
	EXPECT(-EINVAL, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));
	open_in.accl_name = "virtio9";
	EXPECT(-ENODEV, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));
	open_in.accl_name = "virtio0";
	EXPECT(-EBUSY, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));
	open_in.accl_name = NULL;
	open_in.app_identity = endless;
	EXPECT(-EINVAL, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));
	open_in.app_identity = NULL;
	open_in.pci_vendor_id = 0x8086;
	EXPECT(-ENODEV, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));
	open_in.pci_vendor_id = G_IPSEC_LA_PCI_VENDOR_ID;
	open_in.device_id = 0x1041;
	EXPECT(-ENODEV, g_ipsec_la_open(G_IPSEC_LA_INSTANCE_SHARED, &open_in, &open_out));

	BAD_HANDLES(g_ipsec_la_close(h));
	EXPECT(-EBUSY, g_ipsec_la_close(&live));
}

static void groups(void)
{
	struct g_ipsec_la_group_create_inargs in = { "group" };
	struct g_ipsec_la_group_create_outargs out;
	struct g_ipsec_la_result_outargs result;
	struct g_ipsec_la_handle with_group = live;
	static char endless[64];

	memset(endless, 'x', sizeof(endless));
	BAD_HANDLES(g_ipsec_la_group_create(h, &in, 0, &out, NULL));
	BAD_FLAGS(g_ipsec_la_group_create(&live, &in, flags, &out, resp));
	EXPECT(-EINVAL, g_ipsec_la_group_create(&live, NULL, 0, &out, NULL));
	EXPECT(-EINVAL, g_ipsec_la_group_create(&live, &in, 0, NULL, NULL));
	EXPECT(-EINVAL, g_ipsec_la_group_create(&live, &in, G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED, &out, NULL));
	in.group_identity = endless;
	EXPECT(-EINVAL, g_ipsec_la_group_create(&live, &in, 0, &out, NULL));

	BAD_HANDLES(g_ipsec_la_group_delete(h, 0, &result, NULL));
	BAD_FLAGS(g_ipsec_la_group_delete(&live, flags, &result, resp));
	EXPECT(-ENOENT, g_ipsec_la_group_delete(&live, 0, &result, NULL));
	memcpy(with_group.group_handle, live.handle, 8);
	EXPECT(-ENOENT, g_ipsec_la_group_delete(&with_group, 0, &result, NULL));
	EXPECT(-ENOENT, g_ipsec_la_sa_flush(&with_group, 0, &result, NULL));
}

/* One change of a sound SA, and what it is answered with. */
#define BAD_SA(error, change)                                                                                          \
	do {                                                                                                           \
		sa = make_sa(0x2000);                                                                                  \
		change;                                                                                                \
		EXPECT(error, g_ipsec_la_sa_add(&live, &in, 0, &out, NULL));                                            \
	} while (0)

static void adding(void)
{
	struct g_ipsec_la_sa sa = make_sa(0x2000), bundle[5];
	struct g_ipsec_la_sa_add_inargs in = { G_IPSEC_LA_SA_OUTBOUND, 1, &sa };
	struct g_ipsec_la_sa_add_outargs out;
	struct g_ipsec_la_handle wrong_group = live;

	BAD_HANDLES(g_ipsec_la_sa_add(h, &in, 0, &out, NULL));
	BAD_FLAGS(g_ipsec_la_sa_add(&live, &in, flags, &out, resp));
	EXPECT(-EINVAL, g_ipsec_la_sa_add(&live, NULL, 0, &out, NULL));
	EXPECT(-EINVAL, g_ipsec_la_sa_add(&live, &in, 0, NULL, NULL));
	wrong_group.group_handle[0] = 1;
	EXPECT(-ENOENT, g_ipsec_la_sa_add(&wrong_group, &in, 0, &out, NULL));
	in.sa_params = NULL;
	EXPECT(-EINVAL, g_ipsec_la_sa_add(&live, &in, 0, &out, NULL));
	in.sa_params = bundle;
	in.num_sas = 0;
	EXPECT(-EINVAL, g_ipsec_la_sa_add(&live, &in, 0, &out, NULL));
	in.num_sas = 5;
	EXPECT(-EINVAL, g_ipsec_la_sa_add(&live, &in, 0, &out, NULL));
	in.num_sas = 1;
	in.sa_params = &sa;
	in.dir = (enum g_ipsec_la_sa_direction)2;
	EXPECT(-EINVAL, g_ipsec_la_sa_add(&live, &in, 0, &out, NULL));
	in.dir = G_IPSEC_LA_SA_OUTBOUND;

	BAD_SA(-EINVAL, sa.spi = 0);
	BAD_SA(-EINVAL, sa.spi = 255);
	BAD_SA(-EINVAL, sa.proto = 0);
	BAD_SA(-EINVAL, sa.proto = 52);
	BAD_SA(-EINVAL, sa.cmn_flags = 1);
	BAD_SA(-EINVAL, sa.cmn_flags = 1u << 31);
	BAD_SA(-EINVAL, sa.cmn_flags |= G_IPSEC_LA_SA_USE_IPv6);
	BAD_SA(-EINVAL, sa.cmn_flags |= G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL);
	BAD_SA(-EINVAL, sa.cmn_flags |= G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC);
	BAD_SA(-EINVAL, sa.te_addr.src_ip.version = 0);
	BAD_SA(-EINVAL, sa.te_addr.dest_ip.version = 5);
	BAD_SA(-EINVAL, sa.te_addr.dest_ip.version = G_IPSEC_LA_IPV6);
	BAD_SA(-EINVAL, sa.outb.dscp = 64);
	BAD_SA(-EINVAL, sa.outb.dscp_handle = 4);
	BAD_SA(-EINVAL, sa.outb.df_bit_handle = 4);
	BAD_SA(-EINVAL, (sa.cmn_flags |= G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE, sa.outb.df_bit_handle = 77));
	BAD_SA(-EINVAL, (sa.cmn_flags |= G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE, sa.outb.dscp_handle = 4));
	BAD_SA(-EINVAL, (sa.cmn_flags |= G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE, sa.outb.dscp = 99));
	BAD_SA(-EINVAL, sa.cmn_flags |= G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY);
	BAD_SA(-EINVAL, (sa.cmn_flags |= G_IPSEC_LA_SA_LIFETIME_IN_KB, sa.soft_kilobytes_limit = 2,
			 sa.hard_kilobytes_limit = 1));
	for (int dir = 0; dir < 2; dir++) {
		in.dir = dir;
		BAD_SA(-EINVAL, (sa.proto = G_IPSEC_LA_PROTO_AH, sa.crypto_params.comb_algo = G_IPSEC_LA_COMB_ALGO_AES_GMAC,
				 sa.cmn_flags |= G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL,
				 sa.nat_info.src_port = sa.nat_info.dest_port = 4500));
	}
	in.dir = G_IPSEC_LA_SA_OUTBOUND;
	BAD_SA(-EOPNOTSUPP, sa.ipcomp_info.algo = G_IPSEC_LA_IPCOMP_LZS);
	BAD_SA(-EOPNOTSUPP, sa.nat_info.nat_oa_peer_addr.version = G_IPSEC_LA_IPV4);
	BAD_SA(-EINVAL, sa.crypto_params.comb_algo = 4);
	BAD_SA(-EINVAL, sa.crypto_params.comb_key = NULL);
	BAD_SA(-EINVAL, sa.crypto_params.comb_key_len_bits = 0);
	BAD_SA(-EINVAL, sa.crypto_params.comb_key_len_bits = 159);
	BAD_SA(-EINVAL, sa.crypto_params.comb_key_len_bits = UINT32_MAX - 7);
	BAD_SA(-EINVAL, sa.crypto_params.comb_salt_len_bits = 33);
	BAD_SA(-EINVAL, sa.crypto_params.comb_salt_len_bits = 168);
	BAD_SA(-EINVAL, sa.crypto_params.icv_len_bits = 65);
	BAD_SA(-EINVAL, sa.crypto_params.auth_algo = G_IPSEC_LA_AUTH_ALGO_SHA1_HMAC);
	BAD_SA(-EINVAL, sa.crypto_params.cipher_algo = G_IPSEC_LA_CIPHER_ALGO_AES_CCM);
	BAD_SA(-EINVAL, sa.proto = G_IPSEC_LA_PROTO_AH);
}

static void sas(void)
{
	struct g_ipsec_la_capabilities_get_outargs caps;
	struct g_ipsec_la_result_outargs out;
	struct g_ipsec_la_sa_mod_inargs mod = {
		.dir = G_IPSEC_LA_SA_OUTBOUND, .handle = outbound, .mod_flags = G_IPSEC_LA_SA_MODIFY_REPLAY_INFO,
		.replay = { .flags = G_IPSEC_LA_SA_MODIFY_SEQ_NUM, .seq_num = 5 },
	};
	struct g_ipsec_la_sa_del_inargs del = { G_IPSEC_LA_SA_OUTBOUND, outbound };
	struct g_ipsec_la_sa params[2];
	struct g_ipsec_la_sa_get_inargs get = { .dir = G_IPSEC_LA_SA_OUTBOUND, .handle = outbound, .num_sas = 2 };
	struct g_ipsec_la_sa_get_outargs got = { .sa_params = params };
	const uint32_t silent = G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED;

	BAD_HANDLES(g_ipsec_la_capabilities_get(h, 0, &caps, NULL));
	BAD_FLAGS(g_ipsec_la_capabilities_get(&live, flags, &caps, resp));
	EXPECT(-EINVAL, g_ipsec_la_capabilities_get(&live, 0, NULL, NULL));
	EXPECT(-EINVAL, g_ipsec_la_capabilities_get(&live, silent, &caps, NULL));

	BAD_HANDLES(g_ipsec_la_sa_mod(h, &mod, 0, &out, NULL));
	BAD_FLAGS(g_ipsec_la_sa_mod(&live, &mod, flags, &out, resp));
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, NULL, 0, &out, NULL));
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, NULL, NULL));
	mod.dir = G_IPSEC_LA_SA_INBOUND;
	EXPECT(-ENOENT, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));
	mod.dir = (enum g_ipsec_la_sa_direction)7;
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));
	mod.dir = G_IPSEC_LA_SA_OUTBOUND;
	mod.replay.flags = 0;
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));
	mod.replay.flags = G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW;
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));
	mod.replay.anti_replay_window_size = 64;
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));
	mod.mod_flags = (enum g_ipsec_la_sa_modify)0;
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));
	mod.mod_flags = G_IPSEC_LA_SA_MODIFY_PEER_GW_INFO;
	EXPECT(-EINVAL, g_ipsec_la_sa_mod(&live, &mod, 0, &out, NULL));

	BAD_HANDLES(g_ipsec_la_sa_del(h, &del, 0, &out, NULL));
	BAD_FLAGS(g_ipsec_la_sa_del(&live, &del, flags, &out, resp));
	EXPECT(-EINVAL, g_ipsec_la_sa_del(&live, NULL, 0, &out, NULL));
	EXPECT(-EINVAL, g_ipsec_la_sa_del(&live, &del, 0, NULL, NULL));
	del.dir = G_IPSEC_LA_SA_INBOUND;
	EXPECT(-ENOENT, g_ipsec_la_sa_del(&live, &del, 0, &out, NULL));
	memcpy(del.handle.ipsec_sa_handle, live.handle, 8);
	EXPECT(-ENOENT, g_ipsec_la_sa_del(&live, &del, 0, &out, NULL));

	BAD_HANDLES(g_ipsec_la_sa_flush(h, 0, &out, NULL));
	BAD_FLAGS(g_ipsec_la_sa_flush(&live, flags, &out, resp));
	EXPECT(-EINVAL, g_ipsec_la_sa_flush(&live, 0, NULL, NULL));

	BAD_HANDLES(g_ipsec_la_sa_get(h, &get, 0, &got, NULL));
	BAD_FLAGS(g_ipsec_la_sa_get(&live, &get, flags, &got, resp));
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, NULL, 0, &got, NULL));
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, 0, NULL, NULL));
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, silent, &got, NULL));
	get.num_sas = 0;
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, 0, &got, NULL));
	get.num_sas = 2;
	got.sa_params = NULL;
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, 0, &got, NULL));
	get.what = G_IPSEC_LA_SA_GET_STATS;
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, 0, &got, NULL));
	get.what = (enum g_ipsec_la_sa_get_what)2;
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, 0, &got, NULL));
	get.what = G_IPSEC_LA_SA_GET_ALL;
	got.sa_params = params;
	get.operation = (enum g_ipsec_la_sa_get_op)3;
	EXPECT(-EINVAL, g_ipsec_la_sa_get(&live, &get, 0, &got, NULL));
	get.operation = G_IPSEC_LA_SA_GET_EXACT;
	get.dir = G_IPSEC_LA_SA_INBOUND;
	EXPECT(-ENOENT, g_ipsec_la_sa_get(&live, &get, 0, &got, NULL));
}

static void hooks(void)
{
	struct g_ipsec_la_notification_hooks hooks = { 0 };

	BAD_HANDLES(g_ipsec_la_notification_hooks_register(h, &hooks));
	EXPECT(-EINVAL, g_ipsec_la_notification_hooks_register(&live, NULL));
	BAD_HANDLES(g_ipsec_la_notifications_hook_deregister(h));
	EXPECT(-ENOENT, g_ipsec_la_notifications_hook_deregister(&live));
	EXPECT(0, g_ipsec_la_notification_hooks_register(&live, &hooks));
	EXPECT(-EBUSY, g_ipsec_la_notification_hooks_register(&live, &hooks));
	EXPECT(0, g_ipsec_la_notifications_hook_deregister(&live));
}

typedef int32_t (*one_fn)(const struct g_ipsec_la_handle *, uint32_t, const struct g_ipsec_la_sa_handle *, uint32_t,
			  const struct g_ipsec_la_data *, struct g_ipsec_la_data *,
			  const struct g_ipsec_la_resp_args *);
typedef int32_t (*multi_fn)(const struct g_ipsec_la_handle *, uint32_t, const struct g_ipsec_la_sa_handle *, uint32_t,
			    const struct g_ipsec_la_packet *, struct g_ipsec_la_packet *,
			    const struct g_ipsec_la_resp_args *);

static void one(one_fn call, const struct g_ipsec_la_sa_handle *sa, const struct g_ipsec_la_sa_handle *other)
{
	struct g_ipsec_la_data in = { bytes, 100 }, out = { room, 300 }, many[65] = { { 0 } };
	struct g_ipsec_la_sa_handle wild;

	make_packet(bytes, 1, 100);
	BAD_HANDLES(call(h, 0, sa, 1, &in, &out, NULL));
	BAD_FLAGS(call(&live, flags, sa, 1, &in, &out, resp));
	EXPECT(-EINVAL, call(&live, 0, NULL, 1, &in, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 1, NULL, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, NULL, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 0, &in, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 65, many, many, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, UINT32_MAX, many, many, NULL));
	EXPECT(-ENOENT, call(&live, 0, other, 1, &in, &out, NULL));
	for (int i = 0; i < 64; i++) {
		wild = *sa;
		wild.ipsec_sa_handle[i / 8] ^= 1 << i % 8;
		EXPECT(-ENOENT, call(&live, 0, &wild, 1, &in, &out, NULL));
	}
	in.length = 0;
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, &out, NULL));
	/* Whatever the error, there is no result. */
	EXPECT(0, out.length);
	out.length = 300;
	EXPECT(-ENOENT, call(&live, 0, other, 1, &in, &out, NULL));
	EXPECT(0, out.length);
	out.length = 300;
	in.length = 65536;
	EXPECT(-EMSGSIZE, call(&live, 0, sa, 1, &in, &out, NULL));
	EXPECT(0, out.length);
	out.length = 300;
	in.length = UINT32_MAX;
	EXPECT(-EMSGSIZE, call(&live, 0, sa, 1, &in, &out, NULL));
	in = (struct g_ipsec_la_data){ NULL, 100 };
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, &out, NULL));
	in.buffer = bytes;
	out = (struct g_ipsec_la_data){ NULL, 300 };
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, &out, NULL));
	out.length = 0;
	EXPECT(-EMSGSIZE, call(&live, 0, sa, 1, &in, &out, NULL));
	/* One byte is no packet. */
	in.length = 1;
	out = (struct g_ipsec_la_data){ room, 300 };
	EXPECT(-EBADMSG, call(&live, 0, sa, 1, &in, &out, NULL));
	EXPECT(0, out.length);
}

static void several(multi_fn call, const struct g_ipsec_la_sa_handle *sa, const struct g_ipsec_la_sa_handle *other)
{
	struct g_ipsec_la_data in_data = { bytes, 100 }, out_data = { room, 300 };
	struct g_ipsec_la_packet in = { 1, &in_data }, out = { 1, &out_data };

	BAD_HANDLES(call(h, 0, sa, 1, &in, &out, NULL));
	BAD_FLAGS(call(&live, flags, sa, 1, &in, &out, resp));
	EXPECT(-EINVAL, call(&live, 0, NULL, 1, &in, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 1, NULL, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, NULL, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 0, &in, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, 1025, &in, &out, NULL));
	EXPECT(-EINVAL, call(&live, 0, sa, UINT32_MAX, &in, &out, NULL));
	EXPECT(-ENOENT, call(&live, 0, other, 1, &in, &out, NULL));
	in.num_sg = 0;
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, &out, NULL));
	in = (struct g_ipsec_la_packet){ 1, NULL };
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, &out, NULL));
	in.data = &in_data;
	out.data = NULL;
	EXPECT(-EINVAL, call(&live, 0, sa, 1, &in, &out, NULL));
	out.data = &out_data;
	in_data.length = 65536;
	EXPECT(-EMSGSIZE, call(&live, 0, sa, 1, &in, &out, NULL));
}

static void simulation(void)
{
	struct g_ipsec_la_sim_platform platform = { 1, 1, NULL };

	EXPECT(-EINVAL, g_ipsec_la_sim_start(NULL));
	EXPECT(-EBUSY, g_ipsec_la_sim_start(&platform));
	platform.num_devices = 5;
	EXPECT(-EINVAL, g_ipsec_la_sim_start(&platform));
	platform = (struct g_ipsec_la_sim_platform){ 1, 0, NULL };
	EXPECT(-EINVAL, g_ipsec_la_sim_start(&platform));
	platform = (struct g_ipsec_la_sim_platform){ 1, 1, "3.0" };
	EXPECT(-EINVAL, g_ipsec_la_sim_start(&platform));
	EXPECT(-EINVAL, g_ipsec_la_sim_plug(4));
	EXPECT(-EBUSY, g_ipsec_la_sim_plug(0));
	EXPECT(-EINVAL, g_ipsec_la_sim_unplug(UINT32_MAX));
	EXPECT(-ENODEV, g_ipsec_la_sim_unplug(3));
	EXPECT(-EINVAL, g_ipsec_la_sim_hold(4, true));
	EXPECT(-ENODEV, g_ipsec_la_sim_hold(3, true));
	EXPECT(-EINVAL, g_ipsec_la_sim_fail(4));
	EXPECT(-ENODEV, g_ipsec_la_sim_fail(3));
}

int main(void)
{
	closed = open_device(G_IPSEC_LA_INSTANCE_SHARED, "virtio0", NULL);
	EXPECT(0, g_ipsec_la_close(&closed));
	live = open_device(G_IPSEC_LA_INSTANCE_EXCLUSIVE, "virtio0", NULL);
	outbound = add_sa(&live, G_IPSEC_LA_SA_OUTBOUND, 0x1001);
	inbound = add_sa(&live, G_IPSEC_LA_SA_INBOUND, 0x1001);

	management();
	groups();
	adding();
	sas();
	hooks();
	one(g_ipsec_la_packet_encap, &outbound, &inbound);
	one(g_ipsec_la_packet_decap, &inbound, &outbound);
	several(g_ipsec_la_multi_packet_encap, &outbound, &inbound);
	several(g_ipsec_la_multi_packet_decap, &inbound, &outbound);
	simulation();

	/* After all that, it works as before. */
	struct g_ipsec_la_data in = { bytes, make_packet(bytes, 1, 100) }, out = { room, 300 };

	EXPECT(0, g_ipsec_la_packet_encap(&live, 0, &outbound, 1, &in, &out, NULL));
	flush_and_close(&live);
	EXPECT(-EBADF, g_ipsec_la_packet_encap(&live, 0, &outbound, 1, &in, &out, NULL));
	printf("misuse is answered\n");
	return 0;
}
