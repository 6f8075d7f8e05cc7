import Testing

@testable import ESP

private func associations(_ parameters: [Parameters]) throws -> (OutboundBundle, InboundBundle) {
  (
    OutboundBundle(try parameters.map { try OutboundAssociation($0) }),
    InboundBundle(try parameters.map { try InboundAssociation($0) })
  )
}

@Test(arguments: IPVersion.allCases)
func `a bundle nests ESP and AH, and each association keeps its own counters`(version: IPVersion) throws {
  var inner = Parameters.test(Suite.separate(.aesCBC, .hmacSHA1_96), tunnel: nil)
  inner.spi = 0x2001
  var outer = Parameters.test(Suite.separate(.null, .hmacSHA256_128), .ah, tunnel: nil)
  outer.spi = 0x2002
  var tunnel = Parameters.gcm
  tunnel.spi = 0x2003
  let (outbound, inbound) = try associations([inner, outer, tunnel])
  let packet = Packets.ip(version)
  var buffer =
    Array(repeating: 0, count: outbound.headRoom) + packet + Array(repeating: 0 as UInt8, count: outbound.tailRoom)
  let start = outbound.headRoom
  do {
    var elements = buffer.mutableSpan
    var span = elements.mutableBytes
    let sealed = try outbound.encapsulate(inPlace: &span, packet: start..<start + packet.count).packet
    let opened = try inbound.decapsulate(inPlace: &span, packet: sealed).packet
    #expect(Array(buffer[opened]) == packet)
  }
  for association in outbound.associations { #expect(association.statistics.packets == 1) }
  for association in inbound.associations { #expect(association.statistics.packets == 1) }
  #expect(inbound.associations[0].statistics.bytes < inbound.associations[1].statistics.bytes)
}

@Test func `what a bundle's outermost association refuses stays as it came, and what is decrypted is erased`() throws {
  var inner = Parameters.test(Suite.separate(.aesCBC, .hmacSHA1_96), tunnel: nil)
  inner.spi = 0x2001
  var outer = Parameters.gcm
  outer.udpEncapsulation = .init()
  let (outbound, inbound) = try associations([inner, outer])
  func open(_ packet: [UInt8]) -> (refusal: Refusal?, left: [UInt8]) {
    var buffer = packet
    var elements = buffer.mutableSpan
    var span = elements.mutableBytes
    do throws(Refusal) {
      _ = try inbound.decapsulate(inPlace: &span, packet: packet.indices)
      return (nil, buffer)
    } catch {
      return (error, buffer)
    }
  }
  let ike = Packets.ip(payload: Packets.udp(Array(repeating: 0, count: 4) + Array(1...40)))
  #expect(open(ike) == (.ike, ike))
  // The inner association never saw this packet: it has no ESP of its own.
  let sealed = try outbound.associations[1].encapsulate(Packets.ip()).bytes
  #expect(open(sealed) == (.wrongProtocol(17), Array(repeating: 0, count: sealed.count)))
}
