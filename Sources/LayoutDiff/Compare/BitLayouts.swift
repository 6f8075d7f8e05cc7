import Model

/// Bits within integers.
struct BitComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let layouts = Pairing(old.layout.bitLayouts, new.layout.bitLayouts, by: \.name)
    return layouts.pairs.flatMap(compare)
      + layouts.removed.map {
        Draft(rule: .bitsRemoved, place: $0.name, old: "\($0.ranges.used.count) ranges", breaksSource: true)
      } + layouts.added.map { Draft(rule: .bitsAdded, place: $0.name, new: "\($0.ranges.used.count) ranges") }
  }

  private func compare(_ old: Layout.BitLayout, _ new: Layout.BitLayout) -> [Draft] {
    let ranges = Pairing(old.ranges.used, new.ranges.used, by: \.name)
    let (reused, removed, added) = ranges.reused { $0.low == $1.low && $0.width == $1.width }
    var drafts: [Draft] = []
    for (one, other) in ranges.pairs {
      if one.low != other.low || one.width != other.width {
        drafts.append(draft(.bitsMoved, old.name, [one.name], old: one.place, new: other.place))
      }
      if one.enumeration != other.enumeration { drafts.append(meaning(old.name, one, other)) }
    }
    drafts += reused.map { one, other in
      draft(.bitsReused, old.name, [one.name, other.name], old: one.name, new: other.name, breaksSource: true)
    }
    drafts += removed.map { range in
      draft(
        new.isReserved(range) ? .bitsReserved : .bitsRemoved, old.name, [range.name], old: range.place,
        breaksSource: true)
    }
    drafts += added.map { range in
      draft(old.isReserved(range) ? .bitsUsed : .bitsAdded, old.name, [range.name], new: range.place)
    }
    return drafts
  }

  private func draft(
    _ rule: DiffRule, _ layout: String, _ names: [String], old: String? = nil, new: String? = nil,
    breaksSource: Bool = false
  ) -> Draft {
    let effects = names.flatMap { bits in
      [false, true].map { inRegisters in
        Effect.wherever(
          layout.asBitLayout, inRegisters: inRegisters,
          gate: { meeting, area in inRegisters ? [] : gate(meeting, area, layout, bits) },
          breaks: { BitFate($0, $1, layout: layout, isInRegister: inRegisters).breaks(bits) },
          run: { meeting, area, random in
            var worst = Outcome.understood
            let places = inRegisters ? meeting.registers(of: layout, area) : meeting.fields(of: layout, area)
            for place in places {
              worst = worst.worst(place.meeting.run(field: place.field, bits: bits, random: &random))
            }
            return worst
          })
      }
    }
    return Draft(
      rule: rule, place: "\(layout).\(names[0])", old: old, new: new, breaksSource: breaksSource,
      effect: .all(effects))
  }

  /// Bits that are a number on one side and a code on the other, or codes of another enumeration.
  private func meaning(_ layout: String, _ old: Layout.BitRange, _ new: Layout.BitRange) -> Draft {
    let meanings = { (meeting: Meeting, area: Area) -> (sent: Meaning, read: Meaning)? in
      guard let sent = meeting.sender(area).bitLayouts[layout]?.used(old.name),
        let read = meeting.receiver(area).bitLayouts[layout]?.used(old.name)
      else { return nil }
      return (Meaning(sent, meeting.sender(area)), Meaning(read, meeting.receiver(area)))
    }
    return Draft(
      rule: .bitsMeaning, place: "\(layout).\(old.name)", old: old.enumeration.map { "code of \($0)" } ?? "number",
      new: new.enumeration.map { "code of \($0)" } ?? "number",
      effect: .wherever(
        layout.asBitLayout, gate: { meeting, area in gate(meeting, area, layout, old.name) },
        breaks: { meeting, area in meanings(meeting, area).map { $0.sent.isLost(on: $0.read) } ?? false },
        run: { meeting, area, _ in
          guard let (sent, read) = meanings(meeting, area),
            var field = (meeting.fields(of: layout, area) + meeting.registers(of: layout, area)).first?.sent
          else { return .understood }
          field.name += ".\(old.name)"
          return MeaningMeeting(meeting: meeting, area: area, field: field, sent: sent, read: read).outcome
        }))
  }

  /// The bits without which these stay zero, in whatever field they stand.
  private func gate(_ meeting: Meeting, _ area: Area, _ layout: String, _ bits: String) -> Set<Int> {
    let gates = meeting.fields(of: layout, area).map {
      meeting.gate(of: Layout.Reference(structure: $0.structure, field: $0.field, bits: bits), area)
    }
    return gates.dropFirst().reduce(gates.first ?? []) { $0.intersection($1) }
  }
}

/// What the rules say becomes of bits of which only one side may know.
struct BitFate {
  private let sender: LayoutIndex
  private let receiver: LayoutIndex
  private let ours: Layout.BitLayout?
  private let theirs: Layout.BitLayout?
  /// Who reads a register ignores what it does not know.
  private let isForgiving: Bool

  init(_ meeting: Meeting, _ area: Area, layout: String, isInRegister: Bool) {
    sender = meeting.sender(area)
    receiver = meeting.receiver(area)
    isForgiving = isInRegister && area == .writable
    let isShared = !(isInRegister ? meeting.registers(of: layout, area) : meeting.fields(of: layout, area)).isEmpty
    ours = isShared ? sender.bitLayouts[layout] : nil
    theirs = isShared ? receiver.bitLayouts[layout] : nil
  }

  /// Whether what is sent in them is not understood.
  func breaks(_ bits: String) -> Bool {
    guard let ours, let theirs else { return false }
    let written = sender.checksReserved ? sender.written(ours) : .max
    switch (ours.used(bits), theirs.used(bits)) {
    case (let one?, let other?):
      // Who looks at fewer bits than are described may still see all that are used; who looks at more finds zero there,
      // or something else.
      return one.low != other.low || sender.values(one) & ~other.mask != 0 || other.mask & ~one.mask & written != 0
    case (let one?, nil): return !isForgiving || one.mask & ~theirs.unused != 0
    case (nil, let other?): return other.mask & written != 0
    case (nil, nil): return false
    }
  }
}

extension Meeting {
  /// An integer with a bit layout, and the structure or register around it as both sides read it.
  struct BitPlace {
    let structure: String
    let sent: Layout.Field
    let meeting: StructureMeeting
    var field: String { sent.name }
  }

  func fields(of layout: String, _ area: Area) -> [BitPlace] {
    sender(area).layout.structures.flatMap { structure in
      structure.fields.compactMap { field in
        guard field.bits == layout else { return nil }
        // Both look at the same integer: where it stands is for the structures to compare.
        return BitPlace(
          structure: structure.name, sent: field,
          meeting: StructureMeeting(self, area, sent: structure, read: structure))
      }
    }
  }

  func registers(of layout: String, _ area: Area) -> [BitPlace] {
    let (ours, theirs) = (sender(area), receiver(area))
    return ours.layout.registers.compactMap { register in
      let structure = register.asStructure
      guard register.areas.contains(area), let field = structure.fields.first, field.bits == layout,
        theirs.registers[register.name.asRegister]?.type == register.type
      else { return nil }
      return BitPlace(
        structure: structure.name, sent: field,
        meeting: StructureMeeting(self, area, sent: structure, read: structure, isForgiving: area == .writable))
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
