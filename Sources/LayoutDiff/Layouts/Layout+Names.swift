import Model

extension Layout {
  /// Gives structures other names, everywhere.
  mutating func map(structure name: (String) -> String) {
    for index in structures.indices {
      structures[index].name = name(structures[index].name)
      for field in structures[index].fields.indices {
        if case .structure(let inner) = structures[index].fields[field].type {
          structures[index].fields[field].type = .structure(name: name(inner))
        }
      }
    }
    for index in attributeSets.indices { attributeSets[index].header = name(attributeSets[index].header) }
    mapParts { part in
      if case .structure(let inner) = part { .structure(name: name(inner)) } else { part }
    } reference: {
      Reference(structure: name($0.structure), field: $0.field, bits: $0.bits)
    }
  }

  /// Gives fields other names, by structure, everywhere.
  mutating func map(field name: (String, String) -> String) {
    for index in structures.indices {
      for field in structures[index].fields.indices {
        structures[index].fields[field].name = name(structures[index].name, structures[index].fields[field].name)
      }
    }
    mapParts {
      $0
    } reference: {
      Reference(structure: $0.structure, field: name($0.structure, $0.field), bits: $0.bits)
    }
  }

  /// Gives enumerations other names, everywhere.
  mutating func map(enumeration name: (String) -> String) {
    for index in enumerations.indices { enumerations[index].name = name(enumerations[index].name) }
    mapTypes { if case .code(let old) = $0 { .code(enumeration: name(old)) } else { $0 } }
    for index in bitLayouts.indices {
      for range in bitLayouts[index].ranges.indices {
        bitLayouts[index].ranges[range].enumeration = bitLayouts[index].ranges[range].enumeration.map(name)
      }
    }
  }

  /// Gives bit layouts other names, everywhere.
  mutating func map(bitLayout name: (String) -> String) {
    for index in bitLayouts.indices { bitLayouts[index].name = name(bitLayouts[index].name) }
    mapTypes { if case .bits(let old) = $0 { .bits(layout: name(old)) } else { $0 } }
  }

  private mutating func mapTypes(_ type: (FieldType) -> FieldType) {
    for index in structures.indices {
      for field in structures[index].fields.indices {
        structures[index].fields[field].type = type(structures[index].fields[field].type)
      }
    }
    for index in registers.indices { registers[index].type = type(registers[index].type) }
  }

  /// Gives enumerators other C names, wherever a number stands.
  mutating func map(enumerator name: (String) -> String) {
    for index in enumerations.indices {
      for number in enumerations[index].numbers.indices {
        enumerations[index].numbers[number].name = name(enumerations[index].numbers[number].name)
      }
    }
    for index in featureUses.indices {
      if case .enumerator(let old) = featureUses[index].use { featureUses[index].use = .enumerator(name: name(old)) }
    }
    for set in attributeSets.indices {
      for index in attributeSets[set].attributes.indices {
        attributeSets[set].attributes[index].type.name = name(attributeSets[set].attributes[index].type.name)
      }
    }
    mapCommands { command in
      for index in command.codes.indices { command.codes[index].name = name(command.codes[index].name) }
    }
  }

  /// Gives registers other names, everywhere.
  mutating func map(register name: (String) -> String) {
    for index in registers.indices {
      registers[index].name = name(registers[index].name)
      registers[index].counter = registers[index].counter.map(name)
      registers[index].count = registers[index].count.map(name)
    }
  }

  /// Gives kinds of queues other names, everywhere.
  mutating func map(queue name: (String) -> String) {
    for index in queues.kinds.indices { queues.kinds[index].name = name(queues.kinds[index].name) }
    for index in services.indices { services[index].queues = services[index].queues.map(name) }
  }

  /// Gives groups other names, everywhere.
  mutating func map(group name: (String) -> String) {
    for index in groups.indices { groups[index].name = name(groups[index].name) }
    mapParts { if case .group(let old) = $0 { .group(name: name(old)) } else { $0 } }
  }

  /// Gives sets of attributes other names, everywhere.
  mutating func map(attributeSet name: (String) -> String) {
    for index in attributeSets.indices { attributeSets[index].name = name(attributeSets[index].name) }
    mapParts { if case .attributes(let old) = $0 { .attributes(name: name(old)) } else { $0 } }
  }

