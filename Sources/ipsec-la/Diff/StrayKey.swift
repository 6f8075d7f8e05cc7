import Foundation
import Model

/// A key in JSON that no layout has there, which the decoder passes over: what a misspelt one says would be lost.
struct StrayKey: CustomStringConvertible {
  private let path: String

  /// The first one; nil where the layout says all that the JSON does.
  init?(in data: Data, of layout: Layout) {
    guard let read = try? JSONSerialization.jsonObject(with: data),
      let known = try? JSONSerialization.jsonObject(with: JSONEncoder().encode(layout)),
      let path = Self.stray(read, known, "")
    else { return nil }
    self.path = path
  }

  var description: String { "\(path): no layout.json of format \(Layout.currentFormat) has such a key" }

  private static func stray(_ read: Any, _ known: Any, _ path: String) -> String? {
    if let read = read as? [String: Any], let known = known as? [String: Any] {
      for (key, value) in read.sorted(by: { $0.key < $1.key }) where !(value is NSNull) {
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let other = known[key] else { return place }
        if let found = stray(value, other, place) { return found }
      }
    } else if let read = read as? [Any], let known = known as? [Any] {
      for (index, (value, other)) in zip(read, known).enumerated() {
        if let found = stray(value, other, "\(path)[\(index)]") { return found }
      }
    }
    return nil
  }
}
