/// What the lanes of a unit do over time: busy, or not, and why not.
public struct Utilisation: Sendable {
  /// Why a free lane does not work.
  public enum Reason: UInt8, CaseIterable, Sendable {
    /// Nothing is there to do.
    case starved
    /// The next unit has no room.
    case blocked
    /// Something that is there waits for something else: a limit, an order, a timer.
    case held
  }

  public let lanes: UInt64
  public internal(set) var busy: UInt64 = 0
  public internal(set) var reason: Reason = .starved
  var busyArea: UInt64 = 0
  var waiting: InlineArray<3, UInt64> = .init(repeating: 0)
  var last: Instant = .start

  public init(lanes: Int) { self.lanes = UInt64(lanes) }

  public mutating func start(at instant: Instant) {
    advance(to: instant)
    busy += 1
  }

  public mutating func finish(at instant: Instant) {
    advance(to: instant)
    busy -= 1
  }

  /// Says why the free lanes do not work from now on.
  public mutating func wait(_ reason: Reason, at instant: Instant) {
    if reason == self.reason { return }
    advance(to: instant)
    self.reason = reason
  }

  /// Share of the lanes' time until `instant` that they were busy: 0 to 1.
  public func busyShare(until instant: Instant) -> Double { share(busyArea, busy, until: instant) }

  /// Share of the lanes' time until `instant` that they were free for this reason: 0 to 1.
  public func share(of reason: Reason, until instant: Instant) -> Double {
    share(waiting[Int(reason.rawValue)], reason == self.reason ? lanes - busy : 0, until: instant)
  }

  private func share(_ area: UInt64, _ present: UInt64, until instant: Instant) -> Double {
    if instant == .start { return 0 }
    return Double(area + present * (instant - last)) / Double(lanes * instant.picoseconds)
  }

  mutating func advance(to instant: Instant) {
    let length = instant - last
    last = instant
    busyArea &+= busy &* length
    waiting[Int(reason.rawValue)] &+= (lanes - busy) &* length
  }
}
