import Model

/// Says what drafts mean, and executes them to see whether it is true.
struct Judge {
  let old: LayoutIndex
  let new: LayoutIndex
  let seed: UInt64

  func change(_ draft: Draft) -> Change {
    var judgements: [Direction: Judgement] = [:]
    for direction in Direction.allCases { judgements[direction] = judgement(draft, direction) }
    return Change(
      rule: draft.rule, place: draft.place, old: draft.old, new: draft.new, breaksSource: draft.breaksSource,
      judgements: judgements)
  }

  private func judgement(_ draft: Draft, _ direction: Direction) -> Judgement {
    let meeting = Meeting(direction, old: old, new: new)
    guard let effect = draft.effect, let breakage = effect.breakage(meeting) else {
      let verdict: Verdict =
        draft.rule.isDocumentation ? .documentation : draft.breaksSource ? .sourceBreaking : .sourceCompatible
      return Judgement(verdict: verdict, outcome: nil, contradiction: nil)
    }
    var random = SplitMix(seed: seed)
    var worst = Outcome.understood
    var contradiction: String?
    var isShown = false
    var worse = Breakage.never
    let deciding = breakage.bits.union(effect.deciding(meeting))
    for negotiated in FeatureSets.deciding(deciding, negotiable: meeting.negotiable) {
      let outcome = effect.run(meeting.under(negotiated), &random)
      worst = worst.worst(outcome)
      isShown = isShown || outcome.breaks
      if outcome.breaks, !breakage.holds(negotiated) {
        worse.insert(exactly: negotiated, of: deciding, negotiable: meeting.negotiable)
      }
      if outcome.breaks != breakage.holds(negotiated), outcome.breaks || !effect.isCautious {
        contradiction =
          "\(draft.rule.id) says otherwise of \(draft.place); seen: \(outcome.counterexample ?? "understood")"
      }
    }
    // Where rule and proof disagree, the worse of the two is reported.
    if isShown || !effect.isCautious { worse.formUnion(breakage) }
    return Judgement(verdict: .wire(worse), outcome: worst, contradiction: contradiction)
  }
}

/// Feature sets to try.
enum FeatureSets {
  /// At most so many bits are tried in every combination.
  static let mostBits = 5

  /// Every combination of the bits that decide, and all others; of many bits, none, each alone, and all.
  static func deciding(_ bits: Set<Int>, negotiable: Set<Int>) -> [Set<Int>] {
    let others = negotiable.subtracting(bits)
    let bits = bits.intersection(negotiable).sorted()
    let chosen =
      bits.count > mostBits
      ? [[]] + bits.map { [$0] } + [Set(bits)]
      : (0..<(1 << bits.count)).map { mask in Set(bits.indices.filter { mask >> $0 & 1 == 1 }.map { bits[$0] }) }
    return chosen.map { $0.union(others) }
  }
}
