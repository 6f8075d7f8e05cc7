/// What an association has done, by the names of the g-API's `sa_stats`.
public struct Statistics: Sendable, Hashable {
  /// Packets that passed.
  public var packets: UInt64 = 0
  /// Bytes of those packets outside IPsec: as given to encapsulation, as returned by decapsulation.
  public var bytes: UInt64 = 0

  public var invalidPacket: UInt64 = 0
  public var invalidPadLength: UInt64 = 0
  public var invalidSequenceNumber: UInt64 = 0
  public var antiReplayLate: UInt64 = 0
  public var antiReplayReplayed: UInt64 = 0
  public var invalidICV: UInt64 = 0
  public var sequenceOverflow: UInt64 = 0
  public var cryptoOperationFailed: UInt64 = 0
  public var noTailRoom: UInt64 = 0
  public var submitToAcceleratorFailed: UInt64 = 0
  /// Refused because the hard lifetime was used up; the g-API has no name for it.
  public var lifetimeExpired: UInt64 = 0

  public init() {}

  /// Counts a refusal in the one counter that it belongs to.
  mutating func count(_ refusal: Refusal) {
    switch refusal {
    case .keepalive, .ike: break
    case .badPadding: invalidPadLength &+= 1
    case .sequenceZero: invalidSequenceNumber &+= 1
    case .late: antiReplayLate &+= 1
    case .replayed: antiReplayReplayed &+= 1
    case .icvMismatch: invalidICV &+= 1
    case .sequenceExhausted: sequenceOverflow &+= 1
    case .cryptographyFailed: cryptoOperationFailed &+= 1
    case .noTailRoom, .noHeadRoom: noTailRoom &+= 1
    case .hardLifetime: lifetimeExpired &+= 1
    case .truncated, .malformedHeader, .wrongAHLength, .unsupportedOption, .jumbogram, .fragment, .wrongProtocol,
      .unknownSPI, .tooShort, .misaligned, .wrongMode, .badInnerPacket, .wespMismatch, .illegalECN, .packetTooBig,
      .tooLong, .hopLimitExceeded:
      invalidPacket &+= 1
    }
  }
}
