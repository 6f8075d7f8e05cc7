/// A device's power, as runtime PM keeps it (`dev->power`).
public struct PowerState {
  /// `active`, `suspended`, `resuming` or `error`, as in `power/runtime_status`.
  public enum Status: String, Sendable { case active, suspended, resuming, error }

  public internal(set) var status = Status.active
  /// Users that need it awake.
  public internal(set) var usageCount = 0
  /// Nanoseconds without a user after which it sleeps; nil for never (`power/control` is `on`).
  public internal(set) var autosuspendDelay: UInt64?
  /// The system is asleep, and the device with it.
  var isSystemAsleep = false
  fileprivate var idleWork: Work?

  /// Forgets a suspend that is due.
  func cancel(on kernel: Kernel) {
    if let idleWork { kernel.systemQueue.cancel(idleWork) }
  }
}

/// Runtime power management.
extension KernelDevice {
  /// Wakes the device up, and keeps it awake (`pm_runtime_get_sync`); one that is waking up is left to it.
  public func runtimeGet() throws(DriverError) {
    power.usageCount += 1
    if power.idleWork != nil { power.cancel(on: kernel) }
    guard power.status == .suspended, let driver else { return }
    power.status = .resuming
    do throws(DriverError) {
      try parent?.runtimeGet()
      defer { parent?.runtimePut() }
      try driver.runtimeResume(self)
    } catch {
      power.status = .error
      power.usageCount -= 1
      throw error
    }
    power.status = .active
    kernel.trace(.power, label, "rpm_resume")
  }

  /// A user less; the last one sets the clock (`pm_runtime_put_autosuspend`).
  public func runtimePut() {
    power.usageCount -= 1
    guard power.usageCount == 0, let delay = power.autosuspendDelay, power.status == .active else { return }
    power.cancel(on: kernel)
    let work = power.idleWork ?? kernel.systemQueue.makeWork("rpm_idle \(name)") { [weak self] in self?.sleep() }
    power.idleWork = work
    kernel.systemQueue.queue(work, after: delay)
  }

  /// Goes to sleep if nobody uses it, and nothing below it is awake.
  private func sleep() {
    guard power.usageCount == 0, power.status == .active, let driver,
      children.allSatisfy({ $0.driver == nil || $0.power.status == .suspended })
    else { return }
    do throws(DriverError) {
      try driver.runtimeSuspend(self)
      power.status = .suspended
      kernel.trace(.power, label, "rpm_suspend")
    } catch {
      kernel.trace(.power, label, "rpm_suspend refused: \(error.problem)")
      if let work = power.idleWork, let delay = power.autosuspendDelay { kernel.systemQueue.queue(work, after: delay) }
    }
  }

  /// Lets the device sleep when nobody has used it for so many nanoseconds; nil keeps it awake.
  public func setAutosuspend(_ delay: UInt64?) {
    power.autosuspendDelay = delay
    try? runtimeGet()
    runtimePut()
  }
}

extension Kernel {
  /// Puts every device to sleep, the youngest first; if one refuses, those that sleep already wake up again
  /// (`dpm_suspend`).
  ///
  /// - Throws: `DriverError` of the device that refused.
  public func suspendSystem() throws(DriverError) {
    trace(.message, "PM", "suspend entry (s2idle)")
    for device in root.withDescendants.reversed() {
      guard let driver = device.driver, device.power.status == .active else { continue }
      do throws(DriverError) { try driver.suspend(device) } catch {
        trace(.message, "PM", "Device \(device.name) failed to suspend: error -\(error.errno.rawValue)")
        _ = resumeDevices()
        throw error
      }
      device.power.isSystemAsleep = true
      trace(.power, device.label, "dpm_suspend")
    }
    trace(.message, "PM", "suspend of devices complete")
  }

  /// Wakes every device up, the oldest first; the devices that did not (`dpm_resume`).
  @discardableResult
  public func resumeSystem() -> [DriverError] {
    let errors = resumeDevices()
    trace(.message, "PM", "resume of devices complete")
    trace(.message, "PM", "suspend exit")
    return errors
  }

  private func resumeDevices() -> [DriverError] {
    var errors: [DriverError] = []
    for device in root.withDescendants where device.power.isSystemAsleep {
      device.power.isSystemAsleep = false
      guard let driver = device.driver else { continue }
      do throws(DriverError) {
        try driver.resume(device)
        trace(.power, device.label, "dpm_resume")
      } catch {
        trace(.message, "PM", "Device \(device.name) failed to resume: error -\(error.errno.rawValue)")
        errors.append(error)
      }
    }
    return errors
  }
}
