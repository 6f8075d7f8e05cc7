import DeviceTree

/// A window of a PCI host bridge onto its bus (`struct resource_entry`).
struct HostWindow: CustomStringConvertible {
  /// What is behind it (`of_pci_range_parser`).
  enum Kind: String {
    case ports = "IO"
    case memory = "MEM"
    case other = "err"
  }

  let kind: Kind
  let isPrefetchable: Bool
  /// Where it begins on the bus, and where the CPU sees that.
  let busAddress: UInt64, cpuAddress: UInt64
  let byteCount: UInt64
  /// Of ports, the number that the kernel gives the first.
  var firstPort: UInt64 = 0

  /// - Parameter window: with a PCI address, whose first cell has the kind and a bit for what may be prefetched.
  init(_ window: AddressWindow) {
    let space = window.child.space.first ?? 0
    kind =
      switch space >> 24 & 3 {
      case 1: .ports
      case 2, 3: .memory
      default: .other
      }
    isPrefetchable = space >> 30 & 1 == 1
    (busAddress, cpuAddress, byteCount) = (window.child.address, window.parent, window.child.size)
  }

  /// As Linux prints it where the root bus is made: a resource, and the bus's addresses where they are others.
  var description: String {
    let isPorts = kind == .ports
    let start = isPorts ? firstPort : cpuAddress, width = isPorts ? 4 : 8
    func range(_ start: UInt64) -> String { "0x\(hex(start, width))-0x\(hex(start + byteCount - 1, width))" }
    let resource = "[\(isPorts ? "io " : "mem") \(range(start))\(isPrefetchable ? " pref" : "")]"
    return start == busAddress ? resource : "\(resource) (bus address [\(range(busAddress))])"
  }
}
