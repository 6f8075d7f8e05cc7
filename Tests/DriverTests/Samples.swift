import Driver
import ESP
import Spec

/// SAs and packets that the driver's tests share.
enum Samples {
  static let key = [UInt8](1...16), salt: [UInt8] = [0xa, 0xb, 0xc, 0xd]

  /// An SA of AES-GCM in an IPv4 tunnel.
  static func gcmTunnel(spi: UInt32 = 0x1001) -> SAConfiguration {
    var configuration = SAConfiguration(spi: spi)
    configuration.tunnel = .init(source: [192, 0, 2, 1], destination: [192, 0, 2, 2])
    configuration.cipher = .init(.aesGCM16, key: key, salt: salt)
    configuration.replayWindow = 64
    return configuration
  }

  /// The other end of `gcmTunnel`, which never met driver or device.
  static func peer(spi: UInt32 = 0x1001) throws -> InboundAssociation {
    var parameters = Parameters(
      spi: spi, mode: .tunnel(source: IPAddress("192.0.2.1")!, destination: IPAddress("192.0.2.2")!),
      protection: .combined(.aesGCM16, key: Key(key), salt: Key(salt)))
    parameters.replayWindow = 64
    return try InboundAssociation(parameters)
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
