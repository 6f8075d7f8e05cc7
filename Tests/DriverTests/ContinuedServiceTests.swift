import Device
import Driver
import ESP
import Spec
import Testbench
import Testing
import Virtio

/// A device that was restored comes back to its queues while the kernel does other things.
@Suite struct ContinuedServiceTests {
  @Test(arguments: Rig.all.filter { $0.version == .v2_0 }, [true, false])
  func `what a restored device finds in its queues is served`(rig: Rig, isAwaited: Bool) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let request = try IPsecRequest(Samples.packet(), on: sa, platform.kernel)
    let accelerator = rig.accelerator(platform)
    let device = try #require(platform.devices.first)
    // The kick reached the device before it was saved, and nobody kicks the one that takes over.
    accelerator.onNotify = { _, _ in }
    try instance.submit([request])
    accelerator.onNotify = nil
    platform.kernel.scheduler.run()
    #expect(request.result(platform.kernel) == nil && !device.hasWaitingQueues)

    let associations = accelerator.saveState()
    device.restore(device.state)
    try accelerator.restoreState(associations)
    #expect(device.hasWaitingQueues)
    if isAwaited { _ = try instance.wait(for: request) } else { platform.kernel.scheduler.run() }
    #expect(!device.hasWaitingQueues)
    let sealed = try #require(request.result(platform.kernel))
    #expect(try Samples.peer().open(sealed) == Samples.packet())
    request.free(platform.kernel)
  }
}
