import Device
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct RestoreTests {
  @Test(arguments: [SpecVersion.v0_4, .v1_0, .v2_0]) func `every version's state moves with virtio's own`(
    version: SpecVersion
  ) throws {
    let bench = try Testbench(version: version)
    let sa = try bench.addSA(Samples.gcmTunnel)
    _ = try bench.encap(Samples.packet(), on: sa)
    // The device is replaced under a driver that goes on: rings and registers are where they were.
    let (virtio, state) = (bench.machine.device.state, bench.accelerator.saveState())
    bench.machine.device.restore(virtio)
    #expect(throws: TestbenchError.self) { try bench.encap(Samples.packet(), on: sa) }
    try bench.accelerator.restoreState(state)
    let sealed = try bench.encap(Samples.packet(), on: sa)
    #expect(Array(sealed[24..<28]) == [0, 0, 0, 2])
    #expect(!bench.machine.session.needsReset)
  }
}
