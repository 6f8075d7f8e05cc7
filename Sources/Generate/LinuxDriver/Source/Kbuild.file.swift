extension LinuxDriver {
  static let kbuildFile = DriverFile(
    "Kbuild",
    "What the module is made of.",
    #"""
# Out of the kernel's tree: a module, with the headers beside it.
ifneq ($(KBUILD_EXTMOD),)
CONFIG_VIRTIO_IPSEC ?= m
ccflags-y += -I$(src)/../../../include/uapi -I$(src)/../../../include
ccflags-$(CONFIG_VIRTIO_IPSEC_DEBUGFS) += -DCONFIG_VIRTIO_IPSEC_DEBUGFS
endif

obj-$(CONFIG_VIRTIO_IPSEC) += virtio_ipsec.o

virtio_ipsec-y := main.o registers.o device.o queues.o recovery.o
virtio_ipsec-y += control.o commands.o groups.o sa.o sa_commands.o messages.o lifetime.o
virtio_ipsec-y += spec.o queue.o submit.o data.o buffered.o events.o tables.o
virtio_ipsec-y += chardev.o process.o
virtio_ipsec-y += gapi_open.o gapi_list.o gapi_call.o gapi_control.o gapi_get.o
virtio_ipsec-y += gapi_spec.o gapi_mod.o gapi_flight.o gapi_packet.o
virtio_ipsec-$(CONFIG_VIRTIO_IPSEC_DEBUGFS) += debugfs.o debugfs_info.o debugfs_spec.o

"""#)
}
