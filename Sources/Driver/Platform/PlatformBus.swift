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

  /// The lines of an interrupt specifier: its only cell, or the second of three (arm,gic).
  static func line(_ specifier: InterruptSpecifier) -> UInt32 {
    specifier.cells.count >= 3 ? specifier.cells[1] : specifier.cells[0]
  }
}

/// The platform bus: devices that nobody can discover, made from the device tree (`of_platform_populate`).
extension Kernel {
  /// Makes the platform bus, and devices from the tree.
  ///
  /// - Throws: `DriverError`, EINVAL for a node that contradicts its binding.
  @discardableResult
  public func populatePlatform() throws(DriverError) -> Bus {
    let bus = Bus("platform", self)
    let platform = KernelDevice("platform", kernel: self)
    try platform.add(below: root)
    trace(.message, "OF", "populating platform devices")
    try populate(tree.root, below: platform, on: bus) { $0 }
    scheduler.run()
    return bus
  }

  /// - Parameter translate: from the node's children's addresses to the CPU's.
  private func populate(
    _ parent: Node, below device: KernelDevice, on bus: Bus, translate: @escaping (UInt64) -> UInt64?
  ) throws(DriverError) {
    for node in parent.children where !node.compatible.isEmpty && node.isEnabled {
      do throws(DeviceTreeError) {
        let ranges = try node.registers(under: parent)
        let registers = ranges.compactMap { range in
          translate(range.address).map { AddressRange(address: $0, size: range.size) }
        }
        let data = PlatformDevice(registers: registers, interrupts: try tree.interrupts(of: node.path))
        let base = node.name.prefix { $0 != "@" }
        let child = KernelDevice(
          registers.first.map { "\(hex($0.address)).\(base)" } ?? String(base), kernel: self, bus: bus,
          ids: node.compatible.map { .compatible($0) }, node: node, data: data)
        let modalias = child.modalias ?? ""
        child.attributes = [Attribute("of_node") { node.path }, Attribute("modalias") { modalias }]
        try add(child, below: device)
        guard node.compatible.contains("simple-bus") else { continue }
        let windows = try node.windows(under: parent)
        try recurse(node, below: child, on: bus) { address in
          guard let windows else { return nil }
          if windows.isEmpty { return translate(address) }
          let window = windows.first { address >= $0.child.address && address - $0.child.address < $0.child.size }
          return window.flatMap { translate($0.parent + (address - $0.child.address)) }
        }
      } catch { throw DriverError(.EINVAL, error.place, error.problem) }
    }
  }

  private func add(_ child: KernelDevice, below device: KernelDevice) throws(DeviceTreeError) {
    do throws(DriverError) { try child.add(below: device) } catch { throw DeviceTreeError(error.place, error.problem) }
  }

  private func recurse(
    _ node: Node, below device: KernelDevice, on bus: Bus, translate: @escaping (UInt64) -> UInt64?
  ) throws(DeviceTreeError) {
    do throws(DriverError) { try populate(node, below: device, on: bus, translate: translate) } catch {
      throw DeviceTreeError(error.place, error.problem)
    }
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
    return try kernel.interrupts.map(line: PlatformDevice.line(specifier), of: specifier.controller, for: label)
  }

  /// Handlers that are removed when the driver parts from the device (`devm_request_threaded_irq`).
  public func requestInterrupt(
    _ number: Int, _ name: String, handler: @escaping () -> IRQReturn, thread: (() -> Void)? = nil
  ) throws(DriverError) {
    let action = try kernel.interrupts.request(number, name, handler: handler, thread: thread)
    manage("interrupt \(number)") { [unowned kernel] in kernel.interrupts.free(number, action) }
  }
}
