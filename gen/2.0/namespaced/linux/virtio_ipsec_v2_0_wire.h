/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * virtio-ipsec-la 2.0. The look-aside IPsec accelerator for new builds:
 * little-endian, naturally aligned, readable before writable, with attributes
 * that a minor version can add to.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
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
#ifndef VIRTIO_IPSEC_V2_0_WIRE_H
#define VIRTIO_IPSEC_V2_0_WIRE_H

#ifdef __KERNEL__
#include <linux/string.h>
#include <asm/byteorder.h>
#else
#include <string.h>
#endif
#include <linux/virtio_ipsec_v2_0.h>

/**
 * enum virtio_ipsec_v2_0_error - why a parser or builder refuses
 * @VIRTIO_IPSEC_V2_0_ESHORT: the buffer ends too early
 * @VIRTIO_IPSEC_V2_0_ELENGTH: a length contradicts what it measures, or
 *   bytes are left over
 * @VIRTIO_IPSEC_V2_0_ELIMIT: a length is beyond its limit
 * @VIRTIO_IPSEC_V2_0_ECOUNT: a count contradicts another, or is beyond what
 *   there is
 * @VIRTIO_IPSEC_V2_0_EPART: a part is missing, or is there without what it
 *   belongs to
 * @VIRTIO_IPSEC_V2_0_ECODE: the class or command is another
 * @VIRTIO_IPSEC_V2_0_ERESERVED: reserved bytes or bits are not zero
 * @VIRTIO_IPSEC_V2_0_EATTRIBUTE: an attribute is unknown and may not be
 *   ignored, or has no place here
 * @VIRTIO_IPSEC_V2_0_EDUPLICATE: an attribute is there twice
 * @VIRTIO_IPSEC_V2_0_EVALUE: a number is none of its enumeration's
 * @VIRTIO_IPSEC_V2_0_ERANGE: a number is outside the range of its field
 * @VIRTIO_IPSEC_V2_0_EROOM: the caller's array is too small for the bytes
 *   there are; its count says how many there would be
 * @VIRTIO_IPSEC_V2_0_EALIGN: the caller's buffer is not aligned to 8 bytes:
 *   nothing is wrong with the bytes
 * @VIRTIO_IPSEC_V2_0_EALGORITHM: an algorithm is none that is known
 *
 * None is an errno: all are below -4095, and are for the caller, not for user
 * space. virtio_ipsec_v2_0_status_of() tells with which status a device
 * answers a request that it refuses.
 */
enum virtio_ipsec_v2_0_error {
	VIRTIO_IPSEC_V2_0_ESHORT = -5001,
	VIRTIO_IPSEC_V2_0_ELENGTH = -5002,
	VIRTIO_IPSEC_V2_0_ELIMIT = -5003,
	VIRTIO_IPSEC_V2_0_ECOUNT = -5004,
	VIRTIO_IPSEC_V2_0_EPART = -5005,
	VIRTIO_IPSEC_V2_0_ECODE = -5006,
	VIRTIO_IPSEC_V2_0_ERESERVED = -5007,
	VIRTIO_IPSEC_V2_0_EATTRIBUTE = -5008,
	VIRTIO_IPSEC_V2_0_EDUPLICATE = -5009,
	VIRTIO_IPSEC_V2_0_EVALUE = -5010,
	VIRTIO_IPSEC_V2_0_ERANGE = -5011,
	VIRTIO_IPSEC_V2_0_EROOM = -5012,
	VIRTIO_IPSEC_V2_0_EALIGN = -5013,
	VIRTIO_IPSEC_V2_0_EALGORITHM = -5014
};

/**
 * virtio_ipsec_v2_0_status_of() - the status with which a device answers
 * @err: what a parser of requests returned
 *
 * Where a status has a detail, such as an offset or a type, it is the device's
 * to find. A key or salt of a length that its algorithm does not have, and an
 * algorithm that the device lacks, are the device's to refuse.
 *
 * Return: a status; VIRTIO_IPSEC_V2_0_S_OK where there is no error.
 */
static inline int
virtio_ipsec_v2_0_status_of(int err)
{
	switch (err) {
	case VIRTIO_IPSEC_V2_0_ELIMIT:
	case VIRTIO_IPSEC_V2_0_EVALUE:
	case VIRTIO_IPSEC_V2_0_ERANGE:
		return VIRTIO_IPSEC_V2_0_S_INVALID_VALUE;
	case VIRTIO_IPSEC_V2_0_ECODE:
		return VIRTIO_IPSEC_V2_0_S_UNKNOWN_COMMAND;
	case VIRTIO_IPSEC_V2_0_EATTRIBUTE:
		return VIRTIO_IPSEC_V2_0_S_UNKNOWN_ATTRIBUTE;
	case VIRTIO_IPSEC_V2_0_EROOM:
		return VIRTIO_IPSEC_V2_0_S_NO_RESOURCES;
	case VIRTIO_IPSEC_V2_0_EALIGN:
		return VIRTIO_IPSEC_V2_0_S_INTERNAL;
	case VIRTIO_IPSEC_V2_0_EALGORITHM:
		return VIRTIO_IPSEC_V2_0_S_UNSUPPORTED_ALGORITHM;
	default:
		return err < 0 ? VIRTIO_IPSEC_V2_0_S_MALFORMED : VIRTIO_IPSEC_V2_0_S_OK;
	}
}

/* Integers at any alignment. */
#ifdef __KERNEL__
static inline __u16 virtio_ipsec_v2_0_load_le16(const void *p)
{
	__le16 field;

	memcpy(&field, p, sizeof(field));
	return le16_to_cpu(field);
}

static inline void virtio_ipsec_v2_0_store_le16(void *p, __u16 value)
{
	__le16 field = cpu_to_le16(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u32 virtio_ipsec_v2_0_load_le32(const void *p)
{
	__le32 field;

	memcpy(&field, p, sizeof(field));
	return le32_to_cpu(field);
}

static inline void virtio_ipsec_v2_0_store_le32(void *p, __u32 value)
{
	__le32 field = cpu_to_le32(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u64 virtio_ipsec_v2_0_load_le64(const void *p)
{
	__le64 field;

	memcpy(&field, p, sizeof(field));
	return le64_to_cpu(field);
}

static inline void virtio_ipsec_v2_0_store_le64(void *p, __u64 value)
{
	__le64 field = cpu_to_le64(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u16 virtio_ipsec_v2_0_load_be16(const void *p)
{
	__be16 field;

	memcpy(&field, p, sizeof(field));
	return be16_to_cpu(field);
}

static inline void virtio_ipsec_v2_0_store_be16(void *p, __u16 value)
{
	__be16 field = cpu_to_be16(value);

	memcpy(p, &field, sizeof(field));
}

static inline __u32 virtio_ipsec_v2_0_load_be32(const void *p)
{
	__be32 field;

	memcpy(&field, p, sizeof(field));
	return be32_to_cpu(field);
}

static inline void virtio_ipsec_v2_0_store_be32(void *p, __u32 value)
{
	__be32 field = cpu_to_be32(value);

	memcpy(p, &field, sizeof(field));
}

#else
static inline __u16 virtio_ipsec_v2_0_load_le16(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u16)((__u16)b[0] | (__u16)b[1] << 8);
}

static inline void virtio_ipsec_v2_0_store_le16(void *p, __u16 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)value;
	b[1] = (__u8)(value >> 8);
}

static inline __u32 virtio_ipsec_v2_0_load_le32(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u32)((__u32)b[0] | (__u32)b[1] << 8 |
			(__u32)b[2] << 16 | (__u32)b[3] << 24);
}

static inline void virtio_ipsec_v2_0_store_le32(void *p, __u32 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)value;
	b[1] = (__u8)(value >> 8);
	b[2] = (__u8)(value >> 16);
	b[3] = (__u8)(value >> 24);
}

static inline __u64 virtio_ipsec_v2_0_load_le64(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u64)((__u64)b[0] | (__u64)b[1] << 8 |
			(__u64)b[2] << 16 | (__u64)b[3] << 24 |
			(__u64)b[4] << 32 | (__u64)b[5] << 40 |
			(__u64)b[6] << 48 | (__u64)b[7] << 56);
}

static inline void virtio_ipsec_v2_0_store_le64(void *p, __u64 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)value;
	b[1] = (__u8)(value >> 8);
	b[2] = (__u8)(value >> 16);
	b[3] = (__u8)(value >> 24);
	b[4] = (__u8)(value >> 32);
	b[5] = (__u8)(value >> 40);
	b[6] = (__u8)(value >> 48);
	b[7] = (__u8)(value >> 56);
}

static inline __u16 virtio_ipsec_v2_0_load_be16(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u16)((__u16)b[0] << 8 | (__u16)b[1]);
}

static inline void virtio_ipsec_v2_0_store_be16(void *p, __u16 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)(value >> 8);
	b[1] = (__u8)value;
}

static inline __u32 virtio_ipsec_v2_0_load_be32(const void *p)
{
	const __u8 *b = (const __u8 *)p;

	return (__u32)((__u32)b[0] << 24 | (__u32)b[1] << 16 |
			(__u32)b[2] << 8 | (__u32)b[3]);
}

static inline void virtio_ipsec_v2_0_store_be32(void *p, __u32 value)
{
	__u8 *b = (__u8 *)p;

	b[0] = (__u8)(value >> 24);
	b[1] = (__u8)(value >> 16);
	b[2] = (__u8)(value >> 8);
	b[3] = (__u8)value;
}

#endif

static inline __u16 virtio_ipsec_v2_0_get_le16(const __le16 *p)
{
#ifdef __KERNEL__
	return le16_to_cpu(*p);
#else
	return virtio_ipsec_v2_0_load_le16(p);
#endif
}

static inline void virtio_ipsec_v2_0_put_le16(__le16 *p, __u16 value)
{
#ifdef __KERNEL__
	*p = cpu_to_le16(value);
#else
	virtio_ipsec_v2_0_store_le16(p, value);
#endif
}

static inline __u32 virtio_ipsec_v2_0_get_le32(const __le32 *p)
{
#ifdef __KERNEL__
	return le32_to_cpu(*p);
#else
	return virtio_ipsec_v2_0_load_le32(p);
#endif
}

static inline void virtio_ipsec_v2_0_put_le32(__le32 *p, __u32 value)
{
#ifdef __KERNEL__
	*p = cpu_to_le32(value);
#else
	virtio_ipsec_v2_0_store_le32(p, value);
#endif
}

static inline __u64 virtio_ipsec_v2_0_get_le64(const __le64 *p)
{
#ifdef __KERNEL__
	return le64_to_cpu(*p);
#else
	return virtio_ipsec_v2_0_load_le64(p);
#endif
}

static inline void virtio_ipsec_v2_0_put_le64(__le64 *p, __u64 value)
{
#ifdef __KERNEL__
	*p = cpu_to_le64(value);
#else
	virtio_ipsec_v2_0_store_le64(p, value);
#endif
}

static inline __u16 virtio_ipsec_v2_0_get_be16(const __be16 *p)
{
#ifdef __KERNEL__
	return be16_to_cpu(*p);
#else
	return virtio_ipsec_v2_0_load_be16(p);
#endif
}

static inline void virtio_ipsec_v2_0_put_be16(__be16 *p, __u16 value)
{
#ifdef __KERNEL__
	*p = cpu_to_be16(value);
#else
	virtio_ipsec_v2_0_store_be16(p, value);
#endif
}

static inline __u32 virtio_ipsec_v2_0_get_be32(const __be32 *p)
{
#ifdef __KERNEL__
	return be32_to_cpu(*p);
#else
	return virtio_ipsec_v2_0_load_be32(p);
#endif
}

static inline void virtio_ipsec_v2_0_put_be32(__be32 *p, __u32 value)
{
#ifdef __KERNEL__
	*p = cpu_to_be32(value);
#else
	virtio_ipsec_v2_0_store_be32(p, value);
#endif
}

/**
 * struct virtio_ipsec_v2_0_reader - where a parser stands
 * @at: next byte
 * @left: bytes from there to the end
 * @strict: whether it is a request, whose numbers have to be known
 */
struct virtio_ipsec_v2_0_reader {
	const __u8 *at;
	__u32 left;
	int strict;
};

static inline int
virtio_ipsec_v2_0_start_reader(struct virtio_ipsec_v2_0_reader *c,
			       const void *buf, __u32 len, int strict)
{
	if (len > 0x7fffffff)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if ((unsigned long)buf & 7)
		return VIRTIO_IPSEC_V2_0_EALIGN;
	c->at = buf;
	c->left = len;
	c->strict = strict;
	return 0;
}

/* The next n bytes; NULL if there are fewer. */
static inline const void *
virtio_ipsec_v2_0_take(struct virtio_ipsec_v2_0_reader *c, __u32 n)
{
	const __u8 *at = c->at;

	if (n > c->left)
		return NULL;
	c->at += n;
	c->left -= n;
	return at;
}

/* Moves n bytes on, or to the end. */
static inline void virtio_ipsec_v2_0_skip(struct virtio_ipsec_v2_0_reader *c, __u32 n)
{
	virtio_ipsec_v2_0_take(c, n < c->left ? n : c->left);
}

/* Makes a reader of the next n bytes alone. */
static inline int
virtio_ipsec_v2_0_split(struct virtio_ipsec_v2_0_reader *c, __u32 n,
			struct virtio_ipsec_v2_0_reader *part)
{
	*part = *c;
	part->left = n;
	return virtio_ipsec_v2_0_take(c, n) ? 0 : VIRTIO_IPSEC_V2_0_ESHORT;
}

