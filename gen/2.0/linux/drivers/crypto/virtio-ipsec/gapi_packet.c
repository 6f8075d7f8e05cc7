// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The g-API: packets for the device.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/export.h>

#include "gapi_flight.h"

/* Whether all that a call names is there. */
static int vipsec_check_call(u32 flags, const struct g_ipsec_la_sa_handle *sa_handle, u32 count,
			     const struct g_ipsec_la_packet *in,
			     const struct g_ipsec_la_packet *out,
			     const struct g_ipsec_la_resp_args *resp)
{
	bool is_silent = flags & G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED;

	if (!sa_handle || !in || (!out && !is_silent) || !count || count > G_IPSEC_LA_MAX_PACKETS)
		return -EINVAL;
	return vipsec_check_flags(flags, resp, false);
}

/*
 * Gives the packets of a call to the device. With an error none was taken;
 * otherwise the flight is for who waits for it, and gone for everybody else.
 */
static int vipsec_take_off(const struct g_ipsec_la_handle *handle, u32 flags, u64 id,
			   u16 operation, u32 count, const struct g_ipsec_la_packet *in,
			   struct g_ipsec_la_packet *out, const struct g_ipsec_la_resp_args *resp,
			   struct vipsec_flight **made)
{
	struct vipsec_flight *flight;
	struct vipsec_app *app;
	struct vipsec_sa *sa;
	u64 group;
	u32 taken;
	int err;

	app = vipsec_app_get(handle);
	if (IS_ERR(app))
		return PTR_ERR(app);
	group = vipsec_handle_number(handle->group_handle);
	sa = vipsec_sa_get(&app->client, id);
	if (!sa || sa->operation != operation || (group && sa->group_id != group)) {
		err = vipsec_absence(app->client.vi);
		goto put;
	}
	flight = vipsec_flight_make(app, flags, in, out, count);
	if (IS_ERR(flight)) {
		err = PTR_ERR(flight);
		goto put;
	}
	*made = flight;
	if (!flight->listed) {
		vipsec_flight_free(flight);
		err = -EMSGSIZE;
		goto put;
	}
	if (flags & G_IPSEC_LA_CTRL_FLAG_ASYNC)
		flight->resp = *resp;
	vipsec_flight_refuse(flight, count);
	err = flags ? vipsec_submit(sa, flight->list, flight->listed, &taken) :
	      vipsec_submit_wait(sa, flight->list, flight->listed, &taken);
	if (!taken) {
		vipsec_flight_free(flight);
	} else if (err) {
		vipsec_flight_return(flight, taken, err);
		err = 0;
	}
put:
	if (sa)
		vipsec_sa_put(sa);
	vipsec_app_put(app);
	return err;
}

/* Of packets that were not processed, the output lengths are 0. */
static void vipsec_clear(struct g_ipsec_la_packet *out, u32 count)
{
	u32 i, k;

	for (i = 0; i < count; i++) {
		if (out[i].num_sg > G_IPSEC_LA_MAX_SG || !out[i].data)
			continue;
		for (k = 0; k < out[i].num_sg; k++)
			out[i].data[k].length = 0;
	}
}

static int vipsec_fly(const struct g_ipsec_la_handle *handle, u32 flags,
		      const struct g_ipsec_la_sa_handle *sa_handle, u16 operation, u32 count,
		      const struct g_ipsec_la_packet *in, struct g_ipsec_la_packet *out,
		      const struct g_ipsec_la_resp_args *resp)
{
	struct vipsec_flight *flight;
	int err;

	err = vipsec_check_call(flags, sa_handle, count, in, out, resp);
	if (err)
		return err;
	err = vipsec_take_off(handle, flags, vipsec_handle_number(sa_handle->ipsec_sa_handle),
			      operation, count, in, out, resp, &flight);
	if (err && !(flags & G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED))
		vipsec_clear(out, count);
	return err || flags ? err : vipsec_flight_wait(flight);
}

int g_ipsec_la_packet_encap(const struct g_ipsec_la_handle *handle, u32 flags,
			    const struct g_ipsec_la_sa_handle *sa_handle, u32 num_sg,
			    const struct g_ipsec_la_data *in_data,
			    struct g_ipsec_la_data *out_data,
			    const struct g_ipsec_la_resp_args *resp)
{
	struct g_ipsec_la_packet in = { num_sg, (struct g_ipsec_la_data *)in_data };
	struct g_ipsec_la_packet out = { num_sg, out_data };

	return vipsec_fly(handle, flags, sa_handle, VIRTIO_IPSEC_OP_ENCAP, 1, &in, &out, resp);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_packet_encap);

int g_ipsec_la_packet_decap(const struct g_ipsec_la_handle *handle, u32 flags,
			    const struct g_ipsec_la_sa_handle *sa_handle, u32 num_sg,
			    const struct g_ipsec_la_data *in_data,
			    struct g_ipsec_la_data *out_data,
			    const struct g_ipsec_la_resp_args *resp)
{
	struct g_ipsec_la_packet in = { num_sg, (struct g_ipsec_la_data *)in_data };
	struct g_ipsec_la_packet out = { num_sg, out_data };

	return vipsec_fly(handle, flags, sa_handle, VIRTIO_IPSEC_OP_DECAP, 1, &in, &out, resp);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_packet_decap);

int g_ipsec_la_multi_packet_encap(const struct g_ipsec_la_handle *handle, u32 flags,
				  const struct g_ipsec_la_sa_handle *sa_handle, u32 num_packets,
				  const struct g_ipsec_la_packet *in_packets,
				  struct g_ipsec_la_packet *out_packets,
				  const struct g_ipsec_la_resp_args *resp)
{
	return vipsec_fly(handle, flags, sa_handle, VIRTIO_IPSEC_OP_ENCAP, num_packets, in_packets,
			  out_packets, resp);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_multi_packet_encap);

int g_ipsec_la_multi_packet_decap(const struct g_ipsec_la_handle *handle, u32 flags,
				  const struct g_ipsec_la_sa_handle *sa_handle, u32 num_packets,
				  const struct g_ipsec_la_packet *in_packets,
				  struct g_ipsec_la_packet *out_packets,
				  const struct g_ipsec_la_resp_args *resp)
{
	return vipsec_fly(handle, flags, sa_handle, VIRTIO_IPSEC_OP_DECAP, num_packets, in_packets,
			  out_packets, resp);
}
EXPORT_SYMBOL_GPL(g_ipsec_la_multi_packet_decap);
