import Driver
import Testbench
import Testing

/// Lists of a bus that change while somebody goes through them, with toy drivers on a bus of their own.
@Suite struct BusTests {
  typealias Toy = CoreTests.Toy

  private let toys: ToyBus
  private var bus: Bus { toys.bus }
  private var kernel: Kernel { toys.kernel }

  init() throws { toys = try ToyBus() }

  @discardableResult
  private func add(_ name: String, below parent: KernelDevice? = nil) throws -> KernelDevice {
    try toys.add(name, below: parent)
  }

  @Test func `a device that goes while a driver looks for devices is bound to nobody`() throws {
    for name in ["first", "second", "third"] { try add(name) }
    let toy = Toy("toy", "test,any") { [bus] device in
      if device.name == "first" { bus.device("second")?.remove() }
    }
    try bus.register(toy)
    #expect(toy.calls == ["probe first", "probe third"])
    #expect(bus.devices.map(\.name) == ["first", "third"])
  }

  @Test func `a driver that goes while a device looks for one is not asked`() throws {
    let second = Toy("second", "test,any")
    let first = Toy("first", "test,any") { [bus] (device) throws(DriverError) in
      bus.unregister(second)
      throw DriverError(.ENODEV, device.label, "not this one")
    }
    try bus.register(first)
    try bus.register(second)
    let device = try add("device")
    #expect(device.driver == nil)
    #expect(second.calls == [])
  }

  @Test func `a driver that goes while it looks for devices is bound to none`() throws {
    for name in ["first", "second"] { try add(name) }
    let toy = Toy("toy", "test,any")
    toy.probed = { [bus, unowned toy] (device) throws(DriverError) in
      bus.unregister(toy)
      throw DriverError(.ENODEV, device.label, "not this one")
    }
    try bus.register(toy)
    #expect(toy.calls == ["probe first"] || toy.calls == ["probe first", "remove first"])
    #expect(bus.devices.allSatisfy { $0.driver == nil })
  }

  @Test func `a device that comes while its driver goes is not bound to it`() throws {
    try add("first")
    let toy = Toy("toy", "test,any")
    try bus.register(toy)
    toy.removed = { _ in #expect(throws: Never.self) { try add("second") } }
    bus.unregister(toy)
    #expect(toy.calls == ["probe first", "remove first"])
    #expect(bus.device("second")?.driver == nil && bus.drivers.isEmpty)
  }

  @Test func `what comes below a device that goes, goes with it`() throws {
    let parent = try add("parent"), toy = Toy("toy", "test,child")
    try bus.register(toy)
    try add("child", below: parent)
    toy.removed = { _ in #expect(throws: Never.self) { try add("late", below: parent) } }
    parent.remove()
    #expect(bus.devices.isEmpty && parent.children.isEmpty)
  }

  @Test(arguments: [false, true])
  func `what comes while the system sleeps is probed when it is awake`(fails: Bool) throws {
    try add("first")
    let toy = Toy("toy", "test,any"), late = Toy("late", "test,any")
    try bus.register(toy)
    toy.suspended = { [self] _ throws(DriverError) in
      #expect(throws: Never.self) {
        try add("second")
        try bus.register(late)
      }
      kernel.scheduler.run()
      #expect(bus.device("second")?.driver == nil && kernel.deferredDevices == ["second"])
      if fails { throw DriverError(.EBUSY, "toy", "does not sleep") }
    }
    if fails {
      #expect(throws: DriverError.self) { try kernel.suspendSystem() }
    } else {
      try kernel.suspendSystem()
      kernel.scheduler.run()
      #expect(bus.device("second")?.driver == nil && kernel.deferredDevices == ["second"])
      #expect(kernel.resumeSystem().isEmpty)
    }
    kernel.scheduler.run()
    #expect(bus.device("second")?.driver === toy && kernel.deferredDevices.isEmpty)
    #expect(toy.calls.filter { !$0.contains("first") } == ["probe second"] && late.calls.isEmpty)
  }

  @Test func `what is due is probed before the system falls asleep`() throws {
    var isThere = false
    let toy = Toy("toy", "test,first") { _ throws(DriverError) in
      if !isThere { throw DriverError(.EPROBE_DEFER, "toy", "what it needs is not there yet") }
    }
    try bus.register(toy)
    try add("first")
    isThere = true
    // That one is bound has others tried again, a little later.
    try bus.register(Toy("other", "test,second"))
    try add("second")
    #expect(toy.calls == ["probe first"])
    try kernel.suspendSystem()
    #expect(toy.calls == ["probe first", "probe first", "suspend first"])
    #expect(kernel.resumeSystem().isEmpty)
  }

  @Test func `a device that goes while the system falls asleep is not woken up`() throws {
    for name in ["first", "second"] { try add(name) }
    let toy = Toy("toy", "test,any")
    try bus.register(toy)
    toy.suspended = { [bus] _ in bus.device("first")?.remove() }
    try kernel.suspendSystem()
    #expect(kernel.resumeSystem().isEmpty)
    #expect(toy.calls == ["probe first", "probe second", "suspend second", "remove first", "resume second"])
  }
}
