import DeviceTree

/// Drives the platform's interrupt controller: before it is there, nobody gets an interrupt.
public final class InterruptControllerDriver: DeviceDriver {
  public let name = "irq-gic"
  public let idTable: [MatchID] = [.compatible("arm,gic-v3"), .compatible("arm,cortex-a15-gic")]

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    guard device.kernel.interrupts.controller == nil, let node = device.node else {
      throw DriverError(.EBUSY, device.label, "there is an interrupt controller")
    }
    device.kernel.interrupts.messages = try MessageController.all(below: device, node)
    device.kernel.interrupts.controller = node.path
    device.info("interrupt controller \(node.path)")
  }

  public func remove(_ device: KernelDevice) {
    (device.kernel.interrupts.controller, device.kernel.interrupts.messages) = (nil, [])
  }
}
