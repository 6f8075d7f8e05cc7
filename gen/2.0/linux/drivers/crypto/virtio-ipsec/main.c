// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The driver of virtio-ipsec accelerators: probe, remove, trouble, sleep.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 */
#include <linux/module.h>

#include "chardev.h"
#include "control.h"
#include "debugfs.h"
#include "device.h"
#include "sa.h"

/* The device may have asked for a reset; in interrupt context, where the status cannot be read. */
static void vipsec_config_changed(struct virtio_device *vdev)
{
	struct vipsec *vi = vdev->priv;

	if (vi)
		queue_work(vi->work, &vi->attention);
}

/* Before FEATURES_OK: what goes together, and whether the driver's version is spoken. */
static int vipsec_validate(struct virtio_device *vdev)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vipsec_dependencies); i++) {
		if (__virtio_test_bit(vdev, vipsec_dependencies[i].feature) &&
		    !__virtio_test_bit(vdev, vipsec_dependencies[i].needs))
			__virtio_clear_bit(vdev, vipsec_dependencies[i].feature);
	}
	if (!__virtio_test_bit(vdev, VIRTIO_F_VERSION_1)) {
		dev_err(&vdev->dev, "legacy devices are not driven\n");
		return -ENODEV;
	}
	return vipsec_check_version(vdev);
}

static int vipsec_probe(struct virtio_device *vdev)
{
	struct vipsec *vi;
	int err;

	vi = vipsec_alloc(vdev);
	if (IS_ERR(vi))
		return PTR_ERR(vi);
	err = vipsec_read_registers(vi);
	if (err)
		goto free;
	err = vipsec_count_queues(vi);
	if (err)
		goto free;
	vdev->priv = vi;

	mutex_lock(&vi->lock);
	err = vipsec_start(vi);
	if (!err) {
		err = vipsec_get_limits(vi);
		if (err)
			vipsec_stop(vi, -ENODEV);
	}
	mutex_unlock(&vi->lock);
	if (err)
		goto quiet;

	err = vipsec_chardev_add(vi);
	if (err)
		goto stop;
	vipsec_open_queues(vi);
	spin_lock_irq(&vi->state_lock);
	vi->state = VIPSEC_LIVE;
	spin_unlock_irq(&vi->state_lock);
	vipsec_debugfs_add(vi);
	mutex_lock(&vipsec_devices_lock);
	list_add_tail(&vi->node, &vipsec_devices);
	mutex_unlock(&vipsec_devices_lock);
	dev_info(&vdev->dev, "%s: %u queue pairs, %u packets in a chain\n",
		 vi->name, vi->pairs, vi->limits.max_chain);
	return 0;

stop:
	mutex_lock(&vi->lock);
	vipsec_stop(vi, -ENODEV);
	mutex_unlock(&vi->lock);
quiet:
	vdev->priv = NULL;
free:
	vipsec_put(vi);
	return err;
}

static void vipsec_remove(struct virtio_device *vdev)
{
	struct vipsec *vi = vdev->priv;

	mutex_lock(&vipsec_devices_lock);
	list_del_init(&vi->node);
	mutex_unlock(&vipsec_devices_lock);

	spin_lock_irq(&vi->state_lock);
	vi->state = VIPSEC_GONE;
	spin_unlock_irq(&vi->state_lock);
	wake_up_all(&vi->control_wait);

	/* First, since what follows waits for who waits for the device. */
	mutex_lock(&vi->lock);
	vipsec_stop(vi, -ENODEV);
	vipsec_forget_all(vi);
	mutex_unlock(&vi->lock);
	vipsec_debugfs_remove(vi);
	vipsec_chardev_remove(vi);
	cancel_work_sync(&vi->attention);
	cancel_work_sync(&vi->recovery);
	flush_work(&vi->farewell);
	flush_workqueue(vi->calls);
	flush_workqueue(vi->work);
	vipsec_break(vi);
	vdev->priv = NULL;
	vipsec_put(vi);
}

#ifdef CONFIG_PM_SLEEP
static int vipsec_freeze(struct virtio_device *vdev)
{
	struct vipsec *vi = vdev->priv;

	cancel_work_sync(&vi->attention);
	mutex_lock(&vi->lock);
	spin_lock_irq(&vi->state_lock);
	if (vi->state == VIPSEC_LIVE || vi->state == VIPSEC_RECOVERING)
		vi->state = VIPSEC_ASLEEP;
	spin_unlock_irq(&vi->state_lock);
	vipsec_drain(vi);
	vipsec_stop(vi, -EIO);
	mutex_unlock(&vi->lock);
	return 0;
}

static int vipsec_restore(struct virtio_device *vdev)
{
	struct vipsec *vi = vdev->priv;
	int err = 0;

	mutex_lock(&vi->lock);
	if (vi->state == VIPSEC_ASLEEP)
		err = vipsec_revive(vi);
	mutex_unlock(&vi->lock);
	return err;
}
#endif

static const struct virtio_device_id vipsec_ids[] = {
	{ VIRTIO_ID_IPSEC, VIRTIO_DEV_ANY_ID },
	{ 0 },
};
MODULE_DEVICE_TABLE(virtio, vipsec_ids);

static struct virtio_driver vipsec_driver = {
	.driver.name = KBUILD_MODNAME,
	.driver.owner = THIS_MODULE,
	.id_table = vipsec_ids,
	.feature_table = vipsec_features,
	.feature_table_size = ARRAY_SIZE(vipsec_features),
	.validate = vipsec_validate,
	.probe = vipsec_probe,
	.remove = vipsec_remove,
	.config_changed = vipsec_config_changed,
#ifdef CONFIG_PM_SLEEP
	.freeze = vipsec_freeze,
	.restore = vipsec_restore,
#endif
};

static int __init vipsec_init(void)
{
	int err;

	err = vipsec_devices_init();
	if (err)
		return err;
	vipsec_debugfs_init();
	err = register_virtio_driver(&vipsec_driver);
	if (err) {
		vipsec_debugfs_exit();
		vipsec_devices_exit();
	}
	return err;
}
module_init(vipsec_init);

static void __exit vipsec_exit(void)
{
	unregister_virtio_driver(&vipsec_driver);
	vipsec_debugfs_exit();
	vipsec_devices_exit();
	rcu_barrier();
}
module_exit(vipsec_exit);

MODULE_DESCRIPTION("virtio-ipsec look-aside accelerator");
MODULE_LICENSE("Dual BSD/GPL");
