/// What is wrong with some bytes of an area.
struct Finding {
  let text: String
  /// Where in the area they stand; what does not fit is beyond its end.
  let range: Range<Int>

  /// At most so many bytes are shown.
  private static let most = 32

  /// The text, with the bytes that show it.
  func shown(in bytes: [UInt8], _ place: String) -> String {
    let start = min(range.lowerBound, bytes.count)
    let end = min(max(start, range.upperBound), bytes.count, start + Self.most)
    guard start < end else { return "\(text) (\(place) of \(bytes.count) bytes)" }
    let words = stride(from: start, to: end, by: 4).map { word in
      bytes[word..<min(end, word + 4)].map { hex(UInt64($0), width: 1) }.joined()
    }
    return "\(text) (\(place) of \(bytes.count) bytes, from \(start) on: \(words.joined(separator: " ")))"
  }
}
