/// What a difference means for a driver of one side and a device of the other; worse ones are greater.
public enum Verdict: Hashable, Sendable {
  /// Nothing differs.
  case identical
  /// Only texts differ.
  case documentation
  /// Only what sources see differs, and sources of the one compile against the other.
  case sourceCompatible
  /// Only what sources see differs, and a name that sources use is gone or has another C type.
  case sourceBreaking
  /// What travels differs, and each side understands the other.
  case wireCompatible
  /// Understood in some negotiated feature sets: all but those of the breakage.
  case conditional(Breakage)
  /// Not understood in any.
  case wireBreaking

  /// Stable identifier.
  public var id: String {
    switch self {
    case .identical: "identical"
    case .documentation: "documentation-only"
    case .sourceCompatible: "source-compatible-only"
    case .sourceBreaking: "source-breaking"
    case .wireCompatible: "wire-compatible"
    case .conditional: "wire-compatible-if"
    case .wireBreaking: "wire-breaking"
    }
  }

  /// Whether there is a feature set in which the two sides do not understand each other.
  public var breaksWire: Bool {
    switch self {
    case .conditional, .wireBreaking: true
    case .identical, .documentation, .sourceCompatible, .sourceBreaking, .wireCompatible: false
    }
  }
}

extension Verdict: Comparable {
  private var rank: Int {
    switch self {
    case .identical: 0
    case .documentation: 1
    case .sourceCompatible: 2
    case .sourceBreaking: 3
    case .wireCompatible: 4
    case .conditional: 5
    case .wireBreaking: 6
    }
  }

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// The negotiated feature sets in which two sides do not understand each other.
public struct Breakage: Hashable, Sendable {
  /// Sets that have all bits of the one and none of the other.
  struct Clause: Hashable, Sendable {
    var with: Set<Int> = []
    var without: Set<Int> = []

    func holds(_ negotiated: Set<Int>) -> Bool { with.isSubset(of: negotiated) && without.isDisjoint(with: negotiated) }
  }

  /// A set breaks if one of them holds.
  private(set) var clauses: Set<Clause> = []

  init(clauses: Set<Clause> = []) { self.clauses = clauses }

  static let never = Breakage()
  static let always = Breakage(clauses: [Clause()])

  var isNever: Bool { clauses.isEmpty }
  var isAlways: Bool { clauses.contains(Clause()) }
  /// The bits that decide.
  var bits: Set<Int> { isAlways ? [] : clauses.reduce(into: []) { $0.formUnion($1.with.union($1.without)) } }

  func holds(_ negotiated: Set<Int>) -> Bool { clauses.contains { $0.holds(negotiated) } }

  /// Adds the sets that have all of `with` and none of `without`, as far as `negotiable` bits allow them.
  mutating func insert(with: Set<Int> = [], without: Set<Int> = [], negotiable: Set<Int>) {
    guard with.isSubset(of: negotiable), with.isDisjoint(with: without) else { return }
    clauses.insert(Clause(with: with, without: without.intersection(negotiable)))
  }

  /// Adds the sets that have of some bits exactly those that are negotiated.
  mutating func insert(exactly negotiated: Set<Int>, of bits: Set<Int>, negotiable: Set<Int>) {
    insert(with: bits.intersection(negotiated), without: bits.subtracting(negotiated), negotiable: negotiable)
  }

  /// One that says the same with fewer words, if every combination of some bits is among the clauses.
  func simplified(over bits: Set<Int>, with gate: Set<Int> = []) -> Breakage {
    let sets = FeatureSets.deciding(bits, negotiable: bits)
    return !isNever && sets.allSatisfy({ holds($0.union(gate)) }) ? Breakage(clauses: [Clause(with: gate)]) : self
  }

  /// The sets in which one of the changes breaks something.
  init(_ changes: [Change], _ direction: Direction) {
    for change in changes {
      switch change.verdict(direction) {
      case .wireBreaking: formUnion(.always)
      case .conditional(let breakage): formUnion(breakage)
      case .identical, .documentation, .sourceCompatible, .sourceBreaking, .wireCompatible: break
      }
    }
  }

  mutating func formUnion(_ other: Breakage) { clauses.formUnion(other.clauses) }

  /// In words: `F_ESN is negotiated`.
  func text(_ name: (Int) -> String) -> String {
    clauses.map { clause in
      let parts =
        clause.with.sorted().map { "\(name($0)) is negotiated" }
        + clause.without.sorted().map { "\(name($0)) is not negotiated" }
      return parts.joined(separator: " and ")
    }.sorted().joined(separator: ", or ")
  }
}
