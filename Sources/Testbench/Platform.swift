public import Device
public import DeviceTree
public import Driver
public import Virtio

/// A platform built from a device tree: memory, accelerators on their transports, and a kernel that knows of them only
/// what the tree and the registers say.
public final class Platform {
  public let tree: DeviceTree
  public let kernel: Kernel
  public let driver: IPsecDriver
  /// The driver's view of memory; devices have views of their own.
  public let memory: GuestMemory
  /// Of every accelerator that is not given one of its own.
  private let profile: AcceleratorProfile
  let bus = PlatformWiring()
  private var hostPath: String?
  /// Number of the bus behind the PCI host.
  private var busNumber: UInt32 = 0
  /// Addresses at which something answers.
  private var claimed: [(addresses: Range<UInt64>, place: String)] = []

  /// - Parameters:
  ///   - tree: what to build.
  ///   - memory: all that the tree says there is, for devices elsewhere to share; nil to make it.
  ///   - profile: of the accelerator behind each window that names a device.
  ///   - parameters: of the driver's module.
  ///   - customize: changes the accelerators' profile.
  /// - Throws: `DriverError`, EINVAL for a tree that cannot be built.
  public init(
    _ tree: DeviceTree = PlatformTree.board(), memory: GuestMemory? = nil,
    profile: AcceleratorProfile = AcceleratorProfile(),
    parameters: IPsecDriver.Parameters = IPsecDriver.Parameters(), cpuCount: Int = 1
  ) throws(DriverError) {
    self.tree = tree
    if let memory { self.memory = memory } else { self.memory = try Self.memory(of: tree) }
    kernel = try Kernel(tree: tree, memory: self.memory, physical: bus, cpuCount: cpuCount)
    driver = IPsecDriver(parameters)
    self.profile = profile
    kernel.scheduler.outside = { [bus] in bus.continueService() }
    try claimControllers()
    try addWindows()
    try addHost()
  }

  /// Instances that somebody holds go on, with their kernel; the others end with it.
  deinit { for instance in instances { instance.device.releaseDriverData() } }

  private static func memory(of tree: DeviceTree) throws(DriverError) -> GuestMemory {
    do {
      let regions = try tree.root.children.filter { $0.property("device_type")?.string == "memory" }
        .flatMap { try $0.registers(under: tree.root) }
        .map { PageAllocator.pages(in: $0) }.filter { !$0.isEmpty }
        .map { try MemoryRegion(at: $0.lowerBound, byteCount: $0.count) }
      return try GuestMemory(regions: regions)
    } catch { throw DriverError(.EINVAL, "/memory", "\(error)") }
  }

  /// Nothing else answers where interrupt controllers do, and those who take messages.
  private func claimControllers() throws(DriverError) {
    do throws(DeviceTreeError) {
      for name in ["arm,gic-v3", "arm,cortex-a15-gic", "arm,gic-v3-its"] {
        for node in tree.nodes(compatible: name) where node.isEnabled {
          for range in try tree.registers(of: node.path).compactMap(\.self) { try claim(range, "\(node.path):reg") }
        }
      }
    } catch { throw DriverError(.EINVAL, error.place, error.problem) }
  }

  /// An accelerator behind each `virtio,mmio` window that names one, and nothing behind the others.
  private func addWindows() throws(DriverError) {
    let name = "virtio,device" + String(Accelerator(profile).virtioProfile.deviceID, radix: 16)
    for node in tree.nodes(compatible: "virtio,mmio") where node.isEnabled {
      let input: UInt32?
      do throws(DeviceTreeError) { input = try tree.interrupts(of: node.path).first?.input() } catch {
        throw DriverError(.EINVAL, error.place, error.problem)
      }
      guard let input else { throw DriverError(.EINVAL, node.path, "no interrupt") }
      let range = try claim(node)
      let isThere = node.children.contains { $0.isEnabled && $0.compatible.contains(name) }
      bus.add(
        MMIOSlot(
          isThere ? profile : nil, in: GuestMemory(sharing: memory),
          wire: InterruptWire(kernel.interrupts, line: input)),
        at: range.address, byteCount: Int(range.size))
    }
  }

  /// The PCI host, its slots empty.
  private func addHost() throws(DriverError) {
    guard let node = tree.nodes(compatible: "pci-host-ecam-generic").first(where: { $0.isEnabled }) else { return }
    let ecam = try claim(node)
    bus.add(bus.pci, at: ecam.address, byteCount: Int(ecam.size))
    do throws(DeviceTreeError) {
      busNumber = try node.busRange().lowerBound
      for window in try tree.windows(of: node.path) where (window.child.space.first ?? 0) >> 25 & 1 == 1 {
        try claim(AddressRange(address: window.parent, size: window.child.size), "\(node.path):ranges")
        bus.pciWindows.append((window.parent, window.child.address, window.child.size))
      }
    } catch { throw DriverError(.EINVAL, error.place, error.problem) }
    hostPath = node.path
  }

