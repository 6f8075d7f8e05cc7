public import Model

/// One piece of a layout, for a person or a program.
public enum Show {
  /// How a piece is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Aligned for a terminal, no line longer than 100 columns.
    case text
    /// The piece as it stands in `layout.json`.
    case json
    /// As in `reference.md`.
    case markdown
  }

  /// What can be shown besides a name, with what each is.
  public static var topics: [(name: String, summary: String)] { Topic.allCases.map { ($0.rawValue, $0.summary) } }

  /// The text of a piece.
  ///
  /// - Parameter topic: one of `topics`, or the name of a structure, enumeration, bit layout, command, register,
  ///   feature, constant, group or attribute set, or a macro of the C header, in any case and with or without the
  ///   prefix; nil for an overview.
  /// - Throws: `UnknownName` where there is nothing of that name.
  public static func text(_ layout: Layout, _ topic: String? = nil, as format: Format = .text) throws(UnknownName)
    -> String
  {
    let pieces = try pieces(layout, topic)
    // Where a command and a structure share the name, each says which it is.
    let blocks = pieces.flatMap { (pieces.count > 1 ? [.heading(2, $0.kind)] : []) + $0.blocks }
    switch format {
    case .text: return TerminalText.text(blocks)
    case .markdown: return MarkdownText.text(blocks)
    case .json:
      return LayoutJSON.text(Dictionary(pieces.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first }))
    }
  }

  private static func pieces(_ layout: Layout, _ name: String?) throws(UnknownName) -> [Piece] {
    guard let name else { return [Piece.overview(layout)] }
    if let topic = Topic(rawValue: name.lowercased()) { return topic.pieces(layout) }
    let index = NameIndex(layout)
    let found = index.pieces(named: name)
    guard found.isEmpty else { return found }
    throw UnknownName(name: name, version: layout.version, near: index.names(near: name))
  }
}

/// A name that a layout does not have.
public struct UnknownName: Error, Hashable, CustomStringConvertible {
  public let name: String
  public let version: String
  /// Names that are like it, the likeliest first.
  public let near: [String]

  public var description: String {
    let hint = near.isEmpty ? "'ipsec-la show' lists what there is" : "is it \(near.joined(separator: " or "))?"
    return "version \(version) has no '\(name)'; \(hint)"
  }
}
