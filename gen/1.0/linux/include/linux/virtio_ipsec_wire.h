/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * virtio-ipsec-la 1.0. The look-aside IPsec accelerator as the published guest
 * driver of the proof of concept uses it.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 1.0
 *
 * A view points to the parts of a chain, which stay where they are. A parser
 * fills it from a buffer and checks every length; a builder writes the buffer
 * from it, with lengths, counts and codes set. Arrays in a view are the
 * caller's: _max is the room, _count what is used. Where structures are not
 * packed, a buffer has to be aligned to 8 bytes.
 *
 * A parser's buffer is a private copy: what it has checked must not change
 * while the view is used, so memory that the other side can write is copied
 * first.
 *
 * A buffer holds one area of a chain, what the device reads or what it writes,
 * in one piece. Where the area is spread over a scatter-gather list, copy it
 * to one piece first and from one piece back, as sg_copy_to_buffer() and
 * sg_copy_from_buffer() or iov_to_buf() and iov_from_buf() do; descriptors are
 * no part of the format.
 *
 * Reserved bytes and bits that are not zero are refused, by parsers and
 * builders alike; those of packed structures, of which the published documents
 * say nothing, are let through. Numbers of a request have to be in the range
 * of their field and to be known, but for codes in packed structures that
 * nothing in the chain depends on; numbers in an answer may be those of a
 * later version.
 */
#ifndef VIRTIO_IPSEC_WIRE_H
#define VIRTIO_IPSEC_WIRE_H

#ifdef __KERNEL__
#include <linux/string.h>
#include <asm/byteorder.h>
#else
#include <string.h>
#endif
#include <linux/virtio_ipsec.h>

/**
 * enum virtio_ipsec_error - why a parser or builder refuses
 * @VIRTIO_IPSEC_ESHORT: the buffer ends too early
 * @VIRTIO_IPSEC_ELENGTH: a length contradicts what it measures, or bytes are
 *   left over
 * @VIRTIO_IPSEC_ELIMIT: a length is beyond its limit
 * @VIRTIO_IPSEC_ECOUNT: a count contradicts another, or is beyond what there
 *   is
 * @VIRTIO_IPSEC_EPART: a part is missing, or is there without what it
 *   belongs to
 * @VIRTIO_IPSEC_ECODE: the class or command is another
 * @VIRTIO_IPSEC_ERESERVED: reserved bytes or bits are not zero
 * @VIRTIO_IPSEC_EATTRIBUTE: an attribute is unknown and may not be ignored,
 *   or has no place here
 * @VIRTIO_IPSEC_EDUPLICATE: an attribute is there twice
 * @VIRTIO_IPSEC_EVALUE: a number is none of its enumeration's
 * @VIRTIO_IPSEC_ERANGE: a number is outside the range of its field
 * @VIRTIO_IPSEC_EROOM: the caller's array is too small for the bytes there
 *   are; its count says how many there would be
 * @VIRTIO_IPSEC_EALIGN: the caller's buffer is not aligned to 8 bytes:
 *   nothing is wrong with the bytes
 * @VIRTIO_IPSEC_EALGORITHM: an algorithm is none that is known
 *
 * None is an errno: all are below -4095, and are for the caller, not for user
 * space. A device answers a request that it refuses with an error.
 */
enum virtio_ipsec_error {
	VIRTIO_IPSEC_ESHORT = -5001,
	VIRTIO_IPSEC_ELENGTH = -5002,
	VIRTIO_IPSEC_ELIMIT = -5003,
	VIRTIO_IPSEC_ECOUNT = -5004,
	VIRTIO_IPSEC_EPART = -5005,
	VIRTIO_IPSEC_ECODE = -5006,
	VIRTIO_IPSEC_ERESERVED = -5007,
	VIRTIO_IPSEC_EATTRIBUTE = -5008,
	VIRTIO_IPSEC_EDUPLICATE = -5009,
	VIRTIO_IPSEC_EVALUE = -5010,
	VIRTIO_IPSEC_ERANGE = -5011,
	VIRTIO_IPSEC_EROOM = -5012,
	VIRTIO_IPSEC_EALIGN = -5013,
	VIRTIO_IPSEC_EALGORITHM = -5014
};

/* Integers at any alignment. */
#ifdef __KERNEL__
static inline __u16 virtio_ipsec_load_le16(const void *p)
{
	__le16 field;

	memcpy(&field, p, sizeof(field));
	return le16_to_cpu(field);
}

static inline void virtio_ipsec_store_le16(void *p, __u16 value)
{
	__le16 field = cpu_to_le16(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u32 virtio_ipsec_load_le32(const void *p)
{
	__le32 field;

	memcpy(&field, p, sizeof(field));
	return le32_to_cpu(field);
}

static inline void virtio_ipsec_store_le32(void *p, __u32 value)
{
	__le32 field = cpu_to_le32(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u16 virtio_ipsec_load_be16(const void *p)
{
	__be16 field;

	memcpy(&field, p, sizeof(field));
	return be16_to_cpu(field);
}

static inline void virtio_ipsec_store_be16(void *p, __u16 value)
{
	__be16 field = cpu_to_be16(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u32 virtio_ipsec_load_be32(const void *p)
{
	__be32 field;

	memcpy(&field, p, sizeof(field));
	return be32_to_cpu(field);
}

static inline void virtio_ipsec_store_be32(void *p, __u32 value)
{
	__be32 field = cpu_to_be32(value);

	memcpy(p, &field, sizeof(field));
}

#else
static inline __u16 virtio_ipsec_load_le16(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u16)((__u16)b[0] | (__u16)b[1] << 8);
}

static inline void virtio_ipsec_store_le16(void *p, __u16 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)value;
	b[1] = (__u8)(value >> 8);
}

static inline __u32 virtio_ipsec_load_le32(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u32)((__u32)b[0] | (__u32)b[1] << 8 |
			(__u32)b[2] << 16 | (__u32)b[3] << 24);
}

static inline void virtio_ipsec_store_le32(void *p, __u32 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)value;
	b[1] = (__u8)(value >> 8);
	b[2] = (__u8)(value >> 16);
	b[3] = (__u8)(value >> 24);
}

static inline __u16 virtio_ipsec_load_be16(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u16)((__u16)b[0] << 8 | (__u16)b[1]);
}

static inline void virtio_ipsec_store_be16(void *p, __u16 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)(value >> 8);
	b[1] = (__u8)value;
}

static inline __u32 virtio_ipsec_load_be32(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u32)((__u32)b[0] << 24 | (__u32)b[1] << 16 |
			(__u32)b[2] << 8 | (__u32)b[3]);
}

static inline void virtio_ipsec_store_be32(void *p, __u32 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)(value >> 24);
	b[1] = (__u8)(value >> 16);
	b[2] = (__u8)(value >> 8);
	b[3] = (__u8)value;
}

#endif

/* Integers of 16 bits in the guest's order. */
static inline __u16 virtio_ipsec_load_guest16(const void *p, int big_endian)
{
	return big_endian ? virtio_ipsec_load_be16(
		p) : virtio_ipsec_load_le16(p);
}

static inline void
virtio_ipsec_store_guest16(void *p, __u16 value, int big_endian)
{
	if (big_endian)
		virtio_ipsec_store_be16(p, value);
	if (!big_endian)
		virtio_ipsec_store_le16(p, value);
}

/* Integers of 32 bits in the guest's order. */
static inline __u32 virtio_ipsec_load_guest32(const void *p, int big_endian)
{
	return big_endian ? virtio_ipsec_load_be32(
		p) : virtio_ipsec_load_le32(p);
}

static inline void
virtio_ipsec_store_guest32(void *p, __u32 value, int big_endian)
{
	if (big_endian)
		virtio_ipsec_store_be32(p, value);
	if (!big_endian)
		virtio_ipsec_store_le32(p, value);
}

/**
 * struct virtio_ipsec_reader - where a parser stands
 * @at: next byte
 * @left: bytes from there to the end
 * @strict: whether it is a request, whose numbers have to be known
 */
struct virtio_ipsec_reader {
	const __u8 *at;
	__u32 left;
	int strict;
};

static inline int
virtio_ipsec_start_reader(struct virtio_ipsec_reader *c, const void *buf,
			  __u32 len, int strict)
{
	if (len > 0x7fffffff)
		return VIRTIO_IPSEC_ELIMIT;
	c->at = buf;
	c->left = len;
	c->strict = strict;
	return 0;
}

/* The next n bytes; NULL if there are fewer. */
static inline const void *
virtio_ipsec_take(struct virtio_ipsec_reader *c, __u32 n)
{
	const __u8 *at = c->at;

	if (n > c->left)
		return NULL;
	c->at += n;
	c->left -= n;
	return at;
}

