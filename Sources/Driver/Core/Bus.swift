/// A bus (`struct bus_type`): devices, drivers, and how they find each other.
public final class Bus {
  public let name: String
  public unowned let kernel: Kernel
  public private(set) var devices: [KernelDevice] = []
  public private(set) var drivers: [any DeviceDriver] = []
  /// Devices that have a driver, the last bound last.
  var bound: [KernelDevice] = []
  /// What the bus does around a driver's own callbacks; the driver's own by default.
  public var operations = Operations()

  /// A bus's own callbacks.
  public struct Operations {
    public var probe: (KernelDevice, any DeviceDriver) throws(DriverError) -> Void = {
      (device, driver) throws(DriverError) in try driver.probe(device)
    }
    public var remove: (KernelDevice, any DeviceDriver) -> Void = { $1.remove($0) }
    public var shutdown: (KernelDevice, any DeviceDriver) -> Void = { $1.shutdown($0) }

    public init() {}
  }

  public init(_ name: String, _ kernel: Kernel) {
    self.name = name
    self.kernel = kernel
    kernel.add(self)
  }

  /// The device of that name.
  public func device(_ name: String) -> KernelDevice? { devices.first { $0.name == name } }

  func append(_ device: KernelDevice) { devices.append(device) }
  func drop(_ device: KernelDevice) { devices.removeAll { $0 === device } }

  /// Whether a driver's table covers a device (`match`).
  func matches(_ driver: any DeviceDriver, _ device: KernelDevice) -> Bool {
    device.ids.contains { id in driver.idTable.contains { $0.covers(id) } }
  }

  /// Looks for a driver for a device (`device_attach`): the first that matches and does not fail.
  func attach(_ device: KernelDevice) {
    for driver in drivers where mayBind(driver, device) {
      if kernel.probe(driver, device) || kernel.isProbingBlocked { return }
    }
  }

  /// Whether both are there still, and match: a probe may have had either go.
  private func mayBind(_ driver: any DeviceDriver, _ device: KernelDevice) -> Bool {
    device.driver == nil && device.isRegistered && drivers.contains { $0 === driver } && matches(driver, device)
  }

  /// Registers a driver, and has it probe what is there (`driver_register`).
  ///
  /// - Throws: `DriverError`, EBUSY where the name is taken.
  public func register(_ driver: any DeviceDriver) throws(DriverError) {
    guard !drivers.contains(where: { $0.name == driver.name }) else {
      throw DriverError(.EBUSY, "bus '\(name)'", "driver '\(driver.name)' is registered already")
    }
    kernel.trace(.core, "bus", "'\(name)': add driver \(driver.name)")
    drivers.append(driver)
    for device in devices where mayBind(driver, device) { _ = kernel.probe(driver, device) }
  }

  /// Unregisters a driver, which no device finds any more, and parts it from its devices, the last bound first
  /// (`driver_unregister`).
  public func unregister(_ driver: any DeviceDriver) {
    drivers.removeAll { $0 === driver }
    kernel.trace(.core, "bus", "'\(name)': remove driver \(driver.name)")
    while let device = bound.last(where: { $0.driver === driver }) { kernel.releaseDriver(of: device) }
  }
}
