extension Layout {
  /// Every name that C code will see, and where it is.
  var identifiers: [(place: String, name: String)] {
    var all: [(place: String, name: String)] = []
    for structure in structures {
      all.append((structure.name, structure.name))
      all += structure.fields.map { ("\(structure.name).\($0.name)", $0.name) }
    }
    for bits in bitLayouts {
      all.append((bits.name, bits.name))
      all += bits.ranges.map { ("\(bits.name).\($0.name)", $0.name) }
    }
    for group in enumerations + constants { all += group.numbers.map { (group.name, $0.name) } }
    all += features.map { ("features.\($0.name.withoutPrefix(macroPrefix))", $0.name) }
    all += bareNames.map { ($0.place, $0.name) }
    all += (commands.map(\.name) + groups.map(\.name) + attributeSets.map(\.name)).map { ($0, $0) }
    return all + [("layout", prefix)]
  }

  /// The names of registers and of parts of chains, which become parameters and members in C without a prefix.
  var bareNames: [(place: String, name: String)] {
    registers.map { ($0.name, $0.name) }
      + placedParts.compactMap { place, part in
        switch part {
        case .bytes(let name, _, _), .repeated(let name, _, _): (place, name)
        default: nil
        }
      }
  }

  /// Everything that is to be documented, and where it is.
  var documented: [(place: String, summary: String)] {
    var all: [(place: String, summary: String)] = [("layout", title), ("layout", summary)]
    all += registers.map { ($0.name, $0.summary) }
    all += features.map { ($0.name, $0.summary) }
    all += queues.kinds.map { ($0.name, $0.summary) }
    for group in enumerations + constants {
      all.append((group.name, group.summary))
      all += group.numbers.map { ("\(group.name).\($0.name)", $0.summary) }
    }
    for bits in bitLayouts {
      all.append((bits.name, bits.summary))
      all += bits.ranges.map { ("\(bits.name).\($0.name)", $0.summary) }
    }
    for structure in structures {
      all.append((structure.name, structure.summary))
      all += structure.fields.map { ("\(structure.name).\($0.name)", $0.summary) }
    }
    for service in services {
      all.append((service.name, service.summary))
      all += service.commands.map { ($0.name, $0.summary) }
    }
    all += groups.map { ($0.name, $0.summary) }
    all += attributeSets.map { ($0.name, $0.summary) }
    for (place, part) in placedParts { all += part.summaries.map { (place, $0) } }
    all += quirks.map { ($0.name, $0.summary) }
    for erratum in errata { all += [(erratum.id, erratum.defect), (erratum.id, erratum.resolution)] }
    return all
  }
}

extension Layout.Part {
  /// The sentences that the part itself has.
  fileprivate var summaries: [String] {
    switch self {
    case .bytes(_, _, let summary): [summary]
    case .optional(let condition, _): condition.summaries
    default: []
    }
  }
}

extension Layout.Condition {
  fileprivate var summaries: [String] {
    switch self {
    case .equals: []
    case .context(_, _, let summary): [summary]
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.summaries)
    }
  }
}
