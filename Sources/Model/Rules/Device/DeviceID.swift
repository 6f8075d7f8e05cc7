extension Rule {
  static let deviceIDTaken = Rule(
    "device-id-taken", "The virtio device ID is not another device's, and not 0, which is none."
  ) { layout in
    let id = layout.identity.deviceID
    return id <= 0
      ? [("identity", "\(id) is no device's")] : taken[id].map { [("identity", "\(id) is the \($0)'s")] } ?? []
  }

  static let deviceIDBeyondPCI = Rule("device-id-beyond-pci", "PCI device IDs reach the virtio device ID 63.") {
    layout in
    layout.identity.pciDevice == nil
      ? [("identity", "\(layout.identity.deviceID) is beyond 63, where virtio's PCI device IDs end")] : []
  }

  /// Device IDs that virtio 1.4 assigns or reserves (section 5, Device Types).
  private static let taken: [Int: String] = [
    1: "network device", 2: "block device", 3: "console", 4: "entropy source", 5: "memory balloon (traditional)",
    6: "ioMemory", 7: "rpmsg", 8: "SCSI host", 9: "9P transport", 10: "mac80211 wlan", 11: "rproc serial",
    12: "virtio CAIF", 13: "memory balloon", 16: "GPU device", 17: "timer/clock device", 18: "input device",
    19: "socket device", 20: "crypto device", 21: "signal distribution module", 22: "pstore device", 23: "IOMMU device",
    24: "memory device", 25: "sound device", 26: "file system device", 27: "PMEM device", 28: "RPMB device",
    29: "mac80211 hwsim device", 30: "video encoder device", 31: "video decoder device", 32: "SCMI device",
    33: "NitroSecureModule", 34: "I2C adapter", 35: "watchdog", 36: "CAN device", 38: "parameter server",
    39: "audio policy device", 40: "Bluetooth device", 41: "GPIO device", 42: "RDMA device", 43: "camera device",
    44: "ISM device", 45: "SPI master", 46: "TEE device", 47: "CPU balloon device", 48: "media device",
    49: "USB controller",
  ]
}
