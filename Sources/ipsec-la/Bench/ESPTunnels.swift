import CBaseline
import ESP

/// What `ipsec-la bench esp` compares: something that protects a batch, and takes it apart again.
protocol Tunnel {
  func encapsulate(_ batch: Batch) throws
  func decapsulate(_ batch: Batch) throws
}

/// Packets in buffers of their own, with room around them.
final class Batch {
  private static let room = 128
  let count = 256
  private let buffers: [UnsafeMutableRawBufferPointer]
  private let burst: UnsafeMutableBufferPointer<BurstPacket>
  /// Where in its buffer each packet lies at the moment.
  let ranges: UnsafeMutableBufferPointer<Range<Int>>

  /// IPv4 packets of so many bytes.
  init(bytes: Int) {
    let room = Self.room
    buffers = (0..<count).map { _ in .allocate(byteCount: bytes + 2 * room, alignment: 64) }
    ranges = .allocate(capacity: count)
    burst = .allocate(capacity: count)
    ranges.initialize(repeating: room..<room + bytes)
    for (index, buffer) in buffers.enumerated() {
      burst.initializeElement(at: index, to: BurstPacket(buffer: buffer, packet: 0..<0))
      for offset in 0..<bytes { buffer[room + offset] = UInt8(truncatingIfNeeded: offset * 7) }
      buffer.storeBytes(of: UInt32(0x4500_0000 | UInt32(bytes)).bigEndian, toByteOffset: room, as: UInt32.self)
      buffer.storeBytes(of: 0, toByteOffset: room + 4, as: UInt32.self)
    }
  }

  deinit {
    for buffer in buffers { buffer.deallocate() }
    ranges.deallocate()
    burst.deallocate()
  }

  /// Hands each packet to `body`, which returns where it lies afterwards.
  func forEachPacket(_ body: (UnsafeMutableRawBufferPointer, Range<Int>) throws -> Range<Int>) rethrows {
    for index in 0..<count { ranges[index] = try body(buffers[index], ranges[index]) }
  }

  /// Hands all packets to `body` and takes over where they lie afterwards.
  func withBurst(_ body: (inout MutableSpan<BurstPacket>) -> Void) throws {
    for index in 0..<count { burst[index].packet = ranges[index] }
    var packets = burst.mutableSpan
    body(&packets)
    for index in 0..<count {
      guard case .success(let outcome) = burst[index].verdict else {
        throw CommandError("the engine refused its own packet")
      }
      ranges[index] = outcome.packet
    }
  }
}

/// Careful C, one packet a call.
final class CTunnel: Tunnel {
  private static let front = 36
  private let tunnel: OpaquePointer

  /// - Parameter lean: whether libcrypto is called as the engine calls it, or as its manual shows.
  init(extended: Bool, lean: Bool) throws {
    guard let tunnel = esp_baseline_new(Array(0..<16) as [UInt8], [4, 3, 2, 1], extended, lean) else {
      throw CommandError("libcrypto refuses the baseline")
    }
    self.tunnel = tunnel
  }

  deinit { esp_baseline_free(tunnel) }

  func encapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      let length = esp_baseline_encap(tunnel, buffer.bytes(at: range.lowerBound), range.count)
      guard length > 0 else { throw CommandError("the baseline failed") }
      return range.lowerBound - Self.front..<range.lowerBound - Self.front + length
    }
  }

  func decapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      let length = esp_baseline_decap(tunnel, buffer.bytes(at: range.lowerBound), range.count)
      guard length > 0 else { throw CommandError("the baseline refused its own packet") }
      return range.lowerBound + Self.front..<range.lowerBound + Self.front + length
    }
  }
}

/// AES-128-CBC and HMAC-SHA1 in C over what a packet of 64 bytes becomes: 80 bytes of text. Headers are not its work.
final class CMACLoop: Tunnel {
  private let pair: OpaquePointer
  private let careful: Bool
  /// Its own, because it leaves ciphertext behind.
  private let batch = Batch(bytes: 80)

