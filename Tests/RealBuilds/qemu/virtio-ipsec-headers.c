/*
 * The generated headers under QEMU's include rules. Compiled, never run.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "standard-headers/linux/virtio_ids.h"
#include "standard-headers/linux/virtio_ipsec.h"
#include "hw/virtio/virtio-ipsec-wire.h"

static G_GNUC_UNUSED uint32_t data_queues(uint32_t guest, uint32_t device)
{
    QEMU_BUILD_BUG_ON(VIRTIO_IPSEC_VQ_MAX_SIZE > 32768);
    return virtio_ipsec_data_queues(guest, device, VIRTIO_IPSEC_VQ_MAX_PAIRS);
}
