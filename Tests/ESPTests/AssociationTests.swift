import Foundation
import Synchronization
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

@Test func `the packet that reaches the soft limit is reported once, and the one behind the hard limit refused`() throws
{
  let size = UInt64(Packets.ip().count)
  for lifetime in [
    Lifetime(softPackets: 2, hardPackets: 3),
    Lifetime(softBytes: 2 * size, hardBytes: 3 * size),
    Lifetime(softBytes: size + 1, hardBytes: 2 * size + 1),
  ] {
    var parameters = Parameters.gcm
    parameters.lifetime = lifetime
    let outbound = try OutboundAssociation(parameters)
    let inbound = try InboundAssociation(parameters)
    let unlimited = try OutboundAssociation(.gcm)
    for number in 1...3 {
      let sealed = try outbound.encapsulate(Packets.ip())
      #expect(sealed.outcome.events == (number == 2 ? .softLifetime : []))
      #expect(try inbound.decapsulate(sealed.bytes).outcome.events == (number == 2 ? .softLifetime : []))
      _ = try unlimited.encapsulate(Packets.ip())
    }
    #expect(throws: Refusal.hardLifetime) { try outbound.encapsulate(Packets.ip()) }
    let fourth = try unlimited.encapsulate(Packets.ip()).bytes
    #expect(throws: Refusal.hardLifetime) { try inbound.decapsulate(fourth) }
    #expect(outbound.statistics.lifetimeExpired == 1 && inbound.statistics.lifetimeExpired == 1)
  }
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

@Test func `parameters that make no association say which is at fault`() {
  func error(_ change: (inout Parameters) -> Void) -> ParameterError? {
    var parameters = Parameters.gcm
    change(&parameters)
    do throws(ParameterError) { _ = try OutboundAssociation(parameters) } catch { return error }
    return nil
  }
  #expect(error { $0.spi = 255 } == .reservedSPI(255))
  #expect(error { $0.replayWindow = -1 } == .replayWindow(-1))
  #expect(error { $0.dscp = .set(64) } == .dscp(64))
  #expect(error { $0.flowLabel = .set(1 << 20) } == .flowLabel(1 << 20))
  #expect(error { $0.hopLimit = 0 } == .hopLimit)
  #expect(error { $0.tfcLength = 70_000 } == .tfcLength(70_000))
  #expect(error { $0.mode = .tunnel(source: Packets.source4, destination: Packets.destination6) } == .mixedTunnel)
  #expect(error { $0.protocol = .ah } == .encryptionInAH)
  #expect(
    error { $0.protection = .combined(.aesGCM16, key: Key(0..<15), salt: Key(0..<4)) }
      == .keyLength(algorithm: "aes-gcm-16", bytes: 15, expected: [16, 24, 32]))
  #expect(
    error { $0.protection = .combined(.aesCCM8, key: Key(0..<16), salt: Key(0..<4)) }
      == .saltLength(algorithm: "aes-ccm-8", bytes: 4, expected: 3))
  #expect(error { $0.protection = .separate(.null, .none) } == .noProtection)
  #expect(
    error {
      $0.allowsLegacy = false
      $0.protection = .separate(.desCBC, key: Key(0..<8), .hmacSHA1_96, authenticationKey: Key(0..<20))
    } == .legacy(algorithm: "des-cbc"))
}

@Test func `keys show up in no description`() {
  var text = ""
  dump(Parameters.gcm, to: &text)
  let key = Key(Array(repeating: 0xab, count: 16))
  text += "\(key) \(String(reflecting: key)) \(ParameterError.keyLength(algorithm: "x", bytes: 3, expected: [16]))"
  dump(key, to: &text)
  #expect(!text.contains("171") && !text.lowercased().contains("abab") && !text.contains("storage"))
  #expect(text.contains("128 secret bits"))
}

