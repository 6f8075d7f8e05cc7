import Virtio

/// Drives virtio devices on PCI (`drivers/virtio/virtio_pci_common.c`, `virtio_pci_modern.c`).
public final class VirtioPCIDriver: DeviceDriver {
  public let name = "virtio-pci"
  public let idTable: [MatchID] = [.pci(vendor: 0x1af4, device: nil)]

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    let pci = device.pci
    pci.enable(device)
    device.manage("PCI device") { [unowned device] in if !device.isGone { pci.disable() } }
    let transport: PCIDriver
    do throws(VirtioError) {
      transport = try PCIDriver(space: pci.space) { pci.host.map($0, of: pci, for: device.label) }
    } catch { throw DriverError(error, device.label) }
    pci.setMaster()
    let virtio = VirtioBusDevice(
      transport, vendor: UInt32(pci.vendor), interrupts: PCIInterrupts(device, transport), parent: device)
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

/// A vector for the configuration and one for each queue, as far as they go; else the line.
///
/// As in Linux (`vp_find_vqs`), a vector that several queues share has its handler before any of them is set up, and a
/// vector of one queue only then.
final class PCIInterrupts: VirtioInterrupts {
  private unowned let parent: KernelDevice
  private let transport: PCIDriver
  /// Interrupts by their vectors.
  private var messages: [Int] = []
  /// Handlers by their vectors.
  private var actions: [Int: InterruptLine.Action] = [:]
  /// Vectors that are not one queue's alone.
  private var sharedVectors: Set<Int> = []
  private var line: LineInterrupts?

  init(_ parent: KernelDevice, _ transport: PCIDriver) {
    self.parent = parent
    self.transport = transport
  }

  func request(_ names: [String], for device: VirtioBusDevice) throws(DriverError) {
    let count = try enableMSIX(names.count + 1)
    guard count > 0 else {
      parent.pci.freeMessages()
      let line = LineInterrupts(parent, try parent.pci.host.line(of: parent.pci, for: parent.label))
      try line.request(names, for: device)
      self.line = line
      return
    }
    sharedVectors = count <= names.count ? [0, count - 1] : [0]
    do throws(DriverError) {
      for vector in sharedVectors.sorted() { try request(vector, vector == 0 ? "config" : "virtqueues", for: device) }
    } catch {
      free()
      throw error
    }
  }

  /// Vectors that there are messages for; none where nobody takes messages.
  private func enableMSIX(_ count: Int) throws(DriverError) -> Int {
    guard let doorbell = try parent.pci.doorbell() else { return 0 }
    messages = try parent.pci.allocateMessages(count, for: parent.label)
    return transport.enableMSIX(messages.indices.map { (doorbell, UInt32($0)) })
  }

  func request(queue index: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError) {
    guard let vector = ownVector(ofQueue: index) else { return }
    try request(vector, name, for: device)
  }

  private func request(_ vector: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError) {
    let fullName = "\(device.device.name)-\(name)"
    actions[vector] = try parent.kernel.interrupts.request(messages[vector], fullName) { [unowned device] in
      device.handle(vector: UInt16(vector))
    }
  }

  private func ownVector(ofQueue index: Int) -> Int? {
    guard let vector = transport.vector(ofQueue: index).map({ Int($0) }), !sharedVectors.contains(vector) else {
      return nil
    }
    return vector
  }

  func setAffinity(queue index: Int, cpu: Int) throws(DriverError) {
    guard let vector = ownVector(ofQueue: index) else { return }
    try parent.kernel.interrupts.setAffinity(messages[vector], cpu: cpu)
  }

  func free(queue index: Int) { if let vector = ownVector(ofQueue: index) { free(vector) } }

  func free() {
    line?.free()
    line = nil
    for vector in actions.keys.sorted() { free(vector) }
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
