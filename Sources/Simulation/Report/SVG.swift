import Foundation

/// Shapes of a drawing, in its own units; text takes its colours from the page.
struct SVG {
  let width: Double
  let height: Double
  /// What the drawing shows, for those who cannot see it.
  let title: String
  private var shapes = ""

  init(width: Double, height: Double, title: String) {
    (self.width, self.height, self.title) = (width, height, title)
  }

  var text: String {
    "<svg viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\" aria-label=\"\(title.escaped)\">\n"
      + shapes + "</svg>\n"
  }

  /// - Parameter tip: what the pointer shows.
  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String, opacity: Double = 1, tip: String = ""
  ) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
    let size = "width=\"\(Self.number(max(0, width)))\" height=\"\(Self.number(max(0, height)))\""
    let seen = opacity < 1 ? " opacity=\"\(Self.number(opacity))\"" : ""
    shapes += "<rect class=\"\(style)\" \(place)\(size)\(seen)"
    shapes += tip.isEmpty ? "/>\n" : "><title>\(tip.escaped)</title></rect>\n"
  }

  mutating func line(_ points: [(x: Double, y: Double)], style: String, tip: String = "") {
    let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    shapes += "<polyline class=\"\(style)\" points=\"\(path)\""
    shapes += tip.isEmpty ? "/>\n" : "><title>\(tip.escaped)</title></polyline>\n"
  }

  enum Anchor: String { case start, middle, end }

  mutating func label(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    shapes += "<text \(place) text-anchor=\"\(anchor.rawValue)\">\(text.escaped)</text>\n"
  }

  private static func number(_ value: Double) -> String { String(format: "%.2f", value) }
}

extension String {
  /// As text or attribute of a page.
  var escaped: String {
    var result = ""
    for character in self {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
