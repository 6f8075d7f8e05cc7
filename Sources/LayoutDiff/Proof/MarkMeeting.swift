import Model

/// An attribute that its receiver does not know, marked by one side's bit and judged by the other's.
struct MarkMeeting {
  let meeting: Meeting
  let area: Area
  let set: String
  let name: String

  /// A driver passes over whatever it does not know: only a device looks at the mark.
  var outcome: Outcome {
    guard area == .readable, let written = meeting.driver.attributeSets[set],
      let read = meeting.device.attributeSets[set], let sent = written.attributes.first(where: { $0.name == name }),
      !read.attributes.contains(where: { $0.type.value == sent.type.value })
    else { return .understood }
    let type = sent.type.value
    let isMarked = written.ignores(type)
    guard isMarked != read.ignores(type) else { return .understood }
    let mark = "may \(isMarked ? "" : "not ")be passed over"
    let writes =
      "\(meeting.driverName) writes attribute \(type) (\(name)), which by bit \(written.ignorableBit) \(mark)"
    let reads = "\(meeting.deviceName) looks at bit \(read.ignorableBit)"
    return isMarked ? .refused("\(writes), \(reads) and refuses it") : .misread("\(writes), \(reads) and ignores it")
  }
}

extension Layout.AttributeSet {
  /// Whether a receiver that does not know the type passes over it.
  func ignores(_ type: UInt64) -> Bool { type >> UInt64(ignorableBit) & 1 == 1 }
}
