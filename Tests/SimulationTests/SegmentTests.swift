import CycleModel
import Simulation
import Spec
import Testing
import Wire

@testable import ipsec_la

/// Packets that come in several buffers, and whose results go to several.
@Suite struct SegmentTests {
  private func scenario(
    _ segments: Int, _ selection: ScenarioSelection, profile: String = "default"
  ) throws -> Scenario {
    let text = Small.text.replacing("size:", with: "segments: \(segments), size:")
      .replacing(", rate: 2 Mpacket/s, random: true", with: "").replacing(", rate: 1 Gbit/s", with: "")
    return try ScenarioYAML(path: "small.yaml", selection: selection).read(
      "profile: \(profile)\n" + text, name: "small")
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0, .v2_0], [Scenario.Mode.functional, .timed])
  func `packets in several buffers come out as those in one`(version: SpecVersion, mode: Scenario.Mode) throws {
    let selection = ScenarioSelection(version: version, mode: mode)
    let whole = try scenario(1, selection).run()
    #expect(whole.results.tally.passed == 100)
    for segments in [2, 5, 16] {
      let cut = try scenario(segments, selection).run()
      #expect(cut.results.tally.passed == 100, "\(segments): \(cut.results.tally.refusals)")
      #expect(cut.output.inByteOrder == whole.output.inByteOrder)
    }
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0, .v2_0])
  func `each segment costs the time of its descriptors, with packets and without`(version: SpecVersion) throws {
    // Of 16 descriptors, a chain of 4 segments each way takes half.
    let times = try [1, 4].map { segments in
      var scenario = try scenario(segments, ScenarioSelection(version: version), profile: "{ ring.size: 16 }")
      let timed = try scenario.run().results
      scenario.mode = .timingOnly
      let sizes = try scenario.run().results
      #expect(timed.statistics == sizes.statistics && timed.activeTime == sizes.activeTime)
      return timed.activeTime
    }
    #expect(times[1] > 2 * times[0])
  }

  @Test func `a run that is resumed goes on with its segments`() throws {
    try scenario(3, ScenarioSelection()).expectTheSameWhenResumed(records: 1_000)
  }
}