/* Moves n bytes on, or to the end. */
static inline void virtio_ipsec_skip(struct virtio_ipsec_reader *c, __u32 n)
{
	virtio_ipsec_take(c, n < c->left ? n : c->left);
}

/* Makes a reader of the next n bytes alone. */
static inline int
virtio_ipsec_split(struct virtio_ipsec_reader *c, __u32 n,
		   struct virtio_ipsec_reader *part)
{
	*part = *c;
	part->left = n;
	return virtio_ipsec_take(c, n) ? 0 : VIRTIO_IPSEC_ESHORT;
}

/*
 * Makes a reader of the last n bytes alone, which the other then does not see.
 */
static inline int
virtio_ipsec_split_end(struct virtio_ipsec_reader *c, __u32 n,
		       struct virtio_ipsec_reader *end)
{
	if (n > c->left)
		return VIRTIO_IPSEC_ESHORT;
	*end = *c;
	end->at += c->left - n;
	end->left = n;
	c->left -= n;
	return 0;
}

/**
 * struct virtio_ipsec_writer - where a builder stands
 * @at: next byte
 * @left: bytes from there to the end
 * @strict: whether it is a request, whose numbers have to be known
 * @gap: bytes left open before the next byte that is used
 */
struct virtio_ipsec_writer {
	__u8 *at;
	__u32 left;
	int strict;
	__u64 gap;
};

static inline int
virtio_ipsec_start_writer(struct virtio_ipsec_writer *c, void *buf, __u32 len,
			  int strict)
{
	if (len > 0x7fffffff)
		return VIRTIO_IPSEC_ELIMIT;
	c->at = buf;
	c->left = len;
	c->strict = strict;
	c->gap = 0;
	return 0;
}

/*
 * Copies n bytes, or zeroes where there is no source; NULL if there is no
 * room. What is left open before them is zeroed, so that nothing is written
 * behind the last byte that is used.
 */
static inline void *
virtio_ipsec_put(struct virtio_ipsec_writer *c, const void *from, __u32 n)
{
	__u8 *at;

	if (!n)
		return c->at;
	if (c->gap > c->left || n > c->left - c->gap)
		return NULL;
	at = c->at + c->gap;
	memset(c->at, 0, (size_t)c->gap);
	if (from)
		memcpy(at, from, n);
	if (!from)
		memset(at, 0, n);
	c->left -= (__u32)c->gap + n;
	c->at = at + n;
	c->gap = 0;
	return at;
}

/* Whether n bytes are zero. */
static inline int virtio_ipsec_is_zero(const void *p, __u32 n)
{
	const __u8 *b = (const __u8 *)p;
	__u8 any = 0;

	while (n)
		any |= b[--n];
	return !any;
}

/**
 * virtio_ipsec_cfg_dev_queue_reg() - find and read: what the device says
 *   about its queues
 * @cfg: configuration space
 * @len: its size in bytes
 * @offset: where it is, in bytes
 * @value: what it holds
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_cfg_dev_queue_reg(const void *cfg, __u32 len, __u32 *offset,
			       __u32 *value, int big_endian)
{
	const __u8 *at = (const __u8 *)cfg;

	if (len < 4)
		return VIRTIO_IPSEC_ESHORT;
	*offset = VIRTIO_IPSEC_CFG_DEV_QUEUE_REG;
	*value = virtio_ipsec_load_guest32(at + *offset, big_endian);
	return 0;
}

/**
 * virtio_ipsec_cfg_host_queue_reg() - find and read: what the guest selects,
 *   in probe; a write after DRIVER_OK is ignored
 * @cfg: configuration space
 * @len: its size in bytes
 * @offset: where it is, in bytes
 * @value: what it holds
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_cfg_host_queue_reg(const void *cfg, __u32 len, __u32 *offset,
				__u32 *value, int big_endian)
{
	const __u8 *at = (const __u8 *)cfg;

	if (len < 8)
		return VIRTIO_IPSEC_ESHORT;
	*offset = VIRTIO_IPSEC_CFG_HOST_QUEUE_REG;
	*value = virtio_ipsec_load_guest32(at + *offset, big_endian);
	return 0;
}

/**
 * virtio_ipsec_data_queues() - number of data queues
 * @guest: the guest's scaling, for example its vCPUs
 * @device: the device's scaling
 * @max_pairs: largest number of pairs
 *
 * Return: the least common multiple of twice the guest's scaling and the
 * device's, at most two for each pair. Zero counts as one; a scaling above
 * 255, which no register can hold, as 255; pairs above
 * VIRTIO_IPSEC_VQ_MAX_PAIRS as that many.
 */
static inline __u32
virtio_ipsec_data_queues(__u32 guest, __u32 device, __u32 max_pairs)
{
	__u32 a = 2 * (guest > 0xff ? 0xff : guest ? guest : 1);
	__u32 b = device > 0xff ? 0xff : device ? device : 1;
	__u32 x = a;
	__u32 y = b;
	__u32 rest;

	if (max_pairs > VIRTIO_IPSEC_VQ_MAX_PAIRS)
		max_pairs = VIRTIO_IPSEC_VQ_MAX_PAIRS;
	while (y) {
		rest = x % y;
		x = y;
		y = rest;
	}
	if (a / x * b > 2 * max_pairs)
		return 2 * max_pairs;
	return a / x * b;
}

/**
 * virtio_ipsec_check_create_sa() - check: adds an SA or, with several, a
 *   bundle
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_create_sa(const struct virtio_ipsec_create_sa *p,
			     int strict, int big_endian)
{
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (!strict)
		return 0;
	if (virtio_ipsec_load_guest32(&p->num_sas, big_endian) < 1)
		return VIRTIO_IPSEC_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_check_sa_params() - check: what every SA has; its flags say
 *   what follows
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_sa_params(const struct virtio_ipsec_sa_params *p,
			     int strict, int big_endian)
{
	(void)big_endian;
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (!strict)
		return 0;
	if (p->proto < VIRTIO_IPSEC_SA_PARAMS_PROTO_ESP ||
	    p->proto > VIRTIO_IPSEC_SA_PARAMS_PROTO_AH)
		return VIRTIO_IPSEC_EVALUE;
	return 0;
}

/**
 * virtio_ipsec_check_tunnel_hdr_ipv4() - check: the outer header of an IPv4
 *   tunnel
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_tunnel_hdr_ipv4(
	const struct virtio_ipsec_tunnel_hdr_ipv4 *p, int strict,
	int big_endian)
{
	(void)big_endian;
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (!strict)
		return 0;
	if (p->dscp > 63)
		return VIRTIO_IPSEC_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_check_tunnel_hdr_ipv6() - check: the outer header of an IPv6
 *   tunnel
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_tunnel_hdr_ipv6(
	const struct virtio_ipsec_tunnel_hdr_ipv6 *p, int strict,
	int big_endian)
{
	(void)big_endian;
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (!strict)
		return 0;
	if (p->dscp > 63)
		return VIRTIO_IPSEC_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_check_cipher_key() - check: a cipher's key: length and data
 * @p: the structure, or NULL if there is no room for it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_cipher_key(const struct virtio_ipsec_cipher_key *p,
			      int big_endian)
{
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (virtio_ipsec_load_guest32(&p->len, big_endian) > 64)
		return VIRTIO_IPSEC_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_check_auth_key() - check: an integrity algorithm's key:
 *   length and data
 * @p: the structure, or NULL if there is no room for it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_auth_key(const struct virtio_ipsec_auth_key *p,
			    int big_endian)
{
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (virtio_ipsec_load_guest32(&p->len, big_endian) > 64)
		return VIRTIO_IPSEC_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_check_nonce_iv() - check: a nonce or IV: length and data
 * @p: the structure, or NULL if there is no room for it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_nonce_iv(const struct virtio_ipsec_nonce_iv *p,
			    int big_endian)
{
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (virtio_ipsec_load_guest32(&p->len, big_endian) > 64)
		return VIRTIO_IPSEC_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_check_update_sa() - check: says what to change of which SA
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_update_sa(const struct virtio_ipsec_update_sa *p,
			     int strict, int big_endian)
{
	(void)big_endian;
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (!strict)
		return 0;
	if (p->change_type > VIRTIO_IPSEC_UPDATE_SA_ANTI_REPLAY_WINDOW)
		return VIRTIO_IPSEC_EVALUE;
	return 0;
}

/**
 * virtio_ipsec_check_hdr() - check: describes a packet; its last three
 *   fields are the device's answer, and ignored here
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_check_hdr(const struct virtio_ipsec_hdr *p, int strict,
		       int big_endian)
{
	if (!p)
		return VIRTIO_IPSEC_ESHORT;
	if (!strict)
		return 0;
	if (virtio_ipsec_load_guest32(&p->output_buffer_length, big_endian) >
	    VIRTIO_IPSEC_MAX_OUTPUT)
		return VIRTIO_IPSEC_ELIMIT;
	return 0;
}

/**
 * struct virtio_ipsec_esp_description_view - an ESP SA's algorithms and keys
 * @esp_info: an ESP SA's algorithms, in front of its keys
 * @cipher_key: a cipher's key: length and data
 * @auth_key: an integrity algorithm's key: length and data
 * @nonce_iv: a nonce or IV: length and data
 */