/**
 * struct virtio_ipsec_v2_0_writer - where a builder stands
 * @at: next byte
 * @left: bytes from there to the end
 * @strict: whether it is a request, whose numbers have to be known
 * @gap: bytes left open before the next byte that is used
 */
struct virtio_ipsec_v2_0_writer {
	__u8 *at;
	__u32 left;
	int strict;
	__u64 gap;
};

static inline int
virtio_ipsec_v2_0_start_writer(struct virtio_ipsec_v2_0_writer *c, void *buf,
			       __u32 len, int strict)
{
	if (len > 0x7fffffff)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if ((unsigned long)buf & 7)
		return VIRTIO_IPSEC_V2_0_EALIGN;
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
virtio_ipsec_v2_0_put(struct virtio_ipsec_v2_0_writer *c, const void *from,
		      __u32 n)
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
static inline int virtio_ipsec_v2_0_is_zero(const void *p, __u32 n)
{
	const __u8 *b = (const __u8 *)p;
	__u8 any = 0;

	while (n)
		any |= b[--n];
	return !any;
}

/**
 * virtio_ipsec_v2_0_cfg_version_count() - find and read: number of version
 *   registers that follow
 * @cfg: configuration space
 * @len: its size in bytes
 * @offset: where it is, in bytes
 * @value: what it holds
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_v2_0_cfg_version_count(const void *cfg, __u32 len, __u32 *offset,
				    __u32 *value)
{
	const __u8 *at = (const __u8 *)cfg;

	if (len < 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	*offset = VIRTIO_IPSEC_V2_0_CFG_VERSION_COUNT;
	*value = virtio_ipsec_v2_0_load_le32(at + *offset);
	return 0;
}

/**
 * virtio_ipsec_v2_0_cfg_supported_version() - find and read: a version that
 *   the device supports: major << 24 | minor
 * @cfg: configuration space
 * @len: its size in bytes
 * @i: which one, from 0
 * @offset: where it is, in bytes
 * @value: what it holds
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_v2_0_cfg_supported_version(const void *cfg, __u32 len, __u32 i,
					__u32 *offset, __u32 *value)
{
	const __u8 *at = (const __u8 *)cfg;
	__u32 n;

	if (len < 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	n = virtio_ipsec_v2_0_load_le32(at +
					VIRTIO_IPSEC_V2_0_CFG_VERSION_COUNT);
	if (i >= n)
		return VIRTIO_IPSEC_V2_0_ECOUNT;
	if (len < 8 || i > (len - 8) / 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	*offset = VIRTIO_IPSEC_V2_0_CFG_SUPPORTED_VERSION(i);
	*value = virtio_ipsec_v2_0_load_le32(at + *offset);
	return 0;
}

/**
 * virtio_ipsec_v2_0_cfg_version_to_use() - find and read: the version that
 *   the guest chose among them; a guest that can drive none fails its
 *   initialisation
 * @cfg: configuration space
 * @len: its size in bytes
 * @offset: where it is, in bytes
 * @value: what it holds
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_v2_0_cfg_version_to_use(const void *cfg, __u32 len, __u32 *offset,
				     __u32 *value)
{
	const __u8 *at = (const __u8 *)cfg;
	__u32 n;

	if (len < 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	n = virtio_ipsec_v2_0_load_le32(at +
					VIRTIO_IPSEC_V2_0_CFG_VERSION_COUNT);
	if (len < 8 || n > (len - 8) / 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	*offset = VIRTIO_IPSEC_V2_0_CFG_VERSION_TO_USE(n);
	*value = virtio_ipsec_v2_0_load_le32(at + *offset);
	return 0;
}

/**
 * virtio_ipsec_v2_0_cfg_dev_queue_info() - find and read: what the device
 *   says about its queues
 * @cfg: configuration space
 * @len: its size in bytes
 * @offset: where it is, in bytes
 * @value: what it holds
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_v2_0_cfg_dev_queue_info(const void *cfg, __u32 len, __u32 *offset,
				     __u32 *value)
{
	const __u8 *at = (const __u8 *)cfg;
	__u32 n;

	if (len < 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	n = virtio_ipsec_v2_0_load_le32(at +
					VIRTIO_IPSEC_V2_0_CFG_VERSION_COUNT);
	if (len < 12 || n > (len - 12) / 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	*offset = VIRTIO_IPSEC_V2_0_CFG_DEV_QUEUE_INFO(n);
	*value = virtio_ipsec_v2_0_load_le32(at + *offset);
	return 0;
}

/**
 * virtio_ipsec_v2_0_cfg_guest_queue_info() - find and read: what the guest
 *   selects, in probe; a write after DRIVER_OK is ignored
 * @cfg: configuration space
 * @len: its size in bytes
 * @offset: where it is, in bytes
 * @value: what it holds
 *
 * Return: 0, or a negative error if the register is not there.
 */
static inline int
virtio_ipsec_v2_0_cfg_guest_queue_info(const void *cfg, __u32 len,
				       __u32 *offset, __u32 *value)
{
	const __u8 *at = (const __u8 *)cfg;
	__u32 n;

	if (len < 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	n = virtio_ipsec_v2_0_load_le32(at +
					VIRTIO_IPSEC_V2_0_CFG_VERSION_COUNT);
	if (len < 16 || n > (len - 16) / 4)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	*offset = VIRTIO_IPSEC_V2_0_CFG_GUEST_QUEUE_INFO(n);
	*value = virtio_ipsec_v2_0_load_le32(at + *offset);
	return 0;
}

/**
 * virtio_ipsec_v2_0_data_queues() - number of data queues
 * @guest: the guest's scaling, for example its vCPUs
 * @device: the device's scaling
 * @max_pairs: largest number of pairs
 *
 * Return: the least common multiple of twice the guest's scaling and the
 * device's, at most two for each pair. Zero counts as one; a scaling above
 * 255, which no register can hold, as 255; pairs above
 * VIRTIO_IPSEC_V2_0_VQ_MAX_PAIRS as that many.
 */
static inline __u32
virtio_ipsec_v2_0_data_queues(__u32 guest, __u32 device, __u32 max_pairs)
{
	__u32 a = 2 * (guest > 0xff ? 0xff : guest ? guest : 1);
	__u32 b = device > 0xff ? 0xff : device ? device : 1;
	__u32 x = a;
	__u32 y = b;
	__u32 rest;

	if (max_pairs > VIRTIO_IPSEC_V2_0_VQ_MAX_PAIRS)
		max_pairs = VIRTIO_IPSEC_V2_0_VQ_MAX_PAIRS;
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
 * virtio_ipsec_v2_0_check_capabilities() - check: what the device can do, as
 *   sets of algorithms and as limits
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_capabilities(
	const struct virtio_ipsec_v2_0_capabilities *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 8))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_group() - check: names a group of SAs
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_group(const struct virtio_ipsec_v2_0_group *p,
			      int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le64(&p->group) < 1)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_sa() - check: names an SA, or a bundle by its
 *   handle
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_sa(const struct virtio_ipsec_v2_0_sa *p, int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le64(&p->sa) < 1)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_add_sa() - check: adds an SA or, with several
 *   entries, a bundle, innermost first
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_add_sa(const struct virtio_ipsec_v2_0_add_sa *p,
			       int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le32(&p->sa_count) < 1)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_sa_entry() - check: what every SA has; attributes
 *   follow
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_sa_entry(const struct virtio_ipsec_v2_0_sa_entry *p,
				 int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&p->flags) & 0xfff8)
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le32(&p->spi) < 256)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	if (p->proto < VIRTIO_IPSEC_V2_0_PROTO_ESP ||
	    p->proto > VIRTIO_IPSEC_V2_0_PROTO_AH)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	if (p->mode > VIRTIO_IPSEC_V2_0_MODE_TRANSPORT)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_read_sas() - check: reads several SAs in the order
 *   of their handles
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_read_sas(const struct virtio_ipsec_v2_0_read_sas *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_sa_record() - check: one SA as it is; attributes
 *   follow, without keys
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_sa_record(const struct virtio_ipsec_v2_0_sa_record *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&p->flags) & 0xfff8)
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_amount() - check: says how many bytes follow
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_amount(const struct virtio_ipsec_v2_0_amount *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_attr_hdr() - check: names an attribute and says
 *   how long it is
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_attr_hdr(const struct virtio_ipsec_v2_0_attr_hdr *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_tunnel_ipv4() - check: the outer header of an IPv4
 *   tunnel
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_tunnel_ipv4(
	const struct virtio_ipsec_v2_0_tunnel_ipv4 *p, int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 3))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (p->dscp_handling > VIRTIO_IPSEC_V2_0_DSCP_SET)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	if (p->dscp > 63)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	if (p->df_handling > VIRTIO_IPSEC_V2_0_DF_SET)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	if (p->ecn > 1)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_tunnel_ipv6() - check: the outer header of an IPv6
 *   tunnel
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_tunnel_ipv6(
	const struct virtio_ipsec_v2_0_tunnel_ipv6 *p, int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le32(&p->flow_label) > 0xfffff)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	if (p->dscp_handling > VIRTIO_IPSEC_V2_0_DSCP_SET)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	if (p->dscp > 63)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	if (p->ecn > 1)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_attr_cipher() - check: cipher or combined
 *   algorithm; from a driver, the key follows, then the salt
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_attr_cipher(
	const struct virtio_ipsec_v2_0_attr_cipher *p, int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 2))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le16(&p->algorithm) >
	    VIRTIO_IPSEC_V2_0_CHACHA20_POLY1305)
		return VIRTIO_IPSEC_V2_0_EALGORITHM;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_attr_auth() - check: integrity algorithm; from a
 *   driver, the key follows, then the salt
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_attr_auth(const struct virtio_ipsec_v2_0_attr_auth *p,
				  int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 2))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le16(&p->algorithm) >
	    VIRTIO_IPSEC_V2_0_HMAC_AES_GMAC)
		return VIRTIO_IPSEC_V2_0_EALGORITHM;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_udp_encapsulation() - check: ESP travels in UDP
 *   (RFC 3948)
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_udp_encapsulation(
	const struct virtio_ipsec_v2_0_udp_encapsulation *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_original_address() - check: the peer's address
 *   before translation, for checksums in transport mode (RFC 3948, section
 *   3.1.2)
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_original_address(
	const struct virtio_ipsec_v2_0_original_address *p, int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 7))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (p->version > VIRTIO_IPSEC_V2_0_IP_V6)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_replay_window() - check: size and state of the
 *   replay window (RFC 6479); the bitmap follows
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_replay_window(
	const struct virtio_ipsec_v2_0_replay_window *p, int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le32(&p->size) > 4096)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_tfc() - check: traffic flow confidentiality (RFC
 *   4303, section 2.7)
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_tfc(const struct virtio_ipsec_v2_0_tfc *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_state_chunk() - check: a piece of the device's
 *   saved state
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_state_chunk(
	const struct virtio_ipsec_v2_0_state_chunk *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_save_state() - check: asks for a piece of the
 *   device's state
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_save_state(const struct virtio_ipsec_v2_0_save_state *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_dh_generate() - check: makes a Diffie-Hellman key
 *   pair, of which the device keeps the private key
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_dh_generate(
	const struct virtio_ipsec_v2_0_dh_generate *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 6))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_dh_public() - check: a key pair's handle, with a
 *   public value
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_dh_public(const struct virtio_ipsec_v2_0_dh_public *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 4))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_data_req() - check: asks the device to process one
 *   packet
 * @p: the structure, or NULL if there is no room for it
 * @strict: whether the driver wrote it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_data_req(const struct virtio_ipsec_v2_0_data_req *p,
				 int strict)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&p->flags) & 0xfffc)
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 2))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	if (!strict)
		return 0;
	if (virtio_ipsec_v2_0_get_le64(&p->sa) < 1)
		return VIRTIO_IPSEC_V2_0_ERANGE;
	if (virtio_ipsec_v2_0_get_le32(&p->output_capacity) >
	    VIRTIO_IPSEC_V2_0_MAX_OUTPUT)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if (virtio_ipsec_v2_0_get_le16(&p->operation) <
	    VIRTIO_IPSEC_V2_0_OP_ENCAP ||
	    virtio_ipsec_v2_0_get_le16(&p->operation) >
	    VIRTIO_IPSEC_V2_0_OP_DECAP)
		return VIRTIO_IPSEC_V2_0_EVALUE;
	return 0;
}

/**
 * virtio_ipsec_v2_0_check_notification() - check: tells the driver of an
 *   event on an SA
 * @p: the structure, or NULL if there is no room for it
 *
 * Return: 0 or an error.
 */
static inline int
virtio_ipsec_v2_0_check_notification(
	const struct virtio_ipsec_v2_0_notification *p)
{
	if (!p)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (!virtio_ipsec_v2_0_is_zero(p->reserved, 2))
		return VIRTIO_IPSEC_V2_0_ERESERVED;
	return 0;
}

/* Starts an attribute; NULL if there is no room. */
static inline struct virtio_ipsec_v2_0_attr_hdr *
virtio_ipsec_v2_0_begin_attr_hdr(struct virtio_ipsec_v2_0_writer *c, __u16 type)
{
	struct virtio_ipsec_v2_0_attr_hdr *hdr = virtio_ipsec_v2_0_put(c, NULL, sizeof(*hdr));

	if (hdr)
		virtio_ipsec_v2_0_put_le16(&hdr->type, type);
	return hdr;
}

