import ESP

/// Well-formed IP packets to protect, made without the code under test.
enum Packets {
  static let source4 = IPAddress("10.1.0.1")!, destination4 = IPAddress("10.2.0.2")!
  static let source6 = IPAddress("2001:db8:1::1")!, destination6 = IPAddress("2001:db8:2::2")!
  static let gateway4 = (IPAddress("192.0.2.1")!, IPAddress("192.0.2.2")!)
  static let gateway6 = (IPAddress("2001:db8::1")!, IPAddress("2001:db8::2")!)

  /// An IP packet around `payload`.
  static func ip(
    _ version: IPVersion = .v4, protocol number: UInt8 = 17, payload: [UInt8] = udp(), trafficClass: UInt8 = 0,
    dontFragment: Bool = false, hopLimit: UInt8 = 64, options: [UInt8] = [], flowLabel: UInt32 = 0,
    fragment: UInt16 = 0
  ) -> [UInt8] {
    switch version {
    case .v4:
      let length = 20 + options.count + payload.count
      var header: [UInt8] = [UInt8(0x40 | (20 + options.count) / 4), trafficClass]
      header += big(UInt16(length)) + [0x12, 0x34] + big(fragment | (dontFragment ? 0x4000 : 0))
      header += [hopLimit, number, 0, 0] + bytes(source4) + bytes(destination4) + options
      let sum = checksum(header)
      header[10] = UInt8(sum >> 8)
      header[11] = UInt8(sum & 0xff)
      return header + payload
    case .v6:
      let first = 0x6000_0000 | UInt32(trafficClass) << 20 | flowLabel
      var header = big(first) + big(UInt16(options.count + payload.count)) + [number, hopLimit]
      header += bytes(source6) + bytes(destination6) + options
      return header + payload
    }
  }

  static func udp(_ data: [UInt8] = Array(0..<40)) -> [UInt8] {
    big(UInt16(1000)) + big(UInt16(2000)) + big(UInt16(8 + data.count)) + [0, 0] + data
  }

  static func big<T: FixedWidthInteger>(_ value: T) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }

  static func bytes(_ address: IPAddress) -> [UInt8] {
    switch address {
    case .v4(let word): big(word)
    case .v6(let high, let low): big(high) + big(low)
    }
  }

  /// The Internet checksum, written down a second time.
  static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for (index, byte) in bytes.enumerated() { sum += index.isMultiple(of: 2) ? UInt32(byte) << 8 : UInt32(byte) }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    return ~UInt16(sum)
  }
}
