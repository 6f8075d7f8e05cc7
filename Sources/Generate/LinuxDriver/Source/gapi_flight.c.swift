extension LinuxDriver {
  static let gapiFlightSource = DriverFile(
    "gapi_flight.c",
    "The g-API: packets in pieces, of which the device reads and writes the callers' memory.",
    #"""
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "gapi_flight.h"

/**
 * vipsec_flight_free() - free a call whose packets are back, or were not taken
 * @flight: the call
 */
void vipsec_flight_free(struct vipsec_flight *flight)
{
	atomic_dec(&flight->app->calls);
	vipsec_app_put(flight->app);
	kfree_sensitive(flight->copies);
	kfree(flight);
}

/* The last packet is back. */
static void vipsec_flight_end(struct vipsec_flight *flight)
{
	struct g_ipsec_la_packet_outargs out = {
		.result = flight->result,
		.num_done = flight->processed,
	};
	struct g_ipsec_la_resp_args resp = flight->resp;
	struct vipsec_app *app = flight->app;

	if (!flight->is_async) {
		complete(&flight->done);
		return;
	}
	vipsec_callback_begin(app);
	vipsec_flight_free(flight);
	if (resp.cb_fn)
		resp.cb_fn(resp.cb_arg, resp.cb_arg_len, &out);
	vipsec_callback_end(app);
}

/* Spreads the result over the pieces of room that there are. */
static void vipsec_spread(struct vipsec_piecewise *packet)
{
	u32 i, part, left = packet->packet.output_length;

	for (i = 0; packet->out && i < packet->count; i++) {
		part = min(left, packet->out[i].length);
		packet->out[i].length = part;
		left -= part;
	}
}

static void vipsec_piecewise_complete(struct vipsec_packet *base)
{
	struct vipsec_piecewise *packet = container_of(base, struct vipsec_piecewise, packet);
	struct vipsec_flight *flight = packet->flight;
	u32 number = packet - flight->packets;

	vipsec_spread(packet);
	spin_lock_bh(&flight->lock);
	if (!base->error) {
		flight->processed++;
	} else if (!flight->result || number < flight->first) {
		flight->result = base->error;
		flight->first = number;
	}
	spin_unlock_bh(&flight->lock);
	if (atomic_dec_and_test(&flight->left))
		vipsec_flight_end(flight);
}

/* Memory that can be mapped for DMA: of the linear mapping, and not on a stack. */
static bool vipsec_is_mappable(const u8 *buffer, u32 length)
{
	return buffer && virt_addr_valid(buffer) && virt_addr_valid(buffer + length - 1);
}

/* Makes a list of pieces; those of length 0 are left out, of which input has none. */
static int vipsec_list_pieces(struct scatterlist *list, const struct g_ipsec_la_data *data,
			      u32 count, bool is_input, u32 *length)
{
	u32 i, used = 0;

	*length = 0;
	sg_init_table(list, count);
	for (i = 0; i < count; i++) {
		if (!data[i].length && !is_input)
			continue;
		if (!data[i].length || !vipsec_is_mappable(data[i].buffer, data[i].length))
			return -EINVAL;
		if (check_add_overflow(*length, data[i].length, length))
			return -EMSGSIZE;
		sg_set_buf(&list[used++], data[i].buffer, data[i].length);
	}
	if (used)
		sg_mark_end(&list[used - 1]);
	return used;
}

static u64 vipsec_length(const struct g_ipsec_la_packet *packet)
{
	u64 length = 0;
	u32 i;

	for (i = 0; i < packet->num_sg; i++)
		length += packet->data[i].length;
	return length;
}

static bool vipsec_is_too_long(const struct vipsec_app *app, const struct g_ipsec_la_packet *packet)
{
	return vipsec_length(packet) > min_t(u32, app->client.vi->limits.max_packet,
					     G_IPSEC_LA_MAX_PACKET_SIZE);
}

static int vipsec_load_pieces(struct vipsec_piecewise *packet, const struct g_ipsec_la_data *in,
			      struct g_ipsec_la_data *out)
{
	u32 count = packet->count;
	int found;

	found = vipsec_list_pieces(packet->pieces, in, count, true, &packet->packet.input_length);
	if (found < 0)
		return found;
	packet->packet.input = packet->pieces;
	packet->packet.input_pieces = found;
	found = vipsec_list_pieces(packet->pieces + count, out, count, false,
				   &packet->packet.capacity);
	if (found < 0)
		return found;
	packet->packet.output = found ? packet->pieces + count : NULL;
	packet->packet.output_pieces = found;
	if (packet->packet.capacity > VIRTIO_IPSEC_MAX_OUTPUT)
		return -EMSGSIZE;
	if (in[0].buffer == out[0].buffer)
		packet->packet.flags |= VIRTIO_IPSEC_DATA_FLAG_IN_PLACE;
	return 0;
}

/* Of a call without an answer, packet and result are copies that go with the call. */
static int vipsec_load_copy(struct vipsec_piecewise *packet, const struct g_ipsec_la_data *in,
			    u8 **room)
{
	u32 slack = packet->flight->app->client.vi->limits.headroom +
		    packet->flight->app->client.vi->limits.tailroom;
	u32 i, length = 0;

	for (i = 0; i < packet->count; i++) {
		memcpy(*room + length, in[i].buffer, in[i].length);
		length += in[i].length;
	}
	sg_init_one(&packet->pieces[0], *room, length);
	sg_init_one(&packet->pieces[1], *room, length + slack);
	packet->packet.input = &packet->pieces[0];
	packet->packet.output = &packet->pieces[1];
	packet->packet.input_pieces = 1;
	packet->packet.output_pieces = 1;
	packet->packet.input_length = length;
	packet->packet.capacity = length + slack;
	packet->packet.flags = VIRTIO_IPSEC_DATA_FLAG_IN_PLACE;
	*room += ALIGN(length + slack, ARCH_KMALLOC_MINALIGN);
	return 0;
}

static int vipsec_check_packets(struct vipsec_app *app, const struct g_ipsec_la_packet *in,
				struct g_ipsec_la_packet *out, u32 count, u32 *pieces,
				size_t *bytes)
{
	u32 slack = app->client.vi->limits.headroom + app->client.vi->limits.tailroom;
	u32 i, k;

	*pieces = 0;
	*bytes = 0;
	for (i = 0; i < count; i++) {
		if (!in[i].num_sg || in[i].num_sg > G_IPSEC_LA_MAX_SG || !in[i].data)
			return -EINVAL;
		if (out && (out[i].num_sg != in[i].num_sg || !out[i].data))
			return -EINVAL;
		for (k = 0; k < in[i].num_sg; k++) {
			if (!in[i].data[k].buffer || !in[i].data[k].length)
				return -EINVAL;
		}
		*pieces += 2 * in[i].num_sg;
		if (!vipsec_is_too_long(app, &in[i]))
			*bytes += ALIGN(vipsec_length(&in[i]) + slack, ARCH_KMALLOC_MINALIGN);
	}
	return 0;
}

/**
 * vipsec_flight_make() - get packets ready
 * @app: whose they are
 * @flags: of enum g_ipsec_la_control_flags
 * @in: the packets
 * @out: room for the results, and for their lengths
 * @count: how many
 *
 * Return: the call, or an error pointer.
 */
struct vipsec_flight *vipsec_flight_make(struct vipsec_app *app, u32 flags,
					 const struct g_ipsec_la_packet *in,
					 struct g_ipsec_la_packet *out, u32 count)
{
	bool is_silent = flags & G_IPSEC_LA_CTRL_FLAG_NO_RESP_EXPECTED;
	gfp_t gfp = (flags ? GFP_ATOMIC : GFP_KERNEL) | __GFP_NOWARN | __GFP_ZERO;
	struct vipsec_flight *flight;
	struct scatterlist *pieces;
	size_t size, bytes;
	u8 *room = NULL;
	u32 i, all;
	int err;

	err = vipsec_check_packets(app, in, is_silent ? NULL : out, count, &all, &bytes);
	if (err)
		return ERR_PTR(err);
	size = struct_size(flight, packets, count);
	flight = kmalloc(size + all * sizeof(*pieces) + count * sizeof(*flight->list), gfp);
	if (!flight)
		return ERR_PTR(-ENOMEM);
	err = vipsec_app_count_call(app);
	if (err) {
		kfree(flight);
		return ERR_PTR(err);
	}
	refcount_inc(&app->client.ref);
	flight->app = app;
	if (is_silent && bytes) {
		flight->copies = kmalloc(bytes, gfp);
		room = flight->copies;
		if (!room) {
			vipsec_flight_free(flight);
			return ERR_PTR(-ENOMEM);
		}
	}
	atomic_set(&flight->left, count);
	init_completion(&flight->done);
	spin_lock_init(&flight->lock);
	flight->is_async = flags;
	pieces = (void *)flight + size;
	flight->list = (void *)(pieces + all);
	for (i = 0; i < count && !err; i++) {
		struct vipsec_piecewise *packet = &flight->packets[i];

		packet->flight = flight;
		packet->pieces = pieces;
		packet->packet.complete = vipsec_piecewise_complete;
		packet->out = is_silent ? NULL : out[i].data;
		packet->count = in[i].num_sg;
		pieces += 2 * in[i].num_sg;
		if (vipsec_is_too_long(app, &in[i]))
			err = -EMSGSIZE;
		else
			err = is_silent ? vipsec_load_copy(packet, in[i].data, &room) :
			      vipsec_load_pieces(packet, in[i].data, out[i].data);
		packet->packet.error = err;
		if (!err)
			flight->list[flight->listed++] = &packet->packet;
		else if (err == -EMSGSIZE)
			err = 0;
	}
	if (err) {
		vipsec_flight_free(flight);
		return ERR_PTR(err);
	}
	return flight;
}

/**
 * vipsec_flight_refuse() - end packets that are no reason not to submit the others
 * @flight: the call, with packets that are listed, which are not submitted yet
 * @count: packets of the call
 */
void vipsec_flight_refuse(struct vipsec_flight *flight, u32 count)
{
	u32 i;

	for (i = 0; i < count; i++) {
		if (flight->packets[i].packet.error)
			vipsec_piecewise_complete(&flight->packets[i].packet);
	}
}

/**
 * vipsec_flight_wait() - wait for the last packet
 * @flight: the call, which is freed
 *
 * A device that keeps one is reset, which gives it back.
 *
 * Return: 0, or the error of the first packet that failed.
 */
int vipsec_flight_wait(struct vipsec_flight *flight)
{
	struct vipsec *vi = flight->app->client.vi;
	int err = 0;

	if (!wait_for_completion_timeout(&flight->done, vipsec_timeout())) {
		vipsec_trouble(vi, "a packet does not come back");
		wait_for_completion(&flight->done);
		err = -ETIMEDOUT;
	}
	if (!err)
		err = flight->result;
	vipsec_flight_free(flight);
	return err;
}

/**
 * vipsec_flight_return() - give back packets that the device has not taken
 * @flight: the call, which may have ended with them
 * @from: the first of them in the list
 * @error: what is said of them
 */
void vipsec_flight_return(struct vipsec_flight *flight, u32 from, int error)
{
	u32 i, count = flight->listed;

	for (i = from; i < count; i++) {
		flight->list[i]->error = error;
		vipsec_piecewise_complete(flight->list[i]);
	}
}

"""#)
}
