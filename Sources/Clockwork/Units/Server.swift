/// Lanes that each do one thing at a time; the lowest free lane is taken.
public struct Server: Sendable {
  public internal(set) var utilisation: Utilisation
  /// Bit n is set while lane n is free.
  @usableFromInline var free: UInt64
  @usableFromInline let all: UInt64
  @usableFromInline let isObserved: Bool

  /// - Parameters:
  ///   - lanes: 1 to 64.
  ///   - isObserved: whether it keeps `utilisation`.
  public init(lanes: Int, isObserved: Bool = true) {
    precondition((1...64).contains(lanes), "a server has 1 to 64 lanes")
    all = lanes == 64 ? .max : 1 << UInt64(lanes) - 1
    free = all
    self.isObserved = isObserved
    utilisation = Utilisation(lanes: lanes)
  }

  @inlinable public var hasFreeLane: Bool { free != 0 }
  @inlinable public var isIdle: Bool { free == all }

  /// Takes the lowest free lane; there must be one.
  @inlinable
  public mutating func start(at instant: Instant) -> UInt16 {
    precondition(hasFreeLane, "all lanes are busy")
    let lane = UInt16(free.trailingZeroBitCount)
    free &= free - 1
    if isObserved { noteStart(at: instant) }
    return lane
  }

  /// Frees `lane`, which must be busy.
  @inlinable
  public mutating func finish(lane: UInt16, at instant: Instant) {
    precondition(free & 1 << UInt64(lane) == 0, "a free lane cannot finish")
    free |= 1 << UInt64(lane)
    if isObserved { noteFinish(at: instant) }
  }

  /// Says why the free lanes do not work from now on.
  @inlinable
  public mutating func wait(_ reason: Utilisation.Reason, at instant: Instant) {
    if isObserved { noteWait(reason, at: instant) }
  }

  @usableFromInline
  mutating func noteStart(at instant: Instant) { utilisation.start(at: instant) }

  @usableFromInline
  mutating func noteFinish(at instant: Instant) { utilisation.finish(at: instant) }

  @usableFromInline
  mutating func noteWait(_ reason: Utilisation.Reason, at instant: Instant) { utilisation.wait(reason, at: instant) }

  /// Frees all lanes, whatever they are at.
  public mutating func abandon(at instant: Instant) {
    var busy = all & ~free
    while busy != 0 {
      finish(lane: UInt16(busy.trailingZeroBitCount), at: instant)
      busy &= busy - 1
    }
  }
}
