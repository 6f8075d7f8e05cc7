/// What a device is, and, in a driver's table, what it is to be: nil stands for any.
public enum MatchID: Sendable, Hashable {
  /// A string of a device tree node's `compatible`.
  case compatible(String)
  /// PCI vendor and device.
  case pci(vendor: UInt16?, device: UInt16?)
  /// Virtio device ID and vendor.
  case virtio(device: UInt32?, vendor: UInt32?)

  /// Whether an entry of a driver's table covers a device.
  func covers(_ device: MatchID) -> Bool {
    func fits<Number: Equatable>(_ wanted: Number?, _ found: Number?) -> Bool { wanted == nil || wanted == found }
    return switch (self, device) {
    case (.compatible(let wanted), .compatible(let found)): wanted == found
    case (.pci(let vendor, let id), .pci(let foundVendor, let foundID)): fits(vendor, foundVendor) && fits(id, foundID)
    case (.virtio(let id, let vendor), .virtio(let foundID, let foundVendor)):
      fits(id, foundID) && fits(vendor, foundVendor)
    default: false
    }
  }
}
