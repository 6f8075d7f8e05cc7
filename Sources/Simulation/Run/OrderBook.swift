import Clockwork
import Device

/// All orders of a scenario, queue by queue: what the driver will ask, and when. The same for every mode and version.
struct OrderBook: Sendable {
  /// Sources by the queue that they send to: 0 is the control queue, then decap and encap in turn.
  private var sources: [[OrderSource]]
  /// When the last order of a queue was to come.
  private var last: [Picoseconds]

  init(_ scenario: Scenario) {
    var seeds = Generator(seed: scenario.seed)
    sources = Array(repeating: [], count: 1 + 2 * scenario.pairs)
    for index in scenario.flows.indices {
      let flow = scenario.flows[index]
      let isInbound = scenario.associations[flow.association].direction == .inbound
      sources[(isInbound ? 1 : 2) + 2 * flow.pair].append(OrderSource(flow: index, scenario, seed: seeds.next()))
    }
    for index in scenario.churns.indices {
      sources[0].append(OrderSource(churn: index, scenario, seed: seeds.next()))
    }
    last = Array(repeating: 0, count: sources.count)
  }

  var queues: Int { sources.count }

  /// Whether all orders were taken.
  var isEmpty: Bool { sources.allSatisfy { $0.allSatisfy { $0.next == nil } } }

  /// When the next order of a queue comes; nil when there are no more.
  func nextTime(on queue: Int) -> Picoseconds? { sources[queue].compactMap(\.next).min() }

  /// Takes the next order of a queue, and how long after the one before it comes.
  ///
  /// Sources that saturate the ring take turns so that all end together.
  mutating func next(on queue: Int) -> (gap: Picoseconds, order: Order)? {
    var first: Int?
    for index in sources[queue].indices where sources[queue][index].next != nil {
      guard let best = first else {
        first = index
        continue
      }
      if precedes(sources[queue][index], sources[queue][best]) { first = index }
    }
    guard let first, let time = sources[queue][first].next else { return nil }
    let gap = time > last[queue] ? time - last[queue] : 0
    last[queue] = max(last[queue], time)
    return (gap, sources[queue][first].take())
  }

  /// The device has new SAs, and is to be asked what is held for each queue.
  mutating func forget(_ held: [Order?]) {
    for queue in sources.indices {
      for index in sources[queue].indices { sources[queue][index].forget(held[queue]) }
    }
  }

  private func precedes(_ one: OrderSource, _ other: OrderSource) -> Bool {
    guard let first = one.next, let second = other.next else { return one.next != nil }
    return first != second ? first < second : one.isSaturating && other.isSaturating && one.progress < other.progress
  }
}
