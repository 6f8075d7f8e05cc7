/*
 * virtio-ipsec-la 2.0 behind a vhost-user back end: tracing of control
 * commands.
 *
 * The back end serves the rings, so QEMU sees no command by itself. While the
 * trace event is enabled, the guest's notifications for the control queue
 * take a detour through QEMU, which looks at what became available, changes
 * nothing, and rings the back end.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "qemu/main-loop.h"
#include "hw/virtio/vhost-user-ipsec-la.h"
#include "standard-headers/linux/vhost_types.h"
#include "standard-headers/linux/virtio_ipsec.h"
#include "standard-headers/linux/virtio_ring.h"
#include "system/dma.h"
#include "trace.h"

/* The one queue that carries commands. */
#define CONTROL_QUEUE VIRTIO_IPSEC_VQ_CONTROLQ

typedef struct virtio_ipsec_ctrl_hdr Header;

static const struct {
    unsigned int class;
    unsigned int command;
    const char *name;
} commands[] = {
    { VIRTIO_IPSEC_CTRL_GENERIC, VIRTIO_IPSEC_CTRL_GET_CAPABILITIES,
      "get_capabilities" },
    { VIRTIO_IPSEC_CTRL_GENERIC, VIRTIO_IPSEC_CTRL_SET_CAPABILITIES,
      "set_capabilities" },
    { VIRTIO_IPSEC_CTRL_GET_RAND_DATA, VIRTIO_IPSEC_GET_RAND_NUM,
      "get_random" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_ADD_GROUP, "add_group" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_DELETE_GROUP, "delete_group" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_ADD_OUT_SA, "add_out_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_DEL_OUT_SA, "del_out_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_UPDATE_OUT_SA, "update_out_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_READ_OUT_SA, "read_out_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_READ_FIRST_N_OUT_SAS,
      "read_first_n_out_sas" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_READ_NEXT_N_OUT_SAS,
      "read_next_n_out_sas" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_ADD_IN_SA, "add_in_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_DEL_IN_SA, "del_in_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_UPDATE_IN_SA, "update_in_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_READ_IN_SA, "read_in_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_READ_FIRST_N_IN_SAS,
      "read_first_n_in_sas" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_READ_NEXT_N_IN_SAS,
      "read_next_n_in_sas" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_FLUSH_SA, "flush_sa" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_CTRL_FLUSH_SA_ALL, "flush_sa_all" },
    { VIRTIO_IPSEC_CTRL_SA, VIRTIO_IPSEC_GET_HEADROOM_TAILROOM_SIZE,
      "get_headroom_tailroom_size" },
    { VIRTIO_IPSEC_CTRL_ADVANCED, VIRTIO_IPSEC_CTRL_SAVE_STATE, "save_state" },
    { VIRTIO_IPSEC_CTRL_ADVANCED, VIRTIO_IPSEC_CTRL_RESTORE_STATE,
      "restore_state" },
    { VIRTIO_IPSEC_CTRL_ADVANCED, VIRTIO_IPSEC_CTRL_DH_GENERATE,
      "dh_generate" },
    { VIRTIO_IPSEC_CTRL_ADVANCED, VIRTIO_IPSEC_CTRL_DH_COMPUTE, "dh_compute" },
    { VIRTIO_IPSEC_CTRL_ADVANCED, VIRTIO_IPSEC_CTRL_DH_DELETE, "dh_delete" },
};

static const char *command_name(unsigned int class, unsigned int command)
{
    for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
        if (commands[i].class == class && commands[i].command == command) {
            return commands[i].name;
        }
    }
    return "unknown";
}

/* A descriptor of either kind of ring. */
typedef struct Link {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    /* The next one's index; the buffer's ID in a packed ring. */
    uint16_t next;
} Link;

