import Virtio

/// Drives `virtio,mmio` nodes: each is a virtio device behind a window of registers (`drivers/virtio/virtio_mmio.c`).
public final class VirtioMMIODriver: DeviceDriver {
  public let name = "virtio-mmio"
  public let idTable: [MatchID] = [.compatible("virtio,mmio")]

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    let window = try device.mapRegisters(0)
    let transport: MMIODriver?
    do throws(VirtioError) { transport = try MMIODriver(window, byteCount: window.byteCount) } catch {
      throw DriverError(error, device.label)
    }
    guard let transport else { throw DriverError(.ENODEV, device.label, "a placeholder without a device") }
    let vendor = window.read(\MMIORegisters.vendorID)
    // Linux asks for it in find_vqs; asked here, a probe that has to wait leaves the device alone.
    let line = try device.interrupt(0)
    let virtio = VirtioBusDevice(transport, vendor: vendor, interrupts: [LineInterrupts(device, line)], parent: device)
    device.driverData = virtio
    try virtio.register()
  }

  public func remove(_ device: KernelDevice) {
    guard let virtio = device.driverData as? VirtioBusDevice else { return }
    if device.isGone { virtio.breakQueues() }
    virtio.unregister()
  }

  public func shutdown(_ device: KernelDevice) {}

  public func suspend(_ device: KernelDevice) throws(DriverError) {
    try (device.driverData as? VirtioBusDevice)?.freeze()
  }

  public func resume(_ device: KernelDevice) throws(DriverError) {
    try (device.driverData as? VirtioBusDevice)?.restore()
  }
}

/// One line for queues and configuration alike: virtio over MMIO, and PCI without MSI-X.
final class LineInterrupts: VirtioInterrupts {
  private unowned let parent: KernelDevice
  private let number: Int
  private var action: InterruptLine.Action?

  init(_ parent: KernelDevice, _ number: Int) {
    self.parent = parent
    self.number = number
  }

  func request(_ names: [String], for device: VirtioBusDevice) throws(DriverError) {
    action = try parent.kernel.interrupts.request(number, device.device.name) { [unowned device] in
      let causes = device.transport.takeInterruptCauses()
      if causes.isEmpty || device.device.isGone { return .none }
      if causes.contains(.configuration) {
        // All ones: nobody answers, and nobody will take the interrupt back.
        if device.transport.readStatus().rawValue == .max { return .none }
        device.configurationChanged()
      }
      if causes.contains(.queue) { for queue in device.queues { queue.interrupt() } }
      return .handled
    }
  }

  func request(queue index: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError) {}
  func setAffinity(queue index: Int, cpu: Int) throws(DriverError) {}
  func free(queue index: Int) {}

  func free() {
    if let action { parent.kernel.interrupts.free(number, action) }
    action = nil
  }
}
