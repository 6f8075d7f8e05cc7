import Device
import Driver
import Spec
import Testbench
import Testing

@Suite struct RemovalTests {
  @Test(arguments: Rig.all)
  func `unloading with requests in flight gives every one back`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let before = platform.footprint
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let hold = Hold(rig.accelerator(platform))
    let requests = try (0..<8).map { try IPsecRequest(Samples.packet(seed: UInt8($0)), on: sa, platform.kernel) }
    var returned = 0
    for request in requests { request.completion = { _ in returned += 1 } }
    try instance.submit(requests)
    platform.kernel.scheduler.run()
    #expect(returned == 0)
    try platform.kernel.unload("virtio_ipsec")
    #expect(returned == 8)
    #expect(requests.allSatisfy { $0.outcome == .cancelled(.ENODEV) })
    #expect(instance.counters.cancelled == 8 && instance.counters.inFlight == 0)
    #expect(instance.state == .gone)
    hold.release()
    for request in requests { request.free(platform.kernel) }
    #expect(platform.footprint.memory < before.memory)
    #expect(platform.kernel.dma.complaints == [])
    #expect(throws: DriverError.self) { try instance.submit(requests) }
    #expect(throws: DriverError.self) { try instance.addSA(Samples.gcmTunnel(), direction: .outbound) }
  }

  @Test(arguments: Rig.transports)
  func `whatever is asked of a device that has gone is refused with ENODEV`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound), group = try instance.addGroup()
    try platform.kernel.unload("virtio_ipsec")
    let calls: [() throws -> Void] = [
      { _ = try instance.process(Samples.packet(), on: sa) }, { _ = try instance.read(sa) },
      { try instance.update(sa, .sequence(9)) }, { try instance.delete(sa) }, { try instance.delete(group) },
      { _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound) }, { _ = try instance.addGroup() },
      { try instance.flush() }, { _ = try instance.random(8) }, { _ = try instance.rooms() },
    ]
    for call in calls { #expect(#expect(throws: DriverError.self, performing: call)?.errno == .ENODEV) }
  }

  @Test(arguments: [Rig.Transport.msix, .intx])
  func `a card that is pulled under traffic takes nothing with it`(transport: Rig.Transport) throws {
    let rig = Rig(transport: transport)
    let platform = try rig.platform()
    let kernel = platform.kernel
    platform.pull(from: Rig.slot)
    try platform.boot()
    let before = platform.footprint
    var broken = 0
    var totals: (submitted: UInt64, completed: UInt64, cancelled: UInt64) = (0, 0, 0)
    for cycle in 0..<10 {
      try platform.insert(into: Rig.slot, pci: rig.pciProfile)
      platform.host!.rescan()
      kernel.scheduler.run()
      let instance = try #require(platform.instances.first, "cycle \(cycle)")
      instance.broken = { broken += 1 }
      let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      _ = try instance.process(Samples.packet(), on: sa)
      let hold = Hold(rig.accelerator(platform))
      let requests = try (0..<4).map { try IPsecRequest(Samples.packet(seed: UInt8($0)), on: sa, kernel) }
      try instance.submit(requests)
      platform.pull(from: Rig.slot)
      platform.host!.removeAbsent()
      kernel.scheduler.run()
      withExtendedLifetime(hold) {}
      #expect(requests.allSatisfy { $0.outcome == .cancelled(.ENODEV) })
      for request in requests { request.free(kernel) }
      #expect(instance.counters.inFlight == 0)
      totals.submitted += instance.counters.submitted
      totals.completed += instance.counters.completed
      totals.cancelled += instance.counters.cancelled
      #expect(platform.footprint == before, "cycle \(cycle)")
    }
    #expect(broken == 10)
    #expect(totals.submitted == 50 && totals.completed == 10 && totals.cancelled == 40)
  }

  @Test func `a thousand cycles of plug, load, traffic and pulling leak nothing and lose no completion`() throws {
    let rig = Rig(transport: .msix)
    let platform = try rig.platform()
    let kernel = platform.kernel
    kernel.log.kinds = []
    platform.pull(from: Rig.slot)
    try kernel.populatePlatform()
    for module in platform.modules.dropLast() { try kernel.load(module) }
    let before = platform.footprint
    var random = SplitMix(seed: 0x1f5ec)
    var submitted: UInt64 = 0, accounted: UInt64 = 0, callbacks: UInt64 = 0
    for cycle in 0..<1000 {
      let module = platform.modules.last!
      let loadsFirst = random.next() % 2 == 0
      if loadsFirst { try kernel.load(module) }
      try platform.insert(into: Rig.slot, pci: rig.pciProfile)
      platform.host!.rescan()
      kernel.scheduler.run()
      if !loadsFirst { try kernel.load(module) }
      let instance = try #require(platform.instances.first, "cycle \(cycle)")
      let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      let hold = random.next() % 3 == 0 ? nil : Hold(rig.accelerator(platform))
      let requests = try (0..<Int(1 + random.next() % 8)).map {
        try IPsecRequest(Samples.packet(Int(random.next() % 1000), seed: UInt8($0)), on: sa, kernel)
      }
      for request in requests { request.completion = { _ in callbacks += 1 } }
      try instance.submit(requests)
      if random.next() % 2 == 0 { hold?.release() }
      if random.next() % 2 == 0 { kernel.scheduler.run() }
      let unloadsFirst = random.next() % 4 == 0
      if unloadsFirst { try kernel.unload("virtio_ipsec") }
      platform.pull(from: Rig.slot)
      platform.host!.removeAbsent()
      kernel.scheduler.run()
      if !unloadsFirst { try kernel.unload("virtio_ipsec") }
      withExtendedLifetime(hold) {}
      for request in requests { request.free(kernel) }
      submitted += instance.counters.submitted
      accounted += instance.counters.completed + instance.counters.cancelled + instance.counters.refused
      #expect(platform.footprint == before, "cycle \(cycle)")
      guard platform.footprint == before else { return }
    }
    #expect(submitted > 1000 && submitted == accounted && callbacks == submitted)
  }

  @Test func `a window whose device stops answering is removed like any other`() throws {
    let (platform, instance) = try Rig().boot()
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    platform.pull(at: PlatformTree.Address.virtio)
    let device = try #require(platform.kernel.bus("platform")?.device("a000000.virtio"))
    device.markGone()
    device.remove()
    #expect(instance.state == .gone)
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: sa) }
    #expect(platform.footprint.memory == 0 && platform.footprint.mappings == 0 && platform.footprint.handlers == 0)
  }
}

/// A small generator with a seed.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
