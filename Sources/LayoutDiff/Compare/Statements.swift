import Model

/// Rules of behaviour that no layout carries, but two on which it depends who understands whom.
struct StatementComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let statements = Pairing(old.layout.statements, new.layout.statements, by: \.id)
    return statements.removed.map { draft($0.id, old: $0.text) } + statements.added.map { draft($0.id, new: $0.text) }
      + statements.pairs.filter { $0.text != $1.text }.map { one, other in
        Draft(rule: .behaviour, place: "statements.\(one.id)", old: one.text, new: other.text)
      }
  }

  private func draft(_ id: String, old: String? = nil, new: String? = nil) -> Draft {
    let effect: Effect? =
      switch id {
      case "modern": modern
      case "reserved": reserved
      default: nil
      }
    return Draft(rule: .behaviour, place: "statements.\(id)", old: old, new: new, effect: effect)
  }

  /// A modern device refuses a driver that does not accept `VIRTIO_F_VERSION_1`.
  private var modern: Effect {
    let version1 = "VIRTIO_F_VERSION_1"
    return .stated(
      { meeting in
        guard meeting.device.isModern, !meeting.driver.isModern else { return .never }
        var breakage = Breakage.never
        breakage.insert(without: [meeting.device.bit(version1)], negotiable: meeting.negotiable)
        return breakage
      },
      deciding: { [$0.device.bit(version1)] },
      because: { "\($0.driverName) does not accept \(version1), \($0.deviceName) clears FEATURES_OK" })
  }

  /// Who need not write zero to what is reserved is refused by who looks.
  private var reserved: Effect {
    .all(
      Set((old.layout.structures + new.layout.structures).map(\.name)).sorted().map { name in
        .wherever(
          name,
          breaks: { meeting, area in
            let (sender, receiver) = (meeting.sender(area), meeting.receiver(area))
            return !sender.checksReserved && receiver.checksReserved && sender.hasReserved(name)
          },
          run: { meeting, area, random in
            let (sender, receiver) = (meeting.sender(area), meeting.receiver(area))
            guard let structure = sender.structures[name] else { return .understood }
            var filler = StructureFiller(index: sender, isPlain: false, only: nil, bigEndianGuest: false)
            let bytes = filler.filled(structure, room: structure.size, &random)
            // What the receiver uses is not what it checks: the bytes are looked at as the sender divides them.
            let check = StructureCheck(sender, bigEndianGuest: false, isStrict: receiver.checksReserved)
            let found = check.reserved(structure, bytes, at: 0)
            return found.map { .refused("\(meeting.receiverName(area)) \($0)") } ?? .understood
          })
      })
  }
}

extension LayoutIndex {
  fileprivate var isModern: Bool { layout.statements.contains { $0.id == "modern" } }

  /// Whether a structure has bytes or bits that mean nothing.
  fileprivate func hasReserved(_ name: String) -> Bool {
    (structures[name]?.fields ?? []).contains { field in
      field.isReserved && field.size > 0 || field.bits.flatMap { bitLayouts[$0] }.map { $0.unused != 0 } ?? false
    }
  }
}
