public import Wire

/// The chains of a definition, ready to be parsed and composed.
public struct Grammar: Sendable {
  /// One command of a service.
  struct Entry: Sendable {
    let name: String
    let codes: [UInt64]
    let feature: UInt64?
    let readable: [Rule]
    let writable: [Rule]
  }

  private let entries: [String: [Entry]]
  /// Fields by `message.field`, for messages that go by one name in several versions.
  private let fields: [String: FieldPlace]

  /// - Parameter definition: its references are sound, as the rules of the definition's own tests say.
  public init(_ definition: Definition) {
    let compiler = GrammarCompiler(definition)
    fields = Dictionary(
      definition.messages.flatMap { message in
        message.fields.map { ("\(message.name).\($0.name)", FieldPlace($0, of: message)) }
      }, uniquingKeysWith: { first, _ in first })
    entries = Dictionary(
      uniqueKeysWithValues: definition.services.map { service in
        ("\(service.name)", service.commands.map(compiler.entry))
      })
  }

  /// A field that the definition has under this name.
  func field(_ name: String) -> FieldPlace {
    guard let field = fields[name] else { preconditionFailure("no \(name)") }
    return field
  }

  func entry(_ name: String, of service: String) -> Entry {
    guard let entry = entries[service]?.first(where: { $0.name == name }) else {
      preconditionFailure("\(service) has no \(name)")
    }
    return entry
  }

  /// The command whose codes stand in the first message of the chain; nil when no command has them.
  ///
  /// - Throws: `Rejection.malformed` when the chain ends before.
  func entry(of service: String, for bytes: RawSpan, guest: ByteOrder) throws(Rejection) -> Entry? {
    for entry in entries[service] ?? [] {
      guard case .message(let header)? = entry.readable.first, !entry.codes.isEmpty else { return entry }
      guard bytes.byteCount >= header.message.byteCount else { throw .malformed(offset: bytes.byteCount) }
      let found = header.codes.prefix(entry.codes.count).map { $0.load(from: bytes, at: 0, guest: guest) }
      if found == entry.codes { return entry }
    }
    return nil
  }
}

/// Looks up what parts refer to.
private struct GrammarCompiler {
  let messages: [String: any Message.Type]
  let checksReserved: Bool

  init(_ definition: Definition) {
    messages = Dictionary(definition.messages.map { ("\($0.name)", $0) }) { first, _ in first }
    if case .little = definition.order { checksReserved = true } else { checksReserved = false }
  }

  func entry(_ command: Command) -> Grammar.Entry {
    Grammar.Entry(
      name: "\(command.name)", codes: command.codes.map(number), feature: command.feature.map(number),
      readable: rules(command.chain.readable), writable: rules(command.chain.writable))
  }

  private func number(_ code: any Enumeration) -> UInt64 { Grammar.number(code) }

  private func rules(_ parts: [Part]) -> [Rule] { parts.flatMap(rules) }

  private func rules(_ part: Part) -> [Rule] {
    switch part {
    case .message(let message): [.message(Schema(message, checksReserved: checksReserved))]
    case .bytes(let name, .rest, _): [.bytes("\(name)", .rest)]
    case .bytes(let name, .field(let reference, let limit), _):
      [.bytes("\(name)", .field(source(reference), limit: limit))]
    case .optional(let condition, let part): rules(part).map { .optional(test(condition), $0) }
    case .repeated(let name, let count, let parts): [.repeated("\(name)", count: source(count), rules(parts))]
    case .measured(let reference, let parts): [.measured(source(reference), rules(parts))]
    case .group(let group): rules(group.parts)
    case .attributes(let set): [.attributes(attributes(set))]
    case .slack: [.slack]
    }
  }

  private func attributes(_ set: AttributeSet) -> AttributeRules {
    AttributeRules(
      header: Schema(set.header, checksReserved: checksReserved), alignment: set.alignment,
      ignorable: 1 << UInt64(set.ignorableBit), order: set.attributes.map { number($0.type) },
      attributes: Dictionary(uniqueKeysWithValues: set.attributes.map { (number($0.type), rules($0.parts)) }))
  }

  private func test(_ condition: Condition) -> Rule.Test {
    switch condition {
    case .equals(let reference, let value): .equals(source(reference), value)
    case .context(_, let value, _): .context(value)
    case .all(let conditions): .all(conditions.map(test))
    case .any(let conditions): .any(conditions.map(test))
    }
  }

  private func source(_ reference: FieldReference) -> Source {
    guard let message = messages[reference.message],
      let field = message.fields.first(where: { $0.name == reference.field })
    else { preconditionFailure("no \(reference.message).\(reference.field)") }
    guard let name = reference.bits else { return Source(field, of: message) }
    guard case .bits(let layout) = field.shape.meaning, let bits = layout.ranges.first(where: { $0.name == name })?.bits
    else { preconditionFailure("no bits \(name) in \(reference.message).\(reference.field)") }
    return Source(field, of: message, bits)
  }
}

extension Grammar {
  /// The number of a case.
  static func number(_ code: any Enumeration) -> UInt64 {
    func open<E: Enumeration>(_ code: E) -> UInt64 { UInt64(code.rawValue) }
    return open(code)
  }
}

extension Grammar {
  /// Most opaque bytes that a command's answer may hold under a name.
  func limit(ofBytes name: String, of command: String, in service: String) -> Int {
    func find(_ rules: [Rule]) -> Int? {
      for rule in rules {
        switch rule {
        case .bytes(name, .field(_, let limit)): return limit
        case .optional(_, let inner): if let limit = find([inner]) { return limit }
        default: continue
        }
      }
      return nil
    }
    guard let limit = find(entry(command, of: service).writable) else { preconditionFailure("no limit of \(name)") }
    return limit
  }

  /// What every answer of a service has, and whether it comes last.
  func status(of service: String) -> (rule: Rule, isLast: Bool) {
    let writable = (entries[service] ?? []).map(\.writable)
    func name(_ rule: Rule?) -> String? { if case .message(let schema)? = rule { schema.name } else { nil } }
    guard let first = writable.first, let front = first.first, let back = first.last else {
      preconditionFailure("\(service) answers nothing")
    }
    if writable.allSatisfy({ name($0.first) == name(front) }) { return (front, false) }
    guard writable.allSatisfy({ name($0.last) == name(back) }) else { preconditionFailure("\(service) has no status") }
    return (back, true)
  }
}
