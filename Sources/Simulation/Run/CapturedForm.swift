/// Whether the bytes of a capture are an IP packet, whole and with lengths that agree.
enum CapturedForm {
  static func isPacket(_ bytes: [UInt8]) -> Bool {
    switch (bytes.first ?? 0) >> 4 {
    case 4: bytes.count >= 20 && isIPv4(bytes)
    case 6: bytes.count >= 40 && bytes.count == 40 + number(bytes, at: 4)
    default: false
    }
  }

  /// RFC 791, section 3.1.
  private static func isIPv4(_ bytes: [UInt8]) -> Bool {
    let header = Int(bytes[0] & 0xf) * 4, total = number(bytes, at: 2)
    return header >= 20 && header <= total && total == bytes.count
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }
}
