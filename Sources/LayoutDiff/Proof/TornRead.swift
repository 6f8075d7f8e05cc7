import Model

/// A driver that reads a 64-bit register as two of 32 bits, while the device counts on between the reads.
struct TornRead {
  let meeting: Meeting
  let whole: String
  let low: String
  let high: String

  func run(_ random: inout SplitMix) -> Outcome {
    let (driver, device) = (meeting.driver.layout, meeting.device.layout)
    let space = ConfigurationSpace(device, elements: 1, bigEndianGuest: false, random: &random)
    let (before, after): (UInt64, UInt64) = (0xffff_ffff, 0x1_0000_0000)
    guard let low = driver.register(low), let high = driver.register(high), let whole = device.register(whole),
      let early = space.writing(before, whole, device), let late = space.writing(after, whole, device),
      let first = early.value(low, 0, driver), let second = late.value(high, 0, driver)
    else { return .understood }
    let found = first | second << 32
    guard found != before, found != after else { return .understood }
    return .misread(
      """
      \(meeting.driverName) reads \(low.name) at \(low.offset), \(meeting.deviceName) counts \(whole.name) from \
      \(hex(before, width: 8)) to \(hex(after, width: 8)), \(meeting.driverName) reads \(high.name) at \(high.offset): \
      \(hex(found, width: 8))
      """)
  }
}
