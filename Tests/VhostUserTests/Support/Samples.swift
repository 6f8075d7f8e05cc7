import Device
import ESP
import Spec

/// An SA and packets.
enum Samples {
  static var parameters: Parameters {
    var parameters = Parameters(
      spi: 0x1001, mode: .tunnel(source: IPAddress("192.0.2.1")!, destination: IPAddress("192.0.2.2")!),
      protection: .combined(.aesGCM16, key: Key(1...16), salt: Key([0xa, 0xb, 0xc, 0xd])))
    parameters.replayWindow = 64
    return parameters
  }

  static var sa: SADescription {
    var description = SADescription(parameters)
    description.cipher = .init(.aesGCM16, key: Key(1...16), salt: Key([0xa, 0xb, 0xc, 0xd]))
    return description
  }

  /// An IPv4 packet of so many bytes.
  static func packet(_ count: Int = 92, seed: UInt8 = 1) -> [UInt8] {
    var packet: [UInt8] = [
      0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2,
    ]
    let sum = stride(from: 0, to: 20, by: 2).reduce(UInt32(0)) { $0 + UInt32(packet[$1]) << 8 + UInt32(packet[$1 + 1]) }
    let folded = ~UInt16(truncatingIfNeeded: sum & 0xffff + sum >> 16)
    (packet[10], packet[11]) = (UInt8(folded >> 8), UInt8(folded & 0xff))
    return packet + (20..<count).map { UInt8(truncatingIfNeeded: $0) &* 7 &+ seed }
  }

  /// Unwraps a packet with an association of a peer's own.
  static func open(_ packet: [UInt8]) throws -> [UInt8] {
    let association = try InboundAssociation(parameters)
    var output = [UInt8](repeating: 0, count: packet.count)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    let outcome = try association.decapsulate(packet.span.bytes, into: &span)
    return Array(output[outcome.packet])
  }
}
