import Driver
import ESP
import Spec
import Testbench
import Testing

@Suite struct ThinThreadTests {
  @Test func `a device in the tree is probed, takes an SA, and encapsulates a packet that a peer opens`() throws {
    let platform = try Platform(PlatformTree.board(hasPCI: false))
    defer { withExtendedLifetime(platform) {} }
    try platform.boot()
    let instance = try #require(platform.instances.first, "\(platform.kernel.log.events.map(\.description))")
    #expect(instance.version == .v2_0)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let packet = Samples.packet()
    let sealed = try instance.process(packet, on: sa)
    #expect(sealed != packet)
    #expect(try Samples.peer().open(sealed) == packet)
  }
}
