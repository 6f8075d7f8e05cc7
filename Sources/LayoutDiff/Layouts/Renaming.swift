import Model

/// Gives the old layout the new one's names for what is the same under another name.
///
/// After it, everything that both have is found by its name. What only stands at the same place is not the same: its
/// names have to be alike, or its summaries equal.
struct Renaming {
  private(set) var layout: Layout
  private(set) var drafts: [Draft] = []
  private let new: Layout

  init(_ old: Layout, to new: Layout) {
    layout = old
    self.new = new
    renameTypes()
    renameFields()
    renameBits()
    renameNumbers()
    renameDevice()
    renameChains()
    renameParts()
  }

  /// Renames: nothing travels differently, and sources that use the old names break.
  private mutating func rename<Value: Named>(
    _ rule: DiffRule, _ old: [Value], _ new: [Value], at place: String = "",
    where isSame: (Value, Value) -> Bool = { _, _ in true }, _ apply: (inout Layout, String, String) -> Void
  ) {
    for (old, new) in Pairing(old, new, by: \.name).renamed({ isSame($0, $1) && $0.isAlike($1) }) {
      drafts.append(Draft(rule: rule, place: place + new.name, old: old.name, new: new.name, breaksSource: true))
      apply(&layout, old.name, new.name)
    }
  }

  private mutating func renameTypes() {
    rename(.structureRenamed, layout.structures, new.structures) {
      $0.size == $1.size && $0.shape == $1.shape
    } _: { layout, old, new in
      layout.map(structure: { $0 == old ? new : $0 })
    }
    rename(.numbersRenamed, layout.enumerations, new.enumerations) { layout, old, new in
      layout.map(enumeration: { $0 == old ? new : $0 })
    }
    rename(.numbersRenamed, layout.constants, new.constants) { layout, old, new in
      for index in layout.constants.indices where layout.constants[index].name == old {
        layout.constants[index].name = new
      }
    }
    rename(.bitsRenamed, layout.bitLayouts, new.bitLayouts) { layout, old, new in
      layout.map(bitLayout: { $0 == old ? new : $0 })
    }
  }

  private mutating func renameFields() {
    for structure in layout.structures {
      guard let other = new.structure(structure.name) else { continue }
      rename(.fieldRenamed, structure.fields.used, other.fields.used, at: "\(structure.name).") {
        $0.offset == $1.offset && $0.width == $1.width && $0.count == $1.count
      } _: { layout, old, new in
        layout.map(field: { $0 == structure.name && $1 == old ? new : $1 })
      }
    }
  }

  private mutating func renameBits() {
    for bits in layout.bitLayouts {
      guard let other = new.bitLayout(bits.name) else { continue }
      rename(.bitsRenamed, bits.ranges.used, other.ranges.used, at: "\(bits.name).") {
        $0.low == $1.low && $0.width == $1.width
      } _: { layout, old, new in
        layout.map(bits: { $0 == bits.name && $1 == old ? new : $1 })
      }
    }
  }

  private mutating func renameNumbers() {
    for group in layout.enumerations {
      guard let other = new.enumeration(group.name) else { continue }
      rename(.numberRenamed, group.numbers, other.numbers, at: "\(group.name).") {
        $0.value == $1.value
      } _: { layout, old, new in
        layout.map(enumerator: { $0 == old ? new : $0 })
      }
    }
    for (index, group) in layout.constants.enumerated() {
      guard let other = new.constants.first(where: { $0.name == group.name }) else { continue }
      rename(.numberRenamed, group.numbers, other.numbers, at: "\(group.name).") {
        $0.value == $1.value
      } _: { layout, old, new in
        for number in group.numbers.indices where layout.constants[index].numbers[number].name == old {
          layout.constants[index].numbers[number].name = new
        }
      }
    }
  }

  private mutating func renameDevice() {
    rename(.registerRenamed, layout.registers, new.registers, at: "registers.") {
      $0.offset == $1.offset && $0.stride == $1.stride && $0.width == $1.width && ($0.count == nil) == ($1.count == nil)
        && $0.access == $1.access
    } _: { layout, old, new in
      layout.map(register: { $0 == old ? new : $0 })
    }
    rename(.featureRenamed, layout.features, new.features, at: "features.") {
      $0.bit == $1.bit
    } _: { layout, old, new in
      layout.map(feature: { $0 == old ? new : $0 })
    }
    let (ours, theirs) = (layout.queues.kinds, new.queues.kinds)
    rename(.queueRenamed, ours, theirs, at: "queues.") { old, new in
      ours.firstIndex { $0.name == old.name } == theirs.firstIndex { $0.name == new.name }
    } _: { layout, old, new in
      layout.map(queue: { $0 == old ? new : $0 })
    }
  }

  private mutating func renameChains() {
    rename(.chainRenamed, layout.groups, new.groups, at: "groups.") { layout, old, new in
      layout.map(group: { $0 == old ? new : $0 })
    }
    rename(.chainRenamed, layout.attributeSets, new.attributeSets, at: "attributes.") { layout, old, new in
      layout.map(attributeSet: { $0 == old ? new : $0 })
    }
    for (index, set) in layout.attributeSets.enumerated() {
      guard let other = new.attributeSet(set.name) else { continue }
      rename(.attributeRenamed, set.attributes, other.attributes, at: "attributes.\(set.name).") {
        $0.type.value == $1.type.value
      } _: { layout, old, new in
        for place in set.attributes.indices where layout.attributeSets[index].attributes[place].name == old {
          layout.attributeSets[index].attributes[place].name = new
        }
      }
    }
    rename(.serviceRenamed, layout.services, new.services, at: "services.") { layout, old, new in
      for index in layout.services.indices where layout.services[index].name == old {
        layout.services[index].name = new
      }
    }
    for (index, service) in layout.services.enumerated() {
      guard let other = new.services.first(where: { $0.name == service.name }) else { continue }
      rename(.commandRenamed, service.commands, other.commands, at: "commands.") {
        $0.codes.map(\.value) == $1.codes.map(\.value)
      } _: { layout, old, new in
        for place in service.commands.indices where layout.services[index].commands[place].name == old {
          layout.services[index].commands[place].name = new
        }
      }
    }
  }

  /// Names of opaque bytes and of repetitions, which no message carries.
  private mutating func renameParts() {
    let others = new.partLists
    var drafts: [Draft] = []
    layout.mapPartLists { place, parts in
      guard let theirs = others[place] else { return parts }
      let named = PartNames(parts, as: theirs)
      let repetitions = zip(parts.repetitions, theirs.repetitions).filter { $0 != $1 }.map { (old: $0, new: $1) }
      drafts += (named.renamed + repetitions).map {
        Draft(rule: .chainRenamed, place: "\(place).\($0.new)", old: $0.old, new: $0.new, breaksSource: true)
      }
      return named.parts
    }
    self.drafts += drafts
  }
}

extension Layout.Structure {
  /// Where its fields stand and what they are, whatever their names.
  var shape: [String] {
    fields.map { "\($0.offset) \($0.width) \($0.count ?? 0) \($0.type.kind) \($0.order.rawValue)" }
  }
}

extension [Layout.Field] {
  /// Without reserved bytes.
  var used: [Layout.Field] { filter { $0.type != .reserved } }
}

extension [Layout.BitRange] {
  /// Without reserved bits.
  var used: [Layout.BitRange] { filter { !$0.isReserved } }
}

extension Layout.FieldType {
  /// What it is, whatever its name.
  var kind: String {
    switch self {
    case .number: "number"
    case .reserved: "reserved"
    case .code: "code"
    case .bits: "bits"
    case .structure: "structure"
    }
  }
}
