public import Wire

/// What a virtio capability describes.
public enum StructureType: UInt8, Enumeration {
  case common = 1
  case notify = 2
  case isr = 3
  case device = 4
  case access = 5
  case sharedMemory = 8
  case vendor = 9

  public static let name: StaticString = "pci_cap_cfg"
  public static let summary: StaticString = "What a virtio capability describes."
  public var entry: Entry {
    switch self {
    case .common: Entry("COMMON_CFG", "Common configuration.")
    case .notify: Entry("NOTIFY_CFG", "Notifications.")
    case .isr: Entry("ISR_CFG", "ISR status.")
    case .device: Entry("DEVICE_CFG", "Device-specific configuration.")
    case .access: Entry("PCI_CFG", "A window into the others through configuration space.")
    case .sharedMemory: Entry("SHARED_MEMORY_CFG", "Shared memory region.")
    case .vendor: Entry("VENDOR_CFG", "Vendor-specific data.")
    }
  }
}
