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
  public init(_ plan: Plan, trace: Int? = nil) throws(TestbenchError) {
    self.plan = plan
    try plan.validate()
    let live = try LiveWorkload(plan)
    guard let profile = plan.mode.profile else {
      course = .functional(FunctionalRun(live))
      return
    }
    let workload: any Workload
    if case .timingOnly = plan.mode { workload = live.sizes() } else { workload = live }
    do throws(ProfileError) {
      let pipeline = try Pipeline(
        workload, profile: profile, faults: plan.faults, seed: plan.seed, isObserved: plan.isObserved)
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

  /// What it came to so far. Without time there are only counts.
  public var statistics: Statistics {
    switch course {
    case .timed(let run): run.simulation.machine.statistics(at: run.simulation.kernel.now)
    case .functional(let run): run.statistics
    }
  }

  private var live: LiveWorkload? {
    switch course {
    case .timed(let run): run.simulation.machine.workload as? LiveWorkload
    case .functional(let run): run.workload
    }
  }

  /// Has each packet handed to `body` as it goes in, and as it comes out; there are none in `timingOnly`.
  public func observe(_ body: @escaping (Packet) -> Void) { live?.observe = body }

  /// Events that the device has told the driver of, oldest first; there are none in `timingOnly`.
  public var notifications: [Device.Notification] { live?.bench.notifications ?? [] }
}

/// A plan with time.
private final class TimedRun {
  var simulation: Simulation<Pipeline>

  init(_ simulation: consuming Simulation<Pipeline>) { self.simulation = simulation }
}
