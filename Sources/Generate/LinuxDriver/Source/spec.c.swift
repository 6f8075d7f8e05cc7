extension LinuxDriver {
  static let specSource = DriverFile(
    "spec.c",
    "An SA as the driver's users describe it becomes what the device is told.",
    #"""
#include <linux/err.h>
#include <linux/slab.h>

#include "spec.h"

/* Room for one: each attribute has a header, and is filled up to 8 bytes. */
#define VIPSEC_SPEC_ROOM	(2 * sizeof(struct vipsec_spec))

/**
 * vipsec_spec_init() - an SA of ESP in transport mode, without algorithms
 * @spec: the SA
 */
void vipsec_spec_init(struct vipsec_spec *spec)
{
	memset(spec, 0, sizeof(*spec));
	spec->entry.proto = VIRTIO_IPSEC_PROTO_ESP;
	spec->entry.mode = VIRTIO_IPSEC_MODE_TRANSPORT;
	spec->view.sa_entry = &spec->entry;
}

/**
 * vipsec_spec_cipher() - give an SA a cipher or a combined algorithm
 * @spec: the SA
 * @algorithm: which
 * @key: its key
 * @key_length: bytes of that
 * @salt: its salt or nonce
 * @salt_length: bytes of that
 *
 * Return: 0, or -EKEYREJECTED for a length that no algorithm has.
 */
int vipsec_spec_cipher(struct vipsec_spec *spec, u16 algorithm, const u8 *key, u32 key_length,
		       const u8 *salt, u32 salt_length)
{
	struct virtio_ipsec_sa_attributes_view *view = &spec->view.sa_attributes;

	if (key_length > sizeof(spec->cipher_key) || salt_length > sizeof(spec->cipher_salt))
		return -EKEYREJECTED;
	memcpy(spec->cipher_key, key, key_length);
	memcpy(spec->cipher_salt, salt, salt_length);
	spec->cipher.algorithm = cpu_to_le16(algorithm);
	view->attr_cipher = &spec->cipher;
	view->cipher_key = spec->cipher_key;
	view->cipher_key_len = key_length;
	view->cipher_salt = spec->cipher_salt;
	view->cipher_salt_len = salt_length;
	return 0;
}

/**
 * vipsec_spec_auth() - give an SA an integrity algorithm
 * @spec: the SA
 * @algorithm: which
 * @key: its key
 * @key_length: bytes of that
 * @salt: its salt
 * @salt_length: bytes of that
 *
 * Return: 0, or -EKEYREJECTED for a length that no algorithm has.
 */
int vipsec_spec_auth(struct vipsec_spec *spec, u16 algorithm, const u8 *key, u32 key_length,
		     const u8 *salt, u32 salt_length)
{
	struct virtio_ipsec_sa_attributes_view *view = &spec->view.sa_attributes;

	if (key_length > sizeof(spec->auth_key) || salt_length > sizeof(spec->auth_salt))
		return -EKEYREJECTED;
	memcpy(spec->auth_key, key, key_length);
	memcpy(spec->auth_salt, salt, salt_length);
	spec->auth.algorithm = cpu_to_le16(algorithm);
	view->attr_auth = &spec->auth;
	view->auth_key = spec->auth_key;
	view->auth_key_len = key_length;
	view->auth_salt = spec->auth_salt;
	view->auth_salt_len = salt_length;
	return 0;
}

/**
 * vipsec_spec_ecn() - let a tunnel propagate congestion notification
 * @spec: the SA
 */
void vipsec_spec_ecn(struct vipsec_spec *spec)
{
	spec->tunnel_ipv4.ecn = 1;
	spec->tunnel_ipv6.ecn = 1;
}

/**
 * vipsec_spec_window() - give an SA a replay window
 * @spec: the SA
 * @size: packets in the window
 */
void vipsec_spec_window(struct vipsec_spec *spec, u32 size)
{
	spec->entry.flags |= cpu_to_le16(VIRTIO_IPSEC_SA_FLAG_ANTI_REPLAY);
	spec->window.size = cpu_to_le32(size);
	spec->view.sa_attributes.replay_window = &spec->window;
}

/**
 * vipsec_spec_build() - describe an SA, or a bundle
 * @specs: the SAs, innermost first
 * @count: how many
 * @length: bytes of the description
 *
 * Return: the description, for kfree_sensitive(), or an error pointer.
 */
void *vipsec_spec_build(const struct vipsec_spec *specs, u16 count, u32 *length)
{
	u32 room = count * VIPSEC_SPEC_ROOM;
	struct virtio_ipsec_writer writer;
	void *bytes;
	u16 i;
	int err;

	bytes = kzalloc(room, GFP_KERNEL);
	if (!bytes)
		return ERR_PTR(-ENOMEM);
	err = virtio_ipsec_start_writer(&writer, bytes, room, 1);
	for (i = 0; i < count && !err; i++)
		err = virtio_ipsec_build_sa_description(&writer, &specs[i].view);
	if (err) {
		kfree_sensitive(bytes);
		return ERR_PTR(-EINVAL);
	}
	*length = room - writer.left;
	return bytes;
}

"""#)
}
