/// One difference between two layouts.
public struct Change: Hashable, Sendable {
  /// Stable identifier of the rule that found it.
  public let rule: String
  /// What is affected, by its name in the interface.
  public let place: String
  /// What stands there on either side; nil where there is nothing.
  public let old: String?
  public let new: String?
  /// Whether sources that use the old side's names no longer compile.
  public let breaksSource: Bool
  /// What it means, in both directions.
  public let judgements: [Direction: Judgement]

  public func verdict(_ direction: Direction) -> Verdict { judgements[direction]?.verdict ?? .identical }

  /// The worse of the two directions.
  public var verdict: Verdict { Direction.allCases.map(verdict).max() ?? .identical }
}

/// What a change means for one driver and one device, and what execution showed.
public struct Judgement: Hashable, Sendable {
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

/// Feature sets to try.
enum FeatureSets {
  /// At most so many bits are tried in every combination.
  static let mostBits = 5

  /// Every combination of the bits that decide; with many of them, none, each alone and all.
  static func deciding(_ bits: Set<Int>, negotiable: Set<Int>) -> [Set<Int>] {
    let bits = bits.intersection(negotiable).sorted()
    guard bits.count > mostBits else {
      return (0..<(1 << bits.count)).map { mask in Set(bits.indices.filter { mask >> $0 & 1 == 1 }.map { bits[$0] }) }
    }
    return [[]] + bits.map { [$0] } + [Set(bits)]
  }
}
