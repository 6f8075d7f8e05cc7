import Testing

@testable import ESP

@Test func `state carries an association over to another one`() throws {
  var parameters = Parameters.gcm
  parameters.extendedSequence = true
  let outbound = try OutboundAssociation(parameters, state: AssociationState(sequence: 1 << 32))
  let inbound = try InboundAssociation(parameters, state: AssociationState(sequence: 1 << 32))
  let sealed = try (0..<5).map { _ in try outbound.encapsulate(Packets.ip()).bytes }
  for index in [0, 2, 4] { _ = try inbound.decapsulate(sealed[index]) }
  let moved = try InboundAssociation(parameters, state: inbound.state)
  for index in [0, 2, 4] { #expect(throws: Refusal.self) { try moved.decapsulate(sealed[index]) } }
  for index in [1, 3] { #expect(try moved.decapsulate(sealed[index]).bytes == Packets.ip()) }
  #expect(moved.statistics.packets == 5 && moved.statistics.antiReplayReplayed == 3)
  #expect(moved.state.usage.packets == 5)
  let next = try OutboundAssociation(parameters, state: outbound.state)
  #expect(try next.encapsulate(Packets.ip()).outcome.sequence == 1 << 32 + 6)
}

@Test func `many threads on one association use every sequence number once, and the window passes each once`()
  async throws
{
  let outbound = try OutboundAssociation(.gcm)
  var parameters = Parameters.gcm
  parameters.replayWindow = 4096
  let inbound = try InboundAssociation(parameters)
  let (threads, count) = (4, 500)
  let sealed = try await withThrowingTaskGroup { group in
    for _ in 0..<threads {
      group.addTask { try (0..<count).map { _ in try outbound.encapsulate(Packets.ip()).bytes } }
    }
    return try await group.reduce(into: [[UInt8]]()) { $0 += $1 }
  }
  #expect(Set(sealed.map { Array($0[24..<28]) }).count == threads * count)
  let passed = await withTaskGroup { group in
    for _ in 0..<threads {
      group.addTask { sealed.count { (try? inbound.decapsulate($0)) != nil } }
    }
    return await group.reduce(0, +)
  }
  #expect(passed == threads * count, "each packet was sent to every thread and passed one")
  #expect(inbound.statistics.antiReplayReplayed == UInt64((threads - 1) * threads * count))
}
