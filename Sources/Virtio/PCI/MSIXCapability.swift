public import Wire

/// Where the vectors are (PCI Local Bus 3.0, 6.8.2).
public struct MSIXCapability: Message {
  public let capability = Nested<PCICapability>(at: 0, "Its place in the list.")
  public let control = Field<Packed<MSIXControl>>(at: 2, "How many there are, and whether they are on.")
  public let table = Field<Packed<MSIXLocation>>(at: 4, "Where the table is.")
  public let pending = Field<Packed<MSIXLocation>>(at: 8, "Where the pending bits are.")

  public static let name: StaticString = "msix_capability"
  public static let summary: StaticString = "Where the vectors are."
  public static let byteCount = 12
  public static let order = FieldOrder.little
  @inlinable public init() {}
}

/// MSI-X's control word.
public struct MSIXControl: BitLayout {
  public typealias Storage = UInt16
  public static let name: StaticString = "msix_control"
  public static let summary: StaticString = "How many vectors there are, and whether they are on."
  public let last = Bits(0...10, "Number of vectors less 1.")
  public let mask = Bits(14, "All vectors are masked.")
  public let enable = Bits(15, "Interrupts are messages.")
  @inlinable public init() {}
}

/// A place in a BAR.
public struct MSIXLocation: BitLayout {
  public typealias Storage = UInt32
  public static let name: StaticString = "msix_location"
  public static let summary: StaticString = "A place in a BAR."
  public let bar = Bits(0...2, "The BAR.")
  public let units = Bits(3...31, "Offset in 8 bytes.")
  @inlinable public init() {}
}

extension Packed<MSIXLocation> {
  /// Offset in bytes, a multiple of 8.
  var offset: Int {
    get { Int(self[\.units]) * 8 }
    set { self[\.units] = UInt32(newValue / 8) }
  }
}

/// One vector of the table.
public struct MSIXEntry: Message {
  public let address = Field<UInt64>(at: 0, "Where the message goes; a multiple of 4.")
  public let data = Field<UInt32>(at: 8, "What the message is.")
  public let control = Field<UInt32>(at: 12, "Bit 0 masks the vector.")

  public static let name: StaticString = "msix_entry"
  public static let summary: StaticString = "One vector of the table."
  public static let byteCount = 16
  public static let order = FieldOrder.little
  @inlinable public init() {}
}
