import Testing

@testable import ESP

/// Extension headers of eight bytes each, around a UDP datagram.
private enum Extensions {
  static func hopByHop(_ next: UInt8) -> [UInt8] { [next, 0, 0x3e, 4, 1, 2, 3, 4] }
  static func options(_ next: UInt8) -> [UInt8] { [next, 0, 0x1e, 4, 5, 6, 7, 8] }
  static func routing(_ next: UInt8) -> [UInt8] {
    [next, 2, 2, 1, 0, 0, 0, 0] + Packets.bytes(IPAddress("2001:db8:9::9")!)
  }
  static func fragment(_ next: UInt8, more: Bool = false) -> [UInt8] { [next, 0, 0, more ? 1 : 0, 0, 0, 0, 7] }
}

/// Chains of extension headers, and how many bytes of them stand in front of ESP.
private let chains: [(bytes: [UInt8], first: UInt8, inFront: Int)] = [
  ([], 17, 0),
  (Extensions.hopByHop(17), 0, 8),
  (Extensions.options(17), 60, 0),
  (Extensions.hopByHop(60) + Extensions.options(17), 0, 8),
  (Extensions.options(43) + Extensions.routing(17), 60, 32),
  (Extensions.hopByHop(60) + Extensions.options(43) + Extensions.routing(60) + Extensions.options(17), 0, 40),
  (Extensions.routing(44) + Extensions.fragment(17), 43, 32),
]

@Test(arguments: chains.indices, [SecurityProtocol.esp, .ah, .wesp])
func `security headers stand where RFC 4303 section 3.1 puts them, and go without a trace`(
  index: Int, proto: SecurityProtocol
) throws {
  let chain = chains[index]
  let packet = Packets.ip(.v6, protocol: chain.first, options: chain.bytes)
  let suite = proto == .ah ? Suite.separate(.null, .hmacSHA256_128) : Suite.separate(.aesCBC, .hmacSHA256_128)
  let parameters = Parameters.test(suite, proto, tunnel: nil)
  let sealed = try OutboundAssociation(parameters).encapsulate(packet).bytes
  let header = try IPHeader(reading: sealed.span.bytes, 0..<sealed.count)
  let found = try HeaderChain(locatingIn: sealed.span.bytes, 0..<sealed.count, header)
  #expect(found.length == 40 + chain.inFront)
  #expect(found.protocol == proto.number)
  #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet)
}

@Test func `chains that cannot be protected are refused by name`() throws {
  let outbound = try OutboundAssociation(.test(Suite.combined[0], tunnel: nil))
  let fragment = Packets.ip(.v6, protocol: 44, options: Extensions.fragment(17, more: true))
  #expect(throws: Refusal.fragment) { try outbound.encapsulate(fragment) }
  let misplaced = Packets.ip(.v6, protocol: 60, options: Extensions.options(0) + Extensions.hopByHop(17))
  #expect(throws: Refusal.malformedHeader) { try outbound.encapsulate(misplaced) }
  var jumbogram = Packets.ip(.v6, protocol: 0, options: Extensions.hopByHop(17))
  (jumbogram[4], jumbogram[5]) = (0, 0)
  #expect(throws: Refusal.jumbogram) { try outbound.encapsulate(jumbogram) }
  let endless = Packets.ip(.v6, protocol: 60, payload: [], options: [60, 200] + Array(repeating: 0, count: 6))
  #expect(throws: Refusal.truncated) { try outbound.encapsulate(endless) }
}

private let ah = Parameters.test(.separate(.null, .hmacSHA256_128), .ah, tunnel: nil)

@Test func `AH ignores what routers change in an IPv4 header and nothing else`() throws {
  // Router alert (immutable), record route and timestamp (mutable), end.
  let options: [UInt8] = [148, 4, 0, 0] + [7, 7, 4, 0, 0, 0, 0] + [68, 8, 5, 0, 0, 0, 0, 0] + [0]
  let packet = Packets.ip(options: options)
  let sealed = try OutboundAssociation(ah).encapsulate(packet).bytes
  // Mutable options are zeroed as a whole, type and length too (RFC 4302 section 3.3.3.1.1.2).
  let mutable: Set<Int> = Set([1, 6, 8, 10, 11]).union(24...38)
  // What the parsing of the packet hangs on is left alone.
  let structural: Set<Int> = [0, 2, 3, 7, 9, 25, 32]
  for offset in 0..<40 where !structural.contains(offset) {
    var changed = sealed
    changed[offset] ^= offset == 6 ? 0x40 : 0x01
    let inbound = try InboundAssociation(ah)
    if mutable.contains(offset) {
      #expect(throws: Never.self, "byte \(offset)") { try inbound.decapsulate(changed) }
    } else {
      #expect(throws: Refusal.self, "byte \(offset)") { try inbound.decapsulate(changed) }
    }
  }
}