  /// Takes the first range of a node's registers, which nothing else may have.
  private func claim(_ node: Node) throws(DriverError) -> AddressRange {
    do throws(DeviceTreeError) {
      guard let range = try tree.registers(of: node.path).first ?? nil else {
        throw DeviceTreeError(node.path, "has no registers that the CPU can address")
      }
      try claim(range, "\(node.path):reg")
      return range
    } catch { throw DriverError(.EINVAL, error.place, error.problem) }
  }

  private func claim(_ range: AddressRange, _ place: String) throws(DeviceTreeError) {
    let addresses = range.address..<range.end
    let others = claimed + memory.regions.map { ($0.address..<$0.address + UInt64($0.byteCount), "memory") }
    if let other = others.first(where: { $0.addresses.overlaps(addresses) }) {
      throw DeviceTreeError(place, "overlaps \(other.place)")
    }
    claimed.append((addresses, place))
  }

  // MARK: PCI slots

  /// Puts a card into a slot; whoever drives the host finds it with the next look.
  ///
  /// - Throws: `DriverError`, EINVAL for a slot that the tree routes no interrupt for.
  public func insert(
    into slot: Int, _ profile: AcceleratorProfile? = nil, pci: PCIProfile = PCIProfile()
  ) throws(DriverError) {
    guard let hostPath else { throw DriverError(.ENODEV, "platform", "the tree has no PCI host") }
    let input: UInt32, messages: MessageSpecifier?
    do throws(DeviceTreeError) {
      let requester = busNumber << 8 | UInt32(slot) << 3
      input = try tree.interrupt(ofPin: 1, function: requester << 8, behind: hostPath).input()
      messages = try tree.messages(from: requester, behind: hostPath)
    } catch { throw DriverError(.EINVAL, error.place, error.problem) }
    let card = PCICard(
      profile ?? self.profile, pci: pci, in: GuestMemory(sharing: memory),
      wire: InterruptWire(kernel.interrupts, line: input, device: messages?.device ?? 0))
    bus.pci.insert(card, into: slot)
  }

  /// Pulls a card out.
  public func pull(from slot: Int) { _ = bus.pci.remove(from: slot) }

  /// The accelerator in a slot.
  public func accelerator(in slot: Int) -> Accelerator? { bus.pci.functions[slot]?.accelerator }

  /// The PCI host as its driver keeps it.
  public var host: PCIHost? {
    kernel.bus("platform")?.devices.lazy.compactMap { $0.driverData as? PCIHost }.first
  }

  // MARK: Booting

  /// Loads what it takes to drive everything.
  public func boot() throws(DriverError) {
    try kernel.populatePlatform()
    for module in modules { try kernel.load(module) }
    kernel.scheduler.run()
  }

  /// Every module that the platform needs, in an order that works.
  public var modules: [Module] {
    [.interruptController(), .virtio(), .pci(), .virtioMMIO(), .virtioPCI(), .virtioIPsec(driver)]
  }

  /// The accelerators that the driver has taken over, in the order of the virtio bus.
  public var instances: [IPsecInstance] {
    kernel.bus("virtio")?.devices.compactMap { $0.driverData as? IPsecInstance } ?? []
  }

  /// The one that the driver has taken over in a slot.
  public func instance(in slot: Int) -> IPsecInstance? {
    let virtio = host?.find(slot << 3)?.driverData as? VirtioBusDevice
    return virtio?.device.driverData as? IPsecInstance
  }

  /// Whoever watches the kernel's register accesses.
  public var tap: (any BusTap)? {
    get { bus.tap }
    set { bus.tap = newValue }
  }

  /// Every device's view of memory: for whoever watches what devices do.
  public var deviceMemories: [GuestMemory] { devices.map(\.memory) }

  /// Every virtio device that is there.
  public var devices: [VirtioDevice] { bus.devices }

  /// What stands behind the window at an address answers no more.
  public func pull(at address: UInt64) { bus.slot(at: address)?.isGone = true }

  /// The virtio device behind the window at an address, or in a slot.
  public func device(at address: UInt64) -> VirtioDevice? { bus.slot(at: address)?.device }
  public func device(in slot: Int) -> VirtioDevice? { bus.pci.functions[slot]?.function.device }

  /// The accelerator behind the window at an address.
  public func accelerator(at address: UInt64) -> Accelerator? { bus.slot(at: address)?.accelerator }
}
