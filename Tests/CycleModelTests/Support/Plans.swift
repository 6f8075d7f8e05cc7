import Clockwork
import CycleModel
import Device
import ESP
import Spec
import Testbench
import Virtio
import Wire

/// Plans, packets and SAs that tests share.
enum Plans {
  /// An IPv4 packet of `count` bytes.
  static func packet(_ count: Int, seed: UInt8 = 1) -> [UInt8] {
    var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) &* 7 &+ seed }
    let header: [UInt8] = [
      0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2,
    ]
    bytes.replaceSubrange(0..<20, with: header)
    let sum = stride(from: 0, to: 20, by: 2).reduce(UInt32(0)) {
      $0 + UInt32(bytes[$1]) << 8 + UInt32(bytes[$1 + 1])
    }
    let folded = ~UInt16(sum & 0xffff + sum >> 16)
    (bytes[10], bytes[11]) = (UInt8(folded >> 8), UInt8(folded & 0xff))
    return bytes
  }

  /// A tunnel of its own for each number.
  static func tunnel(_ number: UInt32) -> SADescription {
    let isCBC = number % 2 == 1
    let key = [UInt8](1...16), salt: [UInt8] = [9, 9, 9, UInt8(truncatingIfNeeded: number)]
    var parameters = Parameters(
      spi: 0x1000 + number, mode: .tunnel(source: IPAddress("192.0.2.1")!, destination: IPAddress("192.0.2.2")!),
      protection: isCBC
        ? .separate(.aesCBC, key: Key(key), .hmacSHA1_96, authenticationKey: Key([UInt8](1...20)))
        : .combined(.aesGCM16, key: Key(key), salt: Key(salt)))
    parameters.replayWindow = 1024
    var description = SADescription(parameters)
    description.cipher = isCBC ? .init(.aesCBC, key: Key(key)) : .init(.aesGCM16, key: Key(key), salt: Key(salt))
    if isCBC { description.authentication = .init(.sha1, key: Key([UInt8](1...20))) }
    return description
  }

  static let packets = [packet(64), packet(590, seed: 2), packet(1_420, seed: 3)]

  /// Both directions of one pair, over several SAs.
  static func both(
    _ mode: Mode, version: SpecVersion = .v2_0, count: UInt64 = 120, seed: UInt64 = 1, sas: UInt32 = 6
  ) -> Plan {
    var outbound = Flow(.encapsulate, .poisson(mean: 200_000), count: count, packets: packets)
    var inbound = Flow(
      .decapsulate(replaysPerMillion: 50_000), .bursts(of: 8, every: 2_000_000), count: count, packets: packets)
    // Cipher block chaining takes its IVs from a generator: only counter modes give the same bytes twice.
    outbound.associations = Array(stride(from: 0, to: Int(sas), by: 2))
    inbound.associations = Array(0..<Int(sas))
    var plan = Plan(
      version: version, mode: mode, associations: (0..<sas).map { tunnel($0) }, flows: [outbound, inbound])
    plan.seed = seed
    return plan
  }

  /// A profile of small units, in which everything waits for something.
  static var narrow: Profile {
    var profile = Profile()
    (profile.ringSize, profile.cacheEntries, profile.inputQueue, profile.laneQueue, profile.lanes) = (32, 4, 3, 3, 2)
    return profile
  }
}

extension Run {
  /// The trace until `limit`.
  func trace(until limit: Instant = .never) -> [TraceRecord] {
    var records: [TraceRecord] = []
    advance(until: limit) { piece in for index in piece.indices { records.append(piece[index]) } }
    return records
  }
}

/// Packets of a run by queue.
final class Capture {
  private(set) var results: [Int: [[UInt8]]] = [:]
  private(set) var inputs = 0

  init(_ run: Run) {
    run.observe { [self] packet in
      if packet.isResult { results[packet.queue, default: []].append(packet.bytes) } else { inputs += 1 }
    }
  }
}
