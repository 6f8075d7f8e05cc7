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
