import Clockwork

/// One flow or churn of the scenario as it goes on: when its next order comes, and what it is.
struct OrderSource: Sendable {
  /// When the next order comes, a chain with the last of its packets; nil when there are no more.
  private(set) var next: Picoseconds?
  /// Its place among the flows or churns; and which of the two it is.
  private let index: Int
  private let flow: Flow?
  private let churn: Churn?
  private let copies: Int
  private let total: UInt64
  private var done: UInt64 = 0
  private var alive = 0
  private var generator: Generator
  /// SAs of which a sound packet was sent: before the first, there is nothing to replay.
  private var isBegun: [Bool]

  init(flow index: Int, _ scenario: Scenario, seed: UInt64) {
    let flow = scenario.flows[index]
    (self.index, self.flow, churn) = (index, flow, nil)
    copies = scenario.associations[flow.association].copies
    (total, generator) = (flow.count, Generator(seed: seed))
    isBegun = Array(repeating: false, count: flow.replayed > 0 ? copies : 0)
    next = total == 0 ? nil : flow.start
    awaitChain()
  }

  init(churn index: Int, _ scenario: Scenario, seed: UInt64) {
    let churn = scenario.churns[index]
    (self.index, flow, self.churn) = (index, nil, churn)
    (copies, total, generator, isBegun) = (0, churn.count, Generator(seed: seed), [])
    next = total == 0 ? nil : churn.interval
  }

  /// Whether its orders wait for nothing but a place on the ring.
  var isSaturating: Bool { flow?.arrivals == .saturating }

  /// Share of its orders that are given.
  var progress: Double { Double(done) / Double(total) }

  /// The device has new SAs, of which there is nothing to replay; of those that come and go, the one that is asked for.
  mutating func forget(_ held: Order?) {
    isBegun = isBegun.map { _ in false }
    alive = 0
    if churn != nil, case .add(index) = held { alive = 1 }
  }

  /// Takes the next order, which there must be.
  mutating func take() -> Order {
    if let churn {
      let order = command(churn)
      advance(by: 1)
      return order
    }
    let copy = copies == 1 ? 0 : Int(generator.next(below: UInt64(copies)))
    let count = packetsInNext
    let order = packetsPerChain == 1 ? packet(done, copy) : .several((0..<count).map { packet(done + $0, copy) })
    advance(by: count)
    return order
  }

  private var packetsPerChain: UInt64 { UInt64(flow?.packetsPerChain ?? 1) }

  /// Packets of the next order; 1 for a command.
  private var packetsInNext: UInt64 { min(packetsPerChain, total - done) }

  private mutating func advance(by count: UInt64) {
    done += count
    next = done == total ? nil : next.map { $0 + gap(before: done) }
    awaitChain()
  }

  /// The packets that go in one chain with the first come after it.
  private mutating func awaitChain() {
    for number in done..<done + packetsInNext where number > done { next = next.map { $0 + gap(before: number) } }
  }

  private mutating func packet(_ number: UInt64, _ copy: Int) -> Order {
    let length: Int, place: Int
    switch flow?.content {
    case nil: preconditionFailure("a churn has no packets")
    case .sizes(let sizes):
      place = sizes.draw(&generator)
      length = sizes.shares[place].length
    case .packets(let packets):
      place = Int(number % UInt64(packets.count))
      length = packets[place].count
    }
    let (replayed, corrupted) = (flow?.replayed ?? 0, flow?.corrupted ?? 0)
    let condition = condition(replayed, corrupted, canReplay: replayed > 0 && isBegun[copy])
    if replayed > 0, condition == .sound { isBegun[copy] = true }
    return .packet(flow: index, copy: copy, length: length, place: place, condition)
  }

  /// One number decides, so that either share is one of all packets. What would be replayed while nothing has been sent
  /// yet is sound.
  private mutating func condition(_ replayed: Double, _ corrupted: Double, canReplay: Bool) -> Order.Condition {
    guard replayed > 0 || corrupted > 0 else { return .sound }
    let number = Double(generator.next(below: 1_000_000))
    if number < replayed * 1_000_000 { return canReplay ? .replayed : .sound }
    return number < (replayed + corrupted) * 1_000_000 ? .corrupted : .sound
  }

  private mutating func command(_ churn: Churn) -> Order {
    if alive < churn.alive || (alive == churn.alive && done.isMultiple(of: 2)) {
      alive += 1
      return .add(churn: index)
    }
    alive -= 1
    return .delete(churn: index)
  }

  /// How long after the one before it a packet or command comes.
  private mutating func gap(before number: UInt64) -> Picoseconds {
    switch flow?.arrivals {
    case nil: churn?.interval ?? 0
    case .saturating: 0
    case .bursts(let size, let interval): number.isMultiple(of: size) ? interval : 0
    case .poisson(let mean): generator.exponential(mean: mean)
    }
  }
}
