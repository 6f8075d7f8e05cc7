/*
 * virtio-ipsec-la 2.0 behind a vhost-user back end.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_VHOST_USER_IPSEC_LA_H
#define HW_VIRTIO_VHOST_USER_IPSEC_LA_H

#include "chardev/char-fe.h"
#include "hw/virtio/vhost.h"
#include "hw/virtio/vhost-user.h"
#include "hw/virtio/virtio.h"
#include "qemu/bitmap.h"
#include "qom/object.h"

#define TYPE_VHOST_USER_IPSEC_LA "vhost-user-ipsec-la"
OBJECT_DECLARE_SIMPLE_TYPE(VHostUserIpsecLa, VHOST_USER_IPSEC_LA)

/* What a vhost-user message carries at most. */
#define VHOST_USER_IPSEC_LA_MAX_CONFIG 256
#define VHOST_USER_IPSEC_LA_MAX_QUEUES 256
/* How an in-flight region starts: who has it, at random. */
#define VHOST_USER_IPSEC_LA_IDENTITY 16

/**
 * VHostUserIpsecLaTap - reads along with one queue while it is traced
 * @kick: rings the back end, in place of the guest's own notifier
 * @queue: index of the queue
 * @next: position in the ring of the next chain that was not seen
 * @wrap: wrap counter that goes with @next, of a packed ring
 * @attached: whether the guest's notifications come here
 */
typedef struct VHostUserIpsecLaTap {
    EventNotifier kick;
    unsigned int queue;
    uint16_t next;
    bool wrap;
    bool attached;
} VHostUserIpsecLaTap;

struct VHostUserIpsecLa {
    /*< private >*/
    VirtIODevice parent_obj;

    /* Properties. */
    CharBackend chardev;
    uint16_t pairs;
    uint16_t queue_size;
    uint16_t config_size;
    uint16_t device_id;

    VhostUserState vhost_user;
    struct vhost_dev vhost_dev;
    struct vhost_virtqueue *vhost_vqs;
    struct vhost_inflight inflight;
    VirtQueue **vqs;
    unsigned int num_vqs;
    /* What the guest reads: the back end's, with what the guest wrote. */
    uint8_t config[VHOST_USER_IPSEC_LA_MAX_CONFIG];
    /* The same, before a guest has written anything. */
    uint8_t initial_config[VHOST_USER_IPSEC_LA_MAX_CONFIG];
    bool connected;
    bool started;
    /* There was a reset while no back end was there. */
    bool missed_reset;
    /* Queues that do not run while the others do. */
    DECLARE_BITMAP(idle, VHOST_USER_IPSEC_LA_MAX_QUEUES);
    /* Queues that were reset while no back end was there to stop them. */
    DECLARE_BITMAP(missed_stops, VHOST_USER_IPSEC_LA_MAX_QUEUES);
    /* Since it came, or was stopped, the back end was given @inflight. */
    bool has_inflight;
    /* Of the back end that the guest's SAs are in, as @inflight has it. */
    uint8_t identity[VHOST_USER_IPSEC_LA_IDENTITY];
    /* They were loaded into this back end, which has not run yet. */
    bool has_loaded;
    VHostUserIpsecLaTap tap;
};

/**
 * vhost_user_ipsec_la_num_vqs() - number of virtqueues
 * @s: the device, with its properties set
 *
 * Return: the queues of all pairs and those that are there once.
 */
unsigned int vhost_user_ipsec_la_num_vqs(const VHostUserIpsecLa *s);

/**
 * vhost_user_ipsec_la_tap_attach() - start to trace control commands
 * @s: the device, started
 *
 * Does nothing unless the trace event is enabled: commands then reach the
 * back end without a detour.
 */
void vhost_user_ipsec_la_tap_attach(VHostUserIpsecLa *s);

/**
 * vhost_user_ipsec_la_tap_detach() - stop to trace control commands
 * @s: the device, before its notifiers are taken back
 */
void vhost_user_ipsec_la_tap_detach(VHostUserIpsecLa *s);

#endif /* HW_VIRTIO_VHOST_USER_IPSEC_LA_H */
