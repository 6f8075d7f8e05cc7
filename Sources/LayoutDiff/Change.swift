/// One difference between two layouts.
public struct Change: Sendable {
  /// The rule that found it.
  public let rule: DiffRule
  /// What is affected, by its name in the interface.
  public let place: String
  /// What stands there on either side; nil where there is nothing.
  public let old: String?
  public let new: String?
  /// Whether sources of the old side have to change: a name that they use is gone, or has another C type.
  public let breaksSource: Bool
  /// What it means, in both directions.
  public let judgements: [Direction: Judgement]

  public func verdict(_ direction: Direction) -> Verdict { judgements[direction]?.verdict ?? .identical }

  /// The worse of the two directions.
  public var verdict: Verdict { Direction.allCases.map(verdict).max() ?? .identical }
}

/// What a change means for one driver and one device, and what execution showed.
public struct Judgement: Sendable {
  public let verdict: Verdict
  /// The worst that was seen; nil where nothing travels.
  public let outcome: Outcome?
  /// Where what was seen is not what the rule says: a defect of the rule.
  public let contradiction: String?
}

extension Verdict {
  static func wire(_ breakage: Breakage) -> Verdict {
    breakage.isNever ? .wireCompatible : breakage.isAlways ? .wireBreaking : .conditional(breakage)
  }
}
