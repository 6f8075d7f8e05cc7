import Device
import Driver
@testable import Testbench
import Testing
import Virtio

/// Windows with something else behind them, and interrupts that say more, or less, than they should.
@Suite struct ForgedMMIOTests {
  @Test(
    .conforms("MMIO-R-06", "MMIO-R-07"),
    arguments: [(0, 0, [0]), (4, 1, [0, 4]), (4, 3, [0, 4])] as [(Int, UInt32, [Int])])
  func `a window without the magic value, or with another version, is left alone`(
    offset: Int, value: UInt32, seen: [Int]
  ) throws {
    let platform = try Rig().platform()
    let recorder = Recorder(platform)
    recorder.forge = { $0.place == .mmio && $0.offset == offset ? value : nil }
    try platform.boot()
    #expect(platform.kernel.bus("platform")?.device("a000000.virtio")?.driver == nil)
    #expect(recorder.accesses.filter { $0.place == .mmio }.map(\.offset) == seen)
  }

  @Test(.conforms("MMIO-R-08", "MMIO-R-09", "MMIO-R-21", "MMIO-R-22"))
  func `a window without a device is left alone, and nobody is told of it`() throws {
    let platform = try Platform(PlatformTree.board(mmio: [nil], hasPCI: false))
    let recorder = Recorder(platform)
    try platform.boot()
    #expect(platform.kernel.bus("platform")?.device("a000000.virtio")?.driver == nil)
    #expect(recorder.accesses.map(\.offset) == [0, 4, 8])
    #expect(!platform.kernel.log.lines(.message).contains { $0.contains("a000000") })
  }

  @Test(.conforms("MMIO-R-19", "MMIO-R-20"))
  func `the magic value, the version and the device are looked at first`() throws {
    let (_, recorder, _) = try Session(rig: Rig(), features: []).boot()
    let first = recorder.accesses.filter { $0.place == .mmio }.prefix(3)
    #expect(first.map(\.offset) == [0, 4, 8] && first.allSatisfy { !$0.isWrite })
  }

  @Test(.conforms("MMIO-R-15", "MMIO-R-16", "MMIO-R-17"))
  func `bits of InterruptStatus that have no meaning are ignored, and not acknowledged`() throws {
    let (platform, recorder, instance) = try Session(rig: Rig(), features: []).boot()
    recorder.forge = { $0.offset == 0x060 && $0.value != 0 ? $0.value | 0xffff_fffc : nil }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
    let acknowledged = recorder.accesses.filter { $0.isWrite && $0.offset == 0x064 }
    #expect(!acknowledged.isEmpty && acknowledged.allSatisfy { $0.value & ~3 == 0 })
    AccessReplay(recorder.accesses).findings.expect(["MMIO-R-16", "MMIO-R-17"])
    withExtendedLifetime(platform) {}
  }

  /// Both data queues with a packet each that the device has used, and nobody told.
  private func used(_ rig: Rig) throws -> (Platform, Recorder, IPsecInstance, [IPsecRequest]) {
    let (platform, recorder, instance) = try Session(rig: rig, features: []).boot()
    let outbound = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    let sealed = try instance.process(Samples.packet(), on: outbound)
    let hold = Hold(rig.accelerator(platform))
    let requests = [
      try IPsecRequest(Samples.packet(), on: outbound, platform.kernel),
      try IPsecRequest(sealed, on: inbound, platform.kernel),
    ]
    for request in requests { try instance.submit([request]) }
    platform.kernel.scheduler.run()
    hold.release()
    return (platform, recorder, instance, requests)
  }

  private func isDone(_ request: IPsecRequest) -> Bool { if case .done? = request.outcome { true } else { false } }

  @Test(.conforms("MMIO-R-25", "MMIO-R-26", "MMIO-R-27"))
  func `one interrupt counts for every queue, and is acknowledged`() throws {
    let (platform, recorder, _, requests) = try used(Rig())
    let before = recorder.steps.count
    platform.kernel.scheduler.run()
    #expect(requests.allSatisfy(isDone))
    let interrupts = recorder.steps[before...].filter {
      switch $0 {
      case .interruptStatus, .interruptAcknowledge: true
      default: false
      }
    }
    #expect(interrupts == [.interruptStatus(1), .interruptAcknowledge(1)])
    #expect(platform.bus.read(at: PlatformTree.Address.virtio + 0x060, byteCount: 4) == 0)
  }

  @Test(.conforms("PISR-R-02"), arguments: [Rig(), Rig(transport: .intx)])
  func `an interrupt for used buffers and for the configuration is both`(rig: Rig) throws {
    let (platform, recorder, instance, requests) = try used(rig)
    rig.needReset(platform)
    platform.kernel.scheduler.run()
    #expect(recorder.steps.contains(.interruptStatus(3)))
    #expect(requests.allSatisfy { $0.outcome != nil })
    #expect(instance.counters.recoveries == 1)
  }

  @Test(.conforms("EVT-R-03"), arguments: Rig.transports)
  func `an interrupt with nothing used changes nothing`(rig: Rig) throws {
    let (platform, recorder, instance) = try Session(rig: rig, features: []).boot()
    let interrupts = platform.kernel.interrupts!, before = instance.counters
    let line: UInt32 = rig.transport == .mmio ? 48 : 36
    var count = 0
    recorder.forge = { access in
      guard access.isAt(mmio: 0x060, pci: 0x1000) else { return nil }
      interrupts.setLine(line, false)
      count += 1
      return 1
    }
    if rig.transport == .msix {
      let doorbell = PlatformTree.Address.messages + 0x1_0040
      for vector in UInt32(0)..<5 { interrupts.message(from: UInt32(Rig.slot) << 3, address: doorbell, data: vector) }
    } else {
      interrupts.setLine(line, true)
    }
    platform.kernel.scheduler.run()
    recorder.forge = { _ in nil }
    #expect(count == (rig.transport == .msix ? 0 : 1))
    #expect(instance.counters == before && instance.state == .live)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
  }
}
