import Device
import Driver
import Spec
import Testbench
import Virtio
import Wire

/// The platform that accelerators are simulated on: PCI cards in slots, a kernel, its driver.
final class Simulation {
  static let slotCount = 4

  let lookAside: LookAside
  private let platform: Platform
  private let definition: Definition
  private var held: [Int: [(DeviceQueue, VirtioDevice)]] = [:]

  /// - Throws: `DriverError`, where the platform cannot be built or booted.
  init(deviceCount: Int = 2, cpuCount: Int = 1, _ definition: Definition = Spec.v2_0) throws(DriverError) {
    var profile = AcceleratorProfile(definition.version)
    profile.pairs = cpuCount
    self.definition = definition
    platform = try Platform(
      PlatformTree.board(memory: 256 << 20, mmio: []), profile: profile, cpuCount: cpuCount)
    platform.kernel.log.kinds = []
    lookAside = LookAside(platform.kernel, platform.driver)
    for slot in 0..<deviceCount { try platform.insert(into: slot) }
    try platform.boot()
  }

  /// Whether an accelerator of this platform has these PCI IDs; 0 stands for any.
  func has(vendor: UInt16, device: UInt16) -> Bool {
    let identity = definition.identity
    return (vendor == 0 || Int(vendor) == identity.pciVendor)
      && (device == 0 || Int(device) == identity.pciBase + identity.deviceID)
  }

  // MARK: Cards

  private func accelerator(in slot: Int) throws(DriverError) -> Accelerator {
    guard let accelerator = platform.accelerator(in: slot) else { throw DriverError(.ENODEV, "slot \(slot)", "empty") }
    return accelerator
  }

  func plug(_ slot: Int) throws(DriverError) {
    guard platform.accelerator(in: slot) == nil else { throw DriverError(.EBUSY, "slot \(slot)", "taken") }
    try platform.insert(into: slot)
    platform.host?.rescan()
    platform.kernel.scheduler.run()
  }

  func unplug(_ slot: Int) throws(DriverError) {
    _ = try accelerator(in: slot)
    held[slot] = nil
    platform.pull(from: slot)
    platform.host?.removeAbsent()
    platform.kernel.scheduler.run()
  }

  /// Data queues are not served any more; the control queue is.
  func hold(_ slot: Int) throws(DriverError) {
    let accelerator = try accelerator(in: slot)
    accelerator.onNotify = { [unowned self, unowned accelerator] queue, device in
      guard queue.index == 0 else { return held[slot, default: []].append((queue, device)) }
      accelerator.serve(queue, of: device)
    }
  }

  func release(_ slot: Int) throws(DriverError) {
    let accelerator = try accelerator(in: slot)
    accelerator.onNotify = nil
    for (queue, device) in held.removeValue(forKey: slot) ?? [] { accelerator.serve(queue, of: device) }
  }

  /// The device asks for a reset.
  func fail(_ slot: Int) throws(DriverError) {
    _ = try accelerator(in: slot)
    held[slot] = nil
    platform.device(in: slot)?.needReset()
    platform.kernel.scheduler.run()
  }
}
