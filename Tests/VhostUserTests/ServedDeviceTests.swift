import Device
import ESP
import Glibc
import Spec
import Testbench
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
    let guest = try Guest(try served.connect(), features: Self.all.union(format))
    let sa = try guest.addSA(Samples.sa)
    #expect(guest.session.features.isSuperset(of: format))
    for seed in 0..<100 {
      let packet = Samples.packet(100 + seed, seed: UInt8(seed))
      #expect(try Samples.open(try guest.process(packet, on: sa)) == packet)
    }
    #expect(served.log.isEmpty)
  }

  @Test(arguments: [
    ProtocolFeatures([.configuration, .multipleQueues]),
    ProtocolFeatures.all.subtracting(ProtocolFeatures([.memorySlots])),
    ProtocolFeatures.all.subtracting(ProtocolFeatures([.inflightRegion, .resetDevice])),
    ProtocolFeatures.all.subtracting(ProtocolFeatures([.status, .replyAcknowledge])),
  ])
  func `a front end that takes few parts of the protocol is served`(features: ProtocolFeatures) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect(), protocolFeatures: features)
    for _ in 0..<2 {
      let sa = try guest.addSA(Samples.sa)
      #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
      try guest.start()
      // A driver that starts anew finds a device without SAs.
      #expect(throws: (any Error).self) { try guest.process(Samples.packet(), on: sa) }
    }
    #expect(served.log.isEmpty)
  }

  @Test func `every queue pair is served`() throws {
    var profile = AcceleratorProfile()
    profile.pairs = 4
    let served = try Served(.event, profile)
    defer { served.end() }
    let guest = try Guest(try served.connect(), pairs: 4)
    #expect(guest.frontEnd.queueCount == 10)
    let outbound = try guest.addSA(Samples.sa), inbound = try guest.addSA(Samples.sa, .inbound)
    for pair in 0..<4 {
      let sealed = try guest.process(Samples.packet(), on: outbound, pair: pair)
      #expect(try guest.process(sealed, on: inbound, pair: 3 - pair) == Samples.packet())
    }
  }

  @Test func `a notification reaches the guest`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    try guest.postNotificationBuffers(4)
    var description = Samples.sa
    description.parameters.lifetime.softPackets = 3
    description.notifications.events = [.softLifetimePackets]
    let sa = try guest.addSA(description)
    for _ in 0..<4 { _ = try guest.process(Samples.packet(), on: sa) }
    let notification = try guest.notification()
    #expect(notification?.event == .softLifetimePackets && notification?.sa == sa.handle)
  }
}
