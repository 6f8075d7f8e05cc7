import Model

/// A structure that one side fills and the other reads at the same place, whatever stands around it.
struct StructureMeeting {
  let meeting: Meeting
  let area: Area
  let name: String

  /// How often to try.
  static let tries = 6

  private var sender: LayoutIndex { meeting.sender(area) }
  private var receiver: LayoutIndex { meeting.receiver(area) }
  private var writes: String { "\(meeting.senderName(area)) writes" }
  private var reader: String { meeting.receiverName(area) }

  /// What becomes of a field, or of the place where only one side has it.
  ///
  /// - Parameter bits: the bits of the field to look at; nil for all that both sides describe.
  func run(field: String, bits: String? = nil, random: inout SplitMix) -> Outcome {
    guard let sent = sender.structures[name], let read = receiver.structures[name] else { return .understood }
    var worst = Outcome.understood
    for bigEndianGuest in sender.layout.isGuestOrdered || receiver.layout.isGuestOrdered ? [false, true] : [false] {
      for turn in 0..<Self.tries {
        var filler = StructureFiller(
          index: sender, isPlain: turn == 0, only: turn == 0 ? bits : nil, bigEndianGuest: bigEndianGuest)
        let bytes = filler.filled(sent, room: max(sent.size, read.size), &random)
        worst = worst.worst(outcome(of: field, bits, sent, read, bytes, bigEndianGuest))
        if worst.breaks { return worst }
      }
    }
    return worst
  }

  private func outcome(
    of field: String, _ bits: String?, _ sent: Layout.Structure, _ read: Layout.Structure, _ bytes: [UInt8],
    _ bigEndianGuest: Bool
  ) -> Outcome {
    switch (sent.used(field), read.used(field)) {
    case (let ours?, let theirs?):
      if let text = StructureCheck.difference(
        sent: sent, by: (sender, meeting.senderName(area)), at: 0, read: read, by: (receiver, reader), at: 0, in: bytes,
        bigEndianGuest: bigEndianGuest, only: field, bits: bits)
      {
        return .misread(text)
      }
      if let bits { return oneSided(bits, ours, theirs, bytes, bigEndianGuest) }
      if ours.width < theirs.width, let text = strayBits(theirs, bytes, bigEndianGuest) { return .refused(text) }
      if area == .readable, theirs.enumeration != ours.enumeration,
        let text = StructureCheck(receiver, bigEndianGuest: bigEndianGuest).unknown(theirs, of: name, bytes, at: 0)
      {
        return .refused("\(reader) \(text)")
      }
      return .understood
    case (nil, nil): return .understood
    case (_?, nil), (nil, _?):
      if let text = StructureCheck.unshared(
        sent: sent, by: (sender, meeting.senderName(area)), at: 0, read: read, by: (receiver, reader), at: 0, in: bytes,
        bigEndianGuest: bigEndianGuest, only: field)
      {
        return .misread(text)
      }
      guard let ours = sent.used(field), ours.isSet(in: bytes, at: 0),
        let text = StructureCheck(receiver, bigEndianGuest: bigEndianGuest).reserved(read, bytes, at: 0)
      else { return .understood }
      return area == .readable ? .refusedReserved("\(reader) \(text)") : .refused("\(reader) \(text)")
    }
  }

  /// Reserved bits of the receiver in bytes that the sender does not know to be part of the field.
  private func strayBits(_ theirs: Layout.Field, _ bytes: [UInt8], _ bigEndianGuest: Bool) -> String? {
    guard receiver.checksReserved, let layout = theirs.bits.flatMap({ receiver.bitLayouts[$0] }) else { return nil }
    let value = theirs.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
    guard value & layout.unused != 0 else { return nil }
    return "\(reader) checks the reserved bits of \(theirs.name) and finds \(hex(value, width: theirs.width))"
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
      let text =
        "\(writes) \(ours.name).\(bits) \(hex((value & range.mask) >> UInt64(range.low), width: 0)), which \(reader) "
      if range.mask & ~other.unused != 0 { return .misread(text + "reads as something else") }
      guard receiver.checksReserved else { return .misread(text + "ignores") }
      return area == .readable ? .refusedReserved(text + "checks to be zero") : .refused(text + "checks to be zero")
    }
    if one.used(bits) == nil, let range = other.used(bits), value & range.mask != 0 {
      let found = hex((value & range.mask) >> UInt64(range.low), width: 0)
      return .misread("\(meeting.senderName(area)) does not write \(theirs.name).\(bits), \(reader) reads \(found)")
    }
    return .understood
  }
}
