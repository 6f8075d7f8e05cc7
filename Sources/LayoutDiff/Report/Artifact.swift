/// The file that annotations point to.
public struct Artifact: Sendable {
  /// Its path, as seen from the repository's root.
  public let path: String
  private let lines: LineIndex

  /// - Parameter text: the `layout.json` that it is, for the lines of what is in it; nil if that is not at hand.
  public init(path: String, text: String? = nil) {
    self.path = path
    lines = LineIndex(text ?? "")
  }

  /// The line on which a place of a diff is described, or the nearest thing around it; 1 if there is none.
  public func line(of place: String) -> Int { lines.line(of: place) }
}
