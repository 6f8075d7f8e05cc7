/// A clock whose edges lie at exact rational multiples of a picosecond: edge k at k · 10¹² / frequency, rounded down.
///
/// Rounding is done anew for each edge, so that a clock of 3 GHz does not drift against one of 1 GHz.
public struct ClockDomain: Hashable, Sendable {
  /// Hertz.
  public let frequency: UInt64
  /// The period is `numerator` / `denominator` picoseconds, in lowest terms.
  @usableFromInline let numerator: UInt64
  @usableFromInline let denominator: UInt64
  /// 2⁶⁴ / `numerator`, rounded down: multiplication is faster than division.
  @usableFromInline let reciprocal: UInt64

  /// - Parameter frequency: in hertz; more than zero, at most 10¹².
  public init(frequency: UInt64) {
    precondition((1...Self.second).contains(frequency), "a clock has 1 Hz to 1 THz")
    self.frequency = frequency
    var (divisor, rest) = (Self.second, frequency)
    while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
    numerator = Self.second / divisor
    denominator = frequency / divisor
    reciprocal = .max / numerator
  }

  /// When edge number `cycle` happens.
  @inlinable
  public func instant(ofCycle cycle: UInt64) -> Instant {
    if denominator == 1 { return Instant(picoseconds: cycle * numerator) }
    let product = cycle.multipliedFullWidth(by: numerator)
    return Instant(picoseconds: denominator.dividingFullWidth(product).quotient)
  }

  /// The first edge that is not before `instant`.
  @inlinable
  public func firstCycle(at instant: Instant) -> UInt64 {
    if denominator == 1 {
      var quotient = instant.picoseconds.multipliedFullWidth(by: reciprocal).high
      while quotient &* numerator < instant.picoseconds { quotient += 1 }
      return quotient
    }
    return divided(instant)
  }

  @usableFromInline
  func divided(_ instant: Instant) -> UInt64 {
    let product = instant.picoseconds.multipliedFullWidth(by: denominator)
    if product.high == 0 {
      let (quotient, remainder) = product.low.quotientAndRemainder(dividingBy: numerator)
      return quotient + (remainder > 0 ? 1 : 0)
    }
    let (quotient, remainder) = numerator.dividingFullWidth(product)
    return quotient + (remainder > 0 ? 1 : 0)
  }

  /// The edge `cycles` after the first one that is not before `instant`.
  @inlinable
  public func instant(_ cycles: UInt64, cyclesAfter instant: Instant) -> Instant {
    self.instant(ofCycle: firstCycle(at: instant) + cycles)
  }

  /// Picoseconds in a second.
  static let second: UInt64 = 1_000_000_000_000
}
