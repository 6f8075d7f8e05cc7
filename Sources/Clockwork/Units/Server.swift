/// Lanes that each do one thing at a time; the lowest free lane is taken.
public struct Server: Sendable {
  public internal(set) var utilisation: Utilisation
  /// Bit n is set while lane n is free.
  var free: UInt64

  /// - Parameter lanes: 1 to 64.
  public init(lanes: Int) {
    precondition((1...64).contains(lanes), "a server has 1 to 64 lanes")
    free = lanes == 64 ? .max : 1 << UInt64(lanes) - 1
    utilisation = Utilisation(lanes: lanes)
  }

  public var hasFreeLane: Bool { free != 0 }
  public var isIdle: Bool { utilisation.busy == 0 }

  /// Takes the lowest free lane; there must be one.
  public mutating func start(at instant: Instant) -> UInt16 {
    precondition(hasFreeLane, "all lanes are busy")
    let lane = UInt16(free.trailingZeroBitCount)
    free &= free - 1
    utilisation.start(at: instant)
    return lane
  }

  /// Frees `lane`, which must be busy.
  public mutating func finish(lane: UInt16, at instant: Instant) {
    precondition(free & 1 << UInt64(lane) == 0, "a free lane cannot finish")
    free |= 1 << UInt64(lane)
    utilisation.finish(at: instant)
  }
}
