/// A set of components and the way they are joined, which changes only when an event happens.
public protocol Machine: ~Copyable, Duplicable {
  /// Schedules the first events.
  mutating func begin(_ kernel: inout Kernel)
  /// Lets `event` happen.
  mutating func handle(_ event: Event, _ kernel: inout Kernel)
}

/// A machine and its time. A copy of it is a checkpoint: run on, the copy does what the original does.
public struct Simulation<M: Machine & ~Copyable>: ~Copyable {
  public internal(set) var kernel: Kernel
  public var machine: M

  /// - Parameters:
  ///   - capacity: events for which storage is set aside.
  ///   - trace: off unless one is given.
  public init(_ machine: consuming M, capacity: Int = 256, trace: Trace = Trace()) {
    kernel = Kernel(capacity: capacity, trace: trace)
    self.machine = machine
    self.machine.begin(&kernel)
  }

  /// Lets everything happen up to and including `limit`; without one, until nothing is left to happen.
  ///
  /// - Parameter drain: is handed the trace whenever it is half full, and at the end.
  public mutating func run(until limit: Instant = .never, drain: (Span<TraceRecord>) -> Void = { _ in }) {
    while step(until: limit) {
      if kernel.trace.isHalfFull { kernel.trace.drain(drain) }
    }
    kernel.trace.drain(drain)
    kernel.rest(until: limit)
  }

  /// Lets one event happen, unless it lies behind `limit`; whether there was one.
  @inline(__always)
  public mutating func step(until limit: Instant = .never) -> Bool {
    guard let event = kernel.next(until: limit) else { return false }
    machine.handle(event, &kernel)
    return true
  }

  /// Lets something happen now that comes from outside.
  public mutating func act<Result>(_ body: (inout M, inout Kernel) -> Result) -> Result { body(&machine, &kernel) }

  /// Hands on the trace so far.
  public mutating func drain(_ body: (Span<TraceRecord>) -> Void) { kernel.trace.drain(body) }
}

extension Simulation: Sendable where M: Sendable & ~Copyable {}

extension Simulation: Duplicable where M: ~Copyable {
  public borrowing func copy() -> Simulation { Simulation(copying: self) }

  private init(copying other: borrowing Simulation) {
    kernel = other.kernel.copy()
    machine = other.machine.copy()
  }
}
