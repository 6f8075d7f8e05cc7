/// Carries the device's notifications to the driver.
public protocol InterruptSink: AnyObject {
  /// Buffers of the queue were used.
  func queueInterrupt(_ queue: DeviceQueue)
  /// The configuration, or the need for a reset, changed.
  func configurationInterrupt()
}