  init(careful: Bool) throws {
    guard let pair = esp_mac_baseline_new(Array(0..<16) as [UInt8], Array(0..<20) as [UInt8]) else {
      throw CommandError("libcrypto refuses the baseline")
    }
    self.pair = pair
    self.careful = careful
  }

  deinit { esp_mac_baseline_free(pair) }

  func encapsulate(_: Batch) throws {
    try batch.forEachPacket { buffer, range in
      guard esp_mac_baseline_seal(pair, buffer.bytes(at: range.lowerBound - 24), range.count, careful) else {
        throw CommandError("the baseline failed")
      }
      return range
    }
  }

  func decapsulate(_: Batch) {}
}

/// What the engine's contenders have in common.
enum Engine {
  /// Every algorithm with its longest key; AH where nothing is encrypted.
  static var all: [Parameters] {
    func key(_ facts: AlgorithmFacts) -> Key { Key((0..<(facts.keyLengths.last ?? 0)).map { UInt8($0) }) }
    func salt(_ facts: AlgorithmFacts) -> Key { Key((0..<facts.saltLength).map { UInt8($0) }) }
    let mac = AuthenticationAlgorithm.hmacSHA256_128
    let macs = AuthenticationAlgorithm.allCases.filter { $0 != .none }
    let protections: [Parameters.Protection] =
      CombinedAlgorithm.allCases.map { .combined($0, key: key($0.facts), salt: salt($0.facts)) }
      + EncryptionAlgorithm.allCases.map {
        .separate($0, key: key($0.facts), salt: salt($0.facts), mac, authenticationKey: key(mac.facts))
      } + macs.map { .separate(.null, $0, authenticationKey: key($0.facts)) }
    return protections.flatMap { protection in
      var esp = parameters(extended: true, protection: protection)
      esp.allowsLegacy = true
      var ah = esp
      ah.protocol = .ah
      switch protection {
      case .combined(.aesGMAC, _, _), .separate(.null, _, _, _, _): return [esp, ah]
      default: return [esp]
      }
    }
  }

  static func parameters(
    extended: Bool,
    protection: Parameters.Protection = .combined(.aesGCM16, key: Key(0..<16), salt: Key([4, 3, 2, 1]))
  ) -> Parameters {
    var parameters = Parameters(
      spi: 0x1001, mode: .tunnel(source: .v4(0x0a00_0001), destination: .v4(0x0a00_0002)), protection: protection)
    parameters.extendedSequence = extended
    parameters.replayWindow = 1024
    return parameters
  }
}

/// The engine, one packet a call.
final class OneByOne: Tunnel {
  private let outbound: OutboundAssociation
  private let inbound: InboundAssociation

  init(_ parameters: Parameters) throws {
    outbound = try OutboundAssociation(parameters)
    inbound = try InboundAssociation(parameters)
  }

  func encapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      var bytes = buffer.mutableBytes
      return try outbound.encapsulate(inPlace: &bytes, packet: range).packet
    }
  }

  func decapsulate(_ batch: Batch) throws {
    try batch.forEachPacket { buffer, range in
      var bytes = buffer.mutableBytes
      return try inbound.decapsulate(inPlace: &bytes, packet: range).packet
    }
  }
}

/// The engine, all packets of a batch in one call.
final class Bursts: Tunnel {
  private let outbound: OutboundAssociation
  private let inbound: InboundAssociation

  init(_ parameters: Parameters) throws {
    outbound = try OutboundAssociation(parameters)
    inbound = try InboundAssociation(parameters)
  }

  func encapsulate(_ batch: Batch) throws { try batch.withBurst { outbound.encapsulate(&$0) } }

  func decapsulate(_ batch: Batch) throws { try batch.withBurst { inbound.decapsulate(&$0) } }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func bytes(at offset: Int) -> UnsafeMutablePointer<UInt8> {
    (baseAddress.unsafelyUnwrapped + offset).assumingMemoryBound(to: UInt8.self)
  }
}
