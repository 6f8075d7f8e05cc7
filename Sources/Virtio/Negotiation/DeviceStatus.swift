/// Device status bits (VIRTIO 1.4, Device Status Field); none set is a device that was reset.
public struct DeviceStatus: OptionSet, Sendable, Hashable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let acknowledge = Self(rawValue: 1)
  public static let driver = Self(rawValue: 2)
  public static let driverOK = Self(rawValue: 4)
  public static let featuresOK = Self(rawValue: 8)
  public static let suspend = Self(rawValue: 16)
  public static let needsReset = Self(rawValue: 64)
  public static let failed = Self(rawValue: 128)

  /// What a driver may set and only a reset clears; the rest is the device's, or has rules of its own.
  static let sticky: Self = [.acknowledge, .driver, .failed]

  /// Whether a device can get there: DRIVER_OK and SUSPEND take FEATURES_OK, and exclude each other.
  var canBe: Bool {
    let known: Self = [.acknowledge, .driver, .driverOK, .featuresOK, .suspend, .needsReset, .failed]
    let isStarted = !isDisjoint(with: [.driverOK, .suspend])
    return isSubset(of: known) && (!isStarted || contains(.featuresOK)) && !isSuperset(of: [.driverOK, .suspend])
  }
}
