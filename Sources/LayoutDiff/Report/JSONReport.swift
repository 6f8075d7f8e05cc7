import Model

/// The report for machines; its keys are stable.
public struct JSONReport: Encodable, Sendable {
  /// Version of this format.
  public static let currentFormat = 1

  let format = JSONReport.currentFormat
  let old: String
  let new: String
  let seed: UInt64
  let breaksSource: Bool
  let verdicts: [String: Verdict]
  let changes: [Change]

  /// A verdict and the feature sets in which it is a break.
  struct Verdict: Encodable, Sendable {
    let verdict: String
    /// Each set holds if all of `with` and none of `without` are negotiated.
    let breaksIf: [Features]?
  }

  struct Features: Encodable, Sendable {
    let with: [String]
    let without: [String]
  }

  struct Change: Encodable, Sendable {
    let rule: String
    let place: String
    let old: String?
    let new: String?
    let breaksSource: Bool
    let directions: [String: Judgement]
  }

  struct Judgement: Encodable, Sendable {
    let verdict: Verdict
    let outcome: String?
    let counterexample: String?
    let contradiction: String?
  }

  public init(_ diff: LayoutDiff) {
    old = diff.old.version
    new = diff.new.version
    seed = diff.seed
    breaksSource = diff.breaksSource
    verdicts = Self.byDirection { Verdict(diff.verdict($0), diff) }
    changes = diff.changes.map { change in
      Change(
        rule: change.rule.id, place: change.place, old: change.old, new: change.new, breaksSource: change.breaksSource,
        directions: Self.byDirection { direction in
          let judgement = change.judgements[direction]
          return Judgement(
            verdict: Verdict(change.verdict(direction), diff), outcome: judgement?.outcome?.id,
            counterexample: judgement?.outcome?.counterexample, contradiction: judgement?.contradiction)
        })
    }
  }

  private static func byDirection<Value>(_ value: (Direction) -> Value) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: Direction.allCases.map { ($0.rawValue, value($0)) })
  }
}

extension JSONReport.Verdict {
  init(_ verdict: Verdict, _ diff: LayoutDiff) {
    self.verdict = verdict.id
    guard case .conditional(let breakage) = verdict else {
      breaksIf = nil
      return
    }
    breaksIf = breakage.clauses.map {
      JSONReport.Features(
        with: $0.with.sorted().map(diff.featureName), without: $0.without.sorted().map(diff.featureName))
    }.sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }
}

extension JSONReport.Features {
  /// What clauses are sorted by: a clause is told from another by what is in it, and by nothing else.
  fileprivate var order: [String] { with + [""] + without }
}
