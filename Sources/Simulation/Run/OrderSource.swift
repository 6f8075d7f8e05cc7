import Clockwork

/// One flow or churn of the scenario as it goes on: when its next order comes, and what it is.
struct OrderSource: Sendable {
  private enum Kind {
    case flow(Int, Flow)
    case churn(Int, Churn)
  }

  /// When the next order comes; nil when there are no more.
  private(set) var next: Picoseconds?
  private let kind: Kind
  private let copies: Int
  private let total: UInt64
  private var done: UInt64 = 0
  private var alive = 0
  private var generator: Generator
  /// SAs of which a sound packet was sent: before the first, there is nothing to replay.
  private var isBegun: [Bool]

  init(flow index: Int, _ scenario: Scenario, seed: UInt64) {
    let flow = scenario.flows[index]
    kind = .flow(index, flow)
    copies = scenario.associations[flow.association].copies
    (total, generator) = (flow.count, Generator(seed: seed))
    isBegun = Array(repeating: false, count: flow.replayed > 0 ? copies : 0)
    next = total == 0 ? nil : flow.start
  }

  init(churn index: Int, _ scenario: Scenario, seed: UInt64) {
    let churn = scenario.churns[index]
    kind = .churn(index, churn)
    (copies, total, generator, isBegun) = (0, churn.count, Generator(seed: seed), [])
    next = total == 0 ? nil : churn.interval
  }

  /// Whether its orders wait for nothing but a place on the ring.
  var isSaturating: Bool {
    if case .flow(_, let flow) = kind { return flow.arrivals == .saturating }
    return false
  }

  /// Share of its orders that are given.
  var progress: Double { Double(done) / Double(total) }

  /// The device has new SAs, of which there is nothing to replay; of those that come and go, the one that is asked for.
  mutating func forget(_ held: Order?) {
    isBegun = isBegun.map { _ in false }
    alive = 0
    if case .churn(let own, _) = kind, case .add(own) = held { alive = 1 }
  }

  /// Takes the next order, which there must be.
  mutating func take() -> Order {
    switch kind {
    case .flow(let index, let flow):
      let copy = copies == 1 ? 0 : Int(generator.next(below: UInt64(copies)))
      let first = packet(index, flow, copy)
      advance()
      return flow.packetsPerChain == 1 ? first : .several(chain(from: first, index, flow, copy))
    case .churn(let index, let churn):
      defer { advance() }
      return command(index, churn)
    }
  }

  private mutating func advance() {
    done += 1
    next = done == total ? nil : next.map { $0 + gap() }
  }

  /// The packets that go in one chain with the first: it does not wait for the time at which they would come alone.
  private mutating func chain(from first: Order, _ index: Int, _ flow: Flow, _ copy: Int) -> [Order] {
    var orders = [first]
    while orders.count < flow.packetsPerChain, next != nil {
      orders.append(packet(index, flow, copy))
      advance()
    }
    return orders
  }

  private mutating func packet(_ index: Int, _ flow: Flow, _ copy: Int) -> Order {
    let length: Int, place: Int
    switch flow.content {
    case .sizes(let sizes):
      place = sizes.draw(&generator)
      length = sizes.shares[place].length
    case .packets(let packets):
      place = Int(done % UInt64(packets.count))
      length = packets[place].count
    }
    var condition = Order.Condition.sound
    if flow.replayed > 0, isBegun[copy], happens(flow.replayed) { condition = .replayed }
    if condition == .sound, flow.corrupted > 0, happens(flow.corrupted) { condition = .corrupted }
    if flow.replayed > 0, condition == .sound { isBegun[copy] = true }
    return .packet(flow: index, copy: copy, length: length, place: place, condition)
  }

  private mutating func command(_ index: Int, _ churn: Churn) -> Order {
    if alive < churn.alive || (alive == churn.alive && done.isMultiple(of: 2)) {
      alive += 1
      return .add(churn: index)
    }
    alive -= 1
    return .delete(churn: index)
  }

  private mutating func happens(_ share: Double) -> Bool {
    generator.next(below: 1_000_000) < UInt64((share * 1_000_000).rounded())
  }

  private mutating func gap() -> Picoseconds {
    switch kind {
    case .churn(_, let churn): return churn.interval
    case .flow(_, let flow):
      switch flow.arrivals {
      case .saturating: return 0
      case .bursts(let size, let interval): return done.isMultiple(of: size) ? interval : 0
      case .poisson(let mean): return generator.exponential(mean: mean)
      }
    }
  }
}