struct virtio_ipsec_esp_description_view {
	const struct virtio_ipsec_esp_info *esp_info;
	const struct virtio_ipsec_cipher_key *cipher_key;
	const struct virtio_ipsec_auth_key *auth_key;
	const struct virtio_ipsec_nonce_iv *nonce_iv;
};

/**
 * virtio_ipsec_parse_esp_description() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_esp_description(
	struct virtio_ipsec_reader *c,
	struct virtio_ipsec_esp_description_view *view, int big_endian)
{
	int err;

	view->esp_info = virtio_ipsec_take(c, sizeof(*view->esp_info));
	if (!view->esp_info)
		return VIRTIO_IPSEC_ESHORT;
	view->cipher_key = virtio_ipsec_take(c, sizeof(*view->cipher_key));
	err = virtio_ipsec_check_cipher_key(view->cipher_key, big_endian);
	if (err)
		return err;
	if ((view->esp_info->flags & VIRTIO_IPSEC_ESP_FLAG_AUTH)) {
		view->auth_key = virtio_ipsec_take(c, sizeof(*view->auth_key));
		err = virtio_ipsec_check_auth_key(view->auth_key, big_endian);
		if (err)
			return err;
	} else {
		view->auth_key = NULL;
	}
	view->nonce_iv = virtio_ipsec_take(c, sizeof(*view->nonce_iv));
	err = virtio_ipsec_check_nonce_iv(view->nonce_iv, big_endian);
	if (err)
		return err;
	return 0;
}

/**
 * virtio_ipsec_build_esp_description() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_build_esp_description(
	struct virtio_ipsec_writer *c,
	const struct virtio_ipsec_esp_description_view *view, int big_endian)
{
	int err;

	if (!view->esp_info)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, view->esp_info, sizeof(*view->esp_info)))
		return VIRTIO_IPSEC_ESHORT;
	if (!view->cipher_key)
		return VIRTIO_IPSEC_EPART;
	err = virtio_ipsec_check_cipher_key(
		virtio_ipsec_put(c, view->cipher_key,
				 sizeof(*view->cipher_key)), big_endian);
	if (err)
		return err;
	if ((view->esp_info->flags & VIRTIO_IPSEC_ESP_FLAG_AUTH)) {
		if (!view->auth_key)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_check_auth_key(
			virtio_ipsec_put(c, view->auth_key,
					 sizeof(*view->auth_key)), big_endian);
		if (err)
			return err;
	} else if (view->auth_key) {
		return VIRTIO_IPSEC_EPART;
	}
	if (!view->nonce_iv)
		return VIRTIO_IPSEC_EPART;
	err = virtio_ipsec_check_nonce_iv(
		virtio_ipsec_put(c, view->nonce_iv, sizeof(*view->nonce_iv)),
		big_endian);
	if (err)
		return err;
	return 0;
}

/**
 * struct virtio_ipsec_ah_description_view - an AH SA's algorithm and key
 * @ah_info: an AH SA's algorithm, in front of its key
 * @auth_key: an integrity algorithm's key: length and data
 */
struct virtio_ipsec_ah_description_view {
	const struct virtio_ipsec_ah_info *ah_info;
	const struct virtio_ipsec_auth_key *auth_key;
};

/**
 * virtio_ipsec_parse_ah_description() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_ah_description(
	struct virtio_ipsec_reader *c,
	struct virtio_ipsec_ah_description_view *view, int big_endian)
{
	int err;

	view->ah_info = virtio_ipsec_take(c, sizeof(*view->ah_info));
	if (!view->ah_info)
		return VIRTIO_IPSEC_ESHORT;
	view->auth_key = virtio_ipsec_take(c, sizeof(*view->auth_key));
	err = virtio_ipsec_check_auth_key(view->auth_key, big_endian);
	if (err)
		return err;
	return 0;
}

/**
 * virtio_ipsec_build_ah_description() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_build_ah_description(
	struct virtio_ipsec_writer *c,
	const struct virtio_ipsec_ah_description_view *view, int big_endian)
{
	int err;

	if (!view->ah_info)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, view->ah_info, sizeof(*view->ah_info)))
		return VIRTIO_IPSEC_ESHORT;
	if (!view->auth_key)
		return VIRTIO_IPSEC_EPART;
	err = virtio_ipsec_check_auth_key(
		virtio_ipsec_put(c, view->auth_key, sizeof(*view->auth_key)),
		big_endian);
	if (err)
		return err;
	return 0;
}

/**
 * struct virtio_ipsec_sa_description_view - an SA and what its flags say it
 *   has
 * @sa_params: what every SA has; its flags say what follows
 * @tunnel_hdr_ipv4: the outer header of an IPv4 tunnel
 * @tunnel_hdr_ipv6: the outer header of an IPv6 tunnel
 * @has_esp_description: whether the next is there
 * @esp_description: an ESP SA's algorithms and keys
 * @has_ah_description: whether the next is there
 * @ah_description: an AH SA's algorithm and key
 * @udp_encapsulation_info: UDP ports for NAT traversal
 * @notify_lifetime_kb: when to notify of an SA's lifetime
 * @notify_seqnum_periodic: how often to notify of the sequence number
 */
struct virtio_ipsec_sa_description_view {
	const struct virtio_ipsec_sa_params *sa_params;
	const struct virtio_ipsec_tunnel_hdr_ipv4 *tunnel_hdr_ipv4;
	const struct virtio_ipsec_tunnel_hdr_ipv6 *tunnel_hdr_ipv6;
	__u8 has_esp_description;
	struct virtio_ipsec_esp_description_view esp_description;
	__u8 has_ah_description;
	struct virtio_ipsec_ah_description_view ah_description;
	const struct virtio_ipsec_udp_encapsulation_info *udp_encapsulation_info;
	const struct virtio_ipsec_notify_lifetime_kb *notify_lifetime_kb;
	const struct virtio_ipsec_notify_seqnum_periodic *notify_seqnum_periodic;
};

