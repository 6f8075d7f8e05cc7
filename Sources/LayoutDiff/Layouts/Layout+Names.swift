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

  /// Gives bits other names, by bit layout, wherever a part refers to them.
  mutating func map(bits name: (String, String) -> String) {
    let copy = self
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
    for service in services.indices {
      for command in services[service].commands.indices {
        services[service].commands[command].feature = services[service].commands[command].feature.map(name)
      }
    }
  }

  private mutating func mapParts(_ part: (Part) -> Part, reference: (Reference) -> Reference) {
    for index in featureUses.indices {
      switch featureUses[index].use {
      case .above(let field, let value): featureUses[index].use = .above(reference(field), value: value)
      case .equal(let field, let value): featureUses[index].use = .equal(reference(field), value: value)
      case .enumerator: break
      }
    }
    mapPartLists { $0.map { $0.mapped(part, reference) } }
  }

  /// Changes the parts of every command, group and attribute.
  mutating func mapPartLists(_ change: ([Part]) -> [Part]) {
    for service in services.indices {
      for command in services[service].commands.indices {
        services[service].commands[command].readable = change(services[service].commands[command].readable)
        services[service].commands[command].writable = change(services[service].commands[command].writable)
      }
    }
    for group in groups.indices { groups[group].parts = change(groups[group].parts) }
    for set in attributeSets.indices {
      for attribute in attributeSets[set].attributes.indices {
        attributeSets[set].attributes[attribute].parts = change(attributeSets[set].attributes[attribute].parts)
      }
    }
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
