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
  fileprivate var isSystemAsleep = false
  /// The system goes to sleep, and keeps the device from doing so by itself.
  fileprivate var isPrepared = false
  /// It neither wakes up nor goes to sleep by itself (`power/disable_depth`).
  public fileprivate(set) var isRuntimeDisabled = false
  fileprivate var idleWork: Work?

  /// Forgets a suspend that is due.
  func cancel(on kernel: Kernel) {
    if let idleWork { kernel.systemQueue.cancel(idleWork) }
  }
}

/// Runtime power management.
extension KernelDevice {
  /// Wakes the device up, and keeps it awake (`pm_runtime_resume_and_get`); one that is waking up is left to it.
  ///
  /// - Throws: `DriverError`: of the driver, EACCES for one that sleeps while the system does, EINVAL for one that did
  ///   not wake up before, until a driver is bound anew or the system wakes up; nobody keeps it then.
  public func runtimeGet() throws(DriverError) {
    power.usageCount += 1
    if power.idleWork != nil { power.cancel(on: kernel) }
    guard power.status != .active, power.status != .resuming, driver != nil else { return }
    do throws(DriverError) { try wake() } catch {
      power.usageCount -= 1
      throw error
    }
  }

  private func wake() throws(DriverError) {
    guard power.status != .error else { throw DriverError(.EINVAL, label, "device did not wake up before") }
    guard !power.isRuntimeDisabled else { throw DriverError(.EACCES, label, "the system is asleep") }
    try parent?.runtimeGet()
    defer { parent?.runtimePut() }
    power.status = .resuming
    do throws(DriverError) { try driver?.runtimeResume(self) } catch {
      power.status = .error
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
      children.allSatisfy({ $0.driver == nil || $0.power.status != .active })
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
    if (try? runtimeGet()) != nil { runtimePut() }
  }
}

extension Kernel {
  /// Puts every device to sleep, the last in order first; if one refuses, those that sleep already wake up again
  /// (`dpm_suspend`). What comes meanwhile is probed when the system is awake.
  ///
  /// - Throws: `DriverError` of the device that refused.
  public func suspendSystem() throws(DriverError) {
    trace(.message, "PM", "suspend entry (s2idle)")
    blockProbing()
    for device in order { device.prepareSleep() }
    for device in order.reversed() {
      do throws(DriverError) { try device.suspendWithSystem() } catch {
        trace(.message, "PM", "Device \(device.name) failed to suspend: error -\(error.errno.rawValue)")
        _ = resumeDevices()
        throw error
      }
    }
    trace(.message, "PM", "suspend of devices complete")
  }

  /// Wakes every device up, in order; the devices that did not (`dpm_resume`).
  @discardableResult
  public func resumeSystem() -> [DriverError] {
    let errors = resumeDevices()
    trace(.message, "PM", "resume of devices complete")
    trace(.message, "PM", "suspend exit")
    return errors
  }

  private func resumeDevices() -> [DriverError] {
    var errors: [DriverError] = []
    for device in order {
      do throws(DriverError) { try device.resumeWithSystem() } catch {
        trace(.message, "PM", "Device \(device.name) failed to resume: error -\(error.errno.rawValue)")
        errors.append(error)
      }
    }
    for device in order { device.completeSleep() }
    unblockProbing()
    return errors
  }
}

/// A device while the system falls asleep and wakes up: runtime PM leaves it as it is, and counts its users on.
extension KernelDevice {
  /// Keeps the device from falling asleep by itself from now on (`device_prepare`).
  fileprivate func prepareSleep() {
    power.isPrepared = true
    power.usageCount += 1
  }

  /// Puts the device to sleep, unless it sleeps, and keeps runtime PM off it (`device_suspend`,
  /// `device_suspend_late`); also one that did not wake up by itself.
  fileprivate func suspendWithSystem() throws(DriverError) {
    if let driver, power.status == .active || power.status == .error {
      try driver.suspend(self)
      power.isSystemAsleep = true
      kernel.trace(.power, label, "dpm_suspend")
    }
    power.isRuntimeDisabled = true
  }

  /// Wakes the device up, if it was put to sleep (`device_resume_early`, `device_resume`).
  fileprivate func resumeWithSystem() throws(DriverError) {
    power.isRuntimeDisabled = false
    guard power.isSystemAsleep else { return }
    power.isSystemAsleep = false
    guard let driver else { return }
    try driver.resume(self)
    if power.status == .error { power.status = .active }
    kernel.trace(.power, label, "dpm_resume")
  }

  /// From now on, the device may fall asleep by itself again (`device_complete`).
  fileprivate func completeSleep() {
    guard power.isPrepared else { return }
    power.isPrepared = false
    runtimePut()
  }
}
