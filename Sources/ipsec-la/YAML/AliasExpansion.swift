import Yams

/// How many nodes a YAML text has once its aliases are written out: a few lines may stand for billions.
///
/// The parser puts what an alias stands for in its place, and looks into all of it where it is a key. So the text is
/// parsed without aliases first, each asterisk replaced by a character that nobody types.
struct AliasExpansion {
  /// A text with aliases has at most so many.
  static let mostNodes = 100_000

  /// Where the nodes became too many.
  struct Excess: Error {
    /// From 1.
    let line: Int
  }

  private static let alias: Character = "\u{e02a}"
  /// The nodes that each anchor stands for.
  private var sizes: [String: Int] = [:]

  /// - Throws: `Excess` for too many nodes, `YamlError` for what is no YAML.
  static func check(_ text: String) throws {
    guard text.utf8.contains(UInt8(ascii: "*")) else { return }
    let plain = text.replacing("*", with: String(alias))
    let parser = try Parser(yaml: plain)
    guard let root = try parser.singleRoot() else { return }
    var expansion = AliasExpansion()
    // A node's anchor lives no longer than the parser.
    _ = try withExtendedLifetime(parser) { try expansion.size(of: root) }
  }

  private mutating func size(of node: Node) throws(Excess) -> Int {
    var size = 1
    switch node {
    // Every name behind an asterisk counts: of `{*a:*b}`, which is two aliases, a plain value is left.
    case .scalar(let scalar):
      for name in scalar.string.split(separator: Self.alias, omittingEmptySubsequences: false).dropFirst() {
        size += sizes[String(name.prefix { $0.isLetter || $0.isNumber || "-_".contains($0) }), default: 0]
      }
    case .sequence(let sequence): for element in sequence { size += try self.size(of: element) }
    case .mapping(let mapping):
      for (key, value) in mapping { size += try self.size(of: key) + self.size(of: value) }
    case .alias: break
    }
    guard size <= Self.mostNodes else { throw Excess(line: node.mark?.line ?? 1) }
    if let anchor = node.anchor { sizes[anchor.rawValue] = size }
    return size
  }
}
