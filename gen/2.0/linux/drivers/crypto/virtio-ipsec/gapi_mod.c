// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The g-API: what changes of an SA, as the device is told.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "gapi.h"

/* Room for every attribute that can change. */
#define VIPSEC_CHANGE_ROOM	(VIRTIO_IPSEC_MAX_REPLAY_BITMAP + 512)

struct vipsec_change {
	struct virtio_ipsec_sa_description_view was;
	struct virtio_ipsec_sa_changes_view view;
	struct virtio_ipsec_tunnel_ipv4 tunnel_ipv4;
	struct virtio_ipsec_tunnel_ipv6 tunnel_ipv6;
	struct virtio_ipsec_udp_encapsulation udp;
	struct virtio_ipsec_replay_window window;
	struct virtio_ipsec_sequence sequence;
	u8 bitmap[VIRTIO_IPSEC_MAX_REPLAY_BITMAP];
};

/* An end of the tunnel: the near one is the source of what goes out. */
static int vipsec_change_address(struct vipsec_change *change,
				 const struct g_ipsec_la_sa_mod_inargs *in)
{
	const struct virtio_ipsec_sa_attributes_view *was = &change->was.sa_attributes;
	bool is_local = in->mod_flags == G_IPSEC_LA_SA_MODIFY_LOCAL_GW_INFO;
	bool is_source = is_local == (in->dir == G_IPSEC_LA_SA_OUTBOUND);
	const struct g_ipsec_la_ip_addr *address = &in->addr_info.addr;

	if (was->tunnel_ipv4 && address->version == G_IPSEC_LA_IPV4) {
		change->tunnel_ipv4 = *was->tunnel_ipv4;
		memcpy(is_source ? &change->tunnel_ipv4.saddr : &change->tunnel_ipv4.daddr,
		       address->addr, sizeof(change->tunnel_ipv4.saddr));
		change->view.tunnel_ipv4 = &change->tunnel_ipv4;
	} else if (was->tunnel_ipv6 && address->version == G_IPSEC_LA_IPV6) {
		change->tunnel_ipv6 = *was->tunnel_ipv6;
		memcpy(is_source ? change->tunnel_ipv6.saddr : change->tunnel_ipv6.daddr,
		       address->addr, sizeof(change->tunnel_ipv6.saddr));
		change->view.tunnel_ipv6 = &change->tunnel_ipv6;
	} else {
		return -EINVAL;
	}
	if (!in->addr_info.port)
		return 0;
	if (!was->udp_encapsulation)
		return -EINVAL;
	change->udp = *was->udp_encapsulation;
	if (is_source)
		change->udp.sport = cpu_to_be16(in->addr_info.port);
	else
		change->udp.dport = cpu_to_be16(in->addr_info.port);
	change->view.udp_encapsulation = &change->udp;
	return 0;
}

/* What was received before is taken as received. */
static int vipsec_change_replay(struct vipsec_change *change, struct vipsec_sa *sa,
				const struct g_ipsec_la_sa_mod_replay *replay)
{
	const struct virtio_ipsec_replay_window *was = change->was.sa_attributes.replay_window;
	bool has_number = replay->flags & G_IPSEC_LA_SA_MODIFY_SEQ_NUM;
	bool has_size = replay->flags & G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW;
	u64 number = has_number ? replay->seq_num : atomic64_read(&sa->sequence);

	if (!has_number && !has_size)
		return -EINVAL;
	if (!was) {
		if (has_size)
			return -EOPNOTSUPP;
		change->sequence.last = cpu_to_le64(number);
		change->view.sequence = &change->sequence;
		return 0;
	}
	change->window = *was;
	if (has_size)
		change->window.size = cpu_to_le32(replay->anti_replay_window_size);
	change->window.highest = cpu_to_le64(number);
	change->view.replay_window = &change->window;
	if (number) {
		memset(change->bitmap, 0xff, sizeof(change->bitmap));
		change->view.replay_bitmap = change->bitmap;
		change->view.replay_bitmap_len =
			min_t(u32, DIV_ROUND_UP(le32_to_cpu(change->window.size), 8),
			      sizeof(change->bitmap));
	}
	return 0;
}

static int vipsec_change_fill(struct vipsec_change *change, struct vipsec_sa *sa,
			      const struct g_ipsec_la_sa_mod_inargs *in)
{
	struct virtio_ipsec_reader reader;

	if (virtio_ipsec_start_reader(&reader, sa->description, sa->length, 1) ||
	    virtio_ipsec_parse_sa_description(&reader, &change->was))
		return -EINVAL;
	switch (in->mod_flags) {
	case G_IPSEC_LA_SA_MODIFY_LOCAL_GW_INFO:
	case G_IPSEC_LA_SA_MODIFY_PEER_GW_INFO:
		return vipsec_change_address(change, in);
	case G_IPSEC_LA_SA_MODIFY_REPLAY_INFO:
		return vipsec_change_replay(change, sa, &in->replay);
	default:
		return -EINVAL;
	}
}

/* What the application reads of its SA is what it has made of it. */
static void vipsec_note_change(struct g_ipsec_la_sa *params,
			       const struct g_ipsec_la_sa_mod_inargs *in)
{
	bool is_local = in->mod_flags == G_IPSEC_LA_SA_MODIFY_LOCAL_GW_INFO;
	bool is_source = is_local == (in->dir == G_IPSEC_LA_SA_OUTBOUND);
	u16 port = in->addr_info.port;

	if (in->mod_flags == G_IPSEC_LA_SA_MODIFY_REPLAY_INFO) {
		if (in->replay.flags & G_IPSEC_LA_SA_MODIFY_ANTI_REPLAY_WINDOW)
			params->anti_replay_window_size = in->replay.anti_replay_window_size;
		return;
	}
	if (is_source) {
		params->te_addr.src_ip = in->addr_info.addr;
		params->nat_info.src_port = port ?: params->nat_info.src_port;
	} else {
		params->te_addr.dest_ip = in->addr_info.addr;
		params->nat_info.dest_port = port ?: params->nat_info.dest_port;
	}
}

/**
 * vipsec_sa_mod() - change an SA as an application wants it
 * @sa: the SA
 * @in: what is to be changed
 *
 * Return: 0 or a negative error.
 */
int vipsec_sa_mod(struct vipsec_sa *sa, const struct g_ipsec_la_sa_mod_inargs *in)
{
	struct vipsec_change *change = kzalloc(sizeof(*change), GFP_KERNEL);
	void *bytes = kzalloc(VIPSEC_CHANGE_ROOM, GFP_KERNEL);
	struct virtio_ipsec_writer writer;
	int err = -ENOMEM;

	if (!change || !bytes)
		goto free;
	err = vipsec_change_fill(change, sa, in);
	if (err)
		goto free;
	if (virtio_ipsec_start_writer(&writer, bytes, VIPSEC_CHANGE_ROOM, 1) ||
	    virtio_ipsec_build_sa_changes(&writer, &change->view)) {
		err = -EINVAL;
		goto free;
	}
	err = vipsec_sa_update(sa, bytes, VIPSEC_CHANGE_ROOM - writer.left);
	if (!err && sa->owner_data)
		vipsec_note_change(sa->owner_data, in);
free:
	kfree(bytes);
	kfree(change);
	return err;
}
