import Driver
import Testbench
import Testing

/// Packets whose submitter looks into the ring himself.
@Suite struct PollingTests {
  private func interrupts(_ platform: Platform) -> Int {
    platform.kernel.log.lines(.interrupt).count { $0.contains("irq_handler_entry") }
  }

  private func isDone(_ outcome: IPsecRequest.Outcome) -> Bool { if case .done = outcome { true } else { false } }

  @Test(arguments: Rig.all)
  func `whoever polls is not interrupted, and whoever does not still is`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let request = try IPsecRequest(Samples.packet(), on: sa, platform.kernel)
    // The first time, the device may have been asked for an interrupt before.
    for round in 0..<4 {
      let before = interrupts(platform)
      try instance.submit([request], isPolled: true)
      #expect(isDone(try instance.wait(for: request)))
      platform.kernel.scheduler.run()
      #expect(round == 0 || interrupts(platform) == before)
    }
    let before = interrupts(platform)
    try instance.submit([request])
    #expect(isDone(try instance.wait(for: request)))
    #expect(interrupts(platform) == before + 1)
    #expect(instance.counters.completed == 5)
    request.free(platform.kernel)
  }

  @Test(arguments: Rig.all)
  func `a polled packet that is not there yet is waited for`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let requests = try (0..<3).map { try IPsecRequest(Samples.packet(seed: $0), on: sa, platform.kernel) }
    let hold = Hold(rig.accelerator(platform))
    try instance.submit(requests, isPolled: true)
    var isReleased = false
    platform.kernel.scheduler.outside = {
      defer { isReleased = true }
      if !isReleased { hold.release() }
      return !isReleased
    }
    #expect(isDone(try instance.wait(for: requests[2])))
    #expect(isReleased)
    #expect(instance.counters.inFlight == 0)
    for request in requests { request.free(platform.kernel) }
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test func `a polled packet is given back when the device goes`() throws {
    let (platform, instance) = try Rig().boot()
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let request = try IPsecRequest(Samples.packet(), on: sa, platform.kernel)
    let hold = Hold(Rig().accelerator(platform))
    try instance.submit([request], isPolled: true)
    try platform.kernel.unload("virtio_ipsec")
    #expect(request.outcome == .cancelled(.ENODEV) || request.outcome == .cancelled(.ESHUTDOWN))
    #expect(instance.counters.cancelled == 1)
    withExtendedLifetime(hold) { request.free(platform.kernel) }
  }
}
