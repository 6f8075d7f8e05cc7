import LayoutDiff
import Model
import Testing

/// What has to hold between a diff and the diff of its arguments reversed.
enum Mirror {
  static func expect(_ there: LayoutDiff, _ back: LayoutDiff, sourceLocation: SourceLocation = #_sourceLocation) {
    for direction in Direction.allCases {
      #expect(there.verdict(direction).wire == back.verdict(direction.mirrored).wire, sourceLocation: sourceLocation)
    }
    let (ours, theirs) = (
      Key.counted(there.changes.map { Key($0) }), Key.counted(back.changes.map { Key(reversed: $0) })
    )
    let unlike = Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }
    #expect(unlike.isEmpty, sourceLocation: sourceLocation)
  }

  /// What of a change is the same seen from the other side; names are not, where something was renamed.
  private struct Key: Hashable {
    let rule: String
    let verdicts: [Verdict?]

    static func counted(_ keys: [Key]) -> [Key: Int] { Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +) }

    init(_ change: Change) { self.init(change.rule.id, change) { $0 } }

    init(reversed change: Change) {
      let opposite = ["added": "removed", "removed": "added", "used": "reserved", "reserved": "used"]
      var words = change.rule.id.split(separator: "-").map(String.init)
      if let last = words.last, let other = opposite[last], change.rule.id != "reserved-used" {
        words[words.count - 1] = other
      }
      let id = words.joined(separator: "-")
      self.init(
        change.rule.id == "reserved-used" ? "field-reserved" : id == "field-used" ? "reserved-used" : id, change
      ) { $0.mirrored }
    }

    private init(_ rule: String, _ change: Change, _ turned: (Direction) -> Direction) {
      self.rule = rule
      verdicts = Direction.allCases.map { change.verdict(turned($0)).wire }
    }
  }
}

extension Verdict {
  /// Off the wire, what is removed breaks sources and what is added does not.
  fileprivate var wire: Verdict? {
    switch self {
    case .wireCompatible, .conditional, .wireBreaking: self
    case .identical, .documentation, .sourceCompatible, .sourceBreaking: nil
    }
  }
}
