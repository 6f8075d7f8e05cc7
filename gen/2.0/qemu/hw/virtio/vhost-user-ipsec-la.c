/*
 * virtio-ipsec-la 2.0 behind a vhost-user back end. The look-aside IPsec
 * accelerator for new builds: little-endian, naturally aligned, readable
 * before writable, with attributes that a minor version can add to.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/error-report.h"
#include "qemu/host-utils.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/virtio/vhost-user-ipsec-la.h"
#include "hw/virtio/virtio-bus.h"
#include "migration/blocker.h"
#include "migration/vmstate.h"
#include "standard-headers/linux/vhost_types.h"
#include "standard-headers/linux/virtio_ids.h"
#include "standard-headers/linux/virtio_ipsec.h"
#include "trace.h"

/* Queues of a pair, and those that are there once. */
#define QUEUES_PER_PAIR 2
#define SINGLE_QUEUES 2
#define DEFAULT_QUEUE_SIZE 256
/* Bytes of configuration space, in which the back end fills up with zeros. */
#define DEFAULT_CONFIG_SIZE 256
/* Of notifiers, for each queue. */
#define DESCRIPTORS_PER_QUEUE 4

/* Offered to the guest only if the back end offers them, too. */
static const int feature_bits[] = {
    VIRTIO_IPSEC_F_SG_BUFFERS,
    VIRTIO_IPSEC_F_AH,
    VIRTIO_IPSEC_F_WESP,
    VIRTIO_IPSEC_F_SA_BUNDLES,
    VIRTIO_IPSEC_F_UDP_ENCAPSULATION,
    VIRTIO_IPSEC_F_TFC,
    VIRTIO_IPSEC_F_ESN,
    VIRTIO_IPSEC_F_ECN,
    VIRTIO_IPSEC_F_DF,
    VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK,
    VIRTIO_IPSEC_F_IPV6_SUPPORT,
    VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY,
    VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY,
    VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY,
    VIRTIO_IPSEC_F_SA_STATISTICS,
    VIRTIO_IPSEC_F_HARD_LIFETIME,
    VIRTIO_IPSEC_F_STATE,
    VIRTIO_IPSEC_F_DH,
    VIRTIO_IPSEC_F_LEGACY_ALGORITHMS,
    VIRTIO_IPSEC_F_MULTI_PACKET,
    VIRTIO_F_NOTIFY_ON_EMPTY,
    VIRTIO_F_ANY_LAYOUT,
    VIRTIO_RING_F_INDIRECT_DESC,
    VIRTIO_RING_F_EVENT_IDX,
    VIRTIO_F_VERSION_1,
    VIRTIO_F_IOMMU_PLATFORM,
    VIRTIO_F_RING_PACKED,
    VIRTIO_F_IN_ORDER,
    VIRTIO_F_ORDER_PLATFORM,
    VIRTIO_F_SR_IOV,
    VIRTIO_F_NOTIFICATION_DATA,
    VIRTIO_F_NOTIF_CONFIG_DATA,
    VIRTIO_F_RING_RESET,
    VIRTIO_F_ADMIN_VQ,
    VHOST_INVALID_FEATURE_BIT
};

/* What the guest may write in the configuration space. */
static const struct {
    const char *name;
    uint8_t offset;
    uint8_t stride; /* for each that the counter counts */
    uint8_t width;
} registers[] = {
    { "version_to_use", 4, 4, 4 },
    { "guest_queue_info", 12, 4, 4 },
};

/* How many registers are in front of those that have a stride. */
static uint64_t register_counter(const uint8_t *config)
{
    return ldl_le_p(config + VIRTIO_IPSEC_CFG_VERSION_COUNT);
}

/* The register's place; false where it is outside of the window. */
static bool find_register(const VHostUserIpsecLa *s, const uint8_t *config,
                          unsigned int index, size_t *offset)
{
    uint64_t place = registers[index].offset +
                     registers[index].stride * register_counter(config);

    *offset = place;
    return place + registers[index].width <= s->config_size;
}

/* Copies what the guest may write from one configuration to another. */
static void copy_registers(const VHostUserIpsecLa *s, uint8_t *to,
                           const uint8_t *from)
{
    size_t offset;

    for (unsigned int i = 0; i < ARRAY_SIZE(registers); i++) {
        if (find_register(s, to, i, &offset)) {
            memcpy(to + offset, from + offset, registers[i].width);
        }
    }
}

