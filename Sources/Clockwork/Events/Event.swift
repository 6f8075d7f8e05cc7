/// Something that is to happen: when, what, and to whom.
public struct Event: Hashable, BitwiseCopyable, Sendable {
  public let instant: Instant
  /// Events of the same instant happen in the order in which they were scheduled.
  let order: UInt64
  /// What happens; the machine's own numbering.
  public let code: UInt32
  /// To whom: a request, a lane, a queue.
  public let subject: UInt32

  init(instant: Instant, order: UInt64, code: UInt32, subject: UInt32) {
    self.instant = instant
    self.order = order
    self.code = code
    self.subject = subject
  }

  static var none: Event { Event(instant: .never, order: .max, code: 0, subject: 0) }

  @inline(__always)
  func precedes(_ other: Event) -> Bool {
    instant < other.instant || (instant == other.instant && order < other.order)
  }
}