/* Ends an attribute: sets its length and fills up to a multiple of 8 bytes. */
static inline int
virtio_ipsec_v2_0_end_attr_hdr(struct virtio_ipsec_v2_0_writer *c,
			       struct virtio_ipsec_v2_0_attr_hdr *hdr)
{
	__u32 n;

	if (!hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	n = (__u32)(c->at - (__u8 *)(hdr + 1));
	virtio_ipsec_v2_0_put_le16(&hdr->length, n);
	if (!virtio_ipsec_v2_0_put(c, NULL, -n & 7))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	return 0;
}

/**
 * struct virtio_ipsec_v2_0_sa_attributes_view - what varies from SA to SA
 * @tunnel_ipv4: the outer header of an IPv4 tunnel
 * @tunnel_ipv6: the outer header of an IPv6 tunnel
 * @attr_cipher: cipher or combined algorithm; from a driver, the key
 *   follows, then the salt
 * @cipher_key: key
 * @cipher_key_len: how many bytes
 * @cipher_salt: salt or nonce
 * @cipher_salt_len: how many bytes
 * @attr_auth: integrity algorithm; from a driver, the key follows, then the
 *   salt
 * @auth_key: key
 * @auth_key_len: how many bytes
 * @auth_salt: salt
 * @auth_salt_len: how many bytes
 * @udp_encapsulation: ESP travels in UDP (RFC 3948)
 * @original_address: the peer's address before translation, for checksums in
 *   transport mode (RFC 3948, section 3.1.2)
 * @replay_window: size and state of the replay window (RFC 6479); the bitmap
 *   follows
 * @replay_bitmap: bit n of byte n / 8, from the least significant, is the
 *   packet n before the highest
 * @replay_bitmap_len: how many bytes
 * @sequence: the sequence number of an outbound SA
 * @lifetime: limits on the use of an SA; 0 for none
 * @tfc: traffic flow confidentiality (RFC 4303, section 2.7)
 * @notify: which events of an SA the driver wants to hear of
 */
struct virtio_ipsec_v2_0_sa_attributes_view {
	const struct virtio_ipsec_v2_0_tunnel_ipv4 *tunnel_ipv4;
	const struct virtio_ipsec_v2_0_tunnel_ipv6 *tunnel_ipv6;
	const struct virtio_ipsec_v2_0_attr_cipher *attr_cipher;
	const __u8 *cipher_key;
	__u32 cipher_key_len;
	const __u8 *cipher_salt;
	__u32 cipher_salt_len;
	const struct virtio_ipsec_v2_0_attr_auth *attr_auth;
	const __u8 *auth_key;
	__u32 auth_key_len;
	const __u8 *auth_salt;
	__u32 auth_salt_len;
	const struct virtio_ipsec_v2_0_udp_encapsulation *udp_encapsulation;
	const struct virtio_ipsec_v2_0_original_address *original_address;
	const struct virtio_ipsec_v2_0_replay_window *replay_window;
	const __u8 *replay_bitmap;
	__u32 replay_bitmap_len;
	const struct virtio_ipsec_v2_0_sequence *sequence;
	const struct virtio_ipsec_v2_0_lifetime *lifetime;
	const struct virtio_ipsec_v2_0_tfc *tfc;
	const struct virtio_ipsec_v2_0_notify *notify;
};

/**
 * virtio_ipsec_v2_0_parse_sa_attributes() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_sa_attributes(
	struct virtio_ipsec_v2_0_reader *c,
	struct virtio_ipsec_v2_0_sa_attributes_view *view)
{
	const struct virtio_ipsec_v2_0_attr_hdr *hdr;
	struct virtio_ipsec_v2_0_reader part;
	__u32 n;
	__u32 type;
	int err;

	memset(view, 0, sizeof(*view));
	while (c->left) {
		hdr = virtio_ipsec_v2_0_take(c, sizeof(*hdr));
		err = virtio_ipsec_v2_0_check_attr_hdr(hdr);
		if (err)
			return err;
		type = virtio_ipsec_v2_0_get_le16(&hdr->type);
		n = virtio_ipsec_v2_0_get_le16(&hdr->length);
		err = virtio_ipsec_v2_0_split(c, n, &part);
		if (err)
			return err;
		n = -n & 7;
		if (c->left < n)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		if (!virtio_ipsec_v2_0_is_zero(virtio_ipsec_v2_0_take(c, n), n))
			return VIRTIO_IPSEC_V2_0_ERESERVED;
		switch (type) {
		case VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4:
			if (view->tunnel_ipv4)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tunnel_ipv4 = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->tunnel_ipv4));
			err = virtio_ipsec_v2_0_check_tunnel_ipv4(
				view->tunnel_ipv4, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6:
			if (view->tunnel_ipv6)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tunnel_ipv6 = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->tunnel_ipv6));
			err = virtio_ipsec_v2_0_check_tunnel_ipv6(
				view->tunnel_ipv6, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_CIPHER:
			if (view->attr_cipher)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->attr_cipher = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->attr_cipher));
			err = virtio_ipsec_v2_0_check_attr_cipher(
				view->attr_cipher, part.strict);
			if (err)
				return err;
			n = virtio_ipsec_v2_0_get_le16(
				&view->attr_cipher->key_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_CIPHER_KEY)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->cipher_key = virtio_ipsec_v2_0_take(&part, n);
			if (!view->cipher_key)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->cipher_key_len = n;
			n = virtio_ipsec_v2_0_get_le16(
				&view->attr_cipher->salt_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_CIPHER_SALT)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->cipher_salt = virtio_ipsec_v2_0_take(&part, n);
			if (!view->cipher_salt)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->cipher_salt_len = n;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_AUTH:
			if (view->attr_auth)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->attr_auth = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->attr_auth));
			err = virtio_ipsec_v2_0_check_attr_auth(
				view->attr_auth, part.strict);
			if (err)
				return err;
			n = virtio_ipsec_v2_0_get_le16(
				&view->attr_auth->key_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_AUTH_KEY)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->auth_key = virtio_ipsec_v2_0_take(&part, n);
			if (!view->auth_key)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->auth_key_len = n;
			n = virtio_ipsec_v2_0_get_le16(
				&view->attr_auth->salt_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_AUTH_SALT)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->auth_salt = virtio_ipsec_v2_0_take(&part, n);
			if (!view->auth_salt)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->auth_salt_len = n;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION:
			if (view->udp_encapsulation)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->udp_encapsulation = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->udp_encapsulation));
			err = virtio_ipsec_v2_0_check_udp_encapsulation(
				view->udp_encapsulation);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS:
			if (view->original_address)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->original_address = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->original_address));
			err = virtio_ipsec_v2_0_check_original_address(
				view->original_address, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW:
			if (view->replay_window)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->replay_window = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->replay_window));
			err = virtio_ipsec_v2_0_check_replay_window(
				view->replay_window, part.strict);
			if (err)
				return err;
			n = virtio_ipsec_v2_0_get_le32(
				&view->replay_window->bitmap_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->replay_bitmap = virtio_ipsec_v2_0_take(&part, n);
			if (!view->replay_bitmap)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->replay_bitmap_len = n;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE:
			if (view->sequence)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->sequence =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->sequence));
			if (!view->sequence)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_LIFETIME:
			if (view->lifetime)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->lifetime =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->lifetime));
			if (!view->lifetime)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_TFC:
			if (view->tfc)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tfc = virtio_ipsec_v2_0_take(&part,
							   sizeof(*view->tfc));
			err = virtio_ipsec_v2_0_check_tfc(view->tfc);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_NOTIFY:
			if (view->notify)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->notify =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->notify));
			if (!view->notify)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		default:
			if (!(type & 0x8000) ||
			    type == VIRTIO_IPSEC_V2_0_ATTR_STATISTICS)
				return VIRTIO_IPSEC_V2_0_EATTRIBUTE;
			continue;
		}
		if (part.left)
			return VIRTIO_IPSEC_V2_0_ELENGTH;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_sa_attributes() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_sa_attributes(
	struct virtio_ipsec_v2_0_writer *c,
	const struct virtio_ipsec_v2_0_sa_attributes_view *view)
{
	struct virtio_ipsec_v2_0_attr_hdr *hdr;
	int err;
	struct virtio_ipsec_v2_0_attr_cipher *at_attr_cipher;
	struct virtio_ipsec_v2_0_attr_auth *at_attr_auth;
	struct virtio_ipsec_v2_0_replay_window *at_replay_window;

	if (view->tunnel_ipv4) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4);
		err = virtio_ipsec_v2_0_check_tunnel_ipv4(
			virtio_ipsec_v2_0_put(c, view->tunnel_ipv4,
					      sizeof(*view->tunnel_ipv4)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->tunnel_ipv6) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6);
		err = virtio_ipsec_v2_0_check_tunnel_ipv6(
			virtio_ipsec_v2_0_put(c, view->tunnel_ipv6,
					      sizeof(*view->tunnel_ipv6)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->attr_cipher) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_CIPHER);
		at_attr_cipher = virtio_ipsec_v2_0_put(c, view->attr_cipher,
						       sizeof(*at_attr_cipher));
		if (!at_attr_cipher)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le16(&at_attr_cipher->key_length,
					   view->cipher_key_len);
		virtio_ipsec_v2_0_put_le16(&at_attr_cipher->salt_length,
					   view->cipher_salt_len);
		err = virtio_ipsec_v2_0_check_attr_cipher(at_attr_cipher,
							  c->strict);
		if (err)
			return err;
		if (view->cipher_key_len > VIRTIO_IPSEC_V2_0_MAX_CIPHER_KEY)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->cipher_key_len && !view->cipher_key)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->cipher_key,
					   view->cipher_key_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		if (view->cipher_salt_len > VIRTIO_IPSEC_V2_0_MAX_CIPHER_SALT)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->cipher_salt_len && !view->cipher_salt)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->cipher_salt,
					   view->cipher_salt_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	} else if (view->cipher_key_len || view->cipher_salt_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	if (view->attr_auth) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_AUTH);
		at_attr_auth = virtio_ipsec_v2_0_put(c, view->attr_auth,
						     sizeof(*at_attr_auth));
		if (!at_attr_auth)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le16(&at_attr_auth->key_length,
					   view->auth_key_len);
		virtio_ipsec_v2_0_put_le16(&at_attr_auth->salt_length,
					   view->auth_salt_len);
		err = virtio_ipsec_v2_0_check_attr_auth(at_attr_auth,
							c->strict);
		if (err)
			return err;
		if (view->auth_key_len > VIRTIO_IPSEC_V2_0_MAX_AUTH_KEY)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->auth_key_len && !view->auth_key)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->auth_key,
					   view->auth_key_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		if (view->auth_salt_len > VIRTIO_IPSEC_V2_0_MAX_AUTH_SALT)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->auth_salt_len && !view->auth_salt)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->auth_salt,
					   view->auth_salt_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	} else if (view->auth_key_len || view->auth_salt_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	if (view->udp_encapsulation) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION);
		err = virtio_ipsec_v2_0_check_udp_encapsulation(
			virtio_ipsec_v2_0_put(c, view->udp_encapsulation,
					      sizeof(*view->udp_encapsulation)));
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->original_address) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS);
		err = virtio_ipsec_v2_0_check_original_address(
			virtio_ipsec_v2_0_put(c, view->original_address,
					      sizeof(*view->original_address)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->replay_window) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW);
		at_replay_window =
			virtio_ipsec_v2_0_put(c, view->replay_window,
					      sizeof(*at_replay_window));
		if (!at_replay_window)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_replay_window->bitmap_length,
					   view->replay_bitmap_len);
		err = virtio_ipsec_v2_0_check_replay_window(at_replay_window,
							    c->strict);
		if (err)
			return err;
		if (view->replay_bitmap_len >
		    VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->replay_bitmap_len && !view->replay_bitmap)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->replay_bitmap,
					   view->replay_bitmap_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	} else if (view->replay_bitmap_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	if (view->sequence) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE);
		if (!virtio_ipsec_v2_0_put(c, view->sequence,
					   sizeof(*view->sequence)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->lifetime) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_LIFETIME);
		if (!virtio_ipsec_v2_0_put(c, view->lifetime,
					   sizeof(*view->lifetime)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->tfc) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TFC);
		err = virtio_ipsec_v2_0_check_tfc(
			virtio_ipsec_v2_0_put(c, view->tfc,
					      sizeof(*view->tfc)));
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->notify) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_NOTIFY);
		if (!virtio_ipsec_v2_0_put(c, view->notify,
					   sizeof(*view->notify)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	return 0;
}

/**
 * struct virtio_ipsec_v2_0_sa_changes_view - what can change while an SA is
 *   in use
 * @tunnel_ipv4: the outer header of an IPv4 tunnel
 * @tunnel_ipv6: the outer header of an IPv6 tunnel
 * @udp_encapsulation: ESP travels in UDP (RFC 3948)
 * @original_address: the peer's address before translation, for checksums in
 *   transport mode (RFC 3948, section 3.1.2)
 * @replay_window: size and state of the replay window (RFC 6479); the bitmap
 *   follows
 * @replay_bitmap: bit n of byte n / 8, from the least significant, is the
 *   packet n before the highest
 * @replay_bitmap_len: how many bytes
 * @sequence: the sequence number of an outbound SA
 * @lifetime: limits on the use of an SA; 0 for none
 * @notify: which events of an SA the driver wants to hear of
 */
struct virtio_ipsec_v2_0_sa_changes_view {
	const struct virtio_ipsec_v2_0_tunnel_ipv4 *tunnel_ipv4;
	const struct virtio_ipsec_v2_0_tunnel_ipv6 *tunnel_ipv6;
	const struct virtio_ipsec_v2_0_udp_encapsulation *udp_encapsulation;
	const struct virtio_ipsec_v2_0_original_address *original_address;
	const struct virtio_ipsec_v2_0_replay_window *replay_window;
	const __u8 *replay_bitmap;
	__u32 replay_bitmap_len;
	const struct virtio_ipsec_v2_0_sequence *sequence;
	const struct virtio_ipsec_v2_0_lifetime *lifetime;
	const struct virtio_ipsec_v2_0_notify *notify;
};

/**
 * virtio_ipsec_v2_0_parse_sa_changes() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_sa_changes(
	struct virtio_ipsec_v2_0_reader *c,
	struct virtio_ipsec_v2_0_sa_changes_view *view)
{
	const struct virtio_ipsec_v2_0_attr_hdr *hdr;
	struct virtio_ipsec_v2_0_reader part;
	__u32 n;
	__u32 type;
	int err;

	memset(view, 0, sizeof(*view));
	while (c->left) {
		hdr = virtio_ipsec_v2_0_take(c, sizeof(*hdr));
		err = virtio_ipsec_v2_0_check_attr_hdr(hdr);
		if (err)
			return err;
		type = virtio_ipsec_v2_0_get_le16(&hdr->type);
		n = virtio_ipsec_v2_0_get_le16(&hdr->length);
		err = virtio_ipsec_v2_0_split(c, n, &part);
		if (err)
			return err;
		n = -n & 7;
		if (c->left < n)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		if (!virtio_ipsec_v2_0_is_zero(virtio_ipsec_v2_0_take(c, n), n))
			return VIRTIO_IPSEC_V2_0_ERESERVED;
		switch (type) {
		case VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4:
			if (view->tunnel_ipv4)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tunnel_ipv4 = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->tunnel_ipv4));
			err = virtio_ipsec_v2_0_check_tunnel_ipv4(
				view->tunnel_ipv4, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6:
			if (view->tunnel_ipv6)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tunnel_ipv6 = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->tunnel_ipv6));
			err = virtio_ipsec_v2_0_check_tunnel_ipv6(
				view->tunnel_ipv6, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION:
			if (view->udp_encapsulation)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->udp_encapsulation = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->udp_encapsulation));
			err = virtio_ipsec_v2_0_check_udp_encapsulation(
				view->udp_encapsulation);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS:
			if (view->original_address)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->original_address = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->original_address));
			err = virtio_ipsec_v2_0_check_original_address(
				view->original_address, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW:
			if (view->replay_window)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->replay_window = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->replay_window));
			err = virtio_ipsec_v2_0_check_replay_window(
				view->replay_window, part.strict);
			if (err)
				return err;
			n = virtio_ipsec_v2_0_get_le32(
				&view->replay_window->bitmap_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->replay_bitmap = virtio_ipsec_v2_0_take(&part, n);
			if (!view->replay_bitmap)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->replay_bitmap_len = n;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE:
			if (view->sequence)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->sequence =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->sequence));
			if (!view->sequence)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_LIFETIME:
			if (view->lifetime)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->lifetime =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->lifetime));
			if (!view->lifetime)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_NOTIFY:
			if (view->notify)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->notify =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->notify));
			if (!view->notify)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		default:
			if (!(type & 0x8000) ||
			    type == VIRTIO_IPSEC_V2_0_ATTR_STATISTICS)
				return VIRTIO_IPSEC_V2_0_EATTRIBUTE;
			continue;
		}
		if (part.left)
			return VIRTIO_IPSEC_V2_0_ELENGTH;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_sa_changes() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_sa_changes(
	struct virtio_ipsec_v2_0_writer *c,
	const struct virtio_ipsec_v2_0_sa_changes_view *view)
{
	struct virtio_ipsec_v2_0_attr_hdr *hdr;
	int err;
	struct virtio_ipsec_v2_0_replay_window *at_replay_window;

	if (view->tunnel_ipv4) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4);
		err = virtio_ipsec_v2_0_check_tunnel_ipv4(
			virtio_ipsec_v2_0_put(c, view->tunnel_ipv4,
					      sizeof(*view->tunnel_ipv4)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->tunnel_ipv6) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6);
		err = virtio_ipsec_v2_0_check_tunnel_ipv6(
			virtio_ipsec_v2_0_put(c, view->tunnel_ipv6,
					      sizeof(*view->tunnel_ipv6)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->udp_encapsulation) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION);
		err = virtio_ipsec_v2_0_check_udp_encapsulation(
			virtio_ipsec_v2_0_put(c, view->udp_encapsulation,
					      sizeof(*view->udp_encapsulation)));
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->original_address) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS);
		err = virtio_ipsec_v2_0_check_original_address(
			virtio_ipsec_v2_0_put(c, view->original_address,
					      sizeof(*view->original_address)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->replay_window) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW);
		at_replay_window =
			virtio_ipsec_v2_0_put(c, view->replay_window,
					      sizeof(*at_replay_window));
		if (!at_replay_window)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_replay_window->bitmap_length,
					   view->replay_bitmap_len);
		err = virtio_ipsec_v2_0_check_replay_window(at_replay_window,
							    c->strict);
		if (err)
			return err;
		if (view->replay_bitmap_len >
		    VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->replay_bitmap_len && !view->replay_bitmap)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->replay_bitmap,
					   view->replay_bitmap_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	} else if (view->replay_bitmap_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	if (view->sequence) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE);
		if (!virtio_ipsec_v2_0_put(c, view->sequence,
					   sizeof(*view->sequence)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->lifetime) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_LIFETIME);
		if (!virtio_ipsec_v2_0_put(c, view->lifetime,
					   sizeof(*view->lifetime)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->notify) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_NOTIFY);
		if (!virtio_ipsec_v2_0_put(c, view->notify,
					   sizeof(*view->notify)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	return 0;
}

/**
 * struct virtio_ipsec_v2_0_sa_reported_view - what a device tells of an SA:
 *   lengths of keys and salts, but not these; and what it has done
 * @tunnel_ipv4: the outer header of an IPv4 tunnel
 * @tunnel_ipv6: the outer header of an IPv6 tunnel
 * @attr_cipher: cipher or combined algorithm; from a driver, the key
 *   follows, then the salt
 * @attr_auth: integrity algorithm; from a driver, the key follows, then the
 *   salt
 * @udp_encapsulation: ESP travels in UDP (RFC 3948)
 * @original_address: the peer's address before translation, for checksums in
 *   transport mode (RFC 3948, section 3.1.2)
 * @replay_window: size and state of the replay window (RFC 6479); the bitmap
 *   follows
 * @replay_bitmap: bit n of byte n / 8, from the least significant, is the
 *   packet n before the highest
 * @replay_bitmap_len: how many bytes
 * @sequence: the sequence number of an outbound SA
 * @lifetime: limits on the use of an SA; 0 for none
 * @tfc: traffic flow confidentiality (RFC 4303, section 2.7)
 * @notify: which events of an SA the driver wants to hear of
 * @sa_statistics: what an SA has done since it was added
 */
struct virtio_ipsec_v2_0_sa_reported_view {
	const struct virtio_ipsec_v2_0_tunnel_ipv4 *tunnel_ipv4;
	const struct virtio_ipsec_v2_0_tunnel_ipv6 *tunnel_ipv6;
	const struct virtio_ipsec_v2_0_attr_cipher *attr_cipher;
	const struct virtio_ipsec_v2_0_attr_auth *attr_auth;
	const struct virtio_ipsec_v2_0_udp_encapsulation *udp_encapsulation;
	const struct virtio_ipsec_v2_0_original_address *original_address;
	const struct virtio_ipsec_v2_0_replay_window *replay_window;
	const __u8 *replay_bitmap;
	__u32 replay_bitmap_len;
	const struct virtio_ipsec_v2_0_sequence *sequence;
	const struct virtio_ipsec_v2_0_lifetime *lifetime;
	const struct virtio_ipsec_v2_0_tfc *tfc;
	const struct virtio_ipsec_v2_0_notify *notify;
	const struct virtio_ipsec_v2_0_sa_statistics *sa_statistics;
};

/**
 * virtio_ipsec_v2_0_parse_sa_reported() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_sa_reported(
	struct virtio_ipsec_v2_0_reader *c,
	struct virtio_ipsec_v2_0_sa_reported_view *view)
{
	const struct virtio_ipsec_v2_0_attr_hdr *hdr;
	struct virtio_ipsec_v2_0_reader part;
	__u32 n;
	__u32 type;
	int err;

	memset(view, 0, sizeof(*view));
	while (c->left) {
		hdr = virtio_ipsec_v2_0_take(c, sizeof(*hdr));
		err = virtio_ipsec_v2_0_check_attr_hdr(hdr);
		if (err)
			return err;
		type = virtio_ipsec_v2_0_get_le16(&hdr->type);
		n = virtio_ipsec_v2_0_get_le16(&hdr->length);
		err = virtio_ipsec_v2_0_split(c, n, &part);
		if (err)
			return err;
		n = -n & 7;
		if (c->left < n)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		if (!virtio_ipsec_v2_0_is_zero(virtio_ipsec_v2_0_take(c, n), n))
			return VIRTIO_IPSEC_V2_0_ERESERVED;
		switch (type) {
		case VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4:
			if (view->tunnel_ipv4)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tunnel_ipv4 = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->tunnel_ipv4));
			err = virtio_ipsec_v2_0_check_tunnel_ipv4(
				view->tunnel_ipv4, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6:
			if (view->tunnel_ipv6)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tunnel_ipv6 = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->tunnel_ipv6));
			err = virtio_ipsec_v2_0_check_tunnel_ipv6(
				view->tunnel_ipv6, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_CIPHER:
			if (view->attr_cipher)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->attr_cipher = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->attr_cipher));
			err = virtio_ipsec_v2_0_check_attr_cipher(
				view->attr_cipher, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_AUTH:
			if (view->attr_auth)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->attr_auth = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->attr_auth));
			err = virtio_ipsec_v2_0_check_attr_auth(
				view->attr_auth, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION:
			if (view->udp_encapsulation)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->udp_encapsulation = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->udp_encapsulation));
			err = virtio_ipsec_v2_0_check_udp_encapsulation(
				view->udp_encapsulation);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS:
			if (view->original_address)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->original_address = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->original_address));
			err = virtio_ipsec_v2_0_check_original_address(
				view->original_address, part.strict);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW:
			if (view->replay_window)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->replay_window = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->replay_window));
			err = virtio_ipsec_v2_0_check_replay_window(
				view->replay_window, part.strict);
			if (err)
				return err;
			n = virtio_ipsec_v2_0_get_le32(
				&view->replay_window->bitmap_length);
			if (n > VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP)
				return VIRTIO_IPSEC_V2_0_ELIMIT;
			view->replay_bitmap = virtio_ipsec_v2_0_take(&part, n);
			if (!view->replay_bitmap)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			view->replay_bitmap_len = n;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE:
			if (view->sequence)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->sequence =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->sequence));
			if (!view->sequence)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_LIFETIME:
			if (view->lifetime)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->lifetime =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->lifetime));
			if (!view->lifetime)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_TFC:
			if (view->tfc)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->tfc = virtio_ipsec_v2_0_take(&part,
							   sizeof(*view->tfc));
			err = virtio_ipsec_v2_0_check_tfc(view->tfc);
			if (err)
				return err;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_NOTIFY:
			if (view->notify)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->notify =
				virtio_ipsec_v2_0_take(&part,
						       sizeof(*view->notify));
			if (!view->notify)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		case VIRTIO_IPSEC_V2_0_ATTR_STATISTICS:
			if (view->sa_statistics)
				return VIRTIO_IPSEC_V2_0_EDUPLICATE;
			view->sa_statistics = virtio_ipsec_v2_0_take(
				&part, sizeof(*view->sa_statistics));
			if (!view->sa_statistics)
				return VIRTIO_IPSEC_V2_0_ESHORT;
			break;
		default:
			if (!(type & 0x8000))
				return VIRTIO_IPSEC_V2_0_EATTRIBUTE;
			continue;
		}
		if (part.left)
			return VIRTIO_IPSEC_V2_0_ELENGTH;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_sa_reported() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_sa_reported(
	struct virtio_ipsec_v2_0_writer *c,
	const struct virtio_ipsec_v2_0_sa_reported_view *view)
{
	struct virtio_ipsec_v2_0_attr_hdr *hdr;
	int err;
	struct virtio_ipsec_v2_0_replay_window *at_replay_window;

	if (view->tunnel_ipv4) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV4);
		err = virtio_ipsec_v2_0_check_tunnel_ipv4(
			virtio_ipsec_v2_0_put(c, view->tunnel_ipv4,
					      sizeof(*view->tunnel_ipv4)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->tunnel_ipv6) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TUNNEL_IPV6);
		err = virtio_ipsec_v2_0_check_tunnel_ipv6(
			virtio_ipsec_v2_0_put(c, view->tunnel_ipv6,
					      sizeof(*view->tunnel_ipv6)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->attr_cipher) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_CIPHER);
		err = virtio_ipsec_v2_0_check_attr_cipher(
			virtio_ipsec_v2_0_put(c, view->attr_cipher,
					      sizeof(*view->attr_cipher)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->attr_auth) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_AUTH);
		err = virtio_ipsec_v2_0_check_attr_auth(
			virtio_ipsec_v2_0_put(c, view->attr_auth,
					      sizeof(*view->attr_auth)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->udp_encapsulation) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_UDP_ENCAPSULATION);
		err = virtio_ipsec_v2_0_check_udp_encapsulation(
			virtio_ipsec_v2_0_put(c, view->udp_encapsulation,
					      sizeof(*view->udp_encapsulation)));
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->original_address) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_ORIGINAL_ADDRESS);
		err = virtio_ipsec_v2_0_check_original_address(
			virtio_ipsec_v2_0_put(c, view->original_address,
					      sizeof(*view->original_address)),
			c->strict);
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->replay_window) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_REPLAY_WINDOW);
		at_replay_window =
			virtio_ipsec_v2_0_put(c, view->replay_window,
					      sizeof(*at_replay_window));
		if (!at_replay_window)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_replay_window->bitmap_length,
					   view->replay_bitmap_len);
		err = virtio_ipsec_v2_0_check_replay_window(at_replay_window,
							    c->strict);
		if (err)
			return err;
		if (view->replay_bitmap_len >
		    VIRTIO_IPSEC_V2_0_MAX_REPLAY_BITMAP)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (view->replay_bitmap_len && !view->replay_bitmap)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, view->replay_bitmap,
					   view->replay_bitmap_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	} else if (view->replay_bitmap_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	if (view->sequence) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_SEQUENCE);
		if (!virtio_ipsec_v2_0_put(c, view->sequence,
					   sizeof(*view->sequence)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->lifetime) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_LIFETIME);
		if (!virtio_ipsec_v2_0_put(c, view->lifetime,
					   sizeof(*view->lifetime)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->tfc) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_TFC);
		err = virtio_ipsec_v2_0_check_tfc(
			virtio_ipsec_v2_0_put(c, view->tfc,
					      sizeof(*view->tfc)));
		if (err)
			return err;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->notify) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_NOTIFY);
		if (!virtio_ipsec_v2_0_put(c, view->notify,
					   sizeof(*view->notify)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	if (view->sa_statistics) {
		hdr = virtio_ipsec_v2_0_begin_attr_hdr(
			c, VIRTIO_IPSEC_V2_0_ATTR_STATISTICS);
		if (!virtio_ipsec_v2_0_put(c, view->sa_statistics,
					   sizeof(*view->sa_statistics)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_end_attr_hdr(c, hdr);
		if (err)
			return err;
	}
	return 0;
}

/**
 * struct virtio_ipsec_v2_0_sa_description_view - an SA and its attributes
 * @sa_entry: what every SA has; attributes follow
 * @sa_attributes: what varies from SA to SA
 */
struct virtio_ipsec_v2_0_sa_description_view {
	const struct virtio_ipsec_v2_0_sa_entry *sa_entry;
	struct virtio_ipsec_v2_0_sa_attributes_view sa_attributes;
};

/**
 * virtio_ipsec_v2_0_parse_sa_description() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_sa_description(
	struct virtio_ipsec_v2_0_reader *c,
	struct virtio_ipsec_v2_0_sa_description_view *view)
{
	int err;
	struct virtio_ipsec_v2_0_reader part;

	view->sa_entry = virtio_ipsec_v2_0_take(c, sizeof(*view->sa_entry));
	err = virtio_ipsec_v2_0_check_sa_entry(view->sa_entry, c->strict);
	if (err)
		return err;
	err = virtio_ipsec_v2_0_split(
		c,
		virtio_ipsec_v2_0_get_le32(&view->sa_entry->attributes_length),
		&part);
	if (err)
		return err;
	err = virtio_ipsec_v2_0_parse_sa_attributes(&part,
						    &view->sa_attributes);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_sa_description() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_sa_description(
	struct virtio_ipsec_v2_0_writer *c,
	const struct virtio_ipsec_v2_0_sa_description_view *view)
{
	struct virtio_ipsec_v2_0_sa_entry *at_sa_entry;
	int err;
	__u32 start_sa_entry;

	if (!view->sa_entry)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_sa_entry = virtio_ipsec_v2_0_put(c, view->sa_entry,
					    sizeof(*at_sa_entry));
	if (!at_sa_entry)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	err = virtio_ipsec_v2_0_check_sa_entry(at_sa_entry, c->strict);
	if (err)
		return err;
	start_sa_entry = c->left;
	err = virtio_ipsec_v2_0_build_sa_attributes(c, &view->sa_attributes);
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_sa_entry->attributes_length,
				   start_sa_entry - c->left);
	return 0;
}

/**
 * struct virtio_ipsec_v2_0_sa_report_view - an SA as it is, and its
 *   attributes but for keys
 * @sa_record: one SA as it is; attributes follow, without keys
 * @sa_reported: what a device tells of an SA: lengths of keys and salts, but
 *   not these; and what it has done
 */
struct virtio_ipsec_v2_0_sa_report_view {
	const struct virtio_ipsec_v2_0_sa_record *sa_record;
	struct virtio_ipsec_v2_0_sa_reported_view sa_reported;
};

/**
 * virtio_ipsec_v2_0_parse_sa_report() - take apart a part of a chain
 * @c: where the parts start; moved behind them
 * @view: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_sa_report(struct virtio_ipsec_v2_0_reader *c,
				  struct virtio_ipsec_v2_0_sa_report_view *view)
{
	int err;
	struct virtio_ipsec_v2_0_reader part;

	view->sa_record = virtio_ipsec_v2_0_take(c, sizeof(*view->sa_record));
	err = virtio_ipsec_v2_0_check_sa_record(view->sa_record);
	if (err)
		return err;
	err = virtio_ipsec_v2_0_split(
		c,
		virtio_ipsec_v2_0_get_le32(&view->sa_record->attributes_length), &part);
	if (err)
		return err;
	err = virtio_ipsec_v2_0_parse_sa_reported(&part, &view->sa_reported);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_sa_report() - put together a part of a chain
 * @c: where the parts start; moved behind them
 * @view: what to write
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_sa_report(
	struct virtio_ipsec_v2_0_writer *c,
	const struct virtio_ipsec_v2_0_sa_report_view *view)
{
	struct virtio_ipsec_v2_0_sa_record *at_sa_record;
	int err;
	__u32 start_sa_record;

	if (!view->sa_record)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_sa_record = virtio_ipsec_v2_0_put(c, view->sa_record,
					     sizeof(*at_sa_record));
	if (!at_sa_record)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	err = virtio_ipsec_v2_0_check_sa_record(at_sa_record);
	if (err)
		return err;
	start_sa_record = c->left;
	err = virtio_ipsec_v2_0_build_sa_reported(c, &view->sa_reported);
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_sa_record->attributes_length,
				   start_sa_record - c->left);
	return 0;
}

/**
 * struct virtio_ipsec_v2_0_get_capabilities_req_view - what the device
 *   reads: asks what the device can do
 * @ctrl_hdr: names a control command and says how long it is
 */
struct virtio_ipsec_v2_0_get_capabilities_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
};

