import Model

extension Layout {
  /// Names of what is not there.
  var referenceDefects: [String] {
    let flat = flattened()
    return typeDefects + partDefects(flat) + boundDefects(flat) + deviceDefects + featureDefects(flat)
  }

  private var typeDefects: [String] {
    let types =
      structures.flatMap { structure in structure.fields.map { ("\(structure.name).\($0.name)", $0.type) } }
      + registers.map { ("registers.\($0.name)", $0.type) }
    let ranges = bitLayouts.flatMap { bits in
      bits.ranges.compactMap { range in range.enumeration.map { ("\(bits.name).\(range.name)", $0) } }
    }
    return types.compactMap { place, type in missing(type).map { "\(place): there is no \($0)" } }
      + ranges.filter { enumeration($0.1) == nil }.map { "\($0.0): there is no enumeration '\($0.1)'" }
  }

  private func missing(_ type: FieldType) -> String? {
    switch type {
    case .number, .reserved: nil
    case .code(let name): enumeration(name) == nil ? "enumeration '\(name)'" : nil
    case .bits(let name): bitLayout(name) == nil ? "bit layout '\(name)'" : nil
    case .structure(let name): structure(name) == nil ? "structure '\(name)'" : nil
    }
  }

  private func partDefects(_ flat: Layout) -> [String] {
    partLists.sorted { $0.key < $1.key }.flatMap { place, parts -> [String] in
      var defects = parts.flatMap(\.mentions).filter { !has($0.kind, $0.name) }.map {
        "\(place): there is no \($0.kind) '\($0.name)'"
      }
      defects += missing(parts.flatMap(\.allReferences), at: place, flat)
      if parts.hasTwoRests { defects.append("\(place): the rest, twice") }
      return defects
    }
  }

  private func boundDefects(_ flat: Layout) -> [String] {
    var defects: [String] = []
    for structure in structures {
      for bound in structure.bounds {
        if bound.terms.isEmpty { defects.append("\(structure.name): a bound of nothing") }
        let references = bound.terms + [bound.limit] + (bound.condition?.references ?? [])
        defects += missing(references, at: structure.name, flat)
      }
    }
    for set in attributeSets where (structure(set.header)?.fields.count ?? 0) < 2 {
      defects.append("\(set.name): header '\(set.header)' has no type and length")
    }
    return defects
  }

  /// The references that lead nowhere, not even within a nested structure.
  private func missing(_ references: [Reference], at place: String, _ flat: Layout) -> [String] {
    references.filter { resolve($0) == nil && flat.resolve($0) == nil }.map { "\(place): there is no '\($0)'" }
  }

  private func has(_ kind: String, _ name: String) -> Bool {
    switch kind {
    case "structure": structure(name) != nil
    case "group": group(name) != nil
    default: attributeSet(name) != nil
    }
  }

  private var deviceDefects: [String] {
    registers.flatMap { register in
      [register.count, register.counter].compactMap(\.self)
        .filter { self.register($0)?.counter != nil || self.register($0)?.count != nil || self.register($0) == nil }
        .map { "registers.\(register.name): no register '\($0)' stands at a fixed place" }
    }
      + services.flatMap { service in
        service.queues.filter { name in !queues.kinds.contains { $0.name == name } }.map {
          "services.\(service.name): there is no queue '\($0)'"
        }
      }
  }

  private func featureDefects(_ flat: Layout) -> [String] {
    var named: [(String, [String])] = features.map { ($0.name, $0.needs) }
    named += registers.map { ("registers.\($0.name)", [$0.feature].compactMap(\.self)) }
    named += queues.kinds.map { ("queues.\($0.name)", $0.features) }
    named += commands.map { ("commands.\($0.name)", [$0.feature].compactMap(\.self)) }
    named += featureUses.map { ("feature uses", [$0.feature]) }
    let known = Set(features.map(\.name))
    var defects = named.flatMap { place, names in
      names.filter { !known.contains($0) }.map { "\(place): there is no feature '\($0)'" }
    }
    let numbers = enumerations.flatMap(\.numbers) + attributeSets.flatMap(\.attributes).map(\.type)
    let enumerators = Set(numbers.map(\.name))
    for use in featureUses {
      switch use.use {
      case .above(let reference, _), .equal(let reference, _):
        defects += missing([reference], at: "feature uses", flat)
      case .enumerator(let name):
        if !enumerators.contains(name) { defects.append("feature uses: there is no number '\(name)'") }
      }
    }
    return defects
  }
}

extension Layout.Part {
  /// The fields that the part and those within it refer to.
  fileprivate var allReferences: [Layout.Reference] {
    switch self {
    case .optional(_, let part): references + part.allReferences
    case .repeated(_, _, let parts), .measured(_, let parts): references + parts.flatMap(\.allReferences)
    case .structure, .bytes, .group, .attributes, .slack: references
    }
  }
}

extension [Layout.Part] {
  /// Whether two parts of a sequence, or of one within it, take whatever is left.
  fileprivate var hasTwoRests: Bool {
    let rests = filter { part in
      switch part {
      case .slack, .bytes(_, .rest, _): true
      case .structure, .bytes, .optional, .repeated, .measured, .group, .attributes: false
      }
    }
    return rests.count > 1
      || contains { part in
        switch part {
        case .optional(_, let inner): [inner].hasTwoRests
        case .repeated(_, _, let parts), .measured(_, let parts): parts.hasTwoRests
        case .structure, .bytes, .group, .attributes, .slack: false
        }
      }
  }
}
