import Clockwork
import CycleModel
import Simulation
import Spec
import Testbench
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
    #expect(inPlace.output.sorted(by: precedes) == apart.output.sorted(by: precedes))
  }

  private func precedes(_ one: [UInt8], _ other: [UInt8]) -> Bool { one.lexicographicallyPrecedes(other) }

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
    let scenario = try scenario(true, ScenarioSelection(version: version))
    func trace(_ run: Run, until limit: Instant = .never) -> [TraceRecord] {
      var records: [TraceRecord] = []
      run.advance(until: limit) { piece in for index in piece.indices { records.append(piece[index]) } }
      return records
    }
    let whole = try ScenarioRun(scenario).start(isTraced: true)
    let expected = trace(whole)
    for part in 1...20 as ClosedRange<UInt64> {
      let run = try ScenarioRun(scenario).start(isTraced: true)
      let before = trace(run, until: Instant(picoseconds: whole.now.picoseconds * part / 21))
      let resumed = run.checkpoint()
      #expect(before + trace(resumed) == expected, "\(part) of 21")
      #expect(resumed.statistics == whole.statistics)
    }
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
