import DeviceTree
import Testbench
import Testing

@testable import Driver

/// Who sleeps before whom, who parts from whom first, and what becomes of a device that does not wake up.
@Suite struct PowerOrderTests {
  typealias Toy = CoreTests.Toy

  /// A driver whose devices sleep by themselves, and of which one may not wake up.
  final class Sleeper: DeviceDriver {
    let name = "sleeper"
    let idTable: [MatchID] = [.compatible("test,sleeper")]
    var isBroken = false
    private(set) var calls: [String] = []

    func probe(_ device: KernelDevice) throws(DriverError) { device.setAutosuspend(1000) }
    func suspend(_ device: KernelDevice) throws(DriverError) { calls.append("suspend") }
    func resume(_ device: KernelDevice) throws(DriverError) { calls.append("resume") }
    func runtimeResume(_ device: KernelDevice) throws(DriverError) {
      calls.append("wake")
      if isBroken { throw DriverError(.EIO, device.label, "broken") }
    }
  }

  private let toys: ToyBus
  private var bus: Bus { toys.bus }
  private var kernel: Kernel { toys.kernel }

  init() throws { toys = try ToyBus() }

  @discardableResult
  private func add(_ name: String, below parent: KernelDevice? = nil) throws -> KernelDevice {
    try toys.add(name, below: parent)
  }

  // MARK: Order

