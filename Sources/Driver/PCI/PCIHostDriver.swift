import DeviceTree

/// Drives `pci-host-ecam-generic` (`drivers/pci/controller/pci-host-generic.c`).
public final class PCIHostDriver: DeviceDriver {
  public let name = "pci-host-generic"
  public let idTable: [MatchID] = [.compatible("pci-host-ecam-generic")]
  /// Domains of the hosts that are there.
  private var domains: Set<UInt32> = []
  /// The first port of each window onto ports, by where the CPU sees it: it keeps them, also when its host goes.
  private var ports: [UInt64: UInt64] = [:]
  private var portCount: UInt64 = 0

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    let ecam = try device.mapRegisters(0)
    guard let bus = device.kernel.bus("pci"), let node = device.node else {
      throw DriverError(.ENODEV, device.label, "no PCI bus")
    }
    var windows: [HostWindow]
    let buses: ClosedRange<UInt32>
    do throws(DeviceTreeError) {
      windows = try device.kernel.tree.windows(of: node.path).filter { $0.child.size > 0 }.map { HostWindow($0) }
      buses = try node.busRange()
    } catch { throw DriverError(.EINVAL, error.place, error.problem) }
    let domain = try domain(of: node, device.kernel.tree)
    device.info("host bridge \(node.path) ranges:")
    for index in windows.indices {
      let window = windows[index]
      let last = window.cpuAddress + window.byteCount - 1
      device.info(
        "  \(pad(window.kind.rawValue, 6)) 0x\(hex(window.cpuAddress, 10))..0x\(hex(last, 10)) -> "
          + "0x\(hex(window.busAddress, 10))")
      if window.kind == .ports { windows[index].firstPort = firstPort(of: window) }
    }
    let host = try PCIHost(device, ecam, windows, bus, domain: domain, buses: buses)
    domains.insert(domain)
    device.driverData = host
    host.rescan()
  }

  /// The host's number among all (`pci_bus_find_domain_nr`): what the tree says, or the first that is free and that it
  /// gives to nobody.
  ///
  /// - Throws: `DriverError`, EEXIST for one that another host has.
  private func domain(of node: Node, _ tree: DeviceTree) throws(DriverError) -> UInt32 {
    func given(_ node: Node) -> UInt32? { node.property("linux,pci-domain")?.cell }
    guard let domain = given(node) else {
      let reserved = domains.union(tree.root.withDescendants.compactMap(given))
      return (0...).first { !reserved.contains($0) }!
    }
    guard !domains.contains(domain) else {
      throw DriverError(.EEXIST, "\(node.path):linux,pci-domain", "domain \(domain) is another host's")
    }
    return domain
  }

  /// The number of a window's first port among all (`pci_register_io_range`).
  private func firstPort(of window: HostWindow) -> UInt64 {
    if let port = ports[window.cpuAddress] { return port }
    defer { portCount += window.byteCount }
    ports[window.cpuAddress] = portCount
    return portCount
  }

  public func remove(_ device: KernelDevice) {
    guard let host = device.driverData as? PCIHost else { return }
    host.remove()
    domains.remove(host.domain)
  }
}
