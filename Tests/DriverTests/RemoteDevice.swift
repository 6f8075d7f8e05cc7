import Device
import Driver
import Testbench
import Virtio
import Wire

/// A device at the other end of a connection, as behind a vhost-user socket: when that ends, registers are what the
/// driver wrote, and the device asks for a reset until it gets one.
final class RemoteDevice: DriverTransport, InterruptController {
  private let profile: AcceleratorProfile
  private let memory: GuestMemory
  private let kernel: Kernel
  private let slot: TransportDevice
  /// Device and registers at the other end; nil while there is none.
  private(set) var accelerator: Accelerator?
  private var end: MMIOTransport?
  private var driver: MMIODriver?
  private var status: DeviceStatus = []
  private var mustReset = false
  private var hasInterrupt = false
  private var queues: Set<Int> = []
  let deviceID: UInt16

  /// Connects, and plugs the device in.
  init(_ rig: Rig, _ platform: Platform) throws {
    (profile, kernel) = (rig.profile, platform.kernel)
    memory = GuestMemory(sharing: platform.memory)
    slot = try TransportDevice("remote", platform.kernel)
    deviceID = Accelerator(rig.profile).virtioProfile.deviceID
    let before = kernel.scheduler.outside
    kernel.scheduler.outside = { [unowned self] in turn() || before() }
    try connect()
    try slot.plug(self)
  }

  var instance: IPsecInstance? { slot.driverData as? IPsecInstance }

  /// A device that knows nothing is at the other end.
  func connect() throws {
    let accelerator = Accelerator(profile)
    let end = MMIOTransport(accelerator.virtioProfile, in: memory, interrupts: self, function: accelerator)
    (self.accelerator, self.end, driver) = (accelerator, end, try MMIODriver(end))
    if slot.isPlugged { needReset() }
  }

  func disconnect() {
    (driver, hasInterrupt) = (nil, false)
    needReset()
  }

  func pull() { slot.pull() }

  func needReset() {
    mustReset = true
    slot.changeConfiguration()
  }

  /// Passes on what has come.
  private func turn() -> Bool {
    guard hasInterrupt, let driver else { return false }
    hasInterrupt = false
    let causes = driver.takeInterruptCauses()
    if causes.contains(.queue) { for index in queues { slot.interrupt(queue: index) } }
    if causes.contains(.configuration) { slot.changeConfiguration() }
    return true
  }

  func setLine(_ isAsserted: Bool) { hasInterrupt = isAsserted && driver != nil }
  func message(address: UInt64, data: UInt32) {}

  // MARK: Transport

  var isConnected: Bool { driver != nil }
  var carried: FeatureSet { .mmio }

  func readStatus() -> DeviceStatus {
    let known = mustReset ? status.union(.needsReset) : status
    return driver.map { known.union($0.readStatus().intersection(.needsReset)) } ?? known
  }

  func writeStatus(_ new: DeviceStatus) {
    if new.isEmpty { (mustReset, queues) = (false, []) }
    status = new
    driver?.writeStatus(new)
  }

  func readFeatures() -> FeatureSet { driver?.readFeatures() ?? [] }
  func writeFeatures(_ features: FeatureSet) { driver?.writeFeatures(features) }
  func maximumSize(ofQueue index: Int) -> Int { driver?.maximumSize(ofQueue: index) ?? profile.queueSize }

  func setUpQueue(_ index: Int, size: Int, at addresses: QueueAddresses) {
    queues.insert(index)
    driver?.setUpQueue(index, size: size, at: addresses)
  }

  func enableQueues(_ indices: Range<Int>) {}
  func startQueueReset(_ index: Int) {}
  func isQueueResetDone(_ index: Int) -> Bool { true }
  func notify(queue index: Int, position: UInt16?) { driver?.notify(queue: index, position: position) }

  func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    driver?.readConfiguration(at: offset, byteCount: byteCount) ?? 0
  }
  func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    driver?.writeConfiguration(at: offset, byteCount: byteCount, value)
  }
  var configurationByteCount: Int { 256 }
  func readGeneration() -> UInt32 { driver?.readGeneration() ?? 0 }
  func takeInterruptCauses() -> InterruptCauses { [] }
}
