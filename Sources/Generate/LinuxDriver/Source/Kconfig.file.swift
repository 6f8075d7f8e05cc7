extension LinuxDriver {
  static let kconfigFile = DriverFile(
    "Kconfig",
    "For a kernel's tree; out of it, the Makefile says the same.",
    #"""
config VIRTIO_IPSEC
	tristate "virtio-ipsec look-aside accelerator"
	depends on VIRTIO
	help
	  Driver of the virtio device that does IPsec beside the network
	  stack: packets go to it and come back encapsulated or
	  decapsulated. Gives other modules the functions of
	  <linux/g_ipsec_la.h>, and programs /dev/ipsec-la0 and so on.

	  The module is called virtio_ipsec.

config VIRTIO_IPSEC_DEBUGFS
	bool "virtio-ipsec: drive accelerators from debugfs"
	depends on VIRTIO_IPSEC && DEBUG_FS && NET
	help
	  Files in debugfs with which a shell adds SAs and processes
	  packets. For tests only: keys go through a file.

	  If unsure, say N.

"""#)
}