/* Sends the back end what differs from @known. */
static int write_registers(VHostUserIpsecLa *s, const uint8_t *config,
                           const uint8_t *known, uint32_t flags)
{
    size_t offset;
    int ret;

    for (unsigned int i = 0; i < ARRAY_SIZE(registers); i++) {
        uint8_t width = registers[i].width;

        if (!find_register(s, known, i, &offset) ||
            !memcmp(config + offset, known + offset, width)) {
            continue;
        }
        trace_vhost_user_ipsec_la_write(s, registers[i].name, offset,
                                        ldn_le_p(config + offset, width));
        ret = vhost_dev_set_config(&s->vhost_dev, config + offset, offset,
                                   width, flags);
        if (ret < 0) {
            return ret;
        }
    }
    return 0;
}

/* Tells the guest that nothing but a reset helps. */
static void need_reset(VHostUserIpsecLa *s)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);

    vdev->status |= VIRTIO_CONFIG_S_NEEDS_RESET;
    virtio_notify_config(vdev);
}

/*
 * Takes over the back end's configuration. One that comes for another, @is_new,
 * must be as the guest knows the device, and is told what the guest wrote.
 */
static int read_config(VHostUserIpsecLa *s, bool is_new, Error **errp)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    uint8_t config[VHOST_USER_IPSEC_LA_MAX_CONFIG] = {};
    uint32_t pairs;
    size_t offset;
    int ret;

    ret = vhost_dev_get_config(&s->vhost_dev, config, s->config_size, errp);
    if (ret < 0) {
        return ret;
    }

    offset = VIRTIO_IPSEC_CFG_DEV_QUEUE_INFO(register_counter(config));
    if (offset + 4 > s->config_size) {
        error_setg(errp, "config-size: the back end's configuration space has"
                   " more than %u bytes", s->config_size);
        return -EINVAL;
    }
    pairs = (ldl_le_p(config + offset) &
             VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_MASK) >>
            VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_SHIFT;
    if (pairs != s->pairs) {
        error_setg(errp, "queues=%u: the back end has %u queue pairs",
                   s->pairs, pairs);
        return -EINVAL;
    }

    if (!(vdev->status & VIRTIO_CONFIG_S_DRIVER)) {
        memcpy(s->initial_config, config, s->config_size);
    } else if (is_new) {
        uint8_t fresh[VHOST_USER_IPSEC_LA_MAX_CONFIG];

        memcpy(fresh, config, s->config_size);
        copy_registers(s, config, s->config);
        if (memcmp(config, s->config, s->config_size)) {
            error_setg(errp, "the back end's configuration is not the one that"
                       " the guest knows");
            return -EINVAL;
        }
        ret = write_registers(s, config, fresh,
                              VHOST_SET_CONFIG_TYPE_FRONTEND);
        if (ret < 0) {
            error_setg_errno(errp, -ret, "back end refused what the guest"
                             " wrote to the configuration space");
            return ret;
        }
        /*
         * A back end that lacks what the guest wrote was started again and
         * has none of its SAs: the guest has to make them anew. After a reset
         * that the back end did not hear of, it has none yet.
         */
        if (vdev->status & VIRTIO_CONFIG_S_DRIVER_OK && !s->missed_reset &&
            memcmp(config, fresh, s->config_size)) {
            need_reset(s);
        }
    }
    memcpy(s->config, config, s->config_size);
    return 0;
}

static void vu_get_config(VirtIODevice *vdev, uint8_t *config)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);

    memcpy(config, s->config, s->config_size);
}

static void vu_set_config(VirtIODevice *vdev, const uint8_t *config)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);

    if (s->connected && write_registers(s, config, s->config,
                                        VHOST_SET_CONFIG_TYPE_FRONTEND) < 0 &&
        qemu_chr_fe_backend_open(&s->chardev)) {
        warn_report_once("%s: back end refused a configuration write",
                         vdev->name);
    } else if (s->connected && qemu_chr_fe_backend_open(&s->chardev)) {
        /* It need not have taken all that was written. */
        read_config(s, false, NULL);
    } else if (!(vdev->status & VIRTIO_CONFIG_S_DRIVER_OK)) {
        /* Without a back end, the next one is told. */
        copy_registers(s, s->config, config);
    }
    /* What was not taken is not to be written with the next register. */
    vu_get_config(vdev, vdev->config);
}

static int vu_config_changed(struct vhost_dev *dev)
{
    VHostUserIpsecLa *s = container_of(dev, VHostUserIpsecLa, vhost_dev);
    Error *local_err = NULL;
    int ret;

    ret = read_config(s, false, &local_err);
    if (ret < 0) {
        error_report_err(local_err);
        return ret;
    }
    virtio_notify_config(VIRTIO_DEVICE(s));
    return 0;
}

