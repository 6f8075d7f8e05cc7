import Dispatch
import ESP

// Four threads protect and unwrap with one pair of associations, by single calls and by bursts, and read its state.

let protections: [Parameters.Protection] = [
  .combined(.aesGCM16, key: Key(0..<16), salt: Key(0..<4)),
  .combined(.chaCha20Poly1305, key: Key(0..<32), salt: Key(0..<4)),
  .separate(.aesCBC, key: Key(0..<16), .hmacSHA1_96, authenticationKey: Key(0..<20)),
  .separate(.aesCTR, key: Key(0..<16), salt: Key(0..<4), .aesCMAC_96, authenticationKey: Key(0..<16)),
  .separate(.null, .hmacSHA256_128, authenticationKey: Key(0..<32)),
]
let (threads, packets) = (4, 2000)

for protection in protections {
  var parameters = Parameters(spi: 0x1000, mode: .tunnel(source: .v4(1), destination: .v4(2)), protection: protection)
  if case .separate(.null, _, _, _, _) = protection { parameters.protocol = .ah }
  parameters.replayWindow = 4096
  let outbound = try OutboundAssociation(parameters)
  let inbound = try InboundAssociation(parameters)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 400, alignment: 8)
    defer { buffer.deallocate() }
    for number in 0..<packets {
      for offset in 100..<200 { buffer[offset] = 0 }
      buffer.storeBytes(of: UInt32(0x4500_0064).bigEndian, toByteOffset: 100, as: UInt32.self)
      number.isMultiple(of: 2) ? single(buffer) : burst(buffer)
      if number % 100 == 0 { _ = (outbound.state, inbound.state, inbound.statistics) }
    }
  }
  precondition(outbound.statistics.packets == threads * packets && inbound.statistics.packets == threads * packets)

  @Sendable func single(_ buffer: UnsafeMutableRawBufferPointer) {
    var bytes = buffer.mutableBytes
    do throws(Refusal) {
      let sealed = try outbound.encapsulate(inPlace: &bytes, packet: 100..<200).packet
      _ = try inbound.decapsulate(inPlace: &bytes, packet: sealed)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  @Sendable func burst(_ buffer: UnsafeMutableRawBufferPointer) {
    var burst = [BurstPacket(buffer: buffer, packet: 100..<200)]
    var span = burst.mutableSpan
    outbound.encapsulate(&span)
    guard case .success(let sealed)? = span[0].verdict else { preconditionFailure("not protected") }
    span[0].packet = sealed.packet
    inbound.decapsulate(&span)
    guard case .success? = span[0].verdict else { preconditionFailure("not unwrapped") }
  }
}
print("\(protections.count) associations, \(threads) threads: no race")
