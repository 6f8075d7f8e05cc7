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
  let suppressed: [Suppressed]
  let contradictions: [String]

  /// A verdict and the feature sets in which it is a break.
  struct Verdict: Encodable, Sendable {
    let verdict: String
    /// Each set holds if all of `with` and none of `without` are negotiated.
    var breaksIf: [Features]?
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

  /// A change that counts for nothing, and why.
  struct Suppressed: Encodable, Sendable {
    let change: Change
    let reason: String
    let expires: String?
  }

  public init(_ diff: LayoutDiff) {
    let summary = Summary(diff: diff)
    old = diff.old.version
    new = diff.new.version
    seed = diff.seed
    breaksSource = diff.breaksSource
    verdicts = Self.byDirection {
      summary.isOnlySuppressed ? Verdict(verdict: "suppressed") : Verdict(diff.verdict($0), diff)
    }
    changes = diff.changes.map { Change($0, diff) }
    suppressed = diff.suppressed.map {
      Suppressed(change: Change($0.change, diff), reason: $0.suppression.reason, expires: $0.suppression.expires)
    }
    contradictions = diff.contradictions
  }

  fileprivate static func byDirection<Value>(_ value: (Direction) -> Value) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: Direction.allCases.map { ($0.rawValue, value($0)) })
  }
}

extension JSONReport.Change {
  fileprivate init(_ change: Change, _ diff: LayoutDiff) {
    rule = change.rule.id
    place = change.place
    old = change.old
    new = change.new
    breaksSource = change.breaksSource
    directions = JSONReport.byDirection { direction in
      let judgement = change.judgements[direction]
      return JSONReport.Judgement(
        verdict: JSONReport.Verdict(change.verdict(direction), diff), outcome: judgement?.outcome?.id,
        counterexample: judgement?.outcome?.counterexample, contradiction: judgement?.contradiction)
    }
  }
}

extension JSONReport.Verdict {
  init(_ verdict: Verdict, _ diff: LayoutDiff) {
    self.init(verdict: verdict.id)
    guard case .conditional(let breakage) = verdict else { return }
    breaksIf = breakage.minimised.clauses.map {
      JSONReport.Features(
        with: $0.with.sorted().map(diff.featureName), without: $0.without.sorted().map(diff.featureName))
    }.sorted { $0.order.lexicographicallyPrecedes($1.order) }
  }
}

extension JSONReport.Features {
  /// What clauses are sorted by: a clause is told from another by what is in it, and by nothing else.
  fileprivate var order: [String] { with + [""] + without }
}
