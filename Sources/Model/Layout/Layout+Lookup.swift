extension Layout {
  /// The structure of that name.
  public func structure(_ name: String) -> Structure? { structures.first { $0.name == name } }
  public func bitLayout(_ name: String) -> BitLayout? { bitLayouts.first { $0.name == name } }
  public func enumeration(_ name: String) -> NumberGroup? { enumerations.first { $0.name == name } }
  public func group(_ name: String) -> Group? { groups.first { $0.name == name } }
  public func attributeSet(_ name: String) -> AttributeSet? { attributeSets.first { $0.name == name } }
  public func register(_ name: String) -> Register? { registers.first { $0.name == name } }

  /// The same device under another virtio device ID: what is known to be wrong with its own says nothing about that.
  public func withDeviceID(_ deviceID: Int) -> Layout {
    guard deviceID != identity.deviceID else { return self }
    var layout = self
    layout.identity.ownDeviceID = identity.ownDeviceID ?? identity.deviceID
    layout.identity.deviceID = deviceID
    layout.errata.removeAll { $0.place == "identity" }
    return layout
  }

  /// Every command of every service.
  public var commands: [Command] { services.flatMap(\.commands) }

  /// The prefix in upper case, with the underscore that follows it: `VIRTIO_IPSEC_`.
  public var macroPrefix: String { prefix.uppercased() + "_" }

  /// The field, and the bits of it, behind a reference.
  public func resolve(_ reference: Reference) -> (field: Field, bits: BitRange?)? {
    guard let field = structure(reference.structure)?.field(reference.field) else { return nil }
    guard let name = reference.bits else { return (field, nil) }
    guard case .bits(let layout) = field.type, let bits = bitLayout(layout)?.ranges.first(where: { $0.name == name })
    else { return nil }
    return (field, bits)
  }
}

extension Layout.Structure {
  public func field(_ name: String) -> Layout.Field? { fields.first { $0.name == name } }
}

extension Layout.Part {
  /// The part and all within it, outermost first; groups and attribute sets are followed in `layout`.
  public func descendants(in layout: Layout) -> [Layout.Part] {
    let inner: [Layout.Part] =
      switch self {
      case .structure, .bytes, .slack: []
      case .optional(_, let part): [part]
      case .repeated(_, _, let parts), .measured(_, let parts): parts
      case .group(let name): layout.group(name)?.parts ?? []
      case .attributes(let name): layout.attributeSet(name)?.attributes.flatMap(\.parts) ?? []
      }
    return [self] + inner.flatMap { $0.descendants(in: layout) }
  }
}

extension [Layout.Part] {
  /// The parts before slack, with it, and those behind it, which stand at the end of the area; where there is no slack,
  /// all of them and none.
  public var atSlack: (head: ArraySlice<Layout.Part>, tail: ArraySlice<Layout.Part>) {
    let start = firstIndex(of: .slack).map { $0 + 1 } ?? endIndex
    return (self[..<start], self[start...])
  }
}

extension Layout.Part {
  /// Names of the structures within the part.
  public func structures(in layout: Layout) -> [String] {
    descendants(in: layout).compactMap { if case .structure(let name) = $0 { name } else { nil } }
  }

  /// The fields that the part itself, without those within it, refers to.
  public var references: [Layout.Reference] {
    switch self {
    case .structure, .group, .attributes, .slack, .bytes(_, .rest, _): []
    case .bytes(_, .field(let reference, _), _): [reference]
    case .optional(let condition, _): condition.references
    case .repeated(_, let reference, _), .measured(let reference, _): [reference]
    }
  }
}

extension Layout.Condition {
  /// The fields that the condition looks at.
  public var references: [Layout.Reference] {
    switch self {
    case .equals(let reference, _): [reference]
    case .context: []
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.references)
    }
  }
}
