import Clockwork
import Device
import ESP
import Testbench
import Virtio

/// The guest of a scenario: a driver with its SAs, the peers that send to it, and an attacker on the way.
final class Guest {
  private let scenario: Scenario
  private let bench: Testbench
  /// By the scenario's SA, then by copy.
  private var sas: [[TestSA]] = []
  /// Who protects what an inbound SA gets.
  private var peers: [[OutboundAssociation]] = []
  /// The last packets that the attacker saw of each inbound SA.
  private var seen: [[[[UInt8]]]] = []
  /// SAs that were added and are to be deleted, oldest first, by churn.
  private var added: [[TestSA]]
  private var addedCount: [Int]
  private var made: [Int: [UInt8]] = [:]
  private var generator: Generator

  /// - Throws: `SimulationError` where the device does not take an SA of the scenario.
  init(_ scenario: Scenario) throws(SimulationError) {
    self.scenario = scenario
    generator = Generator(seed: ~scenario.seed)
    added = Array(repeating: [], count: scenario.churns.count)
    addedCount = Array(repeating: 0, count: scenario.churns.count)
    let known = AcceleratorProfile(scenario.version).features.subtracting(scenario.without)
    let features = known.subtracting(scenario.ring == .packed ? .inOrder : [.inOrder, .ringPacked])
    do throws(TestbenchError) {
      bench = try Testbench(version: scenario.version, features: features) { $0.pairs = scenario.pairs }
    } catch { throw .start(error) }
    for association in scenario.associations { try add(association) }
  }

  /// What became of an order.
  enum Outcome {
    /// What the device was given, and what it made of it.
    case packet(input: [UInt8], Result<[UInt8], TestbenchError>)
    /// Whether the device did it.
    case command(Bool)
  }

  func carryOut(_ order: Order) -> Outcome {
    switch order {
    case .packet(let flow, let copy, let length, let place, let condition):
      send(plain(scenario.flows[flow], length, place), scenario.flows[flow], copy, condition)
    case .add(let churn): .command(addNext(churn))
    case .delete(let churn): .command(deleteOldest(churn))
    }
  }

  /// Resets the device and sets up the same SAs anew. Nobody remembers what was sent before.
  func restart() {
    do throws(TestbenchError) { try bench.start() } catch {
      preconditionFailure("a device that started once starts again: \(error)")
    }
    (sas, seen) = ([], [])
    added = added.map { _ in [] }
    for association in scenario.associations {
      do throws(SimulationError) { try addCopies(association) } catch {
        preconditionFailure("SAs that the device took once it takes again: \(error)")
      }
    }
  }

  private func add(_ association: ScenarioAssociation) throws(SimulationError) {
    try addCopies(association)
    var peers: [OutboundAssociation] = []
    if association.direction == .inbound {
      for copy in 0..<association.copies { peers.append(try peer(association, copy)) }
    }
    self.peers.append(peers)
  }

  private func addCopies(_ association: ScenarioAssociation) throws(SimulationError) {
    var copies: [TestSA] = []
    for copy in 0..<association.copies { copies.append(try add(association, copy)) }
    sas.append(copies)
    seen.append(Array(repeating: [], count: association.copies))
  }

  private func add(_ association: ScenarioAssociation, _ copy: Int) throws(SimulationError) -> TestSA {
    do throws(TestbenchError) {
      return try bench.addSA(association.description(ofCopy: copy), direction: association.direction)
    } catch { throw .refused(association.name, error) }
  }

  private func peer(_ association: ScenarioAssociation, _ copy: Int) throws(SimulationError) -> OutboundAssociation {
    var parameters = association.parameters(ofCopy: copy)
    parameters.lifetime = Lifetime()
    do throws(ParameterError) { return try OutboundAssociation(parameters) } catch {
      throw .association(association.name, error)
    }
  }

  // MARK: Packets

  private func send(_ plain: [UInt8], _ flow: Flow, _ copy: Int, _ condition: Order.Condition) -> Outcome {
    let sa = sas[flow.association][copy]
    if sa.direction == .outbound {
      return .packet(
        input: plain, result { () throws(TestbenchError) in try bench.encap(plain, on: sa, pair: flow.pair) })
    }
    let input = received(plain, flow.association, copy, condition)
    return .packet(
      input: input, result { () throws(TestbenchError) in try bench.decap(input, on: sa, pair: flow.pair) })
  }

  private func result(
    _ body: () throws(TestbenchError) -> [UInt8]
  ) -> Result<[UInt8], TestbenchError> {
    do throws(TestbenchError) { return .success(try body()) } catch { return .failure(error) }
  }

  private func plain(_ flow: Flow, _ length: Int, _ place: Int) -> [UInt8] {
    if case .packets(let packets) = flow.content { return packets[place] }
    if let packet = made[length] { return packet }
    let packet = MadePacket.bytes(length)
    made[length] = packet
    return packet
  }

  /// What comes over the network.
  private func received(
    _ plain: [UInt8], _ association: Int, _ copy: Int, _ condition: Order.Condition
  ) -> [UInt8] {
    let old = seen[association][copy]
    if condition == .replayed, !old.isEmpty { return old[Int(generator.next(below: UInt64(old.count)))] }
    var packet = peers[association][copy].sealed(plain)
    if condition == .corrupted {
      // Behind the outer header, so that it is the ICV that tells.
      let place = packet.count - 1 - Int(generator.next(below: 16))
      packet[place] ^= 1 << UInt8(generator.next(below: 8))
      return packet
    }
    seen[association][copy] = old.suffix(Self.memory - 1) + [packet]
    return packet
  }

  /// Packets of an SA that the attacker remembers; fewer than the smallest window lets be old.
  private static let memory = 8

  // MARK: Commands

  /// Adds one more SA of a churn; whether the device did.
  private func addNext(_ churn: Int) -> Bool {
    let association = scenario.associations[scenario.churns[churn].association]
    addedCount[churn] += 1
    guard let sa = try? add(association, association.copies + addedCount[churn]) else { return false }
    added[churn].append(sa)
    return true
  }

  /// Deletes the oldest that was added.
  private func deleteOldest(_ churn: Int) -> Bool {
    if added[churn].isEmpty { return false }
    return (try? bench.deleteSA(added[churn].removeFirst())) != nil
  }

  /// Events that came in since the last call.
  func takeNotifications() -> Int {
    defer { bench.forgetNotifications() }
    return bench.notifications.count
  }
}

extension OutboundAssociation {
  /// Protects a packet of the peer's.
  fileprivate func sealed(_ packet: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: headRoom + max(packet.count, parameters.tfcLength) + tailRoom)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    guard let outcome = try? encapsulate(packet.span.bytes, into: &span) else { return packet }
    return Array(output[outcome.packet])
  }
}