static const VhostDevConfigOps config_ops = {
    .vhost_dev_config_notifier = vu_config_changed,
};

static uint64_t vu_get_features(VirtIODevice *vdev, uint64_t features,
                                Error **errp)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);

    if (!virtio_has_feature(features, VIRTIO_F_VERSION_1)) {
        error_setg(errp, "%s has no legacy interface", vdev->name);
        error_append_hint(errp, "For virtio-mmio, set"
                          " -global virtio-mmio.force-legacy=off.\n");
        return 0;
    }
    return vhost_get_features(&s->vhost_dev, feature_bits, features);
}

/* How an in-flight region starts: which back end has the guest's SAs. */
static void read_identity(const VHostUserIpsecLa *s, uint8_t *identity)
{
    memset(identity, 0, VHOST_USER_IPSEC_LA_IDENTITY);
    if (s->inflight.addr && s->inflight.size >= VHOST_USER_IPSEC_LA_IDENTITY) {
        memcpy(identity, s->inflight.addr, VHOST_USER_IPSEC_LA_IDENTITY);
    }
}

/*
 * Stops what was reset while no back end was there: of a packed ring, one goes
 * on where @inflight says unless it is told to stop, and told anew where to go.
 */
static int stop_queues(VHostUserIpsecLa *s)
{
    struct vhost_dev *dev = &s->vhost_dev;
    int ret;

    for (unsigned int i = 0; i < s->num_vqs; i++) {
        struct vhost_vring_state state = { .index = i };

        if (!test_bit(i, s->missed_stops)) {
            continue;
        }
        ret = dev->vhost_ops->vhost_get_vring_base(dev, &state);
        if (ret < 0) {
            return ret;
        }
        clear_bit(i, s->missed_stops);
    }
    return 0;
}

/* Agrees on features, and on the memory that is kept for the next back end. */
static int pass_inflight(VHostUserIpsecLa *s, Error **errp)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    int ret;

    s->vhost_dev.acked_features = vdev->guest_features;
    ret = vhost_dev_prepare_inflight(&s->vhost_dev, vdev);
    if (ret < 0) {
        error_setg_errno(errp, -ret, "cannot set the in-flight format");
        return ret;
    }
    if (!s->inflight.addr) {
        ret = vhost_dev_get_inflight(&s->vhost_dev, s->queue_size,
                                     &s->inflight);
        if (ret < 0) {
            error_setg_errno(errp, -ret, "cannot get the in-flight region");
            return ret;
        }
    }
    ret = vhost_dev_set_inflight(&s->vhost_dev, &s->inflight);
    if (ret < 0) {
        error_setg_errno(errp, -ret, "cannot set the in-flight region");
        return ret;
    }
    ret = stop_queues(s);
    if (ret < 0) {
        error_setg_errno(errp, -ret, "cannot stop queues that were reset");
        return ret;
    }
    s->has_inflight = true;
    return 0;
}

/* By which a back end says that it cannot go on with what is in a ring. */
static void vu_ring_error(EventNotifier *notifier)
{
    struct vhost_virtqueue *vq = container_of(notifier, struct vhost_virtqueue,
                                              error_notifier);
    VHostUserIpsecLa *s = container_of(vq->dev, VHostUserIpsecLa, vhost_dev);

    if (event_notifier_test_and_clear(notifier) &&
        VIRTIO_DEVICE(s)->status & VIRTIO_CONFIG_S_DRIVER_OK) {
        need_reset(s);
    }
}

static int vu_start(VHostUserIpsecLa *s, Error **errp)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    BusState *qbus = BUS(qdev_get_parent_bus(DEVICE(vdev)));
    VirtioBusClass *k = VIRTIO_BUS_GET_CLASS(qbus);
    int ret;

    if (!k->set_guest_notifiers) {
        error_setg(errp, "binding does not support guest notifiers");
        return -ENOSYS;
    }

    ret = vhost_dev_enable_notifiers(&s->vhost_dev, vdev);
    if (ret < 0) {
        error_setg_errno(errp, -ret, "cannot enable host notifiers");
        return ret;
    }

    ret = k->set_guest_notifiers(qbus->parent, s->num_vqs, true);
    if (ret < 0) {
        error_setg_errno(errp, -ret, "cannot bind guest notifiers");
        goto err_host_notifiers;
    }

    if (!s->has_inflight) {
        ret = pass_inflight(s, errp);
        if (ret < 0) {
            goto err_guest_notifiers;
        }
    }

    ret = vhost_dev_start(&s->vhost_dev, vdev, true);
    if (ret < 0) {
        error_setg_errno(errp, -ret, "cannot start the back end");
        goto err_guest_notifiers;
    }
    read_identity(s, s->identity);
    s->started = true;
    s->missed_reset = false;
    s->has_loaded = false;
    for (unsigned int i = 0; i < s->num_vqs; i++) {
        if (virtio_queue_get_desc_addr(vdev, i)) {
            clear_bit(i, s->idle);
        } else {
            set_bit(i, s->idle);
        }
    }
    vhost_user_ipsec_la_tap_attach(s);
    trace_vhost_user_ipsec_la_start(s, s->num_vqs, vdev->guest_features);
    return 0;

