import Model

/// A field of which both sides read the same bytes, and make of them what they know.
struct MeaningMeeting {
  let meeting: Meeting
  let area: Area
  /// The field as the sender has it.
  let field: Layout.Field
  let sent: Meaning
  let read: Meaning

  var outcome: Outcome {
    let (writer, reader) = (meeting.senderName(area), meeting.receiverName(area))
    for value in sent.samples(width: field.width) {
      var bytes = [UInt8](repeating: 0, count: field.end)
      field.set(value, in: &bytes, at: 0, bigEndianGuest: false)
      let found = field.value(in: bytes[0...], bigEndianGuest: false)
      guard let (meant, taken) = sent.misunderstanding(of: found, by: read) else { continue }
      let content = field.shown(in: bytes)
      return .misread("\(writer) writes \(field.name) \(content) for \(meant), \(reader) takes it for \(taken)")
    }
    return .understood
  }
}
