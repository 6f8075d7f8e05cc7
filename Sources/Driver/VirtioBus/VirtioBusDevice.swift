import DeviceTree
public import Virtio

/// How a transport gives a device's queues interrupts.
protocol VirtioInterrupts: AnyObject {
  /// Asks for the interrupts of the configuration, and of whatever queues of these names share, before any is set up.
  func request(_ names: [String], for device: VirtioBusDevice) throws(DriverError)
  /// Asks for the interrupt of a queue that was just set up, where it has one of its own.
  func request(queue index: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError)
  /// Lets a CPU take the interrupt of a queue, where it has one of its own (`set_vq_affinity`).
  func setAffinity(queue index: Int, cpu: Int) throws(DriverError)
  /// Gives back the interrupt of a queue that is about to be freed, where it has one of its own.
  func free(queue index: Int)
  /// Gives back all that are left.
  func free()
}

/// A device on the virtio bus (`struct virtio_device`); what is done to it follows `drivers/virtio/virtio.c`.
public final class VirtioBusDevice {
  public let transport: any DriverTransport
  public let vendor: UInt32
  public private(set) var device: KernelDevice! = nil
  unowned let parent: KernelDevice
  unowned let kernel: Kernel
  /// Ways to give queues interrupts, in the order in which they are tried; the one in use.
  private let choices: [any VirtioInterrupts]
  private var interrupts: any VirtioInterrupts
  /// Features agreed on.
  public var features: FeatureSet = []
  public private(set) var queues: [Virtqueue] = []
  /// Whether changes of the configuration are passed on to the driver; one that comes before is kept.
  private var isConfigurationEnabled = false
  private var hasChanged = false
  private var wasFailed = false

  private var driver: (any VirtioDriver)? { device.driver as? any VirtioDriver }

  /// - Parameter interrupts: ways to give queues interrupts, the first of which that works is taken.
  init(_ transport: any DriverTransport, vendor: UInt32, interrupts: [any VirtioInterrupts], parent: KernelDevice) {
    self.transport = transport
    self.vendor = vendor
    choices = interrupts
    self.interrupts = interrupts[0]
    self.parent = parent
    kernel = parent.kernel
  }

  func trace(_ text: @autoclosure () -> String) { kernel.trace(.virtio, device.name, text()) }

  // MARK: Registration

  /// Puts the device on the bus (`register_virtio_device`).
  func register() throws(DriverError) {
    guard let bus = kernel.bus("virtio") else { throw DriverError(.ENODEV, parent.label, "no virtio bus") }
    let index = (0...).first { index in !bus.devices.contains { $0.name == "virtio\(index)" } }!
    let id = UInt32(transport.deviceID)
    let node = parent.node?.children.first { $0.compatible.contains("virtio,device\(hex(id))") }
    device = KernelDevice(
      "virtio\(index)", kernel: kernel, bus: bus, ids: [.virtio(device: id, vendor: vendor)],
      modalias: "virtio:d\(hex(id, 8).uppercased())v\(hex(vendor, 8).uppercased())", node: node, data: self)
    device.attributes += [
      Attribute("device") { "0x\(hex(id, 4))" },
      Attribute("vendor") { [vendor] in "0x\(hex(vendor, 4))" },
      Attribute("status") { [unowned self] in "0x\(hex(transport.readStatus().rawValue, 8))" },
      Attribute("features") { [unowned self] in
        (0..<64).map { features.contains(FeatureSet(bit: $0)) ? "1" : "0" }.joined()
      },
    ]
    do throws(DriverError) {
      // A driver before may have left anything behind.
      try reset()
      addStatus(.acknowledge)
      try device.add(below: parent)
    } catch {
      addStatus(.failed)
      throw error
    }
  }

  func unregister() {
    device.remove()
    device.busData = nil
  }

  // MARK: Status

