/// What an association is: plain values, as a key daemon or a device's control message gives them.
public struct Parameters: Sendable, Hashable {
  /// Whether a whole IP packet is carried, or what follows its header.
  public enum Mode: Sendable, Hashable {
    case transport
    case tunnel(source: IPAddress, destination: IPAddress)
  }

  /// How packets are protected. A salt is what RFC 4106, 4309, 4543, 7634 and 3686 append to the key.
  public enum Protection: Sendable, Hashable {
    case combined(CombinedAlgorithm, key: Key, salt: Key)
    case separate(
      EncryptionAlgorithm, key: Key = Key([]), salt: Key = Key([]), AuthenticationAlgorithm,
      authenticationKey: Key = Key([]))
  }

  /// How a field of the outer header is made from the inner one (RFC 4301 section 5.1.2).
  public enum FieldPolicy<Value: Sendable & Hashable>: Sendable, Hashable {
    case copy
    case clear
    case set(Value)
  }

  /// What happens to the ECN field (RFC 6040).
  public enum ECNMode: Sendable, Hashable {
    /// Copied outward; combined inward.
    case normal
    /// Cleared outward; combined inward.
    case compatibility
    /// Cleared outward; ignored inward.
    case off
  }

  /// Ports of UDP encapsulation (RFC 3948).
  public struct UDPEncapsulation: Sendable, Hashable {
    public var sourcePort: UInt16
    public var destinationPort: UInt16
    /// The peer's address before translation, with which inner TCP and UDP checksums are repaired in transport mode.
    public var originalSource: IPAddress?
    public var originalDestination: IPAddress?

    public init(
      sourcePort: UInt16 = 4500, destinationPort: UInt16 = 4500,
      originalSource: IPAddress? = nil, originalDestination: IPAddress? = nil
    ) {
      self.sourcePort = sourcePort
      self.destinationPort = destinationPort
      self.originalSource = originalSource
      self.originalDestination = originalDestination
    }
  }

  public var spi: UInt32
  public var `protocol`: SecurityProtocol
  public var mode: Mode
  public var protection: Protection
  /// 64-bit sequence numbers, of which the low half is sent (RFC 4303 section 2.2.1).
  public var extendedSequence = false
  /// How many sequence numbers the inbound window reaches back; 0 turns the check off.
  public var replayWindow = 64
  public var udpEncapsulation: UDPEncapsulation?
  /// Inner packets shorter than this are filled up to it, in bytes, as far as the MTU lets them; inbound, anything above
  /// 0 says that the sender may do so, which transport mode has to know (RFC 4303 section 2.7).
  public var tfcLength = 0
  /// The six DSCP bits of the outer header.
  public var dscp = FieldPolicy<UInt8>.copy
  /// Whether decapsulation writes the outer header's DSCP into the inner one (RFC 2983 section 3.2).
  public var returnsDSCP = false
  /// The outer IPv4 header's don't-fragment bit.
  public var dontFragment = FieldPolicy<Bool>.copy
  /// The outer IPv6 header's flow label.
  public var flowLabel = FieldPolicy<UInt32>.clear
  public var ecn = ECNMode.normal
  /// The outer header's TTL or hop limit.
  public var hopLimit: UInt8 = 64
  /// Whether the inner TTL or hop limit is lowered by one: when the caller forwards packets (RFC 4301 section 5.1.2).
  public var decrementsHopLimit = false
  /// The longest packet that the path takes, in bytes.
  public var mtu = 65_535
  public var lifetime = Lifetime()
  /// Every so many sequence numbers `Events.sequencePeriodic` is reported; 0 for never.
  public var sequenceInterval: UInt64 = 0
  /// `Events.sequenceOverflowNear` is reported once, when this many numbers are left.
  public var overflowNotice: UInt64 = 1 << 16
  /// Whether AH over IPv4 is padded to a multiple of 8 bytes, not 4: Linux without `flag align4` does so, although
  /// RFC 4302 section 3.3.3.2.1 wants that in IPv6 only.
  public var alignsAHTo8 = false
  /// Admits DES, 3DES and MD5.
  public var allowsLegacy = false
  /// Admits encryption without integrity, against RFC 8221 section 4; replays are not checked then (RFC 4303
  /// section 2.2).
  public var allowsUnauthenticated = false

  public init(spi: UInt32, protocol: SecurityProtocol = .esp, mode: Mode, protection: Protection) {
    self.spi = spi
    self.protocol = `protocol`
    self.mode = mode
    self.protection = protection
  }
}