@Test func `a key is zeroed when its last holder goes`() {
  var secret: SecretBytes? = SecretBytes(count: 16) { $0.copyBytes(from: Array(repeating: 0xab as UInt8, count: 16)) }
  let memory = UnsafeRawBufferPointer(start: secret!.start, count: 16)
  #expect(memory.allSatisfy { $0 == 0xab })
  secret = nil
  // The secure heap keeps its pages mapped, and puts links of its free list where the key was.
  #expect(!memory.contains(0xab))
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

@Test func `a result beyond 65535 bytes is refused`() throws {
  let outbound = try OutboundAssociation(.gcm)
  let largest = Packets.ip(payload: Array(repeating: 0, count: 65_535 - 20))
  #expect(throws: Refusal.tooLong) { try outbound.encapsulate(largest) }
  #expect(outbound.statistics.invalidPacket == 1 && outbound.state.sequence == 0)
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

@Test func `encryption without integrity is refused unless it is allowed, and checks no replays then`() throws {
  var parameters = Parameters.test(Suite.separate(.aesCBC, .none))
  let sealed = try OutboundAssociation(parameters).encapsulate(Packets.ip()).bytes
  let inbound = try InboundAssociation(parameters)
  for _ in 0..<2 { #expect(try inbound.decapsulate(sealed).bytes == Packets.ip()) }
  parameters.allowsUnauthenticated = false
  #expect(throws: ParameterError.noProtection) { try OutboundAssociation(parameters) }
  #expect(throws: ParameterError.noProtection) { try InboundAssociation(parameters) }
}

/// A cipher whose library fails.
private final class BrokenCipher: SymmetricCipher {
  func encrypt(_ job: CryptoJob) -> Bool { false }
  func decrypt(_ job: CryptoJob) -> Bool { false }
}

@Test func `a cipher that fails behind a good ICV is no bad ICV, and nothing of the packet stays`() throws {
  let parameters = Parameters.test(Suite.separate(.aesCBC, .hmacSHA1_96))
  guard case .separate(_, _, _, let algorithm, let key) = parameters.protection else { return }
  let transform = EncryptThenMAC(
    cipher: BrokenCipher(), authenticator: try makeAuthenticator(algorithm, key: key), icvLength: 12, extended: false)
  let inbound = try InboundAssociation(parameters)
  var packet = try OutboundAssociation(parameters).encapsulate(Packets.ip()).bytes
  let result = try inbound.progress.withLock { progress in
    var elements = packet.mutableSpan
    var span = elements.mutableBytes
    var plan = DecapsulationPlan(0..<span.byteCount)
    try inbound.locate(span.bytes, &plan, &progress)
    let result = span.withUnsafeMutableBytes {
      var job = inbound.jobESP($0.baseAddress!, plan)
      withUnsafeMutablePointer(to: &job) { transform.open(UnsafeMutableBufferPointer(start: $0, count: 1)) }
      return job.result
    }
    #expect(throws: Refusal.cryptographyFailed) { try inbound.settle(&span, plan, result, &progress) }
    return result
  }
  #expect(result == .failed)
  #expect(inbound.statistics.cryptoOperationFailed == 1 && inbound.statistics.invalidICV == 0)
  #expect(inbound.state.sequence == 0, "the window does not move")
  #expect(packet[44..<packet.count - 12].allSatisfy { $0 == 0 })
}

/// A transform whose library fails at odd sequence numbers.
private final class BrokenTransform: Transform {
  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices { jobs[index].result = CryptoResult(jobs[index].sequence.isMultiple(of: 2)) }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) { seal(jobs) }
}

@Test(arguments: [SecurityProtocol.esp, .ah], [false, true])
func `a packet whose sealing fails counts as failed alone`(number: SecurityProtocol, burst: Bool) throws {
  let parameters = Parameters.test(Suite.separate(.null, .hmacSHA1_96), number)
  let outbound = try OutboundAssociation(parameters)
  try outbound.replaceTransform { BrokenTransform() }
  var failures = 0
  if burst {
    let packet = Packets.ip()
    let room = outbound.headRoom
    let buffers = (0..<4).map { _ in
      let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: room + packet.count + outbound.tailRoom, alignment: 8)
      UnsafeMutableRawBufferPointer(rebasing: buffer[room...]).copyBytes(from: packet)
      return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    var packets = buffers.map { BurstPacket(buffer: $0, packet: room..<room + packet.count) }
    var span = packets.mutableSpan
    outbound.encapsulate(&span)
    failures = packets.count { $0.verdict == .failure(.cryptographyFailed) }
  } else {
    for _ in 0..<4 {
      do { _ = try outbound.encapsulate(Packets.ip()) } catch Refusal.cryptographyFailed { failures += 1 }
    }
  }
  #expect(failures == 2)
  let statistics = outbound.statistics
  #expect(statistics.cryptoOperationFailed == 2 && statistics.packets == 2)
  #expect(statistics.bytes == UInt64(2 * Packets.ip().count))
  #expect(outbound.state.sequence == 4, "numbers that were taken stay taken")
  #expect(outbound.state.usage.packets == 4, "and so does the lifetime")
}

@Test func `associations between the same gateways count their identifications from places far apart`() throws {
  let first = try (0..<64).map { index in
    var parameters = Parameters.gcm
    parameters.spi = 0x1000 + UInt32(index)
    return Int(try OutboundAssociation(parameters).firstIdentification)
  }.sorted()
  #expect(zip(first, first.dropFirst()).allSatisfy { $1 - $0 > 256 })
}
