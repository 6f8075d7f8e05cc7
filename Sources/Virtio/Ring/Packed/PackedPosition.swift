/// A slot of a packed ring, and the wrap counter that goes with it: one side's place.
struct PackedPosition: Equatable {
  var slot: Int
  var wrap: Bool

  @inline(__always)
  mutating func advance(by count: Int, size: Int) {
    slot += count
    if slot >= size {
      slot -= size
      wrap.toggle()
    }
  }

  /// As stored in an event suppression structure, and sent with a notification.
  var encoded: UInt16 { UInt16(slot) | (wrap ? 0x8000 : 0) }

  /// AVAIL and USED as they are in a descriptor that is available here.
  @inline(__always) var availableFlags: DescriptorFlags { wrap ? .available : .used }
  /// AVAIL and USED as they are in a descriptor that is used here.
  @inline(__always) var usedFlags: DescriptorFlags { wrap ? [.available, .used] : [] }

  @inline(__always)
  func isAvailable(_ flags: DescriptorFlags) -> Bool { flags.intersection([.available, .used]) == availableFlags }

  @inline(__always)
  func isUsed(_ flags: DescriptorFlags) -> Bool { flags.intersection([.available, .used]) == usedFlags }
}
