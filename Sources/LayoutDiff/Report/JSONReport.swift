import Model

/// The report for machines; its keys are stable.
///
/// The diff and each of its changes have `verdicts` of the same shape: by direction, what it means and what was seen.
/// What is nothing is left out.
///
/// ```json
/// { "format": 2, "old": "1.0", "new": "2.0", "seed": 1, "breaksSource": true,
///   "verdicts": { "old-driver-new-device": { "verdict": "wire-breaking", "outcome": "misread",
///                                            "counterexample": "…" },
///                 "new-driver-old-device": { "verdict": "wire-compatible-if", "outcome": "refused",
///                                            "breaksIf": [{ "with": ["F_ESN"], "without": [] }] } },
///   "changes": [{ "rule": "field-moved", "place": "create_sa.num_sas", "old": "…", "new": "…",
///                 "breaksSource": false, "verdicts": { … } }],
///   "suppressed": [{ "change": { … }, "reason": "…", "expires": "2027-06-30" }], "contradictions": [] }
/// ```
public struct JSONReport: Encodable, Sendable {
  /// Version of this format.
  public static let currentFormat = 2

  let format = JSONReport.currentFormat
  let old: String
  let new: String
  let seed: UInt64
  let breaksSource: Bool
  let verdicts: [String: Verdict]
  let changes: [Change]
  let suppressed: [Suppressed]
  let contradictions: [String]

  /// What it means in a direction, and what was seen.
  struct Verdict: Encodable, Sendable {
    let verdict: String
    /// The feature sets in which it is a break: each holds if all of `with` and none of `without` are negotiated.
    var breaksIf: [Features]?
    /// The worst that was seen; nil where nothing travels.
    var outcome: String?
    var counterexample: String?
    /// What was seen that is not what the rule says.
    var contradiction: String?
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
    let verdicts: [String: Verdict]
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
      summary.isOnlySuppressed ? Verdict(verdict: "suppressed") : Verdict(diff.verdict($0), diff, diff.outcome($0))
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
    verdicts = JSONReport.byDirection { direction in
      let judgement = change.judgements[direction]
      var verdict = JSONReport.Verdict(change.verdict(direction), diff, judgement?.outcome)
      verdict.contradiction = judgement?.contradiction
      return verdict
    }
  }
}

extension JSONReport.Verdict {
  init(_ verdict: Verdict, _ diff: LayoutDiff, _ outcome: Outcome?) {
    self.init(verdict: verdict.id, outcome: outcome?.id, counterexample: outcome?.counterexample)
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