/**
 * virtio_ipsec_parse_sa_description() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_sa_description(
	struct virtio_ipsec_reader *c,
	struct virtio_ipsec_sa_description_view *view, int big_endian)
{
	int err;

	view->sa_params = virtio_ipsec_take(c, sizeof(*view->sa_params));
	err = virtio_ipsec_check_sa_params(view->sa_params, c->strict,
					   big_endian);
	if (err)
		return err;
	if (!(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_TRANSPORT) &&
	    !(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_IPV6)) {
		view->tunnel_hdr_ipv4 =
			virtio_ipsec_take(c, sizeof(*view->tunnel_hdr_ipv4));
		err = virtio_ipsec_check_tunnel_hdr_ipv4(view->tunnel_hdr_ipv4,
							 c->strict, big_endian);
		if (err)
			return err;
	} else {
		view->tunnel_hdr_ipv4 = NULL;
	}
	if (!(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_TRANSPORT) &&
	    (virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	     VIRTIO_IPSEC_SA_FLAG_IPV6)) {
		view->tunnel_hdr_ipv6 =
			virtio_ipsec_take(c, sizeof(*view->tunnel_hdr_ipv6));
		err = virtio_ipsec_check_tunnel_hdr_ipv6(view->tunnel_hdr_ipv6,
							 c->strict, big_endian);
		if (err)
			return err;
	} else {
		view->tunnel_hdr_ipv6 = NULL;
	}
	if (view->sa_params->proto == VIRTIO_IPSEC_SA_PARAMS_PROTO_ESP) {
		view->has_esp_description = 1;
		err = virtio_ipsec_parse_esp_description(
			c, &view->esp_description, big_endian);
		if (err)
			return err;
	} else {
		view->has_esp_description = 0;
	}
	if (view->sa_params->proto == VIRTIO_IPSEC_SA_PARAMS_PROTO_AH) {
		view->has_ah_description = 1;
		err = virtio_ipsec_parse_ah_description(c,
							&view->ah_description,
							big_endian);
		if (err)
			return err;
	} else {
		view->has_ah_description = 0;
	}
	if (!(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_NO_UDP_ENCAPSULATION)) {
		view->udp_encapsulation_info = virtio_ipsec_take(
			c, sizeof(*view->udp_encapsulation_info));
		if (!view->udp_encapsulation_info)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		view->udp_encapsulation_info = NULL;
	}
	if ((virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	     VIRTIO_IPSEC_SA_FLAG_NOTIFY_SOFT_KB)) {
		view->notify_lifetime_kb =
			virtio_ipsec_take(c, sizeof(*view->notify_lifetime_kb));
		if (!view->notify_lifetime_kb)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		view->notify_lifetime_kb = NULL;
	}
	if ((virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	     VIRTIO_IPSEC_SA_FLAG_NOTIFY_PERIODIC)) {
		view->notify_seqnum_periodic = virtio_ipsec_take(
			c, sizeof(*view->notify_seqnum_periodic));
		if (!view->notify_seqnum_periodic)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		view->notify_seqnum_periodic = NULL;
	}
	return 0;
}

/**
 * virtio_ipsec_build_sa_description() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_build_sa_description(
	struct virtio_ipsec_writer *c,
	const struct virtio_ipsec_sa_description_view *view, int big_endian)
{
	int err;

	if (!view->sa_params)
		return VIRTIO_IPSEC_EPART;
	err = virtio_ipsec_check_sa_params(
		virtio_ipsec_put(c, view->sa_params, sizeof(*view->sa_params)),
		c->strict, big_endian);
	if (err)
		return err;
	if (!(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_TRANSPORT) &&
	    !(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_IPV6)) {
		if (!view->tunnel_hdr_ipv4)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_check_tunnel_hdr_ipv4(
			virtio_ipsec_put(c, view->tunnel_hdr_ipv4,
					 sizeof(*view->tunnel_hdr_ipv4)),
			c->strict, big_endian);
		if (err)
			return err;
	} else if (view->tunnel_hdr_ipv4) {
		return VIRTIO_IPSEC_EPART;
	}
	if (!(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_TRANSPORT) &&
	    (virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	     VIRTIO_IPSEC_SA_FLAG_IPV6)) {
		if (!view->tunnel_hdr_ipv6)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_check_tunnel_hdr_ipv6(
			virtio_ipsec_put(c, view->tunnel_hdr_ipv6,
					 sizeof(*view->tunnel_hdr_ipv6)),
			c->strict, big_endian);
		if (err)
			return err;
	} else if (view->tunnel_hdr_ipv6) {
		return VIRTIO_IPSEC_EPART;
	}
	if (view->sa_params->proto == VIRTIO_IPSEC_SA_PARAMS_PROTO_ESP) {
		if (!view->has_esp_description)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_build_esp_description(
			c, &view->esp_description, big_endian);
		if (err)
			return err;
	} else if (view->has_esp_description) {
		return VIRTIO_IPSEC_EPART;
	}
	if (view->sa_params->proto == VIRTIO_IPSEC_SA_PARAMS_PROTO_AH) {
		if (!view->has_ah_description)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_build_ah_description(c,
							&view->ah_description,
							big_endian);
		if (err)
			return err;
	} else if (view->has_ah_description) {
		return VIRTIO_IPSEC_EPART;
	}
	if (!(virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	      VIRTIO_IPSEC_SA_FLAG_NO_UDP_ENCAPSULATION)) {
		if (!view->udp_encapsulation_info)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, view->udp_encapsulation_info,
				      sizeof(*view->udp_encapsulation_info)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (view->udp_encapsulation_info) {
		return VIRTIO_IPSEC_EPART;
	}
	if ((virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	     VIRTIO_IPSEC_SA_FLAG_NOTIFY_SOFT_KB)) {
		if (!view->notify_lifetime_kb)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, view->notify_lifetime_kb,
				      sizeof(*view->notify_lifetime_kb)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (view->notify_lifetime_kb) {
		return VIRTIO_IPSEC_EPART;
	}
	if ((virtio_ipsec_load_guest16(&view->sa_params->flags, big_endian) &
	     VIRTIO_IPSEC_SA_FLAG_NOTIFY_PERIODIC)) {
		if (!view->notify_seqnum_periodic)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, view->notify_seqnum_periodic,
				      sizeof(*view->notify_seqnum_periodic)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (view->notify_seqnum_periodic) {
		return VIRTIO_IPSEC_EPART;
	}
	return 0;
}

/**
 * struct virtio_ipsec_capabilities_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 */
struct virtio_ipsec_capabilities_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
};

/**
 * virtio_ipsec_parse_capabilities_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_GET_CAPABILITIES, VIRTIO_IPSEC_CTRL_SET_CAPABILITIES.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_capabilities_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_capabilities_req_view *req, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_GENERIC)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_GET_CAPABILITIES &&
	    command != VIRTIO_IPSEC_CTRL_SET_CAPABILITIES)
		return VIRTIO_IPSEC_ECODE;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_capabilities_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_GET_CAPABILITIES, VIRTIO_IPSEC_CTRL_SET_CAPABILITIES.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_capabilities_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_capabilities_req_view *req, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_CTRL_GET_CAPABILITIES &&
	    command != VIRTIO_IPSEC_CTRL_SET_CAPABILITIES)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_GENERIC;
	at_ctrl_hdr->cmd = command;
	return len - c->left;
}

/**
 * struct virtio_ipsec_get_capabilities_resp_view - what the device writes:
 *   asks which algorithms the device has
 * @ctrl_capabilities: says which algorithms the device has
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_get_capabilities_resp_view {
	const struct virtio_ipsec_ctrl_capabilities *ctrl_capabilities;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_get_capabilities_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_get_capabilities_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_get_capabilities_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->ctrl_capabilities =
			virtio_ipsec_take(c, sizeof(*resp->ctrl_capabilities));
		if (!resp->ctrl_capabilities)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		resp->ctrl_capabilities = NULL;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_get_capabilities_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_get_capabilities_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_get_capabilities_resp_view *resp,
	int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->ctrl_capabilities)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, resp->ctrl_capabilities,
				      sizeof(*resp->ctrl_capabilities)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (resp->ctrl_capabilities) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_ctrl_result_resp_view - what the device writes:
 *   several commands
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_ctrl_result_resp_view {
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_ctrl_result_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_SET_CAPABILITIES, VIRTIO_IPSEC_CTRL_SET_GUEST_ENDIAN,
 * VIRTIO_IPSEC_CTRL_DELETE_GROUP, VIRTIO_IPSEC_CTRL_DEL_OUT_SA,
 * VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA, VIRTIO_IPSEC_CTRL_DEL_IN_SA,
 * VIRTIO_IPSEC_CTRL_UPDATE_IN_SA, VIRTIO_IPSEC_CTRL_FLUSH_SA,
 * VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_ctrl_result_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_ctrl_result_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(c, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	return 0;
}

/**
 * virtio_ipsec_build_ctrl_result_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_SET_CAPABILITIES, VIRTIO_IPSEC_CTRL_SET_GUEST_ENDIAN,
 * VIRTIO_IPSEC_CTRL_DELETE_GROUP, VIRTIO_IPSEC_CTRL_DEL_OUT_SA,
 * VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA, VIRTIO_IPSEC_CTRL_DEL_IN_SA,
 * VIRTIO_IPSEC_CTRL_UPDATE_IN_SA, VIRTIO_IPSEC_CTRL_FLUSH_SA,
 * VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_ctrl_result_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_ctrl_result_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_set_guest_endian_req_view - what the device reads:
 *   tells the device the guest's byte order
 * @ctrl_hdr: names a control command
 * @set_guest_endian: tells the device the guest's byte order
 */
struct virtio_ipsec_set_guest_endian_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_set_guest_endian *set_guest_endian;
};

/**
 * virtio_ipsec_parse_set_guest_endian_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_set_guest_endian_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_set_guest_endian_req_view *req, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_GENERIC)
		return VIRTIO_IPSEC_ECODE;
	if (req->ctrl_hdr->cmd != VIRTIO_IPSEC_CTRL_SET_GUEST_ENDIAN)
		return VIRTIO_IPSEC_ECODE;
	req->set_guest_endian =
		virtio_ipsec_take(c, sizeof(*req->set_guest_endian));
	if (!req->set_guest_endian)
		return VIRTIO_IPSEC_ESHORT;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_set_guest_endian_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_set_guest_endian_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_set_guest_endian_req_view *req,
	int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_GENERIC;
	at_ctrl_hdr->cmd = VIRTIO_IPSEC_CTRL_SET_GUEST_ENDIAN;
	if (!req->set_guest_endian)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->set_guest_endian,
			      sizeof(*req->set_guest_endian)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_get_rand_num_req_view - what the device reads: asks
 *   for as many random bytes as there is room for
 * @ctrl_hdr: names a control command
 */
struct virtio_ipsec_get_rand_num_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
};

