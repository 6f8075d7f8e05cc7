/// Lanes that each do one thing at a time; the lowest free lane is taken.
public struct Server: Sendable {
  public internal(set) var utilisation: Utilisation
  /// Bit n is set while lane n is free.
  var free: UInt64
  private let all: UInt64
  private let isObserved: Bool

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

  public var hasFreeLane: Bool { free != 0 }
  public var isIdle: Bool { free == all }

  /// Takes the lowest free lane; there must be one.
  public mutating func start(at instant: Instant) -> UInt16 {
    precondition(hasFreeLane, "all lanes are busy")
    let lane = UInt16(free.trailingZeroBitCount)
    free &= free - 1
    if isObserved { utilisation.start(at: instant) }
    return lane
  }

  /// Frees `lane`, which must be busy.
  public mutating func finish(lane: UInt16, at instant: Instant) {
    precondition(free & 1 << UInt64(lane) == 0, "a free lane cannot finish")
    free |= 1 << UInt64(lane)
    if isObserved { utilisation.finish(at: instant) }
  }

  /// Says why the free lanes do not work from now on.
  public mutating func wait(_ reason: Utilisation.Reason, at instant: Instant) {
    if isObserved { utilisation.wait(reason, at: instant) }
  }

  /// Frees all lanes, whatever they are at.
  public mutating func abandon(at instant: Instant) {
    var busy = all & ~free
    while busy != 0 {
      finish(lane: UInt16(busy.trailingZeroBitCount), at: instant)
      busy &= busy - 1
    }
  }
}
