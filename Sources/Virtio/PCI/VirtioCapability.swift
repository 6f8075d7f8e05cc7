public import Wire

/// Where one of the device's structures is (VIRTIO 1.4, Virtio Structure PCI Capabilities).
public struct VirtioCapability: Message {
  public let id = Field<UInt8>(at: 0, "PCI capability ID: vendor-specific.", name: "cap_vndr")
  public let next = Field<UInt8>(at: 1, "Offset of the next capability.", name: "cap_next")
  public let length = Field<UInt8>(at: 2, "Size of this capability in bytes.", name: "cap_len")
  public let type = Field<Code<StructureType, UInt8>>(at: 3, "What is described.", name: "cfg_type")
  public let bar = Field<UInt8>(at: 4, "The BAR that holds it.")
  public let instance = Field<UInt8>(at: 5, "Tells several of a type apart.", name: "id")
  public let padding = Reserved(at: 6, count: 2)
  public let structureOffset = Field<UInt32>(at: 8, "Where it starts in the BAR, in bytes.", name: "offset")
  public let structureLength = Field<UInt32>(at: 12, "Its size in bytes.", name: "length")

  public static let name: StaticString = "pci_cap"
  public static let summary: StaticString = "Where one of the device's structures is."
  public static let byteCount = 16
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// Where notifications go.
public struct NotifyCapability: Message {
  public let capability = Nested<VirtioCapability>(at: 0, "Where the structure is.")
  public let multiplier = Field<UInt32>(at: 16, "Unit of queue_notify_off in bytes.", name: "notify_off_multiplier")

  public static let name: StaticString = "pci_notify_cap"
  public static let summary: StaticString = "Where notifications go."
  public static let byteCount = 20
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// A window into the BARs through configuration space.
public struct AccessCapability: Message {
  public let capability = Nested<VirtioCapability>(at: 0, "The bytes that the window shows.")
  public let data = Field<UInt32>(at: 16, "Reads and writes what the window shows.", name: "pci_cfg_data")

  public static let name: StaticString = "pci_cfg_cap"
  public static let summary: StaticString = "A window into the BARs through configuration space."
  public static let byteCount = 20
  public static let order = FieldOrder.little
  @inlinable public init() {}
}
