import DeviceTree
import Driver
import Testbench
import Testing

/// The driver core, with toy drivers on the platform bus.
@Suite struct CoreTests {
  /// A driver that notes what is done to it.
  final class Toy: DeviceDriver {
    let name: String
    let idTable: [MatchID]
    var probed: (KernelDevice) throws(DriverError) -> Void
    var removed: (KernelDevice) -> Void
    var suspended: (KernelDevice) throws(DriverError) -> Void
    private(set) var calls: [String] = []

    init(_ name: String, _ compatible: String, probe: @escaping (KernelDevice) throws(DriverError) -> Void = { _ in }) {
      self.name = name
      idTable = [.compatible(compatible)]
      probed = probe
      (removed, suspended) = ({ _ in }, { _ in })
    }

    func probe(_ device: KernelDevice) throws(DriverError) {
      calls.append("probe \(device.name)")
      try probed(device)
    }
    func remove(_ device: KernelDevice) {
      calls.append("remove \(device.name)")
      removed(device)
    }
    func shutdown(_ device: KernelDevice) { calls.append("shutdown \(device.name)") }
    func suspend(_ device: KernelDevice) throws(DriverError) {
      calls.append("suspend \(device.name)")
      try suspended(device)
    }
    func resume(_ device: KernelDevice) throws(DriverError) { calls.append("resume \(device.name)") }
  }

  /// A board with two devices of our own.
  private func platform() throws -> Platform {
    var tree = PlatformTree.board(mmio: [], hasPCI: false)
    for (index, name) in ["first", "second"].enumerated() {
      tree.root.children.append(
        Node(
          name: "\(name)@\(index + 1)000", path: "/\(name)@\(index + 1)000",
          properties: [
            Property("compatible", strings: ["test,\(name)", "test,any"]),
            Property("reg", cells: [0, UInt32(index + 1) << 12, 0, 0x100]),
          ]))
    }
    return try Platform(tree)
  }

  @Test func `a device goes to the first driver whose table covers it`() throws {
    let platform = try platform()
    let bus = try platform.kernel.populatePlatform()
    let any = Toy("any", "test,any"), first = Toy("first", "test,first")
    try bus.register(first)
    try bus.register(any)
    #expect(first.calls == ["probe 1000.first"])
    #expect(any.calls == ["probe 2000.second"])
    #expect(bus.device("1000.first")?.driver === first)
    bus.unregister(first)
    #expect(first.calls == ["probe 1000.first", "remove 1000.first"])
    #expect(bus.device("1000.first")?.driver == nil)
  }

  @Test func `a driver name is taken once`() throws {
    let platform = try platform()
    let bus = try platform.kernel.populatePlatform()
    try bus.register(Toy("toy", "test,any"))
    let error = #expect(throws: DriverError.self) { try bus.register(Toy("toy", "test,first")) }
    #expect(error?.errno == .EBUSY)
  }

  @Test func `managed resources go in reverse, after remove and after a probe that failed`() throws {
    let platform = try platform()
    let bus = try platform.kernel.populatePlatform()
    var released: [Int] = []
    func acquire(_ device: KernelDevice) { for index in 0..<3 { device.manage("\(index)") { released.append(index) } } }
    let good = Toy("good", "test,first") { acquire($0) }
    let bad = Toy("bad", "test,second") { (device) throws(DriverError) in
      acquire(device)
      throw DriverError(.EIO, device.label, "as it should")
    }
    try bus.register(bad)
    #expect(released == [2, 1, 0])
    #expect(bus.device("2000.second")?.driver == nil)
    released = []
    try bus.register(good)
    #expect(released == [])
    bus.unregister(good)
    #expect(released == [2, 1, 0])
  }

  @Test func `a device that waits for another is probed again when that one is there`() throws {
    let platform = try platform()
    let kernel = platform.kernel
    let bus = try kernel.populatePlatform()
    let supplier = Toy("supplier", "test,second")
    let consumer = Toy("consumer", "test,first") { (device) throws(DriverError) in
      guard bus.device("2000.second")?.driver != nil else {
        throw DriverError(.EPROBE_DEFER, device.label, "no supplier")
      }
    }
    try bus.register(consumer)
    kernel.scheduler.run()
    #expect(kernel.deferredDevices == ["1000.first"])
    #expect(bus.device("1000.first")?.driver == nil)
    try bus.register(supplier)
    kernel.scheduler.run()
    #expect(kernel.deferredDevices == [])
    #expect(bus.device("1000.first")?.driver === consumer)
    #expect(consumer.calls == ["probe 1000.first", "probe 1000.first"])
  }

