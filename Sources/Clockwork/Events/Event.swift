/// Something that is to happen: when, what, and to whom. Plain values, so that a copy is a checkpoint.
public struct Event: Hashable, Sendable {
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

  func isBefore(_ other: Event) -> Bool {
    instant.picoseconds != other.instant.picoseconds
      ? instant.picoseconds < other.instant.picoseconds : order < other.order
  }
}
