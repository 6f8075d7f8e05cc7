import Wire

/// The Internet checksum (RFC 1071).
enum Checksum {
  /// The sum of the 16-bit words of `bytes[range]`, an odd last byte filled up with zero.
  static func sum(_ bytes: RawSpan, _ range: Range<Int>) -> UInt64 {
    var sum: UInt64 = 0
    var offset = range.lowerBound
    while offset + 2 <= range.upperBound {
      sum += UInt64(bytes.load(UInt16.self, at: offset, .big))
      offset += 2
    }
    if offset < range.upperBound { sum += UInt64(bytes.load(UInt8.self, at: offset, .big)) << 8 }
    return sum
  }

  /// What goes into the header field.
  @inline(__always)
  static func fold(_ sum: UInt64) -> UInt16 {
    var sum = (sum & 0xffff_ffff) + sum >> 32
    sum = (sum & 0xffff) + sum >> 16
    sum = (sum & 0xffff) + sum >> 16
    sum = (sum & 0xffff) + sum >> 16
    return ~UInt16(truncatingIfNeeded: sum)
  }

  /// A checksum after one of the values under it changed (RFC 1624).
  static func update(_ checksum: UInt16, from old: UInt64, to new: UInt64) -> UInt16 {
    fold(UInt64(~checksum) + complement(old) + new)
  }

  private static func complement(_ sum: UInt64) -> UInt64 { UInt64(fold(sum)) }
}
