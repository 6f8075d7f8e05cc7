import CycleModel
import Simulation
import Testing

@testable import ipsec_la

/// What is told of a run's time adds up, whatever came last.
@Suite struct MeasuredTimeTests {
  private static let loss = "{ fault: backend-loss, at: 2 us }"
  /// Scenarios in which something ends after the last completion.
  static let late: [(name: String, old: String, new: String)] = [
    ("a reset ends what waited", "summary: a few packets", "faults: [\(loss), { fault: reset, at: 1 ms }]"),
    ("a reset ends what is under way", "summary: a few packets", "faults: [{ fault: reset, at: 4 us }]"),
    ("events are still being written", "copies: 3", "copies: 30\n    notify: { every: 1 packets }"),
  ]

  private func expectSums(of statistics: Statistics, _ name: String) {
    let duration = statistics.duration
    for unit in statistics.units {
      #expect(unit.busy + unit.starved + unit.blocked + unit.held == duration * unit.lanes, "\(name): \(unit.name)")
    }
    for bus in statistics.buses {
      #expect(bus.busy <= duration && bus.outstanding <= bus.peakOutstanding * duration, "\(name): \(bus.name)")
    }
    let depths = statistics.units.map { ($0.depth, $0.peakDepth) } + statistics.queues.map { ($0.depth, $0.peakDepth) }
    #expect(depths.allSatisfy { $0 <= $1 * duration }, "\(name)")
  }

  private func expectSums(of results: Results, _ name: String) {
    expectSums(of: results.statistics, name)
    for (index, part) in results.intervals.enumerated() { expectSums(of: part, "\(name), part \(index)") }
    #expect(results.intervals.map(\.duration).reduce(0, +) == results.statistics.duration, "\(name)")
  }

  private func results(_ index: Int, mode: Scenario.Mode = .timed) throws -> Results {
    var scenario = try Small.scenario(Small.changed(Self.late[index].old, Self.late[index].new))
    scenario.flows.removeLast()
    scenario.flows[0].arrivals = .saturating
    // The driver hears of each at once.
    (scenario.profile.usedBatch, scenario.profile.interruptBatch, scenario.mode) = (1, 1, mode)
    return try scenario.run().results
  }

  @Test(arguments: late.indices, [Scenario.Mode.timed, .timingOnly])
  func `the measured time ends with what came last`(index: Int, mode: Scenario.Mode) throws {
    let (name, results) = (Self.late[index].name, try results(index, mode: mode))
    expectSums(of: results, name)
    #expect(results.statistics.duration > results.activeTime, "\(name)")
    #expect("\(SummaryTable(results))".contains("of measured time"), "\(name)")
    #expect(HTMLReport(results).text.contains("measured time"), "\(name)")
    #expect(StatisticsText.csv(results).contains("run,measured time,\(results.statistics.duration),ps"), "\(name)")
  }

  @Test func `a reset is the end where it comes last`() throws {
    #expect(try results(0).statistics.duration == 1_000_000_000)
    #expect(try results(1).statistics.duration == 4_000_000)
  }

  /// A fault that nothing is left for to hit, and the time limits of what is done, come after the end.
  @Test func `nothing makes the measured time longer than it was`() throws {
    let results = try Small.scenario(Small.text + "faults: [{ fault: reset, at: 1 s }]\n").run().results
    #expect(results.statistics.duration == results.activeTime && results.statistics.faults[.reset] == 0)
    #expect(!"\(SummaryTable(results))".contains("measured time"))
  }

  @Test func `after a reset units have nothing to do, and do not wait for what there is no more`() throws {
    let text = try Small.changed(", rate: 1 Gbit/s", ", start: 2 ms")
    let faults = "faults: [\(Self.loss), { fault: reset, at: 1 ms }]\n"
    let statistics = try Small.scenario(text + faults).run().results.statistics
    let lanes = try #require(statistics.units.first { $0.name == CycleModel.Unit.lanes.name })
    #expect(statistics.duration > 2_000_000_000)
    #expect(lanes.held > 900_000_000 * lanes.lanes / 2 && lanes.held < 1_000_000_000 * lanes.lanes)
  }

  @Test(arguments: ShippedScenarioTests.names) func `the shipped scenarios' sums are right`(name: String) throws {
    expectSums(of: try ScenarioChoice.scenario(name).run().results, name)
  }
}
