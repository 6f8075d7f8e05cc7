import CycleModel
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

  @Test(arguments: Spec.all.map(\.version)) func `every fault of the drill that can end requests does`(
    version: SpecVersion
  ) throws {
    var scenario = try ScenarioChoice.scenario("fault-drill")
    scenario.version = version
    let statistics = try scenario.run().results.statistics
    for kind in [Fault.Kind.droppedDMA, .corruptedDescriptor, .reset, .backendLoss] {
      #expect(statistics.faulted[kind] > 0, "\(kind)")
    }
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

  @Test(arguments: [
    "", "ring: packed", "in-order: true", "features: { without: [VIRTIO_RING_F_EVENT_IDX] }",
    "ring: packed\nin-order: true\nfeatures: { without: [VIRTIO_RING_F_EVENT_IDX] }",
  ], [
    "", "churn: [{ association: out, commands: 60, every: 100 ns }]",
    "faults: [{ fault: driver-stop, at: 8 us, for: 10 us }, { fault: reset, at: 25 us }]",
  ]) func `timing-only takes the time that packets take, whatever the rings`(rings: String, more: String) throws {
    let text = try Small.changed("rate: 2 Mpacket/s", "rate: 8 Mpacket/s")
    var scenario = try Small.scenario(rings + "\n" + text + more + "\n")
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.activeTime == sizes.activeTime && timed.tally.returned > 0)
    #expect(timed.statistics == sizes.statistics)
  }

  /// An entry of the available ring and an element of the used ring, or a descriptor (VIRTIO 1.4, Split Virtqueues,
  /// Packed Virtqueues).
  @Test func `packed rings have other bytes on the bus`() throws {
    let runs = try ["split", "packed"].map { try Small.scenario("ring: \($0)\n" + Small.text).run().results.statistics }
    let (split, packed) = (runs[0], runs[1])
    let chains = split.accepted
    #expect(split.completed == chains && packed.completed == chains)
    #expect(split.buses[0].bytes == packed.buses[0].bytes + 2 * chains)
    // Every batch of the used ring has an index; how many batches there are, the moments decide.
    let more = packed.buses[1].bytes - (split.buses[1].bytes - 8 * chains)
    #expect(more > 16 * chains - 2 * chains && more < 16 * chains)
  }
}
