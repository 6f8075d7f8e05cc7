import DeviceTree

/// The order in which devices wake up, and in whose reverse they sleep and shut down (`dpm_list`, `devices_kset`): the
/// one in which they came, except that none stands before one that it needs.
extension Kernel {
  /// Puts a device that comes at the end, and those behind it that came before and need it (`device_pm_add`,
  /// `fw_devlink_link_device`).
  func enlist(_ device: KernelDevice) {
    order.append(device)
    for consumer in consumers(of: device) { moveToTail(consumer) }
  }

  /// Moves a device to the end, with all below it and all that need it (`device_pm_move_to_tail`).
  func moveToTail(_ device: KernelDevice) { moveToTail(device, after: []) }

  /// - Parameter moved: on whose account it is moved, for devices that need each other.
  private func moveToTail(_ device: KernelDevice, after moved: [KernelDevice]) {
    guard !moved.contains(where: { $0 === device }) else { return }
    order.removeAll { $0 === device }
    order.append(device)
    for next in device.children + consumers(of: device) { moveToTail(next, after: moved + [device]) }
  }

  /// Those that need a device, by their nodes; none that the device is below of.
  private func consumers(of device: KernelDevice) -> [KernelDevice] {
    guard let path = device.node?.path else { return [] }
    return order.filter { consumer in
      consumer.suppliers.contains(path) && !sequence(first: device, next: \.parent).contains { $0 === consumer }
    }
  }
}