/**
 * virtio_ipsec_v2_0_parse_get_capabilities_req() - take apart what the
 *   device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_get_capabilities_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_get_capabilities_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_GENERIC)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_GET_CAPABILITIES)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length))
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_get_capabilities_req() - put together what the
 *   device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_get_capabilities_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_get_capabilities_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_GENERIC);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_GET_CAPABILITIES);
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length, 0);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_get_capabilities_resp_view - what the device
 *   writes: asks what the device can do
 * @ctrl_status: says how a control command ended
 * @capabilities: what the device can do, as sets of algorithms and as limits
 */
struct virtio_ipsec_v2_0_get_capabilities_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_capabilities *capabilities;
};

/**
 * virtio_ipsec_v2_0_parse_get_capabilities_resp() - take apart what the
 *   device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_get_capabilities_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_get_capabilities_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->capabilities =
			virtio_ipsec_v2_0_take(c, sizeof(*resp->capabilities));
		err = virtio_ipsec_v2_0_check_capabilities(resp->capabilities);
		if (err)
			return err;
	} else {
		resp->capabilities = NULL;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_get_capabilities_resp() - put together what the
 *   device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_get_capabilities_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_get_capabilities_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->capabilities)
			return VIRTIO_IPSEC_V2_0_EPART;
		err = virtio_ipsec_v2_0_check_capabilities(
			virtio_ipsec_v2_0_put(c, resp->capabilities,
					      sizeof(*resp->capabilities)));
		if (err)
			return err;
	} else if (resp->capabilities) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_set_capabilities_req_view - what the device
 *   reads: turns legacy algorithms on
 * @ctrl_hdr: names a control command and says how long it is
 * @set_capabilities: turns legacy algorithms on; they are off until asked
 *   for
 */
