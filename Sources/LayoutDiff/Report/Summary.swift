import Model

/// What every report says of a diff, in words.
struct Summary {
  let diff: LayoutDiff

  var title: String { "\(diff.old.version) → \(diff.new.version)" }
  var counts: String { "\(diff.changes.count) changes, \(diff.suppressed.count) suppressed, seed \(diff.seed)" }
  var sources: String { diff.breaksSource ? "source-breaking" : "compatible" }

  /// The directions in which a change travels, with what came of it.
  func met(_ change: Change) -> [(direction: Direction, verdict: String, example: String?)] {
    Direction.allCases.compactMap { direction in
      guard let outcome = change.judgements[direction]?.outcome else { return nil }
      return (direction, diff.text(change.verdict(direction)), outcome.counterexample)
    }
  }

  /// How bad a change is: an error breaks the wire, a warning sources, a note nothing.
  func level(_ change: Change) -> String { change.breaksWire ? "error" : change.breaksSource ? "warning" : "note" }
}

extension Change {
  /// Whether some driver and device no longer understand each other.
  public var breaksWire: Bool { Direction.allCases.contains { verdict($0).breaksWire } }
}
