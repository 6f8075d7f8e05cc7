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

/// Cuts memory into pieces of `size` bytes, the last one shorter.
private func pieces(_ memory: UnsafeMutableRawBufferPointer, _ size: Int) -> [UnsafeMutableRawBufferPointer] {
  stride(from: 0, to: memory.count, by: size).map {
    UnsafeMutableRawBufferPointer(rebasing: memory[$0..<min($0 + size, memory.count)])
  }
}

@Test(arguments: Suite.esp)
func `a packet in pieces of any size gives what it gives in one`(suite: Suite) throws {
  let parameters = Parameters.test(suite)
  let packet = Packets.ip(payload: Packets.udp(Array(0..<100)))
  for size in [1, 2, 3, 7, 8, 13, 16, 64] {
    let (outbound, inbound) = (try OutboundAssociation(parameters), try InboundAssociation(parameters))
    var (plain, sealed) = (packet, [UInt8](repeating: 0, count: 400))
    var (opened, workspace) = ([UInt8](repeating: 0, count: packet.count), [UInt8](repeating: 0, count: 400))
    var elements = workspace.mutableSpan
    var span = elements.mutableBytes
    let count = try plain.withUnsafeMutableBytes { input in
      try sealed.withUnsafeMutableBytes { output in
        let input = pieces(input, size).map { UnsafeRawBufferPointer($0) }
        return try outbound.encapsulate(input.span, into: pieces(output, size).span, through: &span).packet.count
      }
    }
    sealed.removeSubrange(count...)
    #expect(try InboundAssociation(parameters).decapsulate(sealed).bytes == packet, "into pieces of \(size)")
    let range = try sealed.withUnsafeMutableBytes { input in
      try opened.withUnsafeMutableBytes { output in
        let input = pieces(input, size).map { UnsafeRawBufferPointer($0) }
        return try inbound.decapsulate(input.span, into: pieces(output, size).span, through: &span).packet
      }
    }
    #expect(range == packet.indices && opened == packet, "out of pieces of \(size)")
  }
}

@Test func `a result for which the pieces are too short is erased`() throws {
  let parameters = Parameters.test(Suite.esp[0])
  let packet = Packets.ip(payload: Packets.udp(Array(0..<100)))
  let whole = try OutboundAssociation(parameters).encapsulate(packet).bytes
  let inbound = try InboundAssociation(parameters)
  var workspace = [UInt8](repeating: 0xaa, count: 400)
  var result = [UInt8](repeating: 0, count: packet.count - 1)
  let refusal: Refusal? = whole.withUnsafeBytes { bytes in
    result.withUnsafeMutableBytes { output in
      var elements = workspace.mutableSpan
      var span = elements.mutableBytes
      do throws(Refusal) {
        _ = try inbound.decapsulate([bytes].span, into: [output].span, through: &span)
        return nil
      } catch {
        return error
      }
    }
  }
  #expect(refusal == .noTailRoom(needed: 1))
  #expect(workspace.allSatisfy { $0 == 0 } && result.allSatisfy { $0 == 0 })
}

@Test(arguments: Suite.esp)
func `a burst gives what packets one by one give, refusals and duplicates included`(suite: Suite) throws {
  let parameters = Parameters.test(suite)
  let (outbound, inbound) = (try OutboundAssociation(parameters), try InboundAssociation(parameters))
  let room = 128
  let packets = (0..<70).map { Packets.ip(payload: Packets.udp(Array(repeating: 5, count: $0 * 3))) }
  let buffers = packets.map { packet in
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: packet.count + 2 * room, alignment: 8)
    UnsafeMutableRawBufferPointer(rebasing: buffer[room...]).copyBytes(from: packet)
    return buffer
  }
  defer { for buffer in buffers { buffer.deallocate() } }
  var burst = zip(buffers, packets).map { BurstPacket(buffer: $0, packet: room..<room + $1.count) }
  burst[3].packet = 0..<packets[3].count
  var span = burst.mutableSpan
  outbound.encapsulate(&span)
  #expect(throws: Refusal.self) { try burst[3].verdict?.get() }
  burst.remove(at: 3)
  for index in burst.indices { burst[index].packet = try #require(try burst[index].verdict?.get()).packet }
  // The same packet twice in one burst: one passes.
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: burst[5].buffer.count, alignment: 8)
  defer { copy.deallocate() }
  copy.copyMemory(from: UnsafeRawBufferPointer(burst[5].buffer))
  burst.insert(BurstPacket(buffer: copy, packet: burst[5].packet), at: 6)
  span = burst.mutableSpan
  inbound.decapsulate(&span)
  // Without integrity nothing is checked for replays either.
  if suite.isAuthenticated { #expect(throws: Refusal.replayed(sequence: 6)) { try burst[6].verdict?.get() } }
  burst.remove(at: 6)
  let expected = packets.indices.filter { $0 != 3 }.map { packets[$0] }
  for (packet, original) in zip(burst, expected) {
    let range = try #require(try packet.verdict?.get()).packet
    #expect(Array(packet.buffer[range]) == original)
  }
  #expect(inbound.statistics.packets == (suite.isAuthenticated ? 69 : 70))
  #expect(inbound.statistics.antiReplayReplayed == (suite.isAuthenticated ? 1 : 0))
}

@Test func `a received packet is matched by destination, protocol and SPI`() throws {
  for configuration in Configuration.everything
  where configuration.suite.description == Suite.esp[0].description || configuration.proto == .ah {
    let sealed = try OutboundAssociation(configuration.parameters).encapsulate(Packets.ip(configuration.inner)).bytes
    let selector = try AssociationSelector(reading: sealed.span.bytes, 0..<sealed.count)
    let destination: IPAddress =
      switch configuration.tunnel {
      case .v4: Packets.gateway4.1
      case .v6: Packets.gateway6.1
      case nil: configuration.inner == .v4 ? Packets.destination4 : Packets.destination6
      }
    #expect(selector == AssociationSelector(destination: destination, protocol: configuration.proto, spi: 0x1000))
  }
  #expect(throws: Refusal.wrongProtocol(17)) {
    try AssociationSelector(reading: Packets.ip().span.bytes, 0..<Packets.ip().count)
  }
}

@Test(arguments: [
  "0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1", "2001:db8:0:1::1", "1:2:3:4:5:6:7:8", "fe80::",
])
func `addresses are read and written in their canonical form`(text: String) {
  #expect(IPAddress(text)?.description == text)
}

@Test(arguments: ["", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "g::"])
func `what is no address is not read`(text: String) {
  #expect(IPAddress(text) == nil)
}
