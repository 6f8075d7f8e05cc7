public import Wire

/// The header of configuration space, type 0 (PCI Local Bus 3.0, 6.1).
public struct PCIHeader: Message {
  public let vendorID = Field<UInt16>(at: 0x00, "Who made the device.", name: "vendor_id")
  public let deviceID = Field<UInt16>(at: 0x02, "Which device it is.", name: "device_id")
  public let command = Field<Packed<PCICommand>>(at: 0x04, "What the function may do.")
  public let status = Field<Packed<PCIStatus>>(at: 0x06, "What the function has, and what happened.")
  public let revision = Field<UInt8>(at: 0x08, "Revision ID.")
  public let classCode = Field<InlineArray<3, UInt8>>(at: 0x09, "Programming interface, subclass, class.")
  public let cacheLine = Field<UInt8>(at: 0x0c, "Cache line size.")
  public let latencyTimer = Field<UInt8>(at: 0x0d, "Latency timer.")
  public let headerType = Field<UInt8>(at: 0x0e, "Layout of the header.")
  public let selfTest = Field<UInt8>(at: 0x0f, "Built-in self test.")
  public let bars = Field<InlineArray<6, UInt32>>(at: 0x10, "Base addresses.")
  public let cardbus = Field<UInt32>(at: 0x28, "CardBus CIS pointer.")
  public let subsystemVendorID = Field<UInt16>(at: 0x2c, "Who made the card.", name: "subsystem_vendor_id")
  public let subsystemID = Field<UInt16>(at: 0x2e, "Which card it is.", name: "subsystem_id")
  public let rom = Field<UInt32>(at: 0x30, "Base address of the expansion ROM.")
  public let capabilities = Field<UInt8>(at: 0x34, "Offset of the first capability.")
  public let reserved = Reserved(at: 0x35, count: 7)
  public let interruptLine = Field<UInt8>(at: 0x3c, "What the system routes the pin to.")
  public let interruptPin = Field<UInt8>(at: 0x3d, "1 for INTA.")
  public let minimumGrant = Field<UInt8>(at: 0x3e, "MIN_GNT.")
  public let maximumLatency = Field<UInt8>(at: 0x3f, "MAX_LAT.")

  public static let name: StaticString = "pci_header"
  public static let summary: StaticString = "The header of configuration space, type 0."
  public static let byteCount = 0x40
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// Bits of the command register that a virtio device implements.
public struct PCICommand: BitLayout {
  public typealias Storage = UInt16
  public static let name: StaticString = "pci_command"
  public static let summary: StaticString = "What the function may do."
  public let memorySpace = Bits(1, "BARs answer.")
  public let busMaster = Bits(2, "The function may access memory, and send messages.")
  public let interruptDisable = Bits(10, "The function may not assert its line.")
  @inlinable public init() {}
}

/// Bits of the status register that a virtio device implements.
public struct PCIStatus: BitLayout {
  public typealias Storage = UInt16
  public static let name: StaticString = "pci_status"
  public static let summary: StaticString = "What the function has, and what happened."
  public let interrupt = Bits(3, "An interrupt is pending, whether the line may say so or not.")
  public let capabilityList = Bits(4, "There are capabilities.")
  @inlinable public init() {}
}

/// The head of every capability.
public struct PCICapability: Message {
  public let id = Field<UInt8>(at: 0, "What the capability is.")
  public let next = Field<UInt8>(at: 1, "Offset of the next one; 0 ends the list.")

  public static let name: StaticString = "pci_capability"
  public static let summary: StaticString = "The head of every capability."
  public static let byteCount = 2
  public static let order = FieldOrder.little
  @inlinable public init() {}

  /// Capability IDs.
  static let vendor: UInt8 = 0x09
  static let msix: UInt8 = 0x11
}
