public import Wire

/// The bytes of a frame behind its header, read and written through messages. Their size has been checked.
public struct Payload: Sendable, Hashable {
  public private(set) var bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Zeros, enough for a message.
  init(_ message: any Message.Type) { bytes = [UInt8](repeating: 0, count: message.byteCount) }

  /// A frame that is one number.
  public init(number: UInt64) {
    self.init(Number.self)
    self[\Number.value] = number
  }

  /// A field of the message at the start.
  public subscript<Schema: Message, Value>(field: KeyPath<Schema, Field<Value>>) -> Value {
    get { self[field, at: 0] }
    set { self[field, at: 0] = newValue }
  }

  /// A field of a message at an offset.
  ///
  /// - Precondition: the message lies within the bytes.
  public subscript<Schema: Message, Value>(field: KeyPath<Schema, Field<Value>>, at base: Int) -> Value {
    get {
      precondition(base + Schema.byteCount <= bytes.count, "a message of \(bytes.count) bytes is too short")
      return Value.load(from: bytes.span.bytes, at: base + Schema()[keyPath: field].offset, .little)
    }
    set {
      precondition(base + Schema.byteCount <= bytes.count, "a message of \(bytes.count) bytes is too short")
      var span = bytes.mutableSpan
      var raw = span.mutableBytes
      newValue.store(into: &raw, at: base + Schema()[keyPath: field].offset, .little)
    }
  }

  /// What stands behind a message.
  func tail(after message: any Message.Type) -> ArraySlice<UInt8> { bytes.dropFirst(message.byteCount) }

  mutating func replaceTail(after message: any Message.Type, with tail: some Sequence<UInt8>) {
    bytes = Array(bytes.prefix(message.byteCount)) + tail
  }
}
