import Testing

@testable import ESP

/// Integrity only: what an observer can read.
private let readable = Suite.separate(.null, .hmacSHA256_128)
/// Integrity only, and with an IV.
private let gmac = Suite.combined.first { $0.description == "aes-gmac/128" }!
private let encrypted = Suite.separate(.aesCBC, .hmacSHA256_128)

/// A sealed packet, and where its WESP header is.
private func seal(_ parameters: Parameters) throws -> (bytes: [UInt8], offset: Int) {
  let sealed = try OutboundAssociation(parameters).encapsulate(Packets.ip()).bytes
  let version = sealed[0] >> 4 == 4 ? IPVersion.v4 : .v6
  return (sealed, version.headerLength + (parameters.udpEncapsulation == nil ? 0 : 12))
}

private func parameters(_ suite: Suite, _ version: IPVersion, udp: Bool = false) -> Parameters {
  var parameters = Parameters.test(suite, .wesp, tunnel: version)
  if udp { parameters.udpEncapsulation = .init() }
  return parameters
}

/// By hand from RFC 5840 section 2: next header (4 = IPv4 inside), bytes from the WESP header to the payload (WESP 4,
/// or 8 with padding; ESP's header 8; no IV), bytes of ICV, and the flags E = 0x20 and P = 0x10. Behind UDP there is no
/// padding.
private let headers: [(version: IPVersion, udp: Bool, readable: [UInt8], encrypted: [UInt8])] = [
  (.v4, false, [4, 12, 16, 0x00], [0, 0, 0, 0x20]),
  (.v6, false, [4, 16, 16, 0x10, 0, 0, 0, 0], [0, 0, 0, 0x30, 0, 0, 0, 0]),
  (.v4, true, [4, 12, 16, 0x00], [0, 0, 0, 0x20]),
  (.v6, true, [4, 12, 16, 0x00], [0, 0, 0, 0x20]),
]

@Test(arguments: headers.indices)
func `WESP announces what an observer can read`(index: Int) throws {
  let (version, udp, readableHeader, encryptedHeader) = headers[index]
  for (suite, header) in [(readable, readableHeader), (encrypted, encryptedHeader)] {
    let (sealed, offset) = try seal(parameters(suite, version, udp: udp))
    #expect(Array(sealed[offset..<offset + header.count]) == header)
    #expect(
      Array(sealed[offset + header.count..<offset + header.count + 4]) == Packets.big(UInt32(0x1000)), "ESP follows")
    if udp { #expect(Array(sealed[offset - 4..<offset]) == [0, 0, 0, 2], "the protocol identifier stands in front") }
  }
}

@Test(arguments: [(IPVersion.v4, UInt8(20)), (.v6, 24)])
func `WESP's header length reaches behind the IV`(version: IPVersion, length: UInt8) throws {
  let (sealed, offset) = try seal(parameters(gmac, version))
  #expect(Array(sealed[offset..<offset + 3]) == [4, length, 16])
  #expect(Array(sealed[offset + Int(length)..<offset + Int(length) + 20]) == Array(Packets.ip().prefix(20)))
}

@Test(arguments: headers.indices)
func `every announcement of WESP is checked, and its reserved bits are not`(index: Int) throws {
  let (version, udp, _, _) = headers[index]
  for suite in [readable, encrypted] {
    let parameters = parameters(suite, version, udp: udp)
    let (sealed, offset) = try seal(parameters)
    for bit in 0..<32 {
      var broken = sealed
      broken[offset + bit / 8] ^= 0x80 >> UInt8(bit % 8)
      let inbound = try InboundAssociation(parameters)
      switch bit {
      // Another place for everything behind: too short, another SPI, a wrong ICV.
      case 27: #expect(throws: Refusal.self) { try inbound.decapsulate(broken) }
      case 28...: #expect(try inbound.decapsulate(broken).bytes == Packets.ip())
      default: #expect(throws: Refusal.wespMismatch) { try inbound.decapsulate(broken) }
      }
    }
  }
}

@Test func `WESP's padding belongs into IPv6 alone, and behind UDP it may be there or not`() throws {
  func padded(_ parameters: Parameters) throws -> [UInt8] {
    var (bytes, offset) = try seal(parameters)
    bytes.insert(contentsOf: [0, 0, 0, 0], at: offset + 4)
    bytes[offset + 3] |= 0x10
    if bytes[offset + 1] != 0 { bytes[offset + 1] += 4 }
    let isIPv6 = bytes[0] >> 4 == 6
    bytes[isIPv6 ? 5 : 3] += 4
    if parameters.udpEncapsulation != nil { bytes[(isIPv6 ? 40 : 20) + 5] += 4 }
    return bytes
  }
  for suite in [readable, encrypted] {
    for udp in [false, true] {
      let parameters = parameters(suite, .v4, udp: udp)
      let bytes = try padded(parameters)
      #expect(throws: Refusal.wespMismatch) { try InboundAssociation(parameters).decapsulate(bytes) }
    }
    let parameters = parameters(suite, .v6, udp: true)
    #expect(try InboundAssociation(parameters).decapsulate(padded(parameters)).bytes == Packets.ip())
  }
}

@Test func `WESP leaves the ESP packet behind it as it would be without`() throws {
  for version in IPVersion.allCases {
    for suite in [readable, Suite.separate(.null, .aesCMAC_96)] {
      var plain = Parameters.test(suite, .esp, tunnel: version)
      plain.extendedSequence = true
      var wrapped = plain
      wrapped.protocol = .wesp
      let esp = try OutboundAssociation(plain).encapsulate(Packets.ip()).bytes.dropFirst(version.headerLength)
      let wesp = try seal(wrapped)
      #expect(Array(wesp.bytes.dropFirst(wesp.offset + (version == .v4 ? 4 : 8))) == Array(esp))
    }
  }
}
