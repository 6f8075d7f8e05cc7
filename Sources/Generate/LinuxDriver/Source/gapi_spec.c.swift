extension LinuxDriver {
  static let gapiSpecSource = DriverFile(
    "gapi_spec.c",
    "The g-API: an SA as applications describe it, as the device is told.",
    #"""
#include <linux/kernel.h>
#include <linux/string.h>

#include "gapi.h"

#define VIPSEC_SA_FLAGS		(G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL | \
				 G_IPSEC_LA_SA_USE_ECN | \
				 G_IPSEC_LA_SA_LIFETIME_IN_KB | \
				 G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK | \
				 G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE | \
				 G_IPSEC_LA_SA_USE_ESN | \
				 G_IPSEC_LA_SA_USE_IPv6 | \
				 G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY | \
				 G_IPSEC_LA_SA_NOTIFY_SEQNUM_OVERFLOW | \
				 G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC)
#define VIPSEC_DEFAULT_WINDOW	64

/**
 * struct vipsec_suite - an algorithm of the g-API
 * @number: the device's number for it
 * @icv_bits: bits of its integrity check value
 */
struct vipsec_suite {
	u16 number;
	u16 icv_bits;
};

static const struct vipsec_suite vipsec_auth_suites[] = {
	[G_IPSEC_LA_AUTH_ALGO_NONE] = { VIRTIO_IPSEC_HMAC_NULL, 0 },
	[G_IPSEC_LA_AUTH_ALGO_MD5_HMAC] = { VIRTIO_IPSEC_HMAC_MD5, 96 },
	[G_IPSEC_LA_AUTH_ALGO_SHA1_HMAC] = { VIRTIO_IPSEC_HMAC_SHA1, 96 },
	[G_IPSEC_LA_AUTH_AESXCBC] = { VIRTIO_IPSEC_HMAC_AES_XCBC_MAC, 96 },
	[G_IPSEC_LA_AUTH_ALGO_SHA2_256_HMAC] = { VIRTIO_IPSEC_HMAC_SHA256, 128 },
	[G_IPSEC_LA_AUTH_ALGO_SHA2_384_HMAC] = { VIRTIO_IPSEC_HMAC_SHA384, 192 },
	[G_IPSEC_LA_AUTH_ALGO_SHA2_512_HMAC] = { VIRTIO_IPSEC_HMAC_SHA512, 256 },
	[G_IPSEC_LA_AUTH_ALGO_HMAC_SHA1_160] = { VIRTIO_IPSEC_HMAC_SHA1_160, 160 },
};

static const u16 vipsec_ciphers[] = {
	[G_IPSEC_LA_CIPHER_ALGO_NULL] = VIRTIO_IPSEC_ESP_NULL,
	[G_IPSEC_LA_CIPHER_ALGO_DES_CBC] = VIRTIO_IPSEC_DES_CBC,
	[G_IPSEC_LA_CIPHER_ALGO_3DES_CBC] = VIRTIO_IPSEC_3DES_CBC,
	[G_IPSEC_LA_CIPHER_ALGO_AES_CBC] = VIRTIO_IPSEC_AES_CBC,
	[G_IPSEC_LA_CIPHER_ALGO_AES_CTR] = VIRTIO_IPSEC_AESCTR,
};

/* By bits of the ICV, in steps of 32 from 64 on; 0 is none. */
static const u16 vipsec_combined[][3] = {
	[G_IPSEC_LA_COMB_ALGO_AES_CCM] = { VIRTIO_IPSEC_AES_CCM_ICV8, VIRTIO_IPSEC_AES_CCM_ICV12,
					   VIRTIO_IPSEC_AES_CCM_ICV16 },
	[G_IPSEC_LA_COMB_ALGO_AES_GCM] = { VIRTIO_IPSEC_AES_GCM_ICV8, VIRTIO_IPSEC_AES_GCM_ICV12,
					   VIRTIO_IPSEC_AES_GCM_ICV16 },
	[G_IPSEC_LA_COMB_ALGO_AES_GMAC] = { 0, 0, VIRTIO_IPSEC_AES_GMAC },
};

/* A key's bytes, or a negative error for one that cannot be. */
static int vipsec_key_length(const u8 *key, u32 bits)
{
	if (bits % 8 || bits > G_IPSEC_LA_MAX_KEY_BITS || (bits && !key))
		return -EINVAL;
	return bits / 8;
}

/* A key that no algorithm uses is a mistake in the algorithms. */
static bool vipsec_is_unused(const u8 *key, u32 bits)
{
	return !key && !bits;
}

static int vipsec_set_combined(struct vipsec_spec *spec,
			       const struct g_ipsec_la_sa_crypto_params *crypto)
{
	u32 icv = crypto->icv_len_bits ?: 128;
	int length = vipsec_key_length(crypto->comb_key, crypto->comb_key_len_bits);
	u32 salt = crypto->comb_salt_len_bits / 8;
	const u8 *key;
	u16 number;

	if ((u32)crypto->comb_algo >= ARRAY_SIZE(vipsec_combined) || icv < 64 || icv > 128 ||
	    icv % 32 || crypto->auth_algo > G_IPSEC_LA_AUTH_ALGO_NONE)
		return -EINVAL;
	if (!vipsec_is_unused(crypto->auth_key, crypto->auth_key_len_bits) ||
	    !vipsec_is_unused(crypto->cipher_key, crypto->cipher_key_len_bits) ||
	    !vipsec_is_unused(crypto->iv, crypto->iv_len_bits))
		return -EINVAL;
	number = vipsec_combined[crypto->comb_algo][icv / 32 - 2];
	if (crypto->cipher_algo > G_IPSEC_LA_CIPHER_ALGO_NULL &&
	    crypto->cipher_algo - G_IPSEC_LA_CIPHER_ALGO_AES_CCM !=
	    crypto->comb_algo - G_IPSEC_LA_COMB_ALGO_AES_CCM)
		return -EINVAL;
	if (!number || length < 0 || crypto->comb_salt_len_bits % 8 || salt > (u32)length)
		return -EINVAL;
	key = crypto->comb_key;
	if (spec->entry.proto == VIRTIO_IPSEC_PROTO_ESP)
		return vipsec_spec_cipher(spec, number, key + salt, length - salt, key, salt);
	if (crypto->comb_algo != G_IPSEC_LA_COMB_ALGO_AES_GMAC)
		return -EINVAL;
	return vipsec_spec_auth(spec, VIRTIO_IPSEC_HMAC_AES_GMAC, key + salt, length - salt, key,
				salt);
}

static int vipsec_set_algorithms(struct vipsec_spec *spec,
				 const struct g_ipsec_la_sa_crypto_params *crypto)
{
	u32 auth = crypto->auth_algo ?: G_IPSEC_LA_AUTH_ALGO_NONE;
	u32 cipher = crypto->cipher_algo ?: G_IPSEC_LA_CIPHER_ALGO_NULL;
	int key, nonce, err = 0;

	if (crypto->comb_algo)
		return vipsec_set_combined(spec, crypto);
	if (auth >= ARRAY_SIZE(vipsec_auth_suites) || cipher >= ARRAY_SIZE(vipsec_ciphers))
		return -EINVAL;
	if (crypto->icv_len_bits && crypto->icv_len_bits != vipsec_auth_suites[auth].icv_bits)
		return -EINVAL;
	if ((auth == G_IPSEC_LA_AUTH_ALGO_NONE &&
	     !vipsec_is_unused(crypto->auth_key, crypto->auth_key_len_bits)) ||
	    (cipher == G_IPSEC_LA_CIPHER_ALGO_NULL &&
	     !vipsec_is_unused(crypto->cipher_key, crypto->cipher_key_len_bits)) ||
	    (cipher != G_IPSEC_LA_CIPHER_ALGO_AES_CTR &&
	     !vipsec_is_unused(crypto->iv, crypto->iv_len_bits)) ||
	    !vipsec_is_unused(crypto->comb_key, crypto->comb_key_len_bits) ||
	    crypto->comb_salt_len_bits)
		return -EINVAL;
	key = vipsec_key_length(crypto->cipher_key, crypto->cipher_key_len_bits);
	nonce = vipsec_key_length(crypto->iv, crypto->iv_len_bits);
	if (key < 0 || nonce < 0)
		return -EINVAL;
	if (spec->entry.proto == VIRTIO_IPSEC_PROTO_ESP)
		err = vipsec_spec_cipher(spec, vipsec_ciphers[cipher], crypto->cipher_key, key,
					 crypto->iv, nonce);
	else if (cipher != G_IPSEC_LA_CIPHER_ALGO_NULL)
		err = -EINVAL;
	if (err || auth == G_IPSEC_LA_AUTH_ALGO_NONE)
		return err;
	key = vipsec_key_length(crypto->auth_key, crypto->auth_key_len_bits);
	if (key < 0)
		return key;
	return vipsec_spec_auth(spec, vipsec_auth_suites[auth].number, crypto->auth_key, key,
				NULL, 0);
}

static bool vipsec_is_version(u32 version)
{
	return !version || version == G_IPSEC_LA_IPV4 || version == G_IPSEC_LA_IPV6;
}

static int vipsec_set_tunnel(struct vipsec_spec *spec, const struct g_ipsec_la_sa *sa)
{
	struct virtio_ipsec_sa_attributes_view *view = &spec->view.sa_attributes;
	bool is_ipv6 = sa->cmn_flags & G_IPSEC_LA_SA_USE_IPv6;
	bool ecn = sa->cmn_flags & G_IPSEC_LA_SA_USE_ECN;
	u32 version = is_ipv6 ? G_IPSEC_LA_IPV6 : G_IPSEC_LA_IPV4;
	u32 dscp = sa->outbound.dscp_handle ?: G_IPSEC_LA_DSCP_COPY;
	u32 df = sa->outbound.df_bit_handle ?: G_IPSEC_LA_DF_COPY;
	const u8 *src = sa->te_addr.src_ip.addr, *dst = sa->te_addr.dest_ip.addr;

	if (sa->te_addr.src_ip.version != version || sa->te_addr.dest_ip.version != version ||
	    sa->outbound.dscp > 63 || dscp > G_IPSEC_LA_DSCP_SET || df > G_IPSEC_LA_DF_SET)
		return -EINVAL;
	spec->entry.mode = VIRTIO_IPSEC_MODE_TUNNEL;
	if (is_ipv6) {
		memcpy(spec->tunnel_ipv6.saddr, src, sizeof(spec->tunnel_ipv6.saddr));
		memcpy(spec->tunnel_ipv6.daddr, dst, sizeof(spec->tunnel_ipv6.daddr));
		spec->tunnel_ipv6.dscp_handling = dscp - G_IPSEC_LA_DSCP_COPY;
		spec->tunnel_ipv6.dscp = sa->outbound.dscp;
		spec->tunnel_ipv6.ecn = ecn;
		view->tunnel_ipv6 = &spec->tunnel_ipv6;
	} else {
		memcpy(&spec->tunnel_ipv4.saddr, src, sizeof(spec->tunnel_ipv4.saddr));
		memcpy(&spec->tunnel_ipv4.daddr, dst, sizeof(spec->tunnel_ipv4.daddr));
		spec->tunnel_ipv4.dscp_handling = dscp - G_IPSEC_LA_DSCP_COPY;
		spec->tunnel_ipv4.dscp = sa->outbound.dscp;
		spec->tunnel_ipv4.df_handling = df - G_IPSEC_LA_DF_COPY;
		spec->tunnel_ipv4.ecn = ecn;
		view->tunnel_ipv4 = &spec->tunnel_ipv4;
	}
	return 0;
}

static int vipsec_set_events(struct vipsec_spec *spec, const struct g_ipsec_la_sa *sa)
{
	u64 events = 0;

	if (sa->cmn_flags & G_IPSEC_LA_SA_NOTIFY_LIFETIME_KB_EXPIRY)
		events |= BIT_ULL(VIRTIO_IPSEC_NOTIFY_SOFT_LIFETIME_BYTES);
	if (sa->cmn_flags & G_IPSEC_LA_SA_NOTIFY_SEQNUM_OVERFLOW)
		events |= BIT_ULL(VIRTIO_IPSEC_NOTIFY_BEFORE_SEQNUM_OVERFLOW);
	if (sa->cmn_flags & G_IPSEC_LA_SA_NOTIFY_SEQNUM_PERIODIC) {
		if (!sa->seqnum_interval)
			return -EINVAL;
		events |= BIT_ULL(VIRTIO_IPSEC_NOTIFY_SEQNUM_PERIODIC);
		spec->notify.interval = cpu_to_le64(sa->seqnum_interval);
	}
	if (events) {
		spec->notify.events = cpu_to_le64(events);
		spec->view.sa_attributes.notify = &spec->notify;
	}
	return 0;
}

/**
 * vipsec_spec_from_params() - read an SA of an application
 * @spec: is filled; has keys
 * @sa: the SA
 * @dir: its direction
 *
 * Return: 0 or a negative error.
 */
int vipsec_spec_from_params(struct vipsec_spec *spec, const struct g_ipsec_la_sa *sa,
			    enum g_ipsec_la_sa_direction dir)
{
	struct virtio_ipsec_sa_attributes_view *view = &spec->view.sa_attributes;
	int err;

	vipsec_spec_init(spec);
	if (sa->spi < 256 || sa->cmn_flags & ~(u32)VIPSEC_SA_FLAGS ||
	    (sa->proto != G_IPSEC_LA_PROTO_ESP && sa->proto != G_IPSEC_LA_PROTO_AH))
		return -EINVAL;
	if (sa->anti_replay_window_size > G_IPSEC_LA_MAX_REPLAY_WINDOW ||
	    !vipsec_is_version(sa->te_addr.src_ip.version) ||
	    !vipsec_is_version(sa->te_addr.dest_ip.version))
		return -EINVAL;
	if (dir == G_IPSEC_LA_SA_INBOUND && !sa->crypto_params.comb_algo &&
	    sa->crypto_params.auth_algo <= G_IPSEC_LA_AUTH_ALGO_NONE)
		return -EINVAL;
	if (sa->ipcomp_info.algo || sa->nat_info.nat_oa_peer_addr.version)
		return -EOPNOTSUPP;
	spec->entry.spi = cpu_to_le32(sa->spi);
	spec->entry.proto = sa->proto;
	if (sa->cmn_flags & G_IPSEC_LA_SA_USE_ESN)
		spec->entry.flags |= cpu_to_le16(VIRTIO_IPSEC_SA_FLAG_ESN);
	if (!(sa->cmn_flags & G_IPSEC_LA_SA_ENCAP_TRANSPORT_MODE)) {
		err = vipsec_set_tunnel(spec, sa);
		if (err)
			return err;
	}
	if (sa->cmn_flags & G_IPSEC_LA_SA_DO_ANTI_REPLAY_CHECK && dir == G_IPSEC_LA_SA_INBOUND)
		vipsec_spec_window(spec, sa->anti_replay_window_size ?: VIPSEC_DEFAULT_WINDOW);
	if (sa->cmn_flags & G_IPSEC_LA_SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL) {
		if (!sa->nat_info.src_port || !sa->nat_info.dest_port)
			return -EINVAL;
		spec->udp.sport = cpu_to_be16(sa->nat_info.src_port);
		spec->udp.dport = cpu_to_be16(sa->nat_info.dest_port);
		view->udp_encapsulation = &spec->udp;
	}
	if (sa->cmn_flags & G_IPSEC_LA_SA_LIFETIME_IN_KB) {
		spec->lifetime.soft_bytes = cpu_to_le64((u64)sa->soft_kilobytes_limit << 10);
		spec->lifetime.hard_bytes = cpu_to_le64((u64)sa->hard_kilobytes_limit << 10);
		view->lifetime = &spec->lifetime;
	}
	err = vipsec_set_events(spec, sa);
	return err ?: vipsec_set_algorithms(spec, &sa->crypto_params);
}

"""#)
}
