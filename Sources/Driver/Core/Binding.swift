/// How a driver and a device come together and part: the order of `drivers/base/dd.c`.
extension Kernel {
  /// Probes; whether the driver is bound afterwards (`really_probe`).
  func probe(_ driver: any DeviceDriver, _ device: KernelDevice) -> Bool {
    guard let bus = device.bus, !device.isGone else { return false }
    guard !isProbingBlocked else {
      trace(.core, device.label, "Driver \(driver.name) force probe deferral")
      device.probeError = DriverError(.EPROBE_DEFER, device.label, "the system is asleep")
      deferProbe(of: device)
      return false
    }
    let triggerCount = deferredTriggerCount
    trace(.core, "bus", "'\(bus.name)': really_probe: probing driver \(driver.name) with device \(device.name)")
    device.driver = driver
    do throws(DriverError) {
      // A parent that sleeps answers nothing.
      try device.parent?.runtimeGet()
      defer { device.parent?.runtimePut() }
      try bus.operations.probe(device, driver)
    } catch {
      cleanUp(device)
      device.probeError = error
      if error.errno == .EPROBE_DEFER {
        trace(.core, "\(bus.name) \(device.name)", "Driver \(driver.name) requests probe deferral: \(error.problem)")
        deferProbe(of: device)
        // What it needs may have come meanwhile.
        if deferredTriggerCount != triggerCount, !isProbingBlocked { triggerDeferred() }
      } else if error.errno == .ENODEV || error.errno == .ENXIO {
        trace(.core, "\(driver.name) \(device.name)", "probe rejects match -\(error.errno.rawValue): \(error.problem)")
      } else {
        trace(
          .message, "\(driver.name) \(device.name)",
          "probe failed with error -\(error.errno.rawValue): \(error.problem)")
      }
      return false
    }
    device.probeError = nil
    // Unless it was taken away meanwhile.
    if device.driver === driver { bus.bound.append(device) }
    deferred.removeAll { $0 === device }
    trace(.core, "driver", "'\(driver.name)': driver_bound: bound to device '\(device.name)'")
    device.uevent("bind")
    triggerDeferred()
    return true
  }

  /// Parts a device from its driver (`device_release_driver`).
  func releaseDriver(of device: KernelDevice) {
    guard let driver = device.driver, let bus = device.bus else { return }
    bus.bound.removeAll { $0 === device }
    if !device.isGone { try? device.runtimeGet() }
    trace(.core, "bus", "'\(bus.name)': unbinding driver \(driver.name) from device \(device.name)")
    bus.operations.remove(device, driver)
    let name = driver.name
    cleanUp(device)
    trace(.core, "driver", "'\(name)': unbound from device '\(device.name)'")
    device.uevent("unbind")
  }

  /// What remains of a driver on a device (`device_unbind_cleanup`).
  private func cleanUp(_ device: KernelDevice) {
    device.releaseResources()
    device.driverAttributes = []
    dma.checkReleased(device)
    device.power.cancel(on: self)
    device.power = PowerState()
    device.driver = nil
    device.driverData = nil
  }

  /// The system goes down: devices in reverse of the order in which they would wake up (`device_shutdown`).
  public func shutDown() {
    trace(.message, "reboot", "Power down")
    for device in order.reversed() {
      guard let driver = device.driver, let bus = device.bus else { continue }
      trace(.core, device.label, "shutdown")
      bus.operations.shutdown(device, driver)
    }
  }

  // MARK: Deferred probe

  private func deferProbe(of device: KernelDevice) {
    if !deferred.contains(where: { $0 === device }) { deferred.append(device) }
  }

  /// Puts probes off from now on, once those are done that are due (`wait_for_device_probe`, `device_block_probing`).
  func blockProbing() {
    while systemQueue.cancel(deferredWork) { retryDeferred() }
    isProbingBlocked = true
  }

  /// Lets drivers probe again, and has those tried again that were put off (`device_unblock_probing`).
  func unblockProbing() {
    isProbingBlocked = false
    triggerDeferred()
  }

  /// What waits may find what it needs, as after something was bound (`driver_deferred_probe_trigger`).
  func triggerDeferred() {
    deferredTriggerCount += 1
    if !deferred.isEmpty { systemQueue.queue(deferredWork) }
  }

  /// Tries again, once each; whatever one waited for, it sleeps before that from now on (`deferred_probe_work_func`).
  func retryDeferred() {
    let waiting = deferred
    deferred = []
    for device in waiting where device.isRegistered && device.driver == nil {
      moveToTail(device)
      trace(.core, device.label, "Retrying from deferred list")
      device.bus?.attach(device)
    }
  }

  /// Devices that wait for something, as in `/sys/kernel/debug/devices_deferred`.
  public var deferredDevices: [String] { deferred.map(\.name) }
}
