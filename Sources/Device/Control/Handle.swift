/// Names a group, an SA or a bundle: never 0, and never given out twice.
public struct Handle: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let rawValue: UInt64

  /// Nil for 0, which means none.
  public init?(_ rawValue: UInt64) {
    guard rawValue != 0 else { return nil }
    self.rawValue = rawValue
  }

  public var description: String { "\(rawValue)" }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Gives out handles in order, one at a time, for as long as the device lives: what is in flight can name an SA that is
/// gone, but never another one.
struct HandleCounter {
  private(set) var last: UInt64 = 0

  init(last: UInt64 = 0) { self.last = last }

  mutating func next() -> Handle {
    last += 1
    return Handle(last)!
  }
}
