import Model

/// A structure that one side fills and the other reads at the same place, whatever stands around it.
struct StructureMeeting {
  let meeting: Meeting
  let area: Area
  let name: String

  /// How often to try.
  static let tries = 6

  /// What becomes of a field, or of the place where only one side has it.
  ///
  /// - Parameter bits: the bits of the field to look at; nil for all that both sides describe.
  func run(field: String, bits: String? = nil, random: inout SplitMix) -> Outcome {
    let sender: LayoutIndex = meeting.sender(area)
    let receiver: LayoutIndex = meeting.receiver(area)
    guard let sent = sender.structures[name], let read = receiver.structures[name] else { return .understood }
    var worst = Outcome.understood
    for bigEndianGuest in [false, true] {
      for _ in 0..<Self.tries {
        let bytes = filled(sent, sender, room: max(sent.size, read.size), bigEndianGuest, &random)
        worst = worst.worst(outcome(of: field, bits, sent, read, bytes, bigEndianGuest))
        if worst.breaks { return worst }
      }
    }
    return worst
  }

  private func outcome(
    of field: String, _ bits: String?, _ sent: Layout.Structure, _ read: Layout.Structure, _ bytes: [UInt8], _ bigEndianGuest: Bool
  ) -> Outcome {
    let sender = (index: meeting.sender(area) as LayoutIndex, name: meeting.sender(area) as String)
    let receiver = (index: meeting.receiver(area) as LayoutIndex, name: meeting.receiver(area) as String)
    let ours = sent.field(field).flatMap { $0.type == .reserved ? nil : $0 }
    let theirs = read.field(field).flatMap { $0.type == .reserved ? nil : $0 }
    switch (ours, theirs) {
    case (let ours?, let theirs?):
      if let text = StructureCheck.difference(
        sent: sent, by: sender, at: 0, read: read, by: receiver, at: 0, in: bytes, bigEndianGuest: bigEndianGuest, only: field,
        bits: bits)
      {
        return .misread(text)
      }
      if let bits { return oneSided(bits, ours, theirs, bytes, bigEndianGuest) }
      if area == .readable, theirs.enumeration != ours.enumeration,
        let text = StructureCheck(receiver.index, bigEndianGuest: bigEndianGuest).unknown(theirs, of: name, bytes, at: 0)
      {
        return .refused("\(receiver.name) \(text)")
      }
      return .understood
    case (let ours?, nil):
      let covering = read.fields.filter { $0.type == .reserved && $0.checksReserved }
      let isCovered = (ours.offset..<ours.end).allSatisfy { byte in covering.contains { ($0.offset..<$0.end).contains(byte) } }
      let value = ours.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
      guard isCovered else {
        return .misread(
          "\(sender.name) writes \(field) at \(ours.offset), \(receiver.name) does not read it: \(hex(value, width: ours.width)) is lost")
      }
      if area == .writable { return .understood }
      return StructureCheck(receiver.index, bigEndianGuest: bigEndianGuest).reserved(read, bytes, at: 0)
        .map { .refusedReserved("\(receiver.name) \($0)") } ?? .understood
    case (nil, let theirs?):
      let value = theirs.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
      return value == 0
        ? .understood
        : .misread(
          "\(sender.name) does not write \(field), \(receiver.name) reads it at \(theirs.offset): \(hex(value, width: theirs.width)) out of something else")
    case (nil, nil): return .understood
    }
  }

  /// Bits that only one side describes.
  private func oneSided(
    _ bits: String, _ ours: Layout.Field, _ theirs: Layout.Field, _ bytes: [UInt8], _ bigEndianGuest: Bool
  ) -> Outcome {
    let sender: LayoutIndex = meeting.sender(area)
    let receiver: LayoutIndex = meeting.receiver(area)
    guard let one = ours.bits.flatMap({ sender.bitLayouts[$0] }), let other = theirs.bits.flatMap({ receiver.bitLayouts[$0] })
    else { return .understood }
    let value = ours.value(in: bytes[0...], bigEndianGuest: bigEndianGuest)
    if let range = one.used(bits), other.used(bits) == nil {
      let stray = hex((value & range.mask) >> UInt64(range.low), width: 0)
      let text = "\(meeting.sender(area) as String) writes \(ours.name).\(bits) \(stray), which \(meeting.receiver(area) as String) "
      if range.mask & ~other.unused != 0 { return .misread(text + "reads as something else") }
      guard theirs.checksReserved else { return .misread(text + "ignores") }
      return area == .readable && value & range.mask != 0 ? .refusedReserved(text + "checks to be zero") : .understood
    }
    if one.used(bits) == nil, let range = other.used(bits), value & range.mask != 0 {
      let found = hex((value & range.mask) >> UInt64(range.low), width: 0)
      return .misread(
        "\(meeting.sender(area) as String) does not write \(theirs.name).\(bits), \(meeting.receiver(area) as String) reads \(found)")
    }
    return .understood
  }

  /// Random values, reserved bytes as the sender's rules have them, and something else behind the structure.
  private func filled(
    _ structure: Layout.Structure, _ index: LayoutIndex, room: Int, _ bigEndianGuest: Bool, _ random: inout SplitMix
  ) -> [UInt8] {
    var bytes = (0..<room).map { _ in UInt8.random(in: 1...255, using: &random) }
    for field in structure.fields {
      for element in 0..<(field.count ?? 1) {
        field.set(value(of: field, index, &random), in: &bytes, at: 0, element: element, bigEndianGuest: bigEndianGuest)
      }
    }
    return bytes
  }

  private func value(of field: Layout.Field, _ index: LayoutIndex, _ random: inout SplitMix) -> UInt64 {
    let any = UInt64.random(in: 1...(.max >> UInt64(64 - 8 * min(8, field.width))), using: &random)
    switch field.type {
    case .reserved: return field.checksReserved ? 0 : any
    case .number, .structure: return any
    case .code(let name): return index.codes[name]?.sorted().last { $0 != 0 } ?? any
    case .bits(let name): return field.checksReserved ? any & ~(index.bitLayouts[name]?.unused ?? 0) : any
    }
  }
}
