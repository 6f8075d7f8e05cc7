/// The largest length of a part, and the name it goes by.
public struct PartLimit: Hashable, Sendable {
  /// The part's name.
  public let part: String
  public let bytes: Int

  /// The macro's name behind the prefix: `MAX_PACKET_DATA`.
  public var macro: String { "MAX_\(part.uppercased())" }
}

extension Layout {
  /// The limits of all parts of variable length, each once, in the order of the chains.
  public var partLimits: [PartLimit] {
    let parts = commands.flatMap { $0.readable + $0.writable }.flatMap { $0.descendants(in: self) }
    var known: Set<PartLimit> = []
    return parts.compactMap { part in
      guard case .bytes(let name, .field(_, let bytes), _) = part else { return nil }
      return PartLimit(part: name, bytes: bytes)
    }.filter { known.insert($0).inserted }
  }
}

extension Rule {
  static let limitName = Rule(
    "limit-name", "A limit's name, MAX_ and its part's, says one number and is the name of nothing else."
  ) { layout in
    let limits = layout.partLimits
    let named = Dictionary(grouping: limits, by: \.macro)
    let numbers = (layout.enumerations + layout.constants).flatMap { group in
      group.numbers.map { (group.name, $0.name) }
    }
    let features = layout.features.map { ("features.\($0.name.withoutPrefix(layout.macroPrefix))", $0.name) }
    return limits.filter { $0 != named[$0.macro]?.first }.map {
      ($0.part, "has limits of \(named[$0.macro, default: []].map { "\($0.bytes)" }.joined(separator: " and ")) bytes")
    } + (numbers + features).filter { named[$0.1.withoutPrefix(layout.macroPrefix)] != nil }.map {
      ($0.0, "'\($0.1)' is a limit's name")
    }
  }
}
