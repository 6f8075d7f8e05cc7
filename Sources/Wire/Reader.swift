/// What is wrong with bytes that were to be a message.
public enum WireError: Error, Hashable, CustomStringConvertible {
  /// Fewer bytes than the message has.
  case tooShort(message: String, needed: Int, found: Int)

  public var description: String {
    switch self {
    case .tooShort(let message, let needed, let found):
      "\(message): \(needed) bytes needed, \(found) found"
    }
  }
}

/// Bytes seen as a message. The length is checked once, at the door; then each field is one load.
@dynamicMemberLookup
public struct Reader<Schema: Message>: ~Escapable, Copyable {
  @usableFromInline let bytes: RawSpan
  @usableFromInline let guest: ByteOrder

  /// - Parameter guest: the guest's byte order, for fields that are in it.
  /// - Throws: `WireError.tooShort` when the message does not fit in `bytes`; more bytes than needed are left alone.
  @inlinable @inline(__always) @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, guest: ByteOrder = .little) throws(WireError) {
    guard bytes.byteCount >= Schema.byteCount else {
      throw .tooShort(message: "\(Schema.name)", needed: Schema.byteCount, found: bytes.byteCount)
    }
    self.bytes = bytes
    self.guest = guest
  }

  @inlinable
  public subscript<Value>(dynamicMember field: KeyPath<Schema, Field<Value>>) -> Value {
    @inline(__always) get {
      let field = Schema()[keyPath: field]
      return Value.load(from: bytes, at: field.offset, (field.order ?? Schema.order).resolved(guest: guest))
    }
  }

  /// Whether the reserved bytes are zero.
  @inlinable
  public subscript(isZero reserved: KeyPath<Schema, Reserved>) -> Bool {
    @inline(__always) get {
      let reserved = Schema()[keyPath: reserved]
      for offset in reserved.offset..<reserved.offset + reserved.count
      where bytes.load(UInt8.self, at: offset, .little) != 0 { return false }
      return true
    }
  }
}

/// Bytes that become a message.
@dynamicMemberLookup
public struct Writer<Schema: Message>: ~Escapable, ~Copyable {
  @usableFromInline var bytes: MutableRawSpan
  @usableFromInline let guest: ByteOrder

  /// - Parameter guest: the guest's byte order, for fields that are in it.
  /// - Throws: `WireError.tooShort` when the message does not fit in `bytes`.
  @inlinable @inline(__always) @_lifetime(copy bytes)
  public init(_ bytes: consuming MutableRawSpan, guest: ByteOrder = .little) throws(WireError) {
    guard bytes.byteCount >= Schema.byteCount else {
      throw .tooShort(message: "\(Schema.name)", needed: Schema.byteCount, found: bytes.byteCount)
    }
    self.bytes = bytes
    self.guest = guest
  }

  @inlinable
  public subscript<Value>(dynamicMember field: KeyPath<Schema, Field<Value>>) -> Value {
    @inline(__always) get {
      let field = Schema()[keyPath: field]
      return Value.load(from: bytes.bytes, at: field.offset, (field.order ?? Schema.order).resolved(guest: guest))
    }
    @inline(__always) set {
      let field = Schema()[keyPath: field]
      newValue.store(into: &bytes, at: field.offset, (field.order ?? Schema.order).resolved(guest: guest))
    }
  }
}
