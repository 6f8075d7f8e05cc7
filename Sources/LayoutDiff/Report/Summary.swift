import Model

/// What every report says of a diff, in words.
struct Summary {
  let diff: LayoutDiff

  var title: String { "\(diff.old.version) → \(diff.new.version)" }
  var sources: String { isOnlySuppressed ? Self.nothingElse : diff.breaksSource ? "source-breaking" : "compatible" }

  var counts: String {
    let (changes, suppressed) = (diff.changes.count, diff.suppressed.count)
    return "\(changes) \(changes == 1 ? "change" : "changes"), \(suppressed) suppressed, seed \(diff.seed)"
  }

  /// What a total says where all that differs is suppressed: that is not to be identical.
  static let nothingElse = "nothing beyond what is suppressed"
  var isOnlySuppressed: Bool { diff.changes.isEmpty && !diff.suppressed.isEmpty && !diff.breaksWire }

  /// The verdict of a direction in words.
  func total(_ direction: Direction) -> String {
    isOnlySuppressed ? Self.nothingElse : diff.text(diff.verdict(direction))
  }

  /// What came of a change in a direction in which it travels.
  struct Met {
    let direction: Direction
    let verdict: Verdict
    /// The verdict in words.
    let text: String
    let example: String?
    let contradiction: String?

    /// The counter-example, and what contradicts the verdict.
    var evidence: [String] {
      [example, contradiction.map { "contradicted by its proof: \($0)" }].compactMap { $0 }
    }
  }

  /// The directions in which a change travels, with what came of it.
  func met(_ change: Change) -> [Met] {
    Direction.allCases.compactMap { direction in
      guard let judgement = change.judgements[direction], let outcome = judgement.outcome else { return nil }
      return Met(
        direction: direction, verdict: judgement.verdict, text: diff.text(judgement.verdict),
        example: outcome.counterexample, contradiction: judgement.contradiction)
    }
  }

  /// How bad a change is.
  func level(_ change: Change) -> Level {
    let isContradicted = change.judgements.values.contains { $0.contradiction != nil }
    return change.breaksWire || isContradicted ? .error : change.breaksSource ? .warning : .note
  }

  /// Contradictions that belong to no single change, or to one that is suppressed: nobody can decide to live with them.
  var contradictions: [String] {
    let told = diff.changes.flatMap { $0.judgements.values.compactMap(\.contradiction) }
    return diff.contradictions.filter { !told.contains($0) }
  }
}

/// An error breaks the wire or is contradicted, a warning breaks sources, a note nothing.
enum Level: String, CaseIterable {
  case error, warning, note

  /// Over a list of them.
  var heading: String {
    switch self {
    case .error: "Breaks the wire"
    case .warning: "Breaks sources"
    case .note: "Breaks nothing"
    }
  }
}

extension Change {
  /// Whether some driver and device no longer understand each other.
  public var breaksWire: Bool { Direction.allCases.contains { verdict($0).breaksWire } }

  /// Whether it is about the parts of a chain, which read better one under the other.
  var isComposition: Bool { rule.id.hasPrefix("chain-") }
}

extension LayoutDiff {
  /// A verdict in words, with the features that decide.
  func text(_ verdict: Verdict) -> String {
    guard case .conditional(let breakage) = verdict else { return verdict.id }
    return "wire-breaking if " + breakage.words(featureName)
  }

  /// The name of a bit, from either side.
  func featureName(_ bit: Int) -> String {
    (new.features + old.features).first { $0.bit == bit }?.name ?? "bit \(bit)"
  }
}

extension String {
  /// The parts of a composition: what commas part that stand in no parentheses.
  var parts: [String] {
    var parts = [""]
    var depth = 0
    for character in self {
      if character == "(" { depth += 1 } else if character == ")" { depth -= 1 }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map { String($0.drop { $0 == " " }) }
  }
}
