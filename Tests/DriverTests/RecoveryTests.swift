import Device
import Driver
import ESP
import Spec
import Testbench
import Testing
import Virtio

@Suite struct RecoveryTests {
  @Test(arguments: Rig.all)
  func `a device that needs a reset gets one, and its SAs back, with sequence numbers that were never used`(
    rig: Rig
  ) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let group = try instance.addGroup()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound, group: group)
    let peer = try Samples.peer()
    var sequences: [UInt32] = []
    func send() throws {
      let packet = Samples.packet(seed: UInt8(sequences.count))
      let sealed = try instance.process(packet, on: sa)
      sequences.append(sealed[24..<28].reduce(0) { $0 << 8 | UInt32($1) })
      #expect(try peer.open(sealed) == packet)
    }
    for _ in 0..<3 { try send() }
    let hold = Hold(rig.accelerator(platform))
    let request = try IPsecRequest(Samples.packet(), on: sa, platform.kernel)
    try instance.submit([request])
    rig.needReset(platform)
    platform.kernel.scheduler.run()
    #expect(request.outcome == .cancelled(.EIO))
    hold.release()
    #expect(instance.state == .live)
    #expect(instance.counters.recoveries == 1)
    for _ in 0..<3 { try send() }
    #expect(sequences == sequences.sorted() && Set(sequences).count == 6)
    try instance.delete(sa)
    try instance.delete(group)
    request.free(platform.kernel)
    #expect(platform.kernel.dma.complaints == [])
  }

  /// Has the device ask for a reset instead of serving the command that comes in as this one, so many times.
  private func fail(atCommand position: Int, times: Int, _ accelerator: Accelerator) {
    var (count, left) = (0, times)
    accelerator.onNotify = { [unowned accelerator] queue, device in
      if queue.index == 0 { count += 1 }
      guard count == position, left > 0 else { return accelerator.serve(queue, of: device) }
      (count, left) = (0, left - 1)
      device.needReset()
    }
  }

  @Test(arguments: Rig.all, 1...4)
  func `a device that asks for a reset while its SAs are made again gets another one`(rig: Rig, position: Int) throws {
    let (platform, instance) = try rig.boot()
    let kernel = platform.kernel
    let sas = try (0..<3).map { try instance.addSA(Samples.gcmTunnel(spi: 0x1000 + $0), direction: .outbound) }
    for isAsleep in [false, true] {
      let start = kernel.scheduler.now
      fail(atCommand: position, times: 2, rig.accelerator(platform))
      if isAsleep {
        try kernel.suspendSystem()
        #expect(kernel.resumeSystem() == [])
      } else {
        rig.needReset(platform)
      }
      kernel.scheduler.run()
      #expect(instance.state == .live)
      // Nobody waits for what will not come.
      #expect(kernel.scheduler.now - start < 100_000_000)
      for (spi, sa) in sas.enumerated() {
        let sealed = try instance.process(Samples.packet(), on: sa)
        #expect(sealed[23] == spi && sealed[27] == (isAsleep ? 2 : 1))
      }
    }
    #expect(instance.counters.recoveries == 2)
    #expect(kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.all, [1, 3])
  func `a device that asks for one reset after the other is given up`(rig: Rig, position: Int) throws {
    let (platform, instance) = try rig.boot()
    let sas = try (0..<3).map { try instance.addSA(Samples.gcmTunnel(spi: 0x1000 + $0), direction: .outbound) }
    var isBroken = false
    instance.broken = { isBroken = true }
    fail(atCommand: position, times: .max, rig.accelerator(platform))
    rig.needReset(platform)
    platform.kernel.scheduler.run()
    #expect(isBroken && instance.state == .gone)
    #expect(instance.counters.recoveries == 0)
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: sas[0]) }
    #expect(platform.kernel.log.lines(.message).count { $0.contains("device needs a reset") } == 3)
    // Nor does it come back from a sleep, as nobody has it any more.
    rig.accelerator(platform).onNotify = nil
    try platform.kernel.suspendSystem()
    #expect(platform.kernel.resumeSystem() == [])
    #expect(instance.state == .gone)
    try platform.kernel.unload("virtio_ipsec")
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.all)
  func `the system sleeps and wakes up, and SAs go on`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let outbound = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    let before = try instance.process(Samples.packet(seed: 1), on: outbound)
    #expect(try instance.process(before, on: inbound) == Samples.packet(seed: 1))
    try platform.kernel.suspendSystem()
    #expect(instance.state == .asleep)
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: outbound) }
    #expect(platform.kernel.resumeSystem() == [])
    #expect(instance.state == .live)
    let after = try instance.process(Samples.packet(seed: 2), on: outbound)
    #expect(try instance.process(after, on: inbound) == Samples.packet(seed: 2))
    // What was received before the sleep is a replay still.
    #expect(throws: DriverError.self) { try instance.process(before, on: inbound) }
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.transports)
  func `an idle device sleeps by itself, and wakes up for a packet`(rig: Rig) throws {
    let (platform, instance) = try rig.boot { $0.autosuspendDelay = 100_000_000 }
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let peer = try Samples.peer()
    for seed in UInt8(0)..<3 {
      #expect(instance.device.power.status == .active)
      platform.kernel.scheduler.sleep(200_000_000)
      #expect(instance.device.power.status == .suspended)
      let packet = Samples.packet(seed: seed)
      #expect(try peer.open(try instance.process(packet, on: sa)) == packet)
    }
    try platform.kernel.unload("virtio_ipsec")
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.transports)
  func `no device falls asleep by itself while the system sleeps`(rig: Rig) throws {
    let (platform, instance) = try rig.boot { $0.autosuspendDelay = 100_000_000 }
    let kernel = platform.kernel, device = instance.device
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    try device.runtimeGet()
    try kernel.suspendSystem()
    // Who put it to use may let go of it, or use it again.
    device.runtimePut()
    try device.runtimeGet()
    device.runtimePut()
    kernel.scheduler.sleep(300_000_000)
    #expect(device.power.status == .active)
    #expect(kernel.resumeSystem() == [])
    #expect(try Samples.peer().open(instance.process(Samples.packet(), on: sa)) == Samples.packet())
    #expect(device.power.usageCount == 0)
    kernel.scheduler.sleep(200_000_000)
    #expect(device.power.status == .suspended)
    #expect(kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.transports)
  func `a device that fell asleep by itself is not woken up while the system sleeps`(rig: Rig) throws {
    let (platform, instance) = try rig.boot { $0.autosuspendDelay = 100_000_000 }
    let kernel = platform.kernel, device = instance.device
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    kernel.scheduler.sleep(200_000_000)
    try kernel.suspendSystem()
    let count = device.power.usageCount
    #expect(throws: DriverError(.EACCES, device.label, "the system is asleep")) { try device.runtimeGet() }
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: sa) }
    #expect(device.power.usageCount == count)
    #expect(kernel.resumeSystem() == [])
    #expect(device.power.status == .suspended)
    #expect(try Samples.peer().open(instance.process(Samples.packet(), on: sa)) == Samples.packet())
    #expect(kernel.dma.complaints == [])
  }

  @Test func `a sleep that a device refuses wakes the others up again`() throws {
    final class Stubborn: DeviceDriver {
      let name = "stubborn"
      let idTable: [MatchID] = [.compatible("arm,gic-v3")]
      func probe(_ device: KernelDevice) throws(DriverError) {}
      func suspend(_ device: KernelDevice) throws(DriverError) { throw DriverError(.EBUSY, device.label, "no") }
    }
    let platform = try Platform(PlatformTree.board(hasPCI: false, controllerFirst: true))
    try platform.boot()
    let kernel = platform.kernel, instance = try #require(platform.instances.first)
    let bus = kernel.bus("platform")!
    let controller = try #require(bus.devices.first { $0.ids.contains(.compatible("arm,gic-v3")) })
    let path = kernel.interrupts.controller
    bus.unregister(controller.driver!)
    try bus.register(Stubborn())
    #expect(throws: DriverError.self) { try kernel.suspendSystem() }
    #expect(instance.state == .live && instance.device.power.usageCount == 0)
    _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    #expect(path != nil)
  }

  @Test(arguments: Rig.all)
  func `events come in, more of them than there are buffers`(rig: Rig) throws {
    let (platform, instance) = try rig.boot { $0.notificationBuffers = 2 }
    defer { withExtendedLifetime(platform) {} }
    var configuration = Samples.gcmTunnel()
    configuration.events = [.sequencePeriodic]
    configuration.eventInterval = 5
    let sa = try instance.addSA(configuration, direction: .outbound)
    var events: [IPsecEvent] = []
    instance.notified = { events.append($0) }
    for _ in 0..<40 { _ = try instance.process(Samples.packet(), on: sa) }
    platform.kernel.scheduler.run()
    #expect(events.count == 8)
    #expect(events.allSatisfy { $0.event == .sequencePeriodic && $0.sa == sa.identity })
    #expect(events.map(\.value) == events.map(\.value).sorted())
  }
}
