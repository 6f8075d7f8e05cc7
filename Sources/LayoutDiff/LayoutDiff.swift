public import Model

/// What differs between two layouts, what it means for whom, and what executing both of them showed.
public struct LayoutDiff: Sendable {
  public let old: Layout
  public let new: Layout
  /// What the proof started its random choices from: the same seed repeats them.
  public let seed: UInt64
  public internal(set) var changes: [Change]
  /// What suppressions took out of `changes`.
  public internal(set) var suppressed: [SuppressedChange] = []
  /// What came of all changes at once.
  var whole: [Direction: WholeMeeting] = [:]

  /// Compares, judges and executes.
  ///
  /// - Precondition: both layouts are sound; `Layout.defects` says whether a foreign one is.
  public init(old: Layout, new: Layout, seed: UInt64 = 1) {
    self.old = old
    self.new = new
    self.seed = seed
    let renaming = Renaming(old.flattened(), to: new.flattened())
    let before = LayoutIndex(renaming.layout.numberingRepetitions())
    let after = LayoutIndex(new.flattened().numberingRepetitions())
    let judge = Judge(old: before, new: after, seed: seed)
    let drafts = renaming.drafts + Comparison.all.flatMap { $0(before, after) }
    let changes = drafts.map { judge.change($0) }
    self.changes = changes
    for direction in Direction.allCases {
      whole[direction] = WholeMeeting(Meeting(direction, old: before, new: after), changes: changes, seed: seed)
    }
  }

  /// Whether sources of the old layout have to change: a name that they use is gone, or has another C type.
  public var breaksSource: Bool { changes.contains(where: \.breaksSource) }

  /// Whether some driver and device no longer understand each other, in some negotiated feature set or in all.
  public var breaksWire: Bool { Direction.allCases.contains { verdict($0).breaksWire } }

  /// The worst that a driver of one side and a device of the other make of each other: where rules and execution
  /// disagree, the worse of the two.
  public func verdict(_ direction: Direction) -> Verdict {
    var breakage = Breakage(changes, direction)
    breakage.formUnion(whole[direction]?.breakage ?? .never)
    return breakage.isNever ? changes.map { $0.verdict(direction) }.max() ?? .identical : .wire(breakage)
  }

  /// What came of it when every command met with all changes at once and everything negotiated that can be.
  public func outcome(_ direction: Direction) -> Outcome { whole[direction]?.outcome ?? .understood }

  /// Where execution and rules disagree: each is a defect of a rule.
  public var contradictions: [String] {
    (changes + suppressed.map(\.change)).flatMap { change in
      Direction.allCases.compactMap { change.judgements[$0]?.contradiction }
    } + Direction.allCases.flatMap { whole[$0]?.contradictions ?? [] }
  }
}

/// Everything that is compared, in the order of the report.
enum Comparison {
  static let all: [@Sendable (LayoutIndex, LayoutIndex) -> [Draft]] = [
    { IdentityComparison(old: $0, new: $1).drafts },
    { RegisterComparison(old: $0, new: $1).drafts },
    { FeatureComparison(old: $0, new: $1).drafts },
    { FeatureUseComparison(old: $0, new: $1).drafts },
    { QueueComparison(old: $0, new: $1).drafts },
    { NumberComparison(old: $0, new: $1).drafts },
    { StructureComparison(old: $0, new: $1).drafts },
    { BoundComparison(old: $0, new: $1).drafts },
    { BitComparison(old: $0, new: $1).drafts },
    { CommandComparison(old: $0, new: $1).drafts },
    { ChainComparison(old: $0, new: $1).drafts },
    { StatementComparison(old: $0, new: $1).drafts },
    { TextComparison(old: $0, new: $1).drafts },
  ]
}
