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

/// What a device does, behind its registers and queues.
public protocol DeviceFunction: AnyObject {
  /// Whether the device works with these features, which were offered and meet their requirements.
  func accepts(_ features: FeatureSet) -> Bool
  /// DRIVER_OK is set.
  func start(_ device: VirtioDevice)
  /// The driver notified a live queue, the device resumed, or a queue gets another turn.
  ///
  /// Serve until `pop` finds nothing more: a driver that refills the ring as fast as it is served ends the turn after
  /// twice the queue's size, and `VirtioDevice.continueService` gives it the next.
  func notified(_ queue: DeviceQueue, of device: VirtioDevice)
  /// The driver wrote to the configuration.
  func configurationWritten(at offset: Int, byteCount: Int, of device: VirtioDevice)
  /// The queue is gone, and so are the chains in flight.
  func queueWasReset(_ queue: DeviceQueue, of device: VirtioDevice)
  /// The device was reset: forget everything.
  func wasReset(_ device: VirtioDevice)
  /// Finish what is in progress, chains in flight included; false when the device cannot suspend.
  func suspend(_ device: VirtioDevice) -> Bool
  /// Go on; false when the device cannot. Queues are live, and notified, once this has returned.
  func resume(_ device: VirtioDevice) -> Bool
}

extension DeviceFunction {
  public func accepts(_ features: FeatureSet) -> Bool { true }
  public func start(_ device: VirtioDevice) {}
  public func configurationWritten(at offset: Int, byteCount: Int, of device: VirtioDevice) {}
  public func queueWasReset(_ queue: DeviceQueue, of device: VirtioDevice) {}
  public func wasReset(_ device: VirtioDevice) {}
  public func suspend(_ device: VirtioDevice) -> Bool { true }
  public func resume(_ device: VirtioDevice) -> Bool { true }
}

/// Carries the device's notifications to the driver.
public protocol InterruptSink: AnyObject {
  /// Buffers of the queue were used.
  func queueInterrupt(_ queue: DeviceQueue)
  /// The configuration, or the need for a reset, changed.
  func configurationInterrupt()
}
