public import DeviceTree

/// A device as the driver core sees it (`struct device`).
public final class KernelDevice {
  /// Name, unique on its bus.
  public let name: String
  public unowned let kernel: Kernel
  public private(set) weak var parent: KernelDevice?
  public private(set) var children: [KernelDevice] = []
  public internal(set) weak var bus: Bus?
  /// What it is, the most specific first.
  public let ids: [MatchID]
  /// What user space finds a module by.
  public let modalias: String?
  /// Its node in the device tree.
  public let node: Node?
  /// Paths of the nodes of those that it needs, as its own node names them (`struct fwnode_link`).
  var suppliers: [String] = []
  /// What the bus knows of it: registers, interrupts.
  public internal(set) var busData: AnyObject?

  /// The driver that is bound.
  public internal(set) var driver: (any DeviceDriver)?
  /// Why the last probe came to nothing.
  public internal(set) var probeError: DriverError?
  /// The driver's own (`dev_set_drvdata`); the device keeps it.
  public var driverData: AnyObject? {
    get { keptData ?? releasedData }
    set { (keptData, releasedData) = (newValue, nil) }
  }
  private var keptData: AnyObject?
  /// Weak only when it has to be: what has ever had a weak reference is slower to retain.
  private weak var releasedData: AnyObject?

  /// Leaves the driver's own to whoever else keeps it: for data that keeps the kernel, when nobody runs that any more.
  public func releaseDriverData() { (keptData, releasedData) = (nil, keptData) }

  public var resources = ManagedResources()
  public var attributes: [Attribute] = []
  /// Attributes that the bound driver added.
  public var driverAttributes: [Attribute] = []
  public internal(set) var isRegistered = false
  /// It was pulled out: nothing answers any more.
  public var isGone = false
  @exclusivity(unchecked) public internal(set) var power = PowerState()

  public init(
    _ name: String, kernel: Kernel, bus: Bus? = nil, ids: [MatchID] = [], modalias: String? = nil, node: Node? = nil,
    data: AnyObject? = nil
  ) {
    self.name = name
    self.kernel = kernel
    self.bus = bus
    self.ids = ids
    self.modalias = modalias
    self.node = node
    busData = data
    if let modalias { attributes = [Attribute("modalias") { modalias }] }
  }

  /// Path below `/sys/devices`.
  public var path: String { (parent?.path ?? "/sys") + "/" + name }
  /// As `dev_info` prints it: driver, or bus, and name.
  public var label: String { (driver?.name ?? bus?.name ?? "device") + " " + name }
  /// The device and all below it, parents first.
  public var withDescendants: [KernelDevice] { [self] + children.flatMap(\.withDescendants) }

  /// Prints a line into the log (`dev_info`).
  public func info(_ text: @autoclosure () -> String) { kernel.trace(.message, label, text()) }

  // MARK: Coming and going

  /// Adds the device below a parent, and has a driver looked for (`device_add`).
  ///
  /// - Throws: `DriverError`, EEXIST where the name is taken on the bus.
  public func add(below parent: KernelDevice) throws(DriverError) {
    guard bus?.devices.contains(where: { $0.name == name }) != true else {
      throw DriverError(.EEXIST, label, "a device of that name is there")
    }
    self.parent = parent
    parent.children.append(self)
    isRegistered = true
    bus?.append(self)
    kernel.enlist(self)
    kernel.trace(.core, "bus", "'\(bus?.name ?? "none")': add device \(name)")
    uevent("add")
    bus?.attach(self)
  }

  /// Takes the device and all below it away (`device_del`), children first, the youngest before the older.
  public func remove() {
    guard isRegistered else { return }
    // No driver finds it any more, before its own lets go of it.
    isRegistered = false
    bus?.drop(self)
    kernel.trace(.core, "bus", "'\(bus?.name ?? "none")': remove device \(name)")
    kernel.releaseDriver(of: self)
    // Also those that come while others go.
    while let child = children.last(where: \.isRegistered) { child.remove() }
    kernel.order.removeAll { $0 === self }
    kernel.deferred.removeAll { $0 === self }
    power.cancel(on: kernel)
    uevent("remove")
    parent?.children.removeAll { $0 === self }
  }

  /// Marks the device and all below it as pulled out.
  public func markGone() { for device in withDescendants { device.isGone = true } }

  /// Tells user space (`kobject_uevent`).
  func uevent(_ action: String) {
    kernel.ueventSequence += 1
    let path = path.dropFirst("/sys".count)
    let fields = [
      bus.map { "SUBSYSTEM=\($0.name)" }, driver.map { "DRIVER=\($0.name)" }, modalias.map { "MODALIAS=\($0)" },
      "SEQNUM=\(kernel.ueventSequence)",
    ]
    kernel.trace(.uevent, "\(action)@\(path)", fields.compactMap { $0 }.joined(separator: " "))
  }

  // MARK: Managed resources

  /// Has something undone when the driver parts from the device (`devm_add_action`).
  public func manage(_ name: String, release: @escaping () -> Void) { resources.add(name, release: release) }

  /// Managed memory (`devm_kzalloc`).
  public func allocate(_ byteCount: Int, _ name: String) throws(DriverError) -> UInt64 {
    let address = try kernel.allocate(byteCount, for: label)
    manage("memory of \(name)") { [unowned kernel] in kernel.free(address) }
    return address
  }

  /// Managed memory that the device sees all the time (`dmam_alloc_coherent`).
  public func allocateCoherent(_ byteCount: Int, _ name: String) throws(DriverError) -> UInt64 {
    let address = try kernel.dma.allocateCoherent(byteCount, for: self)
    manage("coherent memory of \(name)") { [unowned self] in kernel.dma.freeCoherent(address, of: self) }
    return address
  }

  /// Releases what the driver acquired, in reverse (`devres_release_all`).
  func releaseResources() {
    while let resource = resources.popLast() {
      kernel.trace(.core, label, "DEVRES REL \(resource.name)")
      resource.release()
    }
  }
}