  /// Gives bits other names, by bit layout, everywhere.
  mutating func map(bits name: (String, String) -> String) {
    let copy = self
    for index in bitLayouts.indices {
      for range in bitLayouts[index].ranges.indices {
        bitLayouts[index].ranges[range].name = name(bitLayouts[index].name, bitLayouts[index].ranges[range].name)
      }
    }
    mapParts {
      $0
    } reference: { reference in
      guard let bits = reference.bits,
        case .bits(let layout)? = copy.structure(reference.structure)?.field(reference.field)?.type
      else { return reference }
      return Reference(structure: reference.structure, field: reference.field, bits: name(layout, bits))
    }
  }

  /// Gives features other names, everywhere.
  mutating func map(feature name: (String) -> String) {
    for index in features.indices {
      features[index].name = name(features[index].name)
      features[index].needs = features[index].needs.map(name)
    }
    for index in featureUses.indices { featureUses[index].feature = name(featureUses[index].feature) }
    for index in registers.indices { registers[index].feature = registers[index].feature.map(name) }
    for index in queues.kinds.indices { queues.kinds[index].features = queues.kinds[index].features.map(name) }
    mapCommands { $0.feature = $0.feature.map(name) }
  }

  /// Changes every command.
  mutating func mapCommands(_ change: (inout Command) -> Void) {
    for service in services.indices {
      for command in services[service].commands.indices { change(&services[service].commands[command]) }
    }
  }

  private mutating func mapParts(_ part: (Part) -> Part, reference: (Reference) -> Reference = { $0 }) {
    for structure in structures.indices {
      for index in structures[structure].bounds.indices {
        var bound = structures[structure].bounds[index]
        bound.terms = bound.terms.map(reference)
        bound.limit = reference(bound.limit)
        bound.condition = bound.condition?.mapped(reference)
        structures[structure].bounds[index] = bound
      }
    }
    for index in featureUses.indices {
      switch featureUses[index].use {
      case .above(let field, let value): featureUses[index].use = .above(reference(field), value: value)
      case .equal(let field, let value): featureUses[index].use = .equal(reference(field), value: value)
      case .enumerator: break
      }
    }
    mapPartLists { $1.map { $0.mapped(part, reference) } }
  }

  /// Changes the parts of every command, group and attribute, each at its place.
  mutating func mapPartLists(_ change: (String, [Part]) -> [Part]) {
    mapCommands { command in
      command.readable = change("commands.\(command.name).readable", command.readable)
      command.writable = change("commands.\(command.name).writable", command.writable)
    }
    for group in groups.indices { groups[group].parts = change("groups.\(groups[group].name)", groups[group].parts) }
    for set in attributeSets.indices {
      for index in attributeSets[set].attributes.indices {
        let attribute = attributeSets[set].attributes[index]
        attributeSets[set].attributes[index].parts = change(
          "attributes.\(attributeSets[set].name).\(attribute.name)", attribute.parts)
      }
    }
  }

  /// The parts by their place.
  var partLists: [String: [Part]] {
    var copy = self
    var lists: [String: [Part]] = [:]
    copy.mapPartLists { place, parts in
      lists[place] = parts
      return parts
    }
    return lists
  }
}

extension Layout.Part {
  fileprivate func mapped(
    _ part: (Layout.Part) -> Layout.Part, _ reference: (Layout.Reference) -> Layout.Reference
  ) -> Layout.Part {
    switch part(self) {
    case .bytes(let name, .field(let field, let limit), let summary):
      .bytes(name: name, length: .field(reference(field), limit: limit), summary: summary)
    case .optional(let condition, let inner):
      .optional(when: condition.mapped(reference), part: inner.mapped(part, reference))
    case .repeated(let name, let count, let parts):
      .repeated(name: name, count: reference(count), parts: parts.map { $0.mapped(part, reference) })
    case .measured(let by, let parts): .measured(by: reference(by), parts: parts.map { $0.mapped(part, reference) })
    case let other: other
    }
  }
}

extension Layout.Condition {
  fileprivate func mapped(_ reference: (Layout.Reference) -> Layout.Reference) -> Layout.Condition {
    switch self {
    case .equals(let field, let value): .equals(reference(field), value: value)
    case .context: self
    case .all(let conditions): .all(conditions.map { $0.mapped(reference) })
    case .any(let conditions): .any(conditions.map { $0.mapped(reference) })
    }
  }
}
