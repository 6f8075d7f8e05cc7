// SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause
/*
 * The smallest driver that takes every number it needs from the generated
 * headers. It is built, never loaded.
 */
#include <linux/cpumask.h>
#include <linux/module.h>
#include <linux/virtio.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ipsec.h>
#include <linux/virtio_ipsec_wire.h>

static_assert(VIRTIO_IPSEC_VQ_MAX_SIZE <= 32768);

static int ipsec_probe(struct virtio_device *vdev)
{
	u32 queues = virtio_ipsec_data_queues(num_online_cpus(), 1, VIRTIO_IPSEC_VQ_MAX_PAIRS);

	dev_info(&vdev->dev, "%u data queues, scatter-gather %d\n", queues,
		 virtio_has_feature(vdev, VIRTIO_IPSEC_F_SG_BUFFERS));
	return 0;
}

static void ipsec_remove(struct virtio_device *vdev)
{
	virtio_reset_device(vdev);
}

static const unsigned int features[] = {
	VIRTIO_IPSEC_F_SG_BUFFERS,
	VIRTIO_IPSEC_F_ESN,
};

static const struct virtio_device_id id_table[] = {
	{ VIRTIO_ID_IPSEC, VIRTIO_DEV_ANY_ID },
	{ 0 },
};
MODULE_DEVICE_TABLE(virtio, id_table);

static struct virtio_driver virtio_ipsec_headers = {
	.driver.name = KBUILD_MODNAME,
	.id_table = id_table,
	.feature_table = features,
	.feature_table_size = ARRAY_SIZE(features),
	.probe = ipsec_probe,
	.remove = ipsec_remove,
};
module_virtio_driver(virtio_ipsec_headers);

MODULE_DESCRIPTION("Build test of the generated virtio-ipsec headers");
MODULE_LICENSE("Dual BSD/GPL");
