/*
 * virtio-ipsec-la 2.0 behind a vhost-user back end: on PCI.
 *
 * Generated; do not edit. Made by: ipsec-la generate --spec-version 2.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "hw/qdev-properties.h"
#include "hw/virtio/vhost-user-ipsec-la.h"
#include "hw/virtio/virtio-pci.h"

/* The last virtio device ID that has a PCI device ID. */
#define VIRTIO_PCI_MAX_DEVICE_ID 0x3f

struct VHostUserIpsecLaPCI {
    /*< private >*/
    VirtIOPCIProxy parent_obj;

    VHostUserIpsecLa vdev;
};

#define TYPE_VHOST_USER_IPSEC_LA_PCI "vhost-user-ipsec-la-pci-base"
OBJECT_DECLARE_SIMPLE_TYPE(VHostUserIpsecLaPCI, VHOST_USER_IPSEC_LA_PCI)

static const Property vu_pci_properties[] = {
    DEFINE_PROP_BIT("ioeventfd", VirtIOPCIProxy, flags,
                    VIRTIO_PCI_FLAG_USE_IOEVENTFD_BIT, true),
    DEFINE_PROP_UINT32("vectors", VirtIOPCIProxy, nvectors,
                       DEV_NVECTORS_UNSPECIFIED),
};

static void vu_pci_realize(VirtIOPCIProxy *vpci_dev, Error **errp)
{
    VHostUserIpsecLaPCI *dev = VHOST_USER_IPSEC_LA_PCI(vpci_dev);

    if (dev->vdev.device_id > VIRTIO_PCI_MAX_DEVICE_ID) {
        error_setg(errp, "PCI has no ID for virtio device %u; the last is %u",
                   dev->vdev.device_id, VIRTIO_PCI_MAX_DEVICE_ID);
        return;
    }

    if (vpci_dev->nvectors == DEV_NVECTORS_UNSPECIFIED) {
        /* One for each queue, and one for configuration changes. */
        vpci_dev->nvectors = vhost_user_ipsec_la_num_vqs(&dev->vdev) + 1;
    }

    qdev_realize(DEVICE(&dev->vdev), BUS(&vpci_dev->bus), errp);
}

static void vu_pci_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    VirtioPCIClass *k = VIRTIO_PCI_CLASS(klass);
    PCIDeviceClass *pcidev_k = PCI_DEVICE_CLASS(klass);

    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    device_class_set_props(dc, vu_pci_properties);
    k->realize = vu_pci_realize;
    pcidev_k->vendor_id = PCI_VENDOR_ID_REDHAT_QUMRANET;
    pcidev_k->device_id = 0; /* from the virtio device ID */
    pcidev_k->revision = VIRTIO_PCI_ABI_VERSION;
    pcidev_k->class_id = PCI_CLASS_OTHERS;
}

static void vu_pci_instance_init(Object *obj)
{
    VHostUserIpsecLaPCI *dev = VHOST_USER_IPSEC_LA_PCI(obj);

    virtio_instance_init_common(obj, &dev->vdev, sizeof(dev->vdev),
                                TYPE_VHOST_USER_IPSEC_LA);
}

/* Only this name: the device knows no legacy interface. */
static const VirtioPCIDeviceTypeInfo vu_pci_info = {
    .base_name = TYPE_VHOST_USER_IPSEC_LA_PCI,
    .non_transitional_name = "vhost-user-ipsec-la-pci",
    .instance_size = sizeof(VHostUserIpsecLaPCI),
    .instance_init = vu_pci_instance_init,
    .class_init = vu_pci_class_init,
};

static void vu_pci_register(void)
{
    virtio_pci_types_register(&vu_pci_info);
}

type_init(vu_pci_register)
