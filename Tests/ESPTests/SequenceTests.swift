import Testing

@testable import ESP

@Test func `the last sequence number is sent and the next one refused`() throws {
  for (extended, last) in [(false, UInt64(UInt32.max)), (true, UInt64.max)] {
    var parameters = Parameters.gcm
    parameters.extendedSequence = extended
    parameters.overflowNotice = 2
    let outbound = try OutboundAssociation(parameters, state: AssociationState(sequence: last - 3))
    #expect(try outbound.encapsulate(Packets.ip()).outcome.events == .sequenceOverflowNear)
    #expect(try outbound.encapsulate(Packets.ip()).outcome.events == [])
    #expect(try outbound.encapsulate(Packets.ip()).outcome.sequence == last)
    for _ in 0..<2 { #expect(throws: Refusal.sequenceExhausted) { try outbound.encapsulate(Packets.ip()) } }
    #expect(outbound.statistics.sequenceOverflow == 2)
    #expect(outbound.statistics.packets == 3)
  }
}

@Test func `a sequence number, and with it an IV, is never used again under a key`() throws {
  let outbound = try OutboundAssociation(.gcm, state: AssociationState(sequence: 10))
  #expect(throws: ParameterError.state("sequence 9 is behind 10 under the same key")) { try outbound.advance(to: 9) }
  try outbound.advance(to: 20)
  #expect(try outbound.encapsulate(Packets.ip()).outcome.sequence == 21)
}

@Test func `sequence numbers are reported at their interval, across 2^32 as well`() throws {
  var parameters = Parameters.gcm
  parameters.extendedSequence = true
  parameters.sequenceInterval = 4
  let start = AssociationState(sequence: 1 << 32 - 6)
  let outbound = try OutboundAssociation(parameters, state: start)
  let inbound = try InboundAssociation(parameters, state: start)
  for _ in 0..<12 {
    let sealed = try outbound.encapsulate(Packets.ip())
    let expected: Events = sealed.outcome.sequence % 4 == 0 ? .sequencePeriodic : []
    #expect(sealed.outcome.events == expected)
    #expect(try inbound.decapsulate(sealed.bytes).outcome.events == expected)
  }
}

@Test func `whoever starts or advances behind the notice of overflow is told at once, and once`() throws {
  let last = UInt64(UInt32.max)
  let advanced = try OutboundAssociation(.gcm)
  try advanced.advance(to: last - 10)
  let restored = try OutboundAssociation(.gcm, state: AssociationState(sequence: last - 10))
  for outbound in [advanced, restored] {
    #expect(try outbound.encapsulate(Packets.ip()).outcome.events == .sequenceOverflowNear)
    #expect(try outbound.encapsulate(Packets.ip()).outcome.events == [])
    let next = try OutboundAssociation(.gcm, state: outbound.state)
    #expect(try next.encapsulate(Packets.ip()).outcome.events == [])
  }
  #expect(throws: ParameterError.state("sequence 4294967296 does not fit 32 bits")) {
    try advanced.advance(to: 1 << 32)
  }
}

@Test(arguments: [EncryptionAlgorithm.aesCBC, .tripleDESCBC, .desCBC])
func `CBC IVs look random and never repeat, not even after a restart`(cipher: EncryptionAlgorithm) throws {
  let parameters = Parameters.test(Suite.separate(cipher, .hmacSHA256_128))
  let length = cipher.facts.ivLength
  var seen: Set<[UInt8]> = []
  var ones = 0
  for _ in 0..<2 {
    // Both begin with sequence number 1: a restart that lost its state.
    let outbound = try OutboundAssociation(parameters)
    for _ in 0..<500 {
      let iv = Array(try outbound.encapsulate(Packets.ip()).bytes[28..<28 + length])
      #expect(seen.insert(iv).inserted)
      ones += iv.reduce(0) { $0 + $1.nonzeroBitCount }
    }
  }
  // Of n fair bits n/2 are set, give or take six standard deviations of √n/2.
  let bits = Double(1000 * length * 8)
  #expect(abs(Double(ones) - bits / 2) < 3 * bits.squareRoot())
}
