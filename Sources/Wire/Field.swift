/// One field of a message: where it stands, how wide it is, what it means.
public struct Field<Value: FieldValue>: Sendable {
  /// Offset in bytes from the start of the message.
  public let offset: Int
  public let summary: StaticString
  /// The field's own byte order; nil where the message's holds.
  public let order: FieldOrder?
  /// Name in the interface where it is not the snake case of the property's name.
  public let name: StaticString?
  /// First version that has the field, within the versions that have the message.
  public let since: SpecVersion?
  /// The numbers that are allowed in a request; nil for all.
  public let range: ClosedRange<UInt64>?

  @inlinable @inline(__always)
  public init(
    at offset: Int, _ summary: StaticString, order: FieldOrder? = nil, name: StaticString? = nil,
    since: SpecVersion? = nil, within range: ClosedRange<UInt64>? = nil
  ) {
    self.range = range
    self.offset = offset
    self.summary = summary
    self.order = order
    self.name = name
    self.since = since
  }
}

/// Bytes without a meaning: zero on send, checked on receipt where the version says so.
public struct Reserved: Sendable {
  /// Offset in bytes from the start of the message.
  public let offset: Int
  /// Number of bytes.
  public let count: Int

  @inlinable @inline(__always)
  public init(at offset: Int, count: Int) {
    self.offset = offset
    self.count = count
  }
}

/// Another message within a message.
public struct Nested<Inner: Message>: Sendable {
  /// Offset in bytes from the start of the message.
  public let offset: Int
  public let summary: StaticString

  @inlinable @inline(__always)
  public init(at offset: Int, _ summary: StaticString) {
    self.offset = offset
    self.summary = summary
  }
}

/// A field stripped of its Swift type, as the description of a layout takes it.
public struct FieldDescription: Sendable {
  /// Name in the interface, in snake case.
  public let name: String
  /// Offset in bytes.
  public let offset: Int
  public let shape: Shape
  /// The field's own byte order; nil where the message's holds.
  public let order: FieldOrder?
  public let summary: String
  public let since: SpecVersion?
  /// The numbers that are allowed in a request; nil for all.
  public let range: ClosedRange<UInt64>?
}

/// What a property of a message schema has to offer.
protocol DescribedField {
  func description(property: String) -> FieldDescription
}

extension Field: DescribedField {
  func description(property: String) -> FieldDescription {
    FieldDescription(
      name: name.map { "\($0)" } ?? property.snakeCased, offset: offset, shape: Value.shape, order: order,
      summary: "\(summary)", since: since, range: range)
  }
}

extension Reserved: DescribedField {
  func description(property: String) -> FieldDescription {
    FieldDescription(
      name: property.snakeCased, offset: offset, shape: Shape(width: 1, count: count, meaning: .reserved),
      order: nil, summary: "Zero.", since: nil, range: nil)
  }
}

extension Nested: DescribedField {
  func description(property: String) -> FieldDescription {
    FieldDescription(
      name: property.snakeCased, offset: offset,
      shape: Shape(width: Inner.byteCount, meaning: .message(Inner.self)), order: nil, summary: "\(summary)",
      since: nil, range: nil)
  }
}
