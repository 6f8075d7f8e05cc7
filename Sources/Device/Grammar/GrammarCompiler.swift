import Spec
import Wire

/// Looks up what parts refer to.
struct GrammarCompiler {
  private let definition: Definition
  private let quirks: Set<V1_0.DriverQuirk>
  private let messages: [String: any Message.Type]
  private let checksReserved: Bool

  init(_ definition: Definition, _ quirks: Set<V1_0.DriverQuirk>) {
    self.definition = definition
    self.quirks = quirks
    messages = Dictionary(definition.messages.map { ("\($0.name)", $0) }) { first, _ in first }
    if case .little = definition.order { checksReserved = true } else { checksReserved = false }
  }

  func entry(_ command: Command) -> Grammar.Entry {
    Grammar.Entry(
      name: "\(command.name)", codes: command.codes.map(number), feature: command.feature.map(number),
      readable: rules(command.chain.readable), writable: rules(command.chain.writable))
  }

  private func number(_ code: any Enumeration) -> UInt64 { Grammar.number(code) }

  // MARK: Parts

  private func rules(_ parts: [Part]) -> [Rule] { parts.flatMap(rules) }

  private func rules(_ part: Part) -> [Rule] {
    switch part {
    case .message(let message): [.message(Schema(message, checksReserved: checksReserved))]
    case .bytes(let name, .rest, _): [.bytes("\(name)", .rest)]
    case .bytes(let name, .field(let reference, let limit), _):
      [.bytes("\(name)", .field(source(reference), limit: limit))]
    case .optional(let condition, let part): rules(part).map { .optional(test(condition), $0) }
    case .repeated(let name, let count, let parts): [.repeated("\(name)", count: source(count), rules(parts))]
    case .measured(let reference, let parts):
      [.measured(source(reference), fromStart: countsFromStart(reference), rules(parts))]
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
    case .equals(let reference, let value): .equals(source(reference), sent(value, in: reference))
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

  // MARK: Features

  var featureRules: FeatureRules { FeatureRules(definition.featureUses.flatMap(rules)) }

  private func rules(_ use: FeatureUse) -> [FeatureRules.Rule] {
    guard let feature = Feature(rawValue: UInt8(number(use.feature))) else { preconditionFailure("no such feature") }
    return uses(use.use).map { FeatureRules.Rule(feature: feature, use: $0) }
  }

  private func uses(_ use: FeatureUse.Use) -> [FeatureRules.Use] {
    switch use {
    case .above(let value, let reference): [.above(value, source(reference))]
    case .equal(let value, let reference): [.equal(sent(value, in: reference), source(reference))]
    case .enumerator(let code): uses(of: code)
    }
  }

  /// Wherever a number, a type of attribute or a set names the enumerator.
  private func uses<E: Enumeration>(of code: E) -> [FeatureRules.Use] {
    let value = UInt64(code.rawValue)
    let numbers = definition.messages.flatMap { message in
      message.fields.filter { $0.shape.count == nil }.flatMap { sources(of: E.self, in: $0, of: message) }
    }
    let sets = V2_0.sets.filter { $0.of == E.self && definition.version >= .v2_0 }.map { source($0.field) }
    var uses: [FeatureRules.Use] = numbers.map { .equal(value, $0) } + sets.map { .above(0, $0.bit(Int(value))) }
    if E.self == V2_0.AttributeType.self { uses.append(.attribute(value)) }
    return uses
  }

  private func sources(
    of enumeration: any Enumeration.Type, in field: FieldDescription, of message: any Message.Type
  ) -> [Source] {
    switch field.shape.meaning {
    case .code(let found) where found == enumeration: [Source(field, of: message)]
    case .bits(let layout):
      layout.ranges.map(\.bits).filter { bits in bits.meaning.map { $0 == enumeration } ?? false }
        .map { Source(field, of: message, $0) }
    case .code, .number, .message, .reserved: []
    }
  }

  // MARK: Quirks

  /// Whether a length counts from the start of the chain instead of from the parts that it measures.
  private func countsFromStart(_ reference: FieldReference) -> Bool {
    quirks.contains(.saLengthFromMessageStart) && reference == .field(\V1_0.CreateSA.saLength)
  }

  /// The value that stands for another in bits that the driver takes the other way round.
  private func sent(_ value: UInt64, in reference: FieldReference) -> UInt64 {
    quirks.contains(.udpInfoIfBitSet) && reference == .bits(\Legacy.SAParameters.flags, \.noUDPEncapsulation)
      ? 1 - value : value
  }
}
