import Clockwork
import Device
import ESP

/// What the driver gets from the network: peers that protect packets, and an attacker on the way.
struct Network {
  /// Who protects what an inbound SA gets: by the scenario's SA, then by copy; none for outbound ones.
  private(set) var peers: [[OutboundAssociation]] = []
  /// The last packets that the attacker saw, likewise.
  private var seen: [[[[UInt8]]]]
  private var generator: Generator

  /// - Throws: `SimulationError.association` for parameters that make no SA.
  init(_ scenario: Scenario) throws(SimulationError) {
    generator = Generator(seed: ~scenario.seed)
    seen = scenario.associations.map { Array(repeating: [], count: $0.copies) }
    for association in scenario.associations {
      var copies: [OutboundAssociation] = []
      if association.direction == .inbound {
        for copy in 0..<association.copies { copies.append(try Self.peer(association, copy, AssociationState())) }
      }
      peers.append(copies)
    }
  }

  private static func peer(
    _ association: ScenarioAssociation, _ copy: Int, _ state: AssociationState
  ) throws(SimulationError) -> OutboundAssociation {
    var parameters = association.parameters(ofCopy: copy)
    parameters.lifetime = Lifetime()
    do throws(ParameterError) { return try OutboundAssociation(parameters, state: state) } catch {
      throw .association(association.name, error)
    }
  }

  /// The same network, whose peers go on by themselves.
  func copy() -> Network {
    var copy = self
    copy.peers = peers.map { copies in
      copies.map { peer in
        do throws(ParameterError) { return try OutboundAssociation(peer.parameters, state: peer.state) } catch {
          preconditionFailure("what made an SA once makes one again: \(error)")
        }
      }
    }
    return copy
  }

  /// The device has new SAs, and what was sent before is no replay any more.
  mutating func forget() { seen = seen.map { Array(repeating: [], count: $0.count) } }

  /// A packet as it comes over the network, protected.
  mutating func packet(
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
