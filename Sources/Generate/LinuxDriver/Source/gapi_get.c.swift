extension LinuxDriver {
  static let gapiGetSource = DriverFile(
    "gapi_get.c",
    "The g-API: what is known of accelerators and SAs.",
    #"""
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "gapi.h"

/* A capability of the g-API, and the feature that stands for it. */
static const struct {
	u32 capability;
	u32 feature;
} vipsec_capabilities[] = {
	{ G_IPSEC_LA_CAP_SG, VIRTIO_IPSEC_F_SG_BUFFERS },
	{ G_IPSEC_LA_CAP_AH, VIRTIO_IPSEC_F_AH },
	{ G_IPSEC_LA_CAP_WESP, VIRTIO_IPSEC_F_WESP },
	{ G_IPSEC_LA_CAP_MULTI_SEC_PROTOCOL, VIRTIO_IPSEC_F_SA_BUNDLES },
	{ G_IPSEC_LA_CAP_UDP_ENCAP, VIRTIO_IPSEC_F_UDP_ENCAPSULATION },
	{ G_IPSEC_LA_CAP_ESN, VIRTIO_IPSEC_F_ESN },
	{ G_IPSEC_LA_CAP_TFC, VIRTIO_IPSEC_F_TFC },
	{ G_IPSEC_LA_CAP_ECN, VIRTIO_IPSEC_F_ECN },
	{ G_IPSEC_LA_CAP_DF, VIRTIO_IPSEC_F_DF },
	{ G_IPSEC_LA_CAP_ANTI_REPLAY_CHECK, VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK },
	{ G_IPSEC_LA_CAP_IPV6_SUPPORT, VIRTIO_IPSEC_F_IPV6_SUPPORT },
	{ G_IPSEC_LA_CAP_SOFT_LIFETIME_BYTES_NOTIFY, VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY },
	{ G_IPSEC_LA_CAP_SEQNUM_OVERFLOW_NOTIFY, VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY },
	{ G_IPSEC_LA_CAP_SEQNUM_PERIODIC_NOTIFY, VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY },
};

/* An algorithm of the g-API, and those of the device's that stand for it. */
struct vipsec_algorithms {
	u32 number;
	u64 device;
};

#define VIPSEC_CCM	(BIT_ULL(VIRTIO_IPSEC_AES_CCM_ICV8) | \
			 BIT_ULL(VIRTIO_IPSEC_AES_CCM_ICV12) | \
			 BIT_ULL(VIRTIO_IPSEC_AES_CCM_ICV16))
#define VIPSEC_GCM	(BIT_ULL(VIRTIO_IPSEC_AES_GCM_ICV8) | \
			 BIT_ULL(VIRTIO_IPSEC_AES_GCM_ICV12) | \
			 BIT_ULL(VIRTIO_IPSEC_AES_GCM_ICV16))
#define VIPSEC_GMAC	BIT_ULL(VIRTIO_IPSEC_AES_GMAC)

static const struct vipsec_algorithms vipsec_auths[] = {
	{ G_IPSEC_LA_AUTH_ALGO_MD5_HMAC, BIT_ULL(VIRTIO_IPSEC_HMAC_MD5) },
	{ G_IPSEC_LA_AUTH_ALGO_SHA1_HMAC, BIT_ULL(VIRTIO_IPSEC_HMAC_SHA1) },
	{ G_IPSEC_LA_AUTH_AESXCBC, BIT_ULL(VIRTIO_IPSEC_HMAC_AES_XCBC_MAC) },
	{ G_IPSEC_LA_AUTH_ALGO_SHA2_256_HMAC, BIT_ULL(VIRTIO_IPSEC_HMAC_SHA256) },
	{ G_IPSEC_LA_AUTH_ALGO_SHA2_384_HMAC, BIT_ULL(VIRTIO_IPSEC_HMAC_SHA384) },
	{ G_IPSEC_LA_AUTH_ALGO_SHA2_512_HMAC, BIT_ULL(VIRTIO_IPSEC_HMAC_SHA512) },
	{ G_IPSEC_LA_AUTH_ALGO_HMAC_SHA1_160, BIT_ULL(VIRTIO_IPSEC_HMAC_SHA1_160) },
};

