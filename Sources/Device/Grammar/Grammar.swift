public import Spec
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
  /// What needs a feature.
  let features: FeatureRules

  /// - Parameters:
  ///   - definition: its references are sound, as the rules of the definition's own tests say.
  ///   - quirks: habits of the published driver that change the grammar.
  public init(_ definition: Definition, quirks: Set<V1_0.DriverQuirk> = []) {
    let compiler = GrammarCompiler(definition, quirks)
    features = compiler.featureRules
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
