import Model

/// Bits within integers.
struct BitComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    Pairing(old.layout.bitLayouts, new.layout.bitLayouts, by: \.name).pairs.flatMap(compare)
  }

  private func compare(_ old: Layout.BitLayout, _ new: Layout.BitLayout) -> [Draft] {
    let ranges = Pairing(old.ranges.filter { !$0.isReserved }, new.ranges.filter { !$0.isReserved }, by: \.name)
    let moved = ranges.pairs.filter { $0.low != $1.low || $0.width != $1.width }.map { one, other in
      draft(.bitsMoved, old.name, one.name, old: one.place, new: other.place)
    }
    let removed = ranges.removed.map { range in
      draft(
        new.isReserved(range) ? .bitsReserved : .bitsRemoved, old.name, range.name, old: range.place, breaksSource: true)
    }
    let added = ranges.added.map { range in
      draft(old.isReserved(range) ? .bitsUsed : .bitsAdded, old.name, range.name, new: range.place)
    }
    return moved + removed + added
  }

  private func draft(
    _ rule: DiffRule, _ layout: String, _ bits: String, old: String? = nil, new: String? = nil, breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: "\(layout).\(bits)", old: old, new: new, breaksSource: breaksSource,
      effect: .chains(
        .wherever(
          layout.asBitLayout, fate: { fate($0, $1, layout, bits) },
          run: { meeting, area, random in
            var worst = Outcome.understood
            for (structure, field) in fields(meeting, area, layout) {
              worst = worst.worst(
                StructureMeeting(meeting: meeting, area: area, name: structure).run(field: field, bits: bits, random: &random))
            }
            return worst
          })))
  }

  /// Where both sides have the bits.
  private func fields(_ meeting: Meeting, _ area: Area, _ layout: String) -> [(structure: String, field: String)] {
    let receiver: LayoutIndex = meeting.receiver(area)
    return (meeting.sender(area) as LayoutIndex).layout.structures.flatMap { structure in
      structure.fields.filter { $0.bits == layout && receiver.structures[structure.name]?.field($0.name)?.bits == layout }
        .map { (structure.name, $0.name) }
    }
  }

  private func fate(_ meeting: Meeting, _ area: Area, _ layout: String, _ bits: String) -> ChainEffect.Fate {
    let places = fields(meeting, area, layout)
    let isChecked = places.allSatisfy { place in
      (meeting.sender(area) as LayoutIndex).structures[place.structure]?.field(place.field)?.checksReserved ?? true
    }
    guard !places.isEmpty, let ours = (meeting.sender(area) as LayoutIndex).bitLayouts[layout],
      let theirs = (meeting.receiver(area) as LayoutIndex).bitLayouts[layout]
    else { return .understood }
    switch (ours.used(bits), theirs.used(bits)) {
    case (let one?, let other?): return one.low == other.low && one.width == other.width ? .understood : .breaks
    case (let one?, nil):
      guard isChecked, one.mask & ~theirs.unused == 0 else { return .breaks }
      return area == .readable ? .refusedReserved : .understood
    case (nil, let other?): return isChecked && other.mask & ~ours.unused == 0 ? .understood : .breaks
    case (nil, nil): return .understood
    }
  }
}

extension Layout.BitLayout {
  /// Whether bits are described as reserved.
  func isReserved(_ range: Layout.BitRange) -> Bool {
    range.mask & ~ranges.filter(\.isReserved).reduce(0) { $0 | $1.mask } == 0
  }
}

extension Layout.BitRange {
  /// `bits 3…5`.
  var place: String { width == 1 ? "bit \(low)" : "bits \(low)…\(low + width - 1)" }
}