static bool read_link(VirtIODevice *vdev, hwaddr table, unsigned int index,
                      bool packed, Link *link)
{
    struct vring_desc desc;

    if (dma_memory_read(vdev->dma_as, table + index * sizeof(desc), &desc,
                        sizeof(desc), MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
        return false;
    }
    link->addr = le64_to_cpu(desc.addr);
    link->len = le32_to_cpu(desc.len);
    /* A packed descriptor has its flags last. */
    link->flags = le16_to_cpu(packed ? desc.next : desc.flags);
    link->next = le16_to_cpu(packed ? desc.flags : desc.next);
    return true;
}

/* Where descriptors are: a ring, or the indirect table of a chain. */
typedef struct Table {
    hwaddr addr;
    unsigned int size;
    bool packed;
    bool indirect;
} Table;

/*
 * Traces the chain that starts at @index, and says how many descriptors it has
 * in the table.
 */
static unsigned int trace_chain(VirtIODevice *vdev, const Table *table,
                                unsigned int index)
{
    Header header;
    size_t got = 0;
    uint64_t length = 0;
    unsigned int links = 0;
    Link link;

    while (links < table->size && index < table->size &&
           read_link(vdev, table->addr, index, table->packed, &link)) {
        links++;
        if (link.flags & VRING_DESC_F_INDIRECT && !table->indirect) {
            Table within = {
                .addr = link.addr,
                .size = MIN(link.len / sizeof(struct vring_desc),
                            VIRTQUEUE_MAX_SIZE),
                .packed = table->packed,
                .indirect = true,
            };

            trace_chain(vdev, &within, 0);
            return links;
        }
        if (!(link.flags & VRING_DESC_F_WRITE)) {
            size_t part = MIN(link.len, sizeof(header) - got);

            if (part && dma_memory_read(vdev->dma_as, link.addr,
                                        (uint8_t *)&header + got, part,
                                        MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
                break;
            }
            got += part;
            length += link.len;
        }
        if (table->packed && table->indirect) {
            index++;
        } else if (!(link.flags & VRING_DESC_F_NEXT)) {
            break;
        } else if (table->packed) {
            index = (index + 1) % table->size;
        } else {
            index = link.next;
        }
    }

    if (got == sizeof(header)) {
        unsigned int class = le16_to_cpu(header.class);
        unsigned int command = le16_to_cpu(header.command);

        trace_vhost_user_ipsec_la_control(vdev, command_name(class, command),
                                          class, command, length);
    }
    return links;
}

static void trace_split(VirtIODevice *vdev, VHostUserIpsecLaTap *tap,
                        const Table *ring)
{
    hwaddr avail = virtio_queue_get_avail_addr(vdev, tap->queue);
    uint16_t head;
    uint16_t end;

    if (lduw_le_dma(vdev->dma_as, avail + offsetof(struct vring_avail, idx),
                    &end, MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
        return;
    }
    if ((uint16_t)(end - tap->next) > ring->size) {
        tap->next = end; /* The guest broke its ring. */
    }
    for (; tap->next != end; tap->next++) {
        hwaddr entry = avail + offsetof(struct vring_avail, ring) +
                       tap->next % ring->size * sizeof(head);

        if (lduw_le_dma(vdev->dma_as, entry, &head,
                        MEMTXATTRS_UNSPECIFIED) != MEMTX_OK) {
            return;
        }
        trace_chain(vdev, ring, head);
    }
}

static void trace_packed(VirtIODevice *vdev, VHostUserIpsecLaTap *tap,
                         const Table *ring)
{
    for (unsigned int seen = 0; seen < ring->size; seen++) {
        Link link;
        unsigned int links;

        if (!read_link(vdev, ring->addr, tap->next, true, &link)) {
            return;
        }
        if (!!(link.flags & 1 << VRING_PACKED_DESC_F_AVAIL) != tap->wrap ||
            !!(link.flags & 1 << VRING_PACKED_DESC_F_USED) == tap->wrap) {
            return;
        }
        links = trace_chain(vdev, ring, tap->next);
        tap->next += links;
        if (tap->next >= ring->size) {
            tap->next -= ring->size;
            tap->wrap = !tap->wrap;
        }
    }
}

/* The guest notified the back end: looks first, then passes it on. */
static void tap_kick(void *opaque)
{
    VHostUserIpsecLa *s = opaque;
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    VHostUserIpsecLaTap *tap = &s->tap;
    VirtQueue *vq = virtio_get_queue(vdev, tap->queue);
    Table ring = {
        .addr = virtio_queue_get_desc_addr(vdev, tap->queue),
        .size = virtio_queue_get_num(vdev, tap->queue),
        .packed = virtio_vdev_has_feature(vdev, VIRTIO_F_RING_PACKED),
    };

    if (!event_notifier_test_and_clear(virtio_queue_get_host_notifier(vq))) {
        return;
    }
    smp_rmb(); /* The guest wrote to the ring before it notified. */
    if (ring.packed) {
        trace_packed(vdev, tap, &ring);
    } else {
        trace_split(vdev, tap, &ring);
    }
    event_notifier_set(&tap->kick);
}

void vhost_user_ipsec_la_tap_attach(VHostUserIpsecLa *s)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    VHostUserIpsecLaTap *tap = &s->tap;
    EventNotifier *notifier;
    struct vhost_vring_file kick = { .index = CONTROL_QUEUE };
    unsigned int next;
    int ret;

    if (!trace_event_get_state_backends(TRACE_VHOST_USER_IPSEC_LA_CONTROL) ||
        !virtio_queue_get_desc_addr(vdev, CONTROL_QUEUE)) {
        return;
    }

    ret = event_notifier_init(&tap->kick, 0);
    if (ret < 0) {
        warn_report("%s: control commands are not traced: %s", vdev->name,
                    strerror(-ret));
        return;
    }
    kick.fd = event_notifier_get_fd(&tap->kick);
    ret = s->vhost_dev.vhost_ops->vhost_set_vring_kick(&s->vhost_dev, &kick);
    if (ret < 0) {
        warn_report("%s: control commands are not traced: %s", vdev->name,
                    strerror(-ret));
        event_notifier_cleanup(&tap->kick);
        return;
    }

    tap->queue = CONTROL_QUEUE;
    next = virtio_queue_get_last_avail_idx(vdev, tap->queue);
    if (virtio_vdev_has_feature(vdev, VIRTIO_F_RING_PACKED)) {
        tap->next = next & 0x7fff;
        tap->wrap = next & 0x8000;
    } else {
        tap->next = next;
    }
    tap->attached = true;

    notifier = virtio_queue_get_host_notifier(virtio_get_queue(vdev,
                                                               tap->queue));
    qemu_set_fd_handler(event_notifier_get_fd(notifier), tap_kick, NULL, s);
    /* What the guest asked for before now is seen, too. */
    event_notifier_set(notifier);
}

void vhost_user_ipsec_la_tap_detach(VHostUserIpsecLa *s)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    VHostUserIpsecLaTap *tap = &s->tap;
    VirtQueue *vq = virtio_get_queue(vdev, tap->queue);

    if (!tap->attached) {
        return;
    }
    tap->attached = false;
    qemu_set_fd_handler(
        event_notifier_get_fd(virtio_queue_get_host_notifier(vq)),
        NULL, NULL, NULL);
    event_notifier_cleanup(&tap->kick);
}
