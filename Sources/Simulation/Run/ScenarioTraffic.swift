import Clockwork
import CycleModel
import Device
import ESP
import Testbench

/// The orders of a scenario as a driver gives them to a live device.
///
/// Accesses to its variables are not checked at run time for overlap: what is called on the way knows nothing of this
/// object.
final class ScenarioTraffic: DriverTraffic {
  private let scenario: Scenario
  let largestPacket: Int
  let packetsPerChain: Int
  private let driver: any WireDriver
  /// Of the answer at hand.
  private let header: UnsafeMutableRawBufferPointer
  @exclusivity(unchecked) var desk: OrderDesk
  @exclusivity(unchecked) private var network: Network
  @exclusivity(unchecked) private var sas: ScenarioSAs
  @exclusivity(unchecked) private var prepared: PreparedChains
  /// Orders on the rings, by item.
  @exclusivity(unchecked) private var orders: [Order?] = []
  /// Packets on the rings that may be sent again, by item.
  @exclusivity(unchecked) private var replayable: [UInt32: [[UInt8]]] = [:]
  /// What became of events before the device was last started.
  private var earlier: (coalesced: UInt64, lost: UInt64) = (0, 0)
  private var made: [Int: [UInt8]] = [:]
  @exclusivity(unchecked) var packetIn: ((_ packet: [UInt8], Instant) -> Void)?
  @exclusivity(unchecked) var packetOut: ((_ packet: [UInt8], Instant) -> Void)?
  /// Is told now and then how many packets came back.
  @exclusivity(unchecked) var progress: ((UInt64) -> Void)?

  /// - Throws: `SimulationError.association` for parameters that make no SA.
  init(_ scenario: Scenario) throws(SimulationError) {
    self.scenario = scenario
    let padded = scenario.associations.map(\.parameters.tfcLength)
    largestPacket = (scenario.flows.map(\.largestPacket) + padded).max() ?? 0
    packetsPerChain = scenario.flows.map(\.packetsPerChain).max() ?? 1
    desk = OrderDesk(scenario)
    network = try Network(scenario)
    sas = ScenarioSAs(scenario)
    driver = sas.driver
    header = .allocate(byteCount: driver.answerHeaderByteCount, alignment: 8)
    prepared = PreparedChains(scenario)
  }

  private init(copying other: ScenarioTraffic) {
    (scenario, desk) = (other.scenario, other.desk)
    (largestPacket, packetsPerChain) = (other.largestPacket, other.packetsPerChain)
    // The other device counts anew.
    earlier = (other.desk.tally.eventsCoalesced, other.desk.tally.eventsLost)
    (network, sas, orders, replayable) = (
      other.network.copy(), other.sas, other.orders, other.replayable
    )
    (driver, prepared) = (other.driver, other.prepared)
    header = .allocate(byteCount: driver.answerHeaderByteCount, alignment: 8)
  }

  deinit { header.deallocate() }

  func copy() -> any DriverTraffic { ScenarioTraffic(copying: self) }

  func prepare(_ bench: Testbench) throws(TestbenchError) {
    earlier = (desk.tally.eventsCoalesced, desk.tally.eventsLost)
    try sas.add(to: bench, behind: desk.sequences)
    desk.reset()
    orders = []
    replayable = [:]
    prepared.forget()
  }

  func next(on queue: Int) -> Picoseconds? { desk.next(on: queue) }

  func submit(_ item: UInt32, to ring: LiveQueue, isCorrupted: Bool, at instant: Instant) -> Bool {
    guard var order = desk.held[ring.index], ring.hasRoom(descriptors: scenario.descriptors(of: order)),
      !mustWait(order)
    else { return false }
    let number = prepared.number(of: order)
    let chain = chain(for: &order, item, number, at: instant)
    let isAdded = ring.add(item, chain, number: number ?? -1, isCorrupted: isCorrupted)
    precondition(isAdded, "a ring with room takes a chain")
    desk.submitted(order, on: ring.index)
    while orders.count <= Int(item) { orders.append(nil) }
    orders[Int(item)] = order
    return true
  }

  @inline(__always)
  private func mustWait(_ order: Order) -> Bool {
    guard case .delete(let churn) = order else { return false }
    return sas.mustWait(churn)
  }

  func reaped(_ item: UInt32, from ring: LiveQueue, byteCount: Int, hasFailed: Bool, at instant: Instant) {
    guard let order = orders[Int(item)] else { return }
    orders[Int(item)] = nil
    let sent = replayable.isEmpty ? nil : replayable.removeValue(forKey: item)
    var outcome: Outcome?
    if hasFailed {
      sas.failed(order)
    } else {
      outcome =
        order.isPacket && packetOut == nil
        ? look(at: item, from: ring, byteCount) : read(item, from: ring, byteCount, order)
    }
    desk.returned(order, hasFailed: hasFailed, outcome, at: instant)
    if let outcome { show(outcome, of: order, sent, at: instant) }
    if desk.tally.returned.isMultiple(of: 1_024) { progress?(desk.tally.returned) }
  }

