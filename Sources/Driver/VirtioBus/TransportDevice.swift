public import Virtio

/// A virtio device with a transport that somebody else made, and that no bus of the platform has: Linux has such in
/// `arch/um/drivers/virtio_uml.c`, where the device is behind a vhost-user socket.
public final class TransportDevice {
  private let device: KernelDevice
  private var virtio: VirtioBusDevice?
  private var interrupts: QueueInterrupts?
  private var change: Work! = nil

  /// - Parameter name: of the device that the virtio device is below.
  /// - Throws: `DriverError`: EEXIST where the name is taken, ENODEV before the platform was populated.
  public init(_ name: String, _ kernel: Kernel) throws(DriverError) {
    guard let bus = kernel.bus("platform"), let parent = kernel.root.children.first(where: { $0.name == bus.name })
    else { throw DriverError(.ENODEV, name, "no platform bus") }
    device = KernelDevice(name, kernel: kernel, bus: bus)
    try device.add(below: parent)
    change = kernel.systemQueue.makeWork("\(name) config") { [unowned self] in virtio?.configurationChanged() }
  }

  /// Puts the device on the virtio bus, and has a driver looked for.
  ///
  /// - Throws: `DriverError`: EBUSY where it is there, ENODEV for one that answers nothing.
  public func plug(_ transport: any DriverTransport) throws(DriverError) {
    guard virtio == nil else { throw DriverError(.EBUSY, device.label, "the device is there") }
    let interrupts = QueueInterrupts(device)
    let virtio = VirtioBusDevice(transport, vendor: 0, interrupts: [interrupts], parent: device)
    // The driver waits for interrupts while it probes.
    (self.virtio, self.interrupts) = (virtio, interrupts)
    do throws(DriverError) { try virtio.register() } catch {
      (self.virtio, self.interrupts) = (nil, nil)
      throw error
    }
  }

  /// The device has gone, whatever it did.
  public func pull() {
    guard let virtio = virtio.take() else { return }
    virtio.device.markGone()
    virtio.breakQueues()
    virtio.unregister()
    interrupts = nil
  }

  public var isPlugged: Bool { virtio != nil }
  /// What the driver keeps of it; nil where none has taken it.
  public var driverData: AnyObject? { virtio?.device.driverData }

  // MARK: The device's side

  /// A queue has used buffers.
  public func interrupt(queue index: Int) { interrupts?.raise(index) }

  /// The configuration, or the status, has changed; the driver is told also while it has no queues.
  public func changeConfiguration() { device.kernel.systemQueue.queue(change) }
}

/// A vector for each queue.
private final class QueueInterrupts: VirtioInterrupts {
  private unowned let parent: KernelDevice
  private let number: UInt64
  /// Interrupts by their queues.
  private var vectors: [Int] = []
  private var actions: [Int: InterruptLine.Action] = [:]

  init(_ parent: KernelDevice) {
    self.parent = parent
    number = parent.kernel.interrupts.takeNumber()
  }

  private var controller: Interrupts { parent.kernel.interrupts }

  func raise(_ index: Int) { controller.raise(UInt32(index), of: number) }

  func request(_ names: [String], for device: VirtioBusDevice) throws(DriverError) {
    vectors = try controller.allocateMessages(names.count, of: number, for: parent.label)
  }

  func request(queue index: Int, _ name: String, for device: VirtioBusDevice) throws(DriverError) {
    actions[index] = try controller.request(vectors[index], "\(device.device.name)-\(name)") {
      [unowned device] in
      if device.device.isGone { return .none }
      device.queues[index].interrupt()
      return .handled
    }
  }

  func setAffinity(queue index: Int, cpu: Int) throws(DriverError) {
    try controller.setAffinity(vectors[index], cpu: cpu)
  }

  func free(queue index: Int) {
    guard let action = actions.removeValue(forKey: index) else { return }
    controller.free(vectors[index], action)
  }

  func free() {
    controller.freeMessages(vectors)
    vectors = []
  }
}
