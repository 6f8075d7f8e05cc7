extension LinuxDriver {
  static let gapiControlSource = DriverFile(
    "gapi_control.c",
    "The g-API: capabilities, groups and SAs.",
    #"""
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "gapi.h"

static int vipsec_run_group_create(struct vipsec_call *call)
{
	struct g_ipsec_la_group_create_outargs *out = call->out;
	struct vipsec_group *group;
	int err;

	err = vipsec_group_add(&call->app->client, call->identity, &group);
	if (!err)
		vipsec_handle_bytes(out->group_handle, group->id);
	return err;
}

int g_ipsec_la_group_create(const struct g_ipsec_la_handle *handle,
			    const struct g_ipsec_la_group_create_inargs *in, u32 flags,
			    struct g_ipsec_la_group_create_outargs *out,
			    const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	if (!in || (in->group_identity && strlen(in->group_identity) >= G_IPSEC_LA_IDENTITY_SIZE))
		return vipsec_call_refuse(-EINVAL, flags, out ? &out->result : NULL);
	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, true, resp,
				vipsec_run_group_create);
	if (IS_ERR(call))
		return PTR_ERR(call);
	strscpy(call->identity, in->group_identity ?: "", sizeof(call->identity));
	return vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_group_create);

static int vipsec_run_group_delete(struct vipsec_call *call)
{
	struct vipsec_group *group = vipsec_call_group(call);

	return group ? vipsec_group_delete(&call->app->client, group) : -ENOENT;
}

int g_ipsec_la_group_delete(const struct g_ipsec_la_handle *handle, u32 flags,
			    struct g_ipsec_la_result_outargs *out,
			    const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, false, resp,
				vipsec_run_group_delete);
	return IS_ERR(call) ? PTR_ERR(call) : vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_group_delete);

static int vipsec_run_sa_add(struct vipsec_call *call)
{
	struct g_ipsec_la_sa_add_outargs *out = call->out;
	struct vipsec_sa *sa;
	int err;

	err = vipsec_sa_add(&call->app->client, vipsec_call_group(call),
			    vipsec_operation(call->dir), call->description, call->length,
			    call->count, &sa);
	if (err)
		return err;
	swap(sa->owner_data, *(void **)&call->params);
	if (out)
		vipsec_handle_bytes(out->handle.ipsec_sa_handle, sa->id);
	return 0;
}

/* What an application may know of its SA later: everything but keys. */
static struct g_ipsec_la_sa *vipsec_without_keys(const struct g_ipsec_la_sa *sa)
{
	struct g_ipsec_la_sa *params = kmemdup(sa, sizeof(*sa), GFP_KERNEL);

	if (params) {
		params->crypto_params.auth_key = NULL;
		params->crypto_params.cipher_key = NULL;
		params->crypto_params.comb_key = NULL;
		params->crypto_params.iv = NULL;
	}
	return params;
}

static int vipsec_describe(struct vipsec_call *call, const struct g_ipsec_la_sa_add_inargs *in)
{
	struct vipsec_spec *specs;
	u8 i;
	int err = 0;

	specs = kcalloc(in->num_sas, sizeof(*specs), GFP_KERNEL);
	if (!specs)
		return -ENOMEM;
	for (i = 0; i < in->num_sas && !err; i++)
		err = vipsec_spec_from_params(&specs[i], &in->sa_params[i], in->dir);
	if (!err) {
		call->description = vipsec_spec_build(specs, in->num_sas, &call->length);
		if (IS_ERR(call->description)) {
			err = PTR_ERR(call->description);
			call->description = NULL;
		}
	}
	kfree_sensitive(specs);
	if (err)
		return err;
	call->count = in->num_sas;
	call->dir = in->dir;
	call->params = vipsec_without_keys(&in->sa_params[0]);
	return call->params ? 0 : -ENOMEM;
}

int g_ipsec_la_sa_add(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_add_inargs *in, u32 flags,
		      struct g_ipsec_la_sa_add_outargs *out,
		      const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;
	int err;

	if (!in || !in->sa_params || !in->num_sas || in->num_sas > G_IPSEC_LA_MAX_BUNDLE ||
	    (u32)in->dir > G_IPSEC_LA_SA_OUTBOUND)
		return vipsec_call_refuse(-EINVAL, flags, out ? &out->result : NULL);
	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, false, resp,
				vipsec_run_sa_add);
	if (IS_ERR(call))
		return PTR_ERR(call);
	err = vipsec_describe(call, in);
	if (err) {
		vipsec_call_refuse(err, flags, call->result);
		vipsec_call_free(call);
		return err;
	}
	return vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_sa_add);

static int vipsec_run_sa_mod(struct vipsec_call *call)
{
	struct vipsec_sa *sa = vipsec_call_sa(call, call->sa);
	int err;

	if (!sa)
		return -ENOENT;
	err = vipsec_sa_mod(sa, &call->mod);
	vipsec_sa_put(sa);
	return err;
}

int g_ipsec_la_sa_mod(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_mod_inargs *in, u32 flags,
		      struct g_ipsec_la_result_outargs *out,
		      const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	if (!in || (u32)in->dir > G_IPSEC_LA_SA_OUTBOUND)
		return vipsec_call_refuse(-EINVAL, flags, out ? &out->result : NULL);
	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, false, resp,
				vipsec_run_sa_mod);
	if (IS_ERR(call))
		return PTR_ERR(call);
	call->dir = in->dir;
	call->sa = vipsec_handle_number(in->handle.ipsec_sa_handle);
	call->mod = *in;
	return vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_sa_mod);

static int vipsec_run_sa_del(struct vipsec_call *call)
{
	struct vipsec_sa *sa = vipsec_call_sa(call, call->sa);
	int err;

	if (!sa)
		return -ENOENT;
	err = vipsec_sa_delete(sa);
	vipsec_sa_put(sa);
	return err;
}

int g_ipsec_la_sa_del(const struct g_ipsec_la_handle *handle,
		      const struct g_ipsec_la_sa_del_inargs *in, u32 flags,
		      struct g_ipsec_la_result_outargs *out,
		      const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	if (!in || (u32)in->dir > G_IPSEC_LA_SA_OUTBOUND)
		return vipsec_call_refuse(-EINVAL, flags, out ? &out->result : NULL);
	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, false, resp,
				vipsec_run_sa_del);
	if (IS_ERR(call))
		return PTR_ERR(call);
	call->dir = in->dir;
	call->sa = vipsec_handle_number(in->handle.ipsec_sa_handle);
	return vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_sa_del);

static int vipsec_run_sa_flush(struct vipsec_call *call)
{
	return vipsec_sa_flush(&call->app->client, vipsec_call_group(call));
}

int g_ipsec_la_sa_flush(const struct g_ipsec_la_handle *handle, u32 flags,
			struct g_ipsec_la_result_outargs *out,
			const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_call *call;

	call = vipsec_call_make(handle, flags, out, out ? &out->result : NULL, false, resp,
				vipsec_run_sa_flush);
	return IS_ERR(call) ? PTR_ERR(call) : vipsec_call_start(call);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_sa_flush);

"""#)
}
