import Clockwork
import CycleModel

/// The orders of a scenario as sizes: rings that only count, and no device.
///
/// Accesses to its variables are not checked at run time for overlap: none calls anything that knows this object.
final class ScenarioSizes: Workload {
  private let scenario: Scenario
  private let forms: ScenarioForms
  /// What a device would count and tell of.
  @exclusivity(unchecked) private var forecast: EventForecast
  @exclusivity(unchecked) private(set) var desk: OrderDesk
  @exclusivity(unchecked) private var churns: ChurnCounts
  @exclusivity(unchecked) private var rings: Cells<CountingRing>
  /// Free descriptors of each.
  @exclusivity(unchecked) private var room: Cells<Int>
  /// Orders on the rings, by item.
  @exclusivity(unchecked) private var chains: Cells<Chain>

  private struct Chain {
    var order: Order?
    var descriptors = 0
    var isCorrupted = false
    /// What it needs, once the device has taken it.
    var request = Request(bytesIn: 0, bytesOut: 0)
    var hasFailed = false
    var outcome: Outcome?
  }

  /// - Throws: `SimulationError.association` for parameters that make no SA.
  init(_ scenario: Scenario) throws(SimulationError) {
    self.scenario = scenario
    desk = OrderDesk(scenario)
    forms = try ScenarioForms(scenario)
    forecast = EventForecast(scenario)
    churns = ChurnCounts(scenario)
    // A chain has at least two descriptors: what the device reads, and what it writes.
    let (queues, size) = (scenario.queueCount, Int(scenario.profile.ringSize))
    rings = Cells(count: queues) { _ in CountingRing(size: max(1, size / 2), scenario.ringKind) }
    room = Cells(repeating: size, count: queues)
    chains = Cells(repeating: Chain(), count: queues * size)
  }

  private init(copying other: ScenarioSizes) {
    (scenario, forms, forecast) = (other.scenario, other.forms, other.forecast)
    (desk, churns) = (other.desk, other.churns)
    rings = other.rings.copy()
    room = other.room.copied()
    chains = other.chains.copied()
  }

  func copy() -> any Workload { ScenarioSizes(copying: self) }

  var queues: Int { rings.count }
  private var dataQueues: Int { desk.book.queues - 1 }

  func share(of queue: Int) -> (part: Int, of: Int) {
    (1...dataQueues).contains(queue) ? (queue - 1, dataQueues) : (0, 1)
  }

  // MARK: Driver

  func next(on queue: Int) -> Picoseconds? { queue <= dataQueues ? desk.next(on: queue) : nil }

  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    guard let order = desk.held[queue], !churns.mustWait(order) else { return .full }
    let descriptors = scenario.descriptors(of: order)
    if descriptors > room[queue] { return .full }
    room[queue] -= descriptors
    desk.submitted(forms.sent(order), on: queue)
    chains[Int(item)] = Chain(
      order: churns.submitted(order), descriptors: descriptors, isCorrupted: isCorrupted)
    return rings[queue].add(item) ? .rung : .quiet
  }

  func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    guard let item = rings[queue].reap() else { return nil }
    let chain = chains[Int(item)]
    room[queue] += chain.descriptors
    if let order = chain.order {
      churns.answered(order, hasFailed: chain.hasFailed)
      desk.returned(order, hasFailed: chain.hasFailed, chain.outcome, at: instant)
    }
    return item
  }

  func reset(at instant: Instant) {
    desk.reset()
    churns.reset()
    for queue in 0..<queues {
      rings[queue].reset { _ in }
      room[queue] = Int(scenario.profile.ringSize)
    }
    forecast.reset(behind: desk.sequences)
  }

  // MARK: Device

  func take(_ item: UInt32, from queue: Int) -> Request? {
    rings[queue].take()
    guard let order = chains[Int(item)].order, !chains[Int(item)].isCorrupted else { return nil }
    chains[Int(item)].request = forms.request(order)
    return chains[Int(item)].request
  }

  func start(_ item: UInt32, on queue: Int) {
    guard let order = chains[Int(item)].order else { return }
    chains[Int(item)].outcome = forms.predict(&chains[Int(item)].request, order, &forecast)
  }

  func finish(_ item: UInt32, _ request: inout Request, on queue: Int) { request = chains[Int(item)].request }

  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) {
    chains[Int(item)].hasFailed = fault != nil
    rings[queue].use()
  }

  func publish(_ queue: Int) -> Bool { rings[queue].publish() }
  func sleep(_ queue: Int) -> Bool { rings[queue].sleep() }
  func wake(_ queue: Int) { rings[queue].wake() }
  func dropEvent() {
    forecast.drop()
    desk.tally.eventsLost += 1
  }

  func notify() -> Int? {
    guard queues > 1 + dataQueues else { return nil }
    if let event = forecast.wrote() { desk.tally.count(event) }
    desk.tally.eventsCoalesced = forecast.coalesced
    return queues - 1
  }
}