err_guest_notifiers:
    k->set_guest_notifiers(qbus->parent, s->num_vqs, false);
err_host_notifiers:
    vhost_dev_disable_notifiers(&s->vhost_dev, vdev);
    return ret;
}

static void vu_stop(VHostUserIpsecLa *s)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    BusState *qbus = BUS(qdev_get_parent_bus(DEVICE(vdev)));
    VirtioBusClass *k = VIRTIO_BUS_GET_CLASS(qbus);
    int ret;

    if (!s->started) {
        return;
    }
    s->started = false;
    s->has_inflight = false;
    trace_vhost_user_ipsec_la_stop(s);

    vhost_user_ipsec_la_tap_detach(s);
    vhost_dev_stop(&s->vhost_dev, vdev, true);

    ret = k->set_guest_notifiers(qbus->parent, s->num_vqs, false);
    if (ret < 0) {
        error_report("%s: cannot release guest notifiers: %d", vdev->name,
                     ret);
        return;
    }
    vhost_dev_disable_notifiers(&s->vhost_dev, vdev);
}

/*
 * A device that needs a reset waits for it, with what is in its queues; and
 * without VIRTIO_F_VERSION_1, there is nothing that the back end could do.
 */
static bool should_run(VirtIODevice *vdev, uint8_t status)
{
    return virtio_device_should_start(vdev, status) &&
           virtio_vdev_has_feature(vdev, VIRTIO_F_VERSION_1) &&
           !(status & VIRTIO_CONFIG_S_NEEDS_RESET);
}

static void vu_set_status(VirtIODevice *vdev, uint8_t status)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);
    bool should_start = should_run(vdev, status);
    Error *local_err = NULL;

    if (!s->connected || s->started == should_start) {
        return;
    }
    if (!should_start) {
        vu_stop(s);
    } else if (vu_start(s, &local_err) < 0) {
        error_reportf_err(local_err, "%s: ", vdev->name);
        qemu_chr_fe_disconnect(&s->chardev);
    }
}

static void vu_reset(VirtIODevice *vdev)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);
    Error *local_err = NULL;

    vhost_dev_free_inflight(&s->inflight);
    s->has_inflight = false;
    s->has_loaded = false;
    bitmap_zero(s->missed_stops, s->num_vqs);
    /* What the guest wrote is void, and so is what was wrong in its rings. */
    if (s->connected && read_config(s, false, &local_err) < 0) {
        error_report_err(local_err);
    }
    if (!s->connected || !qemu_chr_fe_backend_open(&s->chardev)) {
        memcpy(s->config, s->initial_config, s->config_size);
        s->missed_reset = true;
        return;
    }
    for (unsigned int i = 0; i < s->num_vqs; i++) {
        event_notifier_test_and_clear(&s->vhost_vqs[i].error_notifier);
    }
}

static void vu_queue_reset(VirtIODevice *vdev, uint32_t index)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);

    if (index >= s->num_vqs) {
        return;
    }
    if (s->started && !test_and_set_bit(index, s->idle)) {
        if (index == s->tap.queue) {
            vhost_user_ipsec_la_tap_detach(s);
        }
        vhost_virtqueue_stop(&s->vhost_dev, vdev, &s->vhost_vqs[index], index);
    }
    if (!s->started || !qemu_chr_fe_backend_open(&s->chardev)) {
        set_bit(index, s->missed_stops);
    }
}

static void vu_queue_enable(VirtIODevice *vdev, uint32_t index)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);
    int ret;

    /* A queue that runs is not started a second time. */
    if (!s->started || index >= s->num_vqs ||
        !test_and_clear_bit(index, s->idle)) {
        return;
    }
    ret = vhost_virtqueue_start(&s->vhost_dev, vdev, &s->vhost_vqs[index],
                                index);
    if (ret < 0) {
        error_report("%s: cannot start queue %u again: %s", vdev->name, index,
                     strerror(-ret));
        return;
    }
    if (index == s->tap.queue) {
        vhost_user_ipsec_la_tap_attach(s);
    }
}

static void vu_handle_output(VirtIODevice *vdev, VirtQueue *vq)
{
    /* The back end handles the queues. */
}

