public import ESP
public import Spec

/// Which way an SA works.
public enum Direction: UInt8, Sendable, Hashable, CaseIterable { case outbound, inbound }

/// An SA as the guest describes it, whatever the version.
public struct SADescription: Sendable {
  /// All that the engine needs but for the protection, which `cipher` and `authentication` make.
  public var parameters: Parameters
  public var cipher: Suite<CipherAlgorithm>?
  public var authentication: Suite<HMACAlgorithm>?
  /// Last sequence number used, or highest received.
  public var sequence: UInt64 = 0
  /// Which packets below `sequence` were received: bit n is the packet n before it; nil for all of them.
  public var replayBitmap: [UInt8]?
  public var notifications = NotificationSettings()

  /// An algorithm with its key.
  public struct Suite<Algorithm: Sendable>: Sendable {
    public var algorithm: Algorithm
    public var key: Key
    /// Salt or nonce.
    public var salt: Key

    public init(_ algorithm: Algorithm, key: Key, salt: Key = Key([])) {
      self.algorithm = algorithm
      self.key = key
      self.salt = salt
    }
  }

  public init(_ parameters: Parameters) { self.parameters = parameters }
}

/// Which events of an SA the guest wants to hear of.
public struct NotificationSettings: Sendable, Hashable {
  public var events: Set<NotificationEvent> = []
  /// Sequence number at which to notify before overflow; nil for the device's choice.
  public var overflowAt: UInt64?
  /// Packets between two periodic notifications.
  public var interval: UInt64 = 0

  public init() {}
}

/// The outer header of a tunnel.
public struct TunnelHeader: Sendable {
  public var source: IPAddress
  public var destination: IPAddress
  public var dscp: Parameters.FieldPolicy<UInt8>
  public var dontFragment: Parameters.FieldPolicy<Bool>
  public var flowLabel: Parameters.FieldPolicy<UInt32>
  public var ecn: Parameters.ECNMode
  public var hopLimit: UInt8

  func apply(to parameters: inout Parameters) {
    parameters.mode = .tunnel(source: source, destination: destination)
    parameters.dscp = dscp
    parameters.dontFragment = dontFragment
    parameters.flowLabel = flowLabel
    parameters.ecn = ecn
    parameters.hopLimit = hopLimit
  }
}

/// What an update changes of an SA; nil leaves as it is.
public struct SAChange: Sendable {
  public var tunnel: TunnelHeader?
  public var localAddress: IPAddress?
  public var peerAddress: IPAddress?
  /// Both ports, and the original address.
  public var udpEncapsulation: Parameters.UDPEncapsulation?
  public var localPort: UInt16?
  public var peerPort: UInt16?
  public var sequence: UInt64?
  public var replayWindow: Int?
  public var replayBitmap: [UInt8]?
  public var lifetime: Lifetime?
  public var notifications: NotificationSettings?

  public init() {}
}
