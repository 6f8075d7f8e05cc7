/// What the driver asks of the device next.
enum Order: Sendable {
  /// A packet of a flow, on one copy of its SA: its length, and its place in the flow's capture if it has one.
  case packet(flow: Int, copy: Int, length: Int, place: Int, Condition)
  /// An SA to add, or the oldest of those added to delete.
  case add(churn: Int)
  case delete(churn: Int)

  /// What is to be done to a packet before the driver gets it, and then what was.
  enum Condition: Sendable {
    case sound
    /// It came before.
    case replayed
    /// A bit of it was changed.
    case corrupted
    /// The peer could not protect it.
    case unprotected
  }
}

extension Scenario {
  /// Buffers that the chain of an order has each way.
  func segments(of order: Order) -> Int {
    if case .packet(let flow, _, _, _, _) = order { flows[flow].segments } else { 1 }
  }
}

extension Order {
  /// The packet, in another condition.
  func packet(in condition: Condition) -> Order {
    guard case .packet(let flow, let copy, let length, let place, _) = self else { return self }
    return .packet(flow: flow, copy: copy, length: length, place: place, condition)
  }

  /// What to ask of a device that starts anew: a new packet instead of a replay, an SA to add instead of one to delete.
  var anew: Order {
    switch self {
    case .packet(_, _, _, _, .replayed): packet(in: .sound)
    case .delete(let churn): .add(churn: churn)
    default: self
    }
  }
}
