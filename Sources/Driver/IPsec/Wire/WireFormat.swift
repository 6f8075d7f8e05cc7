import Spec
import Wire

/// A version of the interface as the driver writes and reads it.
protocol WireFormat: AnyObject {
  var version: SpecVersion { get }

  // MARK: Control

  /// Whether every SA is in a group.
  var needsGroup: Bool { get }
  /// The device-readable bytes of a command.
  ///
  /// - Throws: `DriverError`: EOPNOTSUPP for what the version cannot say, EINVAL.
  func request(_ command: IPsecCommand) throws(DriverError) -> MessageBytes
  /// Bytes of room for the answer.
  func room(for command: IPsecCommand) -> Int
  /// Reads the answer; `bytes` is all of the room.
  ///
  /// - Throws: `DriverError` as the device's status says, EPROTO for an answer that cannot be.
  func answer(_ bytes: [UInt8], to command: IPsecCommand) throws(DriverError) -> IPsecAnswer

  // MARK: Data

  /// Bytes in front of the input, and in front of the room for output, of each packet.
  var dataHeaderByteCount: Int { get }
  var completionByteCount: Int { get }
  /// Most packets of one chain.
  var maximumPackets: Int { get }
  /// Writes the header of a packet.
  ///
  /// - Parameter following: in the first header of a chain, how many packets follow.
  func fillHeader(_ request: IPsecRequest, following: Int, _ bytes: inout MutableRawSpan)
  /// What the device says of a packet.
  func completion(_ bytes: RawSpan) -> IPsecRequest.Outcome
  /// Why the device refused a packet, as 2.0 calls it; nil where it does not tell.
  func status(_ bytes: RawSpan) -> V2_0.Status?

  // MARK: Notifications

  var notificationByteCount: Int { get }
  /// Nil for bytes that are none.
  func notification(_ bytes: [UInt8]) -> WireNotification?
}

/// An event as the device tells it.
struct WireNotification {
  var event: NotificationEvent
  var sa: WireHandle
  var value: UInt64
  var coalesced: UInt32
}
