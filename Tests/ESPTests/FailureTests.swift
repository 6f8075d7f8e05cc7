import Synchronization
import Testing

@testable import ESP

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
