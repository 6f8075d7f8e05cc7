import CycleModel
import Foundation

/// Numbers with their units, as a person reads them.
enum Format {
  /// A value in the first unit of its dimension, in the unit that suits its size.
  static func text(_ value: Double, _ dimension: Quantity.Dimension) -> String {
    text(value, dimension, in: unit(of: value, dimension))
  }

  /// With as many digits as tell it from a limit.
  static func text(_ value: Double, _ dimension: Quantity.Dimension, apartFrom limit: Double) -> String {
    let unit = unit(of: value, dimension)
    func text(_ value: Double, _ more: Int) -> String { self.text(value, dimension, in: unit, moreDigits: more) }
    let more = value == limit ? 0 : (0...12).first { text(value, $0) != text(limit, $0) }
    return text(value, more ?? 12)
  }

  private static func text(
    _ value: Double, _ dimension: Quantity.Dimension, in unit: (symbol: String, factor: UInt64), moreDigits: Int = 0
  ) -> String {
    if dimension == .count { return count(value) }
    let scaled = value / Double(unit.factor)
    return number(scaled, digits: dimension == .share ? 1 : 3, moreDigits) + " " + unit.symbol
  }

  /// The unit that suits a value's size.
  private static func unit(
    of value: Double, _ dimension: Quantity.Dimension
  ) -> (symbol: String, factor: UInt64) {
    if dimension == .share { return ("%", 10_000) }
    let units = dimension.units.filter { !["us", "KiB", "MiB"].contains($0.symbol) }
    return units.last { abs(value) >= Double($0.factor) } ?? units[0]
  }

  /// p50, p99 and the longest of what took any time.
  static func times(_ latency: Statistics.Latency) -> [String] {
    [latency.p50, latency.p99, latency.maximum].map { $0.map(time) ?? nothing }
  }

  /// In the place of a number that there is not.
  static let nothing = "–"

  static func time(_ picoseconds: UInt64) -> String { text(Double(picoseconds), .time) }
  static func share(_ part: UInt64, of whole: UInt64) -> String {
    whole == 0 ? nothing : number(Double(part) / Double(whole) * 100, digits: 1) + " %"
  }

  /// The hits among look-ups of the SA cache.
  static func share(ofLookUps cache: Statistics.Cache) -> String {
    cache.hitRate.map { text($0 * 1_000_000, .share) } ?? nothing
  }

  /// A whole number with commas between thousands.
  static func count(_ value: Double) -> String {
    let digits = String(format: "%.0f", value)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  static func count(_ value: UInt64) -> String { count(Double(value)) }
  /// So many of something.
  static func count(_ value: UInt64, _ noun: String) -> String { "\(count(value)) \(noun)\(value == 1 ? "" : "s")" }

  /// With at most so many significant digits, and some more behind the point; never in scientific notation.
  static func number(_ value: Double, digits: Int, _ more: Int = 0) -> String {
    let places = more + (digits == 1 ? 1 : max(0, digits - 1 - Int(log10(max(abs(value), 1)))))
    return String(format: "%.\(places)f", value)
  }
}
