/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * Events of SAs, on the notification queue.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_EVENTS_H
#define VIRTIO_IPSEC_EVENTS_H

#include "device.h"

int vipsec_alloc_events(struct vipsec *vi);
void vipsec_free_events(struct vipsec *vi);
void vipsec_open_events(struct vipsec *vi, struct virtqueue *vq);
void vipsec_close_events(struct vipsec *vi);
void vipsec_events_used(struct virtqueue *vq);
void vipsec_take_events(struct work_struct *work);

#endif /* VIRTIO_IPSEC_EVENTS_H */
