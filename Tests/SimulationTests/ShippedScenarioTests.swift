import Simulation
import Spec
import Testing
import Virtio
import Wire

@testable import ipsec_la

@Suite struct ShippedScenarioTests {
  static let names = ShippedScenarios.all.map(\.name)

  @Test(arguments: names, Spec.all.map(\.version)) func `a shipped scenario comes out as it expects, on every version`(
    name: String, version: SpecVersion
  ) throws {
    var scenario = try ScenarioChoice.scenario(name)
    scenario.version = version
    let run = ScenarioRun(scenario)
    let results = try run.run()
    for verdict in results.verdicts { #expect(verdict.outcome == .held, "\(verdict)") }
    #expect(!results.verdicts.isEmpty && !results.summary.isEmpty)
  }

  @Test(arguments: names, [Scenario.Mode.functional, .timingOnly]) func `what the other modes can judge holds, too`(
    name: String, mode: Scenario.Mode
  ) throws {
    var scenario = try ScenarioChoice.scenario(name)
    scenario.mode = mode
    let run = ScenarioRun(scenario)
    let results = try run.run()
    for verdict in results.verdicts { #expect(verdict.outcome != .failed, "\(verdict)") }
    #expect(results.verdicts.contains { $0.outcome == .held })
  }

  @Test(arguments: [Scenario.Mode.functional, .timed]) func `the versions put out the same packets`(mode: Scenario.Mode)
    throws
  {
    let outputs = try Spec.all.map { definition in
      var scenario = try Small.scenario()
      (scenario.version, scenario.mode) = (definition.version, mode)
      return try scenario.run().output
    }
    #expect(outputs[0].count == 100)
    #expect(outputs.allSatisfy { $0 == outputs[0] })
  }

  @Test func `packed rings carry the same packets as split rings`() throws {
    let split = try Small.scenario()
    let packed = try Small.scenario("ring: packed\n" + Small.text)
    #expect(packed.ring == .packed)
    #expect(try split.run().output == packed.run().output)
  }

  @Test func `the same seed gives the same results, another seed others`() throws {
    func json(seed: UInt64) throws -> String {
      var scenario = try Small.scenario()
      scenario.seed = seed
      return try StatisticsText.json(scenario.run().results)
    }
    #expect(try json(seed: 1) == json(seed: 1))
    #expect(try json(seed: 1) != json(seed: 2))
  }

  /// What is replayed depends on what the device has let through, which sizes alone do not tell.
  @Test(arguments: names.filter { $0 != "replay-attack" })
  func `a shipped scenario takes the same time without its packets`(name: String) throws {
    var scenario = try ScenarioChoice.scenario(name)
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.statistics == sizes.statistics && timed.activeTime == sizes.activeTime)
  }

  @Test func `timing-only takes the time that packets take`() throws {
    var scenario = try Small.scenario()
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.activeTime == sizes.activeTime)
    #expect(timed.statistics == sizes.statistics)
  }
}
