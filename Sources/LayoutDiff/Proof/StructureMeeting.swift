import Model

/// A structure that one side fills and the other reads at the same place, whatever stands around it.
struct StructureMeeting {
  let meeting: Meeting
  let area: Area
  private let sent: Layout.Structure
  private let read: Layout.Structure
  /// Whether the receiver ignores bits that it does not describe, as who reads a register does.
  private let isForgiving: Bool

  /// How often to try: with the bits to look at alone, with all bits, and at random.
  static let tries = 7

  init(
    _ meeting: Meeting, _ area: Area, sent: Layout.Structure, read: Layout.Structure, isForgiving: Bool = false
  ) {
    self.meeting = meeting
    self.area = area
    self.sent = sent
    self.read = read
    self.isForgiving = isForgiving
  }

  /// The structure of that name; nil where it is not on both sides.
  init?(_ meeting: Meeting, _ area: Area, name: String) {
    guard let sent = meeting.sender(area).structures[name], let read = meeting.receiver(area).structures[name] else {
      return nil
    }
    self.init(meeting, area, sent: sent, read: read)
  }

  private var sender: LayoutIndex { meeting.sender(area) }
  private var receiver: LayoutIndex { meeting.receiver(area) }
  private var writer: String { meeting.senderName(area) }
  private var reader: String { meeting.receiverName(area) }

  /// What becomes of a field, or of the place where only one side has it.
  ///
  /// - Parameter bits: the bits of the field to look at; nil for all that both sides describe.
  func run(field: String, bits: String? = nil, random: inout SplitMix) -> Outcome {
    var worst = Outcome.understood
    for bigEndianGuest in meeting.bigEndianGuests {
      for turn in 0..<Self.tries {
        var filler = StructureFiller(
          index: sender, isPlain: turn < 2, only: turn == 0 ? bits : nil, bigEndianGuest: bigEndianGuest)
        let bytes = filler.filled(sent, room: max(sent.size, read.size), &random)
        worst = worst.worst(outcome(of: field, bits, bytes, bigEndianGuest))
        if worst.breaks { return worst }
      }
    }
    return worst
  }

  private func outcome(of field: String, _ bits: String?, _ bytes: [UInt8], _ bigEndianGuest: Bool) -> Outcome {
    let difference = StructureDifference(
      sent: PlacedStructure(structure: sent, index: sender, owner: writer, start: 0),
      read: PlacedStructure(structure: read, index: receiver, owner: reader, start: 0), bytes: bytes,
      bigEndianGuest: bigEndianGuest)
    switch (sent.used(field), read.used(field)) {
    case (let ours?, let theirs?):
      if let found = difference.misread(only: field, bits: bits) { return .misread(found.text) }
      if let bits { return oneSided(bits, ours, theirs, bytes, bigEndianGuest) }
      if ours.width < theirs.width, let text = strayBits(theirs, bytes, bigEndianGuest) { return .refused(text) }
      return .understood
    case (nil, nil): return .understood
    case (_?, nil), (nil, _?):
      if let found = difference.unshared(only: field) { return .misread(found.text) }
      if area == .readable, let theirs = read.used(field), theirs.end <= bytes.count {
        let check = StructureCheck(receiver, bigEndianGuest: bigEndianGuest)
        let value = theirs.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
        let wrong = check.unknown(theirs, of: read.name, bytes, at: 0) ?? StructureCheck.beyond(theirs, value)
        return wrong.map { .refused("\(writer) leaves \(field) zero, \(reader) \($0)") } ?? .understood
      }
      guard let ours = sent.used(field), ours.isSet(in: bytes, at: 0),
        let text = StructureCheck(receiver, bigEndianGuest: bigEndianGuest).reserved(read, bytes, at: 0)
      else { return .understood }
      return .refused("\(reader) \(text)")
    }
  }

  /// Reserved bits of the receiver in bytes that the sender does not know to be part of the field.
  private func strayBits(_ theirs: Layout.Field, _ bytes: [UInt8], _ bigEndianGuest: Bool) -> String? {
    guard receiver.checksReserved, let layout = theirs.bits.flatMap({ receiver.bitLayouts[$0] }) else { return nil }
    let value = theirs.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
    guard value & layout.unused != 0 else { return nil }
    return "\(reader) checks the reserved bits of \(theirs.name) and finds \(theirs.shown(in: bytes))"
  }

  /// Bits that only one side describes.
  private func oneSided(
    _ bits: String, _ ours: Layout.Field, _ theirs: Layout.Field, _ bytes: [UInt8], _ bigEndianGuest: Bool
  ) -> Outcome {
    guard let one = ours.bits.flatMap({ sender.bitLayouts[$0] }),
      let other = theirs.bits.flatMap({ receiver.bitLayouts[$0] })
    else { return .understood }
    let value = ours.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
    if let range = one.used(bits), other.used(bits) == nil, value & range.mask != 0 {
      let written = hex((value & range.mask) >> UInt64(range.low), width: 0)
      let text = "\(writer) writes \(ours.name).\(bits) \(written) (\(ours.shown(in: bytes))), which \(reader) "
      if value & range.mask & ~other.unused != 0 { return .misread(text + "reads as something else") }
      if isForgiving { return .understood }
      return receiver.checksReserved ? .refused(text + "checks to be zero") : .misread(text + "ignores")
    }
    if one.used(bits) == nil, let range = other.used(bits), value & range.mask != 0 {
      let found = hex((value & range.mask) >> UInt64(range.low), width: 0)
      let place = theirs.shown(in: bytes)
      return .misread("\(writer) does not write \(theirs.name).\(bits), \(reader) reads \(found) (\(place))")
    }
    return .understood
  }
}