/* Whether the process can open as many descriptors as the queues need. */
static bool check_descriptors(unsigned int count, Error **errp)
{
    g_autofree int *fds = g_new(int, count);
    unsigned int opened = 0;

    while (opened < count) {
        fds[opened] = qemu_dup(STDERR_FILENO);
        if (fds[opened] < 0) {
            break;
        }
        opened++;
    }
    for (unsigned int i = 0; i < opened; i++) {
        close(fds[i]);
    }
    if (opened < count) {
        error_setg(errp, "the queues need %u file descriptors, of which the"
                   " process can open %u more: raise its limit"
                   " (ulimit -n)", count, opened);
        return false;
    }
    return true;
}

/* The back end's state is the guest's SAs: without it, none may migrate. */
static int block_migration(VHostUserIpsecLa *s, Error **errp)
{
    struct vhost_dev *dev = &s->vhost_dev;

    if (dev->migration_blocker || vhost_supports_device_state(dev)) {
        return 0;
    }
    error_setg(&dev->migration_blocker, "Migration disabled: the back end"
               " lacks VHOST_USER_PROTOCOL_F_DEVICE_STATE.");
    return migrate_add_blocker(&dev->migration_blocker, errp);
}

/*
 * Hands on to a back end what another one has left, registers included, and
 * sees whether it goes on from there. One that cannot has none of the guest's
 * SAs, which have to be made anew, and need not differ in its registers.
 */
static int resume(VHostUserIpsecLa *s, Error **errp)
{
    uint8_t identity[VHOST_USER_IPSEC_LA_IDENTITY];
    int ret;

    ret = pass_inflight(s, errp);
    if (ret < 0) {
        return ret;
    }
    /* A back end that answers this has seen the region. */
    ret = read_config(s, true, errp);
    if (ret < 0) {
        return ret;
    }
    read_identity(s, identity);
    if (memcmp(s->identity, identity, sizeof(identity))) {
        need_reset(s);
    }
    memcpy(s->identity, identity, sizeof(identity));
    return 0;
}

static int vu_connect(VHostUserIpsecLa *s, Error **errp)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    uint64_t features = vdev->guest_features;
    int ret;

    if (s->connected) {
        return 0;
    }
    if (!virtio_bus_device_iommu_enabled(vdev)) {
        /* The transport adds it; the back end never hears of it. */
        virtio_clear_feature(&features, VIRTIO_F_IOMMU_PLATFORM);
    }

    s->vhost_dev.num_queues = s->num_vqs;
    s->vhost_dev.nvqs = s->num_vqs;
    s->vhost_dev.vqs = s->vhost_vqs;
    s->vhost_dev.vq_index = 0;
    s->vhost_dev.vq_index_end = s->num_vqs;
    s->vhost_dev.backend_features = 0;
    vhost_dev_set_config_notifier(&s->vhost_dev, &config_ops);
    s->vhost_user.supports_config = true;
    ret = vhost_dev_init(&s->vhost_dev, &s->vhost_user,
                         VHOST_BACKEND_TYPE_USER, 0, errp);
    if (ret < 0) {
        return ret;
    }
    s->connected = true;
    s->has_inflight = false;
    for (unsigned int i = 0; i < s->num_vqs; i++) {
        event_notifier_set_handler(&s->vhost_vqs[i].error_notifier,
                                   vu_ring_error);
    }

    if (vhost_get_features(&s->vhost_dev, feature_bits, features) !=
        features) {
        error_setg(errp, "the guest uses features that the back end lacks:"
                   " 0x%" PRIx64, features & ~s->vhost_dev.features);
        ret = -EINVAL;
        goto err_cleanup;
    }
    if (s->missed_reset) {
        vhost_reset_device(&s->vhost_dev);
    }
    if (vdev->status & VIRTIO_CONFIG_S_DRIVER_OK && s->inflight.addr) {
        ret = resume(s, errp);
    } else {
        ret = read_config(s, true, errp);
    }
    if (ret < 0) {
        goto err_cleanup;
    }
    if (s->has_loaded) {
        /* What was loaded went with the last one, which left no region. */
        need_reset(s);
    }
    ret = block_migration(s, errp);
    if (ret < 0) {
        goto err_cleanup;
    }
    if (should_run(vdev, vdev->status)) {
        ret = vu_start(s, errp);
        if (ret < 0) {
            goto err_cleanup;
        }
    }
    trace_vhost_user_ipsec_la_connect(s, s->vhost_dev.features,
                                      s->vhost_dev.protocol_features);
    return 0;

