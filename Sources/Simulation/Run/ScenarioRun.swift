public import Clockwork
import CycleModel
package import Testbench

/// A scenario under way.
public struct ScenarioRun {
  /// How far a run has come, told now and then.
  public struct Progress: Sendable {
    public let done: UInt64
    public let total: UInt64
  }

  private let scenario: Scenario
  public var progress: (Progress) -> Void = { _ in }
  /// Is handed the trace in pieces; without it none is kept.
  public var trace: ((Span<TraceRecord>) -> Void)?
  /// Is handed the trace before `origin`, and then that moment: a trace that begins there begins with what is so then.
  public var past: (follow: (Span<TraceRecord>) -> Void, end: (Instant) -> Void)?
  /// Are handed every packet that went into the device, and every one that came out, and when the driver put it on the
  /// ring or heard of it.
  public var packetIn: ((_ packet: [UInt8], Instant) -> Void)?
  public var packetOut: ((_ packet: [UInt8], Instant) -> Void)?

  /// Is handed what the run has come to at this cycle of the core's clock; the run goes on.
  public var checkpoint: (cycle: UInt64, take: (Mark) -> Void)?
  /// Where the run goes on: up to there nothing of it is handed on, and it must come to the same.
  public var origin: Mark?

  public init(_ scenario: Scenario) { self.scenario = scenario }

  /// Runs to the end, and judges the expectations.
  ///
  /// - Precondition: in functional mode there is neither `checkpoint` nor `origin`; the one is not before the
  ///   other.
  /// - Throws: `SimulationError` where the scenario makes no device, or one that does not take its SAs; where the run
  ///   is over before `checkpoint`, or is not the one of `origin`.
  public func run() throws(SimulationError) -> Results {
    let run = try start(isTraced: trace != nil || past != nil)
    if let traffic = run.traffic as? ScenarioTraffic {
      let (total, progress) = (scenario.packetCount, progress)
      traffic.progress = { progress(Progress(done: $0, total: total)) }
    }
    var results = Results(scenario)
    if scenario.mode == .functional {
      observePackets(of: run)
      run.advance()
    } else {
      try advance(run, &results)
    }
    let desk = run.desk
    (results.tally, results.activeTime) = (desk.tally, desk.last.picoseconds)
    results.verdicts = scenario.expectations.map { $0.judge(results) }
    return results
  }

  /// The run, at its start.
  package func start(isTraced: Bool) throws(SimulationError) -> Run {
    let capacity = isTraced ? 1 << 16 : nil
    if scenario.mode == .timingOnly {
      let sizes = try ScenarioSizes(scenario)
      do throws(TestbenchError) {
        try ScenarioSAs.check(scenario)
        return try Run(scenario.plan, sizes, trace: capacity)
      } catch { throw .start(error) }
    }
    let traffic = try ScenarioTraffic(scenario)
    do throws(TestbenchError) { return try Run(scenario.plan, traffic, trace: capacity) } catch { throw .start(error) }
  }

  private func observePackets(of run: Run) {
    guard let traffic = run.traffic as? ScenarioTraffic else { return }
    (traffic.packetIn, traffic.packetOut) = (packetIn, packetOut)
  }

  private func advance(_ run: Run, _ results: inout Results) throws(SimulationError) {
    var samples = Samples()
    if let origin {
      try advance(run, &samples, toCycle: origin.cycle, past?.follow ?? { _ in })
      guard Mark(run, cycle: origin.cycle) == origin else { throw .differs(at: origin.cycle) }
      past?.end(scenario.profile.core.instant(ofCycle: origin.cycle))
    }
    observePackets(of: run)
    let drain = trace ?? { _ in }
    if let checkpoint {
      try advance(run, &samples, toCycle: checkpoint.cycle, drain)
      checkpoint.take(Mark(run, cycle: checkpoint.cycle))
    }
    try advance(run, &samples, until: .never, drain)
    run.advance(trace: drain)
    samples.end(run.statistics(at: run.end))
    (results.statistics, results.intervals) = (samples.last, samples.intervals)
  }

  private func advance(
    _ run: Run, _ samples: inout Samples, toCycle cycle: UInt64, _ drain: (Span<TraceRecord>) -> Void
  ) throws(SimulationError) {
    let core = scenario.profile.core
    let last = core.firstCycle(at: Instant(picoseconds: Scenario.longest))
    guard cycle < last else { throw .isOver(before: cycle) }
    try advance(run, &samples, until: core.instant(ofCycle: cycle), drain)
    guard run.desk.isUnderWay, !run.isFinished else { throw .isOver(before: cycle) }
  }

  /// Samples are taken at the same moments whether or not the run is stopped between them.
  private func advance(
    _ run: Run, _ samples: inout Samples, until limit: Instant, _ drain: (Span<TraceRecord>) -> Void
  ) throws(SimulationError) {
    while run.now < limit, run.desk.isUnderWay, !run.isFinished {
      if run.now.picoseconds > 2 * Scenario.longest { throw .tooLong }
      let next = samples.nextInstant
      run.advance(until: min(next, limit), trace: drain)
      if next > limit { return }
      samples.add(run.sums)
      progress(Progress(done: run.desk.tally.returned, total: scenario.packetCount))
    }
  }
}

extension Run {
  /// What the driver of a scenario has done so far.
  fileprivate var desk: OrderDesk {
    if let sizes = workload as? ScenarioSizes { return sizes.desk }
    guard let traffic = traffic as? ScenarioTraffic else { preconditionFailure("not a scenario's run") }
    return traffic.desk
  }

  /// Where the measured time ends: for a device that stalls, with the present. Otherwise with the last completion, or
  /// with what came after it: a reset that ended what was under way, an event that was still being written. Timers
  /// that were lifted, and the time up to the last sample, are behind it.
  fileprivate var end: Instant { desk.isUnderWay ? now : max(desk.last, lastChange) }
}

extension Scenario {
  /// The device, its queues and its time; what is sent is not the plan's.
  fileprivate var plan: Plan {
    var plan = Plan(version: version, mode: .functional, associations: [], flows: [])
    switch mode {
    case .functional: break
    case .timed: plan.mode = .timed(profile)
    case .timingOnly: plan.mode = .timingOnly(profile)
    }
    plan.features = features
    (plan.pairs, plan.faults, plan.seed) = (pairs, faults, seed)
    return plan
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

  /// The last sample is the end of the run, and none is behind it.
  mutating func end(_ statistics: Statistics) {
    taken.removeAll { $0.duration >= statistics.duration }
    taken.append(statistics)
  }

  /// What happened from each to the next.
  var intervals: [Statistics] {
    taken.indices.map { $0 == 0 ? taken[0] : taken[$0].since(taken[$0 - 1]) }
  }
}
