public import Wire

/// A descriptor of a packed ring, and of the tables that go with it (VIRTIO 1.4, Structure Size and Alignment).
public struct PackedDescriptor: Message {
  public let address = Field<UInt64>(at: 0, "Address of the buffer, or of the table.", name: "addr")
  public let length = Field<UInt32>(at: 8, "Size in bytes; bytes written in a used descriptor.", name: "len")
  public let id = Field<UInt16>(at: 12, "Buffer ID.")
  public let flags = Field<UInt16>(at: 14, "VIRTQ_DESC_F_*, with AVAIL and USED.")

  public static let name: StaticString = "pvirtq_desc"
  public static let summary: StaticString = "A descriptor of a packed ring."
  public static let byteCount = 16
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// When a side wants to be notified (VIRTIO 1.4, Event Suppression Structure Format).
public struct PackedEvent: Message {
  public let descriptor = Field<UInt16>(at: 0, "Slot, and the wrap counter in bit 15.", name: "desc")
  public let flags = Field<UInt16>(at: 2, "RING_EVENT_FLAGS_*.")

  public static let name: StaticString = "pvirtq_event_suppress"
  public static let summary: StaticString = "When a side wants to be notified."
  public static let byteCount = 4
  public static let order = FieldOrder.little
  @inlinable public init() {}
}
