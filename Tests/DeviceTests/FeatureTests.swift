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
    (.softLifetime, { $0.parameters.lifetime.softBytes = 1 }),
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
