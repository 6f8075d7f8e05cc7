import Clockwork
import CycleModel
import Simulation
import Testbench
import Testing

@testable import ipsec_la

@Suite struct ScenarioResumeTests {
  /// What a shipped scenario sends is cut, so that there is time for many cycles.
  private func scenario(_ name: String, _ mode: Scenario.Mode) throws -> Scenario {
    var scenario = try ScenarioChoice.scenario(name)
    scenario.mode = mode
    for flow in scenario.flows.indices { scenario.flows[flow].count = 300 }
    for churn in scenario.churns.indices { scenario.churns[churn].interval = 2_000_000 }
    for fault in scenario.faults.indices {
      guard case .cycle(let cycle) = scenario.faults[fault].trigger else { continue }
      scenario.faults[fault].trigger = .cycle(cycle / 25)
    }
    return scenario
  }

  @Test(arguments: ShippedScenarioTests.names, [Scenario.Mode.timed, .timingOnly])
  func `a shipped scenario that is resumed from random cycles gives the trace of one that was not interrupted`(
    name: String, mode: Scenario.Mode
  ) throws {
    let scenario = try scenario(name, mode)
    let whole = try ScenarioRun(scenario).start(isTraced: true)
    let expected = whole.trace()
    #expect(expected.count > 3_000)
    let run = try ScenarioRun(scenario).start(isTraced: true)
    var before: [TraceRecord] = []
    var generator = Generator(seed: 17)
    let core = scenario.profile.core
    let cycles = core.firstCycle(at: whole.now)
    for cycle in (0..<8).map({ _ in generator.next(below: cycles) }).sorted() {
      before += run.trace(until: core.instant(ofCycle: cycle))
      let resumed = run.checkpoint()
      #expect(before + resumed.trace() == expected, "seed 17, cycle \(cycle)")
      #expect(resumed.statistics == whole.statistics, "seed 17, cycle \(cycle)")
    }
  }

  /// A run that is observed: what it handed on, and what it came to.
  private func observed(
    _ scenario: Scenario, from origin: Mark? = nil, checkpointAt cycle: UInt64? = nil
  ) throws -> (records: [TraceRecord], packets: [[UInt8]], results: Results, mark: Mark?) {
    var run = ScenarioRun(scenario)
    var (records, packets): ([TraceRecord], [[UInt8]]) = ([], [])
    var mark: Mark?
    run.trace = { piece in for index in piece.indices { records.append(piece[index]) } }
    run.packetOut = { packet, _ in packets.append(packet) }
    run.origin = origin
    if let cycle { run.checkpoint = (cycle, { mark = $0 }) }
    return (records, packets, try run.run(), mark)
  }

  @Test(arguments: ShippedScenarioTests.names, [Scenario.Mode.timed, .timingOnly])
  func `a shipped scenario goes on from a checkpoint at any cycle as if it had not stopped`(
    name: String, mode: Scenario.Mode
  ) throws {
    let scenario = try scenario(name, mode)
    let whole = try observed(scenario)
    var generator = Generator(seed: 23)
    let core = scenario.profile.core
    let last = core.firstCycle(at: Instant(picoseconds: whole.results.activeTime))
    for cycle in (0..<3).map({ _ in 1 + generator.next(below: last - 2) }) {
      let stopped = try observed(scenario, checkpointAt: cycle)
      #expect(stopped.records == whole.records, "seed 23, cycle \(cycle)")
      let mark = try #require(stopped.mark)
      let resumed = try observed(scenario, from: mark)
      let limit = core.instant(ofCycle: cycle)
      #expect(resumed.records == whole.records.filter { $0.instant > limit }, "seed 23, cycle \(cycle)")
      #expect(resumed.packets == Array(whole.packets.suffix(resumed.packets.count)), "seed 23, cycle \(cycle)")
      #expect(resumed.results.statistics == whole.results.statistics, "seed 23, cycle \(cycle)")
      #expect(resumed.results.intervals == whole.results.intervals, "seed 23, cycle \(cycle)")
      #expect(resumed.results.tally == whole.results.tally, "seed 23, cycle \(cycle)")
    }
  }

  @Test func `a run does not go on from a checkpoint of another one`() throws {
    var scenario = try scenario("line-rate", .timed)
    let mark = try #require(try observed(scenario, checkpointAt: 5_000).mark)
    scenario.profile.writeLatency += 1
    #expect(throws: SimulationError.self) { try observed(scenario, from: mark) }
  }

  @Test func `a cycle behind the end of the run is told`() throws {
    let scenario = try scenario("line-rate", .timingOnly)
    for cycle in [UInt64(1) << 40, .max] {
      #expect(throws: SimulationError.self) { try observed(scenario, checkpointAt: cycle) }
    }
  }
}
