/// What tells one device from another, whatever the transport.
public struct DeviceProfile: Sendable {
  /// Virtio device ID.
  public var deviceID: UInt16
  public var vendorID: UInt32
  /// Features to offer; those that the transport cannot carry, or whose requirements are not offered, are left out.
  public var features: FeatureSet
  /// Which of the device type's features need which others.
  public var requirements: [FeatureRequirement]
  /// The largest size of each queue, in entries.
  public var queueSizes: [Int]
  /// Initial device-specific configuration.
  public var configuration: [UInt8]
  /// Parts of the configuration that the driver may write.
  public var writableConfiguration: [Range<Int>]

  public init(
    deviceID: UInt16, vendorID: UInt32 = 0x1af4, features: FeatureSet, requirements: [FeatureRequirement] = [],
    queueSizes: [Int], configuration: [UInt8] = [], writableConfiguration: [Range<Int>] = []
  ) {
    self.deviceID = deviceID
    self.vendorID = vendorID
    self.features = features.union(.version1)
    self.requirements = requirements
    self.queueSizes = queueSizes
    self.configuration = configuration
    self.writableConfiguration = writableConfiguration
  }

  /// What no device can present; nil for a profile that is sound.
  var mistake: String? {
    let isPacked = features.contains(.ringPacked)
    for size in queueSizes where !(0...maximumQueueSize).contains(size) || !isPacked && size & (size - 1) != 0 {
      return "a queue of \(size) entries"
    }
    for part in writableConfiguration where !part.clamped(to: 0..<configuration.count).elementsEqual(part) {
      return "writable configuration beyond its end"
    }
    return queueSizes.count > 0x1_0000 ? "\(queueSizes.count) queues" : nil
  }
}
