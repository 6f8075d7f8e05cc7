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

  /// Moves a device to the end, with all below it and all that need it, each behind what it needs
  /// (`device_pm_move_to_tail`); of devices that need each other, one comes first.
  func moveToTail(_ device: KernelDevice) {
    var seen: Set<ObjectIdentifier> = []
    var moved: [KernelDevice] = []
    // Each comes before all that it is visited from, until the whole is turned round.
    func visit(_ device: KernelDevice) {
      guard seen.insert(ObjectIdentifier(device)).inserted else { return }
      for next in (device.children + consumers(of: device)).reversed() { visit(next) }
      moved.append(device)
    }
    visit(device)
    order.removeAll { seen.contains(ObjectIdentifier($0)) }
    order += moved.reversed()
  }

  /// Those that need a device, by their nodes; none that the device is below of.
  private func consumers(of device: KernelDevice) -> [KernelDevice] {
    guard let path = device.node?.path else { return [] }
    return order.filter { consumer in
      consumer.suppliers.contains(path) && !sequence(first: device, next: \.parent).contains { $0 === consumer }
    }
  }
}
