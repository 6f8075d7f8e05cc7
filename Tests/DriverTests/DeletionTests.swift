import Spec
import Testbench
import Testing

@testable import Device
@testable import Driver

/// SAs that are deleted while the device loses them, and gets them back with other handles.
@Suite struct DeletionTests {
  private func boot(_ rig: Rig, idle: UInt64? = nil) throws -> (Platform, IPsecInstance, [IPsecSA]) {
    let (platform, instance) = try rig.boot { $0.autosuspendDelay = idle }
    let sas = try (0..<4).map { try instance.addSA(Samples.gcmTunnel(spi: 0x1000 + $0), direction: .outbound) }
    // From now on, those that are left have other handles after a reset.
    try instance.delete(sas[0])
    return (platform, instance, sas)
  }

  /// What the device has is what is left, and works.
  private func expect(_ left: [IPsecSA], _ instance: IPsecInstance, _ platform: Platform, _ rig: Rig) throws {
    for sa in left {
      #expect(try instance.read(sa).spi == sa.configurations[0].spi)
      _ = try instance.process(Samples.packet(), on: sa)
    }
    #expect(instance.associations.count == left.count)
    #expect(rig.accelerator(platform).control.store.count == left.count)
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.all) func `a command that waits for a reset finds its SA after it`(rig: Rig) throws {
    let (platform, instance, sas) = try boot(rig)
    instance.scheduleRecovery()
    try instance.delete(sas[1])
    #expect(instance.counters.recoveries == 1)
    instance.scheduleRecovery()
    try instance.update(sas[3], .sequence(1000))
    #expect(try instance.read(sas[2]).sequence < 1000)
    try expect([sas[2], sas[3]], instance, platform, rig)
  }

  @Test(arguments: Rig.all) func `a command that wakes the device up finds its SA after it`(rig: Rig) throws {
    let (platform, instance, sas) = try boot(rig, idle: 100_000_000)
    platform.kernel.scheduler.sleep(200_000_000)
    #expect(instance.device.power.status == .suspended)
    #expect(try instance.read(sas[1]).spi == 0x1001)
    platform.kernel.scheduler.sleep(200_000_000)
    try instance.delete(sas[1])
    // Nothing is to be said to a device that has lost it.
    #expect(instance.device.power.status == .suspended)
    try expect([sas[2], sas[3]], instance, platform, rig)
  }

  @Test(arguments: Rig.all)
  func `whoever is told of an SA while others are made again may delete them, and they stay deleted`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    func add(_ spi: UInt32, soft: UInt64 = 0) throws -> IPsecSA {
      var configuration = Samples.gcmTunnel(spi: spi)
      configuration.lifetime.softBytes = soft
      configuration.events = soft > 0 ? [.softLifetime] : []
      return try instance.addSA(configuration, direction: .outbound)
    }
    // Before the one that is told of, they have been made again, and behind it not yet.
    let before = try [add(0x1000), add(0x1001)], soft = try add(0x2000, soft: 1024)
    let behind = try [add(0x1002), add(0x1003)]
    var told = 0
    instance.notified = { event in
      told += 1
      #expect(event.sa == soft.identity)
      #expect(throws: DriverError.self) { try instance.read(behind[1]) }
      for sa in [before[0], soft, behind[0]] { #expect(throws: Never.self) { try instance.delete(sa) } }
    }
    // What a reset gives back may have been processed, and its lifetime is over with it.
    let hold = Hold(rig.accelerator(platform))
    let requests = try (0..<12).map { _ in try IPsecRequest(Samples.packet(), on: soft, platform.kernel) }
    try instance.submit(requests)
    instance.scheduleRecovery()
    platform.kernel.scheduler.run()
    hold.release()
    for request in requests { request.free(platform.kernel) }
    #expect(told == 1)
    try expect([before[1], behind[1]], instance, platform, rig)
  }

  @Test(arguments: Rig.all)
  func `an SA that is deleted while the device makes it again is taken back`(rig: Rig) throws {
    let (platform, instance, sas) = try boot(rig)
    let accelerator = rig.accelerator(platform)
    accelerator.onNotify = { [unowned accelerator] queue, device in
      if instance.isRestoring, !sas[1].isAway, sas[2].isAway { try? instance.delete(sas[2]) }
      accelerator.serve(queue, of: device)
    }
    defer { accelerator.onNotify = nil }
    instance.scheduleRecovery()
    platform.kernel.scheduler.run()
    try expect([sas[1], sas[3]], instance, platform, rig)
  }
}
