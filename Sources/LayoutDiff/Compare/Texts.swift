import Model

/// Summaries of what both sides have.
struct TextComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let (before, after) = (old.layout.texts, new.layout.texts)
    let known = Dictionary(before.map { ($0.place, $0.text) }) { first, _ in first }
    return after.compactMap { place, text in
      guard let other = known[place], other != text else { return nil }
      return Draft(rule: .documentation, place: place, old: other, new: text)
    }
  }
}

/// Rules of behaviour that no layout carries, but two that the layouts' meeting depends on.
struct StatementComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let statements = Pairing(old.layout.statements, new.layout.statements, by: \.id)
    return statements.removed.map { draft($0.id, old: $0.text) } + statements.added.map { draft($0.id, new: $0.text) }
  }

  private func draft(_ id: String, old: String? = nil, new: String? = nil) -> Draft {
    Draft(rule: .behaviour, place: "statements.\(id)", old: old, new: new, effect: id == "modern" ? modern : nil)
  }

  /// A modern device refuses a driver that does not accept `VIRTIO_F_VERSION_1`.
  private var modern: Effect {
    let version1 = "VIRTIO_F_VERSION_1"
    return Effect(
      breakage: { meeting in
        guard meeting.device.isModern, !meeting.driver.isModern else { return .never }
        var breakage = Breakage.never
        breakage.insert(without: [meeting.device.bit(version1)], negotiable: meeting.negotiable)
        return breakage
      },
      deciding: { [$0.device.bit(version1)] },
      run: { meeting, _ in
        let isAccepted = meeting.negotiated.contains(meeting.device.bit(version1))
        guard meeting.device.isModern, !meeting.driver.isModern, !isAccepted else { return .understood }
        return .refused("\(meeting.driverName) does not accept \(version1), \(meeting.deviceName) clears FEATURES_OK")
      })
  }
}

extension LayoutIndex {
  fileprivate var isModern: Bool { layout.statements.contains { $0.id == "modern" } }
}

extension Layout {
  /// Every text, with its place.
  fileprivate var texts: [(place: String, text: String)] {
    var texts = [("title", title), ("summary", summary)]
    texts += registers.map { ("registers.\($0.name)", $0.summary) }
    texts += features.map { ("features.\($0.name)", $0.summary) }
    texts += queues.kinds.map { ("queues.\($0.name)", $0.summary) }
    for group in enumerations + constants {
      texts.append((group.name, group.summary))
      texts += group.numbers.map { ("\(group.name).\($0.name)", $0.summary) }
    }
    for bits in bitLayouts {
      texts.append((bits.name, bits.summary))
      texts += bits.ranges.map { ("\(bits.name).\($0.name)", $0.summary) }
    }
    for structure in structures {
      texts.append((structure.name, structure.summary))
      texts += structure.fields.filter { !$0.isReserved }.map { ("\(structure.name).\($0.name)", $0.summary) }
    }
    texts += groups.map { ("groups.\($0.name)", $0.summary) }
    for service in services {
      texts.append(("services.\(service.name)", service.summary))
      texts += service.commands.map { ("commands.\($0.name)", $0.summary) }
    }
    texts += statements.map { ("statements.\($0.id)", $0.text) }
    texts += errata.map { ("errata.\($0.id)", "\($0.defect) \($0.resolution)") }
    return texts + quirks.map { ("quirks.\($0.name)", $0.summary) }
  }
}
