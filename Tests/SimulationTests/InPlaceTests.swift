import CycleModel
import Simulation
import Spec
import Testing
import Wire

@testable import ipsec_la

/// Packets whose result goes where they stand.
@Suite struct InPlaceTests {
  private func scenario(
    _ isInPlace: Bool, _ selection: ScenarioSelection, more: String = ""
  ) throws -> Scenario {
    let text = Small.text.replacing("size:", with: "in-place: \(isInPlace), size:")
    return try ScenarioYAML(path: "small.yaml", selection: selection).read(more + text, name: "small")
  }

  @Test(arguments: [SpecVersion.v0_4, .v2_0], [Scenario.Mode.functional, .timed])
  func `packets come out as they do from buffers of their own`(version: SpecVersion, mode: Scenario.Mode) throws {
    let selection = ScenarioSelection(version: version, mode: mode)
    let apart = try scenario(false, selection).run()
    let inPlace = try scenario(true, selection).run()
    #expect(inPlace.results.tally.passed == 100, "\(inPlace.results.tally.refusals)")
    #expect(inPlace.output.inByteOrder == apart.output.inByteOrder)
  }

  @Test(arguments: [SpecVersion.v0_4, .v2_0]) func `sizes alone take the time that packets take`(
    version: SpecVersion
  ) throws {
    // In 2.0, a chain of three descriptors leaves a ring of four no room for another.
    var scenario = try scenario(true, ScenarioSelection(version: version), more: "profile: { ring.size: 4 }\n")
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.statistics == sizes.statistics && timed.activeTime == sizes.activeTime)
    #expect(timed.statistics.queues.map(\.peakDepth).max() == (version == .v0_4 ? 2 : 1))
  }

  @Test(arguments: [SpecVersion.v0_4, .v2_0]) func `a run that is resumed goes on in place`(
    version: SpecVersion
  ) throws {
    try scenario(true, ScenarioSelection(version: version)).expectTheSameWhenResumed(records: 300)
  }

  @Test(arguments: [
    ("version: 1.0", "in-place: true", "in-place: version 1.0 has buffers of their own for results"),
    ("seed: 1", "in-place: true, segments: 2", "segments: a packet that is processed in place stands in one buffer"),
    ("seed: 1", "in-place: true, packets-per-chain: 2", "packets-per-chain: a packet that is processed in place"),
    ("profile: { ring.size: 2 }", "in-place: true", "in-place: 3 descriptors do not fit a ring of 2"),
    ("seed: 1", "in-place: here", "in-place: is neither true nor false"),
  ]) func `what cannot be in place is refused`(device: String, flow: String, message: String) throws {
    let text = try device + "\n" + Small.changed("random: true", flow)
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description.hasPrefix("small.yaml:20: \(message)") == true, "\(error?.description ?? "")")
  }
}
