public import Clockwork

/// One queue between driver and device. Five cursors chase each other around it:
///
/// ```
///   freed ≤ used ≤ retired ≤ fetched ≤ added ≤ freed + size
/// ```
public struct Ring: Sendable {
  /// The request in each place.
  var places: [UInt32]
  /// Requests that the driver has put on the ring, since the start of the run; and so on.
  public internal(set) var added: UInt64 = 0
  public internal(set) var fetched: UInt64 = 0
  /// Written or being written to the used ring.
  public internal(set) var retired: UInt64 = 0
  public internal(set) var used: UInt64 = 0
  /// Announced to the driver.
  public internal(set) var freed: UInt64 = 0
  /// Requests on the ring, from driver to interrupt.
  public internal(set) var occupancy = Occupancy()
  public internal(set) var interrupts: UInt64 = 0
  public internal(set) var doorbells: UInt64 = 0

  /// The driver's next request.
  var held: Request?
  /// The driver waits for a place.
  var isStopped = false
  /// The device looks at the ring without a doorbell.
  var isPolled = false
  var isRung = false
  /// Done and in order, but not yet on their way to the used ring.
  var done: UInt64 = 0
  /// They have waited long enough for their batch.
  var isDue = false
  var usedTimer = Timer()
  var interruptTimer = Timer()
  var unannounced: UInt64 = 0

  init(size: Int) { places = Array(repeating: .max, count: size) }

  var isFull: Bool { added - freed == UInt64(places.count) }

  subscript(position: UInt64) -> UInt32 {
    get { places[Int(position % UInt64(places.count))] }
    set { places[Int(position % UInt64(places.count))] = newValue }
  }
}

/// A time limit that is set and lifted often, with at most one event pending.
struct Timer: Sendable {
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