struct virtio_ipsec_v2_0_set_capabilities_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_set_capabilities *set_capabilities;
};

/**
 * virtio_ipsec_v2_0_parse_set_capabilities_req() - take apart what the
 *   device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_set_capabilities_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_set_capabilities_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_GENERIC)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SET_CAPABILITIES)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->set_capabilities =
		virtio_ipsec_v2_0_take(&part, sizeof(*req->set_capabilities));
	if (!req->set_capabilities)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_set_capabilities_req() - put together what the
 *   device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_set_capabilities_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_set_capabilities_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_GENERIC);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_SET_CAPABILITIES);
	start_ctrl_hdr = c->left;
	if (!req->set_capabilities)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, req->set_capabilities,
				   sizeof(*req->set_capabilities)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_ctrl_status_resp_view - what the device writes:
 *   several commands
 * @ctrl_status: says how a control command ended
 */
struct virtio_ipsec_v2_0_ctrl_status_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
};

/**
 * virtio_ipsec_v2_0_parse_ctrl_status_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_SET_CAPABILITIES,
 * VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP, VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA, VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL, VIRTIO_IPSEC_V2_0_CTRL_RESTORE_STATE,
 * VIRTIO_IPSEC_V2_0_CTRL_DH_DELETE.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_ctrl_status_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_ctrl_status_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_ctrl_status_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_SET_CAPABILITIES,
 * VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP, VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA, VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL, VIRTIO_IPSEC_V2_0_CTRL_RESTORE_STATE,
 * VIRTIO_IPSEC_V2_0_CTRL_DH_DELETE.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_ctrl_status_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_ctrl_status_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_get_random_req_view - what the device reads: asks
 *   for random bytes
 * @ctrl_hdr: names a control command and says how long it is
 * @amount: says how many bytes follow
 */
struct virtio_ipsec_v2_0_get_random_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_amount *amount;
};

/**
 * virtio_ipsec_v2_0_parse_get_random_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_get_random_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_get_random_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_GET_RAND_DATA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_GET_RAND_NUM)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->amount = virtio_ipsec_v2_0_take(&part, sizeof(*req->amount));
	err = virtio_ipsec_v2_0_check_amount(req->amount);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_get_random_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_get_random_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_get_random_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_GET_RAND_DATA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_GET_RAND_NUM);
	start_ctrl_hdr = c->left;
	if (!req->amount)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_amount(
		virtio_ipsec_v2_0_put(c, req->amount, sizeof(*req->amount)));
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_get_random_resp_view - what the device writes:
 *   asks for random bytes
 * @ctrl_status: says how a control command ended
 * @amount: says how many bytes follow
 * @random: random bytes
 * @random_len: how many bytes
 */
struct virtio_ipsec_v2_0_get_random_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_amount *amount;
	const __u8 *random;
	__u32 random_len;
};

/**
 * virtio_ipsec_v2_0_parse_get_random_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_get_random_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_get_random_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->amount = virtio_ipsec_v2_0_take(c, sizeof(*resp->amount));
		err = virtio_ipsec_v2_0_check_amount(resp->amount);
		if (err)
			return err;
		n = virtio_ipsec_v2_0_get_le32(&resp->amount->length);
		if (n > VIRTIO_IPSEC_V2_0_MAX_RANDOM)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		resp->random = virtio_ipsec_v2_0_take(c, n);
		if (!resp->random)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		resp->random_len = n;
	} else {
		resp->amount = NULL;
		resp->random = NULL;
		resp->random_len = 0;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_get_random_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_get_random_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_get_random_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_amount *at_amount;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		at_amount = virtio_ipsec_v2_0_put(c, resp->amount,
						  sizeof(*at_amount));
		if (!at_amount)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_amount->length,
					   resp->random_len);
		err = virtio_ipsec_v2_0_check_amount(at_amount);
		if (err)
			return err;
		if (resp->random_len > VIRTIO_IPSEC_V2_0_MAX_RANDOM)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (resp->random_len && !resp->random)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, resp->random, resp->random_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
	} else if (resp->amount || resp->random_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_ctrl_hdr_req_view - what the device reads:
 *   several commands
 * @ctrl_hdr: names a control command and says how long it is
 */
struct virtio_ipsec_v2_0_ctrl_hdr_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
};

/**
 * virtio_ipsec_v2_0_parse_ctrl_hdr_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_ADD_GROUP, VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL,
 * VIRTIO_IPSEC_V2_0_GET_HEADROOM_TAILROOM_SIZE.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_ctrl_hdr_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_ctrl_hdr_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 command;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	command = virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command);
	if (command != VIRTIO_IPSEC_V2_0_CTRL_ADD_GROUP &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL &&
	    command != VIRTIO_IPSEC_V2_0_GET_HEADROOM_TAILROOM_SIZE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length))
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_ctrl_hdr_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_ADD_GROUP, VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL,
 * VIRTIO_IPSEC_V2_0_GET_HEADROOM_TAILROOM_SIZE.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_ctrl_hdr_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_v2_0_ctrl_hdr_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_V2_0_CTRL_ADD_GROUP &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA_ALL &&
	    command != VIRTIO_IPSEC_V2_0_GET_HEADROOM_TAILROOM_SIZE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_SA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command, command);
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length, 0);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_add_group_resp_view - what the device writes:
 *   adds a group of SAs
 * @ctrl_status: says how a control command ended
 * @group: names a group of SAs
 */
