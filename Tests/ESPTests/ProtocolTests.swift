import Testing

@testable import ESP

private let cbc = Suite.separate(.aesCBC, .hmacSHA256_128)

/// A packet with this payload and trailer, whatever their form.
private func sealed(_ text: [UInt8], _ parameters: Parameters) throws -> [UInt8] {
  Packets.ip(protocol: 50, payload: try parameters.seal(text))
}

private func padded(_ text: [UInt8], _ padding: [UInt8], _ next: UInt8) -> [UInt8] {
  text + padding + [UInt8(padding.count), next]
}

@Test func `padding of every length up to 255 is accepted if it counts 1, 2, 3`() throws {
  let packet = Packets.ip(payload: Packets.udp([]))
  for count in 0...255 where (packet.count + count + 2).isMultiple(of: 4) {
    let parameters = Parameters.gcm
    let good = try sealed(padded(packet, Array((0..<count).map { UInt8($0 + 1) }), 4), parameters)
    #expect(try InboundAssociation(parameters).decapsulate(good).bytes == packet)
    guard count > 0 else { continue }
    for wrong in Set([0, count / 2, count - 1]) {
      var padding = (0..<count).map { UInt8($0 + 1) }
      padding[wrong] ^= 0x40
      let inbound = try InboundAssociation(parameters)
      let bad = try sealed(padded(packet, padding, 4), parameters)
      #expect(throws: Refusal.badPadding) { try inbound.decapsulate(bad) }
      #expect(inbound.statistics.invalidPadLength == 1)
    }
  }
}

@Test func `a pad length beyond the payload is refused`() throws {
  let bad = try sealed([1, 2, 3, 4, 5, 6, 7, 4], .gcm)
  #expect(throws: Refusal.badPadding) { try InboundAssociation(.gcm).decapsulate(bad) }
}

@Test(arguments: Suite.esp)
func `padding aligns to 4 bytes, or to the cipher's block, and to no more`(suite: Suite) throws {
  let parameters = Parameters.test(suite)
  for count in 0..<20 {
    let packet = Packets.ip(payload: Array(repeating: 7, count: count))
    let added = try OutboundAssociation(parameters).encapsulate(packet).bytes.count - packet.count
    let fixed = 20 + 8 + parameters.lengths.iv + 2 + parameters.lengths.icv
    #expect((0..<max(4, parameters.lengths.block)).contains(added - fixed))
    #expect((packet.count + 2 + added - fixed).isMultiple(of: max(4, parameters.lengths.block)))
  }
}

@Test func `refusals are told apart, counted each in its place, and leave nothing behind`() throws {
  let good = try OutboundAssociation(.gcm).encapsulate(Packets.ip()).bytes
  func changed(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var packet = good
    change(&packet)
    return packet
  }
  let cases: [([UInt8], Refusal, KeyPath<Statistics, UInt64>)] = [
    (Array(good.prefix(19)), .truncated, \.invalidPacket),
    (Array(good.dropLast()), .truncated, \.invalidPacket),
    (changed { $0[0] = 0x55 }, .malformedHeader, \.invalidPacket),
    (changed { $0[0] = 0x44 }, .malformedHeader, \.invalidPacket),
    (changed { $0[9] = 51 }, .wrongProtocol(51), \.invalidPacket),
    (changed { $0[20] = 0xff }, .unknownSPI(0xff00_1000), \.invalidPacket),
    (Packets.ip(protocol: 50, payload: Array(good[20..<40])), .tooShort, \.invalidPacket),
    (Packets.ip(protocol: 50, payload: Array(good.dropFirst(20).dropLast())), .misaligned, \.invalidPacket),
    (changed { $0[27] = 0 }, .sequenceZero, \.invalidSequenceNumber),
    (changed { $0[good.count - 1] ^= 1 }, .icvMismatch, \.invalidICV),
    (
      try sealed(padded(Packets.ip(payload: Packets.udp([])), [1, 2], 17), .gcm), .wrongMode(nextHeader: 17),
      \.invalidPacket
    ),
    (try sealed(padded(Packets.ip(payload: Packets.udp([])), [1, 2], 41), .gcm), .badInnerPacket, \.invalidPacket),
    (try sealed(padded([1, 2, 3, 4], [1, 2], 4), .gcm), .badInnerPacket, \.invalidPacket),
  ]
  for (packet, refusal, counter) in cases {
    let inbound = try InboundAssociation(.gcm)
    var output = [UInt8](repeating: 0, count: packet.count)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    #expect(throws: refusal) { try inbound.decapsulate(packet.span.bytes, into: &span) }
    #expect(output.allSatisfy { $0 == 0 }, "\(refusal)")
    #expect(inbound.statistics[keyPath: counter] == 1, "\(refusal)")
    #expect(inbound.statistics.packets == 0 && inbound.statistics.bytes == 0)
  }
  let inbound = try InboundAssociation(.gcm)
  _ = try inbound.decapsulate(good)
  #expect(throws: Refusal.replayed(sequence: 1)) { try inbound.decapsulate(good) }
  let later = try InboundAssociation(.gcm, state: AssociationState(sequence: 1000))
  #expect(throws: Refusal.late(sequence: 1)) { try later.decapsulate(good) }
  #expect(inbound.statistics.antiReplayReplayed == 1 && later.statistics.antiReplayLate == 1)
}

