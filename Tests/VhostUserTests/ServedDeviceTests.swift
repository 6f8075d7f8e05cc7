import Device
import Testing
@testable import VhostUser
import Virtio

/// A driver and a device on the two sides of a socket.
@Suite struct ServedDeviceTests {
  static let formats: [FeatureSet] = [[], .ringPacked, .inOrder, [.ringPacked, .inOrder]]
  static let all = FeatureSet.common.union(.deviceType).subtracting([.ringPacked, .inOrder])

  @Test(arguments: [Server.Mode.event, .busyPoll], formats)
  func `a packet that is sealed behind the socket opens with an association of a peer's own`(
    mode: Server.Mode, format: FeatureSet
  ) throws {
    let served = try Served(mode)
    defer { served.end() }
    let guest = try Guest(served, features: Self.all.union(format))
    let sa = try guest.addSA(Samples.sa)
    #expect(guest.session.features.isSuperset(of: format))
    for seed in 0..<100 {
      let packet = Samples.packet(100 + seed, seed: UInt8(seed))
      #expect(try Samples.open(try guest.process(packet, on: sa)) == packet)
    }
    #expect(served.log.isEmpty)
  }
}
