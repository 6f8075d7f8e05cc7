public import Clockwork
public import CycleModel
public import Device

/// A plan that is carried out: as far as one likes, and from a checkpoint on as often as one likes.
///
/// ```swift
/// let run = try Run(plan)
/// run.advance(until: Instant(picoseconds: 1_000_000_000))
/// print(run.statistics.packets, "packets in the first millisecond")
/// ```
public final class Run {
  public let plan: Plan
  private var course: Course

  /// The two ways to get on: with time, and without.
  private enum Course {
    case timed(TimedRun)
    case functional(FunctionalRun)
  }

  /// - Parameter trace: records for which storage is set aside; nil for no trace.
  /// - Throws: `TestbenchError`: `.plan` for what cannot be run, `.status` for an SA that the device refuses.
  public convenience init(_ plan: Plan, trace: Int? = nil) throws(TestbenchError) {
    try plan.validate()
    let traffic = try PlanTraffic(plan)
    let live = try LiveWorkload(plan, traffic)
    var workload: any Workload = live
    if case .timingOnly = plan.mode { workload = live.sizes(traffic.sources) }
    try self.init(plan, workload, trace: trace)
  }

  /// Traffic of another kind, over the device, queues and mode of a plan without flows.
  package convenience init(_ plan: Plan, _ traffic: any DriverTraffic, trace: Int? = nil) throws(TestbenchError) {
    try plan.validate()
    try self.init(plan, try LiveWorkload(plan, traffic), trace: trace)
  }

  /// - Precondition: the workload is a live one where the mode is `functional`.
  package init(_ plan: Plan, _ workload: any Workload, trace: Int? = nil) throws(TestbenchError) {
    self.plan = plan
    guard let profile = plan.mode.profile else {
      guard let live = workload as? LiveWorkload else { preconditionFailure("without time there is a device") }
      course = .functional(FunctionalRun(live))
      return
    }
    do throws(ProfileError) {
      let pipeline = try Pipeline(
        workload, ring: plan.ringKind, profile: profile, faults: plan.faults, seed: plan.seed,
        isObserved: plan.isObserved)
      course = .timed(TimedRun(Simulation(pipeline, trace: trace.map { Trace(capacity: $0) } ?? Trace())))
    } catch { throw .plan("profile: \(error)") }
  }

  private init(_ plan: Plan, _ run: TimedRun) {
    self.plan = plan
    course = .timed(run)
  }

  /// The same run once more, from here on: it gives the trace, and the packets, that this one gives.
  ///
  /// - Precondition: the mode is not `functional`.
  public func checkpoint() -> Run {
    guard case .timed(let run) = course else { preconditionFailure("only time can be stopped") }
    return Run(plan, TimedRun(run.simulation.copy()))
  }

  /// Lets everything happen up to and including `limit`; without one, until nothing is left to happen. Without time,
  /// everything happens.
  ///
  /// - Parameter drain: is handed the trace in pieces.
  public func advance(until limit: Instant = .never, trace drain: (Span<TraceRecord>) -> Void = { _ in }) {
    switch course {
    case .timed(let run): run.simulation.run(until: limit, drain: drain)
    case .functional(let run): run.finish()
    }
  }

  /// The present.
  public var now: Instant {
    switch course {
    case .timed(let run): run.simulation.kernel.now
    case .functional: .start
    }
  }

  /// Whether nothing is left to happen.
  public var isFinished: Bool {
    switch course {
    case .timed(let run): run.simulation.kernel.isIdle
    case .functional(let run): run.isFinished
    }
  }

  /// When something last happened that counts; without time, the start.
  package var lastChange: Instant {
    switch course {
    case .timed(let run): run.simulation.machine.lastChange()
    case .functional: .start
    }
  }

  /// What it came to until `instant`, behind which nothing has happened that counts.
  package func statistics(at instant: Instant) -> Statistics {
    switch course {
    case .timed(let run): run.simulation.machine.statistics(at: instant)
    case .functional(let run): run.statistics
    }
  }

  /// What it came to so far. Without time there are only counts.
  public var statistics: Statistics {
    switch course {
    case .timed(let run): run.simulation.machine.statistics(at: run.simulation.kernel.now)
    case .functional(let run): run.statistics
    }
  }

  /// The same without distributions, for whoever looks again and again.
  package var sums: Statistics {
    switch course {
    case .timed(let run):
      run.simulation.machine.statistics(at: run.simulation.kernel.now, hasDistributions: false)
    case .functional(let run): run.statistics
    }
  }

  /// What is asked of the pipeline.
  package var workload: any Workload {
    switch course {
    case .timed(let run): run.simulation.machine.workload
    case .functional(let run): run.workload
    }
  }

  private var live: LiveWorkload? { workload as? LiveWorkload }
  /// What is asked of the device, if there is one.
  package var traffic: (any DriverTraffic)? { live?.traffic }

  /// The device's state as it is kept, with keys; nil where there is no device.
  package var deviceState: [UInt8]? {
    live?.device.workOff()
    return live?.bench.accelerator.saveState()
  }

  /// Has each packet handed to `body` as it goes in, and as it comes out; there are none in `timingOnly`.
  public func observe(_ body: @escaping (Packet) -> Void) { (live?.traffic as? PlanTraffic)?.observe = body }

  /// Events that the device has told the driver of, oldest first; there are none in `timingOnly`.
  public var notifications: [Device.Notification] { live?.bench.notifications ?? [] }
}

/// A plan with time.
private final class TimedRun {
  var simulation: Simulation<Pipeline>

  init(_ simulation: consuming Simulation<Pipeline>) { self.simulation = simulation }
}
