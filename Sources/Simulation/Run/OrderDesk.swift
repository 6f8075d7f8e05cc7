import Clockwork

/// Where orders are taken from the book, and what became of them is counted; the same with a device and without.
struct OrderDesk: Sendable {
  var book: OrderBook
  /// What was taken from the book and is not on the ring yet, by queue.
  private(set) var held: [Order?]
  var tally = Tally()
  /// Chains on the rings.
  private(set) var underWay = 0
  /// When the driver last heard of a completion.
  private(set) var last = Instant.start
  private(set) var sequences: SequenceBounds
  /// Places in the capture of each flow with what is no IP packet.
  private let malformed: [Set<Int>]

  init(_ scenario: Scenario) {
    book = OrderBook(scenario)
    held = Array(repeating: nil, count: book.queues)
    sequences = SequenceBounds(scenario)
    malformed = scenario.flows.map(\.malformedPlaces)
  }

  /// Whether there are orders to come, or under way.
  var isUnderWay: Bool { underWay > 0 || !book.isEmpty || held.contains { $0 != nil } }

  /// Takes a queue's next order; how long after the one before it comes.
  mutating func next(on queue: Int) -> Picoseconds? {
    let next = book.next(on: queue)
    held[queue] = next?.order
    return next?.gap
  }

  /// The order is on the ring, as it is really sent.
  mutating func submitted(_ order: Order, on queue: Int) {
    let packets = UInt64(order.packetCount)
    if packets > 0 { tally.sent += packets } else { tally.commandsSent += 1 }
    sequences.note(order)
    held[queue] = nil
    underWay += 1
  }

  /// An order came back.
  ///
  /// - Parameters:
  ///   - hasFailed: a fault ended it.
  ///   - outcome: nil where there is none to tell.
  mutating func returned(_ order: Order, hasFailed: Bool, _ outcome: Outcome?, at instant: Instant)
  {
    last = instant
    underWay -= 1
    if hasFailed { return }
    tally.returned += UInt64(order.packetCount)
    if let outcome { count(order, outcome) }
  }

  private mutating func count(_ order: Order, _ outcome: Outcome) {
    if case .several(let orders) = order, case .several(let outcomes) = outcome {
      for (order, outcome) in zip(orders, outcomes) { count(order, outcome) }
    } else {
      tally.count(order, outcome, isMalformed: isMalformed(order))
    }
  }

  private func isMalformed(_ order: Order) -> Bool {
    guard case .packet(let flow, _, _, let place, _) = order else { return false }
    return malformed[flow].contains(place)
  }

  /// The device starts anew: everything on the rings is lost, and there is nothing to replay or to delete.
  mutating func reset() {
    underWay = 0
    for queue in held.indices { held[queue] = held[queue]?.anew }
    book.forget(held)
  }
}

extension Flow {
  /// Places in the capture with what is no IP packet.
  var malformedPlaces: Set<Int> {
    guard case .packets(let packets) = content else { return [] }
    return Set(packets.indices.filter { !CapturedForm.isPacket(packets[$0]) })
  }
}
