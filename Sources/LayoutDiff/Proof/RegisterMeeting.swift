import Model

/// A register of one side, read and written by the other at its own place.
struct RegisterMeeting {
  let meeting: Meeting
  let name: String
  let rule: DiffRule

  /// The worst that is seen, over numbers of elements and byte orders of the guest.
  func run(_ random: inout SplitMix) -> Outcome {
    guard let mine = meeting.driver.layout.register(name) else { return .understood }
    if let theirs = meeting.device.layout.register(name) {
      if rule == .registerReset { return afterReset(mine, theirs) }
      if rule == .registerMeaning {
        return Self.meanings(mine, theirs, meeting).map(\.outcome).reduce(.understood) { $0.worst($1) }
      }
    }
    var worst = Outcome.understood
    for bigEndianGuest in meeting.bigEndianGuests {
      for elements in 1...3 {
        let space = ConfigurationSpace(
          meeting.device.layout, elements: elements, bigEndianGuest: bigEndianGuest, random: &random)
        worst = worst.worst(read(mine, space)).worst(write(mine, space))
        if worst.breaks { return worst }
      }
    }
    return worst
  }

  /// What both make of the same value, in each direction in which it goes.
  static func meanings(
    _ mine: Layout.Register, _ theirs: Layout.Register, _ meeting: Meeting
  ) -> [MeaningMeeting] {
    mine.areas.filter(theirs.areas.contains).compactMap { area in
      let (ours, others) = area == .readable ? (mine, theirs) : (theirs, mine)
      return ours.asStructure.fields.first.map { field in
        MeaningMeeting(
          meeting: meeting, area: area, field: field, sent: Meaning(ours.type, meeting.sender(area)),
          read: Meaning(others.type, meeting.receiver(area)))
      }
    }
  }

  /// The device has what its version says, or anything where that says nothing; the driver reads it.
  private func afterReset(_ mine: Layout.Register, _ theirs: Layout.Register) -> Outcome {
    guard let wanted = mine.reset, let field = theirs.asStructure.fields.first else { return .understood }
    var bytes = [UInt8](repeating: 0, count: theirs.width)
    field.set(theirs.reset ?? ~wanted, in: &bytes, at: 0, bigEndianGuest: false)
    let found = field.value(in: bytes[0...], bigEndianGuest: false)
    guard found != wanted else { return .understood }
    return .misread(
      "after reset, \(meeting.deviceName) has \(theirs.reset.map { "\($0)" } ?? "anything") in \(name), "
        + "\(meeting.driverName) reads \(found) and counts on \(wanted)")
  }

  private func read(_ mine: Layout.Register, _ space: ConfigurationSpace) -> Outcome {
    let count = space.count(mine, meeting.driver.layout)
    for element in 0..<min(count, ConfigurationSpace.mostElements) {
      let text =
        "\(meeting.driverName) reads \(name) at \(space.place(mine, meeting.driver.layout, element: element))"
      guard let value = space.value(mine, element, meeting.driver.layout) else {
        return .misread("\(text), beyond the end of \(space.bytes.count) bytes")
      }
      guard let theirs = meeting.device.layout.register(name) else {
        return .misread("\(text): \(hex(value, width: mine.width)), where \(meeting.deviceName) has no such register")
      }
      guard mine.access != .writeOnly else { continue }
      guard theirs.access != .writeOnly else {
        return .misread("\(text), which \(meeting.deviceName) lets nobody read")
      }
      let place = space.place(theirs, meeting.device.layout, element: element)
      guard element < space.count(theirs, meeting.device.layout),
        let meant = space.value(theirs, element, meeting.device.layout)
      else { return .misread("\(text), element \(element), which \(meeting.deviceName) does not have") }
      if meant != value {
        return .misread(
          """
          \(meeting.deviceName) has \(name) \(hex(meant, width: theirs.width)) at \(place), \(text): \
          \(hex(value, width: mine.width))
          """)
      }
    }
    return .understood
  }

  /// What the driver writes does not change what the device has elsewhere.
  private func write(_ mine: Layout.Register, _ space: ConfigurationSpace) -> Outcome {
    guard mine.access != .readOnly, let theirs = meeting.device.layout.register(name) else { return .understood }
    let text = "\(meeting.driverName) writes \(name) at \(space.place(mine, meeting.driver.layout))"
    guard theirs.access != .readOnly else { return .refused("\(text), which \(meeting.deviceName) ignores") }
    let value: UInt64 = 0x0102_0304_0506_0708 & (.max >> UInt64(64 - 8 * mine.width))
    guard let changed = space.writing(value, mine, meeting.driver.layout) else {
      return .misread("\(text), beyond the end of \(space.bytes.count) bytes")
    }
    let found = changed.value(theirs, 0, meeting.device.layout)
    guard found != value else { return .understood }
    return .misread(
      "\(text): \(hex(value, width: mine.width)), \(meeting.deviceName) finds \(hex(found ?? 0, width: theirs.width))")
  }
}