struct virtio_ipsec_v2_0_add_group_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_group *group;
};

/**
 * virtio_ipsec_v2_0_parse_add_group_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_add_group_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_add_group_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->group = virtio_ipsec_v2_0_take(c, sizeof(*resp->group));
		err = virtio_ipsec_v2_0_check_group(resp->group, c->strict);
		if (err)
			return err;
	} else {
		resp->group = NULL;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_add_group_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_add_group_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_add_group_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->group)
			return VIRTIO_IPSEC_V2_0_EPART;
		err = virtio_ipsec_v2_0_check_group(
			virtio_ipsec_v2_0_put(c, resp->group,
					      sizeof(*resp->group)), c->strict);
		if (err)
			return err;
	} else if (resp->group) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_group_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command and says how long it is
 * @group: names a group of SAs
 */
struct virtio_ipsec_v2_0_group_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_group *group;
};

/**
 * virtio_ipsec_v2_0_parse_group_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP, VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_group_req(const void *buf, __u32 len,
				  struct virtio_ipsec_v2_0_group_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 command;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	command = virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command);
	if (command != VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->group = virtio_ipsec_v2_0_take(&part, sizeof(*req->group));
	err = virtio_ipsec_v2_0_check_group(req->group, part.strict);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_group_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP, VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_group_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_v2_0_group_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_V2_0_CTRL_DELETE_GROUP &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_FLUSH_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_SA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command, command);
	start_ctrl_hdr = c->left;
	if (!req->group)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_group(
		virtio_ipsec_v2_0_put(c, req->group, sizeof(*req->group)),
		c->strict);
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_add_sa_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command and says how long it is
 * @add_sa: adds an SA or, with several entries, a bundle, innermost first
 * @sa: one for each
 * @sa_count: how many there are, or would be where that is too many
 * @sa_max: how many there is room for
 */
struct virtio_ipsec_v2_0_add_sa_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_add_sa *add_sa;
	struct virtio_ipsec_v2_0_sa_description_view *sa;
	__u32 sa_count;
	__u32 sa_max;
};

/**
 * virtio_ipsec_v2_0_parse_add_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_add_sa_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_add_sa_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 command;
	struct virtio_ipsec_v2_0_reader part;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	command = virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command);
	if (command != VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->add_sa = virtio_ipsec_v2_0_take(&part, sizeof(*req->add_sa));
	err = virtio_ipsec_v2_0_check_add_sa(req->add_sa, part.strict);
	if (err)
		return err;
	n = virtio_ipsec_v2_0_get_le32(&req->add_sa->sa_count);
	if (n > part.left / 16)
		return VIRTIO_IPSEC_V2_0_ECOUNT;
	req->sa_count = n;
	if (n > req->sa_max)
		return VIRTIO_IPSEC_V2_0_EROOM;
	for (i = 0; i < req->sa_count; i++) {
		err = virtio_ipsec_v2_0_parse_sa_description(&part,
							     &req->sa[i]);
		if (err)
			return err;
	}
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_add_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_add_sa_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_v2_0_add_sa_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;
	struct virtio_ipsec_v2_0_add_sa *at_add_sa;
	__u32 i;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_SA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command, command);
	start_ctrl_hdr = c->left;
	if (!req->add_sa)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_add_sa = virtio_ipsec_v2_0_put(c, req->add_sa, sizeof(*at_add_sa));
	if (!at_add_sa)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_add_sa->sa_count, req->sa_count);
	err = virtio_ipsec_v2_0_check_add_sa(at_add_sa, c->strict);
	if (err)
		return err;
	if (req->sa_count && !req->sa)
		return VIRTIO_IPSEC_V2_0_EPART;
	for (i = 0; i < req->sa_count; i++) {
		err = virtio_ipsec_v2_0_build_sa_description(c, &req->sa[i]);
		if (err)
			return err;
	}
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_add_sa_resp_view - what the device writes:
 *   several commands
 * @ctrl_status: says how a control command ended
 * @sa: names an SA, or a bundle by its handle
 */
struct virtio_ipsec_v2_0_add_sa_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_sa *sa;
};

/**
 * virtio_ipsec_v2_0_parse_add_sa_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_add_sa_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_add_sa_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->sa = virtio_ipsec_v2_0_take(c, sizeof(*resp->sa));
		err = virtio_ipsec_v2_0_check_sa(resp->sa, c->strict);
		if (err)
			return err;
	} else {
		resp->sa = NULL;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_add_sa_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_ADD_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_ADD_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_add_sa_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_add_sa_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->sa)
			return VIRTIO_IPSEC_V2_0_EPART;
		err = virtio_ipsec_v2_0_check_sa(
			virtio_ipsec_v2_0_put(c, resp->sa, sizeof(*resp->sa)),
			c->strict);
		if (err)
			return err;
	} else if (resp->sa) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_sa_req_view - what the device reads: several
 *   commands
 * @ctrl_hdr: names a control command and says how long it is
 * @sa: names an SA, or a bundle by its handle
 */
struct virtio_ipsec_v2_0_sa_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_sa *sa;
};

/**
 * virtio_ipsec_v2_0_parse_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA, VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_sa_req(const void *buf, __u32 len,
			       struct virtio_ipsec_v2_0_sa_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 command;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	command = virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command);
	if (command != VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->sa = virtio_ipsec_v2_0_take(&part, sizeof(*req->sa));
	err = virtio_ipsec_v2_0_check_sa(req->sa, part.strict);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_sa_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA, VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA, VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_sa_req(void *buf, __u32 len, __u32 command,
			       const struct virtio_ipsec_v2_0_sa_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_V2_0_CTRL_DEL_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_DEL_IN_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_SA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command, command);
	start_ctrl_hdr = c->left;
	if (!req->sa)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_sa(
		virtio_ipsec_v2_0_put(c, req->sa, sizeof(*req->sa)), c->strict);
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_update_sa_req_view - what the device reads:
 *   several commands
 * @ctrl_hdr: names a control command and says how long it is
 * @sa: names an SA, or a bundle by its handle
 * @sa_changes: what can change while an SA is in use
 */
struct virtio_ipsec_v2_0_update_sa_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_sa *sa;
	struct virtio_ipsec_v2_0_sa_changes_view sa_changes;
};

/**
 * virtio_ipsec_v2_0_parse_update_sa_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_update_sa_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_update_sa_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 command;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	command = virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command);
	if (command != VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->sa = virtio_ipsec_v2_0_take(&part, sizeof(*req->sa));
	err = virtio_ipsec_v2_0_check_sa(req->sa, part.strict);
	if (err)
		return err;
	err = virtio_ipsec_v2_0_parse_sa_changes(&part, &req->sa_changes);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_update_sa_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_update_sa_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_v2_0_update_sa_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_V2_0_CTRL_UPDATE_OUT_SA &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_UPDATE_IN_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_SA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command, command);
	start_ctrl_hdr = c->left;
	if (!req->sa)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_sa(
		virtio_ipsec_v2_0_put(c, req->sa, sizeof(*req->sa)), c->strict);
	if (err)
		return err;
	err = virtio_ipsec_v2_0_build_sa_changes(c, &req->sa_changes);
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_read_resp_view - what the device writes: several
 *   commands
 * @ctrl_status: says how a control command ended
 * @read_reply: says how many SAs the answer holds
 * @record: one for each
 * @record_count: how many there are, or would be where that is too many
 * @record_max: how many there is room for
 */
struct virtio_ipsec_v2_0_read_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_read_reply *read_reply;
	struct virtio_ipsec_v2_0_sa_report_view *record;
	__u32 record_count;
	__u32 record_max;
};

/**
 * virtio_ipsec_v2_0_parse_read_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_read_resp(const void *buf, __u32 len,
				  struct virtio_ipsec_v2_0_read_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->read_reply =
			virtio_ipsec_v2_0_take(c, sizeof(*resp->read_reply));
		if (!resp->read_reply)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		err = virtio_ipsec_v2_0_split(
			c,
			virtio_ipsec_v2_0_get_le32(&resp->read_reply->length),
			&part);
		if (err)
			return err;
		n = virtio_ipsec_v2_0_get_le32(&resp->read_reply->sa_count);
		if (n > part.left / 32)
			return VIRTIO_IPSEC_V2_0_ECOUNT;
		resp->record_count = n;
		if (n > resp->record_max)
			return VIRTIO_IPSEC_V2_0_EROOM;
		for (i = 0; i < resp->record_count; i++) {
			err = virtio_ipsec_v2_0_parse_sa_report(
				&part, &resp->record[i]);
			if (err)
				return err;
		}
		if (part.left)
			return VIRTIO_IPSEC_V2_0_ELENGTH;
	} else {
		resp->read_reply = NULL;
		resp->record_count = 0;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_read_resp() - put together what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_READ_OUT_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_IN_SA,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_read_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_read_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_read_reply *at_read_reply;
	__u32 start_read_reply;
	__u32 i;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->read_reply)
			return VIRTIO_IPSEC_V2_0_EPART;
		at_read_reply = virtio_ipsec_v2_0_put(c, resp->read_reply,
						      sizeof(*at_read_reply));
		if (!at_read_reply)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_read_reply->sa_count,
					   resp->record_count);
		start_read_reply = c->left;
		if (resp->record_count && !resp->record)
			return VIRTIO_IPSEC_V2_0_EPART;
		for (i = 0; i < resp->record_count; i++) {
			err = virtio_ipsec_v2_0_build_sa_report(
				c, &resp->record[i]);
			if (err)
				return err;
		}
		virtio_ipsec_v2_0_put_le32(&at_read_reply->length,
					   start_read_reply - c->left);
	} else if (resp->read_reply || resp->record_count) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_read_n_sas_req_view - what the device reads:
 *   several commands
 * @ctrl_hdr: names a control command and says how long it is
 * @read_sas: reads several SAs in the order of their handles
 */
struct virtio_ipsec_v2_0_read_n_sas_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_read_sas *read_sas;
};

/**
 * virtio_ipsec_v2_0_parse_read_n_sas_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS.
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_read_n_sas_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_read_n_sas_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 command;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SA)
		return VIRTIO_IPSEC_V2_0_ECODE;
	command = virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command);
	if (command != VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->read_sas = virtio_ipsec_v2_0_take(&part, sizeof(*req->read_sas));
	err = virtio_ipsec_v2_0_check_read_sas(req->read_sas);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_read_n_sas_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @command: which of these commands
 * @req: what to write
 *
 * For VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS,
 * VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS.
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_read_n_sas_req(
	void *buf, __u32 len, __u32 command,
	const struct virtio_ipsec_v2_0_read_n_sas_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (command != VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_OUT_SAS &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_OUT_SAS &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_FIRST_N_IN_SAS &&
	    command != VIRTIO_IPSEC_V2_0_CTRL_READ_NEXT_N_IN_SAS)
		return VIRTIO_IPSEC_V2_0_ECODE;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_SA);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command, command);
	start_ctrl_hdr = c->left;
	if (!req->read_sas)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_read_sas(
		virtio_ipsec_v2_0_put(c, req->read_sas,
				      sizeof(*req->read_sas)));
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_get_headroom_tailroom_size_resp_view - what the
 *   device writes: asks how much encapsulation adds at most
 * @ctrl_status: says how a control command ended
 * @headroom_tailroom: how much encapsulation adds at most
 */
struct virtio_ipsec_v2_0_get_headroom_tailroom_size_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_headroom_tailroom *headroom_tailroom;
};

/**
 * virtio_ipsec_v2_0_parse_get_headroom_tailroom_size_resp() - take apart
 *   what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_get_headroom_tailroom_size_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_get_headroom_tailroom_size_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->headroom_tailroom = virtio_ipsec_v2_0_take(
			c, sizeof(*resp->headroom_tailroom));
		if (!resp->headroom_tailroom)
			return VIRTIO_IPSEC_V2_0_ESHORT;
	} else {
		resp->headroom_tailroom = NULL;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_get_headroom_tailroom_size_resp() - put together
 *   what the device writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_get_headroom_tailroom_size_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_get_headroom_tailroom_size_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->headroom_tailroom)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, resp->headroom_tailroom,
					   sizeof(*resp->headroom_tailroom)))
			return VIRTIO_IPSEC_V2_0_ESHORT;
	} else if (resp->headroom_tailroom) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_save_state_req_view - what the device reads:
 *   reads a piece of the device's state
 * @ctrl_hdr: names a control command and says how long it is
 * @save_state: asks for a piece of the device's state
 */
struct virtio_ipsec_v2_0_save_state_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_save_state *save_state;
};

/**
 * virtio_ipsec_v2_0_parse_save_state_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_save_state_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_save_state_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_ADVANCED)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_SAVE_STATE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->save_state = virtio_ipsec_v2_0_take(&part,
						 sizeof(*req->save_state));
	err = virtio_ipsec_v2_0_check_save_state(req->save_state);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_save_state_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_save_state_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_save_state_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_ADVANCED);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_SAVE_STATE);
	start_ctrl_hdr = c->left;
	if (!req->save_state)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_save_state(
		virtio_ipsec_v2_0_put(c, req->save_state,
				      sizeof(*req->save_state)));
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_save_state_resp_view - what the device writes:
 *   reads a piece of the device's state
 * @ctrl_status: says how a control command ended
 * @state_chunk: a piece of the device's saved state
 * @state: the piece
 * @state_len: how many bytes
 */
