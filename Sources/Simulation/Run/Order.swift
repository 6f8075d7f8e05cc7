/// What the driver asks of the device next.
enum Order: Sendable {
  /// A packet of a flow, on one copy of its SA: its length, and its place among the flow's sizes or in its capture.
  case packet(flow: Int, copy: Int, length: Int, place: Int, Condition)
  /// Packets of one flow and one copy that go in one chain.
  case several([Order])
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
  /// Descriptors that the chain of an order has.
  func descriptors(of order: Order) -> Int {
    switch order {
    case .packet(let flow, _, _, _, _): descriptors(of: flows[flow])
    case .several(let orders): descriptors(of: orders[0])
    case .add, .delete: 2
    }
  }
}

extension Order {
  /// Whether it is one packet in a chain of its own.
  var isPacket: Bool { if case .packet = self { true } else { false } }

  /// Packets that it has; none for a command.
  var packetCount: Int {
    switch self {
    case .packet: 1
    case .several(let orders): orders.count
    case .add, .delete: 0
    }
  }

  /// The packet, in another condition.
  func packet(in condition: Condition) -> Order {
    guard case .packet(let flow, let copy, let length, let place, _) = self else { return self }
    return .packet(flow: flow, copy: copy, length: length, place: place, condition)
  }

  /// What to ask of a device that starts anew: a new packet instead of a replay, an SA to add instead of one to delete.
  var anew: Order {
    switch self {
    case .packet(_, _, _, _, .replayed): packet(in: .sound)
    case .several(let orders): .several(orders.map(\.anew))
    case .delete(let churn): .add(churn: churn)
    default: self
    }
  }
}
