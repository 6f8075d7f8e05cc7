/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */
/*
 * What differs between kernels: the only place that asks for a version.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#ifndef VIRTIO_IPSEC_COMPAT_H
#define VIRTIO_IPSEC_COMPAT_H

#include <linux/slab.h>
#include <linux/version.h>
#include <linux/virtio_config.h>

/**
 * struct vipsec_vq - a queue that the driver wants
 * @name: for /proc/interrupts
 * @callback: is told of used buffers
 */
struct vipsec_vq {
	const char *name;
	vq_callback_t *callback;
};

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
static inline int vipsec_find_vqs(struct virtio_device *vdev, unsigned int count,
				  struct virtqueue **vqs, const struct vipsec_vq *wanted)
{
	struct virtqueue_info *info;
	unsigned int i;
	int err;

	info = kcalloc(count, sizeof(*info), GFP_KERNEL);
	if (!info)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		info[i].name = wanted[i].name;
		info[i].callback = wanted[i].callback;
	}
	err = virtio_find_vqs(vdev, count, vqs, info, NULL);
	kfree(info);
	return err;
}
#else
static inline int vipsec_find_vqs(struct virtio_device *vdev, unsigned int count,
				  struct virtqueue **vqs, const struct vipsec_vq *wanted)
{
	vq_callback_t **callbacks;
	const char **names;
	unsigned int i;
	int err = -ENOMEM;

	callbacks = kcalloc(count, sizeof(*callbacks), GFP_KERNEL);
	names = kcalloc(count, sizeof(*names), GFP_KERNEL);
	if (callbacks && names) {
		for (i = 0; i < count; i++) {
			names[i] = wanted[i].name;
			callbacks[i] = wanted[i].callback;
		}
		err = virtio_find_vqs(vdev, count, vqs, callbacks, names, NULL);
	}
	kfree(names);
	kfree(callbacks);
	return err;
}
#endif

#endif /* VIRTIO_IPSEC_COMPAT_H */