struct virtio_ipsec_v2_0_save_state_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_state_chunk *state_chunk;
	const __u8 *state;
	__u32 state_len;
};

/**
 * virtio_ipsec_v2_0_parse_save_state_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_save_state_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_save_state_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->state_chunk =
			virtio_ipsec_v2_0_take(c, sizeof(*resp->state_chunk));
		err = virtio_ipsec_v2_0_check_state_chunk(resp->state_chunk);
		if (err)
			return err;
		n = virtio_ipsec_v2_0_get_le32(&resp->state_chunk->length);
		if (n > VIRTIO_IPSEC_V2_0_MAX_STATE)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		resp->state = virtio_ipsec_v2_0_take(c, n);
		if (!resp->state)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		resp->state_len = n;
	} else {
		resp->state_chunk = NULL;
		resp->state = NULL;
		resp->state_len = 0;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_save_state_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_save_state_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_save_state_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_state_chunk *at_state_chunk;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->state_chunk)
			return VIRTIO_IPSEC_V2_0_EPART;
		at_state_chunk = virtio_ipsec_v2_0_put(c, resp->state_chunk,
						       sizeof(*at_state_chunk));
		if (!at_state_chunk)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_state_chunk->length,
					   resp->state_len);
		err = virtio_ipsec_v2_0_check_state_chunk(at_state_chunk);
		if (err)
			return err;
		if (resp->state_len > VIRTIO_IPSEC_V2_0_MAX_STATE)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (resp->state_len && !resp->state)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, resp->state, resp->state_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
	} else if (resp->state_chunk || resp->state_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_restore_state_req_view - what the device reads:
 *   loads a piece of a state
 * @ctrl_hdr: names a control command and says how long it is
 * @state_chunk: a piece of the device's saved state
 * @state: the piece
 * @state_len: how many bytes
 */
struct virtio_ipsec_v2_0_restore_state_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_state_chunk *state_chunk;
	const __u8 *state;
	__u32 state_len;
};

/**
 * virtio_ipsec_v2_0_parse_restore_state_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_restore_state_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_restore_state_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_ADVANCED)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_RESTORE_STATE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->state_chunk = virtio_ipsec_v2_0_take(&part,
						  sizeof(*req->state_chunk));
	err = virtio_ipsec_v2_0_check_state_chunk(req->state_chunk);
	if (err)
		return err;
	n = virtio_ipsec_v2_0_get_le32(&req->state_chunk->length);
	if (n > VIRTIO_IPSEC_V2_0_MAX_STATE)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	req->state = virtio_ipsec_v2_0_take(&part, n);
	if (!req->state)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	req->state_len = n;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_restore_state_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_restore_state_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_restore_state_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;
	struct virtio_ipsec_v2_0_state_chunk *at_state_chunk;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_ADVANCED);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_RESTORE_STATE);
	start_ctrl_hdr = c->left;
	if (!req->state_chunk)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_state_chunk = virtio_ipsec_v2_0_put(c, req->state_chunk,
					       sizeof(*at_state_chunk));
	if (!at_state_chunk)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_state_chunk->length, req->state_len);
	err = virtio_ipsec_v2_0_check_state_chunk(at_state_chunk);
	if (err)
		return err;
	if (req->state_len > VIRTIO_IPSEC_V2_0_MAX_STATE)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if (req->state_len && !req->state)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, req->state, req->state_len))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_dh_generate_req_view - what the device reads:
 *   makes a key pair
 * @ctrl_hdr: names a control command and says how long it is
 * @dh_generate: makes a Diffie-Hellman key pair, of which the device keeps
 *   the private key
 */
struct virtio_ipsec_v2_0_dh_generate_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_dh_generate *dh_generate;
};

/**
 * virtio_ipsec_v2_0_parse_dh_generate_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_dh_generate_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_dh_generate_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_ADVANCED)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_DH_GENERATE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->dh_generate = virtio_ipsec_v2_0_take(&part,
						  sizeof(*req->dh_generate));
	err = virtio_ipsec_v2_0_check_dh_generate(req->dh_generate);
	if (err)
		return err;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_dh_generate_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_dh_generate_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_dh_generate_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_ADVANCED);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_DH_GENERATE);
	start_ctrl_hdr = c->left;
	if (!req->dh_generate)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_dh_generate(
		virtio_ipsec_v2_0_put(c, req->dh_generate,
				      sizeof(*req->dh_generate)));
	if (err)
		return err;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_dh_generate_resp_view - what the device writes:
 *   makes a key pair
 * @ctrl_status: says how a control command ended
 * @dh_public: a key pair's handle, with a public value
 * @public_value: public value, in the form of its IKEv2 payload
 * @public_value_len: how many bytes
 */
struct virtio_ipsec_v2_0_dh_generate_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_dh_public *dh_public;
	const __u8 *public_value;
	__u32 public_value_len;
};

/**
 * virtio_ipsec_v2_0_parse_dh_generate_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_dh_generate_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_dh_generate_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->dh_public =
			virtio_ipsec_v2_0_take(c, sizeof(*resp->dh_public));
		err = virtio_ipsec_v2_0_check_dh_public(resp->dh_public);
		if (err)
			return err;
		n = virtio_ipsec_v2_0_get_le32(&resp->dh_public->length);
		if (n > VIRTIO_IPSEC_V2_0_MAX_PUBLIC_VALUE)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		resp->public_value = virtio_ipsec_v2_0_take(c, n);
		if (!resp->public_value)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		resp->public_value_len = n;
	} else {
		resp->dh_public = NULL;
		resp->public_value = NULL;
		resp->public_value_len = 0;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_dh_generate_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_dh_generate_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_dh_generate_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_dh_public *at_dh_public;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		if (!resp->dh_public)
			return VIRTIO_IPSEC_V2_0_EPART;
		at_dh_public = virtio_ipsec_v2_0_put(c, resp->dh_public,
						     sizeof(*at_dh_public));
		if (!at_dh_public)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_dh_public->length,
					   resp->public_value_len);
		err = virtio_ipsec_v2_0_check_dh_public(at_dh_public);
		if (err)
			return err;
		if (resp->public_value_len > VIRTIO_IPSEC_V2_0_MAX_PUBLIC_VALUE)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (resp->public_value_len && !resp->public_value)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, resp->public_value,
					   resp->public_value_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
	} else if (resp->dh_public || resp->public_value_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_dh_compute_req_view - what the device reads:
 *   computes a shared secret
 * @ctrl_hdr: names a control command and says how long it is
 * @dh_public: a key pair's handle, with a public value
 * @peer_value: the peer's public value
 * @peer_value_len: how many bytes
 */
struct virtio_ipsec_v2_0_dh_compute_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_dh_public *dh_public;
	const __u8 *peer_value;
	__u32 peer_value_len;
};

/**
 * virtio_ipsec_v2_0_parse_dh_compute_req() - take apart what the device
 *   reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_dh_compute_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_dh_compute_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_ADVANCED)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_DH_COMPUTE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->dh_public = virtio_ipsec_v2_0_take(&part, sizeof(*req->dh_public));
	err = virtio_ipsec_v2_0_check_dh_public(req->dh_public);
	if (err)
		return err;
	n = virtio_ipsec_v2_0_get_le32(&req->dh_public->length);
	if (n > VIRTIO_IPSEC_V2_0_MAX_PEER_VALUE)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	req->peer_value = virtio_ipsec_v2_0_take(&part, n);
	if (!req->peer_value)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	req->peer_value_len = n;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_dh_compute_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_dh_compute_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_dh_compute_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;
	struct virtio_ipsec_v2_0_dh_public *at_dh_public;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_ADVANCED);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_DH_COMPUTE);
	start_ctrl_hdr = c->left;
	if (!req->dh_public)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_dh_public = virtio_ipsec_v2_0_put(c, req->dh_public,
					     sizeof(*at_dh_public));
	if (!at_dh_public)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_dh_public->length, req->peer_value_len);
	err = virtio_ipsec_v2_0_check_dh_public(at_dh_public);
	if (err)
		return err;
	if (req->peer_value_len > VIRTIO_IPSEC_V2_0_MAX_PEER_VALUE)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if (req->peer_value_len && !req->peer_value)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, req->peer_value, req->peer_value_len))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_dh_compute_resp_view - what the device writes:
 *   computes a shared secret
 * @ctrl_status: says how a control command ended
 * @amount: says how many bytes follow
 * @secret: the shared secret
 * @secret_len: how many bytes
 */
struct virtio_ipsec_v2_0_dh_compute_resp_view {
	const struct virtio_ipsec_v2_0_ctrl_status *ctrl_status;
	const struct virtio_ipsec_v2_0_amount *amount;
	const __u8 *secret;
	__u32 secret_len;
};

/**
 * virtio_ipsec_v2_0_parse_dh_compute_resp() - take apart what the device
 *   wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_dh_compute_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_dh_compute_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->ctrl_status = virtio_ipsec_v2_0_take(c,
						   sizeof(*resp->ctrl_status));
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		resp->amount = virtio_ipsec_v2_0_take(c, sizeof(*resp->amount));
		err = virtio_ipsec_v2_0_check_amount(resp->amount);
		if (err)
			return err;
		n = virtio_ipsec_v2_0_get_le32(&resp->amount->length);
		if (n > VIRTIO_IPSEC_V2_0_MAX_SECRET)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		resp->secret = virtio_ipsec_v2_0_take(c, n);
		if (!resp->secret)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		resp->secret_len = n;
	} else {
		resp->amount = NULL;
		resp->secret = NULL;
		resp->secret_len = 0;
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_dh_compute_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_dh_compute_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_dh_compute_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_amount *at_amount;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->ctrl_status)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->ctrl_status,
				   sizeof(*resp->ctrl_status)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le32(&resp->ctrl_status->status) ==
	    VIRTIO_IPSEC_V2_0_S_OK) {
		at_amount = virtio_ipsec_v2_0_put(c, resp->amount,
						  sizeof(*at_amount));
		if (!at_amount)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_amount->length,
					   resp->secret_len);
		err = virtio_ipsec_v2_0_check_amount(at_amount);
		if (err)
			return err;
		if (resp->secret_len > VIRTIO_IPSEC_V2_0_MAX_SECRET)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (resp->secret_len && !resp->secret)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, resp->secret, resp->secret_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
	} else if (resp->amount || resp->secret_len) {
		return VIRTIO_IPSEC_V2_0_EPART;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_dh_delete_req_view - what the device reads:
 *   forgets a key pair
 * @ctrl_hdr: names a control command and says how long it is
 * @dh: names a Diffie-Hellman key pair
 */
struct virtio_ipsec_v2_0_dh_delete_req_view {
	const struct virtio_ipsec_v2_0_ctrl_hdr *ctrl_hdr;
	const struct virtio_ipsec_v2_0_dh *dh;
};

/**
 * virtio_ipsec_v2_0_parse_dh_delete_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_dh_delete_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_dh_delete_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	struct virtio_ipsec_v2_0_reader part;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->ctrl_hdr = virtio_ipsec_v2_0_take(c, sizeof(*req->ctrl_hdr));
	if (!req->ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->class) !=
	    VIRTIO_IPSEC_V2_0_CTRL_ADVANCED)
		return VIRTIO_IPSEC_V2_0_ECODE;
	if (virtio_ipsec_v2_0_get_le16(&req->ctrl_hdr->command) !=
	    VIRTIO_IPSEC_V2_0_CTRL_DH_DELETE)
		return VIRTIO_IPSEC_V2_0_ECODE;
	err = virtio_ipsec_v2_0_split(
		c, virtio_ipsec_v2_0_get_le32(&req->ctrl_hdr->length), &part);
	if (err)
		return err;
	req->dh = virtio_ipsec_v2_0_take(&part, sizeof(*req->dh));
	if (!req->dh)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (part.left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_dh_delete_req() - put together what the device
 *   reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_dh_delete_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_dh_delete_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_ctrl_hdr *at_ctrl_hdr;
	__u32 start_ctrl_hdr;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	at_ctrl_hdr = virtio_ipsec_v2_0_put(c, req->ctrl_hdr,
					    sizeof(*at_ctrl_hdr));
	if (!at_ctrl_hdr)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->class,
				   VIRTIO_IPSEC_V2_0_CTRL_ADVANCED);
	virtio_ipsec_v2_0_put_le16(&at_ctrl_hdr->command,
				   VIRTIO_IPSEC_V2_0_CTRL_DH_DELETE);
	start_ctrl_hdr = c->left;
	if (!req->dh)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, req->dh, sizeof(*req->dh)))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_ctrl_hdr->length,
				   start_ctrl_hdr - c->left);
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_process_req_next_view - one of several: next
 * @data_req: asks the device to process one packet
 * @input: the packet
 * @input_len: how many bytes
 */
struct virtio_ipsec_v2_0_process_req_next_view {
	const struct virtio_ipsec_v2_0_data_req *data_req;
	const __u8 *input;
	__u32 input_len;
};

/**
 * struct virtio_ipsec_v2_0_process_req_view - what the device reads:
 *   processes packets: all headers, then all input; all completions, then all
 *   room for output
 * @data_req: asks the device to process one packet
 * @next: one for each
 * @next_count: how many there are, or would be where that is too many
 * @next_max: how many there is room for
 * @input: the packet
 * @input_len: how many bytes
 */
