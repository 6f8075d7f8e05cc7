/// A virtqueue of numbers instead of descriptors. Who rings and who is interrupted is as with EVENT_IDX (virtio 1.4,
/// Used Buffer Notification Suppression).
///
/// ```
///   reaped ≤ published ≤ used ≤ taken ≤ added ≤ reaped + size
/// ```
struct NumberRing: Sendable {
  private var places: [UInt32]
  private var added = 0
  private var taken = 0
  private var used = 0
  private var published = 0
  private var reaped = 0
  /// The chain that the device wants to be rung for.
  private var doorbellAt = 0

  /// - Parameter size: chains that it holds.
  init(size: Int) { places = Array(repeating: 0, count: max(1, size)) }

  var isFull: Bool { added - reaped == places.count }

  /// Puts a chain on; whether the driver rings.
  mutating func add(_ item: UInt32) -> Bool {
    places[added % places.count] = item
    added += 1
    return doorbellAt == added - 1
  }

  mutating func take() { taken += 1 }
  mutating func use() { used += 1 }

  /// Shows the driver what was used; whether it wants an interrupt.
  mutating func publish() -> Bool {
    defer { published = used }
    return published != used && published == reaped
  }

  /// Asks for the doorbell; whether chains are there already.
  mutating func sleep() -> Bool {
    doorbellAt = taken
    return added != taken
  }

  /// The same ring without chains.
  var emptied: NumberRing { NumberRing(size: places.count) }

  mutating func reap() -> UInt32? {
    if reaped == published { return nil }
    defer { reaped += 1 }
    return places[reaped % places.count]
  }
}
