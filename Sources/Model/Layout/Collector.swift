import Wire

/// Turns messages, registers and chains into values, and gathers what they refer to by name.
struct Collector {
  let naming: Naming
  var bitLayouts: [Layout.BitLayout] = []
  var groups: [Layout.Group] = []
  var attributeSets: [Layout.AttributeSet] = []

  init(naming: Naming) { self.naming = naming }

  mutating func structure(_ message: any Message.Type) -> Layout.Structure {
    Layout.Structure(
      name: "\(message.name)", summary: "\(message.summary)", size: message.byteCount, isPacked: message.isPacked,
      fields: message.fields.map { field in
        let exists = field.since.map { $0 <= naming.version } ?? true
        return Layout.Field(
          name: exists ? field.name : "reserved_\(field.offset)", offset: field.offset,
          width: exists ? field.shape.width : 1,
          count: exists ? field.shape.count : field.shape.width * (field.shape.count ?? 1),
          order: Layout.Order(field.order ?? message.order), type: exists ? type(field.shape.meaning) : .reserved,
          summary: exists ? field.summary : "Zero.", least: exists ? field.range?.lowerBound : nil,
          most: exists ? field.range?.upperBound : nil)
      },
      bounds: message.bounds.map(Layout.Bound.init))
  }

  mutating func register(_ register: Register, order: FieldOrder) -> Layout.Register {
    Layout.Register(
      name: "\(register.name)", summary: "\(register.summary)", offset: register.offset.base,
      stride: register.offset.stride, counter: register.offset.count.map { "\($0)" }, width: register.shape.width,
      order: Layout.Order(order), access: Layout.Access(register.access), count: register.count.map { "\($0)" },
      feature: register.feature.map { naming.number($0).name }, reset: register.reset,
      type: type(register.shape.meaning))
  }

  mutating func service(_ service: Service) -> Layout.Service {
    Layout.Service(
      name: "\(service.name)", summary: "\(service.summary)", queues: service.queues.map { "\($0)" },
      commands: service.commands.map { command in
        Layout.Command(
          name: "\(command.name)", summary: "\(command.summary)", codes: command.codes.map(naming.number),
          feature: command.feature.map { naming.number($0).name }, readable: parts(command.chain.readable),
          writable: parts(command.chain.writable))
      })
  }

  private mutating func type(_ meaning: Shape.Meaning) -> Layout.FieldType {
    switch meaning {
    case .number: return .number
    case .reserved: return .reserved
    case .code(let enumeration): return .code(enumeration: "\(enumeration.name)")
    case .message(let message): return .structure(name: "\(message.name)")
    case .bits(let layout):
      collect(layout)
      return .bits(layout: "\(layout.name)")
    }
  }

  private mutating func collect<L: BitLayout>(_ layout: L.Type) {
    guard !bitLayouts.contains(where: { $0.name == "\(layout.name)" }) else { return }
    bitLayouts.append(
      Layout.BitLayout(
        name: "\(layout.name)", summary: "\(layout.summary)", width: L.Storage.byteCount,
        ranges: layout.ranges.map { name, bits in
          Layout.BitRange(
            name: name, low: bits.low, width: bits.width, summary: "\(bits.summary)", isReserved: bits.isReserved,
            enumeration: bits.meaning.map { "\($0.name)" })
        }))
  }

  private mutating func parts(_ parts: [Part]) -> [Layout.Part] { parts.map { part($0) } }

  private mutating func part(_ part: Part) -> Layout.Part {
    switch part {
    case .message(let message): return .structure(name: "\(message.name)")
    case .bytes(let name, .rest, let summary): return .bytes(name: "\(name)", length: .rest, summary: "\(summary)")
    case .bytes(let name, .field(let field, let limit), let summary):
      return .bytes(name: "\(name)", length: .field(Layout.Reference(field), limit: limit), summary: "\(summary)")
    case .optional(let condition, let inner):
      return .optional(when: Layout.Condition(condition), part: self.part(inner))
    case .repeated(let name, let count, let inner):
      return .repeated(name: "\(name)", count: Layout.Reference(count), parts: parts(inner))
    case .measured(let by, let inner): return .measured(by: Layout.Reference(by), parts: parts(inner))
    case .group(let group): return .group(name: collect(group))
    case .attributes(let set): return .attributes(name: collect(set))
    case .slack: return .slack
    }
  }

  private mutating func collect(_ group: Group) -> String {
    let name = "\(group.name)"
    if !groups.contains(where: { $0.name == name }) {
      let parts = parts(group.parts)
      groups.append(Layout.Group(name: name, summary: "\(group.summary)", parts: parts))
    }
    return name
  }

  private mutating func collect(_ set: AttributeSet) -> String {
    let name = "\(set.name)"
    if !attributeSets.contains(where: { $0.name == name }) {
      let attributes = set.attributes.map { attribute in
        Layout.Attribute(
          type: naming.number(attribute.type), name: attribute.type.entry.name.withoutPrefix("ATTR_").lowercased(),
          parts: parts(attribute.parts))
      }
      attributeSets.append(
        Layout.AttributeSet(
          name: name, summary: "\(set.summary)", header: "\(set.header.name)", alignment: set.alignment,
          ignorableBit: set.ignorableBit, attributes: attributes))
    }
    return name
  }
}

extension Layout.Order {
  init(_ order: FieldOrder) {
    switch order {
    case .little: self = .little
    case .big: self = .big
    case .guest: self = .guest
    }
  }
}

extension Layout.Access {
  init(_ access: Register.Access) {
    switch access {
    case .readOnly: self = .readOnly
    case .writeOnly: self = .writeOnly
    case .readWrite: self = .readWrite
    }
  }
}

extension Layout.Reference {
  init(_ reference: FieldReference) {
    self.init(structure: reference.message, field: reference.field, bits: reference.bits)
  }
}

extension Layout.Bound {
  init(_ bound: Bound) {
    self.init(
      terms: bound.terms.map(Layout.Reference.init), limit: Layout.Reference(bound.limit),
      condition: bound.condition.map(Layout.Condition.init))
  }
}

extension Layout.Condition {
  init(_ condition: Condition) {
    switch condition {
    case .equals(let field, let value): self = .equals(Layout.Reference(field), value: value)
    case .context(let name, let value, let summary):
      self = .context(name: "\(name)", value: value, summary: "\(summary)")
    case .all(let conditions): self = .all(conditions.map(Self.init))
    case .any(let conditions): self = .any(conditions.map(Self.init))
    }
  }
}

extension String {
  func withoutPrefix(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
