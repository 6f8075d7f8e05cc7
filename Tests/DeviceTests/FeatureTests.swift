import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct FeatureTests {
  /// A description that needs a feature, and that feature.
  static let cases: [(Feature, @Sendable (inout SADescription) -> Void)] = [
    (.ah, { $0 = ah($0) }),
    (.wesp, { $0.parameters.protocol = .wesp }),
    (.udpEncapsulation, { $0.parameters.udpEncapsulation = .init() }),
    (.tfc, { $0.parameters.tfcLength = 100 }),
    (.esn, { $0.parameters.extendedSequence = true }),
    (.ecn, { $0.parameters.ecn = .normal }),
    (.df, { $0.parameters.dontFragment = .set(true) }),
    (.antiReplayCheck, { $0.parameters.replayWindow = 64 }),
    (.ipv6, { $0.parameters.mode = .tunnel(source: .v6(0, 1), destination: .v6(0, 2)) }),
    (.softLifetime, { ($0.parameters.lifetime.softBytes, $0.notifications.events) = (1024, [.softLifetime]) }),
    (.hardLifetime, { $0.parameters.lifetime.hardPackets = 1 }),
    (.sequenceOverflow, { $0.notifications.events = [.sequenceOverflow] }),
    (.sequencePeriodic, { $0.notifications.events = [.sequencePeriodic] }),
  ]

  private static func ah(_ description: SADescription) -> SADescription {
    var description = description
    description.parameters.protocol = .ah
    description.cipher = nil
    description.authentication = .init(.sha256, key: Key([UInt8](1...32)))
    return description
  }

  private static var plain: SADescription {
    var description = Samples.gcmTunnel
    description.parameters.replayWindow = 0
    description.parameters.ecn = .off
    return description
  }

  @Test(arguments: FeatureTests.cases.indices) func `an SA that needs a feature is refused without it`(index: Int)
    throws
  {
    let (feature, change) = Self.cases[index]
    var description = Self.plain
    change(&description)
    let all = AcceleratorProfile().features.subtracting([.ringPacked, .inOrder])
    let without = try Testbench(features: all.subtracting(FeatureSet(feature)))
    #expect(throws: TestbenchError.status(.unsupportedFeature, detail: UInt32(feature.rawValue))) {
      try without.addSA(description)
    }
    _ = try Testbench(features: all).addSA(description)
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0], FeatureTests.cases.indices)
  func `so is one of the versions before 2.0, as far as they can ask for it`(version: SpecVersion, index: Int) throws {
    let (feature, change) = Self.cases[index]
    guard ![.wesp, .tfc, .hardLifetime].contains(feature) else { return }
    var description = Self.plain
    change(&description)
    let all = AcceleratorProfile(version).features
    let without = try Testbench(version: version, features: all.subtracting(FeatureSet(feature)))
    #expect(throws: TestbenchError.status("ERR", detail: V2_0.Status.unsupportedFeature.rawValue)) {
      try without.addSA(description)
    }
    _ = try Testbench(version: version, features: all).addSA(description)
    _ = try without.addSA(Self.plain)
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0]) func `before 2.0, a packet in pieces needs SG_BUFFERS`(
    version: SpecVersion
  ) throws {
    for hasFeature in [true, false] {
      let all = AcceleratorProfile(version).features
      let bench = try Testbench(version: version, features: hasFeature ? all : all.subtracting(FeatureSet(.sgBuffers)))
      let sa = try bench.addSA(Self.plain)
      var request = [UInt8](repeating: 0, count: version == .v0_4 ? 54 : 48)
      let packet = Samples.packet(), room = 300
      if version == .v0_4 {
        (request[0], request[1], request[2]) = (1, 1, UInt8(sa.handle.rawValue))
        (request[38], request[46], request[47]) = (UInt8(packet.count), UInt8(room & 0xff), UInt8(room >> 8))
      } else {
        (request[0], request[8]) = (UInt8(sa.group?.rawValue ?? 0), UInt8(sa.handle.rawValue))
        (request[20], request[28], request[29]) = (UInt8(packet.count), UInt8(room & 0xff), UInt8(room >> 8))
      }
      let reply = version == .v0_4 ? 6 : 12
      let pieces = [request, Array(packet[..<30]), Array(packet[30...])]
      let answer = try bench.machine.exchange(pieces, room: [reply + room], on: 2)
      #expect((answer.count > reply) == hasFeature)
    }
  }

  @Test func `the default device, with no feature, does IPv4 ESP in tunnel and transport mode`() throws {
    let bench = try Testbench(features: [])
    var description = Self.plain
    let tunnel = try bench.addSA(description)
    description.parameters.mode = .transport
    let transport = try bench.addSA(description)
    let sealed = try bench.encap(Samples.packet(), on: tunnel)
    #expect(sealed[9] == 50)
    #expect(try bench.encap(Samples.packet(), on: transport)[9] == 50)
    var six = [UInt8](repeating: 0, count: 60)
    (six[0], six[5], six[6]) = (0x60, 20, 59)
    #expect(throws: TestbenchError.status(.unsupportedFeature)) { try bench.encap(six, on: tunnel) }
  }

  @Test func `bundles and several packets a chain are refused without their features`() throws {
    let bench = try Testbench(features: [])
    #expect(throws: TestbenchError.status(.unsupportedFeature, detail: UInt32(Feature.saBundles.rawValue))) {
      try bench.addSA(Self.plain, Self.plain)
    }
    let sa = try bench.addSA(Self.plain)
    for result in try bench.process([Samples.packet(), Samples.packet()], on: sa) {
      #expect(throws: TestbenchError.status(.unsupportedFeature)) { try result.get() }
    }
  }

  @Test func `commands of features that were not negotiated are refused`() throws {
    let bench = try Testbench(features: [])
    for (command, feature) in [("save_state", Feature.state), ("set_capabilities", .legacyAlgorithms)] {
      #expect(throws: TestbenchError.status(.unsupportedFeature, detail: UInt32(feature.rawValue))) {
        try bench.command(command, Parts())
      }
    }
  }

  @Test func `statistics are in answers only if they were negotiated`() throws {
    let bench = try Testbench(features: [])
    let sa = try bench.addSA(Self.plain)
    let record = try #require(try bench.command("read_out_sa", Parts(naming: sa)).repetitions("record").first)
    #expect(record.attribute(V2_0.AttributeType.statistics) == nil)
  }
}
