import Testing

@testable import ESP

private let cbc = Suite.separate(.aesCBC, .hmacSHA256_128)

@Test(arguments: [Suite.combined[0], cbc], IPVersion.allCases)
func `traffic flow padding stops where the path does`(suite: Suite, version: IPVersion) throws {
  var parameters = Parameters.test(suite, tunnel: version)
  (parameters.tfcLength, parameters.mtu) = (1500, 1400)
  let packet = Packets.ip(dontFragment: true)
  let sealed = try OutboundAssociation(parameters).encapsulate(packet).bytes
  #expect((1400 - 15...1400).contains(sealed.count))
  #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet)
}

@Test func `what follows a UDP datagram in AH is no padding, and stays`() throws {
  let parameters = Parameters.test(Suite.ah[0], .ah, tunnel: nil)
  let packet = Packets.ip(payload: Packets.udp() + [1, 2, 3, 4])
  let sealed = try OutboundAssociation(parameters).encapsulate(packet).bytes
  #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet)
}

@Test func `dummy packets keep to the path, and have no hop limit to lower`() throws {
  var parameters = Parameters.gcm
  (parameters.mtu, parameters.decrementsHopLimit) = (300, true)
  let outbound = try OutboundAssociation(parameters)
  var output = [UInt8](repeating: 1, count: 70_000)
  var elements = output.mutableSpan
  var span = elements.mutableBytes
  #expect(throws: Refusal.tooShort) { try outbound.encapsulateDummy(length: -1, into: &span) }
  #expect(throws: Refusal.tooLong) { try outbound.encapsulateDummy(length: .max, into: &span) }
  var passes = 0
  do {
    _ = try outbound.encapsulateDummy(length: 290, into: &span)
  } catch Refusal.packetTooBig(let mtu) {
    passes = mtu
  }
  #expect(throws: Refusal.packetTooBig(mtu: passes)) { try outbound.encapsulateDummy(length: passes + 1, into: &span) }
  #expect(outbound.state.sequence == 0 && outbound.statistics.packets == 0)
  #expect(outbound.statistics.invalidPacket == 4)
  #expect(try outbound.encapsulateDummy(length: passes, into: &span).packet.count <= 300)
  #expect(outbound.statistics.packets == 1)
}

@Test(arguments: [[true, true], [true, false], [false, true], [false, false]])
func `a bundle tells how long the packet given to it may be`(tunnels: [Bool]) throws {
  func bundle() throws -> OutboundBundle {
    OutboundBundle(
      try tunnels.enumerated().map { index, isTunnel in
        var parameters = Parameters.test(index == 0 ? cbc : Suite.combined[0], tunnel: isTunnel ? .v4 : nil)
        parameters.spi += UInt32(index)
        if index == tunnels.count - 1 { parameters.mtu = 600 }
        return try OutboundAssociation(parameters)
      })
  }
  func seal(_ count: Int) throws -> Int {
    let bundle = try bundle()
    let packet = Packets.ip(payload: Packets.udp(Array(repeating: 0, count: count - 28)), dontFragment: true)
    let start = bundle.headRoom
    var buffer = Array(repeating: 0, count: start) + packet + [UInt8](repeating: 0, count: bundle.tailRoom)
    var elements = buffer.mutableSpan
    var span = elements.mutableBytes
    return try bundle.encapsulate(inPlace: &span, packet: start..<start + packet.count).packet.count
  }
  var mtu = 0
  do {
    _ = try seal(600)
  } catch Refusal.packetTooBig(let passes) {
    mtu = passes
  }
  #expect(try seal(mtu) <= 600)
  #expect(throws: Refusal.packetTooBig(mtu: mtu)) { try seal(mtu + 1) }
}

@Test func `a result beyond 65535 bytes is refused`() throws {
  let outbound = try OutboundAssociation(.gcm)
  let largest = Packets.ip(payload: Array(repeating: 0, count: 65_535 - 20))
  #expect(throws: Refusal.tooLong) { try outbound.encapsulate(largest) }
  #expect(outbound.statistics.invalidPacket == 1 && outbound.state.sequence == 0)
}
