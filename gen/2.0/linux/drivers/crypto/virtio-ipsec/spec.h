/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * An SA while it is put together, with room for what its description points
 * to.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_SPEC_H
#define VIRTIO_IPSEC_SPEC_H

#include <linux/virtio_ipsec_wire.h>

/**
 * struct vipsec_spec - an SA as somebody wants it
 * @view: what it has; points to the other members, and to nothing else
 * @entry: what every SA has
 * @tunnel_ipv4: for @view, as the following
 * @tunnel_ipv6: outer header of an IPv6 tunnel
 * @cipher: cipher or combined algorithm
 * @auth: integrity algorithm
 * @udp: UDP encapsulation
 * @window: replay window
 * @lifetime: limits
 * @tfc: padding
 * @notify: events to be told of
 * @cipher_key: key
 * @cipher_salt: salt or nonce
 * @auth_key: key
 * @auth_salt: salt
 */
struct vipsec_spec {
	struct virtio_ipsec_sa_description_view view;
	struct virtio_ipsec_sa_entry entry;
	struct virtio_ipsec_tunnel_ipv4 tunnel_ipv4;
	struct virtio_ipsec_tunnel_ipv6 tunnel_ipv6;
	struct virtio_ipsec_attr_cipher cipher;
	struct virtio_ipsec_attr_auth auth;
	struct virtio_ipsec_udp_encapsulation udp;
	struct virtio_ipsec_replay_window window;
	struct virtio_ipsec_lifetime lifetime;
	struct virtio_ipsec_tfc tfc;
	struct virtio_ipsec_notify notify;
	u8 cipher_key[VIRTIO_IPSEC_MAX_CIPHER_KEY];
	u8 cipher_salt[VIRTIO_IPSEC_MAX_CIPHER_SALT];
	u8 auth_key[VIRTIO_IPSEC_MAX_AUTH_KEY];
	u8 auth_salt[VIRTIO_IPSEC_MAX_AUTH_SALT];
};

void vipsec_spec_init(struct vipsec_spec *spec);
int vipsec_spec_cipher(struct vipsec_spec *spec, u16 algorithm, const u8 *key, u32 key_length,
		       const u8 *salt, u32 salt_length);
int vipsec_spec_auth(struct vipsec_spec *spec, u16 algorithm, const u8 *key, u32 key_length,
		     const u8 *salt, u32 salt_length);
void vipsec_spec_ecn(struct vipsec_spec *spec);
void vipsec_spec_window(struct vipsec_spec *spec, u32 size);
void *vipsec_spec_build(const struct vipsec_spec *specs, u16 count, u32 *length);

#endif /* VIRTIO_IPSEC_SPEC_H */
