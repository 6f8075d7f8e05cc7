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
        new.isReserved(range) ? .bitsReserved : .bitsRemoved, old.name, range.name, old: range.place, breaksSource: true
      )
    }
    let added = ranges.added.map { range in
      draft(old.isReserved(range) ? .bitsUsed : .bitsAdded, old.name, range.name, new: range.place)
    }
    return moved + removed + added
  }

  private func draft(
    _ rule: DiffRule, _ layout: String, _ bits: String, old: String? = nil, new: String? = nil,
    breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: "\(layout).\(bits)", old: old, new: new, breaksSource: breaksSource,
      effect: .wherever(
        layout.asBitLayout,
        gate: { meeting, area in gate(meeting, area, layout, bits) },
        breaks: { meeting, area in breaks(meeting, area, layout, bits) },
        run: { meeting, area, random in
          var worst = Outcome.understood
          for (structure, field) in fields(meeting, area, layout) {
            let met = StructureMeeting(meeting: meeting, area: area, name: structure)
            worst = worst.worst(met.run(field: field, bits: bits, random: &random))
          }
          return worst
        }))
  }

  /// Where both sides have the bits.
  private func fields(_ meeting: Meeting, _ area: Area, _ layout: String) -> [(structure: String, field: String)] {
    meeting.sender(area).layout.structures.flatMap { structure in
      structure.fields.filter {
        $0.bits == layout && meeting.receiver(area).structures[structure.name]?.field($0.name)?.bits == layout
      }.map { (structure.name, $0.name) }
    }
  }

  /// The bits without which these stay zero, in whatever field they stand.
  private func gate(_ meeting: Meeting, _ area: Area, _ layout: String, _ bits: String) -> Set<Int> {
    let gates = fields(meeting, area, layout).map {
      meeting.gate(of: Layout.Reference(structure: $0.structure, field: $0.field, bits: bits), area)
    }
    return gates.dropFirst().reduce(gates.first ?? []) { $0.intersection($1) }
  }

  private func breaks(_ meeting: Meeting, _ area: Area, _ layout: String, _ bits: String) -> Bool {
    let (sender, receiver) = (meeting.sender(area), meeting.receiver(area))
    guard !fields(meeting, area, layout).isEmpty, let ours = sender.bitLayouts[layout],
      let theirs = receiver.bitLayouts[layout]
    else { return false }
    switch (ours.used(bits), theirs.used(bits)) {
    case (let one?, let other?): return one.low != other.low || one.width != other.width
    case (let one?, nil):
      return !receiver.checksReserved || one.mask & ~theirs.unused != 0 || area == .writable
    case (nil, let other?): return !sender.checksReserved || other.mask & ~ours.unused != 0
    case (nil, nil): return false
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
