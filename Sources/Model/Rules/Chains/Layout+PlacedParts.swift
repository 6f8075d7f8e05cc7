extension Layout {
  /// Every part, once, and the command, group or set of attributes in which it is written down.
  var placedParts: [(place: String, part: Part)] {
    let homes =
      commands.map { ($0.name, $0.readable + $0.writable) } + groups.map { ($0.name, $0.parts) }
      + attributeSets.map { ($0.name, $0.attributes.flatMap(\.parts)) }
    return homes.flatMap { place, parts in parts.flatMap(\.withInner).map { (place, $0) } }
  }
}

extension Layout.Part {
  /// The part and those written within it; what a group or a set of attributes holds is written there.
  fileprivate var withInner: [Layout.Part] {
    switch self {
    case .structure, .bytes, .group, .attributes, .slack: [self]
    case .optional(_, let part): [self] + part.withInner
    case .repeated(_, _, let parts), .measured(_, let parts): [self] + parts.flatMap(\.withInner)
    }
  }
}
