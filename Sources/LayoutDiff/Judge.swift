import Model

/// Says what drafts mean, and executes them to see whether it is true.
struct Judge {
  let old: LayoutIndex
  let new: LayoutIndex
  let seed: UInt64

  func change(_ draft: Draft) -> Change {
    var judgements: [Direction: Judgement] = [:]
    for direction in Direction.allCases {
      judgements[direction] = judgement(draft, Meeting(direction, old: old, new: new))
    }
    return Change(
      rule: draft.rule.id, place: draft.place, old: draft.old, new: draft.new, breaksSource: draft.breaksSource,
      judgements: judgements)
  }

  private func judgement(_ draft: Draft, _ meeting: Meeting) -> Judgement {
    switch draft.effect {
    case .none: return offWire(draft)
    case .device(let effect):
      let breakage = effect.breakage(meeting)
      let bits = breakage.bits.union(effect.deciding(meeting))
      var worst = Outcome.understood
      var contradiction: String?
      for negotiated in FeatureSets.deciding(bits, negotiable: meeting.negotiable) {
        let outcome = effect.run(meeting, negotiated)
        worst = worst.worst(outcome)
        if outcome.breaks != breakage.holds(negotiated) { contradiction = text(draft, outcome) }
      }
      return Judgement(verdict: .wire(breakage), outcome: worst, contradiction: contradiction)
    case .chains(let effect):
      guard let breakage = effect.breakage(meeting) else { return offWire(draft) }
      var random = SplitMix(seed: seed)
      var worst = Outcome.understood
      var contradiction: String?
      for area in Area.allCases where !effect.commands(meeting, area).isEmpty {
        let fate = effect.fate(meeting, area)
        let outcome = effect.run(meeting, area, &random)
        worst = worst.worst(outcome)
        if !fate.agrees(with: outcome) { contradiction = text(draft, outcome) }
      }
      return Judgement(verdict: .wire(breakage), outcome: worst, contradiction: contradiction)
    }
  }

  private func offWire(_ draft: Draft) -> Judgement {
    let verdict: Verdict = draft.rule.isDocumentation ? .documentation : draft.breaksSource ? .sourceBreaking : .sourceCompatible
    return Judgement(verdict: verdict, outcome: nil, contradiction: nil)
  }

  private func text(_ draft: Draft, _ outcome: Outcome) -> String {
    "\(draft.place): \(draft.rule.id) says otherwise, and execution shows: \(outcome.counterexample ?? "understood")"
  }
}

extension ChainEffect.Fate {
  /// Whether an outcome is what was said.
  func agrees(with outcome: Outcome) -> Bool {
    switch self {
    case .understood: outcome == .understood
    case .refusedReserved: !outcome.breaks
    case .breaks, .breaksBeyondSamples: outcome.breaks
    }
  }
}