static const struct vipsec_algorithms vipsec_ciphers[] = {
	{ G_IPSEC_LA_CIPHER_ALGO_NULL, BIT_ULL(VIRTIO_IPSEC_ESP_NULL) },
	{ G_IPSEC_LA_CIPHER_ALGO_DES_CBC, BIT_ULL(VIRTIO_IPSEC_DES_CBC) },
	{ G_IPSEC_LA_CIPHER_ALGO_3DES_CBC, BIT_ULL(VIRTIO_IPSEC_3DES_CBC) },
	{ G_IPSEC_LA_CIPHER_ALGO_AES_CBC, BIT_ULL(VIRTIO_IPSEC_AES_CBC) },
	{ G_IPSEC_LA_CIPHER_ALGO_AES_CTR, BIT_ULL(VIRTIO_IPSEC_AESCTR) },
	{ G_IPSEC_LA_CIPHER_ALGO_AES_CCM, VIPSEC_CCM },
	{ G_IPSEC_LA_CIPHER_ALGO_AES_GCM, VIPSEC_GCM },
	{ G_IPSEC_LA_CIPHER_ALGO_AES_GMAC, VIPSEC_GMAC },
};

static const struct vipsec_algorithms vipsec_combined[] = {
	{ G_IPSEC_LA_COMB_ALGO_AES_CCM, VIPSEC_CCM },
	{ G_IPSEC_LA_COMB_ALGO_AES_GCM, VIPSEC_GCM },
	{ G_IPSEC_LA_COMB_ALGO_AES_GMAC, VIPSEC_GMAC },
};

static u32 vipsec_algorithm_set(const struct vipsec_algorithms *known, size_t count, u64 device)
{
	u32 set = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (known[i].device & device)
			set |= BIT(known[i].number);
	}
	return set;
}

static int vipsec_run_capabilities_get(struct vipsec_call *call)
{
	struct g_ipsec_la_capabilities_get_outargs *out = call->out;
	struct vipsec *vi = call->app->client.vi;
	u64 ciphers = vi->limits.ciphers | vi->legacy_ciphers;
	u64 auths = vi->limits.auths | vi->legacy_auths;
	struct g_ipsec_la_capabilities *caps = &out->caps;
	size_t i;

	memset(caps, 0, sizeof(*caps));
	caps->flags = G_IPSEC_LA_CAP_ESP;
	for (i = 0; i < ARRAY_SIZE(vipsec_capabilities); i++) {
		if (vi->features & BIT_ULL(vipsec_capabilities[i].feature))
			caps->flags |= vipsec_capabilities[i].capability;
	}
	caps->auth_algo_caps = BIT(G_IPSEC_LA_AUTH_ALGO_NONE) |
		vipsec_algorithm_set(vipsec_auths, ARRAY_SIZE(vipsec_auths), auths);
	caps->cipher_algo_caps =
		vipsec_algorithm_set(vipsec_ciphers, ARRAY_SIZE(vipsec_ciphers), ciphers);
	caps->comb_algo_caps =
		vipsec_algorithm_set(vipsec_combined, ARRAY_SIZE(vipsec_combined), ciphers);
	return 0;
}

int g_ipsec_la_capabilities_get(const struct g_ipsec_la_handle *handle, u32 flags,
				struct g_ipsec_la_capabilities_get_outargs *out,
				const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, true, resp,
				vipsec_run_capabilities_get);
	return IS_ERR(call) ? PTR_ERR(call) : vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_capabilities_get);

static void vipsec_tell_stats(struct g_ipsec_la_sa_stats *stats,
			      const struct virtio_ipsec_sa_statistics *found)
{
	struct g_ipsec_la_sa_protocol_errors *errors = &stats->protocol_violation_errors;

	memset(stats, 0, sizeof(*stats));
	if (!found)
		return;
	stats->packets_processed = le64_to_cpu(found->packets);
	stats->bytes_processed = le64_to_cpu(found->bytes);
	errors->invalid_ipsec_pkt = le64_to_cpu(found->invalid_packet);
	errors->invalid_pad_length = le64_to_cpu(found->invalid_pad);
	errors->invalid_seq_num = le64_to_cpu(found->invalid_sequence);
	errors->anti_replay_late_pkt = le64_to_cpu(found->replay_late);
	errors->anti_replay_replay_pkt = le64_to_cpu(found->replayed);
	errors->invalid_icv = le64_to_cpu(found->invalid_icv);
	errors->seq_num_over_flow = le64_to_cpu(found->sequence_overflow);
	errors->crypto_op_failed = le64_to_cpu(found->crypto_failed);
	stats->process_errors.no_tail_room = le64_to_cpu(found->no_tail_room);
	stats->process_errors.submit_to_accl_failed = le64_to_cpu(found->submit_failed);
}

