import Clockwork
import CycleModel
import Device
import ESP
import Testbench

/// The orders of a scenario as the pipeline takes them: sizes, and behind them a device if there is one.
final class ScenarioWorkload: Workload {
  private var book: OrderBook
  private let forms: ScenarioForms
  /// What was taken from the book and is not on the ring yet.
  private var held: [Order?]
  private var rings: [NumberRing]
  private var chains: [UInt32: Chain] = [:]
  private let guest: Guest?
  private(set) var tally = Tally()
  /// When the driver last heard of a completion.
  private(set) var last = Instant.start
  var packetIn: ((_ packet: [UInt8], Instant) -> Void)?
  var packetOut: ((_ packet: [UInt8], Instant) -> Void)?

  /// An order on its way.
  private struct Chain {
    let order: Order
    let isCorrupted: Bool
    let arrived: Instant
    /// What the device was given, and what it made of it, once it has.
    var outcome: Guest.Outcome?
    var fault: Fault.Kind?
  }

  /// - Parameter guest: nil where sizes are enough.
  init(_ scenario: Scenario, guest: Guest?) throws(SimulationError) {
    book = OrderBook(scenario)
    forms = try ScenarioForms(scenario)
    held = Array(repeating: nil, count: book.queues)
    // A chain has two descriptors: what the device reads, and what it writes.
    let chains = Int(scenario.profile.ringSize) / 2
    rings = Array(repeating: NumberRing(size: chains), count: book.queues)
    self.guest = guest
  }

  var queues: Int { book.queues }

  func share(of queue: Int) -> (part: Int, of: Int) { queue == 0 ? (0, 1) : (queue - 1, queues - 1) }

  /// Whether there are orders to come, or under way.
  var isUnderWay: Bool { !chains.isEmpty || !book.isEmpty || held.contains { $0 != nil } }

  func copy() -> any Workload { preconditionFailure("a scenario runs once") }

  // MARK: Driver

  func next(on queue: Int) -> Picoseconds? {
    let next = book.next(on: queue)
    held[queue] = next?.order
    return next?.gap
  }

  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    guard let order = held[queue], !rings[queue].isFull else { return .full }
    held[queue] = nil
    chains[item] = Chain(order: order, isCorrupted: isCorrupted, arrived: instant)
    if case .packet = order { tally.sent += 1 }
    return rings[queue].add(item) ? .rung : .quiet
  }

  func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    guard let item = rings[queue].reap() else { return nil }
    if let chain = chains.removeValue(forKey: item) { complete(chain, at: instant) }
    return item
  }

  private func complete(_ chain: Chain, at instant: Instant) {
    last = instant
    if chain.fault != nil { return }
    if case .packet = chain.order { tally.returned += 1 }
    guard let outcome = chain.outcome else { return }
    tally.count(chain.order, outcome)
    if case .packet(let input, let result) = outcome {
      packetIn?(input, chain.arrived)
      if let output = try? result.get() { packetOut?(output, instant) }
    }
  }

  func reset(at instant: Instant) {
    chains = [:]
    rings = rings.map { $0.emptied }
    guest?.restart()
  }

  // MARK: Device

  func take(_ item: UInt32, from queue: Int) -> Request? {
    rings[queue].take()
    guard let chain = chains[item], !chain.isCorrupted else { return nil }
    return forms.request(chain.order)
  }

  func process(_ item: UInt32, _ request: inout Request, on queue: Int) {
    guard let guest else { return forms.predict(&request) }
    guard let order = chains[item]?.order else { return }
    let outcome = guest.carryOut(order)
    chains[item]?.outcome = outcome
    if case .packet(_, .failure) = outcome { request.refused = 1 }
    let events = guest.takeNotifications()
    tally.events += UInt64(events)
    request.notifies = events > 0
  }

  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) {
    chains[item]?.fault = fault
    rings[queue].use()
  }

  func publish(_ queue: Int) -> Bool { rings[queue].publish() }
  func sleep(_ queue: Int) -> Bool { rings[queue].sleep() }
  func wake(_ queue: Int) {}
  /// The guest has heard of its events already.
  func notify() -> Int? { nil }
}

extension ScenarioWorkload {
  /// Carries out all orders, in the order of their times, without a pipeline: functional mode.
  func runWithoutTime(progress: (UInt64) -> Void) {
    guard let guest else { return }
    while let queue = (0..<queues).filter({ book.nextTime(on: $0) != nil }).min(by: isEarlier) {
      guard let (_, order) = book.next(on: queue) else { return }
      if case .packet = order { tally.sent += 1 }
      complete(
        Chain(order: order, isCorrupted: false, arrived: .start, outcome: guest.carryOut(order)), at: .start)
      tally.events += UInt64(guest.takeNotifications())
      if tally.sent.isMultiple(of: 1_024) { progress(tally.sent) }
    }
  }

  private func isEarlier(_ one: Int, _ other: Int) -> Bool {
    (book.nextTime(on: one) ?? .max) < (book.nextTime(on: other) ?? .max)
  }
}