  /// Resets the device, and waits until it has done so (`virtio_reset_device`).
  ///
  /// - Throws: `DriverError`: ETIMEDOUT, ENODEV for a device that is gone.
  public func reset() throws(DriverError) {
    trace("reset")
    transport.writeStatus([])
    for attempt in 0..<1000 {
      let status = transport.readStatus()
      if status.isEmpty { return }
      if status.rawValue == .max, attempt >= 3 { throw DriverError(.ENODEV, device.label, "device is gone") }
      kernel.scheduler.spend(.milliseconds(1))
    }
    throw DriverError(.ETIMEDOUT, device.label, "reset takes too long")
  }

  /// Sets status bits beside those that are set (`virtio_add_status`).
  func addStatus(_ status: DeviceStatus) {
    trace("status |= \(Self.name(status))")
    transport.writeStatus(transport.readStatus().union(status))
  }

  private static func name(_ status: DeviceStatus) -> String {
    switch status {
    case .acknowledge: "ACKNOWLEDGE"
    case .driver: "DRIVER"
    case .driverOK: "DRIVER_OK"
    case .featuresOK: "FEATURES_OK"
    case .failed: "FAILED"
    default: "0x\(hex(status.rawValue))"
    }
  }

  /// The device is live (`virtio_device_ready`).
  public func ready() {
    addStatus(.driverOK)
  }

  // MARK: Negotiation

  /// Finds a driver's features among the device's, and writes them; again, if the driver then takes any away.
  private func negotiate(_ driver: any VirtioDriver) throws(DriverError) {
    let offered = transport.readFeatures()
    trace("get_features \(offered)")
    let usable = driver.supportedFeatures.union(.version1).intersection(transport.carried.union(.deviceType))
    features = offered.intersection(usable).closed(under: driver.requirements)
    try finalizeFeatures()
    let before = features
    try driver.validate(self)
    features = features.closed(under: driver.requirements)
    if features != before { try finalizeFeatures() }
    try confirmFeatures()
  }

  /// Writes the features (`finalize_features`).
  private func finalizeFeatures() throws(DriverError) {
    guard features.contains(.version1) else { throw DriverError(.ENODEV, device.label, "device is not a modern one") }
    trace("finalize_features \(features)")
    transport.writeFeatures(features)
  }

  /// Has the device say that the features will do (`virtio_features_ok`).
  private func confirmFeatures() throws(DriverError) {
    addStatus(.featuresOK)
    let status = transport.readStatus()
    guard status.contains(.featuresOK), status.rawValue != .max else {
      throw DriverError(.ENODEV, device.label, "device refuses features: 0x\(hex(status.rawValue))")
    }
  }

  // MARK: The driver's life

  /// `virtio_dev_probe`.
  func probe(_ driver: any VirtioDriver) throws(DriverError) {
    do throws(DriverError) {
      // A probe that failed may have left anything behind, which Linux does not look for.
      if transport.readStatus() != .acknowledge {
        try reset()
        addStatus(.acknowledge)
      }
      addStatus(.driver)
      try negotiate(driver)
      try driver.probe(self)
      if !transport.readStatus().contains(.driverOK) { ready() }
      driver.scan(self)
      enableConfiguration()
    } catch {
      addStatus(.failed)
      throw error
    }
  }

  /// `virtio_dev_remove`.
  func remove(_ driver: any VirtioDriver) {
    isConfigurationEnabled = false
    driver.remove(self)
    guard !device.isGone else { return }
    if !transport.readStatus().isEmpty { device.info("driver \(driver.name) did not reset the device") }
    addStatus(.acknowledge)
  }

  /// `virtio_dev_shutdown`.
  func shutdown() {
    breakQueues()
    try? reset()
  }

  /// `virtio_device_freeze`; one that fell asleep by itself is left to it, with the whole system, too.
  func freeze() throws(DriverError) {
    guard device.power.status != .suspended else { return }
    isConfigurationEnabled = false
    wasFailed = transport.readStatus().contains(.failed)
    do throws(DriverError) { try driver?.freeze(self) } catch {
      enableConfiguration()
      throw error
    }
  }

