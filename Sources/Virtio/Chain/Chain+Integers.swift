extension Chain {
  /// Reads a little-endian integer of up to 8 bytes of the readable bytes, however it is cut; nil when the chain is too
  /// short.
  @inlinable
  public func read<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: Int) -> T? {
    readBits(at: offset, byteCount: MemoryLayout<T>.size).map { T(truncatingIfNeeded: $0) }
  }

  /// Writes a little-endian integer of up to 8 bytes over the writable bytes, however they are cut; whether there was
  /// room.
  @inlinable @discardableResult
  public mutating func write<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) -> Bool {
    writeBits(UInt64(truncatingIfNeeded: value), at: offset, byteCount: MemoryLayout<T>.size)
  }

  @usableFromInline
  func readBits(at offset: Int, byteCount: Int) -> UInt64? {
    precondition(offset >= 0 && byteCount <= 8)
    guard isAccessible, offset + byteCount <= readableByteCount else { return nil }
    if byteCount > 0, case let first = storage.pointee.segments[0], offset + byteCount <= first.byteCount {
      storage.pointee.memory.willRead(first.address + UInt64(offset), byteCount)
      return first.base.loadBits(at: offset, byteCount: byteCount)
    }
    var value: UInt64 = 0
    withUnsafeMutableBytes(of: &value) { bytes in
      _ = read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<byteCount]))
    }
    return UInt64(littleEndian: value)
  }

  @usableFromInline
  mutating func writeBits(_ value: UInt64, at offset: Int, byteCount: Int) -> Bool {
    precondition(offset >= 0 && byteCount <= 8)
    guard isAccessible, offset + byteCount <= writableByteCount else { return false }
    if byteCount > 0, case let first = storage.pointee.segments[storage.pointee.readableSegmentCount],
      offset + byteCount <= first.byteCount
    {
      first.base.storeBits(value, at: offset, byteCount: byteCount)
      storage.pointee.memory.didWrite(first.address + UInt64(offset), byteCount)
      storage.pointee.extent.add(offset..<offset + byteCount)
    } else {
      withUnsafeBytes(of: value.littleEndian) { bytes in
        _ = write(at: offset, UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]))
      }
    }
    return true
  }
}

extension UnsafeMutableRawPointer {
  @inline(__always)
  fileprivate func loadBits(at offset: Int, byteCount: Int) -> UInt64 {
    switch byteCount {
    case 8: UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    case 4: UInt64(UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    case 2: UInt64(UInt16(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    default:
      (0..<byteCount).reduce(0) { $0 | UInt64(load(fromByteOffset: offset + $1, as: UInt8.self)) << UInt64(8 * $1) }
    }
  }

  @inline(__always)
  fileprivate func storeBits(_ value: UInt64, at offset: Int, byteCount: Int) {
    switch byteCount {
    case 8: storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
    case 4: storeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian, toByteOffset: offset, as: UInt32.self)
    case 2: storeBytes(of: UInt16(truncatingIfNeeded: value).littleEndian, toByteOffset: offset, as: UInt16.self)
    default:
      for index in 0..<byteCount {
        let byte = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        storeBytes(of: byte, toByteOffset: offset + index, as: UInt8.self)
      }
    }
  }
}