err_cleanup:
    s->connected = false;
    vhost_dev_cleanup(&s->vhost_dev);
    return ret;
}

static void vu_event(void *opaque, QEMUChrEvent event);

static void vu_disconnect(DeviceState *dev)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(dev);

    if (s->connected) {
        s->connected = false;
        trace_vhost_user_ipsec_la_disconnect(s);
        /* What it has logged is not lost: QEMU's core asks for that. */
        s->vhost_dev.started = s->started;
        vu_stop(s);
        vhost_dev_cleanup(&s->vhost_dev);
    }

    /* The next one may connect. */
    qemu_chr_fe_set_handlers(&s->chardev, NULL, NULL,
                             vu_event, NULL, s, NULL, true);
}

static void vu_event(void *opaque, QEMUChrEvent event)
{
    VHostUserIpsecLa *s = opaque;
    VirtIODevice *vdev = VIRTIO_DEVICE(s);
    Error *local_err = NULL;

    switch (event) {
    case CHR_EVENT_OPENED:
        if (vu_connect(s, &local_err) < 0) {
            error_reportf_err(local_err, "%s: ", vdev->name);
            qemu_chr_fe_disconnect(&s->chardev);
        } else if (vdev->status & VIRTIO_CONFIG_S_DRIVER) {
            /* A guest can see by it that its SAs may be gone. */
            virtio_notify_config(vdev);
        }
        break;
    case CHR_EVENT_CLOSED:
        vhost_user_async_close(DEVICE(s), &s->chardev, &s->vhost_dev,
                               vu_disconnect);
        break;
    case CHR_EVENT_BREAK:
    case CHR_EVENT_MUX_IN:
    case CHR_EVENT_MUX_OUT:
        break;
    }
}

unsigned int vhost_user_ipsec_la_num_vqs(const VHostUserIpsecLa *s)
{
    return SINGLE_QUEUES + QUEUES_PER_PAIR * s->pairs;
}

static bool check_properties(VHostUserIpsecLa *s, Error **errp)
{
    unsigned int max_pairs =
        (VHOST_USER_IPSEC_LA_MAX_QUEUES - SINGLE_QUEUES) / QUEUES_PER_PAIR;

    if (!s->chardev.chr) {
        error_setg(errp, "chardev is mandatory");
        return false;
    }
    if (s->pairs == 0 || s->pairs > max_pairs) {
        error_setg(errp, "queues=%u: from 1 to %u queue pairs are possible",
                   s->pairs, max_pairs);
        return false;
    }
    if (!is_power_of_2(s->queue_size) || s->queue_size > VIRTQUEUE_MAX_SIZE) {
        error_setg(errp, "queue-size=%u: not a power of 2 up to %u",
                   s->queue_size, VIRTQUEUE_MAX_SIZE);
        return false;
    }
    if (s->config_size == 0 ||
        s->config_size > VHOST_USER_IPSEC_LA_MAX_CONFIG) {
        error_setg(errp, "config-size=%u: from 1 to %u bytes are possible",
                   s->config_size, VHOST_USER_IPSEC_LA_MAX_CONFIG);
        return false;
    }
    if (s->device_id == 0) {
        error_setg(errp, "device-id=0: reserved by virtio");
        return false;
    }
    return check_descriptors(DESCRIPTORS_PER_QUEUE *
                             vhost_user_ipsec_la_num_vqs(s), errp);
}

static void vu_realize(DeviceState *dev, Error **errp)
{
    ERRP_GUARD();
    VirtIODevice *vdev = VIRTIO_DEVICE(dev);
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(dev);
    int retries = VU_REALIZE_CONN_RETRIES;
    int ret;

    if (!check_properties(s, errp) ||
        !vhost_user_init(&s->vhost_user, &s->chardev, errp)) {
        return;
    }

    virtio_init(vdev, VIRTIO_ID_IPSEC, s->config_size);
    vdev->device_id = s->device_id;
    /* What the back end signals early must not meet a masked notifier. */
    vdev->use_guest_notifier_mask = false;

    s->num_vqs = vhost_user_ipsec_la_num_vqs(s);
    s->vhost_vqs = g_new0(struct vhost_virtqueue, s->num_vqs);
    s->vqs = g_new(VirtQueue *, s->num_vqs);
    for (unsigned int i = 0; i < s->num_vqs; i++) {
        s->vqs[i] = virtio_add_queue(vdev, s->queue_size,
                                     vu_handle_output);
    }

    do {
        if (*errp) {
            error_prepend(errp, "Reconnecting after error: ");
            error_report_err(*errp);
            *errp = NULL;
        }
        ret = qemu_chr_fe_wait_connected(&s->chardev, errp);
        if (ret == 0) {
            ret = vu_connect(s, errp);
            if (ret < 0) {
                qemu_chr_fe_disconnect(&s->chardev);
            }
        }
    } while (ret < 0 && ret != -EINVAL && retries--);

    if (ret == 0) {
        qemu_chr_fe_set_handlers(&s->chardev, NULL, NULL,
                                 vu_event, NULL, s, NULL,
                                 true);
        return;
    }

    for (unsigned int i = 0; i < s->num_vqs; i++) {
        virtio_delete_queue(s->vqs[i]);
    }
    g_clear_pointer(&s->vqs, g_free);
    g_clear_pointer(&s->vhost_vqs, g_free);
    virtio_cleanup(vdev);
    vhost_user_cleanup(&s->vhost_user);
}

