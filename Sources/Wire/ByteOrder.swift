/// The order in which the bytes of an integer stand in memory.
public enum ByteOrder: String, Sendable, Hashable, CaseIterable {
  /// Least significant byte first: everything that virtio 1.0 and later calls `le16`, `le32`, `le64`.
  case little
  /// Most significant byte first: network order.
  case big
}

extension FixedWidthInteger {
  /// The value in host order of one that was stored in `order`, and the reverse.
  @inlinable @inline(__always)
  public func swapped(for order: ByteOrder) -> Self {
    switch order {
    case .little: Self(littleEndian: self)
    case .big: Self(bigEndian: self)
    }
  }
}

extension RawSpan {
  /// Reads an unaligned integer; traps when it does not lie within the span.
  @inlinable @inline(__always)
  public func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: Int, _ order: ByteOrder) -> T {
    unsafeLoadUnaligned(fromByteOffset: offset, as: T.self).swapped(for: order)
  }
}

extension MutableRawSpan {
  /// Writes an unaligned integer; traps when it does not lie within the span.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int, _ order: ByteOrder) {
    storeBytes(of: value.swapped(for: order), toByteOffset: offset, as: T.self)
  }
}
