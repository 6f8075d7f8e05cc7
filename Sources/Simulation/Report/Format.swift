import CycleModel
import Foundation

/// Numbers with their units, as a person reads them.
enum Format {
  /// A value in the first unit of its dimension, in the unit that suits its size.
  static func text(_ value: Double, _ dimension: Quantity.Dimension) -> String {
    if dimension == .share { return number(value / 10_000, digits: 1) + " %" }
    if dimension == .count { return count(value) }
    let units = dimension.units.filter { !["us", "KiB", "MiB"].contains($0.symbol) }
    let unit = units.last { abs(value) >= Double($0.factor) } ?? units[0]
    return number(value / Double(unit.factor), digits: 3) + " " + unit.symbol
  }

  static func time(_ picoseconds: UInt64) -> String { text(Double(picoseconds), .time) }
  static func share(_ part: UInt64, of whole: UInt64) -> String {
    whole == 0 ? "–" : number(Double(part) / Double(whole) * 100, digits: 1) + " %"
  }

  /// The hits among look-ups of the SA cache.
  static func share(ofLookUps cache: Statistics.Cache) -> String {
    cache.hitRate.map { text($0 * 1_000_000, .share) } ?? "–"
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

  /// With at most so many significant digits, never in scientific notation.
  static func number(_ value: Double, digits: Int) -> String {
    let places = digits == 1 ? 1 : max(0, digits - 1 - Int(log10(max(abs(value), 1))))
    return String(format: "%.\(places)f", value)
  }
}
