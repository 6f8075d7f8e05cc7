import Model

/// A length that a sender may write, and that a receiver finds above the limit of the bytes that it counts.
struct LimitMeeting {
  let meeting: Meeting
  let area: Area
  /// The limited bytes of the same part on both sides.
  let sent: [LimitedBytes]
  let read: [LimitedBytes]
  /// Structures among the parts themselves: a length in one of them is the sender's.
  private let inside: Set<String>

  init(_ meeting: Meeting, _ area: Area, _ parts: (old: [Layout.Part], new: [Layout.Part])) {
    self.meeting = meeting
    self.area = area
    let (driver, device) = meeting.sides(old: parts.old, new: parts.new)
    inside = Set((driver + device).flatMap(\.mentions).filter { $0.kind == "structure" }.map(\.name))
    (sent, read) = area == .readable ? (driver.limits, device.limits) : (device.limits, driver.limits)
  }

  /// Whether there is such a length, by the limits alone.
  var isBeyond: Bool {
    zip(sent, read).contains { ours, theirs in
      let (writer, reader) = sides(ours.length)
      return min(limit(writer, ours, theirs), writer.most(ours.length)) > limit(reader, ours, theirs)
    }
  }

  /// The first length above the reader's limit, written to its field and read again.
  var outcome: Outcome {
    for (ours, theirs) in zip(sent, read) {
      let (writer, reader) = sides(ours.length)
      let (allowed, accepted) = (limit(writer, ours, theirs), limit(reader, ours, theirs))
      guard accepted < allowed, let structure = writer.structures[ours.length.structure],
        let field = structure.field(ours.length.field)
      else { continue }
      var bytes = [UInt8](repeating: 0, count: structure.size)
      field.set(accepted + 1, in: &bytes, at: 0, bigEndianGuest: false)
      let found = field.value(in: bytes[0...], bigEndianGuest: false)
      guard found > accepted, found <= field.range.most else { continue }
      let names = (meeting.driverName, meeting.deviceName)
      let (who, other) = writer === meeting.driver ? names : (names.1, names.0)
      let written = "\(ours.length) \(found) (\(field.shown(in: bytes))) for \(ours.name)"
      return .refused("\(who) writes \(written), \(other) finds it above the limit of \(accepted)")
    }
    return .understood
  }

  /// Who writes the length and who reads it: room for an answer is what the driver asks for.
  private func sides(_ length: Layout.Reference) -> (writer: LayoutIndex, reader: LayoutIndex) {
    let isAnswered =
      area == .writable && !inside.contains(length.structure)
      && !meeting.driver.uses.carriers(length.structure, .readable).isEmpty
    return isAnswered ? (meeting.driver, meeting.device) : (meeting.sender(area), meeting.receiver(area))
  }

  private func limit(_ side: LayoutIndex, _ ours: LimitedBytes, _ theirs: LimitedBytes) -> UInt64 {
    UInt64(max(0, side === meeting.sender(area) ? ours.limit : theirs.limit))
  }
}

/// Bytes of which a field says how many, up to a limit.
struct LimitedBytes {
  let name: String
  let length: Layout.Reference
  let limit: Int
}

extension LayoutIndex {
  /// The greatest number that a field may have.
  fileprivate func most(_ reference: Layout.Reference) -> UInt64 {
    structures[reference.structure]?.field(reference.field)?.range.most ?? 0
  }
}

extension [Layout.Part] {
  /// What says how often parts are there, in order.
  var counts: [Layout.Reference] {
    flatMap { part -> [Layout.Reference] in
      switch part {
      case .repeated(_, let count, let parts): [count] + parts.counts
      case .optional(_, let inner): [inner].counts
      case .measured(_, let parts): parts.counts
      case .bytes, .structure, .group, .attributes, .slack: []
      }
    }
  }

  /// The limits of bytes, in order.
  var limits: [LimitedBytes] {
    flatMap { part -> [LimitedBytes] in
      switch part {
      case .bytes(let name, .field(let length, let limit), _): [LimitedBytes(name: name, length: length, limit: limit)]
      case .optional(_, let inner): [inner].limits
      case .repeated(_, _, let parts), .measured(_, let parts): parts.limits
      case .bytes, .structure, .group, .attributes, .slack: []
      }
    }
  }
}
