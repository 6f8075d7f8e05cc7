import Device
import ESP
import Spec
import Testbench
import Testing

@Suite struct ThinThreadTests {
  @Test func `a packet goes through ring, ESP and used ring and opens with an association of its own`() throws {
    let bench = try Testbench(version: .v2_0)
    let sa = try bench.addSA(Samples.gcmTunnel)
    let packet = Samples.packet()
    let sealed = try bench.encap(packet, on: sa)
    let peer = try InboundAssociation(Samples.gcmTunnelParameters)
    #expect(try peer.open(sealed) == packet)
    #expect(sealed != packet)
  }
}
