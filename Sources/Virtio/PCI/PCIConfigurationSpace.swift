/// 256 bytes of PCI configuration space: what they read as, and which bits a driver may change.
///
/// A BAR is nothing special here: its address bits are writable, its size bits are not, which is all that sizing needs.
struct PCIConfigurationSpace {
  static let byteCount = 256

  private(set) var bytes = [UInt8](repeating: 0, count: byteCount)
  private var writable = [UInt8](repeating: 0, count: byteCount)
  private var end = 0x40
  private var lastLink = PCIRegister.capabilities

  func get(at offset: Int, byteCount: Int) -> UInt32 {
    (0..<byteCount).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  /// Sets what a register reads as, and which of its bits a driver may change.
  mutating func set(at offset: Int, byteCount: Int, _ value: UInt32, writable mask: UInt32 = 0) {
    for index in 0..<byteCount {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
      writable[offset + index] = UInt8(truncatingIfNeeded: mask >> UInt32(8 * index))
    }
  }

  /// A driver writes.
  mutating func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    for index in offset..<offset + byteCount {
      let new = UInt8(truncatingIfNeeded: value >> UInt32(8 * (index - offset)))
      bytes[index] = bytes[index] & ~writable[index] | new & writable[index]
    }
  }

  /// Links a capability of the given size, header included, to the end of the list; returns where it stands.
  mutating func addCapability(_ id: UInt8, byteCount: Int) -> Int {
    let offset = end
    precondition(offset + byteCount <= Self.byteCount, "too many capabilities")
    bytes[offset] = id
    bytes[lastLink] = UInt8(offset)
    lastLink = offset + 1
    end = (offset + byteCount + 3) & ~3
    return offset
  }

  /// Makes a memory BAR of the given size, a power of two; a 64-bit one takes the next register, too.
  mutating func addBAR(_ bar: Int, byteCount: Int, is64Bit: Bool) {
    precondition(byteCount >= 16 && byteCount & (byteCount - 1) == 0)
    set(at: PCIRegister.bar(bar), byteCount: 4, is64Bit ? 0xc : 0, writable: UInt32(truncatingIfNeeded: -byteCount))
    if is64Bit { set(at: PCIRegister.bar(bar + 1), byteCount: 4, 0, writable: .max) }
  }
}

/// Offsets in the configuration space header (type 0).
enum PCIRegister {
  static let vendorID = 0x00
  static let deviceID = 0x02
  static let command = 0x04
  static let status = 0x06
  static let revision = 0x08
  static let classCode = 0x09
  static let subsystemVendorID = 0x2c
  static let subsystemID = 0x2e
  static let capabilities = 0x34
  static let interruptPin = 0x3d
  static func bar(_ index: Int) -> Int { 0x10 + 4 * index }

  /// Bits of the command register.
  static let memorySpace: UInt32 = 1 << 1
  static let busMaster: UInt32 = 1 << 2
  static let interruptDisable: UInt32 = 1 << 10
  /// Bits of the status register.
  static let interruptStatus: UInt32 = 1 << 3
  static let capabilityList: UInt32 = 1 << 4
}

/// Capability IDs.
enum PCICapabilityID {
  static let vendor: UInt8 = 0x09
  static let msix: UInt8 = 0x11
}