/**
 * virtio_ipsec_parse_get_rand_num_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_get_rand_num_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_get_rand_num_req_view *req, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_GET_RAND_DATA)
		return VIRTIO_IPSEC_ECODE;
	if (req->ctrl_hdr->cmd != VIRTIO_IPSEC_GET_RAND_NUM)
		return VIRTIO_IPSEC_ECODE;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_get_rand_num_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_get_rand_num_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_get_rand_num_req_view *req, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_GET_RAND_DATA;
	at_ctrl_hdr->cmd = VIRTIO_IPSEC_GET_RAND_NUM;
	return len - c->left;
}

/**
 * struct virtio_ipsec_get_rand_num_resp_view - what the device writes: asks
 *   for as many random bytes as there is room for
 * @random: random bytes
 * @random_len: how many bytes
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_get_rand_num_resp_view {
	const __u8 *random;
	__u32 random_len;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_get_rand_num_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_get_rand_num_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_get_rand_num_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;
	__u32 n;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		n = c->left;
		resp->random = virtio_ipsec_take(c, n);
		if (!resp->random)
			return VIRTIO_IPSEC_ESHORT;
		resp->random_len = n;
	} else {
		resp->random = NULL;
		resp->random_len = 0;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_get_rand_num_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_get_rand_num_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_get_rand_num_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (resp->random_len && !resp->random)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, resp->random, resp->random_len))
			return VIRTIO_IPSEC_ESHORT;
	} else if (resp->random_len) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_ctrl_hdr_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 */
struct virtio_ipsec_ctrl_hdr_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
};

/**
 * virtio_ipsec_parse_ctrl_hdr_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_ADD_GROUP, VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_ctrl_hdr_req(const void *buf, __u32 len,
				struct virtio_ipsec_ctrl_hdr_req_view *req,
				int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_ADD_GROUP &&
	    command != VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL)
		return VIRTIO_IPSEC_ECODE;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_ctrl_hdr_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_ADD_GROUP, VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_ctrl_hdr_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_ctrl_hdr_req_view *req, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_CTRL_ADD_GROUP &&
	    command != VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = command;
	return len - c->left;
}

/**
 * struct virtio_ipsec_add_group_resp_view - what the device writes: adds a
 *   group of SAs
 * @group_add: answers with the group that was added
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_add_group_resp_view {
	const struct virtio_ipsec_group_add *group_add;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_add_group_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_add_group_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_add_group_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->group_add = virtio_ipsec_take(c,
						    sizeof(*resp->group_add));
		if (!resp->group_add)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		resp->group_add = NULL;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_add_group_resp() - put together what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_add_group_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_add_group_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->group_add)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, resp->group_add,
				      sizeof(*resp->group_add)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (resp->group_add) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_delete_group_req_view - what the device reads: deletes
 *   a group
 * @ctrl_hdr: names a control command
 * @group_delete: deletes a group
 */
struct virtio_ipsec_delete_group_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_group_delete *group_delete;
};

/**
 * virtio_ipsec_parse_delete_group_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_delete_group_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_delete_group_req_view *req, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	if (req->ctrl_hdr->cmd != VIRTIO_IPSEC_CTRL_DELETE_GROUP)
		return VIRTIO_IPSEC_ECODE;
	req->group_delete = virtio_ipsec_take(c, sizeof(*req->group_delete));
	if (!req->group_delete)
		return VIRTIO_IPSEC_ESHORT;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_delete_group_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_delete_group_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_delete_group_req_view *req, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = VIRTIO_IPSEC_CTRL_DELETE_GROUP;
	if (!req->group_delete)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->group_delete, sizeof(*req->group_delete)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_add_sa_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 * @create_sa: adds an SA or, with several, a bundle
 * @sa: one for each
 * @sa_count: how many there are, or would be where that is too many
 * @sa_max: how many there is room for
 */
struct virtio_ipsec_add_sa_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_create_sa *create_sa;
	struct virtio_ipsec_sa_description_view *sa;
	__u32 sa_count;
	__u32 sa_max;
};

/**
 * virtio_ipsec_parse_add_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_CTRL_ADD_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_add_sa_req(const void *buf, __u32 len,
			      struct virtio_ipsec_add_sa_req_view *req,
			      int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;
	struct virtio_ipsec_reader part;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_ADD_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_ADD_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	req->create_sa = virtio_ipsec_take(c, sizeof(*req->create_sa));
	err = virtio_ipsec_check_create_sa(req->create_sa, c->strict,
					   big_endian);
	if (err)
		return err;
	err = virtio_ipsec_split(
		c,
		virtio_ipsec_load_guest32(&req->create_sa->sa_len, big_endian),
		&part);
	if (err)
		return err;
	n = virtio_ipsec_load_guest32(&req->create_sa->num_sas, big_endian);
	if (n > part.left / 11)
		return VIRTIO_IPSEC_ECOUNT;
	req->sa_count = n;
	if (n > req->sa_max)
		return VIRTIO_IPSEC_EROOM;
	for (i = 0; i < req->sa_count; i++) {
		err = virtio_ipsec_parse_sa_description(&part, &req->sa[i],
							big_endian);
		if (err)
			return err;
	}
	if (part.left)
		return VIRTIO_IPSEC_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_add_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_CTRL_ADD_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_add_sa_req(void *buf, __u32 len, __u32 command,
			      const struct virtio_ipsec_add_sa_req_view *req,
			      int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;
	struct virtio_ipsec_create_sa *at_create_sa;
	__u32 start_create_sa;
	__u32 i;

	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_CTRL_ADD_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_ADD_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = command;
	if (!req->create_sa)
		return VIRTIO_IPSEC_EPART;
	at_create_sa = virtio_ipsec_put(c, req->create_sa,
					sizeof(*at_create_sa));
	if (!at_create_sa)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_store_guest32(&at_create_sa->num_sas, req->sa_count,
				   big_endian);
	err = virtio_ipsec_check_create_sa(at_create_sa, c->strict, big_endian);
	if (err)
		return err;
	start_create_sa = c->left;
	if (req->sa_count && !req->sa)
		return VIRTIO_IPSEC_EPART;
	for (i = 0; i < req->sa_count; i++) {
		err = virtio_ipsec_build_sa_description(c, &req->sa[i],
							big_endian);
		if (err)
			return err;
	}
	virtio_ipsec_store_guest32(&at_create_sa->sa_len,
				   start_create_sa - c->left, big_endian);
	return len - c->left;
}

/**
 * struct virtio_ipsec_add_sa_resp_view - what the device writes: several
 *   commands
 * @sa_handle: names an SA, or a bundle by its handle
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_add_sa_resp_view {
	const struct virtio_ipsec_sa_handle *sa_handle;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_add_sa_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_CTRL_ADD_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_add_sa_resp(const void *buf, __u32 len,
			       struct virtio_ipsec_add_sa_resp_view *resp,
			       int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->sa_handle = virtio_ipsec_take(c,
						    sizeof(*resp->sa_handle));
		if (!resp->sa_handle)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		resp->sa_handle = NULL;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_add_sa_resp() - put together what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_CTRL_ADD_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_add_sa_resp(
	void *buf, __u32 len, const struct virtio_ipsec_add_sa_resp_view *resp,
	int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->sa_handle)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, resp->sa_handle,
				      sizeof(*resp->sa_handle)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (resp->sa_handle) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_del_sa_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 * @delete_sa: deletes an SA or a bundle
 */
struct virtio_ipsec_del_sa_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_delete_sa *delete_sa;
};

/**
 * virtio_ipsec_parse_del_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_DEL_OUT_SA, VIRTIO_IPSEC_CTRL_DEL_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_del_sa_req(const void *buf, __u32 len,
			      struct virtio_ipsec_del_sa_req_view *req,
			      int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_DEL_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_DEL_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	req->delete_sa = virtio_ipsec_take(c, sizeof(*req->delete_sa));
	if (!req->delete_sa)
		return VIRTIO_IPSEC_ESHORT;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_del_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_DEL_OUT_SA, VIRTIO_IPSEC_CTRL_DEL_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_del_sa_req(void *buf, __u32 len, __u32 command,
			      const struct virtio_ipsec_del_sa_req_view *req,
			      int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_CTRL_DEL_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_DEL_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = command;
	if (!req->delete_sa)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->delete_sa, sizeof(*req->delete_sa)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_update_sa_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 * @update_sa: says what to change of which SA
 * @ctx_tunnel_version: tunnel header version that the SA was created with;
 *   set by the caller
 * @update_sa_ipaddr_v4: new address of a gateway of an IPv4 tunnel
 * @update_sa_ipaddr_v6: new address of a gateway of an IPv6 tunnel
 * @update_sa_seqnum: new sequence number
 * @update_sa_antireplay: new replay window
 */
