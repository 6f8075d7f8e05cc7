/// What a machine acts through: the time, the events to come, and the trace.
public struct Kernel: Sendable {
  /// The present.
  public internal(set) var now: Instant = .start
  public internal(set) var events: EventQueue
  public var trace: Trace
  /// Events that happened since the start of the run.
  public internal(set) var handled: UInt64 = 0

  public init(capacity: Int = 256, trace: Trace = Trace()) {
    events = EventQueue(capacity: capacity)
    self.trace = trace
  }

  /// Makes `code` happen to `subject`, now or later, never in the past.
  public mutating func schedule(_ code: UInt32, _ subject: UInt32 = 0, at instant: Instant) {
    precondition(instant >= now, "an event cannot be scheduled in the past")
    events.schedule(code, subject, at: instant)
  }

  mutating func next(until limit: Instant) -> Event? {
    guard !events.isEmpty, events.nextInstant <= limit, let event = events.popFirst() else { return nil }
    now = event.instant
    handled += 1
    return event
  }

  mutating func rest(until limit: Instant) {
    if limit != .never && limit > now { now = limit }
  }
}

/// A set of components and the way they are joined: a plain value that changes only when an event happens.
public protocol Machine {
  /// Schedules the first events.
  mutating func begin(_ kernel: inout Kernel)
  /// Lets `event` happen.
  mutating func handle(_ event: Event, _ kernel: inout Kernel)
}

/// A machine and its time. A copy of it is a checkpoint: run on, the copy does what the original does.
public struct Simulation<M: Machine> {
  public internal(set) var kernel: Kernel
  public var machine: M

  public init(_ machine: M, kernel: Kernel = Kernel()) {
    self.machine = machine
    self.kernel = kernel
    self.machine.begin(&self.kernel)
  }

  /// Lets everything happen up to and including `limit`; without one, until nothing is left to happen.
  ///
  /// - Parameter drain: is handed the trace whenever it is half full, and at the end.
  public mutating func run(until limit: Instant = .never, drain: (Span<TraceRecord>) -> Void = { _ in }) {
    while let event = kernel.next(until: limit) {
      machine.handle(event, &kernel)
      if kernel.trace.isHalfFull { kernel.trace.drain(drain) }
    }
    kernel.trace.drain(drain)
    kernel.rest(until: limit)
  }
}

extension Simulation: Sendable where M: Sendable {}
