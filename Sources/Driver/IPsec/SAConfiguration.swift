public import Spec

/// Which way an SA works.
public enum SADirection: String, Sendable, Hashable, CaseIterable {
  /// It encapsulates, on encap queues.
  case outbound
  /// It decapsulates, on decap queues.
  case inbound
}

/// An SA as the driver's users describe it, whatever version the device speaks.
public struct SAConfiguration: Sendable {
  /// Security parameter index (RFC 4303, section 2.1).
  public var spi: UInt32
  public var proto = IPsecProtocol.esp
  /// Nil for transport mode.
  public var tunnel: Tunnel?
  public var cipher: Suite<CipherAlgorithm>?
  public var authentication: Suite<HMACAlgorithm>?
  /// Extended sequence numbers (RFC 4303, section 2.2.1).
  public var extendedSequence = false
  /// Packets in the replay window; 0 lets replays pass.
  public var replayWindow = 0
  /// Source and destination port of UDP encapsulation (RFC 3948).
  public var udpPorts: (source: UInt16, destination: UInt16)?
  /// Bytes to which shorter packets are padded (RFC 4303, section 2.7); 0 for none. From 2.0 on.
  public var tfcLength = 0
  /// In a WESP header (RFC 5840). From 2.0 on.
  public var isWrapped = false
  public var lifetime = Lifetime()
  /// Events to be told of.
  public var events: Set<NotificationEvent> = []
  /// Packets between two periodic events.
  public var eventInterval: UInt64 = 0
  /// Last sequence number used, or highest received.
  public var sequence: UInt64 = 0

  /// An algorithm with its key, and a salt or nonce where it has one.
  public struct Suite<Algorithm: Sendable>: Sendable {
    public var algorithm: Algorithm
    public var key: Secret
    public var salt: Secret

    public init(_ algorithm: Algorithm, key: Secret, salt: Secret) {
      self.algorithm = algorithm
      self.key = key
      self.salt = salt
    }

    public init(_ algorithm: Algorithm, key: [UInt8], salt: [UInt8] = []) {
      self.init(algorithm, key: Secret(key), salt: Secret(salt))
    }
  }

  /// The outer header of a tunnel.
  public struct Tunnel: Sendable, Hashable {
    /// 4 bytes for IPv4, 16 for IPv6, as in a packet.
    public var source: [UInt8]
    public var destination: [UInt8]
    public var dscpHandling = DSCPHandling.copy
    /// DSCP to set: 6 bits.
    public var dscp: UInt8 = 0
    public var dfHandling = DFHandling.copy
    /// Propagates congestion notification (RFC 6040).
    public var propagatesECN = true

    public init(source: [UInt8], destination: [UInt8]) {
      self.source = source
      self.destination = destination
    }

    var isIPv6: Bool { source.count == 16 }
    var isSound: Bool { source.count == destination.count && [4, 16].contains(source.count) && dscp < 64 }
  }

  /// Limits on the use of an SA; 0 for none. Versions before 2.0 have those in bytes only, in units of 1024.
  public struct Lifetime: Sendable, Hashable {
    public var softBytes: UInt64 = 0
    public var hardBytes: UInt64 = 0
    public var softPackets: UInt64 = 0
    public var hardPackets: UInt64 = 0

    public init() {}
  }

  public init(spi: UInt32) { self.spi = spi }
}
