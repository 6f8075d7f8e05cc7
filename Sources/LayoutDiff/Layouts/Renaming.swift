import Model

/// Gives the old layout the new one's names for what is the same under another name.
///
/// After it, everything that both have is found by its name.
struct Renaming {
  private(set) var layout: Layout
  private(set) var drafts: [Draft] = []
  private let new: Layout

  init(_ old: Layout, to new: Layout) {
    layout = old
    self.new = new
    renameStructures()
    renameFields()
    renameBits()
    renameRegisters()
    renameCommands()
    renameFeatures()
  }

  /// A rename: nothing travels differently, and sources that use the old name break.
  private mutating func note(_ rule: DiffRule, _ place: String, _ old: String, _ new: String) {
    drafts.append(Draft(rule: rule, place: place, old: old, new: new, breaksSource: true))
  }

  private mutating func renameStructures() {
    let pairs = Pairing(layout.structures, new.structures, by: \.name).renamed {
      $0.size == $1.size && $0.shape == $1.shape
    }
    for (old, new) in pairs {
      note(.structureRenamed, new.name, old.name, new.name)
      layout.map(structure: { $0 == old.name ? new.name : $0 })
    }
  }

  private mutating func renameFields() {
    for structure in layout.structures {
      guard let other = new.structure(structure.name) else { continue }
      let pairs = Pairing(structure.fields.used, other.fields.used, by: \.name).renamed {
        $0.offset == $1.offset && $0.width == $1.width && $0.count == $1.count && $0.type.kind == $1.type.kind
      }
      for (old, new) in pairs {
        note(.fieldRenamed, "\(structure.name).\(new.name)", old.name, new.name)
        layout.map(field: { $0 == structure.name && $1 == old.name ? new.name : $1 })
      }
    }
  }

  private mutating func renameBits() {
    for (index, bits) in layout.bitLayouts.enumerated() {
      guard let other = new.bitLayout(bits.name) else { continue }
      let pairs = Pairing(bits.ranges.filter { !$0.isReserved }, other.ranges.filter { !$0.isReserved }, by: \.name)
        .renamed {
          $0.low == $1.low && $0.width == $1.width
        }
      for (old, new) in pairs {
        note(.bitsRenamed, "\(bits.name).\(new.name)", old.name, new.name)
        for place in layout.bitLayouts[index].ranges.indices
        where layout.bitLayouts[index].ranges[place].name == old.name {
          layout.bitLayouts[index].ranges[place].name = new.name
        }
        layout.map(bits: { $0 == bits.name && $1 == old.name ? new.name : $1 })
      }
    }
  }

  private mutating func renameRegisters() {
    let pairs = Pairing(layout.registers, new.registers, by: \.name).renamed {
      $0.offset == $1.offset && $0.stride == $1.stride && $0.width == $1.width && ($0.count == nil) == ($1.count == nil)
        && $0.type.kind == $1.type.kind && $0.access == $1.access
    }
    for (old, new) in pairs {
      note(.registerRenamed, "registers.\(new.name)", old.name, new.name)
      for index in layout.registers.indices {
        if layout.registers[index].name == old.name { layout.registers[index].name = new.name }
        if layout.registers[index].counter == old.name { layout.registers[index].counter = new.name }
        if layout.registers[index].count == old.name { layout.registers[index].count = new.name }
      }
    }
  }

  private mutating func renameCommands() {
    for (index, service) in layout.services.enumerated() {
      guard let other = new.services.first(where: { $0.name == service.name }) else { continue }
      let pairs = Pairing(service.commands, other.commands, by: \.name).renamed {
        !$0.codes.isEmpty && $0.codes.map(\.value) == $1.codes.map(\.value)
      }
      for (old, new) in pairs {
        note(.commandRenamed, "commands.\(new.name)", old.name, new.name)
        for place in service.commands.indices where layout.services[index].commands[place].name == old.name {
          layout.services[index].commands[place].name = new.name
        }
      }
    }
  }

  private mutating func renameFeatures() {
    let pairs = Pairing(layout.features, new.features, by: \.name).renamed {
      $0.bit == $1.bit && ($0.name.isLike($1.name) || $0.summary == $1.summary)
    }
    for (old, new) in pairs {
      note(.featureRenamed, "features.\(new.name)", old.name, new.name)
      layout.map(feature: { $0 == old.name ? new.name : $0 })
    }
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

extension String {
  /// Whether two names share most of their words.
  func isLike(_ other: String) -> Bool {
    let ours = Set(lowercased().split(separator: "_"))
    let theirs = Set(other.lowercased().split(separator: "_"))
    let prefix: Set<Substring> = ["virtio", "ipsec", "f", "ctrl"]
    let common = ours.intersection(theirs).subtracting(prefix)
    return !common.isEmpty && 2 * common.count >= min(ours.subtracting(prefix).count, theirs.subtracting(prefix).count)
  }
}
