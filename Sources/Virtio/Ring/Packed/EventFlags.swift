import Wire

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
