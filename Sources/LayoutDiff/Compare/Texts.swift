import Model

/// Summaries, of what both sides have; quirks, errata and names elsewhere, which one side may lack.
struct TextComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let texts = Pairing(old.layout.texts, new.layout.texts, by: \.key)
    return texts.pairs.filter { $0.text != $1.text }.map { one, other in
      Draft(rule: .documentation, place: one.place, old: one.text, new: other.text)
    }
      + texts.removed.filter(\.standsAlone).map { Draft(rule: .documentation, place: $0.place, old: $0.text) }
      + texts.added.filter(\.standsAlone).map { Draft(rule: .documentation, place: $0.place, new: $0.text) }
  }
}

/// A text and what it describes; a structure and a bit layout may share a name.
private struct Described {
  let kind: String
  let place: String
  let text: String
  /// Whether it describes nothing that is compared by itself.
  var standsAlone = false

  var key: String { "\(kind) \(place)" }
}

extension Layout {
  /// What a report says of each text: where it stands, by the names around it, and itself.
  var described: [(place: String, text: String)] { texts.map { ($0.place, $0.text) } }

  fileprivate var texts: [Described] { deviceTexts + numberTexts + structureTexts + chainTexts + partTexts + noteTexts }

  private var deviceTexts: [Described] {
    [
      Described(kind: "device", place: "version", text: version),
      Described(kind: "device", place: "title", text: title),
      Described(kind: "device", place: "summary", text: summary),
    ]
      + registers.map { Described(kind: "register", place: "registers.\($0.name)", text: $0.summary) }
      + features.map { Described(kind: "feature", place: "features.\($0.name)", text: $0.summary) }
      + queues.kinds.map { Described(kind: "queue", place: "queues.\($0.name)", text: $0.summary) }
  }

  private var numberTexts: [Described] {
    (enumerations + constants).flatMap { group in
      [Described(kind: "enumeration", place: group.name, text: group.summary)]
        + group.numbers.map { Described(kind: "number", place: "\(group.name).\($0.name)", text: $0.summary) }
    }
  }

  private var structureTexts: [Described] {
    bitLayouts.flatMap { bits in
      [Described(kind: "bits", place: bits.name, text: bits.summary)]
        + bits.ranges.used.map { Described(kind: "range", place: "\(bits.name).\($0.name)", text: $0.summary) }
    }
      + structures.flatMap { structure in
        [Described(kind: "structure", place: structure.name, text: structure.summary)]
          + structure.fields.filter { !$0.isReserved }.map {
            Described(kind: "field", place: "\(structure.name).\($0.name)", text: $0.summary)
          }
      }
  }

  private var chainTexts: [Described] {
    groups.map { Described(kind: "group", place: "groups.\($0.name)", text: $0.summary) }
      + attributeSets.flatMap { set in
        [Described(kind: "attributes", place: "attributes.\(set.name)", text: set.summary)]
          + set.attributes.map {
            Described(kind: "attribute", place: "attributes.\(set.name).\($0.name)", text: $0.type.summary)
          }
      }
      + services.flatMap { service in
        [Described(kind: "service", place: "services.\(service.name)", text: service.summary)]
          + service.commands.flatMap { command in
            [Described(kind: "command", place: "commands.\(command.name)", text: command.summary)]
              + command.codes.enumerated().map {
                Described(kind: "code \($0)", place: "commands.\(command.name).code", text: $1.summary)
              }
          }
      }
  }

  /// What bytes and conditions of chains are about.
  private var partTexts: [Described] {
    partLists.sorted { $0.key < $1.key }.flatMap { place, parts in
      parts.flatMap(\.texts).enumerated().map { number, text in
        Described(kind: "part \(number)", place: "\(place).\(text.name)", text: text.text)
      }
    }
  }

  private var noteTexts: [Described] {
    errata.map {
      Described(
        kind: "erratum \($0.place)", place: "errata.\($0.id)",
        text: "\($0.place): \($0.defect) \($0.resolution) \($0.rule ?? "")", standsAlone: true)
    }
      + quirks.map { Described(kind: "quirk", place: "quirks.\($0.name)", text: $0.summary, standsAlone: true) }
      + counterparts.map {
        Described(
          kind: "counterpart", place: "counterparts.\($0.place)", text: "\($0.counterpart ?? "none") \($0.note ?? "")",
          standsAlone: true)
      }
  }
}

extension Layout.Part {
  /// The texts within the part, and the names of what they are about.
  fileprivate var texts: [(name: String, text: String)] {
    switch self {
    case .bytes(let name, _, let summary): [(name, summary)]
    case .optional(let condition, let part): condition.texts + part.texts
    case .repeated(_, _, let parts), .measured(_, let parts): parts.flatMap(\.texts)
    case .structure, .group, .attributes, .slack: []
    }
  }
}

extension Layout.Condition {
  fileprivate var texts: [(name: String, text: String)] {
    switch self {
    case .context(let name, _, let summary): [("context", "\(name): \(summary)")]
    case .equals: []
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.texts)
    }
  }
}
