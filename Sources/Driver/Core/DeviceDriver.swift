/// A driver (`struct device_driver`): what it can drive, and what to do with it.
public protocol DeviceDriver: AnyObject {
  var name: String { get }
  /// The devices that it can drive.
  var idTable: [MatchID] { get }
  /// Takes a device over.
  ///
  /// - Throws: `DriverError`; EPROBE_DEFER when something that it needs is not there yet.
  func probe(_ device: KernelDevice) throws(DriverError)
  /// Parts from a device; what is managed is released afterwards.
  func remove(_ device: KernelDevice)
  /// The system goes down.
  func shutdown(_ device: KernelDevice)
  /// The system sleeps.
  func suspend(_ device: KernelDevice) throws(DriverError)
  /// The system wakes up.
  func resume(_ device: KernelDevice) throws(DriverError)
  /// The device was not used for a while.
  func runtimeSuspend(_ device: KernelDevice) throws(DriverError)
  /// The device is about to be used.
  func runtimeResume(_ device: KernelDevice) throws(DriverError)
}

extension DeviceDriver {
  public func remove(_ device: KernelDevice) {}
  public func shutdown(_ device: KernelDevice) {}
  public func suspend(_ device: KernelDevice) throws(DriverError) {}
  public func resume(_ device: KernelDevice) throws(DriverError) {}
  public func runtimeSuspend(_ device: KernelDevice) throws(DriverError) {}
  public func runtimeResume(_ device: KernelDevice) throws(DriverError) {}
}
