/// The file that annotations point to.
public struct Artifact: Sendable {
  /// Its path, as seen from the repository's root.
  public let path: String
  private let lines: LineIndex
  /// The first line with each word of a header.
  private var words: [String: Int] = [:]

  /// - Parameter text: the `layout.json` that it is, for the lines of what is in it; nil if that is not at hand.
  public init(path: String, text: String? = nil) {
    self.path = path
    lines = LineIndex(text ?? "")
  }

  /// - Parameter header: what stands in it; empty for what has no lines.
  public init(path: String, header: String) {
    self.init(path: path)
    for (number, line) in header.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
        words[String(word)] = words[String(word)] ?? number + 1
      }
    }
  }

  /// The line on which a place of a diff is described, or the nearest thing around it; 1 if there is none.
  public func line(of place: String) -> Int {
    place.split(separator: ".").reversed().lazy.compactMap { words[String($0)] }.first ?? lines.line(of: place)
  }
}
