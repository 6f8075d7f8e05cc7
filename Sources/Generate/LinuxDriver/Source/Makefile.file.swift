extension LinuxDriver {
  static let makefileFile = DriverFile(
    "Makefile",
    "Builds the module out of the kernel's tree: make [KERNEL=...] [CONFIG_VIRTIO_IPSEC_DEBUGFS=y].",
    #"""
KERNEL ?= /lib/modules/$(shell uname -r)/build

modules modules_install clean:
	$(MAKE) -C $(KERNEL) M=$(CURDIR) $@

.PHONY: modules modules_install clean

"""#)
}
