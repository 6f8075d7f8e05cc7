import Clockwork
import CycleModel
import Device
import ESP

/// The flows of a plan, queue by queue.
final class PlanTraffic: DriverTraffic {
  private let plan: Plan
  let sources: [TrafficSource?]
  /// The same, which the array keeps alive, for packets: without counting references.
  private let uncounted: Cells<Unmanaged<TrafficSource>?>
  let largestPacket: Int
  let packetsPerChain = 1
  /// Sees each packet. Not checked at run time for overlapping accesses: read and written only as a whole.
  @exclusivity(unchecked) var observe: ((Packet) -> Void)?

  init(_ plan: Plan) throws(TestbenchError) {
    self.plan = plan
    let sent = plan.flows.compactMap { $0.packets.map(\.count).max() }
    largestPacket = (sent + plan.associations.map(\.parameters.tfcLength)).max() ?? 0
    var sources: [TrafficSource?] = []
    for (queue, flow) in try plan.flowsByQueue().enumerated() {
      sources.append(flow.map { TrafficSource($0, plan.draw($0, queue: queue), seed: plan.seed) })
    }
    self.sources = sources
    uncounted = Self.uncounted(sources)
  }

  private init(copying other: PlanTraffic) throws(TestbenchError) {
    (plan, largestPacket) = (other.plan, other.largestPacket)
    var copies: [TrafficSource?] = []
    for source in other.sources {
      copies.append(try source.map { (source) throws(TestbenchError) in try TrafficSource(copying: source) })
    }
    sources = copies
    uncounted = Self.uncounted(copies)
  }

  private static func uncounted(_ sources: [TrafficSource?]) -> Cells<Unmanaged<TrafficSource>?> {
    Cells(count: sources.count) { sources[$0].map { .passUnretained($0) } }
  }

  func copy() throws(TestbenchError) -> any DriverTraffic { try PlanTraffic(copying: self) }

  func prepare(_ bench: Testbench) throws(TestbenchError) {
    for source in sources { try source?.prepare(plan.associations, bench) }
  }

  func next(on queue: Int) -> Picoseconds? {
    queue < uncounted.count ? uncounted[queue]?._withUnsafeGuaranteedRef { $0.next() } : nil
  }

  func submit(_ item: UInt32, to ring: LiveQueue, isCorrupted: Bool, at instant: Instant) -> Bool {
    let isAdded = uncounted[ring.index]?._withUnsafeGuaranteedRef {
      $0.submit(item, to: ring, isCorrupted: isCorrupted)
    }
    guard isAdded == true else { return false }
    // To take it out counts references: not for every packet.
    if observe != nil { show(sources[ring.index]?.packet, of: ring, isResult: false, at: instant) }
    return true
  }

  private func show(_ packet: [UInt8]?, of ring: LiveQueue, isResult: Bool, at instant: Instant) {
    if let packet { observe?(Packet(instant: instant, queue: ring.index, isResult: isResult, bytes: packet)) }
  }

  func reaped(_ item: UInt32, from ring: LiveQueue, byteCount: Int, hasFailed: Bool, at instant: Instant) {
    let queue = ring.index
    if queue > 0 && observe == nil { return }
    let packet = sources[queue]?.result(ring.answer(to: item, byteCount: byteCount), to: ring.request(item))
    show(packet, of: ring, isResult: true, at: instant)
  }

  /// They stay with the testbench.
  func notified(_ bench: Testbench) {}
}
