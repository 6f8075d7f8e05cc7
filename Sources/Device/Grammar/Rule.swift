import Wire

/// A part of a chain's grammar with its references looked up.
indirect enum Rule: Sendable {
  case message(Schema)
  case bytes(String, Amount)
  case optional(Test, Rule)
  case repeated(String, count: Source, [Rule])
  /// A length counts from the parts that it measures on, or from the start of the chain.
  case measured(Source, fromStart: Bool, [Rule])
  case attributes(AttributeRules)
  case slack

  enum Amount: Sendable {
    case field(Source, limit: Int)
    case rest
  }

  indirect enum Test: Sendable {
    case equals(Source, UInt64)
    case context(UInt64)
    case all([Test])
    case any([Test])
  }

  /// The message that the part is, where it is there.
  var schema: Schema? {
    switch self {
    case .message(let schema): schema
    case .optional(_, let rule): rule.schema
    case .bytes, .repeated, .measured, .attributes, .slack: nil
    }
  }

  var isSlack: Bool { if case .slack = self { true } else { false } }

  /// Bytes that the parts take at least.
  static func minimum(_ rules: some Sequence<Rule>) -> Int {
    rules.reduce(0) { if case .message(let schema) = $1 { $0 + schema.message.byteCount } else { $0 } }
  }
}

/// A field, or bits of it, of a message somewhere in the chain.
struct Source: Sendable {
  let message: String
  let offset: Int
  let width: Int
  let order: FieldOrder
  let low: Int
  let mask: UInt64

  /// One bit of a field that has no parts.
  func bit(_ number: Int) -> Source {
    Source(message: message, offset: offset, width: width, order: order, low: number, mask: 1)
  }

  func load(from bytes: RawSpan, at start: Int, guest: ByteOrder) -> UInt64 {
    (WireBits.load(bytes, at: start + offset, width: width, order.resolved(guest: guest)) >> UInt64(low)) & mask
  }

  func store(_ value: UInt64, into bytes: UnsafeMutableRawBufferPointer, at start: Int, guest: ByteOrder) {
    let order = order.resolved(guest: guest)
    let old = WireBits.load(UnsafeRawBufferPointer(bytes).bytes, at: start + offset, width: width, order)
    let new = old & ~(mask << UInt64(low)) | (value & mask) << UInt64(low)
    WireBits.store(new, into: bytes, at: start + offset, width: width, order)
  }
}

/// A message, and where it has to be zero.
struct Schema: Sendable {
  let message: any Message.Type
  let name: String
  /// Offset in bytes and bits that are to be zero, in words of the field's width.
  let reserved: [Source]
  /// The fields in which a command's codes stand: the first ones.
  let codes: [Source]

  init(_ message: any Message.Type, checksReserved: Bool) {
    self.message = message
    name = "\(message.name)"
    let fields = message.fields
    codes = fields.prefix(2).filter { $0.shape.width <= 8 && $0.shape.count == nil }.map { Source($0, of: message) }
    reserved = checksReserved ? fields.flatMap { Self.reserved($0, of: message) } : []
  }

  private static func reserved(_ field: FieldDescription, of message: any Message.Type) -> [Source] {
    switch field.shape.meaning {
    case .reserved:
      (0..<(field.shape.count ?? 1)).map {
        Source(message: "\(message.name)", offset: field.offset + $0, width: 1, order: .little, low: 0, mask: 0xff)
      }
    case .bits(let layout):
      layout.ranges.filter(\.bits.isReserved).map { Source(field, of: message, $0.bits) }
    case .number, .code, .message: []
    }
  }
}

extension Source {
  init(_ field: FieldDescription, of message: any Message.Type, _ bits: Bits? = nil) {
    self.message = "\(message.name)"
    offset = field.offset
    width = field.shape.width
    order = field.order ?? message.order
    low = bits?.low ?? 0
    let count = bits?.width ?? min(8 * field.shape.width, 64)
    mask = count == 64 ? .max : (1 << UInt64(count)) - 1
  }
}

/// A field by its name: an integer, or the bytes of an array.
struct FieldPlace: Sendable {
  let source: Source
  let byteCount: Int
  let message: any Message.Type

  init(_ field: FieldDescription, of message: any Message.Type) {
    source = Source(field, of: message)
    byteCount = field.shape.width * (field.shape.count ?? 1)
    self.message = message
  }
}

/// Attributes: their header, and the parts of each.
struct AttributeRules: Sendable {
  let header: Schema
  let alignment: Int
  let ignorable: UInt64
  let order: [UInt64]
  let attributes: [UInt64: [Rule]]

  var type: Source { header.codes[0] }
  var length: Source { header.codes[1] }
}

/// Integers of 1, 2, 4 or 8 bytes whose width is known at run time.
enum WireBits {
  static func load(_ bytes: RawSpan, at offset: Int, width: Int, _ order: ByteOrder) -> UInt64 {
    switch width {
    case 1: UInt64(UInt8.load(from: bytes, at: offset, order))
    case 2: UInt64(UInt16.load(from: bytes, at: offset, order))
    case 4: UInt64(UInt32.load(from: bytes, at: offset, order))
    default: UInt64.load(from: bytes, at: offset, order)
    }
  }

  static func store(
    _ value: UInt64, into bytes: UnsafeMutableRawBufferPointer, at offset: Int, width: Int, _ order: ByteOrder
  ) {
    var bytes = bytes.mutableBytes
    switch width {
    case 1: UInt8(truncatingIfNeeded: value).store(into: &bytes, at: offset, order)
    case 2: UInt16(truncatingIfNeeded: value).store(into: &bytes, at: offset, order)
    case 4: UInt32(truncatingIfNeeded: value).store(into: &bytes, at: offset, order)
    default: value.store(into: &bytes, at: offset, order)
    }
  }
}
