import Model

/// Structures and their fields.
struct StructureComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let pairing = Pairing(old.layout.structures, new.layout.structures, by: \.name)
    return pairing.pairs.flatMap(compare)
      + pairing.removed.map {
        Draft(rule: .structureRemoved, place: $0.name, old: "\($0.size) bytes", breaksSource: true)
      }
      + pairing.added.map { Draft(rule: .structureAdded, place: $0.name, new: "\($0.size) bytes") }
  }

  private func compare(_ old: Layout.Structure, _ new: Layout.Structure) -> [Draft] {
    var drafts: [Draft] = []
    if old.size != new.size {
      drafts.append(
        Draft(
          rule: .structureSize, place: old.name, old: "\(old.size) bytes", new: "\(new.size) bytes",
          effect: .wherever(old.name, breaks: { _, _ in true }, run: Hybrid.run(structure: old.name))))
    }
    if old.isPacked != new.isPacked {
      drafts.append(
        Draft(
          rule: .structurePacking, place: old.name, old: old.isPacked ? "packed" : "aligned",
          new: new.isPacked ? "packed" : "aligned"))
    }
    let fields = Pairing(old.fields.used, new.fields.used, by: \.name)
    let (reused, removed, added) = fields.reused { $0.offset == $1.offset && $0.size == $1.size }
    for (one, other) in fields.pairs {
      if let draft = place(one, other, in: old.name) { drafts.append(draft) }
      if one.type != other.type { drafts.append(meaning(one, other, in: old.name)) }
      if one.range != other.range, one.width == other.width || one.isLimited || other.isLimited {
        drafts.append(range(one, other, in: old.name))
      }
    }
    for (one, other) in reused {
      drafts.append(
        draft(
          .fieldReused, [one.name, other.name], in: old.name, old: one.name, new: other.name, breaksSource: true))
    }
    for field in removed {
      let rule: DiffRule = new.covers(field, with: \.isReserved) ? .fieldReserved : .fieldRemoved
      drafts.append(draft(rule, [field.name], in: old.name, old: field.place, breaksSource: true))
    }
    for field in added {
      let rule: DiffRule = old.covers(field, with: \.isReserved) ? .reservedUsed : .fieldAdded
      drafts.append(draft(rule, [field.name], in: old.name, new: field.place))
    }
    return drafts
  }

  private func place(_ old: Layout.Field, _ new: Layout.Field, in structure: String) -> Draft? {
    let names = [old.name]
    if old.offset != new.offset {
      return draft(
        .fieldMoved, names, in: structure, old: old.place, new: new.place, breaksSource: old.cType != new.cType)
    }
    if old.width != new.width || old.count != new.count {
      return draft(.fieldShape, names, in: structure, old: old.place, new: new.place, breaksSource: true)
    }
    if old.order != new.order, old.width > 1 {
      return draft(
        .fieldOrder, names, in: structure, old: old.order.rawValue, new: new.order.rawValue, breaksSource: true)
    }
    return nil
  }

  /// A field that holds something else on the other side.
  private func meaning(_ old: Layout.Field, _ new: Layout.Field, in structure: String) -> Draft {
    let met = { (meeting: Meeting, area: Area) -> MeaningMeeting? in
      guard let sent = meeting.sender(area).structures[structure]?.used(old.name),
        let read = meeting.receiver(area).structures[structure]?.used(old.name)
      else { return nil }
      return MeaningMeeting(
        meeting: meeting, area: area, field: sent, sent: Meaning(sent.type, meeting.sender(area)),
        read: Meaning(read.type, meeting.receiver(area)))
    }
    return Draft(
      rule: .fieldMeaning, place: "\(structure).\(old.name)", old: old.type.text, new: new.type.text,
      effect: .wherever(
        structure, gate: { $0.gate(of: Layout.Reference(structure: structure, field: old.name), $1) },
        breaks: { met($0, $1).map { $0.sent.isLost(on: $0.read) } ?? false },
        run: { meeting, area, _ in met(meeting, area)?.outcome ?? .understood }))
  }

  /// A device refuses a number that is not allowed in a request; what it answers itself, nobody checks.
  private func range(_ old: Layout.Field, _ new: Layout.Field, in structure: String) -> Draft {
    let met = { (meeting: Meeting, area: Area) -> RangeMeeting? in
      guard area == .readable, let sent = meeting.driver.structures[structure]?.used(old.name),
        let read = meeting.device.structures[structure]?.used(old.name)
      else { return nil }
      return RangeMeeting(meeting: meeting, place: "\(structure).\(old.name)", sent: sent, read: read)
    }
    return Draft(
      rule: .fieldRange, place: "\(structure).\(old.name)", old: old.range.text, new: new.range.text,
      effect: .wherever(
        structure, gate: { $0.gate(of: Layout.Reference(structure: structure, field: old.name), $1) },
        breaks: { met($0, $1)?.isBeyond ?? false },
        run: { meeting, area, _ in met(meeting, area)?.outcome ?? .understood }))
  }

  private func draft(
    _ rule: DiffRule, _ names: [String], in structure: String, old: String? = nil, new: String? = nil,
    breaksSource: Bool = false
  ) -> Draft {
    Draft(
      rule: rule, place: "\(structure).\(names[0])", old: old, new: new, breaksSource: breaksSource,
      effect: .all(
        names.map { name in
          .wherever(
            structure,
            gate: { $0.gate(of: Layout.Reference(structure: structure, field: name), $1) },
            breaks: { meeting, area in FieldFate(meeting, area, structure: structure).breaks(name) },
            run: { meeting, area, random in
              StructureMeeting(meeting, area, name: structure)?.run(field: name, random: &random) ?? .understood
            })
        }))
  }
}

extension Meeting {
  /// The bits without which a field, or bits of it, stays zero for who has it.
  func gate(of reference: Layout.Reference, _ area: Area) -> Set<Int> {
    let owner = sender(area).layout.resolve(reference) == nil ? receiver(area) : sender(area)
    return Set(owner.layout.features(of: reference).map(owner.bit))
  }
}

extension Layout.Structure {
  /// Whether fields of a kind take every byte of a field's place.
  func covers(_ field: Layout.Field, with isKind: (Layout.Field) -> Bool) -> Bool {
    let covering = fields.filter(isKind)
    return (field.offset..<field.end).allSatisfy { byte in covering.contains { ($0.offset..<$0.end).contains(byte) } }
  }

  /// The field of that name, if it is in use.
  func used(_ name: String) -> Layout.Field? { fields.first { $0.name == name && !$0.isReserved } }
}

extension Layout.Field {
  var isReserved: Bool { type == .reserved }

  /// What C calls it: `le32[4]`.
  var cType: String {
    let prefix = width == 1 ? "u" : order == .little ? "le" : order == .big ? "be" : "u"
    return "\(prefix)\(8 * width)" + (count.map { "[\($0)]" } ?? "")
  }

  /// `le32 at 16`.
  var place: String { "\(cType) at \(offset)" }
}

extension Layout.FieldType {
  var text: String {
    switch self {
    case .number: "number"
    case .reserved: "reserved"
    case .code(let name): "code of \(name)"
    case .bits(let name): "bits of \(name)"
    case .structure(let name): "structure \(name)"
    }
  }
}
