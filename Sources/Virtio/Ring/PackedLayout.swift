/// Where things stand in a packed virtqueue of `size` descriptors.
///
///     descriptor ring           PackedDescriptor[size], aligned to 16
///     driver event suppression  PackedEvent, aligned to 4
///     device event suppression  the same
struct PackedLayout {
  let size: Int

  /// Offset of a slot in the ring.
  @inline(__always) func slot(_ slot: Int) -> Int { slot * PackedDescriptor.byteCount }

  /// Size of the descriptor ring in bytes.
  var descriptorByteCount: Int { slot(size) }

  /// The three areas.
  ///
  /// - Throws: `VirtioError.badQueueSize` unless 1 to 32768, and what `RingArea` throws.
  static func areas(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses
  ) throws(VirtioError) -> (descriptors: RingArea, driver: RingArea, device: RingArea) {
    guard (1...maximumQueueSize).contains(size) else { throw .badQueueSize(size) }
    let layout = PackedLayout(size: size)
    let descriptors = try RingArea(
      in: memory, at: addresses.descriptors, byteCount: layout.descriptorByteCount, alignment: 16)
    let driver = try RingArea(in: memory, at: addresses.driver, byteCount: PackedEvent.byteCount, alignment: 4)
    let device = try RingArea(in: memory, at: addresses.device, byteCount: PackedEvent.byteCount, alignment: 4)
    guard !descriptors.overlaps(driver), !descriptors.overlaps(device), !driver.overlaps(device) else {
      throw .overlappingRings
    }
    return (descriptors, driver, device)
  }
}

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

/// When a side wants notifications (RING_EVENT_FLAGS_*).
enum EventFlags {
  static let enable: UInt16 = 0
  static let disable: UInt16 = 1
  static let descriptor: UInt16 = 2
}

extension RingArea {
  /// Reads an event suppression structure once: whether its owner wants to hear of the `count` slots up to `position`.
  @inline(__always)
  func wantsNotification(
    upTo position: PackedPosition, count: Int, size: Int, options: RingOptions
  ) -> Bool {
    // Both fields in one read.
    let word = load32(0)
    switch UInt16(truncatingIfNeeded: word >> 16) {
    case EventFlags.disable: return false
    case EventFlags.descriptor where options.eventIndex && count >= size: return true
    case EventFlags.descriptor where options.eventIndex:
      var event = Int(word & 0x7fff)
      if (word & 0x8000 != 0) != position.wrap { event -= size }
      let new = UInt16(truncatingIfNeeded: position.slot)
      return passes(event: UInt16(truncatingIfNeeded: event), from: new &- UInt16(count), to: new)
    // ENABLE, and what means nothing: a notification too many does less harm than one too few.
    default: return true
    }
  }

  /// Writes an event suppression structure: position first, flags last.
  @inline(__always)
  func storeEvent(_ flags: UInt16, at position: PackedPosition) {
    if flags == EventFlags.descriptor { store(position.encoded, PackedEvent().descriptor) }
    store(flags, PackedEvent().flags)
  }
}
