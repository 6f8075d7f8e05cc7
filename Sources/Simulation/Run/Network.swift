import Clockwork
import Device
import ESP

/// What the driver gets from the network: peers that protect packets, and an attacker on the way.
struct Network {
  /// The other end of an SA, or of each of a bundle, innermost first.
  typealias Peer = [OutboundAssociation]

  /// Who protects what an inbound SA gets: by the scenario's SA, then by copy; none for outbound ones.
  private(set) var peers: [[Peer]] = []
  /// The last packets that the attacker saw the device let through, likewise.
  private var seen: [[[[UInt8]]]]
  private var generator: Generator
  /// Where IVs come from, the peers' and not the device's.
  private let ivs: IVSource

  /// - Throws: `SimulationError.association` for parameters that make no SA.
  init(_ scenario: Scenario) throws(SimulationError) {
    generator = Generator(seed: ~scenario.seed)
    ivs = .repeatable(seed: ~scenario.seed)
    seen = scenario.associations.map { Array(repeating: [], count: $0.copies) }
    for association in scenario.associations {
      var copies: [Peer] = []
      if association.direction == .inbound {
        for copy in 0..<association.copies { copies.append(try Self.peer(association, copy, ivs)) }
      }
      peers.append(copies)
    }
  }

  private static func peer(
    _ association: ScenarioAssociation, _ copy: Int, _ ivs: IVSource
  ) throws(SimulationError) -> Peer {
    var peer: Peer = []
    for member in association.inner + [association] { peer.append(try outbound(member, copy, ivs)) }
    return peer
  }

  private static func outbound(
    _ association: ScenarioAssociation, _ copy: Int, _ ivs: IVSource
  ) throws(SimulationError) -> OutboundAssociation {
    // The highest number that the device has received is the last that the peer has used.
    let state = AssociationState(sequence: association.sequence)
    var parameters = association.parameters(ofCopy: copy)
    parameters.lifetime = Lifetime()
    do throws(ParameterError) {
      return try OutboundAssociation(parameters, state: state, ivs: ivs)
    } catch {
      throw .association(association.name, error)
    }
  }

  /// The same network, whose peers go on by themselves.
  func copy() -> Network {
    var network = self
    network.peers = peers.map { $0.map { $0.map(copied) } }
    return network
  }

  private func copied(_ association: OutboundAssociation) -> OutboundAssociation {
    do throws(ParameterError) {
      return try OutboundAssociation(association.parameters, state: association.state, ivs: ivs)
    } catch {
      preconditionFailure("what made an SA once makes one again: \(error)")
    }
  }

  /// A packet as it comes over the network, and what was done to it: a replay that there is nothing for is a new
  /// packet, and one that the peer cannot protect comes as it is.
  mutating func packet(
    _ plain: [UInt8], _ association: Int, _ copy: Int, _ wanted: Order.Condition
  ) -> (packet: [UInt8], condition: Order.Condition) {
    let old = seen[association][copy]
    if wanted == .replayed, !old.isEmpty {
      return (old[Int(generator.next(below: UInt64(old.count)))], .replayed)
    }
    guard var packet = peers[association][copy].sealed(plain) else { return (plain, .unprotected) }
    guard wanted == .corrupted else { return (packet, .sound) }
    let start = packet.protectedStart(spi: peers[association][copy].last!.parameters.spi)
    let place = start + Int(generator.next(below: UInt64(packet.count - start)))
    packet[place] ^= 1 << UInt8(generator.next(below: 8))
    return (packet, .corrupted)
  }

  /// The device has let a packet through: from now on it is a replay. Before that it may be late, lost or forgotten,
  /// and a second one the first to arrive.
  mutating func passed(_ packet: [UInt8], _ association: Int, _ copy: Int) {
    seen[association][copy] = seen[association][copy].suffix(Self.memory - 1) + [packet]
  }

  /// Packets of an SA that the attacker remembers; fewer than the smallest window lets be old.
  private static let memory = 8
}

extension [UInt8] {
  /// Where the SPI stands: from there on the ICV tells of every bit (RFC 4302, 4303). In front of it are headers that
  /// it does not know of, as those of UDP (RFC 3948) and WESP (RFC 5840) are; all have whole words.
  fileprivate func protectedStart(spi: UInt32) -> Int {
    let header = (first ?? 0) >> 4 == 6 ? 40 : 20
    let bytes = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: spi >> UInt32($0)) }
    let words = stride(from: header, through: count - 4, by: 4)
    return words.first { self[$0..<$0 + 4].elementsEqual(bytes) } ?? count - 1
  }
}

extension Network.Peer {
  /// A packet as it leaves the outermost SA; nil where it is too long, or an SA is used up.
  fileprivate func sealed(_ packet: [UInt8]) -> [UInt8]? {
    var packet = packet
    for association in self {
      guard let outer = association.sealed(packet) else { return nil }
      packet = outer
    }
    return packet
  }
}

extension OutboundAssociation {
  /// A packet of the peer's, protected; nil where it is too long, or the SA is used up.
  fileprivate func sealed(_ packet: [UInt8]) -> [UInt8]? {
    var output = [UInt8](
      repeating: 0, count: headRoom + max(packet.count, parameters.tfcLength) + tailRoom)
    var elements = output.mutableSpan
    var span = elements.mutableBytes
    guard let outcome = try? encapsulate(packet.span.bytes, into: &span) else { return nil }
    return Array(output[outcome.packet])
  }
}