@Test func `AH foretells the destination at the end of an IPv4 source route`() throws {
  // Loose source route over 10.9.9.9, pointer at the first address; then padding.
  let route: [UInt8] = [131, 7, 4, 10, 9, 9, 9, 0]
  let sealed = try OutboundAssociation(ah).encapsulate(Packets.ip(options: route)).bytes
  var arrived = sealed
  arrived.replaceSubrange(16..<20, with: [10, 9, 9, 9])
  arrived.replaceSubrange(20..<27, with: [131, 7, 8] + Packets.bytes(Packets.destination4))
  #expect(throws: Never.self) { try InboundAssociation(ah).decapsulate(arrived) }
  arrived[19] = 8
  #expect(throws: Refusal.icvMismatch) { try InboundAssociation(ah).decapsulate(arrived) }
}

@Test func `AH foretells the end of an IPv6 route and ignores mutable options`() throws {
  let packet = Packets.ip(.v6, protocol: 0, options: Extensions.hopByHop(43) + Extensions.routing(17))
  let sealed = try OutboundAssociation(ah).encapsulate(packet).bytes
  var arrived = sealed
  arrived.replaceSubrange(24..<40, with: Packets.bytes(IPAddress("2001:db8:9::9")!))
  arrived.replaceSubrange(56..<72, with: Packets.bytes(Packets.destination6))
  arrived[51] = 0
  arrived[1] ^= 0xff
  arrived[7] = 3
  arrived[46] ^= 0xff
  #expect(throws: Never.self) { try InboundAssociation(ah).decapsulate(arrived) }
  arrived[42] ^= 0x01
  #expect(throws: Refusal.icvMismatch) { try InboundAssociation(ah).decapsulate(arrived) }
}

@Test(arguments: Suite.ah)
func `AH is a multiple of 4 bytes in IPv4 and of 8 in IPv6`(suite: Suite) throws {
  for version in IPVersion.allCases {
    let outbound = try OutboundAssociation(.test(suite, .ah, tunnel: nil))
    let added = try outbound.encapsulate(Packets.ip(version)).bytes.count - Packets.ip(version).count
    #expect(added.isMultiple(of: version == .v4 ? 4 : 8))
  }
}

@Test func `what AH cannot foretell is refused before anything is changed or counted`() throws {
  // A routing header of type 3, and more extension headers than are supported.
  var unknown = Extensions.routing(17)
  unknown[2] = 3
  let long = [43, 43, 17].flatMap { [$0, 24, 2, 0] + [UInt8](repeating: 0, count: 196) }
  for options in [unknown, long] {
    let packet = Packets.ip(.v6, protocol: 43, options: options)
    let outbound = try OutboundAssociation(ah)
    let room = outbound.headRoom
    var buffer = [UInt8](repeating: 7, count: room) + packet
    let before = buffer
    var elements = buffer.mutableSpan
    var span = elements.mutableBytes
    #expect(throws: Refusal.self) {
      do throws(Refusal) { _ = try outbound.encapsulate(inPlace: &span, packet: room..<room + packet.count) } catch {
        throw error
      }
    }
    #expect(buffer == before)
    #expect(outbound.state.sequence == 0 && outbound.statistics.invalidPacket == 1)
  }
}

@Test(arguments: [SecurityProtocol.esp, .ah, .wesp])
func `IPv4 options stay in front of the security header, and come back`(proto: SecurityProtocol) throws {
  let options: [UInt8] = [148, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0]
  let packet = Packets.ip(options: options)
  for tunnel in [nil, IPVersion.v4] {
    let parameters = Parameters.test(.separate(.null, .hmacSHA256_128), proto, tunnel: tunnel)
    let sealed = try OutboundAssociation(parameters).encapsulate(packet).bytes
    let header = try IPHeader(reading: sealed.span.bytes, sealed.indices)
    #expect(header.length == (tunnel == nil ? 32 : 20) && header.protocol == proto.number)
    #expect(tunnel != nil || Array(sealed[20..<32]) == options)
    #expect(Packets.checksum(Array(sealed.prefix(header.length))) == 0)
    #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet)
  }
}
