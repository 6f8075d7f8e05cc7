/// What was seen in some bytes of an area.
struct Observation {
  let text: String
  /// Where in the area they stand, in order; what does not fit is beyond its end.
  let places: [Range<Int>]

  /// At most so many bytes of a place are shown.
  private static let most = 32

  init(text: String, places: [Range<Int>]) {
    self.text = text
    self.places = places
  }

  init(text: String, range: Range<Int>) { self.init(text: text, places: [range]) }

  /// Something that one side has here and the other there; if that is near, it is one place.
  init(text: String, _ one: Range<Int>, _ other: Range<Int>) {
    self.text = text
    let (first, second) = one.lowerBound <= other.lowerBound ? (one, other) : (other, one)
    let whole = first.lowerBound..<max(first.upperBound, second.upperBound)
    places = whole.count <= Self.most || first == second ? [whole] : [first, second]
  }

  /// The text, with the bytes that show it.
  func shown(in bytes: [UInt8], _ area: String) -> String {
    let content = places.compactMap { place -> String? in
      let start = min(place.lowerBound, bytes.count)
      let end = min(max(start, place.upperBound), bytes.count, start + Self.most)
      guard start < end else { return nil }
      let words = stride(from: start, to: end, by: 4).map { word in
        bytes[word..<min(end, word + 4)].map { hex(UInt64($0), width: 1) }.joined()
      }
      return "from \(start) on: \(words.joined(separator: " "))"
    }
    let shown = content.isEmpty ? "" : ", " + content.joined(separator: "; ")
    return "\(text) (\(area) of \(bytes.count) bytes\(shown))"
  }
}