struct virtio_ipsec_update_sa_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_update_sa *update_sa;
	__u32 ctx_tunnel_version;
	const struct virtio_ipsec_update_sa_ipaddr_v4 *update_sa_ipaddr_v4;
	const struct virtio_ipsec_update_sa_ipaddr_v6 *update_sa_ipaddr_v6;
	const struct virtio_ipsec_update_sa_seqnum *update_sa_seqnum;
	const struct virtio_ipsec_update_sa_antireplay *update_sa_antireplay;
};

/**
 * virtio_ipsec_parse_update_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA, VIRTIO_IPSEC_CTRL_UPDATE_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_update_sa_req(const void *buf, __u32 len,
				 struct virtio_ipsec_update_sa_req_view *req,
				 int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;

	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	if (req->ctx_tunnel_version != 0 && req->ctx_tunnel_version != 1)
		return VIRTIO_IPSEC_EVALUE;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_UPDATE_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	req->update_sa = virtio_ipsec_take(c, sizeof(*req->update_sa));
	err = virtio_ipsec_check_update_sa(req->update_sa, c->strict,
					   big_endian);
	if (err)
		return err;
	if ((req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_LOCAL_GW ||
	     req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_PEER_GW) &&
	    req->ctx_tunnel_version == 0) {
		req->update_sa_ipaddr_v4 =
			virtio_ipsec_take(c, sizeof(*req->update_sa_ipaddr_v4));
		if (!req->update_sa_ipaddr_v4)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		req->update_sa_ipaddr_v4 = NULL;
	}
	if ((req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_LOCAL_GW ||
	     req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_PEER_GW) &&
	    req->ctx_tunnel_version == 1) {
		req->update_sa_ipaddr_v6 =
			virtio_ipsec_take(c, sizeof(*req->update_sa_ipaddr_v6));
		if (!req->update_sa_ipaddr_v6)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		req->update_sa_ipaddr_v6 = NULL;
	}
	if (req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_SEQ_NUM) {
		req->update_sa_seqnum =
			virtio_ipsec_take(c, sizeof(*req->update_sa_seqnum));
		if (!req->update_sa_seqnum)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		req->update_sa_seqnum = NULL;
	}
	if (req->update_sa->change_type ==
	    VIRTIO_IPSEC_UPDATE_SA_ANTI_REPLAY_WINDOW) {
		req->update_sa_antireplay =
			virtio_ipsec_take(c,
					  sizeof(*req->update_sa_antireplay));
		if (!req->update_sa_antireplay)
			return VIRTIO_IPSEC_ESHORT;
	} else {
		req->update_sa_antireplay = NULL;
	}
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_update_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA, VIRTIO_IPSEC_CTRL_UPDATE_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_update_sa_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_update_sa_req_view *req, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (req->ctx_tunnel_version != 0 && req->ctx_tunnel_version != 1)
		return VIRTIO_IPSEC_EVALUE;
	if (command != VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_UPDATE_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = command;
	if (!req->update_sa)
		return VIRTIO_IPSEC_EPART;
	err = virtio_ipsec_check_update_sa(
		virtio_ipsec_put(c, req->update_sa, sizeof(*req->update_sa)),
		c->strict, big_endian);
	if (err)
		return err;
	if ((req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_LOCAL_GW ||
	     req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_PEER_GW) &&
	    req->ctx_tunnel_version == 0) {
		if (!req->update_sa_ipaddr_v4)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, req->update_sa_ipaddr_v4,
				      sizeof(*req->update_sa_ipaddr_v4)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (req->update_sa_ipaddr_v4) {
		return VIRTIO_IPSEC_EPART;
	}
	if ((req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_LOCAL_GW ||
	     req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_PEER_GW) &&
	    req->ctx_tunnel_version == 1) {
		if (!req->update_sa_ipaddr_v6)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, req->update_sa_ipaddr_v6,
				      sizeof(*req->update_sa_ipaddr_v6)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (req->update_sa_ipaddr_v6) {
		return VIRTIO_IPSEC_EPART;
	}
	if (req->update_sa->change_type == VIRTIO_IPSEC_UPDATE_SA_SEQ_NUM) {
		if (!req->update_sa_seqnum)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, req->update_sa_seqnum,
				      sizeof(*req->update_sa_seqnum)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (req->update_sa_seqnum) {
		return VIRTIO_IPSEC_EPART;
	}
	if (req->update_sa->change_type ==
	    VIRTIO_IPSEC_UPDATE_SA_ANTI_REPLAY_WINDOW) {
		if (!req->update_sa_antireplay)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, req->update_sa_antireplay,
				      sizeof(*req->update_sa_antireplay)))
			return VIRTIO_IPSEC_ESHORT;
	} else if (req->update_sa_antireplay) {
		return VIRTIO_IPSEC_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_read_sa_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 * @read_sa: reads an SA
 */
struct virtio_ipsec_read_sa_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_read_sa *read_sa;
};

/**
 * virtio_ipsec_parse_read_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_OUT_SA, VIRTIO_IPSEC_CTRL_READ_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_read_sa_req(const void *buf, __u32 len,
			       struct virtio_ipsec_read_sa_req_view *req,
			       int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_READ_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_READ_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	req->read_sa = virtio_ipsec_take(c, sizeof(*req->read_sa));
	if (!req->read_sa)
		return VIRTIO_IPSEC_ESHORT;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_read_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_OUT_SA, VIRTIO_IPSEC_CTRL_READ_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_read_sa_req(void *buf, __u32 len, __u32 command,
			       const struct virtio_ipsec_read_sa_req_view *req,
			       int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_CTRL_READ_OUT_SA &&
	    command != VIRTIO_IPSEC_CTRL_READ_IN_SA)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = command;
	if (!req->read_sa)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->read_sa, sizeof(*req->read_sa)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_read_out_sa_resp_view - what the device writes: reads
 *   an outbound SA
 * @out_sa_info: state of an outbound SA
 * @has_sa_description: whether the next is there
 * @sa_description: an SA and what its flags say it has
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_read_out_sa_resp_view {
	const struct virtio_ipsec_out_sa_info *out_sa_info;
	__u8 has_sa_description;
	struct virtio_ipsec_sa_description_view sa_description;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_read_out_sa_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_read_out_sa_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_read_out_sa_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;

	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->out_sa_info =
			virtio_ipsec_take(c, sizeof(*resp->out_sa_info));
		if (!resp->out_sa_info)
			return VIRTIO_IPSEC_ESHORT;
		resp->has_sa_description = 1;
		err = virtio_ipsec_parse_sa_description(c,
							&resp->sa_description,
							big_endian);
		if (err)
			return err;
	} else {
		resp->out_sa_info = NULL;
		resp->has_sa_description = 0;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_read_out_sa_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_read_out_sa_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_read_out_sa_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->out_sa_info)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, resp->out_sa_info,
				      sizeof(*resp->out_sa_info)))
			return VIRTIO_IPSEC_ESHORT;
		if (!resp->has_sa_description)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_build_sa_description(c,
							&resp->sa_description,
							big_endian);
		if (err)
			return err;
	} else if (resp->out_sa_info || resp->has_sa_description) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_read_n_sas_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command
 * @read_sas: reads several SAs; the answer starts with the same structure
 */
struct virtio_ipsec_read_n_sas_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_read_sas *read_sas;
};

/**
 * virtio_ipsec_parse_read_n_sas_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs,
 * VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs,
 * VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs, VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_read_n_sas_req(const void *buf, __u32 len,
				  struct virtio_ipsec_read_n_sas_req_view *req,
				  int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 command;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	command = req->ctrl_hdr->cmd;
	if (command != VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs &&
	    command != VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs &&
	    command != VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs &&
	    command != VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs)
		return VIRTIO_IPSEC_ECODE;
	req->read_sas = virtio_ipsec_take(c, sizeof(*req->read_sas));
	if (!req->read_sas)
		return VIRTIO_IPSEC_ESHORT;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_read_n_sas_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs,
 * VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs,
 * VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs, VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_read_n_sas_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_read_n_sas_req_view *req, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs &&
	    command != VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs &&
	    command != VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs &&
	    command != VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs)
		return VIRTIO_IPSEC_ECODE;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = command;
	if (!req->read_sas)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->read_sas, sizeof(*req->read_sas)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_read_n_out_sas_resp_entry_view - one of several: entry
 * @sa_handle: names an SA, or a bundle by its handle
 * @out_sa_info: state of an outbound SA
 * @sa_description: an SA and what its flags say it has
 */
struct virtio_ipsec_read_n_out_sas_resp_entry_view {
	const struct virtio_ipsec_sa_handle *sa_handle;
	const struct virtio_ipsec_out_sa_info *out_sa_info;
	struct virtio_ipsec_sa_description_view sa_description;
};

