public import Wire

/// A descriptor of a split ring, and of the tables that go with it (VIRTIO 1.4, The Virtqueue Descriptor Table).
public struct SplitDescriptor: Message {
  public let address = Field<UInt64>(at: 0, "Address of the buffer, or of the table.", name: "addr")
  public let length = Field<UInt32>(at: 8, "Size in bytes.", name: "len")
  public let flags = Field<UInt16>(at: 12, "VIRTQ_DESC_F_*.")
  public let next = Field<UInt16>(at: 14, "Index of the next descriptor, with NEXT.")

  public static let name: StaticString = "virtq_desc"
  public static let summary: StaticString = "A descriptor of a split ring."
  public static let byteCount = 16
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// How the available and the used ring start; the entries follow, and the other side's event index follows these.
public struct SplitRingHeader: Message {
  public let flags = Field<UInt16>(at: 0, "1: the ring's owner does not want to be notified.")
  public let index = Field<UInt16>(at: 2, "Number of entries written, modulo 65536.", name: "idx")

  public static let name: StaticString = "virtq_ring"
  public static let summary: StaticString = "How the available and the used ring start."
  public static let byteCount = 4
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// An entry of the used ring (VIRTIO 1.4, The Virtqueue Used Ring).
public struct SplitUsedElement: Message {
  public let id = Field<UInt32>(at: 0, "Head of the chain.")
  public let length = Field<UInt32>(at: 4, "Bytes written.", name: "len")

  public static let name: StaticString = "virtq_used_elem"
  public static let summary: StaticString = "An entry of the used ring."
  public static let byteCount = 8
  public static let order = FieldOrder.little
  @inlinable public init() {}
}