struct virtio_ipsec_v2_0_process_req_view {
	const struct virtio_ipsec_v2_0_data_req *data_req;
	struct virtio_ipsec_v2_0_process_req_next_view *next;
	__u32 next_count;
	__u32 next_max;
	const __u8 *input;
	__u32 input_len;
};

/**
 * virtio_ipsec_v2_0_parse_process_req() - take apart what the device reads
 * @buf: the bytes, a private copy
 * @len: how many there are
 * @req: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_process_req(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_process_req_view *req)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 1);
	if (err)
		return err;
	req->data_req = virtio_ipsec_v2_0_take(c, sizeof(*req->data_req));
	err = virtio_ipsec_v2_0_check_data_req(req->data_req, c->strict);
	if (err)
		return err;
	n = virtio_ipsec_v2_0_get_le16(&req->data_req->following);
	if (n > c->left / 32)
		return VIRTIO_IPSEC_V2_0_ECOUNT;
	req->next_count = n;
	if (n > req->next_max)
		return VIRTIO_IPSEC_V2_0_EROOM;
	for (i = 0; i < req->next_count; i++) {
		req->next[i].data_req =
			virtio_ipsec_v2_0_take(c,
					       sizeof(*req->next[i].data_req));
		err = virtio_ipsec_v2_0_check_data_req(req->next[i].data_req,
						       c->strict);
		if (err)
			return err;
		if (virtio_ipsec_v2_0_get_le16(&req->next[i].data_req->following))
			return VIRTIO_IPSEC_V2_0_ECOUNT;
	}
	n = virtio_ipsec_v2_0_get_le32(&req->data_req->input_length);
	if (n > VIRTIO_IPSEC_V2_0_MAX_INPUT)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	req->input = virtio_ipsec_v2_0_take(c, n);
	if (!req->input)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	req->input_len = n;
	for (i = 0; i < req->next_count; i++) {
		n = virtio_ipsec_v2_0_get_le32(
			&req->next[i].data_req->input_length);
		if (n > VIRTIO_IPSEC_V2_0_MAX_INPUT)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		req->next[i].input = virtio_ipsec_v2_0_take(c, n);
		if (!req->next[i].input)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		req->next[i].input_len = n;
	}
	if (c->left)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_process_req() - put together what the device reads
 * @buf: the bytes
 * @len: how many there is room for
 * @req: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_process_req(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_process_req_view *req)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_data_req *at_data_req;
	__u32 i;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 1);
	if (err)
		return err;
	if (!req->data_req)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_data_req = virtio_ipsec_v2_0_put(c, req->data_req,
					    sizeof(*at_data_req));
	if (!at_data_req)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_data_req->input_length, req->input_len);
	if (req->next_count > 0xffff)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	virtio_ipsec_v2_0_put_le16(&at_data_req->following, req->next_count);
	err = virtio_ipsec_v2_0_check_data_req(at_data_req, c->strict);
	if (err)
		return err;
	if (req->next_count && !req->next)
		return VIRTIO_IPSEC_V2_0_EPART;
	for (i = 0; i < req->next_count; i++) {
		if (!req->next[i].data_req)
			return VIRTIO_IPSEC_V2_0_EPART;
		at_data_req = virtio_ipsec_v2_0_put(c, req->next[i].data_req,
						    sizeof(*at_data_req));
		if (!at_data_req)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_data_req->input_length,
					   req->next[i].input_len);
		virtio_ipsec_v2_0_put_le16(&at_data_req->following, 0);
		err = virtio_ipsec_v2_0_check_data_req(at_data_req, c->strict);
		if (err)
			return err;
	}
	if (req->input_len > VIRTIO_IPSEC_V2_0_MAX_INPUT)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if (req->input_len && !req->input)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, req->input, req->input_len))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	for (i = 0; i < req->next_count; i++) {
		if (req->next[i].input_len > VIRTIO_IPSEC_V2_0_MAX_INPUT)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (req->next[i].input_len && !req->next[i].input)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, req->next[i].input,
					   req->next[i].input_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_process_resp_next_view - one of several: next
 * @data_completion: says how the processing of one packet ended
 * @output: the packet as processed, in room of this size
 * @output_len: how many bytes of that room are used
 */
struct virtio_ipsec_v2_0_process_resp_next_view {
	const struct virtio_ipsec_v2_0_data_completion *data_completion;
	const __u8 *output;
	__u32 output_len;
};

/**
 * struct virtio_ipsec_v2_0_process_resp_view - what the device writes:
 *   processes packets: all headers, then all input; all completions, then all
 *   room for output
 * @data_completion: says how the processing of one packet ended
 * @next: one for each
 * @next_count: how many there are, or would be where that is too many
 * @next_max: how many there is room for
 * @output: the packet as processed, in room of this size
 * @output_len: how many bytes of that room are used
 */
struct virtio_ipsec_v2_0_process_resp_view {
	const struct virtio_ipsec_v2_0_data_completion *data_completion;
	struct virtio_ipsec_v2_0_process_resp_next_view *next;
	__u32 next_count;
	__u32 next_max;
	const __u8 *output;
	__u32 output_len;
};

/**
 * virtio_ipsec_v2_0_parse_process_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @size: how many the device had room for, which it need not fill
 * @len: how many the device says it wrote: the used length, which ends at
 *   the first gap
 * @req: the request that it answers
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_process_resp(
	const void *buf, __u32 size, __u32 len,
	const struct virtio_ipsec_v2_0_process_req_view *req,
	struct virtio_ipsec_v2_0_process_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;
	__u32 behind;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_v2_0_start_reader(c, buf, size, 0);
	if (err)
		return err;
	if (len > size)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	c->left = len;
	behind = size - len;
	resp->data_completion =
		virtio_ipsec_v2_0_take(c, sizeof(*resp->data_completion));
	if (!resp->data_completion)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	n = req->next_count;
	if (n > c->left / 16)
		return VIRTIO_IPSEC_V2_0_ECOUNT;
	resp->next_count = n;
	if (n > resp->next_max)
		return VIRTIO_IPSEC_V2_0_EROOM;
	for (i = 0; i < resp->next_count; i++) {
		resp->next[i].data_completion = virtio_ipsec_v2_0_take(
			c, sizeof(*resp->next[i].data_completion));
		if (!resp->next[i].data_completion)
			return VIRTIO_IPSEC_V2_0_ESHORT;
	}
	n = virtio_ipsec_v2_0_get_le32(&req->data_req->output_capacity);
	if (n > VIRTIO_IPSEC_V2_0_MAX_OUTPUT)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	resp->output_len = virtio_ipsec_v2_0_get_le32(
		&resp->data_completion->output_length);
	if (resp->output_len > n)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	if (resp->output_len &&
	    virtio_ipsec_v2_0_get_le32(&resp->data_completion->status) !=
	    VIRTIO_IPSEC_V2_0_S_OK)
		return VIRTIO_IPSEC_V2_0_ELENGTH;
	resp->output = virtio_ipsec_v2_0_take(c, resp->output_len);
	if (!resp->output)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	if (resp->output_len < n) {
		c->left += behind;
		behind = 0;
	}
	virtio_ipsec_v2_0_skip(c, n - resp->output_len);
	for (i = 0; i < resp->next_count; i++) {
		n = virtio_ipsec_v2_0_get_le32(
			&req->next[i].data_req->output_capacity);
		if (n > VIRTIO_IPSEC_V2_0_MAX_OUTPUT)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		resp->next[i].output_len = virtio_ipsec_v2_0_get_le32(
			&resp->next[i].data_completion->output_length);
		if (resp->next[i].output_len > n)
			return VIRTIO_IPSEC_V2_0_ELENGTH;
		if (resp->next[i].output_len &&
		    virtio_ipsec_v2_0_get_le32(&resp->next[i].data_completion->status) !=
		    VIRTIO_IPSEC_V2_0_S_OK)
			return VIRTIO_IPSEC_V2_0_ELENGTH;
		resp->next[i].output =
			virtio_ipsec_v2_0_take(c, resp->next[i].output_len);
		if (!resp->next[i].output)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		if (resp->next[i].output_len < n) {
			c->left += behind;
			behind = 0;
		}
		virtio_ipsec_v2_0_skip(c, n - resp->next[i].output_len);
	}
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_process_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @req: the request that it answers
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_process_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_process_req_view *req,
	const struct virtio_ipsec_v2_0_process_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;
	struct virtio_ipsec_v2_0_data_completion *at_data_completion;
	__u32 i;
	__u32 n;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->data_completion)
		return VIRTIO_IPSEC_V2_0_EPART;
	at_data_completion = virtio_ipsec_v2_0_put(c, resp->data_completion,
						   sizeof(*at_data_completion));
	if (!at_data_completion)
		return VIRTIO_IPSEC_V2_0_ESHORT;
	virtio_ipsec_v2_0_put_le32(&at_data_completion->output_length,
				   resp->output_len);
	if (resp->next_count != req->next_count)
		return VIRTIO_IPSEC_V2_0_ECOUNT;
	if (resp->next_count && !resp->next)
		return VIRTIO_IPSEC_V2_0_EPART;
	for (i = 0; i < resp->next_count; i++) {
		if (!resp->next[i].data_completion)
			return VIRTIO_IPSEC_V2_0_EPART;
		at_data_completion =
			virtio_ipsec_v2_0_put(c, resp->next[i].data_completion,
					      sizeof(*at_data_completion));
		if (!at_data_completion)
			return VIRTIO_IPSEC_V2_0_ESHORT;
		virtio_ipsec_v2_0_put_le32(&at_data_completion->output_length,
					   resp->next[i].output_len);
	}
	n = virtio_ipsec_v2_0_get_le32(&req->data_req->output_capacity);
	if (n > VIRTIO_IPSEC_V2_0_MAX_OUTPUT || resp->output_len > n)
		return VIRTIO_IPSEC_V2_0_ELIMIT;
	if (resp->output_len &&
	    virtio_ipsec_v2_0_get_le32(&resp->data_completion->status) !=
	    VIRTIO_IPSEC_V2_0_S_OK)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (resp->output_len && !resp->output)
		return VIRTIO_IPSEC_V2_0_EPART;
	if (!virtio_ipsec_v2_0_put(c, resp->output, resp->output_len))
		return VIRTIO_IPSEC_V2_0_ESHORT;
	c->gap += n - resp->output_len;
	for (i = 0; i < resp->next_count; i++) {
		n = virtio_ipsec_v2_0_get_le32(
			&req->next[i].data_req->output_capacity);
		if (n > VIRTIO_IPSEC_V2_0_MAX_OUTPUT ||
		    resp->next[i].output_len > n)
			return VIRTIO_IPSEC_V2_0_ELIMIT;
		if (resp->next[i].output_len &&
		    virtio_ipsec_v2_0_get_le32(&resp->next[i].data_completion->status) !=
		    VIRTIO_IPSEC_V2_0_S_OK)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (resp->next[i].output_len && !resp->next[i].output)
			return VIRTIO_IPSEC_V2_0_EPART;
		if (!virtio_ipsec_v2_0_put(c, resp->next[i].output,
					   resp->next[i].output_len))
			return VIRTIO_IPSEC_V2_0_ESHORT;
		c->gap += n - resp->next[i].output_len;
	}
	return len - c->left;
}

/**
 * struct virtio_ipsec_v2_0_notify_resp_view - what the device writes:
 *   receives one event
 * @notification: tells the driver of an event on an SA
 */
struct virtio_ipsec_v2_0_notify_resp_view {
	const struct virtio_ipsec_v2_0_notification *notification;
};

/**
 * virtio_ipsec_v2_0_parse_notify_resp() - take apart what the device wrote
 * @buf: the bytes, a private copy
 * @len: how many the device says it wrote: the used length
 * @resp: is filled
 *
 * Return: 0 or a negative error.
 */
static inline int
virtio_ipsec_v2_0_parse_notify_resp(
	const void *buf, __u32 len,
	struct virtio_ipsec_v2_0_notify_resp_view *resp)
{
	struct virtio_ipsec_v2_0_reader area;
	struct virtio_ipsec_v2_0_reader *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_reader(c, buf, len, 0);
	if (err)
		return err;
	resp->notification =
		virtio_ipsec_v2_0_take(c, sizeof(*resp->notification));
	err = virtio_ipsec_v2_0_check_notification(resp->notification);
	if (err)
		return err;
	return 0;
}

/**
 * virtio_ipsec_v2_0_build_notify_resp() - put together what the device
 *   writes
 * @buf: the bytes
 * @len: how many there is room for
 * @resp: what to write
 *
 * Return: bytes written, or a negative error.
 */
static inline int
virtio_ipsec_v2_0_build_notify_resp(
	void *buf, __u32 len,
	const struct virtio_ipsec_v2_0_notify_resp_view *resp)
{
	struct virtio_ipsec_v2_0_writer area;
	struct virtio_ipsec_v2_0_writer *c = &area;
	int err;

	err = virtio_ipsec_v2_0_start_writer(c, buf, len, 0);
	if (err)
		return err;
	if (!resp->notification)
		return VIRTIO_IPSEC_V2_0_EPART;
	err = virtio_ipsec_v2_0_check_notification(
		virtio_ipsec_v2_0_put(c, resp->notification,
				      sizeof(*resp->notification)));
	if (err)
		return err;
	return len - c->left;
}

#endif /* VIRTIO_IPSEC_V2_0_WIRE_H */