  /// - Parameter sent: the packets, where an attacker may have seen them.
  private func show(_ outcome: Outcome, of order: Order, _ sent: [[UInt8]]?, at instant: Instant) {
    if case .several(let outcomes) = outcome, case .several(let orders) = order {
      for (index, outcome) in outcomes.enumerated() {
        show(outcome, of: orders[index], sent.map { [$0[index]] }, at: instant)
      }
    }
    guard case .packet(.success(let packet)) = outcome else { return }
    packetOut?(packet, instant)
    if let sent, case .packet(let flow, let copy, _, _, .sound) = order {
      network.passed(sent[0], scenario.flows[flow].association, copy)
    }
  }

  func notified(_ bench: Testbench) {
    for notification in bench.notifications { desk.tally.count(notification.event) }
    let counters = bench.accelerator.notificationCounters
    (desk.tally.eventsCoalesced, desk.tally.eventsLost) = (
      earlier.coalesced + counters.coalesced, earlier.lost + counters.lost
    )
    bench.forgetNotifications()
  }

  // MARK: Chains

  /// The chain that the order asks for; the order becomes what is really sent.
  ///
  /// - Parameter number: of a chain that is always the same.
  private func chain(
    for order: inout Order, _ item: UInt32, _ number: Int?, at instant: Instant
  ) -> PreparedChain {
    guard let number, let chain = prepared[number] else {
      let chain = makeChain(for: &order, item, at: instant)
      if let number { prepared[number] = chain }
      return chain
    }
    if let packetIn { packetIn(plain(order), instant) }
    return chain
  }

  private func makeChain(for order: inout Order, _ item: UInt32, at instant: Instant) -> PreparedChain {
    switch order {
    case .packet(let flow, let copy, _, _, _):
      let packet = packet(for: &order, at: instant)
      return chain(for: [packet], scenario.flows[flow], copy, item)
    case .several(var orders):
      let packets = orders.indices.map { packet(for: &orders[$0], at: instant) }
      guard case .packet(let flow, let copy, _, _, _)? = orders.first else { preconditionFailure("a chain of packets") }
      order = .several(orders)
      return chain(for: packets, scenario.flows[flow], copy, item)
    case .add(let churn): return sas.addition(churn)
    case .delete(let churn) where sas.isEmpty(churn):
      order = .add(churn: churn)
      return sas.addition(churn)
    case .delete(let churn): return sas.deletion(churn)
    }
  }

  private func chain(for packets: [[UInt8]], _ flow: Flow, _ copy: Int, _ item: UInt32) -> PreparedChain {
    if flow.replayed > 0 { replayable[item] = packets }
    let sa = sas.sa(flow.association, copy)
    if flow.isInPlace { return driver.chain(inPlace: packets[0], on: sa) }
    var chain = packets.count == 1 ? driver.chain(for: packets[0], on: sa) : driver.chain(for: packets, on: sa)
    chain.segments = flow.segments
    return chain
  }

  /// The packet that the order asks for; the order becomes what is really sent.
  private func packet(for order: inout Order, at instant: Instant) -> [UInt8] {
    var packet = plain(order)
    guard case .packet(let flow, let copy, _, _, let wanted) = order else { return packet }
    let association = scenario.flows[flow].association
    if scenario.associations[association].direction == .inbound {
      var condition = wanted
      (packet, condition) = network.packet(packet, association, copy, wanted)
      order = order.packet(in: condition)
    }
    packetIn?(packet, instant)
    return packet
  }

  /// The packet, before it is protected.
  private func plain(_ order: Order) -> [UInt8] {
    guard case .packet(let flow, _, let length, let place, _) = order else { return [] }
    if case .packets(let packets) = scenario.flows[flow].content { return packets[place] }
    if let packet = made[length] { return packet }
    let packet = MadePacket.bytes(length)
    made[length] = packet
    return packet
  }

  /// What became of a packet that nobody asks for.
  private func look(at item: UInt32, from ring: LiveQueue, _ byteCount: Int) -> Outcome {
    let count = ring.readAnswer(to: item, byteCount: byteCount, into: header)
    do throws(TestbenchError) {
      return .packet(try driver.outputLength(header.bytes.extracting(first: count), of: byteCount).map { _ in [] })
    } catch {
      return .packet(.failure(error))
    }
  }

  private func read(_ item: UInt32, from ring: LiveQueue, _ byteCount: Int, _ order: Order) -> Outcome {
    // What stands behind a gap does not count as used.
    let answer = ring.answer(to: item, byteCount: order.packetCount > 1 ? Int.max : byteCount)
    switch order {
    case .packet:
      do throws(TestbenchError) { return .packet(try driver.result(answer)) } catch {
        return .packet(.failure(error))
      }
    case .several(let orders):
      do throws(TestbenchError) {
        return .several(try driver.results(answer, to: ring.request(item)).map(Outcome.packet))
      } catch {
        return .several(orders.map { _ in .packet(.failure(error)) })
      }
    case .add(let churn): return .command(sas.noteAddition(churn, answer, to: ring.request(item)))
    case .delete: return .command(sas.isDeleted(answer, to: ring.request(item)))
    }
  }
}

extension Flow {
  /// Bytes of its longest packet, before it is protected.
  fileprivate var largestPacket: Int {
    switch content {
    case .sizes(let sizes): sizes.shares.map(\.length).max() ?? 0
    case .packets(let packets): packets.map(\.count).max() ?? 0
    }
  }
}
