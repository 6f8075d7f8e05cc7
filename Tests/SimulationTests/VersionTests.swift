import Device
import ESP
import Simulation
import Spec
import Testbench
import Testing
import Wire

@testable import ipsec_la

/// A version runs the scenario that is asked for, or says which part of it it cannot say.
@Suite struct VersionTests {
  private func scenario(_ option: String, _ version: SpecVersion, mode: Scenario.Mode = .functional)
    throws -> Scenario
  {
    let text = try Small.changed("    spi: 0x1000\n", "    spi: 0x1000\n    \(option)\n")
    let selection = ScenarioSelection(version: version, mode: mode)
    return try ScenarioYAML(path: "small.yaml", selection: selection).read(text, name: "small")
  }

  @Test(
    arguments: [("protocol: wesp", "protocol"), ("tfc: { length: 300 }", "tfc")],
    [SpecVersion.v0_4, .v1_0])
  func `what a version cannot say is refused with file, line and field`(
    option: (String, String), version: SpecVersion
  )
    throws
  {
    let error = #expect(throws: CommandError.self) { try scenario(option.0, version) }
    let expected = "small.yaml:7: \(option.1): version \(version) cannot say it of out; 2.0 can"
    #expect(error?.description == expected)
    #expect(try scenario(option.0, .v2_0).run().results.tally.passed == 100)
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0]) func `the testbench refuses it, too`(
    version: SpecVersion
  ) throws {
    let bench = try Testbench(version: version)
    var association = try scenario("protocol: wesp", .v2_0).associations[0].description(ofCopy: 0)
    #expect(throws: TestbenchError.inexpressible("protocol", version)) {
      try bench.addSA(association)
    }
    association.parameters.protocol = .esp
    association.parameters.tfcLength = 200
    #expect(throws: TestbenchError.inexpressible("tfc", version)) { try bench.addSA(association) }
  }

  /// Each option gives the same packets in every version that has it.
  @Test(arguments: [
    "esn: true", "udp-encapsulation: {}", "dscp: { set: 46 }", "df: set", "ecn: false",
    "lifetime: { soft-bytes: 4096 }",
    "replay-window: 128",
  ]) func `versions that can say it do the same`(option: String) throws {
    let outputs = try Spec.all.map { try scenario(option, $0.version).run().output }
    #expect(outputs[0].count == 100 && outputs.allSatisfy { $0 == outputs[0] })
  }

  @Test(arguments: [300, 1_400], [Scenario.Mode.functional, .timed])
  func `packets are padded to the length that hides theirs`(length: Int, mode: Scenario.Mode) throws
  {
    let text = try Small.changed(
      "    spi: 0x1000\n", "    spi: 0x1000\n    tfc: { length: \(length) }\n"
    ).replacing(
      "packets: 60, size: imix", with: "packets: 60, size: 100 B")
    let selection = ScenarioSelection(mode: mode)
    let (results, output) = try ScenarioYAML(path: "tfc.yaml", selection: selection).read(
      text, name: "tfc"
    ).run()
    #expect(results.tally.passed == 100, "\(results.tally.refusals)")
    #expect(output.count { $0.count > length } == 60)
  }

  @Test func `the testbench has room for what an SA adds`() throws {
    let bench = try Testbench()
    var description = try Small.scenario().associations[0].description(ofCopy: 0)
    description.parameters.tfcLength = 1_400
    let sa = try bench.addSA(description)
    let packet =
      [0x45, 0, 0, 100, 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2]
      + [UInt8](repeating: 0, count: 80)
    #expect(try bench.encap(packet, on: sa).count > 1_400)
  }
}
