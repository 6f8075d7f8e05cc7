import Foundation
import Testing

@testable import ESP

/// How long to fuzz, in seconds: `ESP_FUZZ_SECONDS`, by default 3. `ESP_FUZZ_SEED` repeats a run.
private let seconds = ProcessInfo.processInfo.environment["ESP_FUZZ_SECONDS"].flatMap(Double.init) ?? 3
private let seed =
  ProcessInfo.processInfo.environment["ESP_FUZZ_SEED"].flatMap(UInt64.init) ?? .random(in: 0...UInt64.max)

/// Bytes in front of and behind every packet that must stay as they are.
private let guardBytes = [UInt8](repeating: 0xa7, count: 64)

/// Changes some bytes, cuts, repeats, or sets a length field.
private func mutated(_ packet: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
  var packet = packet
  for _ in 0..<Int.random(in: 1...4, using: &random) where !packet.isEmpty {
    let offset = Int.random(in: 0..<packet.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: packet[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: packet[offset] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &random)!
    case 2: packet.removeLast(Int.random(in: 0...packet.count, using: &random))
    case 3: packet.insert(contentsOf: random.bytes(8), at: offset)
    case 4: packet.replaceSubrange(0..<min(60, packet.count), with: random.bytes(min(60, packet.count)))
    default: packet += packet.suffix(from: offset)
    }
  }
  return packet
}

/// A packet whose ICV is good and whose payload and trailer are anything at all.
private func forged(_ configuration: Configuration, _ sequence: UInt64, _ random: inout SeededGenerator) throws
  -> [UInt8]
{
  var parameters = configuration.parameters
  let align = max(4, parameters.lengths.block)
  parameters.mode = .transport
  parameters.udpEncapsulation = nil
  let inner = mutated(Packets.ip([.v4, .v6].randomElement(using: &random)!), &random)
  var text = Array(inner.prefix(1400)) + random.bytes(Int.random(in: 0...5, using: &random))
  text += [UInt8.random(in: 0...8, using: &random), [4, 41, 59, 17, 6, 60].randomElement(using: &random)!]
  text = Array(repeating: 0x45, count: (align - text.count % align) % align) + text
  return Packets.ip(configuration.tunnel ?? .v4, protocol: 50, payload: try parameters.seal(text, sequence: sequence))
}

/// Reads a packet's selector, for what it might do.
private func select(_ packet: [UInt8]) {
  _ = try? AssociationSelector(reading: packet.span.bytes, packet.indices)
}

@Test func `no received packet makes the engine crash, hang or touch other bytes`() throws {
  print("fuzzing ESP for \(seconds) s with ESP_FUZZ_SEED=\(seed)")
  var random = SeededGenerator(seed: seed)
  let end = Date(timeIntervalSinceNow: seconds)
  var (tried, passed) = (0, 0)
  while Date() < end || tried < 1000 {
    let configuration = Configuration.everything.randomElement(using: &random)!
    let outbound = try OutboundAssociation(configuration.parameters)
    let inbound = try InboundAssociation(configuration.parameters)
    for _ in 0..<50 {
      let sealed: [UInt8]
      if configuration.proto == .esp, !configuration.udp, Bool.random(using: &random) {
        sealed = try forged(configuration, UInt64(tried + 1), &random)
      } else {
        sealed = mutated(try outbound.encapsulate(Packets.ip(configuration.inner)).bytes, &random)
      }
      var buffer = guardBytes + sealed + guardBytes
      let range = guardBytes.count..<guardBytes.count + sealed.count
      var elements = buffer.mutableSpan
      var span = elements.mutableBytes
      do throws(Refusal) {
        let packet = try inbound.decapsulate(inPlace: &span, packet: range).packet
        #expect(packet.isEmpty || range.contains(packet.lowerBound) && packet.upperBound <= range.upperBound)
        passed += 1
      } catch {}
      #expect(
        Array(buffer.prefix(64)) == guardBytes && Array(buffer.suffix(64)) == guardBytes,
        "seed \(seed), packet \(tried)")
      select(sealed)
      _ = try? outbound.encapsulate(mutated(Packets.ip(configuration.inner), &random))
      tried += 1
    }
  }
  print("\(tried) packets, \(passed) of them passed")
  #expect(passed > 0 && passed < tried, "the fuzzer reaches both sides of every check")
}