/**
 * struct virtio_ipsec_read_n_out_sas_resp_view - what the device writes:
 *   several commands
 * @read_sas: reads several SAs; the answer starts with the same structure
 * @entry: one for each
 * @entry_count: how many there are, or would be where that is too many
 * @entry_max: how many there is room for
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_read_n_out_sas_resp_view {
	const struct virtio_ipsec_read_sas *read_sas;
	struct virtio_ipsec_read_n_out_sas_resp_entry_view *entry;
	__u32 entry_count;
	__u32 entry_max;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_read_n_out_sas_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs,
 * VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_read_n_out_sas_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_read_n_out_sas_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->read_sas = virtio_ipsec_take(c, sizeof(*resp->read_sas));
		if (!resp->read_sas)
			return VIRTIO_IPSEC_ESHORT;
		n = virtio_ipsec_load_guest32(&resp->read_sas->num_sas,
					      big_endian);
		if (n > c->left / 16)
			return VIRTIO_IPSEC_ECOUNT;
		resp->entry_count = n;
		if (n > resp->entry_max)
			return VIRTIO_IPSEC_EROOM;
		for (i = 0; i < resp->entry_count; i++) {
			resp->entry[i].sa_handle = virtio_ipsec_take(
				c, sizeof(*resp->entry[i].sa_handle));
			if (!resp->entry[i].sa_handle)
				return VIRTIO_IPSEC_ESHORT;
			resp->entry[i].out_sa_info = virtio_ipsec_take(
				c, sizeof(*resp->entry[i].out_sa_info));
			if (!resp->entry[i].out_sa_info)
				return VIRTIO_IPSEC_ESHORT;
			err = virtio_ipsec_parse_sa_description(
				c, &resp->entry[i].sa_description, big_endian);
			if (err)
				return err;
		}
	} else {
		resp->read_sas = NULL;
		resp->entry_count = 0;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_read_n_out_sas_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAs,
 * VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAs.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_read_n_out_sas_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_read_n_out_sas_resp_view *resp,
	int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_read_sas *at_read_sas;
	__u32 i;

	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->read_sas)
			return VIRTIO_IPSEC_EPART;
		at_read_sas = virtio_ipsec_put(c, resp->read_sas,
					       sizeof(*at_read_sas));
		if (!at_read_sas)
			return VIRTIO_IPSEC_ESHORT;
		virtio_ipsec_store_guest32(&at_read_sas->num_sas,
					   resp->entry_count, big_endian);
		if (resp->entry_count && !resp->entry)
			return VIRTIO_IPSEC_EPART;
		for (i = 0; i < resp->entry_count; i++) {
			if (!resp->entry[i].sa_handle)
				return VIRTIO_IPSEC_EPART;
			if (!virtio_ipsec_put(c, resp->entry[i].sa_handle,
					      sizeof(*resp->entry[i].sa_handle)))
				return VIRTIO_IPSEC_ESHORT;
			if (!resp->entry[i].out_sa_info)
				return VIRTIO_IPSEC_EPART;
			if (!virtio_ipsec_put(c, resp->entry[i].out_sa_info,
					      sizeof(*resp->entry[i].out_sa_info)))
				return VIRTIO_IPSEC_ESHORT;
			err = virtio_ipsec_build_sa_description(
				c, &resp->entry[i].sa_description, big_endian);
			if (err)
				return err;
		}
	} else if (resp->read_sas || resp->entry_count) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_read_in_sa_resp_view - what the device writes: reads
 *   an inbound SA
 * @in_sa_info: state of an inbound SA
 * @has_sa_description: whether the next is there
 * @sa_description: an SA and what its flags say it has
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_read_in_sa_resp_view {
	const struct virtio_ipsec_in_sa_info *in_sa_info;
	__u8 has_sa_description;
	struct virtio_ipsec_sa_description_view sa_description;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_read_in_sa_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_read_in_sa_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_read_in_sa_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;

	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->in_sa_info = virtio_ipsec_take(c,
						     sizeof(*resp->in_sa_info));
		if (!resp->in_sa_info)
			return VIRTIO_IPSEC_ESHORT;
		resp->has_sa_description = 1;
		err = virtio_ipsec_parse_sa_description(c,
							&resp->sa_description,
							big_endian);
		if (err)
			return err;
	} else {
		resp->in_sa_info = NULL;
		resp->has_sa_description = 0;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_read_in_sa_resp() - put together what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_read_in_sa_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_read_in_sa_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->in_sa_info)
			return VIRTIO_IPSEC_EPART;
		if (!virtio_ipsec_put(c, resp->in_sa_info,
				      sizeof(*resp->in_sa_info)))
			return VIRTIO_IPSEC_ESHORT;
		if (!resp->has_sa_description)
			return VIRTIO_IPSEC_EPART;
		err = virtio_ipsec_build_sa_description(c,
							&resp->sa_description,
							big_endian);
		if (err)
			return err;
	} else if (resp->in_sa_info || resp->has_sa_description) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_read_n_in_sas_resp_entry_view - one of several: entry
 * @sa_handle: names an SA, or a bundle by its handle
 * @in_sa_info: state of an inbound SA
 * @sa_description: an SA and what its flags say it has
 */
struct virtio_ipsec_read_n_in_sas_resp_entry_view {
	const struct virtio_ipsec_sa_handle *sa_handle;
	const struct virtio_ipsec_in_sa_info *in_sa_info;
	struct virtio_ipsec_sa_description_view sa_description;
};

/**
 * struct virtio_ipsec_read_n_in_sas_resp_view - what the device writes:
 *   several commands
 * @read_sas: reads several SAs; the answer starts with the same structure
 * @entry: one for each
 * @entry_count: how many there are, or would be where that is too many
 * @entry_max: how many there is room for
 * @ctrl_result: says how a control command ended
 */
struct virtio_ipsec_read_n_in_sas_resp_view {
	const struct virtio_ipsec_read_sas *read_sas;
	struct virtio_ipsec_read_n_in_sas_resp_entry_view *entry;
	__u32 entry_count;
	__u32 entry_max;
	const struct virtio_ipsec_ctrl_result *ctrl_result;
};

/**
 * virtio_ipsec_parse_read_n_in_sas_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs,
 * VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_read_n_in_sas_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_read_n_in_sas_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	struct virtio_ipsec_reader end;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	err = virtio_ipsec_split_end(c, 2, &end);
	if (err)
		return err;
	resp->ctrl_result = virtio_ipsec_take(&end, sizeof(*resp->ctrl_result));
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_ESHORT;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		resp->read_sas = virtio_ipsec_take(c, sizeof(*resp->read_sas));
		if (!resp->read_sas)
			return VIRTIO_IPSEC_ESHORT;
		n = virtio_ipsec_load_guest32(&resp->read_sas->num_sas,
					      big_endian);
		if (n > c->left / 16)
			return VIRTIO_IPSEC_ECOUNT;
		resp->entry_count = n;
		if (n > resp->entry_max)
			return VIRTIO_IPSEC_EROOM;
		for (i = 0; i < resp->entry_count; i++) {
			resp->entry[i].sa_handle = virtio_ipsec_take(
				c, sizeof(*resp->entry[i].sa_handle));
			if (!resp->entry[i].sa_handle)
				return VIRTIO_IPSEC_ESHORT;
			resp->entry[i].in_sa_info = virtio_ipsec_take(
				c, sizeof(*resp->entry[i].in_sa_info));
			if (!resp->entry[i].in_sa_info)
				return VIRTIO_IPSEC_ESHORT;
			err = virtio_ipsec_parse_sa_description(
				c, &resp->entry[i].sa_description, big_endian);
			if (err)
				return err;
		}
	} else {
		resp->read_sas = NULL;
		resp->entry_count = 0;
	}
	virtio_ipsec_take(c, c->left);
	return 0;
}

/**
 * virtio_ipsec_build_read_n_in_sas_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * For VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAs,
 * VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAs.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_read_n_in_sas_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_read_n_in_sas_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_read_sas *at_read_sas;
	__u32 i;

	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_result)
		return VIRTIO_IPSEC_EPART;
	if (resp->ctrl_result->result == VIRTIO_IPSEC_OK) {
		if (!resp->read_sas)
			return VIRTIO_IPSEC_EPART;
		at_read_sas = virtio_ipsec_put(c, resp->read_sas,
					       sizeof(*at_read_sas));
		if (!at_read_sas)
			return VIRTIO_IPSEC_ESHORT;
		virtio_ipsec_store_guest32(&at_read_sas->num_sas,
					   resp->entry_count, big_endian);
		if (resp->entry_count && !resp->entry)
			return VIRTIO_IPSEC_EPART;
		for (i = 0; i < resp->entry_count; i++) {
			if (!resp->entry[i].sa_handle)
				return VIRTIO_IPSEC_EPART;
			if (!virtio_ipsec_put(c, resp->entry[i].sa_handle,
					      sizeof(*resp->entry[i].sa_handle)))
				return VIRTIO_IPSEC_ESHORT;
			if (!resp->entry[i].in_sa_info)
				return VIRTIO_IPSEC_EPART;
			if (!virtio_ipsec_put(c, resp->entry[i].in_sa_info,
					      sizeof(*resp->entry[i].in_sa_info)))
				return VIRTIO_IPSEC_ESHORT;
			err = virtio_ipsec_build_sa_description(
				c, &resp->entry[i].sa_description, big_endian);
			if (err)
				return err;
		}
	} else if (resp->read_sas || resp->entry_count) {
		return VIRTIO_IPSEC_EPART;
	}
	if (c->left < 2)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_put(c, NULL, c->left - 2);
	if (!virtio_ipsec_put(c, resp->ctrl_result, sizeof(*resp->ctrl_result)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_flush_sa_req_view - what the device reads: deletes
 *   every SA of a group
 * @ctrl_hdr: names a control command
 * @flush_sa: deletes every SA of a group
 */