  @Test(arguments: [false, true])
  func `virtio devices wait for their interrupt controller, wherever it stands`(controllerFirst: Bool) throws {
    let tree = PlatformTree.board(hasPCI: false, controllerFirst: controllerFirst)
    let platform = try Platform(tree)
    let kernel = platform.kernel
    try kernel.populatePlatform()
    for module in [Module.virtio(), .virtioMMIO(), .virtioIPsec(platform.driver)] { try kernel.load(module) }
    #expect(kernel.deferredDevices == ["a000000.virtio"])
    #expect(platform.instances.isEmpty)
    try kernel.load(.interruptController())
    #expect(kernel.deferredDevices == [])
    #expect(platform.instances.count == 1)
  }

  @Test func `shutdown and sleep take children before parents, waking the reverse`() throws {
    let platform = try platform()
    let bus = try platform.kernel.populatePlatform()
    let toy = Toy("toy", "test,any")
    try bus.register(toy)
    try platform.kernel.suspendSystem()
    #expect(platform.kernel.resumeSystem().isEmpty)
    platform.kernel.shutDown()
    #expect(
      toy.calls == [
        "probe 1000.first", "probe 2000.second", "suspend 2000.second", "suspend 1000.first", "resume 1000.first",
        "resume 2000.second", "shutdown 2000.second", "shutdown 1000.first",
      ])
  }

  @Test func `modules need what they use, and stay while they are used`() throws {
    let platform = try Rig().platform()
    let kernel = platform.kernel
    try kernel.populatePlatform()
    #expect(throws: DriverError.self) { try kernel.load(.virtioMMIO()) }
    for module in platform.modules { try kernel.load(module) }
    #expect(throws: DriverError.self) { try kernel.load(.virtio()) }
    let error = #expect(throws: DriverError.self) { try kernel.unload("virtio") }
    #expect(error?.errno == .EBUSY)
    for name in ["virtio_ipsec", "virtio_pci", "virtio_mmio", "virtio"] { try kernel.unload(name) }
    #expect(kernel.loadedModules == ["irq_gic", "pci_host_generic"])
  }

  @Test func `user space hears of a device before its driver does, and of its end last`() throws {
    let (platform, _) = try Rig().boot()
    try platform.kernel.unload("virtio_ipsec")
    let events = platform.kernel.log.lines(.uevent).filter { $0.contains("virtio0:") }
    #expect(events.map { $0.prefix { $0 != "@" } } == ["add", "bind", "unbind"])
    #expect(events[0].contains("MODALIAS=virtio:d0000003Fv00001AF4"))
    let lines = platform.kernel.log.events.map { "\($0.source): \($0.text)" }
    let added = try #require(lines.firstIndex { $0.hasPrefix("add@/devices/platform/a000000.virtio/virtio0") })
    let probed = try #require(lines.firstIndex { $0.contains("probing driver virtio_ipsec with device virtio0") })
    let bound = try #require(lines.firstIndex { $0.contains("'virtio_ipsec': driver_bound: bound to device 'virtio0") })
    #expect(added < probed && probed < bound)
  }

  @Test func `attributes are read, written, and printed as a tree`() throws {
    let (platform, instance) = try Rig().boot()
    defer { withExtendedLifetime(platform) {} }
    let kernel = platform.kernel
    let path = "platform/a000000.virtio/virtio0"
    #expect(kernel.readAttribute("\(path)/device") == "0x003f")
    #expect(kernel.readAttribute("\(path)/status") == "0x0000000f")
    #expect(kernel.readAttribute("\(path)/version") == "2.0")
    #expect(kernel.readAttribute("\(path)/nothing") == nil)
    let error = #expect(throws: DriverError.self) { try kernel.writeAttribute("\(path)/version", "1.0") }
    #expect(error?.errno == .EOPNOTSUPP)
    _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    #expect(kernel.sysfs.contains("└── virtio0  [virtio_ipsec]"))
    #expect(kernel.sysfs.contains("sa_count = 1"))
  }

  @Test func `an instance works for as long as it is held, and then goes with its kernel`() throws {
    weak var kernel: Kernel?
    do {
      let instance = try { () throws -> IPsecInstance in
        let (platform, instance) = try Rig().boot()
        kernel = platform.kernel
        return instance
      }()
      let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      #expect(try Samples.peer().open(instance.process(Samples.packet(), on: sa)) == Samples.packet())
    }
    #expect(kernel == nil)
  }

  @Test func `a platform that nobody holds goes, though its driver was never unloaded`() throws {
    weak var kernel: Kernel?
    do {
      let (platform, _) = try Rig(transport: .msix).boot()
      kernel = platform.kernel
    }
    #expect(kernel == nil)
  }

  @Test func `nothing of a platform stays when nobody holds it`() throws {
    weak var kernel: Kernel?
    do {
      let (platform, instance) = try Rig().boot()
      defer { withExtendedLifetime(platform) {} }
      _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      kernel = platform.kernel
      for name in ["virtio_ipsec", "virtio_pci", "virtio_mmio"] { try platform.kernel.unload(name) }
    }
    #expect(kernel == nil)
  }
}