static int vipsec_tell_sa(struct vipsec_sa *sa, enum g_ipsec_la_sa_get_what what,
			  struct g_ipsec_la_sa_get_outargs *out)
{
	struct virtio_ipsec_sa_report_view records[VIPSEC_BUNDLE];
	struct virtio_ipsec_read_resp_view view = {
		.record = records,
		.record_max = ARRAY_SIZE(records),
	};
	struct vipsec_command *command = NULL;
	u32 i = out->num_sas;
	int err = 0;

	/* Of an SA that was lost, there is nothing to be read. */
	if (out->stats && !sa->handle) {
		memset(&out->stats[i], 0, sizeof(out->stats[i]));
	} else if (out->stats) {
		err = vipsec_sa_read(sa, &view, &command);
		if (!err)
			vipsec_tell_stats(&out->stats[i], records[0].sa_reported.sa_statistics);
		vipsec_command_put(command);
	}
	if (err)
		return err;
	if (what == G_IPSEC_LA_SA_GET_ALL && sa->owner_data)
		out->sa_params[i] = *(struct g_ipsec_la_sa *)sa->owner_data;
	if (out->handles)
		vipsec_handle_bytes(out->handles[i].ipsec_sa_handle, sa->id);
	out->num_sas++;
	return 0;
}

static int vipsec_run_sa_get(struct vipsec_call *call)
{
	u64 from = vipsec_handle_number(call->get.handle.ipsec_sa_handle);
	struct g_ipsec_la_sa_get_outargs *out = call->out;
	struct vipsec_group *group = vipsec_call_group(call);
	struct vipsec_sa *sa;
	int err = 0;

	out->num_sas = 0;
	memset(&out->next, 0, sizeof(out->next));
	if (call->get.operation == G_IPSEC_LA_SA_GET_FIRST_N) {
		from = 0;
	} else {
		sa = vipsec_call_sa(call, from);
		if (!sa)
			return -ENOENT;
		if (call->get.operation == G_IPSEC_LA_SA_GET_EXACT)
			err = sa->handle || !out->stats ?
			      vipsec_tell_sa(sa, call->get.what, out) : -EKEYREJECTED;
		vipsec_sa_put(sa);
		if (call->get.operation == G_IPSEC_LA_SA_GET_EXACT)
			return err;
	}
	list_for_each_entry(sa, &call->app->client.sas, node) {
		if (sa->id < from || sa->operation != vipsec_operation(call->get.dir) ||
		    (group && sa->group != group))
			continue;
		if (out->num_sas == call->get.num_sas) {
			vipsec_handle_bytes(out->next.ipsec_sa_handle, sa->id);
			break;
		}
		err = vipsec_tell_sa(sa, call->get.what, out);
		if (err)
			break;
	}
	return err;
}

int g_ipsec_la_sa_get(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_get_inargs *in, u32 flags,
		      struct g_ipsec_la_sa_get_outargs *out,
		      const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	if (!in || !out || !in->num_sas || (u32)in->dir > G_IPSEC_LA_SA_OUTBOUND ||
	    (u32)in->operation > G_IPSEC_LA_SA_GET_EXACT ||
	    (u32)in->what > G_IPSEC_LA_SA_GET_STATS ||
	    (in->what == G_IPSEC_LA_SA_GET_ALL ? !out->sa_params : !out->stats))
		return vipsec_call_refuse(-EINVAL, flags, out ? &out->result : NULL);
	call = vipsec_call_make(handle, flags, out, &out->result, true, resp, vipsec_run_sa_get);
	if (IS_ERR(call))
		return PTR_ERR(call);
	call->dir = in->dir;
	call->get = *in;
	return vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_sa_get);

"""#)
}
