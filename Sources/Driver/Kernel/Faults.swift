/// Where the kernel can be made to fail.
public enum FaultPoint: String, Sendable, Hashable, CaseIterable {
  /// Memory.
  case allocation
  /// DMA mappings.
  case mapping
  /// Commands to a device: the command gets lost.
  case command
  /// Register accesses: a read gives all ones, a write goes nowhere, as on a bus where nothing answers.
  case register
  /// Requests for interrupts.
  case interrupt

  fileprivate var index: Int {
    switch self {
    case .allocation: 0
    case .mapping: 1
    case .command: 2
    case .register: 3
    case .interrupt: 4
    }
  }
}

/// Counts what could fail, and makes one of it fail: the injected half of every test of an error path.
public final class FaultPlan {
  /// How often each point was passed, by its index: every register access of a packet counts.
  @exclusivity(unchecked) private var passes: InlineArray<5, Int> = .init(repeating: 0)
  /// How often each point was passed.
  public var counts: [FaultPoint: Int] { FaultPoint.allCases.reduce(into: [:]) { $0[$1] = passes[$1.index] } }
  /// What fails, counted from 0; nil for nothing.
  @exclusivity(unchecked) public private(set) var target: (point: FaultPoint, index: Int)?
  /// Whether everything after the target fails, too: a device that is gone, memory that stays full.
  @exclusivity(unchecked) public private(set) var isLasting = false
  /// How often something was made to fail.
  @exclusivity(unchecked) public private(set) var hitCount = 0

  init() {}

  /// Starts counting anew.
  ///
  /// - Parameters:
  ///   - point: what to make fail, at its `index`th passing; nil for nothing.
  ///   - isLasting: whether all that follows fails, too.
  public func arm(_ point: FaultPoint?, at index: Int = 0, isLasting: Bool = false) {
    passes = .init(repeating: 0)
    hitCount = 0
    target = point.map { ($0, index) }
    self.isLasting = isLasting
  }

  /// Passes a point; whether it is to fail.
  @inline(__always)
  func strikes(_ point: FaultPoint) -> Bool {
    let index = passes[point.index]
    passes[point.index] = index + 1
    guard _slowPath(self.target != nil), let target, target.point.index == point.index,
      isLasting ? index >= target.index : index == target.index
    else { return false }
    hitCount += 1
    return true
  }
}
