/// Something that a field can hold: an integer, an array of integers, a code of an enumeration, packed bits.
public protocol FieldValue: Sendable {
  /// Size in bytes.
  static var byteCount: Int { get }
  /// What a description of the layout says of the value.
  static var shape: Shape { get }
  /// Reads the value at `offset`, which the caller has checked to lie within `bytes`.
  static func load(from bytes: RawSpan, at offset: Int, _ order: ByteOrder) -> Self
  /// Writes the value at `offset`, which the caller has checked to lie within `bytes`.
  func store(into bytes: inout MutableRawSpan, at offset: Int, _ order: ByteOrder)
}

/// What stands in a field, as plain data.
public struct Shape: Sendable {
  /// Size in bytes of the integer, or of one element of the array.
  public var width: Int
  /// Number of elements; nil where the field is no array.
  public var count: Int?
  public var meaning: Meaning

  /// What the integer means.
  public enum Meaning: Sendable {
    case number
    case code(any Enumeration.Type)
    case bits(any BitLayout.Type)
    case message(any Message.Type)
    case reserved
  }

  public init(width: Int, count: Int? = nil, meaning: Meaning = .number) {
    self.width = width
    self.count = count
    self.meaning = meaning
  }
}

/// An integer as it stands on the wire: 8, 16, 32 or 64 bits, unsigned.
public protocol WireInteger: FieldValue, FixedWidthInteger, UnsignedInteger, BitwiseCopyable {}

extension WireInteger {
  @inlinable public static var byteCount: Int { bitWidth / 8 }
  @inlinable public static var shape: Shape { Shape(width: byteCount) }

  @inlinable @inline(__always)
  public static func load(from bytes: RawSpan, at offset: Int, _ order: ByteOrder) -> Self {
    bytes.load(Self.self, at: offset, order)
  }

  @inlinable @inline(__always)
  public func store(into bytes: inout MutableRawSpan, at offset: Int, _ order: ByteOrder) {
    bytes.store(self, at: offset, order)
  }
}

extension UInt8: WireInteger {}
extension UInt16: WireInteger {}
extension UInt32: WireInteger {}
extension UInt64: WireInteger {}

extension InlineArray: FieldValue where Element: WireInteger {
  @inlinable public static var byteCount: Int { count * Element.byteCount }
  @inlinable public static var shape: Shape { Shape(width: Element.byteCount, count: count) }

  @inlinable @inline(__always)
  public static func load(from bytes: RawSpan, at offset: Int, _ order: ByteOrder) -> Self {
    Self { index in Element.load(from: bytes, at: offset + index * Element.byteCount, order) }
  }

  @inlinable @inline(__always)
  public func store(into bytes: inout MutableRawSpan, at offset: Int, _ order: ByteOrder) {
    for index in indices {
      self[index].store(into: &bytes, at: offset + index * Element.byteCount, order)
    }
  }
}
