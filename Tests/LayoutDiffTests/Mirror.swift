import LayoutDiff
import Model

/// What has to hold between a diff and the diff of its arguments reversed: each change is found at the same place, by
/// the reverse rule, with the verdicts of the other direction.
struct Mirror {
  /// By name, one of the names that the same thing has on the two sides.
  private var names: [String: String] = [:]

  /// What is on one side of the mirror only.
  static func differences(_ there: LayoutDiff, _ back: LayoutDiff) -> [String] {
    let mirror = Mirror(there.changes + back.changes)
    let totals = Direction.allCases.filter {
      there.verdict($0).onWire != back.verdict($0.mirrored).onWire
    }.map { "total, \($0.title): \(there.verdict($0).id), reversed \(back.verdict($0.mirrored).id)" }
    let (ours, theirs) = (
      counted(there.changes.map { mirror.key($0, $0.rule.id) { $0 } }),
      counted(back.changes.map { mirror.key($0, reversed($0.rule.id), \.mirrored) })
    )
    return totals
      + Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }.map { key in
        let verdicts = key.verdicts.map { $0?.id ?? "off the wire" }.joined(separator: ", ")
        return "\(key.rule) at \(key.place): \(verdicts): \(ours[key] ?? 0), reversed \(theirs[key] ?? 0)"
      }.sorted()
  }

  /// Learns the names of what is renamed, or put to another use.
  private init(_ changes: [Change]) {
    for change in changes where change.rule.id.hasSuffix("-renamed") || change.rule.id.hasSuffix("-reused") {
      guard let old = change.old?.firstName, let new = change.new?.firstName else { continue }
      let (one, other) = (names[old] ?? old, names[new] ?? new)
      for name in names.keys where names[name] == other { names[name] = one }
      (names[old], names[new], names[other]) = (one, one, one)
    }
  }

  private struct Key: Hashable {
    let rule: String
    let place: String
    let verdicts: [Verdict?]
  }

  private static func counted(_ keys: [Key]) -> [Key: Int] { Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +) }

  private func key(_ change: Change, _ rule: String, _ turned: (Direction) -> Direction) -> Key {
    let place = change.place.split { ".+".contains($0) }.map { names[String($0)] ?? String($0) }
    return Key(
      rule: rule, place: place.joined(separator: "."),
      verdicts: Direction.allCases.map { change.verdict(turned($0)).onWire })
  }

  /// The rule that sees the reverse of what a rule sees.
  private static func reversed(_ rule: String) -> String {
    let pairs = [("reserved-used", "field-reserved"), ("bits-used", "bits-reserved")]
    for (one, other) in pairs where rule == one || rule == other { return rule == one ? other : one }
    let words = [("-added", "-removed"), ("-removed", "-added")]
    return words.first { rule.hasSuffix($0.0) }.map { rule.dropLast($0.0.count) + $0.1 } ?? rule
  }
}

extension String {
  /// The name that a change starts with: `VIRTIO_IPSEC_F_ESN, bit 1`.
  fileprivate var firstName: String { String(prefix { $0 != "," }) }
}

extension Verdict {
  /// Off the wire, what is removed breaks sources and what is added does not.
  fileprivate var onWire: Verdict? {
    switch self {
    case .wireCompatible, .conditional, .wireBreaking: self
    case .identical, .documentation, .sourceCompatible, .sourceBreaking: nil
    }
  }
}