static void vu_unrealize(DeviceState *dev)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(dev);
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(dev);

    /* First, or a back end that dies now is told of when the device is gone. */
    qemu_chr_fe_set_handlers(&s->chardev, NULL, NULL, NULL, NULL, NULL, NULL,
                             false);
    virtio_set_status(vdev, 0);
    vu_stop(s);
    vhost_dev_cleanup(&s->vhost_dev);
    vhost_dev_free_inflight(&s->inflight);

    for (unsigned int i = 0; i < s->num_vqs; i++) {
        virtio_delete_queue(s->vqs[i]);
    }
    g_clear_pointer(&s->vqs, g_free);
    g_clear_pointer(&s->vhost_vqs, g_free);
    virtio_cleanup(vdev);
    vhost_user_cleanup(&s->vhost_user);
}

static struct vhost_dev *vu_get_vhost(VirtIODevice *vdev)
{
    return &VHOST_USER_IPSEC_LA(vdev)->vhost_dev;
}

static int vu_pre_save(void *opaque)
{
    VHostUserIpsecLa *s = opaque;

    memcpy(VIRTIO_DEVICE(s)->config, s->config, s->config_size);
    return 0;
}

/* Tells this side's back end what the guest wrote on the other side. */
static int vu_post_load(VirtIODevice *vdev)
{
    VHostUserIpsecLa *s = VHOST_USER_IPSEC_LA(vdev);
    uint8_t config[VHOST_USER_IPSEC_LA_MAX_CONFIG];
    int ret;

    memcpy(config, s->config, s->config_size);
    copy_registers(s, config, vdev->config);
    if (memcmp(config, vdev->config, s->config_size)) {
        error_report("%s: this back end's configuration is not that of the"
                     " migration's source", vdev->name);
        return -EINVAL;
    }
    if (s->connected) {
        ret = write_registers(s, config, s->config,
                              VHOST_SET_CONFIG_TYPE_MIGRATION);
        if (ret < 0) {
            error_report("%s: back end refused what the guest wrote to the"
                         " configuration space", vdev->name);
            return ret;
        }
    }
    memcpy(s->config, config, s->config_size);
    return 0;
}

static int save_backend(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field, JSONWriter *vmdesc)
{
    VHostUserIpsecLa *s = pv;
    Error *local_err = NULL;
    int ret;

    ret = vhost_save_backend_state(&s->vhost_dev, f, &local_err);
    if (ret < 0) {
        error_reportf_err(local_err, "%s: cannot save the back end's state: ",
                          VIRTIO_DEVICE(s)->name);
    }
    return ret;
}

static int load_backend(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field)
{
    VHostUserIpsecLa *s = pv;
    Error *local_err = NULL;
    int ret;

    ret = vhost_load_backend_state(&s->vhost_dev, f, &local_err);
    if (ret < 0) {
        error_reportf_err(local_err, "%s: cannot load the back end's state: ",
                          VIRTIO_DEVICE(s)->name);
        return ret;
    }
    s->has_loaded = VIRTIO_DEVICE(s)->status & VIRTIO_CONFIG_S_DRIVER_OK;
    return 0;
}

static int check_backend(void *opaque)
{
    VHostUserIpsecLa *s = opaque;

    if (!s->connected || !vhost_supports_device_state(&s->vhost_dev)) {
        error_report("%s: no back end that can hand over its state",
                     VIRTIO_DEVICE(s)->name);
        return -ENOTSUP;
    }
    return 0;
}

static bool backend_needed(void *opaque)
{
    return true;
}

static const VMStateDescription vmstate_backend = {
    .name = "vhost-user-ipsec-la/backend",
    .version_id = 1,
    .minimum_version_id = 1,
    .needed = backend_needed,
    .pre_load = check_backend,
    .pre_save = check_backend,
    .fields = (const VMStateField[]) {
        {
            .name = "state",
            .info = &(const VMStateInfo) {
                .name = "vhost-user-ipsec-la back-end state",
                .get = load_backend,
                .put = save_backend,
            },
        },
        VMSTATE_END_OF_LIST()
    },
};

