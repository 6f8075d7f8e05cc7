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
  /// When the lanes last began or ceased to do something.
  public internal(set) var last: Instant = .start

  /// All lanes are free, and starve.
  public init(lanes: Int) { self.lanes = UInt64(lanes) }

  /// A free lane begins to work.
  public mutating func start(at instant: Instant) {
    advance(to: instant)
    busy += 1
  }

  /// A busy lane is free.
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

  /// Lane time until `instant`, or the last change, of work: picoseconds, summed over the lanes.
  public func busyTime(until instant: Instant) -> UInt64 { busyArea &+ busy &* (max(instant, last) - last) }

  /// Lane time until `instant`, or the last change, in which lanes were free for this reason.
  public func time(of reason: Reason, until instant: Instant) -> UInt64 {
    waiting[Int(reason.rawValue)] &+ (reason == self.reason ? (lanes - busy) &* (max(instant, last) - last) : 0)
  }

  mutating func advance(to instant: Instant) {
    let length = instant - last
    last = instant
    busyArea &+= busy &* length
    waiting[Int(reason.rawValue)] &+= (lanes - busy) &* length
  }
}
