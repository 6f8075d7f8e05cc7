/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * How much an SA was used, and what was told of that.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_LIFETIME_H
#define VIRTIO_IPSEC_LIFETIME_H

#include <linux/atomic.h>
#include <linux/types.h>

/**
 * struct vipsec_amount - how much an SA was used
 * @packets: packets
 * @bytes: bytes of plain packets, which is what an SA counts, and of a bundle
 *   the innermost
 * @sealed_bytes: bytes of protected packets: no SA of a bundle counts more
 */
struct vipsec_amount {
	u64 packets;
	u64 bytes;
	u64 sealed_bytes;
};

/**
 * struct vipsec_meter - the same, while packets are counted
 * @packets: packets
 * @bytes: bytes of plain packets
 * @sealed_bytes: bytes of protected packets
 */
struct vipsec_meter {
	atomic64_t packets;
	atomic64_t bytes;
	atomic64_t sealed_bytes;
};

/**
 * struct vipsec_told - how far soft limits were told of, in what an SA was used
 * @packets: the highest number of packets that an event said
 * @bytes: the highest number of bytes
 */
struct vipsec_told {
	u64 packets;
	u64 bytes;
};

#endif /* VIRTIO_IPSEC_LIFETIME_H */
