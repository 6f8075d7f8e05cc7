import Clockwork
import CycleModel
import Simulation
import Testbench
import Testing

@testable import ipsec_la

@Suite struct ScenarioResumeTests {
  private func trace(_ run: Run, until limit: Instant = .never) -> [TraceRecord] {
    var records: [TraceRecord] = []
    run.advance(until: limit) { piece in for index in piece.indices { records.append(piece[index]) } }
    return records
  }

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
    let expected = trace(whole)
    #expect(expected.count > 3_000)
    let run = try ScenarioRun(scenario).start(isTraced: true)
    var before: [TraceRecord] = []
    var generator = Generator(seed: 17)
    let core = scenario.profile.core
    let cycles = core.firstCycle(at: whole.now)
    for cycle in (0..<8).map({ _ in generator.next(below: cycles) }).sorted() {
      before += trace(run, until: core.instant(ofCycle: cycle))
      let resumed = run.checkpoint()
      #expect(before + trace(resumed) == expected, "seed 17, cycle \(cycle)")
      #expect(resumed.statistics == whole.statistics, "seed 17, cycle \(cycle)")
    }
  }
}
