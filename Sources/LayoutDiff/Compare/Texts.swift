import Model

/// Summaries of what both sides have.
struct TextComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    Pairing(old.layout.texts, new.layout.texts, by: \.key).pairs.filter { $0.text != $1.text }.map { one, other in
      Draft(rule: .documentation, place: one.place, old: one.text, new: other.text)
    }
  }
}

/// A text and what it describes; a structure and a bit layout may share a name.
private struct Described {
  let kind: String
  let place: String
  let text: String

  var key: String { "\(kind) \(place)" }
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
  fileprivate var texts: [Described] { deviceTexts + numberTexts + structureTexts + chainTexts + ruleTexts }

  private var deviceTexts: [Described] {
    [Described(kind: "device", place: "title", text: title), Described(kind: "device", place: "summary", text: summary)]
      + registers.map { Described(kind: "register", place: "registers.\($0.name)", text: $0.summary) }
      + features.map { Described(kind: "feature", place: "features.\($0.name)", text: $0.summary) }
      + queues.kinds.map { Described(kind: "queue", place: "queues.\($0.name)", text: $0.summary) }
  }

  private var numberTexts: [Described] {
    (enumerations + constants).flatMap { group in
      [Described(kind: "enumeration", place: group.name, text: group.summary)]
        + group.numbers.map { Described(kind: "number", place: "\(group.name).\($0.name)", text: $0.summary) }
    }
  }

  private var structureTexts: [Described] {
    bitLayouts.flatMap { bits in
      [Described(kind: "bits", place: bits.name, text: bits.summary)]
        + bits.ranges.map { Described(kind: "range", place: "\(bits.name).\($0.name)", text: $0.summary) }
    }
      + structures.flatMap { structure in
        [Described(kind: "structure", place: structure.name, text: structure.summary)]
          + structure.fields.filter { !$0.isReserved }.map {
            Described(kind: "field", place: "\(structure.name).\($0.name)", text: $0.summary)
          }
      }
  }

  private var chainTexts: [Described] {
    groups.map { Described(kind: "group", place: "groups.\($0.name)", text: $0.summary) }
      + attributeSets.map { Described(kind: "attributes", place: "attributes.\($0.name)", text: $0.summary) }
      + services.flatMap { service in
        [Described(kind: "service", place: "services.\(service.name)", text: service.summary)]
          + service.commands.map { Described(kind: "command", place: "commands.\($0.name)", text: $0.summary) }
      }
  }

  private var ruleTexts: [Described] {
    statements.map { Described(kind: "statement", place: "statements.\($0.id)", text: $0.text) }
      + errata.map { Described(kind: "erratum", place: "errata.\($0.id)", text: "\($0.defect) \($0.resolution)") }
      + quirks.map { Described(kind: "quirk", place: "quirks.\($0.name)", text: $0.summary) }
  }
}
