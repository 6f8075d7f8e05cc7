/// What a machine acts through: the time, the events to come, and the trace.
public struct Kernel: ~Copyable, Sendable {
  /// The present.
  public internal(set) var now: Instant = .start
  public internal(set) var events: EventQueue
  public var trace: Trace
  /// Events that happened since the start of the run.
  public internal(set) var handled: UInt64 = 0

  /// - Parameters:
  ///   - capacity: events for which storage is set aside.
  public init(capacity: Int = 256, trace: Trace = Trace()) {
    events = EventQueue(capacity: capacity)
    self.trace = trace
  }

  /// Makes `code` happen to `subject`, now or later, never in the past.
  public mutating func schedule(_ code: UInt32, _ subject: UInt32 = 0, at instant: Instant) {
    precondition(instant >= now, "an event cannot be scheduled in the past")
    events.schedule(code, subject, at: instant)
  }

  /// Calls off all events of a kind.
  public mutating func cancel(_ code: UInt32) { events.removeAll(code) }

  /// Whether nothing is left to happen.
  public var isIdle: Bool { events.isEmpty }

  @inline(__always)
  mutating func next(until limit: Instant) -> Event? {
    guard let event = events.popFirst(until: limit) else { return nil }
    now = event.instant
    handled += 1
    return event
  }

  mutating func rest(until limit: Instant) {
    if limit != .never && limit > now { now = limit }
  }
}

extension Kernel: Duplicable {
  public borrowing func copy() -> Kernel { Kernel(copying: self) }

  private init(copying other: borrowing Kernel) {
    now = other.now
    events = other.events.copy()
    trace = other.trace
    handled = other.handled
  }
}
