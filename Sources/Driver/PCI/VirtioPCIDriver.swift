import Virtio

/// Drives virtio devices on PCI (`drivers/virtio/virtio_pci_common.c`, `virtio_pci_modern.c`).
public final class VirtioPCIDriver: DeviceDriver {
  public let name = "virtio-pci"
  public let idTable: [MatchID] = [.pci(vendor: 0x1af4, device: nil)]

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    let pci = device.pci
    pci.enable()
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
    device.pci.enable()
    device.pci.setMaster()
    try (device.driverData as? VirtioBusDevice)?.restore()
  }
}

/// A vector for the configuration and one for each queue, as far as they go; else the line.
final class PCIInterrupts: VirtioInterrupts {
  private unowned let parent: KernelDevice
  private let transport: PCIDriver
  private var actions: [(number: Int, action: InterruptLine.Action)] = []
  private var line: LineInterrupts?

  init(_ parent: KernelDevice, _ transport: PCIDriver) {
    self.parent = parent
    self.transport = transport
  }

  func request(_ names: [String], for device: VirtioBusDevice) throws(DriverError) {
    let messages = try parent.pci.allocateMessages(names.count + 1, for: parent.label)
    let count = transport.enableMSIX(messages.map { (Interrupts.messageAddress, $0.data) })
    guard count > 0 else {
      parent.pci.freeMessages()
      let line = LineInterrupts(parent, try parent.pci.host.line(of: parent.pci, for: parent.label))
      try line.request(names, for: device)
      self.line = line
      return
    }
    do throws(DriverError) {
      for vector in 0..<count {
        let isShared = vector == count - 1 && count <= names.count
        let name = vector == 0 ? "config" : isShared ? "virtqueues" : names[vector - 1]
        let number = messages[vector].number
        let action = try parent.kernel.interrupts.request(number, "\(device.device.name)-\(name)") { [unowned device] in
          device.handle(vector: UInt16(vector))
        }
        actions.append((number, action))
      }
    } catch {
      free()
      throw error
    }
  }

  func free() {
    line?.free()
    line = nil
    for (number, action) in actions { parent.kernel.interrupts.free(number, action) }
    actions = []
    parent.pci.freeMessages()
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
