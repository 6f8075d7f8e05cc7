public import Spec
import Wire

/// What the driver asks of the device over the control queue, whatever the version.
enum IPsecCommand {
  case setGuestEndian(ByteOrder)
  case getCapabilities
  case setLegacyAlgorithms(ciphers: UInt64, auths: UInt64)
  case random(Int)
  case rooms
  case addGroup
  case deleteGroup(WireHandle)
  case add(SADirection, WireHandle?, [SAConfiguration])
  case delete(SADirection, WireHandle?, WireHandle)
  case update(SADirection, WireHandle?, WireHandle, SAUpdate, isIPv6: Bool)
  case read(SADirection, WireHandle?, WireHandle)
  case flush(WireHandle)
  case flushAll

  /// The name in traces and errors; no argument, as these may be keys.
  var name: String {
    switch self {
    case .setGuestEndian: "set_guest_endian"
    case .getCapabilities: "get_capabilities"
    case .setLegacyAlgorithms: "set_capabilities"
    case .random: "get_random"
    case .rooms: "get_headroom_tailroom_size"
    case .addGroup: "add_group"
    case .deleteGroup: "delete_group"
    case .add(let direction, _, _): "add_\(direction)_sa"
    case .delete(let direction, _, _): "del_\(direction)_sa"
    case .update(let direction, _, _, _, _): "update_\(direction)_sa"
    case .read(let direction, _, _): "read_\(direction)_sa"
    case .flush: "flush_sa"
    case .flushAll: "flush_sa_all"
    }
  }

  /// The command within the class SA; nil for others.
  var sa: SACommand? {
    switch self {
    case .rooms: .getHeadroomTailroomSize
    case .addGroup: .addGroup
    case .deleteGroup: .deleteGroup
    case .add(let direction, _, _): direction == .outbound ? .addOutSA : .addInSA
    case .delete(let direction, _, _): direction == .outbound ? .deleteOutSA : .deleteInSA
    case .update(let direction, _, _, _, _): direction == .outbound ? .updateOutSA : .updateInSA
    case .read(let direction, _, _): direction == .outbound ? .readOutSA : .readInSA
    case .flush: .flushSA
    case .flushAll: .flushAll
    case .setGuestEndian, .getCapabilities, .setLegacyAlgorithms, .random: nil
    }
  }
}

/// What the device answers.
enum IPsecAnswer {
  case done
  case capabilities(IPsecCapabilities)
  case random([UInt8])
  case rooms(head: Int, tail: Int)
  case group(WireHandle)
  case sa(WireHandle)
  case state(SAState)
}

/// A handle as the device chose it: bytes without a meaning, 8 or, in 0.4, 32.
struct WireHandle: Equatable, Sendable {
  private let byteCount: Int
  /// Its bytes, the first of each word lowest; beyond them, zeros. A packet's header is filled from here.
  private var words: InlineArray<4, UInt64> = .init(repeating: 0)

  /// - Precondition: there are 32 bytes at most.
  init(_ bytes: [UInt8]) {
    byteCount = bytes.count
    for (index, byte) in bytes.enumerated() { words[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8)) }
  }

  /// From 2.0 on, a handle is a number, which goes over the wire in little-endian order.
  init(_ number: UInt64) {
    byteCount = 8
    words[0] = number
  }

  var bytes: [UInt8] { (0..<byteCount).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(8 * ($0 % 8))) } }
  /// The first 8 bytes as a little-endian number.
  var number: UInt64 { words[0] }
  var isZero: Bool { words.indices.allSatisfy { words[$0] == 0 } }

  static func == (left: Self, right: Self) -> Bool {
    left.byteCount == right.byteCount && left.words.indices.allSatisfy { left.words[$0] == right.words[$0] }
  }
}

/// What the device can do; limits that a version does not tell are nil.
public struct IPsecCapabilities: Sendable, Hashable {
  /// Bit n set for algorithm n.
  public var ciphers: UInt64 = 0
  public var auths: UInt64 = 0
  public var maxSAs: Int?
  public var maxGroups: Int?
  public var maxReplayWindow: Int?
  public var maxPackets: Int?

  public func has(_ cipher: CipherAlgorithm) -> Bool { ciphers >> UInt64(cipher.rawValue) & 1 == 1 }
  public func has(_ auth: HMACAlgorithm) -> Bool { auths >> UInt64(auth.rawValue) & 1 == 1 }
}

/// What the device tells of an SA.
public struct SAState: Sendable, Hashable {
  public var spi: UInt32 = 0
  /// Last sequence number used, or highest received.
  public var sequence: UInt64 = 0
  /// With F_SA_STATISTICS.
  public var statistics: Statistics?

  /// What an SA has done.
  public struct Statistics: Sendable, Hashable {
    public var packets: UInt64 = 0
    public var bytes: UInt64 = 0
    public var invalidPacket: UInt64 = 0
    public var invalidPad: UInt64 = 0
    public var invalidSequence: UInt64 = 0
    public var invalidICV: UInt64 = 0
    public var replayed: UInt64 = 0
    public var late: UInt64 = 0
    public var sequenceOverflow: UInt64 = 0
    public var cryptoFailed: UInt64 = 0
    public var noTailRoom: UInt64 = 0
    public var submitFailed: UInt64 = 0
    /// All that was refused, for whatever reason.
    public var errors: UInt64 = 0

    public init() {}
  }

  /// Adds what was before the device began to count.
  mutating func add(_ earlier: SAUsage.Amount) {
    statistics?.packets += earlier.packets
    statistics?.bytes += earlier.bytes
  }
}