static const VMStateDescription vmstate_device = {
    .name = "vhost-user-ipsec-la",
    .version_id = 1,
    .minimum_version_id = 1,
    .pre_save = vu_pre_save,
    .fields = (const VMStateField[]) {
        VMSTATE_VIRTIO_DEVICE,
        VMSTATE_END_OF_LIST()
    },
    .subsections = (const VMStateDescription * const []) {
        &vmstate_backend,
        NULL
    },
};

#define FEATURE(name, bit) \
    DEFINE_PROP_BIT64(name, VHostUserIpsecLa, parent_obj.host_features, bit, \
                      true)

static const Property vu_properties[] = {
    DEFINE_PROP_CHR("chardev", VHostUserIpsecLa, chardev),
    DEFINE_PROP_UINT16("queues", VHostUserIpsecLa, pairs, 1),
    DEFINE_PROP_UINT16("queue-size", VHostUserIpsecLa, queue_size,
                       DEFAULT_QUEUE_SIZE),
    DEFINE_PROP_UINT16("config-size", VHostUserIpsecLa, config_size,
                       DEFAULT_CONFIG_SIZE),
    DEFINE_PROP_UINT16("device-id", VHostUserIpsecLa, device_id,
                       VIRTIO_ID_IPSEC),
    FEATURE("sg-buffers", VIRTIO_IPSEC_F_SG_BUFFERS),
    FEATURE("ah", VIRTIO_IPSEC_F_AH),
    FEATURE("wesp", VIRTIO_IPSEC_F_WESP),
    FEATURE("sa-bundles", VIRTIO_IPSEC_F_SA_BUNDLES),
    FEATURE("udp-encapsulation", VIRTIO_IPSEC_F_UDP_ENCAPSULATION),
    FEATURE("tfc", VIRTIO_IPSEC_F_TFC),
    FEATURE("esn", VIRTIO_IPSEC_F_ESN),
    FEATURE("ecn", VIRTIO_IPSEC_F_ECN),
    FEATURE("df", VIRTIO_IPSEC_F_DF),
    FEATURE("anti-replay-check", VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK),
    FEATURE("ipv6-support", VIRTIO_IPSEC_F_IPV6_SUPPORT),
    FEATURE("soft-lifetime-bytes-notify",
            VIRTIO_IPSEC_F_SOFT_LIFETIME_BYTES_NOTIFY),
    FEATURE("seqnum-overflow-notify", VIRTIO_IPSEC_F_SEQNUM_OVERFLOW_NOTIFY),
    FEATURE("seqnum-periodic-notify", VIRTIO_IPSEC_F_SEQNUM_PERIODIC_NOTIFY),
    FEATURE("sa-statistics", VIRTIO_IPSEC_F_SA_STATISTICS),
    FEATURE("hard-lifetime", VIRTIO_IPSEC_F_HARD_LIFETIME),
    FEATURE("state", VIRTIO_IPSEC_F_STATE),
    FEATURE("dh", VIRTIO_IPSEC_F_DH),
    FEATURE("legacy-algorithms", VIRTIO_IPSEC_F_LEGACY_ALGORITHMS),
    FEATURE("multi-packet", VIRTIO_IPSEC_F_MULTI_PACKET),
};

static void vu_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    VirtioDeviceClass *vdc = VIRTIO_DEVICE_CLASS(klass);

    device_class_set_props(dc, vu_properties);
    dc->desc = "IPsec accelerator behind a vhost-user back end";
    dc->vmsd = &vmstate_device;
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    vdc->realize = vu_realize;
    vdc->unrealize = vu_unrealize;
    vdc->get_config = vu_get_config;
    vdc->set_config = vu_set_config;
    vdc->get_features = vu_get_features;
    vdc->set_status = vu_set_status;
    vdc->reset = vu_reset;
    vdc->queue_reset = vu_queue_reset;
    vdc->queue_enable = vu_queue_enable;
    vdc->post_load = vu_post_load;
    vdc->get_vhost = vu_get_vhost;
}

static const TypeInfo vu_info = {
    .name = TYPE_VHOST_USER_IPSEC_LA,
    .parent = TYPE_VIRTIO_DEVICE,
    .instance_size = sizeof(VHostUserIpsecLa),
    .class_init = vu_class_init,
};

static void vu_register_types(void)
{
    type_register_static(&vu_info);
}

type_init(vu_register_types)
