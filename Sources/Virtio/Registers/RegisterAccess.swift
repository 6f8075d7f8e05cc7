import Wire

/// Which bytes of a register file an access touches: what a register file switches over.
///
///     switch RegisterAccess(offset: offset, byteCount: byteCount) {
///     case registers.status: …
struct RegisterAccess {
  let offset: Int
  let byteCount: Int

  /// A field answers in its own width only.
  static func ~= <Value>(field: Field<Value>, access: Self) -> Bool {
    access.offset == field.offset && access.byteCount == Value.byteCount
  }
}

extension Field {
  /// Offset of what follows the field.
  var end: Int { offset + Value.byteCount }
}

/// A 64-bit field is reached in halves.
extension Field<UInt64> {
  var low: Field<UInt32> { Field<UInt32>(at: offset, summary) }
  var high: Field<UInt32> { Field<UInt32>(at: offset + 4, summary) }
}

extension UInt64 {
  /// The lower 32 bits.
  var low: UInt32 {
    get { UInt32(truncatingIfNeeded: self) }
    set { self = self & ~0xffff_ffff | UInt64(newValue) }
  }
  /// The upper 32 bits.
  var high: UInt32 {
    get { UInt32(truncatingIfNeeded: self >> 32) }
    set { self = self & 0xffff_ffff | UInt64(newValue) << 32 }
  }
}
