/// How many are somewhere, over time.
public struct Occupancy: Hashable, Sendable {
  /// How many are there.
  public internal(set) var count: UInt64 = 0
  /// The most that were ever there.
  public internal(set) var peak: UInt64 = 0
  /// How many have come since the start of the run.
  public internal(set) var arrivals: UInt64 = 0
  var area: UInt64 = 0
  /// When the count last changed.
  public internal(set) var last: Instant = .start

  /// None, from the start on.
  public init() {}

  /// One more is there.
  public mutating func enter(at instant: Instant) {
    advance(to: instant)
    count += 1
    arrivals += 1
    if count > peak { peak = count }
  }

  /// One is gone.
  public mutating func leave(at instant: Instant) {
    advance(to: instant)
    count -= 1
  }

  /// Integral of the count over time until `instant`, or the last change, in picoseconds times one: what all of them
  /// waited together.
  public func integral(until instant: Instant) -> UInt64 { area &+ count &* (max(instant, last) - last) }

  mutating func advance(to instant: Instant) {
    area &+= count &* (instant - last)
    last = instant
  }
}