  @Test func `what comes later sleeps earlier, wherever in the tree it is`() throws {
    let toy = Toy("toy", "test,any")
    try bus.register(toy)
    let first = try add("first")
    try add("second")
    try add("below", below: first)
    try kernel.suspendSystem()
    kernel.resumeSystem()
    kernel.shutDown()
    #expect(
      toy.calls.dropFirst(3) == [
        "suspend below", "suspend second", "suspend first", "resume first", "resume second", "resume below",
        "shutdown below", "shutdown second", "shutdown first",
      ])
  }

  @Test func `a device that waited for another sleeps before it, and so do those below`() throws {
    let toy = Toy("toy", "test,any")
    toy.probed = { [bus] (device) throws(DriverError) in
      if device.name == "consumer", bus.device("supplier")?.driver == nil {
        throw DriverError(.EPROBE_DEFER, device.label, "no supplier")
      }
    }
    try bus.register(toy)
    let consumer = try add("consumer")
    try add("below", below: consumer)
    try add("supplier")
    kernel.scheduler.run()
    try kernel.suspendSystem()
    #expect(toy.calls.suffix(3) == ["suspend below", "suspend consumer", "suspend supplier"])
    kernel.resumeSystem()
    #expect(toy.calls.suffix(3) == ["resume supplier", "resume consumer", "resume below"])
    kernel.shutDown()
    #expect(toy.calls.suffix(3) == ["shutdown below", "shutdown consumer", "shutdown supplier"])
  }

  @Test(arguments: [false, true])
  func `virtio devices sleep before the interrupt controller, wherever it stands`(controllerFirst: Bool) throws {
    let platform = try Platform(PlatformTree.board(mmio: [63, 63], controllerFirst: controllerFirst))
    try platform.insert(into: 1)
    try platform.boot()
    #expect(platform.instances.count == 3)
    platform.kernel.log.clear()
    try platform.kernel.suspendSystem()
    #expect(platform.kernel.resumeSystem().isEmpty)
    func devices(_ step: String) -> [String] {
      platform.kernel.log.lines(.power).filter { $0.hasSuffix(step) }.map { String($0.dropLast(step.count)) }
    }
    let asleep = devices("dpm_suspend")
    #expect(asleep.count == 8)
    let controller = try #require(asleep.firstIndex { $0.contains("interrupt-controller") })
    let virtio = asleep.indices.filter { asleep[$0].contains("virtio") }
    #expect(virtio.count == 6 && virtio.allSatisfy { $0 < controller }, "\(asleep)")
    #expect(devices("dpm_resume") == asleep.reversed())
  }

  @Test func `a controller whose node names itself has its place, too`() throws {
    var tree = PlatformTree.board(hasPCI: false)
    let controller = tree.root.children.firstIndex { $0.name.hasPrefix("interrupt-controller") }!
    tree.root.children[controller].properties.append(Property("interrupts", cells: [1, 9, 4]))
    let platform = try Platform(tree)
    try platform.boot()
    try platform.kernel.suspendSystem()
    #expect(platform.kernel.resumeSystem().isEmpty)
    #expect(platform.kernel.log.lines(.power).first { $0.hasSuffix("dpm_suspend") }?.contains("virtio0") == true)
  }

  /// Every way from the first to the last would be more than there is time for.
  @Test func `devices that need many others, and each other, each have one place`() throws {
    let names = (0..<60).map { "n\($0)" }
    for (index, name) in names.enumerated() {
      let node = Node(name: name, path: "/\(name)")
      let device = KernelDevice(name, kernel: kernel, bus: bus, node: node)
      device.suppliers = index == 0 ? ["/n59"] : names[..<index].map { "/\($0)" }
      try device.add(below: kernel.root)
    }
    #expect(kernel.order.map(\.name).filter { names.contains($0) } == names)
    kernel.moveToTail(try #require(bus.device("n0")))
    #expect(kernel.order.suffix(60).map(\.name) == names)
  }

  // MARK: Parting

  @Test func `a device leaves its bus before its driver leaves it`() throws {
    let (platform, _) = try Rig().boot()
    platform.kernel.log.clear()
    try platform.kernel.unload("virtio_mmio")
    let lines = platform.kernel.log.lines(.core).filter { $0.contains("virtio0") && !$0.contains("DEVRES") }
    #expect(
      lines == [
        "bus: 'virtio': remove device virtio0", "bus: 'virtio': unbinding driver virtio_ipsec from device virtio0",
        "driver: 'virtio_ipsec': unbound from device 'virtio0'",
      ])
  }

  @Test func `a function loses its driver before it leaves its bus`() throws {
    let (platform, _) = try Rig(transport: .msix).boot()
    platform.kernel.log.clear()
    platform.pull(from: Rig.slot)
    platform.host!.removeAbsent()
    let lines = platform.kernel.log.lines(.core).filter { $0.contains("0000:00:01.0") && !$0.contains("DEVRES") }
    #expect(
      lines == [
        "bus: 'pci': unbinding driver virtio-pci from device 0000:00:01.0",
        "driver: 'virtio-pci': unbound from device '0000:00:01.0'", "bus: 'pci': remove device 0000:00:01.0",
      ])
  }

  @Test func `a driver that goes parts from the device that was bound last first`() throws {
    let toy = Toy("toy", "test,any")
    toy.probed = { [bus] (device) throws(DriverError) in
      if device.name == "first", bus.device("second")?.driver == nil {
        throw DriverError(.EPROBE_DEFER, device.label, "no second")
      }
    }
    try bus.register(toy)
    for name in ["first", "second", "third"] { try add(name) }
    kernel.scheduler.run()
    bus.unregister(toy)
    #expect(toy.calls.suffix(3) == ["remove first", "remove third", "remove second"])
  }

  // MARK: Probes that wait

  @Test func `what was bound while a device was probed has it probed again`() throws {
    let supplier = Toy("supplier", "test,supplier")
    let consumer = Toy("consumer", "test,consumer")
    var isThere = false
    consumer.probed = { [self] (device) throws(DriverError) in
      guard !isThere else { return }
      // It comes too late for this probe, and nothing comes after it.
      #expect(throws: Never.self) { try add("supplier") }
      isThere = true
      throw DriverError(.EPROBE_DEFER, device.label, "no supplier")
    }
    try bus.register(supplier)
    try bus.register(consumer)
    let device = try add("consumer")
    kernel.scheduler.run()
    #expect(device.driver === consumer && kernel.deferredDevices.isEmpty)
    #expect(consumer.calls == ["probe consumer", "probe consumer"])
  }

  // MARK: Devices that do not wake up

  private func broken() throws -> (Sleeper, KernelDevice) {
    let driver = Sleeper()
    try bus.register(driver)
    let device = try add("sleeper")
    kernel.scheduler.sleep(10_000)
    #expect(device.power.status == .suspended)
    driver.isBroken = true
    #expect(throws: DriverError(.EIO, device.label, "broken")) { try device.runtimeGet() }
    #expect(device.power.status == .error && device.power.usageCount == 0)
    driver.isBroken = false
    return (driver, device)
  }

  @Test func `a device that did not wake up is refused, until a driver is bound anew`() throws {
    let (driver, device) = try broken()
    for _ in 0..<2 {
      let error = #expect(throws: DriverError.self) { try device.runtimeGet() }
      #expect(error?.errno == .EINVAL && device.power.usageCount == 0)
    }
    device.setAutosuspend(1000)
    #expect(driver.calls == ["wake"] && device.power.usageCount == 0)
    bus.unregister(driver)
    try bus.register(driver)
    try device.runtimeGet()
    #expect(device.power.status == .active && device.power.usageCount == 1)
  }

  @Test func `a device that did not wake up sleeps and wakes with the system, and is whole again`() throws {
    let (driver, device) = try broken()
    try kernel.suspendSystem()
    #expect(kernel.resumeSystem().isEmpty)
    #expect(driver.calls == ["wake", "suspend", "resume"])
    try device.runtimeGet()
    #expect(device.power.status == .active && device.power.usageCount == 1)
  }

  @Test func `the platform is there before its bus is`() throws {
    try kernel.populatePlatform()
    let lines = kernel.log.lines(.core).filter { $0.contains("platform") }
    #expect(lines.prefix(2) == ["bus: 'none': add device platform", "bus: 'platform' registered"])
  }
}
