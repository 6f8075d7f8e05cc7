import Model

/// Where things of a layout travel: in the chains of commands, and in registers.
struct Uses {
  /// By area, thing and carrier, a command or a register: the features that each of its places needs, all of them.
  private var places: [Area: [String: [String: Set<Set<String>>]]] = [:]

  init(_ layout: Layout) {
    for command in layout.commands {
      for area in Area.allCases { note(command.parts(area), [], command.name, area, layout) }
    }
    for register in layout.registers {
      for area in register.areas { note(register.type, [], register.name.asRegister, area, layout) }
    }
  }

  /// Names of the commands and registers.
  func carriers(_ key: String, _ area: Area) -> Set<String> { Set(places[area]?[key]?.keys.map { $0 } ?? []) }

  /// The features that each place in a command or register needs.
  func features(_ key: String, _ area: Area, _ command: String) -> Set<Set<String>> {
    places[area]?[key]?[command] ?? []
  }

  private mutating func note(
    _ parts: [Layout.Part], _ features: Set<String>, _ command: String, _ area: Area, _ layout: Layout
  ) {
    for part in parts {
      switch part {
      case .structure(let name): note(structure: name, features, command, area, layout)
      case .bytes, .slack: break
      case .optional(let condition, let inner):
        note([inner], features.union(condition.features(layout)), command, area, layout)
      case .repeated(_, let count, let inner):
        note(inner, features.union(layout.features(of: count)), command, area, layout)
      case .measured(_, let inner): note(inner, features, command, area, layout)
      case .group(let name):
        add(name.asGroup, features, command, area)
        note(layout.group(name)?.parts ?? [], features, command, area, layout)
      case .attributes(let name):
        guard let set = layout.attributeSet(name) else { break }
        add(name.asAttributeSet, features, command, area)
        note(structure: set.header, features, command, area, layout)
        for attribute in set.attributes {
          note(attribute.parts, features.union(layout.features(of: attribute.type.name)), command, area, layout)
        }
      }
    }
  }

  private mutating func note(
    structure name: String, _ features: Set<String>, _ command: String, _ area: Area, _ layout: Layout
  ) {
    add(name, features, command, area)
    for field in layout.structure(name)?.fields ?? [] { note(field.type, features, command, area, layout) }
  }

  private mutating func note(
    _ type: Layout.FieldType, _ features: Set<String>, _ carrier: String, _ area: Area, _ layout: Layout
  ) {
    switch type {
    case .code(let enumeration): add(enumeration.asEnumeration, features, carrier, area)
    case .bits(let bits):
      add(bits.asBitLayout, features, carrier, area)
      for range in layout.bitLayout(bits)?.ranges ?? [] {
        if let enumeration = range.enumeration { add(enumeration.asEnumeration, features, carrier, area) }
      }
    case .number, .reserved, .structure: break
    }
  }

  private mutating func add(_ key: String, _ features: Set<String>, _ carrier: String, _ area: Area) {
    places[area, default: [:]][key, default: [:]][carrier, default: []].insert(features)
  }
}

extension Layout.Condition {
  /// The features without which it does not hold.
  fileprivate func features(_ layout: Layout) -> Set<String> {
    switch self {
    case .equals(let reference, let value): value == 0 ? [] : Set(layout.features(of: reference))
    case .context: []
    case .all(let conditions): conditions.reduce(into: []) { $0.formUnion($1.features(layout)) }
    case .any(let conditions):
      conditions.dropFirst().reduce(conditions.first?.features(layout) ?? []) { $0.intersection($1.features(layout)) }
    }
  }
}

extension Layout.Register {
  /// Who says something by it: the driver where it may write, the device where the driver may read.
  var areas: [Area] {
    switch access {
    case .readOnly: [.writable]
    case .writeOnly: [.readable]
    case .readWrite: [.readable, .writable]
    }
  }
}

extension String {
  /// The name of a register as a carrier.
  var asRegister: String { "registers.\(self)" }

  /// Keys of `Uses` for what shares no name space with structures.
  var asEnumeration: String { "enum \(self)" }
  var asBitLayout: String { "bits \(self)" }
  var asGroup: String { "group \(self)" }
  var asAttributeSet: String { "attributes \(self)" }
}
