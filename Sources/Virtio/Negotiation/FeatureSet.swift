/// Feature bits 0 to 127.
public struct FeatureSet: OptionSet, Sendable, Hashable, CustomStringConvertible {
  public var rawValue: UInt128
  public init(rawValue: UInt128) { self.rawValue = rawValue }

  /// The set of one bit.
  public init(bit: Int) { self.init(rawValue: 1 << UInt128(bit)) }

  public static let indirectDescriptors = Self(bit: 28)
  public static let eventIndex = Self(bit: 29)
  public static let version1 = Self(bit: 32)
  public static let accessPlatform = Self(bit: 33)
  public static let ringPacked = Self(bit: 34)
  public static let inOrder = Self(bit: 35)
  public static let orderPlatform = Self(bit: 36)
  public static let srIOV = Self(bit: 37)
  public static let notificationData = Self(bit: 38)
  public static let notificationConfigData = Self(bit: 39)
  public static let ringReset = Self(bit: 40)
  public static let adminQueue = Self(bit: 41)
  public static let suspend = Self(bit: 43)

  /// Bits that a device type gives a meaning: 0 to 23 and 50 to 127 (41 and 42 are taken, or free, elsewhere).
  public static let deviceType = Self(rawValue: 0xff_ffff | ~((1 << 50) - 1))
  /// Everything that this implementation knows for queues and negotiation, on any transport.
  public static let common: Self = [
    .indirectDescriptors, .eventIndex, .version1, .accessPlatform, .ringPacked, .inOrder, .orderPlatform,
    .notificationData, .notificationConfigData, .ringReset, .suspend,
  ]
  /// Of these, what MMIO can carry: it has no register for the rest.
  public static let mmio = common.subtracting(.notificationConfigData)

  /// The 32 bits that a feature select register of `index` shows: none from 128 on.
  public func word(_ index: UInt32) -> UInt32 {
    index < 4 ? UInt32(truncatingIfNeeded: rawValue >> (32 * UInt128(index))) : 0
  }

  /// Replaces the 32 bits that a feature select register of `index` shows.
  public mutating func setWord(_ index: UInt32, _ value: UInt32) {
    guard index < 4 else { return }
    let shift = 32 * UInt128(index)
    rawValue = rawValue & ~(0xffff_ffff << shift) | UInt128(value) << shift
  }

  /// The bits, lowest first.
  public var bits: [Int] { (0..<128).filter { rawValue >> UInt128($0) & 1 == 1 } }

  public var description: String { "\(bits)" }
}
