/// What a descriptor chain holds: first what the device reads, then what it writes.
public struct Chain: Sendable {
  /// Parts in device-readable memory, in order.
  public let readable: [Part]
  /// Parts in device-writable memory, in order; they come after every readable byte.
  public let writable: [Part]

  public init(readable: [Part], writable: [Part]) {
    self.readable = readable
    self.writable = writable
  }
}

/// One link of the grammar by which chains are composed.
///
/// A `FieldReference` within it means the nearest earlier occurrence of the message it names. What stands within a
/// repetition is seen only from there and from the same repetition, by index, of a later repetition of the same name.
public indirect enum Part: Sendable {
  /// A message of fixed size.
  case message(any Message.Type)
  /// Opaque bytes.
  case bytes(StaticString, Quantity, StaticString)
  /// A part that is there only if `Condition` holds.
  case optional(Condition, Part)
  /// Parts that come as often as a number says. The name is that of one repetition.
  case repeated(StaticString, count: FieldReference, [Part])
  /// Parts that together take exactly as many bytes as a field says.
  case measured(by: FieldReference, [Part])
  /// Parts that several chains share.
  case group(Group)
  /// Type-length-value attributes up to the end of the measured part around them.
  case attributes(AttributeSet)
  /// Bytes that the other side leaves alone: the parts after it stand at the end of the area. They are known first, so
  /// that the parts before it can depend on them.
  case slack
}

/// How many bytes.
public enum Quantity: Sendable {
  /// As many as a field says, at most `limit`.
  case field(FieldReference, limit: Int)
  /// All that is left before the parts that follow.
  case rest
}

/// Parts that several chains share, under a name.
public struct Group: Sendable {
  /// Name in the interface, in snake case.
  public let name: StaticString
  public let summary: StaticString
  public let parts: [Part]

  public init(_ name: StaticString, _ summary: StaticString, _ parts: [Part]) {
    self.name = name
    self.summary = summary
    self.parts = parts
  }
}

/// When an optional part is there.
public indirect enum Condition: Sendable {
  /// A field, or bits of it, has a value.
  case equals(FieldReference, UInt64)
  /// Something that neither side sends but both know has a value.
  case context(StaticString, equals: UInt64, StaticString)
  case all([Condition])
  case any([Condition])
}

/// A field of a message, or bits of the field.
public struct FieldReference: Sendable, Hashable {
  /// Names in the interface.
  public let message: String
  public let field: String
  public let bits: String?

  /// The field behind a key path: `.field(\ControlHeader.length)`.
  public static func field<M: Message, V>(_ path: any KeyPath<M, Field<V>> & Sendable) -> Self {
    Self(message: "\(M.name)", field: M.name(of: path), bits: nil)
  }

  /// Bits of the field behind a key path: `.bits(\SAParameters.flags, \.mode)`.
  public static func bits<M: Message, L>(
    _ path: any KeyPath<M, Field<Packed<L>>> & Sendable, _ bits: any KeyPath<L, Bits> & Sendable
  ) -> Self {
    let low = L()[keyPath: bits].low
    guard let name = L.ranges.first(where: { $0.bits.low == low })?.name else {
      preconditionFailure("\(L.self) has no bits at \(low)")
    }
    return Self(message: "\(M.name)", field: M.name(of: path), bits: name)
  }
}

extension Message {
  /// The name in the interface of a field: fields do not share an offset, so the offset tells which it is.
  static func name<V>(of path: KeyPath<Self, Field<V>>) -> String {
    let offset = Self()[keyPath: path].offset
    guard let field = fields.first(where: { $0.offset == offset }) else {
      preconditionFailure("\(Self.self) has no field at \(offset)")
    }
    return field.name
  }
}

/// Attributes of which a sender includes those it needs: each a header, a value and zero bytes up to the alignment.
public struct AttributeSet: Sendable {
  /// Name in the interface, in snake case.
  public let name: StaticString
  public let summary: StaticString
  /// The message in front of each value; its first field is the type and its second the length of the value in bytes.
  public let header: any Message.Type
  /// Alignment in bytes of each header.
  public let alignment: Int
  /// The type's bit that lets a receiver ignore a type it does not know; without it, an unknown type is an error.
  public let ignorableBit: Int
  public let attributes: [Attribute]

  public init(
    _ name: StaticString, _ summary: StaticString, header: any Message.Type, alignment: Int, ignorableBit: Int,
    _ attributes: [Attribute]
  ) {
    self.name = name
    self.summary = summary
    self.header = header
    self.alignment = alignment
    self.ignorableBit = ignorableBit
    self.attributes = attributes
  }
}

/// One attribute, at most once in a set.
public struct Attribute: Sendable {
  /// The case of the enumeration of types.
  public let type: any Enumeration
  public let parts: [Part]

  public init(_ type: any Enumeration, _ parts: [Part]) {
    self.type = type
    self.parts = parts
  }
}
