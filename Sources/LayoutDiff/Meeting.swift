import Model

/// Who meets whom.
public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
  case oldDriver = "old-driver-new-device"
  case newDriver = "new-driver-old-device"

  /// Which of the two versions the driver follows.
  public var driver: String { self == .oldDriver ? "old" : "new" }
  public var device: String { self == .oldDriver ? "new" : "old" }
  public var mirrored: Direction { self == .oldDriver ? .newDriver : .oldDriver }
  /// For people.
  public var title: String { "\(driver) driver, \(device) device" }
}

/// The two areas of a chain.
enum Area: String, CaseIterable {
  case readable, writable
}

/// A driver of one layout and a device of another.
struct Meeting {
  let direction: Direction
  let driver: LayoutIndex
  let device: LayoutIndex
  /// Both sides with all that they have, in a meeting that is `under` some features.
  private let unrestricted: (driver: LayoutIndex, device: LayoutIndex)?

  init(_ direction: Direction, driver: LayoutIndex, device: LayoutIndex) {
    self.init(direction, driver: driver, device: device, unrestricted: nil)
  }

  private init(
    _ direction: Direction, driver: LayoutIndex, device: LayoutIndex,
    unrestricted: (driver: LayoutIndex, device: LayoutIndex)?
  ) {
    self.direction = direction
    self.driver = driver
    self.device = device
    self.unrestricted = unrestricted
  }

  init(_ direction: Direction, old: LayoutIndex, new: LayoutIndex) {
    self.init(direction, driver: direction == .oldDriver ? old : new, device: direction == .oldDriver ? new : old)
  }

  /// The same sides after feature negotiation: neither uses what needs a feature that was not negotiated.
  func under(_ negotiated: Set<Int>) -> Meeting {
    Meeting(
      direction, driver: driver.restricted(to: negotiated), device: device.restricted(to: negotiated),
      unrestricted: (driver, device))
  }

  /// The same sides before feature negotiation.
  var whole: Meeting {
    unrestricted.map { Meeting(direction, driver: $0.driver, device: $0.device) } ?? self
  }

  /// Bits that both sides offer or accept: no other can be negotiated.
  var negotiable: Set<Int> { driver.featureBits.intersection(device.featureBits) }

  /// The bits that were negotiated, in a meeting that is `under` some.
  var negotiated: Set<Int> { driver.negotiated ?? negotiable }

  /// What the older and the newer side have of something.
  func sides<Value>(old: Value, new: Value) -> (driver: Value, device: Value) {
    direction == .oldDriver ? (old, new) : (new, old)
  }

  /// Whether the guest is big-endian, each to be tried: that matters only where something is in the guest's order.
  var bigEndianGuests: [Bool] { [driver, device].contains(where: \.layout.isGuestOrdered) ? [false, true] : [false] }

  func sender(_ area: Area) -> LayoutIndex { area == .readable ? driver : device }
  func receiver(_ area: Area) -> LayoutIndex { area == .readable ? device : driver }
  func senderName(_ area: Area) -> String { area == .readable ? driverName : deviceName }
  func receiverName(_ area: Area) -> String { area == .readable ? deviceName : driverName }
  var driverName: String { "\(direction.driver) driver" }
  var deviceName: String { "\(direction.device) device" }

  /// Commands and registers that both sides have and in which the sender's thing of that name travels.
  func carriers(_ key: String, _ area: Area) -> Set<String> {
    sender(area).uses.carriers(key, area).filter { driver.carries($0) && device.carries($0) }
  }

  /// The bits that each place needs in which the sender's thing of that name travels with a command or register.
  func places(of key: String, _ area: Area, carrier: String) -> Set<Set<Int>> {
    let index = sender(area)
    return Set(index.uses.features(key, area, carrier).map { Set($0.map(index.bit)) })
  }

  /// The bits without which a command or register does not travel.
  func gate(of carrier: String) -> Set<Int> { driver.gate(of: carrier).union(device.gate(of: carrier)) }
}

extension Layout {
  /// Whether anything is in the guest's order.
  fileprivate var isGuestOrdered: Bool {
    registers.contains { $0.order == .guest } || structures.contains { $0.fields.contains { $0.order == .guest } }
  }
}
