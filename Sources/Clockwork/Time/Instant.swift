/// A length of simulated time in picoseconds; 2⁶⁴ of them are 213 days.
public typealias Picoseconds = UInt64

/// A moment of simulated time: picoseconds since the start of the run.
public struct Instant: Hashable, Comparable, BitwiseCopyable, Sendable {
  public var picoseconds: Picoseconds

  public init(picoseconds: Picoseconds) { self.picoseconds = picoseconds }

  /// The start of the run.
  public static var start: Instant { Instant(picoseconds: 0) }

  /// Later than every event.
  public static var never: Instant { Instant(picoseconds: .max) }

  public static func < (one: Instant, other: Instant) -> Bool { one.picoseconds < other.picoseconds }

  public static func + (instant: Instant, length: Picoseconds) -> Instant {
    Instant(picoseconds: instant.picoseconds + length)
  }

  /// The time from `earlier` to `later`, which must not be the earlier of the two.
  public static func - (later: Instant, earlier: Instant) -> Picoseconds { later.picoseconds - earlier.picoseconds }
}

extension Instant: CustomStringConvertible {
  public var description: String { "\(picoseconds) ps" }
}
