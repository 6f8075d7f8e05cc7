/// How many are somewhere, over time.
public struct Occupancy: Hashable, Sendable {
  /// How many are there.
  public internal(set) var count: UInt64 = 0
  /// The most that were ever there.
  public internal(set) var peak: UInt64 = 0
  /// How many have come since the start of the run.
  public internal(set) var arrivals: UInt64 = 0
  var area: UInt64 = 0
  var last: Instant = .start

  public init() {}

  public mutating func enter(at instant: Instant) {
    advance(to: instant)
    count += 1
    arrivals += 1
    if count > peak { peak = count }
  }

  public mutating func leave(at instant: Instant) {
    advance(to: instant)
    count -= 1
  }

  /// Integral of the count over time until `instant`, or the last change, in picoseconds times one: what all of them
  /// waited together.
  public func integral(until instant: Instant) -> UInt64 { area &+ count &* (max(instant, last) - last) }

  /// Time-weighted mean until `instant`.
  public func mean(until instant: Instant) -> Double {
    instant == .start ? 0 : Double(integral(until: instant)) / Double(instant.picoseconds)
  }

  mutating func advance(to instant: Instant) {
    area &+= count &* (instant - last)
    last = instant
  }
}
