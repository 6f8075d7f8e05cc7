extension LinuxDriver {
  static let registersSource = DriverFile(
    "registers.c",
    "The configuration space: which version is spoken, and how many queues.",
    #"""
#include <linux/cpumask.h>
#include <linux/virtio_config.h>

#include "device.h"

/* More versions than a device can have: its window has to hold the registers. */
#define VIPSEC_VERSIONS		32

static u32 vipsec_read(struct virtio_device *vdev, unsigned int offset)
{
	__le32 value;

	/* In one access, as the register is wide. */
	vdev->config->get(vdev, offset, &value, sizeof(value));
	return le32_to_cpu(value);
}

static void vipsec_write(struct virtio_device *vdev, unsigned int offset, u32 number)
{
	__le32 value = cpu_to_le32(number);

	vdev->config->set(vdev, offset, &value, sizeof(value));
}

/* How many versions the device lists, which says where the other registers are. */
static int vipsec_count_versions(struct virtio_device *vdev)
{
	u32 count = vipsec_read(vdev, VIRTIO_IPSEC_CFG_VERSION_COUNT);

	if (!count || count > VIPSEC_VERSIONS) {
		dev_err(&vdev->dev, "%u version registers\n", count);
		return -EPROTO;
	}
	return count;
}

/**
 * vipsec_check_version() - look for the driver's version; reads only, as is due before FEATURES_OK
 * @vdev: the device
 *
 * Return: 0, or a negative error if the device does not have it.
 */
int vipsec_check_version(struct virtio_device *vdev)
{
	int i, count = vipsec_count_versions(vdev);

	if (count < 0)
		return count;
	for (i = 0; i < count; i++) {
		if (vipsec_read(vdev, VIRTIO_IPSEC_CFG_SUPPORTED_VERSION(i)) ==
		    VIRTIO_IPSEC_VERSION)
			return 0;
	}
	dev_err(&vdev->dev, "none of the device's %d versions is %u.%u\n", count,
		VIRTIO_IPSEC_VERSION >> 24, VIRTIO_IPSEC_VERSION & 0xffffff);
	return -ENODEV;
}

/**
 * vipsec_read_registers() - learn how many queue pairs there are to be
 * @vi: the accelerator
 *
 * Return: 0 or a negative error.
 */
int vipsec_read_registers(struct vipsec *vi)
{
	struct virtio_device *vdev = vi->vdev;
	int count = vipsec_count_versions(vdev);
	u32 info, pairs, scaling;

	if (count < 0)
		return count;
	vi->version_to_use = VIRTIO_IPSEC_CFG_VERSION_TO_USE(count);
	vi->guest_queue_info = VIRTIO_IPSEC_CFG_GUEST_QUEUE_INFO(count);
	info = vipsec_read(vdev, VIRTIO_IPSEC_CFG_DEV_QUEUE_INFO(count));
	pairs = (info & VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_MASK) >>
		VIRTIO_IPSEC_DEV_QUEUE_MAX_PAIRS_SHIFT;
	scaling = (info & VIRTIO_IPSEC_DEV_QUEUE_DEVICE_SCALING_MASK) >>
		  VIRTIO_IPSEC_DEV_QUEUE_DEVICE_SCALING_SHIFT;
	if (!pairs || pairs > VIRTIO_IPSEC_VQ_MAX_PAIRS) {
		dev_err(&vdev->dev, "%u queue pairs\n", pairs);
		return -EPROTO;
	}
	vi->scaling = min_t(u32, num_online_cpus(), U8_MAX);
	vi->pairs = virtio_ipsec_data_queues(vi->scaling, scaling, pairs) / 2;
	return 0;
}

/**
 * vipsec_select_version() - say which version is spoken, between FEATURES_OK and DRIVER_OK
 * @vi: the accelerator
 *
 * Return: 0, or -EIO if the device does not take it.
 */
int vipsec_select_version(struct vipsec *vi)
{
	vipsec_write(vi->vdev, vi->version_to_use, VIRTIO_IPSEC_VERSION);
	if (vipsec_read(vi->vdev, vi->version_to_use) == VIRTIO_IPSEC_VERSION)
		return 0;
	dev_err(&vi->vdev->dev, "the device did not take its own version\n");
	return -EIO;
}

/**
 * vipsec_select_queues() - say for how many CPUs there are to be queues
 * @vi: the accelerator
 */
void vipsec_select_queues(struct vipsec *vi)
{
	vipsec_write(vi->vdev, vi->guest_queue_info,
		     vi->scaling << VIRTIO_IPSEC_GUEST_QUEUE_GUEST_SCALING_SHIFT);
}

"""#)
}
