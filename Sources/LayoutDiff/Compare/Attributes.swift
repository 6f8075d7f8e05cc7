import Model

/// Two sets of type-length-value attributes.
struct AttributeComparison {
  let old: Layout.AttributeSet
  let new: Layout.AttributeSet

  var drafts: [Draft] {
    let attributes = Pairing(old.attributes, new.attributes, by: \.name)
    var drafts = attributes.removed.map {
      draft(.attributeRemoved, $0, old: "type \($0.type.value)", breaksSource: true)
    }
    drafts += attributes.added.map { draft(.attributeAdded, $0, new: "type \($0.type.value)") }
    for (one, other) in attributes.pairs {
      if one.type.value != other.type.value {
        drafts.append(
          draft(
            .attributeType, one, old: "\(one.type.value)", new: "\(other.type.value)",
            run: { meeting, area, _ in
              AttributeMeeting(meeting: meeting, area: area, set: self.old.name, name: one.name).outcome
            }))
      }
      if let rule = one.parts.difference(other.parts) {
        let parts = (one.parts, other.parts)
        drafts.append(
          draft(
            rule, one, old: one.parts.text(rule), new: other.parts.text(rule),
            breaks: { rule.breaksChains($0, $1, parts) },
            run: rule == .chainLimit
              ? { meeting, area, _ in
                guard meeting.knows(one.name, in: self.old.name) else { return .understood }
                return LimitMeeting(meeting, area, meeting.present(parts)).outcome
              } : nil))
      }
      if one.type.name != other.type.name {
        drafts.append(
          Draft(
            rule: .attributeMacro, place: "attributes.\(self.old.name).\(one.name)", old: one.type.name,
            new: other.type.name, breaksSource: true))
      }
    }
    for index in drafts.indices where drafts[index].rule.isOfParts { drafts[index].effect?.isCautious = true }
    return drafts + encoding
  }

  private func draft(
    _ rule: DiffRule, _ attribute: Layout.Attribute, old: String? = nil, new: String? = nil, breaksSource: Bool = false,
    breaks: ((Meeting, Area) -> Bool)? = nil, run: ((Meeting, Area, inout SplitMix) -> Outcome)? = nil
  ) -> Draft {
    let name = attribute.name
    return Draft(
      rule: rule, place: "attributes.\(self.old.name).\(name)", old: old, new: new, breaksSource: breaksSource,
      effect: .wherever(
        self.old.name.asAttributeSet,
        gate: { meeting, area in gate(of: name, meeting.sender(area)) },
        breaks: breaks ?? { meeting, area in isMissed(name, meeting, area) },
        run: run ?? { meeting, area, random in
          Hybrid.run(key: self.old.name.asAttributeSet, meeting, area, &random) { layout, receiver in
            layout.adopt(attribute: name, of: self.old.name, from: receiver)
          }
        }))
  }

  private func gate(of name: String, _ sender: LayoutIndex) -> Set<Int> {
    guard let attribute = sender.attributeSets[old.name]?.attributes.first(where: { $0.name == name }) else {
      return []
    }
    return Set(sender.layout.features(of: attribute.type.name).map(sender.bit))
  }

  /// A device refuses an attribute that it does not know and that is not marked; a driver passes over it.
  private func isMissed(_ name: String, _ meeting: Meeting, _ area: Area) -> Bool {
    guard let set = meeting.sender(area).attributeSets[old.name],
      let other = meeting.receiver(area).attributeSets[old.name],
      let sent = set.attributes.first(where: { $0.name == name })
    else { return false }
    let known = other.attributes.first { $0.name == name }
    let taken = other.attributes.first { $0.type.value == sent.type.value }
    if known?.type.value == sent.type.value { return false }
    let isPassedOver = area == .writable || other.ignores(sent.type.value)
    return taken != nil || known != nil || !isPassedOver
  }

  private var encoding: [Draft] {
    guard old.header != new.header || old.alignment != new.alignment || old.ignorableBit != new.ignorableBit else {
      return []
    }
    return [
      Draft(
        rule: .attributeEncoding, place: "attributes.\(old.name)", old: old.encodingText, new: new.encodingText,
        effect: .all(framing + marks))
    ]
  }

  /// Where one attribute ends and the next begins.
  private var framing: [Effect] {
    guard old.header != new.header || old.alignment != new.alignment else { return [] }
    let effect = Effect.wherever(
      old.name.asAttributeSet, breaks: { _, _ in true },
      run: { meeting, area, random in
        Hybrid.run(key: old.name.asAttributeSet, meeting, area, &random) { layout, receiver in
          guard let other = receiver.attributeSets[old.name] else { return }
          for index in layout.attributeSets.indices where layout.attributeSets[index].name == old.name {
            layout.attributeSets[index].header = other.header
            layout.attributeSets[index].alignment = other.alignment
            layout.attributeSets[index].ignorableBit = other.ignorableBit
          }
        }
      })
    return [effect]
  }

  /// Whether each attribute may be passed over by who does not know it.
  private var marks: [Effect] {
    guard old.ignorableBit != new.ignorableBit else { return [] }
    return Set((old.attributes + new.attributes).map(\.name)).sorted().map { name in
      .wherever(
        old.name.asAttributeSet,
        gate: { meeting, area in gate(of: name, meeting.sender(area)) },
        breaks: { MarkMeeting(meeting: $0, area: $1, set: old.name, name: name).outcome.breaks },
        run: { meeting, area, _ in MarkMeeting(meeting: meeting, area: area, set: old.name, name: name).outcome })
    }
  }
}

extension Layout {
  /// Gives a set the receiver's attribute of that name, or takes it away; what is not known is the receiver's to judge.
  fileprivate mutating func adopt(attribute name: String, of set: String, from receiver: LayoutIndex) {
    guard let other = receiver.attributeSets[set] else { return }
    let wanted = other.attributes.first { $0.name == name }
    for index in attributeSets.indices where attributeSets[index].name == set {
      attributeSets[index].ignorableBit = other.ignorableBit
      attributeSets[index].attributes.removeAll { $0.name == name }
      if let wanted { attributeSets[index].attributes.insert(wanted, at: 0) }
    }
  }
}

extension Meeting {
  /// Whether both sides have an attribute, under the features of the meeting.
  fileprivate func knows(_ attribute: String, in set: String) -> Bool {
    [driver, device].allSatisfy { $0.attributeSets[set]?.attributes.contains { $0.name == attribute } ?? false }
  }
}

extension Layout.AttributeSet {
  fileprivate var encodingText: String { "\(header), aligned to \(alignment), ignorable by bit \(ignorableBit)" }
}
