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
  func fillHeader(_ packet: PacketHeader, _ bytes: inout MutableRawSpan)
  func completion(_ bytes: RawSpan) -> PacketCompletion

  // MARK: Notifications

  var notificationByteCount: Int { get }
  /// Nil for bytes that are none.
  func notification(_ bytes: [UInt8]) -> WireNotification?
}

/// What a data header says.
struct PacketHeader {
  var sa: WireHandle
  var group: WireHandle?
  var direction: SADirection
  var inputLength: Int
  var outputCapacity: Int
  var inputBuffers: Int
  var outputBuffers: Int
  /// In the first header of a chain, how many packets follow.
  var following: Int
  var cookie: UInt64

  @inline(__always)
  init(_ request: IPsecRequest, following: Int) {
    let sa = request.sa
    (self.sa, group, direction, cookie) = (sa.handle, sa.group?.handle, sa.direction, sa.identity)
    (inputLength, outputCapacity) = (request.inputByteCount, request.outputByteCount)
    (inputBuffers, outputBuffers) = (request.inputCount, request.outputCount)
    self.following = following
  }
}

/// What the device writes of a packet.
struct PacketCompletion {
  /// Nil for success.
  var error: Errno?
  /// The device's status by its name, or what it says of an error.
  var status: String
  var outputLength: Int
  var sequence: UInt64?

  /// The device wrote none.
  static let missing = PacketCompletion(error: .EPROTO, status: "no completion", outputLength: 0, sequence: nil)
}

/// An event as the device tells it.
struct WireNotification {
  var event: NotificationEvent
  var sa: WireHandle
  var value: UInt64
  var coalesced: UInt32
}
