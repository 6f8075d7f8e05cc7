public import Clockwork
import CycleModel

/// A scenario under way.
public struct ScenarioRun {
  /// How far a run has come, told now and then.
  public struct Progress: Sendable {
    public let done: UInt64
    public let total: UInt64
  }

  private let scenario: Scenario
  private let workload: ScenarioWorkload
  public var progress: (Progress) -> Void = { _ in }
  /// Is handed the trace in pieces; without it none is kept.
  public var trace: ((Span<TraceRecord>) -> Void)?
  /// Are handed every packet that went into the device, and every one that came out, and when the driver heard of it.
  public var packetIn: ((_ packet: [UInt8], Instant) -> Void)?
  public var packetOut: ((_ packet: [UInt8], Instant) -> Void)?

  /// - Throws: `SimulationError` where the scenario makes no device, or one that does not take its SAs.
  public init(_ scenario: Scenario) throws(SimulationError) {
    self.scenario = scenario
    workload = try ScenarioWorkload(scenario, guest: scenario.mode == .timingOnly ? nil : Guest(scenario))
  }

  /// Runs to the end, and judges the expectations.
  public func run() throws(SimulationError) -> Results {
    var results = Results(scenario)
    (workload.packetIn, workload.packetOut) = (packetIn, packetOut)
    if scenario.mode == .functional { runFunctional(&results) } else { try runTimed(&results) }
    results.verdicts = scenario.expectations.map { $0.judge(results) }
    return results
  }

  private func runFunctional(_ results: inout Results) {
    let (total, progress) = (scenario.packetCount, progress)
    workload.runWithoutTime { progress(Progress(done: $0, total: total)) }
    results.tally = workload.tally
  }

  private func runTimed(_ results: inout Results) throws(SimulationError) {
    let pipeline: Pipeline
    do throws(ProfileError) {
      pipeline = try Pipeline(workload, profile: scenario.profile, faults: scenario.faults, seed: scenario.seed)
    } catch { throw .profile(error) }
    var simulation = Simulation(pipeline, trace: trace == nil ? Trace() : Trace(capacity: 1 << 16))
    var samples = Samples()
    let drain = trace ?? { _ in }
    while workload.isUnderWay, !simulation.kernel.isIdle {
      simulation.run(until: samples.nextInstant, drain: drain)
      samples.add(simulation.machine.statistics(at: simulation.kernel.now))
      progress(Progress(done: workload.tally.returned, total: scenario.packetCount))
    }
    simulation.run(drain: drain)
    samples.add(simulation.machine.statistics(at: simulation.kernel.now))
    results.statistics = samples.last
    results.activeTime = workload.last.picoseconds
    results.intervals = samples.intervals
    results.tally = workload.tally
  }
}

/// Statistics at moments of equal distance. When there are too many, every second goes and the distance doubles: long
/// runs need no more room than short ones.
struct Samples {
  private static let limit = 256
  private var taken: [Statistics] = []
  /// In picoseconds.
  private var distance: Picoseconds = 1_000_000

  var last: Statistics { taken.last ?? Statistics() }
  var nextInstant: Instant { Instant(picoseconds: UInt64(taken.count + 1) * distance) }

  mutating func add(_ statistics: Statistics) {
    taken.append(statistics)
    if taken.count < Self.limit { return }
    taken = stride(from: 1, to: taken.count, by: 2).map { taken[$0] }
    distance *= 2
  }

  /// What happened from each to the next.
  var intervals: [Statistics] {
    taken.indices.map { $0 == 0 ? taken[0] : taken[$0].since(taken[$0 - 1]) }
  }
}
