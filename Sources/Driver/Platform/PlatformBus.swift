public import DeviceTree

/// What a device tree says of a device on the platform bus (`struct platform_device`).
public final class PlatformDevice {
  /// Registers, as the CPU addresses them.
  public let registers: [AddressRange]
  let interrupts: [InterruptSpecifier]

  init(registers: [AddressRange], interrupts: [InterruptSpecifier]) {
    self.registers = registers
    self.interrupts = interrupts
  }
}

/// The platform bus: devices that nobody can discover, made from the device tree (`of_platform_populate`).
extension Kernel {
  /// Makes the platform bus, and devices from the tree.
  ///
  /// - Throws: `DriverError`, EINVAL for a node that contradicts its binding.
  @discardableResult
  public func populatePlatform() throws(DriverError) -> Bus {
    let platform = KernelDevice("platform", kernel: self)
    try platform.add(below: root)
    let bus = Bus("platform", self)
    trace(.core, "OF", "populating platform devices")
    try populate(tree.root, below: platform, on: bus)
    scheduler.run()
    return bus
  }

  private func populate(_ parent: Node, below device: KernelDevice, on bus: Bus) throws(DriverError) {
    for node in parent.children where !node.compatible.isEmpty && node.isEnabled {
      let child: KernelDevice
      do throws(DeviceTreeError) { child = try platformDevice(node, on: bus) } catch {
        throw DriverError(.EINVAL, error.place, error.problem)
      }
      try child.add(below: device)
      if node.compatible.contains("simple-bus") { try populate(node, below: child, on: bus) }
    }
  }

  private func platformDevice(_ node: Node, on bus: Bus) throws(DeviceTreeError) -> KernelDevice {
    let registers = try tree.registers(of: node.path).compactMap(\.self)
    let data = PlatformDevice(registers: registers, interrupts: try tree.interrupts(of: node.path))
    let base = String(node.name.prefix { $0 != "@" })
    let type = node.property("device_type")?.string
    let device = KernelDevice(
      registers.first.map { "\(hex($0.address)).\(base)" } ?? base, kernel: self, bus: bus,
      ids: node.compatible.map { .compatible($0) }, modalias: Self.modalias(base, type, node.compatible), node: node,
      data: data)
    device.suppliers = data.interrupts.map(\.controller)
    device.attributes.append(Attribute("of_node") { node.path })
    return device
  }

  /// As `of_device_modalias` writes it.
  private static func modalias(_ name: String, _ type: String?, _ compatible: [String]) -> String {
    "of:N\(name)T\(type ?? "(null)")" + compatible.map { "C" + $0.replacing(" ", with: "_") }.joined()
  }
}

extension KernelDevice {
  /// What the platform bus knows of the device.
  var platform: PlatformDevice {
    guard let data = busData as? PlatformDevice else { preconditionFailure("\(label) is no platform device") }
    return data
  }

  /// Maps one of its register ranges (`devm_platform_ioremap_resource`).
  func mapRegisters(_ index: Int) throws(DriverError) -> MappedRegisters {
    guard platform.registers.indices.contains(index) else { throw DriverError(.EINVAL, label, "no registers") }
    let range = platform.registers[index]
    return try kernel.map(range.address, byteCount: Int(range.size), for: label)
  }

  /// The kernel's number for one of its interrupts (`platform_get_irq`).
  public func interrupt(_ index: Int) throws(DriverError) -> Int {
    guard platform.interrupts.indices.contains(index) else { throw DriverError(.ENXIO, label, "no interrupt") }
    let specifier = platform.interrupts[index]
    return try kernel.interrupts.map(specifier, for: label)
  }

  /// Handlers that are removed when the driver parts from the device (`devm_request_threaded_irq`).
  public func requestInterrupt(
    _ number: Int, _ name: String, handler: @escaping () -> IRQReturn, thread: (() -> Void)? = nil
  ) throws(DriverError) {
    let action = try kernel.interrupts.request(number, name, handler: handler, thread: thread)
    manage("interrupt \(number)") { [unowned kernel] in kernel.interrupts.free(number, action) }
  }
}
