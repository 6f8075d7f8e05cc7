import Clockwork
import CycleModel
import Device

/// What a driver sends over one queue, as chains.
///
/// Accesses to what changes with each request are not checked at run time for overlap: each reads or writes one whole
/// value and ends before anything else is called, except to draw, which calls nothing that knows this object.
final class TrafficSource {
  let flow: Flow
  private let seed: UInt64
  @exclusivity(unchecked) private var draw: Draw
  private var driver: (any WireDriver)?
  private var descriptions: [SADescription] = []
  private var sas: [TestSA] = []
  /// Chains by SA, and for each SA by packet, as far as they are always the same.
  @exclusivity(unchecked) private var prepared = Cells(repeating: PreparedChain(readable: [], room: 0), count: 0)
  /// The same without their bytes.
  @exclusivity(unchecked) private var forms = Cells(repeating: ChainForm(), count: 0)
  /// Protects packets that are to be decapsulated.
  private var peer: Peer?
  /// SAs that the churn has added, oldest first.
  private var churned: [TestSA] = []
  /// What is sent next: a prepared chain by its number, or -1 for one that is sent only once.
  @exclusivity(unchecked) private var heldNumber = -1
  @exclusivity(unchecked) private var held = PreparedChain(readable: [], room: 0)
  /// The packet in it.
  @exclusivity(unchecked) private var heldShape = 0
  @exclusivity(unchecked) private var heldPacket: [UInt8]?

  /// - Parameter seed: of the peer's IVs.
  init(_ flow: Flow, _ draw: Draw, seed: UInt64) {
    (self.flow, self.draw, self.seed) = (flow, draw, seed)
  }

  /// One that goes on where `other` is, for the same SAs on another device.
  init(copying other: TrafficSource) throws(TestbenchError) {
    (flow, draw, seed, driver) = (other.flow, other.draw, other.seed, other.driver)
    (descriptions, sas, churned) = (other.descriptions, other.sas, other.churned)
    prepared = other.prepared.copied()
    forms = other.forms.copied()
    (held, heldNumber) = (other.held, other.heldNumber)
    (heldShape, heldPacket) = (other.heldShape, other.heldPacket)
    peer = try other.peer.map { (peer) throws(TestbenchError) in try Peer(copying: peer) }
  }

  /// Sets up the SAs, and makes chains as far as they are always the same.
  func prepare(_ all: [SADescription], _ bench: Testbench) throws(TestbenchError) {
    descriptions = flow.associations.isEmpty ? all : flow.associations.map { all[$0] }
    driver = bench.driver
    (sas, churned) = ([], [])
    if flow.work == .churn { return }
    let direction: Direction = flow.work == .encapsulate ? .outbound : .inbound
    for description in descriptions { sas.append(try bench.addSA(description, direction: direction)) }
    if flow.work == .encapsulate {
      let chains = sas.flatMap { sa in flow.packets.map { bench.driver.chain(for: $0, on: sa) } }
      prepared = Cells(count: chains.count) { chains[$0] }
      forms = Cells(count: chains.count) { chains[$0].form }
    } else if peer == nil {
      peer = try Peer(descriptions, seed: seed)
    }
  }

  /// Draws the next request; how long after the one before it comes.
  func next() -> Picoseconds? {
    guard let (gap, shape, association) = draw.next() else { return nil }
    hold(shape, association)
    return gap
  }

  /// Makes ready what is sent next.
  func hold(_ shape: Int, _ association: Int) {
    switch flow.work {
    case .encapsulate:
      heldNumber = association * flow.packets.count + shape
      heldShape = shape
    case .decapsulate(let replays):
      guard let peer, let driver else { return }
      let packet = peer.protect(flow.packets[shape], association, replaysPerMillion: replays)
      held = driver.chain(for: packet, on: sas[association])
      heldPacket = packet
    case .churn:
      guard let driver else { return }
      held =
        shape == 1 && !churned.isEmpty
        ? driver.deletion(of: churned.removeFirst()) : driver.addition(of: [descriptions[0]], .outbound, nil)
    }
  }

  /// Puts it on the ring; false when there is no room.
  func submit(_ item: UInt32, to ring: LiveQueue, isCorrupted: Bool) -> Bool {
    heldNumber < 0
      ? ring.add(item, held, number: -1, isCorrupted: isCorrupted)
      : ring.add(
        item, forms[heldNumber], prepared[heldNumber].readable, number: heldNumber, isCorrupted: isCorrupted)
  }

  /// The packet that is sent next; nil for a command.
  var packet: [UInt8]? { heldNumber < 0 ? heldPacket : flow.packets[heldShape] }

  /// The packet in an answer; nil for one that was refused, or for a command's.
  func result(_ answer: [UInt8], to request: [UInt8]) -> [UInt8]? {
    guard let driver else { return nil }
    if flow.work == .churn {
      if let handle = try? driver.added(answer, to: request) {
        churned.append(TestSA(handle: handle, direction: .outbound, group: nil))
      }
      return nil
    }
    return try? driver.result(answer).get()
  }

  /// Shapes and SAs that it draws from.
  var shapes: Int { draw.shapes }
  var associations: Int { draw.associations }
}
