/// What happened beside the packet's passing.
public struct Events: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The soft lifetime was reached by this packet; reported once.
  public static let softLifetime = Events(rawValue: 1 << 0)
  /// As many sequence numbers are left as `Parameters.overflowNotice` says, or fewer; reported once.
  public static let sequenceOverflowNear = Events(rawValue: 1 << 1)
  /// A multiple of `Parameters.sequenceInterval` was reached.
  public static let sequencePeriodic = Events(rawValue: 1 << 2)
  /// A dummy packet (RFC 4303 section 2.6): good, but to be discarded.
  public static let dummy = Events(rawValue: 1 << 3)
  /// Inner and outer ECN field make a combination that RFC 6040 section 4.2 wants reported.
  public static let suspiciousECN = Events(rawValue: 1 << 4)
  /// The peer's UDP port is not the association's; the ICV was good, so the mapping changed (RFC 3948 section 4).
  public static let peerPortChanged = Events(rawValue: 1 << 5)
}