struct virtio_ipsec_flush_sa_req_view {
	const struct virtio_ipsec_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_flush_sa *flush_sa;
};

/**
 * virtio_ipsec_parse_flush_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_flush_sa_req(const void *buf, __u32 len,
				struct virtio_ipsec_flush_sa_req_view *req,
				int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	if (req->ctrl_hdr->class != VIRTIO_IPSEC_CTRL_SA)
		return VIRTIO_IPSEC_ECODE;
	if (req->ctrl_hdr->cmd != VIRTIO_IPSEC_CTRL_FLUSH_SA)
		return VIRTIO_IPSEC_ECODE;
	req->flush_sa = virtio_ipsec_take(c, sizeof(*req->flush_sa));
	if (!req->flush_sa)
		return VIRTIO_IPSEC_ESHORT;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_flush_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_flush_sa_req(
	void *buf, __u32 len, const struct virtio_ipsec_flush_sa_req_view *req,
	int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_ctrl_hdr *at_ctrl_hdr;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_put(c, req->ctrl_hdr, sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_ESHORT;
	at_ctrl_hdr->class = VIRTIO_IPSEC_CTRL_SA;
	at_ctrl_hdr->cmd = VIRTIO_IPSEC_CTRL_FLUSH_SA;
	if (!req->flush_sa)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->flush_sa, sizeof(*req->flush_sa)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_process_req_view - what the device reads: processes a
 *   packet
 * @hdr: describes a packet; its last three fields are the device's answer,
 *   and ignored here
 * @input: the packet
 * @input_len: how many bytes
 */
struct virtio_ipsec_process_req_view {
	const struct virtio_ipsec_hdr *hdr;
	const __u8 *input;
	__u32 input_len;
};

/**
 * virtio_ipsec_parse_process_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_process_req(const void *buf, __u32 len,
			       struct virtio_ipsec_process_req_view *req,
			       int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 n;

	err = virtio_ipsec_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->hdr = virtio_ipsec_take(c, sizeof(*req->hdr));
	err = virtio_ipsec_check_hdr(req->hdr, c->strict, big_endian);
	if (err)
		return err;
	n = virtio_ipsec_load_guest32(&req->hdr->input_data_length, big_endian);
	if (n > VIRTIO_IPSEC_MAX_INPUT)
		return VIRTIO_IPSEC_ELIMIT;
	req->input = virtio_ipsec_take(c, n);
	if (!req->input)
		return VIRTIO_IPSEC_ESHORT;
	req->input_len = n;
	if (c->left)
		return VIRTIO_IPSEC_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_build_process_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_process_req(void *buf, __u32 len,
			       const struct virtio_ipsec_process_req_view *req,
			       int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_hdr *at_hdr;

	err = virtio_ipsec_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (!req->hdr)
		return VIRTIO_IPSEC_EPART;
	at_hdr = virtio_ipsec_put(c, req->hdr, sizeof(*at_hdr));
	if (!at_hdr)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_store_guest32(&at_hdr->input_data_length, req->input_len,
				   big_endian);
	err = virtio_ipsec_check_hdr(at_hdr, c->strict, big_endian);
	if (err)
		return err;
	if (req->input_len > VIRTIO_IPSEC_MAX_INPUT)
		return VIRTIO_IPSEC_ELIMIT;
	if (req->input_len && !req->input)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, req->input, req->input_len))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_process_resp_view - what the device writes: processes
 *   a packet
 * @data_reply: the fields of the header that the device writes
 * @output: the packet as processed, in room of this size
 * @output_len: how many bytes of that room are used
 */
struct virtio_ipsec_process_resp_view {
	const struct virtio_ipsec_data_reply *data_reply;
	const __u8 *output;
	__u32 output_len;
};

/**
 * virtio_ipsec_parse_process_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @req: the request that it answers
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_process_resp(
	const void *buf, __u32 len,
	const struct virtio_ipsec_process_req_view *req,
	struct virtio_ipsec_process_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;
	__u32 n;

	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->data_reply = virtio_ipsec_take(c, sizeof(*resp->data_reply));
	if (!resp->data_reply)
		return VIRTIO_IPSEC_ESHORT;
	n = virtio_ipsec_load_guest32(&req->hdr->output_buffer_length,
				      big_endian);
	if (n > VIRTIO_IPSEC_MAX_OUTPUT)
		return VIRTIO_IPSEC_ELIMIT;
	resp->output_len = virtio_ipsec_load_guest32(
		&resp->data_reply->output_data_length, big_endian);
	if (resp->output_len > n)
		return VIRTIO_IPSEC_ELENGTH;
	if (resp->output_len &&
	    virtio_ipsec_load_guest32(&resp->data_reply->result, big_endian) !=
	    VIRTIO_IPSEC_OK)
		return VIRTIO_IPSEC_ELENGTH;
	resp->output = virtio_ipsec_take(c, resp->output_len);
	if (!resp->output)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_skip(c, n - resp->output_len);
	return 0;
}

/**
 * virtio_ipsec_build_process_resp() - put together what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @req: the request that it answers
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_process_resp(
	void *buf, __u32 len, const struct virtio_ipsec_process_req_view *req,
	const struct virtio_ipsec_process_resp_view *resp, int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;
	struct virtio_ipsec_data_reply *at_data_reply;
	__u32 n;

	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->data_reply)
		return VIRTIO_IPSEC_EPART;
	at_data_reply = virtio_ipsec_put(c, resp->data_reply,
					 sizeof(*at_data_reply));
	if (!at_data_reply)
		return VIRTIO_IPSEC_ESHORT;
	virtio_ipsec_store_guest32(&at_data_reply->output_data_length,
				   resp->output_len, big_endian);
	n = virtio_ipsec_load_guest32(&req->hdr->output_buffer_length,
				      big_endian);
	if (n > VIRTIO_IPSEC_MAX_OUTPUT || resp->output_len > n)
		return VIRTIO_IPSEC_ELIMIT;
	if (resp->output_len &&
	    virtio_ipsec_load_guest32(&resp->data_reply->result, big_endian) !=
	    VIRTIO_IPSEC_OK)
		return VIRTIO_IPSEC_EPART;
	if (resp->output_len && !resp->output)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, resp->output, resp->output_len))
		return VIRTIO_IPSEC_ESHORT;
	c->gap += n - resp->output_len;
	return len - c->left;
}

/**
 * struct virtio_ipsec_notify_resp_view - what the device writes: receives
 *   one event
 * @notification: tells the guest of an event
 */
struct virtio_ipsec_notify_resp_view {
	const struct virtio_ipsec_notification *notification;
};

/**
 * virtio_ipsec_parse_notify_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 * @big_endian: whether the guest is big-endian
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_parse_notify_resp(const void *buf, __u32 len,
			       struct virtio_ipsec_notify_resp_view *resp,
			       int big_endian)
{
	struct virtio_ipsec_reader area;
	struct virtio_ipsec_reader *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->notification = virtio_ipsec_take(c, sizeof(*resp->notification));
	if (!resp->notification)
		return VIRTIO_IPSEC_ESHORT;
	return 0;
}

/**
 * virtio_ipsec_build_notify_resp() - put together what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 * @big_endian: whether the guest is big-endian
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_build_notify_resp(
	void *buf, __u32 len, const struct virtio_ipsec_notify_resp_view *resp,
	int big_endian)
{
	struct virtio_ipsec_writer area;
	struct virtio_ipsec_writer *c = &area;
	int err;

	(void)big_endian;
	err = virtio_ipsec_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->notification)
		return VIRTIO_IPSEC_EPART;
	if (!virtio_ipsec_put(c, resp->notification,
			      sizeof(*resp->notification)))
		return VIRTIO_IPSEC_ESHORT;
	return len - c->left;
}

#endif /* VIRTIO_IPSEC_WIRE_H */
