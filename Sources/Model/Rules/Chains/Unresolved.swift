extension Rule {
  static let unresolved = Rule("unresolved", "Everything that is named exists.") { layout in
    layout.mentions.filter { !$0.exists }.map { ($0.place, "there is no \($0.kind) '\($0.name)'") }
  }
}

/// A name by which something refers to something else.
private struct Mention {
  let place: String
  let kind: String
  let name: String
  let exists: Bool
}

extension Layout {
  /// Everything that something refers to by name, and where it does.
  fileprivate var mentions: [Mention] {
    fieldMentions + registerMentions + chainMentions + featureMentions
  }

  private func mention(_ featureUse: FeatureUse) -> Mention {
    let place = "features.\(featureUse.feature.withoutPrefix(macroPrefix))"
    return switch featureUse.use {
    case .above(let field, _), .equal(let field, _):
      Mention(place: place, kind: "field", name: "\(field)", exists: resolve(field) != nil)
    case .enumerator(let name):
      Mention(
        place: place, kind: "enumerator", name: name,
        exists: enumerations.contains { $0.numbers.contains { $0.name == name } })
    }
  }

  private func mention(_ type: FieldType, at place: String) -> [Mention] {
    switch type {
    case .number, .reserved: []
    case .code(let name): [Mention(place: place, kind: "enumeration", name: name, exists: enumeration(name) != nil)]
    case .bits(let name): [Mention(place: place, kind: "bit layout", name: name, exists: bitLayout(name) != nil)]
    case .structure(let name): [Mention(place: place, kind: "structure", name: name, exists: structure(name) != nil)]
    }
  }

  private var fieldMentions: [Mention] {
    structures.flatMap { structure in
      structure.fields.flatMap { mention($0.type, at: "\(structure.name).\($0.name)") }
    }
      + bitLayouts.flatMap { bits in
        bits.ranges.flatMap { range in
          range.enumeration.map { mention(.code(enumeration: $0), at: "\(bits.name).\(range.name)") } ?? []
        }
      }
  }

  private var registerMentions: [Mention] {
    registers.flatMap { register in
      mention(register.type, at: register.name)
        + [register.counter, register.count].compactMap(\.self).map {
          Mention(place: register.name, kind: "register", name: $0, exists: self.register($0) != nil)
        }
    }
  }

  private var chainMentions: [Mention] {
    placedParts.flatMap { place, part -> [Mention] in
      let named: [Mention] =
        switch part {
        case .structure(let name): mention(.structure(name: name), at: place)
        case .group(let name): [Mention(place: place, kind: "group", name: name, exists: group(name) != nil)]
        case .attributes(let name):
          [Mention(place: place, kind: "set of attributes", name: name, exists: attributeSet(name) != nil)]
        case .bytes, .optional, .repeated, .measured, .slack: []
        }
      return named
        + part.references.map { Mention(place: place, kind: "field", name: "\($0)", exists: resolve($0) != nil) }
    }
      + attributeSets.flatMap { mention(.structure(name: $0.header), at: $0.name) }
  }

  private var featureMentions: [Mention] {
    let wanted: [(place: String, names: [String])] =
      features.map { ("features.\($0.name.withoutPrefix(macroPrefix))", $0.needs) }
      + featureUses.map { ("featureUses", [$0.feature]) }
      + queues.kinds.map { ($0.name, $0.features) } + registers.map { ($0.name, $0.feature.map { [$0] } ?? []) }
      + commands.map { ($0.name, $0.feature.map { [$0] } ?? []) }
    let known = Set(features.map(\.name))
    let kinds = Set(queues.kinds.map(\.name))
    return wanted.flatMap { place, names in
      names.map { Mention(place: place, kind: "feature", name: $0, exists: known.contains($0)) }
    }
      + featureUses.map(mention)
      + services.flatMap { service in
        service.queues.map { Mention(place: service.name, kind: "queue", name: $0, exists: kinds.contains($0)) }
      }
  }
}
