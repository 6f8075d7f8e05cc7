import Clockwork

/// The faults of a run: which are due, and how often they struck.
struct FaultPlan: Sendable {
  let all: [Fault]
  /// Faults whose cycle has come, and that wait for an opportunity.
  private var armed: [Fault] = []
  private var byChance: [Fault] = []
  private var generator: Generator
  /// Times that each kind took effect.
  private(set) var struck = FaultCounts()
  let areAny: Bool

  init(_ faults: [Fault], seed: UInt64) {
    all = faults
    areAny = !faults.isEmpty
    generator = Generator(seed: seed ^ 0xfa17)
    for fault in faults {
      if case .chance = fault.trigger { byChance.append(fault) }
    }
  }

  mutating func arm(_ fault: Fault) { armed.append(fault) }

  /// An opportunity for a kind: nanoseconds if it strikes.
  @inline(__always)
  mutating func strike(_ kind: Fault.Kind) -> UInt64? { areAny ? draw(kind) : nil }

  /// Whether a corrupted descriptor is due; `strike` then takes it.
  @inline(__always)
  mutating func isDue(_ kind: Fault.Kind) -> Bool {
    if !areAny { return false }
    guard let duration = draw(kind) else { return false }
    struck[kind] -= 1
    armed.insert(Fault(kind, .cycle(0), duration: duration), at: 0)
    return true
  }

  private mutating func draw(_ kind: Fault.Kind) -> UInt64? {
    if let index = armed.firstIndex(where: { $0.kind == kind }) { return take(armed.remove(at: index)) }
    for fault in byChance where fault.kind == kind {
      guard case .chance(let chance) = fault.trigger else { continue }
      if generator.next(below: 1_000_000) < UInt64(chance) { return take(fault) }
    }
    return nil
  }

  /// Notes that a fault took effect.
  mutating func take(_ fault: Fault) -> UInt64 {
    struck[fault.kind] += 1
    return fault.duration
  }
}
