import DeviceTree

/// Whoever turns the messages of devices into interrupts: GICv3's Interrupt Translation Service (`irq-gic-v3-its.c`).
///
/// A device writes the number of an event of its own; which device it is, the bus says.
struct MessageController {
  /// Its node's path.
  let path: String
  /// Its registers: two frames of 64 KiB, for the system and for messages.
  private static let byteCount: UInt64 = 0x2_0000
  /// Where messages are written (GITS_TRANSLATER).
  let doorbell: UInt64

  /// Those below an interrupt controller.
  ///
  /// - Throws: `DriverError`, EINVAL for one without registers that the CPU can address, or with too few.
  static func all(below controller: KernelDevice, _ node: Node) throws(DriverError) -> [MessageController] {
    let found = node.children.filter {
      $0.isEnabled && $0.compatible.contains("arm,gic-v3-its") && $0.property("msi-controller") != nil
    }
    return try found.map { (its) throws(DriverError) in try MessageController(its, controller) }
  }

  private init(_ its: Node, _ controller: KernelDevice) throws(DriverError) {
    let registers: AddressRange?
    do throws(DeviceTreeError) { registers = try controller.kernel.tree.registers(of: its.path).first ?? nil } catch {
      throw DriverError(.EINVAL, controller.label, "\(error.place): \(error.problem)")
    }
    guard let registers else {
      throw DriverError(.EINVAL, controller.label, "\(its.path):reg: nothing that the CPU can address")
    }
    guard registers.size >= Self.byteCount else {
      throw DriverError(
        .EINVAL, controller.label, "\(its.path):reg: \(registers.size) bytes, where \(Self.byteCount) are needed")
    }
    (path, doorbell) = (its.path, registers.address + 0x1_0040)
    controller.info("ITS [mem 0x\(hex(registers.address, 8))-0x\(hex(registers.end - 1, 8))]")
  }
}
