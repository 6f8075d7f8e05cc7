import ESP

/// Sequence numbers behind which packets of each SA go on: no reset of the device may bring one back.
///
/// Whatever was put on a ring may have used its number, also when it was lost there.
struct SequenceBounds: Sendable {
  /// The SA of each flow; and where the copies of each SA begin.
  private let flows: [Int]
  private let starts: [Int]
  /// The highest number that may have been used or received, and the last there is, by copy.
  private(set) var numbers: [UInt64]
  private let limits: [UInt64]

  init(_ scenario: Scenario) {
    flows = scenario.flows.map(\.association)
    let copies = scenario.associations.map(\.copies)
    starts = copies.indices.map { copies[..<$0].reduce(0, +) }
    numbers = scenario.associations.flatMap { Array(repeating: $0.sequence, count: $0.copies) }
    limits = scenario.associations.map(\.lastSequence)
  }

  subscript(association: Int, copy: Int) -> UInt64 { numbers[starts[association] + copy] }

  /// An order is on the ring: a replay has a number that was there before, and what no peer protected has none.
  mutating func note(_ order: Order) {
    if case .several(let orders) = order { return orders.forEach { note($0) } }
    guard case .packet(let flow, let copy, _, _, let condition) = order, condition == .sound || condition == .corrupted
    else { return }
    let association = flows[flow]
    let place = starts[association] + copy
    if numbers[place] < limits[association] { numbers[place] += 1 }
  }
}
