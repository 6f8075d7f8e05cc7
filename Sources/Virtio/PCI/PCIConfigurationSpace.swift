import Wire

/// 256 bytes of PCI configuration space: what they read as, and which bits a driver may change.
///
/// A BAR is nothing special here: its address bits are writable, its size bits are not, which is all that sizing needs.
struct PCIConfigurationSpace {
  static let byteCount = 256

  /// What the driver reads.
  var values = Bytes()
  /// The bits that the driver may change.
  var writable = Bytes()
  private var end = PCIHeader.byteCount
  private var lastLink = PCIHeader().capabilities.offset

  /// As many bytes, seen through the definitions of what stands there.
  struct Bytes: Sendable, Codable {
    fileprivate(set) var bytes = [UInt8](repeating: 0, count: byteCount)

    /// A field of a structure that starts at `base`.
    subscript<Schema: Message, Value: FieldValue>(field: KeyPath<Schema, Field<Value>>, at base: Int = 0) -> Value {
      get { Value.load(from: bytes.span.bytes, at: base + Schema()[keyPath: field].offset, .little) }
      set {
        var span = bytes.mutableSpan
        var raw = span.mutableBytes
        newValue.store(into: &raw, at: base + Schema()[keyPath: field].offset, .little)
      }
    }
  }

  /// A driver reads.
  func read(at offset: Int, byteCount: Int) -> UInt32 {
    (0..<byteCount).reduce(0) { $0 | UInt32(values.bytes[offset + $1]) << UInt32(8 * $1) }
  }

  /// A driver writes.
  mutating func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    for index in offset..<offset + byteCount {
      let new = UInt8(truncatingIfNeeded: value >> UInt32(8 * (index - offset)))
      values.bytes[index] = values.bytes[index] & ~writable.bytes[index] | new & writable.bytes[index]
    }
  }

  /// Links a capability of the given size, header included, to the end of the list; returns where it stands.
  mutating func addCapability(_ id: UInt8, byteCount: Int) -> Int {
    let offset = end
    precondition(offset + byteCount <= Self.byteCount, "too many capabilities")
    values[\PCICapability.id, at: offset] = id
    values.bytes[lastLink] = UInt8(offset)
    lastLink = offset + PCICapability().next.offset
    end = (offset + byteCount + 3) & ~3
    return offset
  }

  /// Makes a memory BAR of the given size, a power of two; a 64-bit one takes the next register, too.
  mutating func addBAR(_ bar: Int, byteCount: Int, is64Bit: Bool) {
    precondition(byteCount >= 16 && byteCount & (byteCount - 1) == 0)
    values[\PCIHeader.bars][bar] = is64Bit ? 0xc : 0
    writable[\PCIHeader.bars][bar] = UInt32(truncatingIfNeeded: -byteCount)
    if is64Bit { writable[\PCIHeader.bars][bar + 1] = .max }
  }

  /// Takes over what a driver may have written; whether the sizes agree.
  mutating func restore(_ saved: Bytes) -> Bool {
    guard saved.bytes.count == Self.byteCount else { return false }
    for (offset, byte) in saved.bytes.enumerated() { write(at: offset, byteCount: 1, UInt32(byte)) }
    return true
  }
}
