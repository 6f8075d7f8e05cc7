import Device
import Testbench

/// Chains that are always the same: of each packet of an outbound flow, on each copy of its SA.
///
/// They are made when they are first sent, and then stay in guest memory wherever the driver has put them.
struct PreparedChains {
  /// Most that are kept; a flow that would have more is sent in chains that are made anew.
  private static let limit = 4_096
  /// The number of each flow's first chain; nil where they are made anew.
  private var starts: [Int?] = []
  /// Packets of each flow.
  private let shapes: [Int]
  private var chains: [PreparedChain?] = []

  init(_ scenario: Scenario) {
    shapes = scenario.flows.map(\.content.shapes)
    var end = 0
    for (flow, shapes) in zip(scenario.flows, shapes) {
      let association = scenario.associations[flow.association]
      let next = end + association.copies * shapes
      // What the device writes over is not the same the next time.
      let isKept =
        association.direction == .outbound && flow.packetsPerChain == 1 && !flow.isInPlace && next <= Self.limit
      starts.append(isKept ? end : nil)
      if isKept { end = next }
    }
    chains = Array(repeating: nil, count: end)
  }

  /// The number of an order's chain; nil where it is made anew.
  @inline(__always)
  func number(of order: Order) -> Int? {
    guard case .packet(let flow, let copy, _, let place, _) = order, let start = starts[flow] else { return nil }
    return start + copy * shapes[flow] + place
  }

  /// A chain by its number; nil before it was made.
  subscript(number: Int) -> PreparedChain? {
    get { chains[number] }
    set { chains[number] = newValue }
  }

  /// The device has new SAs.
  mutating func forget() { chains = chains.map { _ in nil } }
}

extension Flow.Content {
  /// Packets that are sent over and over.
  fileprivate var shapes: Int {
    switch self {
    case .sizes(let sizes): sizes.shares.count
    case .packets(let packets): packets.count
    }
  }
}
