/// What the driver asks of the device next.
enum Order: Sendable {
  /// A packet of a flow, on one copy of its SA: its length, and its place in the flow's capture if it has one.
  case packet(flow: Int, copy: Int, length: Int, place: Int, Condition)
  /// An SA to add, or the oldest of those added to delete.
  case add(churn: Int)
  case delete(churn: Int)

  /// What was done to a packet before the driver got it.
  enum Condition: Sendable {
    case sound
    /// It came before.
    case replayed
    /// A byte of it was changed.
    case corrupted
  }
}