  /// `virtio_device_restore`; one that fell asleep by itself is left to it.
  func restore() throws(DriverError) {
    guard device.power.status != .suspended else { return }
    try restart { (driver) throws(DriverError) in try driver.restore(self) }
  }

  /// From reset to DRIVER_OK with the features that were agreed on: after sleep, or when the device asked for a reset.
  func restart(_ restore: (any VirtioDriver) throws(DriverError) -> Void) throws(DriverError) {
    isConfigurationEnabled = false
    try reset()
    addStatus(.acknowledge)
    if wasFailed { addStatus(.failed) }
    guard let driver else { return }
    addStatus(.driver)
    do throws(DriverError) {
      try finalizeFeatures()
      try confirmFeatures()
      try restore(driver)
      if !transport.readStatus().contains(.driverOK) { ready() }
      enableConfiguration()
    } catch {
      addStatus(.failed)
      throw error
    }
  }

  // MARK: Queues

  /// Sets up queues and their interrupts (`virtio_find_vqs`): all of them, or none.
  ///
  /// As in Linux (`vp_find_vqs`), whatever fails with one way to give them interrupts is tried with the next.
  ///
  /// - Throws: `DriverError`: of the last way.
  public func findQueues(_ wanted: [Virtqueue.Wish]) throws(DriverError) {
    for choice in choices.dropLast() where (try? setUp(wanted, choice)) != nil { return }
    try setUp(wanted, choices.last!)
  }

  private func setUp(_ wanted: [Virtqueue.Wish], _ choice: any VirtioInterrupts) throws(DriverError) {
    interrupts = choice
    do throws(DriverError) {
      try interrupts.request(wanted.map(\.name), for: self)
      for (index, wish) in wanted.enumerated() {
        queues.append(try Virtqueue(index, wish, self))
        try interrupts.request(queue: index, wish.name, for: self)
      }
      transport.enableQueues(queues.indices)
    } catch {
      deleteQueues()
      throw error
    }
  }

  /// Has a queue's used buffers interrupt a CPU, where it has an interrupt of its own (`virtqueue_set_affinity`).
  ///
  /// - Throws: `DriverError`, EINVAL for a CPU that is not there.
  public func setAffinity(ofQueue index: Int, cpu: Int) throws(DriverError) {
    try interrupts.setAffinity(queue: index, cpu: cpu)
  }

  /// Frees queues and interrupts (`del_vqs`); the device was reset.
  public func deleteQueues() {
    for queue in queues.reversed() {
      interrupts.free(queue: queue.index)
      queue.free()
    }
    queues = []
    interrupts.free()
  }

  /// Nothing is made available any more (`virtio_break_device`).
  public func breakQueues() {
    for queue in queues { queue.isBroken = true }
  }

  // MARK: Configuration

  /// The device says that its configuration, or its status, changed.
  func configurationChanged() {
    trace("config changed")
    hasChanged = !isConfigurationEnabled
    if isConfigurationEnabled { driver?.configurationChanged(self) }
  }

  /// The device asks for a reset.
  var needsReset: Bool { transport.readStatus().contains(.needsReset) }

  /// It does while its driver starts it, and is told of no change: what that waits for does not come.
  var failsAtStart: Bool { hasChanged && needsReset }

  private func enableConfiguration() {
    isConfigurationEnabled = true
    if hasChanged { configurationChanged() }
  }
}

extension DriverError {
  /// What virtio's half of the driver found.
  init(_ error: VirtioError, _ place: String) {
    let errno: Errno =
      switch error {
      case .ringFull: .ENOSPC
      case .timeout: .ETIMEDOUT
      case .featuresRefused, .badDevice: .ENODEV
      case .badUsedElement: .EIO
      case .chainTooLarge, .badChainLength: .EMSGSIZE
      default: .EINVAL
      }
    self.init(errno, place, "\(error)")
  }
}
