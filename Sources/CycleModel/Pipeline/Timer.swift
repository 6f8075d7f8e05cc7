import Clockwork

/// A time limit that is set and lifted often, with at most one event pending.
struct Timer: BitwiseCopyable, Sendable {
  var deadline = Instant.never
  var isScheduled = false

  /// Sets the limit if none is set.
  mutating func arm(_ step: Step, queue: Int, at instant: Instant, _ kernel: inout Kernel) {
    if deadline != .never { return }
    deadline = instant
    if isScheduled { return }
    isScheduled = true
    kernel.schedule(step.rawValue, UInt32(queue), at: instant)
  }

  mutating func lift() { deadline = .never }

  /// The event has come: true if the limit is reached; if it was set anew meanwhile, waits for that.
  mutating func expired(_ step: Step, queue: Int, _ kernel: inout Kernel) -> Bool {
    isScheduled = false
    if deadline == .never { return false }
    if deadline <= kernel.now {
      deadline = .never
      return true
    }
    isScheduled = true
    kernel.schedule(step.rawValue, UInt32(queue), at: deadline)
    return false
  }
}
