import Model

/// An attribute's header, written by one side and looked up by the other.
struct AttributeMeeting {
  let meeting: Meeting
  let area: Area
  let set: String
  let name: String

  var outcome: Outcome {
    let (sender, receiver) = (meeting.sender(area), meeting.receiver(area))
    guard let sent = sender.attributeSets[set]?.attributes.first(where: { $0.name == name }),
      let read = receiver.attributeSets[set],
      let header = sender.attributeSets[set].flatMap({ sender.structures[$0.header] }), let type = header.fields.first
    else { return .understood }
    var bytes = [UInt8](repeating: 0, count: header.size)
    type.set(sent.type.value, in: &bytes, at: 0, bigEndianGuest: false)
    let found = type.value(in: bytes[0...], bigEndianGuest: false)
    let content = bytes[type.offset..<type.end].map { hex(UInt64($0), width: 1) }.joined()
    let writes =
      "\(meeting.senderName(area)) writes attribute \(name) as \(found) (\(content)), \(meeting.receiverName(area))"
    if let other = read.attributes.first(where: { $0.type.value == found }) {
      return other.name == name ? .understood : .misread("\(writes) takes it for \(other.name)")
    }
    if let known = read.attributes.first(where: { $0.name == name }) {
      return .refused("\(writes) does not know attribute \(found) and looks for \(known.type.value)")
    }
    let isPassedOver = area == .writable || read.ignores(found)
    return isPassedOver ? .understood : .refused("\(writes) does not know attribute \(found)")
  }
}
