import Virtio

/// Drives virtio devices on PCI (`drivers/virtio/virtio_pci_common.c`, `virtio_pci_modern.c`).
public final class VirtioPCIDriver: DeviceDriver {
  public let name = "virtio-pci"
  public let idTable: [MatchID] = [.pci(vendor: 0x1af4, device: nil)]

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    let pci = device.pci
    // Linux asks for it before a driver's probe; a probe that has to wait leaves the device alone.
    let line = try pci.host.line(of: pci, for: device)
    pci.enable(device)
    device.manage("PCI device") { [unowned device] in if !device.isGone { pci.disable() } }
    let transport: PCIDriver
    do throws(VirtioError) {
      transport = try PCIDriver(space: pci.space) { pci.host.map($0, of: pci, for: device.label) }
    } catch { throw DriverError(error, device.label) }
    pci.setMaster()
    var interrupts: [any VirtioInterrupts] = [false, true].map { PCIInterrupts(device, transport, isShared: $0) }
    if let line { interrupts.append(LineInterrupts(device, line)) }
    let virtio = VirtioBusDevice(transport, vendor: UInt32(pci.vendor), interrupts: interrupts, parent: device)
    device.driverData = virtio
    try virtio.register()
  }

  public func remove(_ device: KernelDevice) {
    guard let virtio = device.driverData as? VirtioBusDevice else { return }
    if device.isGone || !device.pci.isPresent {
      device.markGone()
      virtio.breakQueues()
    }
    virtio.unregister()
  }

  public func suspend(_ device: KernelDevice) throws(DriverError) {
    try (device.driverData as? VirtioBusDevice)?.freeze()
    device.pci.disable()
  }

  public func resume(_ device: KernelDevice) throws(DriverError) {
    device.pci.enable(device)
    device.pci.setMaster()
    try (device.driverData as? VirtioBusDevice)?.restore()
  }
}

/// A vector for the configuration, and one for each queue, or one that all queues share.
///
/// As in Linux (`vp_find_vqs_msix`), a vector that queues share has its handler before any of them is set up, and a
/// vector of one queue only then.
final class PCIInterrupts: VirtioInterrupts {
  private unowned let parent: KernelDevice
  private let transport: PCIDriver
  private let isShared: Bool
  /// Interrupts by their vectors.
  private var messages: [Int] = []
  /// Handlers by their vectors.
  private var actions: [Int: InterruptLine.Action] = [:]

  init(_ parent: KernelDevice, _ transport: PCIDriver, isShared: Bool) {
    self.parent = parent
    self.transport = transport
    self.isShared = isShared
  }

  func request(_ names: [String], for device: VirtioBusDevice) throws(DriverError) {
    try enableMSIX(1 + (isShared ? 1 : names.count))
    try request(0, "config", for: device)
    if isShared { try request(1, "virtqueues", for: device) }
  }

  private func enableMSIX(_ count: Int) throws(DriverError) {
    let limit = transport.vectorLimit
    guard limit > 0 else { throw DriverError(.EINVAL, parent.label, "no MSI-X") }
    guard count <= limit else { throw DriverError(.ENOSPC, parent.label, "\(limit) vectors of \(count)") }
    let doorbell: UInt64
    (doorbell, messages) = try parent.pci.allocateMessages(count, for: parent.label)
    guard transport.enableMSIX(messages.indices.map { (doorbell, UInt32($0)) }) == count else {
      throw DriverError(.EBUSY, parent.label, "no vector for the configuration")
    }
  }

  func request(queue index: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError) {
    let vector = isShared ? 1 : index + 1
    guard transport.vector(ofQueue: index).map({ Int($0) }) == vector else {
      throw DriverError(.EBUSY, parent.label, "no vector for queue \(index) (\(name))")
    }
    if !isShared { try request(vector, name, for: device) }
  }

  private func request(_ vector: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError) {
    let fullName = "\(device.device.name)-\(name)"
    actions[vector] = try parent.kernel.interrupts.request(messages[vector], fullName) { [unowned device] in
      device.handle(vector: UInt16(vector))
    }
  }

  func setAffinity(queue index: Int, cpu: Int) throws(DriverError) {
    if !isShared { try parent.kernel.interrupts.setAffinity(messages[index + 1], cpu: cpu) }
  }

  func free(queue index: Int) { if !isShared { free(index + 1) } }

  func free() {
    for vector in actions.keys.sorted() { free(vector) }
    if !parent.isGone { transport.disableMSIX() }
    parent.pci.freeMessages()
    messages = []
  }

  private func free(_ vector: Int) {
    guard let action = actions.removeValue(forKey: vector) else { return }
    parent.kernel.interrupts.free(messages[vector], action)
  }
}

extension VirtioBusDevice {
  /// A message came: its queues may have used buffers, and vector 0 is the configuration's, too.
  func handle(vector: UInt16) -> IRQReturn {
    if device.isGone { return .none }
    if vector == 0 { configurationChanged() }
    for queue in queues where transport.vector(ofQueue: queue.index) == vector { queue.interrupt() }
    return .handled
  }
}
