public import Clockwork

/// A virtqueue that holds numbers instead of descriptors: who may ring and interrupt whom is as on a real one.
///
/// ```
///   reaped ≤ published ≤ used ≤ taken ≤ added
/// ```
public struct CountingRing: ~Copyable, Sendable {
  private var places: Cells<UInt32>
  private var added: UInt64 = 0
  private var taken: UInt64 = 0
  private var used: UInt64 = 0
  private var published: UInt64 = 0
  private var reaped: UInt64 = 0
  private let kind: RingKind
  /// The device has asked for silence.
  private var isSilent = false
  /// The position whose chain the device wants to be rung for; nil for every chain, before it has said anything.
  private var doorbellAt: UInt64?
  /// Whether the driver wants an interrupt for every chain, before it has said anything.
  private var wantsEvery = false

  /// - Parameter size: chains that it holds; who adds sees to it that there is room.
  public init(size: Int, _ kind: RingKind = RingKind()) {
    self.kind = kind
    var storage = 1
    while storage < size { storage *= 2 }
    places = Cells(repeating: .max, count: storage)
    begin()
  }

  /// As the memory of a ring is at first: all zeros.
  private mutating func begin() {
    // A packed ring's event structures say then that every chain is wanted; a split ring's positions, the first.
    doorbellAt = kind.isPacked ? nil : 0
    (isSilent, wantsEvery) = (false, kind.isPacked)
  }

  private func slot(_ position: UInt64) -> Int { Int(position) & (places.count - 1) }

  /// Puts a chain on; whether the driver rings.
  public mutating func add(_ item: UInt32) -> Bool {
    places[slot(added)] = item
    added += 1
    if isSilent { return false }
    return !kind.hasEventIndex || doorbellAt == nil || doorbellAt == added - 1
  }

  /// The device takes the next chain.
  public mutating func take() { taken += 1 }
  /// The device uses the oldest that it took; the driver does not see it yet.
  public mutating func use() { used += 1 }

  /// Whether the driver is to be interrupted.
  public mutating func publish() -> Bool {
    let old = published
    published = used
    return old != used && (old == reaped || wantsEvery || !kind.hasEventIndex)
  }

  /// Asks for the doorbell; whether chains are there already.
  public mutating func sleep() -> Bool {
    (doorbellAt, isSilent) = (taken, false)
    return added != taken
  }

  /// Asks for silence, where that can be said.
  public mutating func wake() { isSilent = kind.hasSilence }

  /// The driver takes the next that it was shown; nil when there is none.
  public mutating func reap() -> UInt32? {
    wantsEvery = false
    if reaped == published { return nil }
    reaped += 1
    return places[slot(reaped - 1)]
  }

  /// Empties the ring; each chain that is lost goes to `body`.
  public mutating func reset(_ body: (UInt32) -> Void) {
    for position in reaped..<added { body(places[slot(position)]) }
    (added, taken, used, published, reaped) = (0, 0, 0, 0, 0)
    begin()
  }
}

extension CountingRing: Duplicable {
  public borrowing func copy() -> CountingRing { CountingRing(copying: self) }

  private init(copying other: borrowing CountingRing) {
    places = other.places.copied()
    kind = other.kind
    (added, taken, used) = (other.added, other.taken, other.used)
    (published, reaped) = (other.published, other.reaped)
    (isSilent, doorbellAt, wantsEvery) = (other.isSilent, other.doorbellAt, other.wantsEvery)
  }
}
