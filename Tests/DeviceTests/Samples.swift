import Device
import ESP
import Spec

/// SAs and packets that tests share.
enum Samples {
  static let key = [UInt8](1...16), salt: [UInt8] = [0xa, 0xb, 0xc, 0xd]
  static let gateways = (IPAddress("192.0.2.1")!, IPAddress("192.0.2.2")!)

  /// What a peer needs that never met the device.
  static var gcmTunnelParameters: Parameters {
    var parameters = Parameters(
      spi: 0x1001, mode: .tunnel(source: gateways.0, destination: gateways.1),
      protection: .combined(.aesGCM16, key: Key(key), salt: Key(salt)))
    parameters.replayWindow = 64
    return parameters
  }

  static var gcmTunnel: SADescription { describe(gcmTunnelParameters, .aesGCM16, key, salt) }

  static func describe(
    _ parameters: Parameters, _ cipher: CipherAlgorithm, _ key: [UInt8], _ salt: [UInt8] = []
  ) -> SADescription {
    var description = SADescription(parameters)
    description.cipher = .init(cipher, key: Key(key), salt: Key(salt))
    return description
  }

  /// An IPv4 packet of UDP with `count` bytes of data.
  static func packet(_ count: Int = 64, seed: UInt8 = 1) -> [UInt8] {
    let length = 28 + count
    var header: [UInt8] = [
      0x45, 0, UInt8(length >> 8), UInt8(length & 0xff), 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2,
    ]
    var sum = stride(from: 0, to: 20, by: 2).reduce(UInt32(0)) { $0 + UInt32(header[$1]) << 8 + UInt32(header[$1 + 1]) }
    while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
    (header[10], header[11]) = (UInt8(~UInt16(sum) >> 8), UInt8(~UInt16(sum) & 0xff))
    let udp: [UInt8] = [0x03, 0xe8, 0x07, 0xd0, UInt8((8 + count) >> 8), UInt8((8 + count) & 0xff), 0, 0]
    return header + udp + (0..<count).map { UInt8(truncatingIfNeeded: $0) &* 7 &+ seed }
  }
}

extension InboundAssociation {
  /// Unwraps a packet.
  func open(_ packet: [UInt8]) throws(Refusal) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: packet.count)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    let outcome = try decapsulate(packet.span.bytes, into: &span)
    return Array(output[outcome.packet])
  }
}

extension OutboundAssociation {
  /// Protects a packet.
  func seal(_ packet: [UInt8]) throws(Refusal) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: headRoom + packet.count + parameters.tfcLength + tailRoom)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    let outcome = try encapsulate(packet.span.bytes, into: &span)
    return Array(output[outcome.packet])
  }
}
