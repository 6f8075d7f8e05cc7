public import Spec
import Wire

/// Algorithms by number, as capability words have them: bit n stands for algorithm n.
public struct AlgorithmSet: Sendable, Hashable {
  public var ciphers: UInt64
  public var authentication: UInt64

  public init(ciphers: UInt64 = 0, authentication: UInt64 = 0) {
    self.ciphers = ciphers
    self.authentication = authentication
  }

  public init(_ ciphers: [CipherAlgorithm], _ authentication: [HMACAlgorithm]) {
    self.ciphers = ciphers.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    self.authentication = authentication.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
  }

  func contains(_ cipher: CipherAlgorithm) -> Bool { ciphers >> UInt64(cipher.rawValue) & 1 == 1 }
  func contains(_ authentication: HMACAlgorithm) -> Bool {
    self.authentication >> UInt64(authentication.rawValue) & 1 == 1
  }
  func union(_ other: Self) -> Self {
    Self(ciphers: ciphers | other.ciphers, authentication: authentication | other.authentication)
  }
  func intersection(_ other: Self) -> Self {
    Self(ciphers: ciphers & other.ciphers, authentication: authentication & other.authentication)
  }
  func subtracting(_ other: Self) -> Self {
    Self(ciphers: ciphers & ~other.ciphers, authentication: authentication & ~other.authentication)
  }

  /// Algorithms that are no longer safe.
  static let legacy = AlgorithmSet([.desCBC, .tripleDESCBC], [.md5])

  /// All that a version has.
  static func all(in version: SpecVersion) -> Self {
    Self(
      CipherAlgorithm.allCases.filter { $0.entry.exists(in: version) },
      HMACAlgorithm.allCases.filter { $0.entry.exists(in: version) })
  }
}

/// What the device can do at most.
public struct Limits: Sendable, Hashable {
  /// SAs, both directions together.
  public var sas = 1 << 20
  public var groups = 1 << 12
  /// Packets in a replay window.
  public var replayWindow = 4096
  /// Bytes of a packet, before or after processing.
  public var packetSize = 65_535
  /// SAs in a bundle.
  public var bundle = 4
  /// Packets in one chain.
  public var packets = 64
  /// Notifications that are held while there is no buffer for them.
  public var heldNotifications = 1024
  /// Diffie-Hellman key pairs.
  public var dhKeyPairs = 256
  /// Bytes of a control message.
  public var controlMessage = 1 << 21
  /// Bytes of a state that the guest brings.
  public var stateSize = 1 << 30

  public init() {}
}

/// The answer to a question for capabilities.
struct Capabilities {
  /// On now.
  var algorithms: AlgorithmSet
  /// Those that can be turned on.
  var legacy: AlgorithmSet
  var limits: Limits
  var headRoom: Int
  var tailRoom: Int
  var dhGroups: UInt64
}
