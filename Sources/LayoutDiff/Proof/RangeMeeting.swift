import Model

/// A number that a driver may write, and that a device may refuse.
struct RangeMeeting {
  let meeting: Meeting
  let place: String
  let sent: Layout.Field
  let read: Layout.Field

  /// Whether the driver may write what the device refuses.
  var isBeyond: Bool { sent.range.least < read.range.least || sent.range.most > read.range.most }

  /// The ends of what the driver may write, as the device reads them.
  var outcome: Outcome {
    for value in [sent.range.least, sent.range.most] {
      var bytes = [UInt8](repeating: 0, count: sent.end)
      sent.set(value, in: &bytes, at: 0, bigEndianGuest: false)
      let found = sent.value(in: bytes[0...], bigEndianGuest: false)
      guard let text = StructureCheck.beyond(read, found) else { continue }
      let written = "\(place) \(found) (\(sent.shown(in: bytes)))"
      return .refused("\(meeting.driverName) writes \(written), \(meeting.deviceName) \(text)")
    }
    return .understood
  }
}

/// The numbers that are allowed in a field.
struct NumberRange: Equatable {
  let least: UInt64
  let most: UInt64

  var text: String { "\(least) to \(most)" }
}

extension Layout.Field {
  /// Whether its limits say more than its width does.
  var isLimited: Bool { range.least > 0 || range.most < .max >> UInt64(64 - 8 * min(8, max(1, width))) }

  /// What is allowed in it; everything that fits where nothing else is said.
  var range: NumberRange {
    let all = UInt64.max >> UInt64(64 - 8 * min(8, max(1, width)))
    return NumberRange(least: min(least ?? 0, all), most: min(most ?? .max, all))
  }
}
