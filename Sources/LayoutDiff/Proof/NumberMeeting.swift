import Model

/// An enumerator that one side writes wherever its enumeration travels, and that the other looks up.
struct NumberMeeting {
  let meeting: Meeting
  let area: Area
  let enumeration: String
  let name: String

  var outcome: Outcome {
    let receiver = meeting.receiver(area)
    guard let value = meeting.sender(area).number(name, enumeration) else { return .understood }
    for place in meeting.sender(area).places(of: enumeration) {
      var bytes = [UInt8](repeating: 0, count: place.field.end)
      let written = value << UInt64(place.low) & (.max >> UInt64(64 - 8 * place.field.width))
      place.field.set(written, in: &bytes, at: 0, bigEndianGuest: false)
      let found = place.field.value(in: bytes[0...], bigEndianGuest: false) >> UInt64(place.low)
      let writes =
        "\(meeting.senderName(area)) writes \(value) for \(name) in \(place.name) (\(place.field.shown(in: bytes))), "
        + meeting.receiverName(area)
      if let meaning = receiver.name(found, enumeration) {
        if meaning != name { return .misread("\(writes) takes it for \(meaning)") }
      } else if receiver.number(name, enumeration) != nil || !meeting.isEcho(enumeration, area) {
        return .refused("\(writes) does not know it")
      }
    }
    return .understood
  }
}

extension LayoutIndex {
  /// An integer, or bits of it, that holds a number of an enumeration.
  struct CodePlace {
    let name: String
    let field: Layout.Field
    let low: Int
  }

  /// Every field and register that holds a number of the enumeration, or has bits that do.
  func places(of enumeration: String) -> [CodePlace] {
    (layout.structures + layout.registers.map(\.asStructure)).flatMap { structure in
      structure.fields.flatMap { field -> [CodePlace] in
        let name = "\(structure.name).\(field.name)"
        if field.enumeration == enumeration { return [CodePlace(name: name, field: field, low: 0)] }
        let ranges = field.bits.flatMap { bitLayouts[$0]?.ranges } ?? []
        return ranges.filter { $0.enumeration == enumeration }.map {
          CodePlace(name: "\(name).\($0.name)", field: field, low: $0.low)
        }
      }
    }
  }
}
