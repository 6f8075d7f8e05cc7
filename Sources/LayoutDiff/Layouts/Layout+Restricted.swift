import Model

extension Layout {
  /// What is left for a side to use where some features were not negotiated.
  ///
  /// Commands, registers, attributes and enumerators go; fields and bits become reserved.
  func restricted(_ isNegotiated: (String) -> Bool) -> Layout {
    let closed = featureUses.filter { !isNegotiated($0.feature) }
    var fields: Set<Reference> = []
    var enumerators: Set<String> = []
    for closed in closed {
      switch closed.use {
      case .above(let reference, 0): fields.insert(reference)
      case .enumerator(let name): enumerators.insert(name)
      case .above, .equal: break
      }
    }
    var layout = self
    for index in layout.structures.indices { layout.structures[index].reserve(fields) }
    for reference in fields { layout.reserveBits(reference) }
    for index in layout.enumerations.indices {
      layout.enumerations[index].numbers.removeAll { enumerators.contains($0.name) }
    }
    for index in layout.attributeSets.indices {
      layout.attributeSets[index].attributes.removeAll { enumerators.contains($0.type.name) }
    }
    for index in layout.services.indices {
      layout.services[index].commands.removeAll { command in command.feature.map { !isNegotiated($0) } ?? false }
    }
    if !closed.isEmpty { layout.mapPartLists { [sound = layout] in $1.present(in: sound) } }
    layout.registers.removeAll { register in register.feature.map { !isNegotiated($0) } ?? false }
    return layout
  }

  private mutating func reserveBits(_ reference: Reference) {
    guard let name = reference.bits,
      case .bits(let bits)? = structure(reference.structure)?.field(reference.field)?.type
    else { return }
    for index in bitLayouts.indices where bitLayouts[index].name == bits {
      for range in bitLayouts[index].ranges.indices where bitLayouts[index].ranges[range].name == name {
        bitLayouts[index].ranges[range].isReserved = true
      }
    }
  }

  /// The features without which a field, or bits of it, stays zero.
  func features(of reference: Reference) -> [String] {
    featureUses.compactMap { $0.use == .above(reference, value: 0) ? $0.feature : nil }
  }

  /// The features without which an enumerator is not used.
  func features(of enumerator: String) -> [String] {
    featureUses.compactMap { $0.use == .enumerator(name: enumerator) ? $0.feature : nil }
  }
}

extension Layout.Structure {
  fileprivate mutating func reserve(_ references: Set<Layout.Reference>) {
    for index in fields.indices {
      if references.contains(Layout.Reference(structure: name, field: fields[index].name)) {
        fields[index].type = .reserved
      }
    }
  }
}
