/// Why a packet was not processed. Nothing of a refused packet is released.
public enum Refusal: Error, Sendable, Hashable {
  /// The packet ends before its headers do, or before the length they state.
  case truncated
  /// A header contradicts itself: a wrong version, a header length below the minimum.
  case malformedHeader
  /// An authentication header that is not as long as the association's ICV wants it (RFC 4302 section 3.3.3.2.1).
  case wrongAHLength(Int, expected: Int)
  /// An IPv4 option or IPv6 extension header that cannot be carried (its number).
  case unsupportedOption(UInt8)
  /// An IPv6 packet of more than 65,535 bytes (RFC 2675).
  case jumbogram
  /// A fragment where RFC 4303 section 3.3.4 and 3.4.1 want a whole packet.
  case fragment
  /// The association's protocol is not what follows the IP header (which carries this number); in
  /// transport mode also 59, which ESP has for dummies (RFC 4303 section 2.6).
  case wrongProtocol(UInt8)
  /// The packet names another association.
  case unknownSPI(UInt32)
  /// Too few bytes for the header, IV, trailer and ICV of this association.
  case tooShort
  /// The encrypted part is no multiple of the algorithm's block (RFC 4303 section 2.4).
  case misaligned
  /// Sequence number 0, which no sender uses (RFC 4303 section 2.2).
  case sequenceZero
  /// The sequence number lies below the replay window.
  case late(sequence: UInt64)
  /// The sequence number was received before.
  case replayed(sequence: UInt64)
  /// The integrity check value is wrong.
  case icvMismatch
  /// The padding is not 1, 2, 3 … or longer than the packet (RFC 4303 section 2.4).
  case badPadding
  /// A tunnel packet that does not carry an IP packet (but this next header).
  case wrongMode(nextHeader: UInt8)
  /// The decrypted packet is not a well-formed IP packet.
  case badInnerPacket
  /// A WESP header that disagrees with the ESP packet behind it (RFC 5840 section 2).
  case wespMismatch
  /// Congestion was marked outside on a packet that is not ECN-capable inside (RFC 6040 section 4.2).
  case illegalECN
  /// A NAT keepalive (RFC 3948 section 2.3): to be swallowed.
  case keepalive
  /// An IKE message behind the non-ESP marker (RFC 3948 section 2.2): for the key daemon.
  case ike
  /// The hard lifetime is used up.
  case hardLifetime
  /// Every sequence number has been used; the association must be replaced (RFC 4303 section 3.3.3).
  case sequenceExhausted
  /// The buffer has fewer than this many bytes in front of the packet.
  case noHeadRoom(needed: Int)
  /// The buffer has fewer than this many bytes behind the packet.
  case noTailRoom(needed: Int)
  /// The result would exceed the path's MTU and must not be fragmented; a packet of `mtu` bytes would pass.
  case packetTooBig(mtu: Int)
  /// The result would exceed 65,535 bytes.
  case tooLong
  /// The hop limit is used up.
  case hopLimitExceeded
  /// The library refused to encrypt, or to decrypt what had a good ICV.
  case cryptographyFailed
}

extension Refusal: CustomStringConvertible {
  public var description: String {
    switch self {
    case .truncated: "packet is shorter than its headers say"
    case .malformedHeader: "malformed IP header"
    case .wrongAHLength(let length, let expected): "AH has \(length) bytes, where the association's has \(expected)"
    case .unsupportedOption(let kind): "option or extension header \(kind) is not supported"
    case .jumbogram: "jumbograms are not supported"
    case .fragment: "packet is a fragment"
    case .wrongProtocol(let number): "protocol \(number) is not this association's"
    case .unknownSPI(let spi): "no association has SPI 0x\(String(spi, radix: 16))"
    case .tooShort: "too short for header, IV, trailer and ICV"
    case .misaligned: "encrypted part is not a multiple of the block size"
    case .sequenceZero: "sequence number 0"
    case .late(let sequence): "sequence number \(sequence) is below the replay window"
    case .replayed(let sequence): "sequence number \(sequence) was received before"
    case .icvMismatch: "ICV does not match"
    case .badPadding: "padding is not 1, 2, 3 …"
    case .wrongMode(let next): "tunnel carries next header \(next), not an IP packet"
    case .badInnerPacket: "inner packet is malformed"
    case .wespMismatch: "WESP header disagrees with the ESP packet"
    case .illegalECN: "congestion marked on a packet that is not ECN-capable"
    case .keepalive: "NAT keepalive"
    case .ike: "IKE message"
    case .hardLifetime: "hard lifetime is used up"
    case .sequenceExhausted: "sequence numbers are used up"
    case .noHeadRoom(let needed): "needs \(needed) bytes of room before the packet"
    case .noTailRoom(let needed): "needs \(needed) bytes of room after the packet"
    case .packetTooBig(let mtu): "too big and not to be fragmented: \(mtu) bytes would pass"
    case .tooLong: "result would exceed 65535 bytes"
    case .hopLimitExceeded: "hop limit is used up"
    case .cryptographyFailed: "cryptographic operation failed"
    }
  }
}
