import Clockwork

/// A virtqueue that holds numbers instead of descriptors: who may ring and interrupt whom is as with EVENT_IDX
/// (VIRTIO 1.4, Used Buffer Notification Suppression).
///
/// ```
///   reaped ≤ published ≤ used ≤ taken ≤ added
/// ```
struct CountingRing: ~Copyable, Sendable {
  private var places: Cells<UInt32>
  private var added: UInt64 = 0
  private var taken: UInt64 = 0
  private var used: UInt64 = 0
  private var published: UInt64 = 0
  private var reaped: UInt64 = 0
  /// The position whose chain the device wants to be rung for.
  private var doorbellAt: UInt64 = 0

  init(size: Int) {
    var storage = 1
    while storage < size { storage *= 2 }
    places = Cells(repeating: .max, count: storage)
  }

  private func slot(_ position: UInt64) -> Int { Int(position) & (places.count - 1) }

  /// Puts a chain on; whether the driver rings.
  mutating func add(_ item: UInt32) -> Bool {
    places[slot(added)] = item
    added += 1
    return doorbellAt == added - 1
  }

  mutating func take() { taken += 1 }
  mutating func use() { used += 1 }

  /// Whether the driver is to be interrupted.
  mutating func publish() -> Bool {
    let old = published
    published = used
    return old != used && old == reaped
  }

  mutating func sleep() -> Bool {
    doorbellAt = taken
    return added != taken
  }

  mutating func reap() -> UInt32? {
    if reaped == published { return nil }
    reaped += 1
    return places[slot(reaped - 1)]
  }

  /// Empties the ring; each chain that is lost goes to `body`.
  mutating func reset(_ body: (UInt32) -> Void) {
    for position in reaped..<added { body(places[slot(position)]) }
    (added, taken, used, published, reaped, doorbellAt) = (0, 0, 0, 0, 0, 0)
  }
}

extension CountingRing: Duplicable {
  borrowing func copy() -> CountingRing { CountingRing(copying: self) }

  private init(copying other: borrowing CountingRing) {
    places = other.places.copied()
    (added, taken, used) = (other.added, other.taken, other.used)
    (published, reaped, doorbellAt) = (other.published, other.reaped, other.doorbellAt)
  }
}
