extension Layout.Field {
  /// The value of an element, read from the bytes of a structure.
  public func value(in bytes: ArraySlice<UInt8>, element: Int = 0, bigEndianGuest: Bool) -> UInt64 {
    let start = bytes.startIndex + offset + element * width
    let content = bytes[start..<start + width]
    return isBig(bigEndianGuest)
      ? content.reduce(0) { $0 << 8 | UInt64($1) } : content.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Writes an element's value to the bytes of a structure that starts at `start`.
  public func set(_ value: UInt64, in bytes: inout [UInt8], at start: Int, element: Int = 0, bigEndianGuest: Bool) {
    for index in 0..<width {
      let shift = 8 * (isBig(bigEndianGuest) ? width - 1 - index : index)
      bytes[start + offset + element * width + index] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
    }
  }

  private func isBig(_ bigEndianGuest: Bool) -> Bool {
    switch order {
    case .little: false
    case .big: true
    case .guest: bigEndianGuest
    }
  }
}
