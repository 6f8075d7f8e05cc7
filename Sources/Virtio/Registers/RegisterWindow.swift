public import Wire

/// Registers as the driver's side reaches them: a window of a bus, addressed in bytes.
public protocol RegisterWindow: AnyObject {
  /// Reads 1, 2 or 4 bytes.
  func read(at offset: Int, byteCount: Int) -> UInt32
  /// Writes 1, 2 or 4 bytes.
  func write(at offset: Int, byteCount: Int, _ value: UInt32)
}

extension RegisterWindow {
  /// Reads a field, in its own width, of a structure that starts at `base`; a 64-bit one in halves.
  public func read<Schema: Message, Value: FieldValue>(
    _ field: KeyPath<Schema, Field<Value>>, at base: Int = 0
  ) -> Value {
    let offset = base + Schema()[keyPath: field].offset
    let isWide = Value.byteCount == 8
    var bits = UInt64(read(at: offset, byteCount: isWide ? 4 : Value.byteCount))
    if isWide { bits.high = read(at: offset + 4, byteCount: 4) }
    return withUnsafeBytes(of: bits.littleEndian) { Value.load(from: $0.bytes, at: 0, .little) }
  }

  /// Writes a field, in its own width, of a structure that starts at `base`; a 64-bit one in halves, the lower first.
  public func write<Schema: Message, Value: FieldValue>(
    _ field: KeyPath<Schema, Field<Value>>, at base: Int = 0, _ value: Value
  ) {
    let offset = base + Schema()[keyPath: field].offset
    var bits: UInt64 = 0
    withUnsafeMutableBytes(of: &bits) { raw in
      var bytes = raw.mutableBytes
      value.store(into: &bytes, at: 0, .little)
    }
    bits = UInt64(littleEndian: bits)
    write(at: offset, byteCount: min(Value.byteCount, 4), bits.low)
    if Value.byteCount == 8 { write(at: offset + 4, byteCount: 4, bits.high) }
  }
}
