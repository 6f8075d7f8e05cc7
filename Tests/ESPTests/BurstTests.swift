import Testing

@testable import ESP

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

@Test func `a burst does not outlive the hard limit`() throws {
  var parameters = Parameters.gcm
  parameters.lifetime = Lifetime(hardPackets: 3)
  let inbound = try InboundAssociation(parameters)
  let unlimited = try OutboundAssociation(.gcm)
  let memory = try (0..<5).map { _ in try unlimited.encapsulate(Packets.ip()).bytes }
  let buffers = memory.indices.map { index in
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: memory[index].count, alignment: 1)
    buffer.copyBytes(from: memory[index])
    return buffer
  }
  defer { for buffer in buffers { buffer.deallocate() } }
  var burst = buffers.map { BurstPacket(buffer: $0, packet: $0.indices) }
  var packets = burst.mutableSpan
  inbound.decapsulate(&packets)
  for (index, packet) in burst.enumerated() {
    switch packet.verdict {
    case .success(let outcome): #expect(index < 3 && Array(buffers[index][outcome.packet]) == Packets.ip())
    case .failure(let refusal): #expect(index >= 3 && refusal == .hardLifetime)
    case nil: Issue.record("no verdict on packet \(index)")
    }
  }
  #expect(inbound.state.sequence == 3, "refused packets move no window")
}