@Test(arguments: Suite.esp.filter(\.isAuthenticated))
func `in place, nothing decrypted is left of a packet with a wrong ICV`(suite: Suite) throws {
  let parameters = Parameters.test(suite)
  let secret = Array("attack at dawn, attack at dawn!!".utf8)
  var packet = try OutboundAssociation(parameters).encapsulate(Packets.ip(payload: Packets.udp(secret))).bytes
  packet[packet.count - 1] ^= 1
  let inbound = try InboundAssociation(parameters)
  let range = packet.indices
  var elements = packet.mutableSpan
  var span = elements.mutableBytes
  #expect(throws: Refusal.icvMismatch) { try inbound.decapsulate(inPlace: &span, packet: range) }
  if parameters.encrypts { #expect(packet.firstRange(of: secret) == nil) }
}

@Test func `AH that is padded to 8 bytes where 4 are due is told from a malformed packet`() throws {
  let parameters = Parameters.test(Suite.separate(.null, .hmacSHA256_128), .ah)
  var kernel = parameters
  kernel.alignsAHTo8 = true
  let packet = try OutboundAssociation(kernel).encapsulate(Packets.ip()).bytes
  let inbound = try InboundAssociation(parameters)
  #expect(throws: Refusal.wrongAHLength(32, expected: 28)) { try inbound.decapsulate(packet) }
  #expect(inbound.statistics.invalidPacket == 1)
  #expect(try InboundAssociation(kernel).decapsulate(packet).bytes == Packets.ip())
}

@Test func `nothing of a packet that is refused is left in a separate buffer`() throws {
  var parameters = Parameters.gcm
  parameters.mtu = 80
  let outbound = try OutboundAssociation(parameters)
  let packet = Packets.ip(dontFragment: true)
  var output = [UInt8](repeating: 0, count: outbound.headRoom + packet.count + outbound.tailRoom)
  var elements = output.mutableSpan
  var span = elements.mutableBytes
  #expect(throws: Refusal.self) { try outbound.encapsulate(packet.span.bytes, into: &span) }
  #expect(output.allSatisfy { $0 == 0 })
}

@Test func `too little room is refused before anything is changed`() throws {
  let outbound = try OutboundAssociation(.gcm)
  let packet = Packets.ip()
  for (head, tail, refusal) in [(35, 64, Refusal.noHeadRoom(needed: 36)), (36, 19, .noTailRoom(needed: 20))] {
    var buffer = Array(repeating: 0, count: head) + packet + Array(repeating: 0 as UInt8, count: tail)
    let before = buffer
    var elements = buffer.mutableSpan
    var span = elements.mutableBytes
    #expect(throws: refusal) { try outbound.encapsulate(inPlace: &span, packet: head..<head + packet.count) }
    #expect(buffer == before)
  }
  #expect(outbound.statistics.noTailRoom == 2)
  #expect(outbound.state.sequence == 0)
}

@Test func `traffic flow padding fills packets up and is cut off by their own length`() throws {
  for tunnel in [IPVersion.v4, .v6, nil] {
    var parameters = Parameters.test(cbc, tunnel: tunnel)
    parameters.tfcLength = 512
    let (outbound, inbound) = (try OutboundAssociation(parameters), try InboundAssociation(parameters))
    let lengths = try [0, 100, 300].map { count in
      let packet = Packets.ip(payload: Packets.udp(Array(repeating: 1, count: count)))
      let sealed = try outbound.encapsulate(packet).bytes
      #expect(try inbound.decapsulate(sealed).bytes == packet)
      return sealed.count
    }
    #expect(Set(lengths).count == 1)
  }
  var parameters = Parameters.test(cbc, tunnel: nil)
  parameters.tfcLength = 512
  let tcp = Packets.ip(protocol: 6, payload: Array(repeating: 0, count: 20))
  #expect(try OutboundAssociation(parameters).encapsulate(tcp).bytes.count < 512)
}

@Test func `bytes behind UDP's length are the packet's own unless traffic flow padding was agreed on`() throws {
  let packet = Packets.ip(payload: Packets.udp([1, 2, 3, 4]) + [2, 4, 9, 9])
  for (tfc, isKept) in [(0, true), (512, false)] {
    var parameters = Parameters.test(cbc, tunnel: nil)
    let outbound = try OutboundAssociation(parameters)
    parameters.tfcLength = tfc
    let sealed = try outbound.encapsulate(packet).bytes
    #expect(try (InboundAssociation(parameters).decapsulate(sealed).bytes == packet) == isKept)
    #expect(try OutboundAssociation(parameters).encapsulate(packet).bytes.count == sealed.count)
  }
}

@Test func `dummy packets are counted and discarded`() throws {
  let (outbound, inbound) = (try OutboundAssociation(.gcm), try InboundAssociation(.gcm))
  var output = [UInt8](repeating: 1, count: 400)
  var elements = output.mutableSpan
  var span = elements.mutableBytes
  let packet = try outbound.encapsulateDummy(length: 200, into: &span).packet
  let outcome = try inbound.decapsulate(Array(output[packet])).outcome
  #expect(outcome.packet.isEmpty && outcome.events.contains(.dummy))
  #expect(inbound.statistics.packets == 1)
}

@Test(arguments: [SecurityProtocol.esp, .ah])
func `a packet of no next header passes in a tunnel, and with AH, and in transport mode would be a dummy`(
  protocol kind: SecurityProtocol
) throws {
  var packet = [UInt8](repeating: 0, count: 60)
  (packet[0], packet[5], packet[6]) = (0x60, 20, 59)
  let suite = kind == .ah ? Suite.ah[0] : Suite.combined[0]
  for tunnel in [IPVersion.v4, nil] {
    let parameters = Parameters.test(suite, kind, tunnel: tunnel)
    let outbound = try OutboundAssociation(parameters)
    if kind == .esp, tunnel == nil {
      #expect(throws: Refusal.wrongProtocol(59)) { try outbound.encapsulate(packet) }
      #expect(outbound.state.sequence == 0)
    } else {
      let sealed = try outbound.encapsulate(packet).bytes
      #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet)
    }
  }
}

@Test func `UDP encapsulation tells ESP, IKE and keepalives apart`() throws {
  var parameters = Parameters.gcm
  parameters.udpEncapsulation = .init()
  let inbound = try InboundAssociation(parameters)
  func datagram(_ data: [UInt8]) -> [UInt8] { Packets.ip(payload: Packets.udp(data)) }
  #expect(throws: Refusal.keepalive) { try inbound.decapsulate(datagram([0xff])) }
  #expect(throws: Refusal.ike) { try inbound.decapsulate(datagram(Array(repeating: 0, count: 40))) }
  for count in 2..<8 {
    #expect(throws: Refusal.tooShort) { try inbound.decapsulate(datagram(Array(repeating: 1, count: count))) }
  }
  var sealed = try OutboundAssociation(parameters).encapsulate(Packets.ip()).bytes
  #expect(Array(sealed[26..<28]) == [0, 0])
  (sealed[26], sealed[27]) = (0x12, 0x34)
  (sealed[20], sealed[21]) = (0x22, 0x22)
  let outcome = try inbound.decapsulate(sealed).outcome
  #expect(outcome.events == .peerPortChanged && outcome.peerPort == 0x2222)
  sealed[sealed.count - 1] ^= 1
  #expect(throws: Refusal.self) { try inbound.decapsulate(sealed) }
}

@Test(arguments: [UInt8(6), 17])
func `in transport mode behind a translator inner checksums are repaired`(number: UInt8) throws {
  var payload: [UInt8] = number == 17 ? Packets.udp(Array(0..<31)) : Array(repeating: 9, count: 40)
  let field = number == 17 ? 6 : 16
  (payload[field], payload[field + 1]) = (0, 0)
  func checksum(_ source: IPAddress) -> UInt16 {
    Packets.checksum(
      Packets.bytes(source) + Packets.bytes(Packets.destination4) + [0, number] + Packets.big(UInt16(payload.count))
        + payload)
  }
  let before = checksum(Packets.source4)
  let public4 = IPAddress("203.0.113.77")!
  let after = checksum(public4)
  payload.replaceSubrange(field..<field + 2, with: Packets.big(before))

  var parameters = Parameters.test(cbc, tunnel: nil)
  parameters.udpEncapsulation = .init(originalSource: Packets.source4)
  var sealed = try OutboundAssociation(parameters).encapsulate(Packets.ip(protocol: number, payload: payload)).bytes
  sealed.replaceSubrange(12..<16, with: Packets.bytes(public4))
  let opened = try InboundAssociation(parameters).decapsulate(sealed).bytes
  #expect(Array(opened[20 + field..<22 + field]) == Packets.big(after))
  #expect(Packets.checksum(Array(opened.prefix(20))) == 0)
}
