/// The schema of a structure on the wire: its properties are `Field`, `Reserved` and `Nested`, in the order of
/// their offsets, and nothing else.
///
/// A schema holds no data. `Reader` and `Writer` read and write bytes through it, and `fields` describes it.
public protocol Message: Sendable {
  /// Name in the interface without the device's prefix, in snake case.
  static var name: StaticString { get }
  /// One sentence that says what the message is for.
  static var summary: StaticString { get }
  /// Size in bytes.
  static var byteCount: Int { get }
  /// Byte order of every field that names none.
  static var order: FieldOrder { get }
  /// Whether fields stand without regard to their alignment, so that C needs a packed structure; false by default.
  static var isPacked: Bool { get }
  /// What its fields must keep to beyond their own ranges; nothing by default.
  static var bounds: [Bound] { get }
  init()
}

extension Message {
  public static var isPacked: Bool { false }
  public static var bounds: [Bound] { [] }

  /// The fields in the order in which they are written down.
  public static var fields: [FieldDescription] {
    Mirror(reflecting: Self()).children.map { child in
      guard let field = child.value as? any DescribedField, let property = child.label else {
        preconditionFailure("\(Self.self): '\(child.label ?? "?")' is no Field, Reserved or Nested")
      }
      return field.description(property: property)
    }
  }

  /// The field that has the byte at an offset, as `message.field`; the message's name where none has it.
  public static func place(ofByte offset: Int) -> String {
    let field = fields.first { (0..<$0.shape.width * ($0.shape.count ?? 1)).contains(offset - $0.offset) }
    return field.map { "\(name).\($0.name)" } ?? "\(name)"
  }
}

extension BitLayout {
  /// The bits in the order in which they are written down, with their names in snake case.
  public static var ranges: [(name: String, bits: Bits)] {
    Mirror(reflecting: Self()).children.map { child in
      guard let bits = child.value as? Bits, let property = child.label else {
        preconditionFailure("\(Self.self): '\(child.label ?? "?")' is not Bits")
      }
      return (property.snakeCased, bits)
    }
  }
}
