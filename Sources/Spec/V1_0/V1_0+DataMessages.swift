public import Wire

extension V1_0 {
  public struct DataHeader: LegacyMessage {
    public static let name: StaticString = "hdr"
    public static let summary: StaticString =
      "Describes a packet; its last three fields are the device's answer, and ignored here."
    public static let byteCount = 48
    public let groupHandle = Field<[8 of UInt8]>(at: 0, "Handle of the group.")
    public let saContextHandle = Field<[8 of UInt8]>(at: 8, "Handle of the SA.")
    public let numInputBuffers = Field<UInt32>(at: 16, "Number of input descriptors.")
    public let inputDataLength = Field<UInt32>(at: 20, "Bytes of input.")
    public let numOutputBuffers = Field<UInt32>(at: 24, "Number of output descriptors.")
    public let outputBufferLength = Field<UInt32>(at: 28, "Bytes of room for output.")
    public let flags = Field<UInt32>(at: 32, "None is defined.")
    public let outputDataLength = Field<UInt32>(at: 36, "Ignored here: bytes of output.")
    public let result = Field<Code<Legacy.Result, UInt32>>(at: 40, "Ignored here: how the request ended.")
    public let errorCode = Field<UInt32>(at: 44, "Ignored here: detail of an error.")
    @inlinable public init() {}
  }

  public struct DataReply: LegacyMessage {
    public static let name: StaticString = "data_reply"
    public static let summary: StaticString = "The fields of the header that the device writes."
    public static let byteCount = 12
    public let outputDataLength = Field<UInt32>(at: 0, "Bytes of output.")
    public let result = Field<Code<Legacy.Result, UInt32>>(at: 4, "How the request ended.")
    public let errorCode = Field<UInt32>(at: 8, "Detail of an error.")
    public static let bounds = [
      Bound(
        [.field(\DataReply.outputDataLength)], atMost: .field(\DataHeader.outputBufferLength),
        zeroUnless: .equals(.field(\DataReply.result), UInt64(Legacy.Result.ok.rawValue)))
    ]
    @inlinable public init() {}
  }

  public struct Notification: LegacyMessage {
    public static let name: StaticString = "notification"
    public static let summary: StaticString = "Tells the guest of an event."
    public static let byteCount = 24
    public let event = Field<Code<NotificationEvent, UInt32>>(at: 0, "What happened.", name: "notify_event")
    public let groupHandle = Field<[8 of UInt8]>(at: 4, "Handle of the SA's group; zeros if it has none.")
    public let saContextHandle = Field<[8 of UInt8]>(at: 12, "Handle of the SA.")
    public let value = Field<UInt32>(at: 20, "Kilobytes so far, or the current sequence number.")
    @inlinable public init() {}
  }
}
