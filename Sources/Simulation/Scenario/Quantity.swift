/// A number with a unit, as people write it: `4 GHz`, `800 ns`, `10 Gbit/s`, `2.5 %`.
public struct Quantity: Sendable, Hashable {
  /// What is measured. The first unit is the one in which `value` counts.
  public enum Dimension: Sendable, CaseIterable {
    case count, time, frequency, size, throughput, packetRate, share, cycles, sizePerCycle

    /// Units and how many of the first they are.
    public var units: [(symbol: String, factor: UInt64)] {
      switch self {
      case .count: [("", 1), ("k", 1_000), ("M", 1_000_000)]
      case .time:
        [
          ("ps", 1), ("ns", 1_000), ("us", 1_000_000), ("µs", 1_000_000), ("ms", 1_000_000_000),
          ("s", 1_000_000_000_000),
        ]
      case .frequency: [("Hz", 1), ("kHz", 1_000), ("MHz", 1_000_000), ("GHz", 1_000_000_000)]
      case .size:
        [("B", 1), ("kB", 1_000), ("KiB", 1_024), ("MB", 1_000_000), ("MiB", 1_048_576), ("GB", 1_000_000_000)]
      case .throughput: [("bit/s", 1), ("kbit/s", 1_000), ("Mbit/s", 1_000_000), ("Gbit/s", 1_000_000_000)]
      case .packetRate: [("packet/s", 1), ("kpacket/s", 1_000), ("Mpacket/s", 1_000_000)]
      // In millionths, so that parts of a percent are whole.
      case .share: [("ppm", 1), ("%", 10_000)]
      case .cycles: [("cycles", 1), ("cycle", 1), ("bus cycles", 1)]
      case .sizePerCycle: [("B/cycle", 1)]
      }
    }

    /// The units in a sentence.
    public var unitNames: String { units.map(\.symbol).filter { !$0.isEmpty }.joined(separator: ", ") }
  }

  public let dimension: Dimension
  /// In the dimension's first unit, as the fraction `numerator` / `denominator`.
  public let numerator: UInt64
  public let denominator: UInt64

  public var value: Double { Double(numerator) / Double(denominator) }

  /// The value where it is whole.
  public var whole: UInt64? { numerator % denominator == 0 ? numerator / denominator : nil }

  /// Reads a number and a unit of one of the dimensions; nil if it is something else, or too large to count.
  public init?(_ text: String, _ dimensions: Dimension...) {
    guard case .read(let quantity) = Self.read(text, dimensions) else { return nil }
    self = quantity
  }

  /// Whether it is a number, perhaps with a unit of the dimension, and only too large to count.
  public static func isTooLarge(_ text: String, _ dimension: Dimension) -> Bool {
    if case .tooLarge = read(text, [dimension]) { true } else { false }
  }

  private enum Reading { case read(Quantity), tooLarge, other }

  private static func read(_ text: String, _ dimensions: [Dimension]) -> Reading {
    let text = text.drop(while: \.isWhitespace)
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "/" || $0 == "_" || $0 == "," }
    let unit = String(text[digits.endIndex...]).trimmed
    let words = digits.replacing("_", with: "").replacing(",", with: "")
    for dimension in dimensions {
      guard let factor = dimension.units.first(where: { $0.symbol == unit })?.factor else { continue }
      guard let (numerator, denominator) = fraction(String(words)) else {
        return words.count > 19 && words.allSatisfy(\.isNumber) ? .tooLarge : .other
      }
      let product = numerator.multipliedReportingOverflow(by: factor)
      if product.overflow { return .tooLarge }
      return .read(Quantity(dimension, product.partialValue, denominator))
    }
    return .other
  }

  private init(_ dimension: Dimension, _ numerator: UInt64, _ denominator: UInt64) {
    (self.dimension, self.numerator, self.denominator) = (dimension, numerator, denominator)
  }

  /// `12`, `2.5` or `16/14`.
  private static func fraction(_ text: String) -> (UInt64, UInt64)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let over = UInt64(parts[0]), let under = UInt64(parts[1]), under > 0 else { return nil }
      return (over, under)
    }
    let decimals = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 1, decimals.count <= 2, let whole = decimals.first, !whole.isEmpty else { return nil }
    if decimals.count == 1 { return UInt64(whole).map { ($0, 1) } }
    guard (1...9).contains(decimals[1].count), let number = UInt64(String(whole + decimals[1])) else { return nil }
    return (number, decimals[1].reduce(1) { result, _ in result * 10 })
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
