public import Wire

extension V0_4 {
  public struct DataHeader: LegacyMessage {
    public static let name: StaticString = "data_hdr"
    public static let summary: StaticString = "Names a data request."
    public static let byteCount = 2
    public let dataClass = Field<Code<DataClass, UInt8>>(at: 0, "Class of the request.", name: "class")
    public let command = Field<Code<DataCommand, UInt8>>(at: 1, "Request within the class.", name: "cmd")
    @inlinable public init() {}
  }

  public struct DataResult: LegacyMessage {
    public static let name: StaticString = "data_result"
    public static let summary: StaticString = "Says how a data request ended."
    public static let byteCount = 6
    public let result = Field<Code<Legacy.Result, UInt8>>(at: 0, "How the request ended.")
    public let resultData = Field<UInt8>(at: 1, "Detail of an error.")
    public let outputDataLength = Field<UInt32>(at: 2, "Bytes of output.")
    public static let bounds = [
      output(atMost: .field(\SeparateBuffers.outputBufferLength)),
      output(atMost: .field(\InPlaceBuffers.outputBufferLength)),
    ]

    private static func output(atMost room: FieldReference) -> Bound {
      Bound(
        [.field(\DataResult.outputDataLength)], atMost: room,
        zeroUnless: .equals(.field(\DataResult.result), UInt64(Legacy.Result.ok.rawValue)))
    }

    @inlinable public init() {}
  }

  public struct SeparateBuffers: LegacyMessage {
    public static let name: StaticString = "data_separate"
    public static let summary: StaticString = "A packet whose output goes to buffers of its own."
    public static let byteCount = 52
    public let saContextHandle = Field<[8 of UInt32]>(at: 0, "Handle of the SA.")
    public let numInputBuffers = Field<UInt32>(at: 32, "Number of input descriptors.")
    public let inputDataLength = Field<UInt32>(at: 36, "Bytes of input.")
    public let numOutputBuffers = Field<UInt32>(at: 40, "Number of output descriptors.")
    public let outputBufferLength = Field<UInt32>(at: 44, "Bytes of room for output.")
    public let flags = Field<UInt32>(at: 48, "None is defined.")
    @inlinable public init() {}
  }

  public struct InPlaceBuffers: LegacyMessage {
    public static let name: StaticString = "data_in_place"
    public static let summary: StaticString =
      "A packet whose output goes where the input stands; offsets run over all buffers."
    public static let byteCount = 60
    public let saContextHandle = Field<[8 of UInt32]>(at: 0, "Handle of the SA.")
    public let numBuffers = Field<UInt32>(at: 32, "Number of descriptors.")
    public let bufferLength = Field<UInt32>(at: 36, "Bytes of all of them.")
    public let inputStartOfData = Field<UInt32>(at: 40, "Offset of the input.")
    public let inputDataLength = Field<UInt32>(at: 44, "Bytes of input.")
    public let outputStartOfData = Field<UInt32>(at: 48, "Offset at which to put the output.")
    public let outputBufferLength = Field<UInt32>(at: 52, "Bytes of room for output, from there on.")
    public let flags = Field<UInt32>(at: 56, "None is defined.")
    public static let bounds = [
      Bound(
        [.field(\InPlaceBuffers.inputStartOfData), .field(\InPlaceBuffers.inputDataLength)],
        atMost: .field(\InPlaceBuffers.bufferLength)),
      Bound(
        [.field(\InPlaceBuffers.outputStartOfData), .field(\InPlaceBuffers.outputBufferLength)],
        atMost: .field(\InPlaceBuffers.bufferLength)),
    ]
    @inlinable public init() {}
  }

  public struct Notification: LegacyMessage {
    public static let name: StaticString = "notification"
    public static let summary: StaticString = "Tells the guest of an event."
    public static let byteCount = 72
    public let event = Field<Code<NotificationEvent, UInt32>>(at: 0, "What happened.", name: "notify_event")
    public let groupHandle = Field<[8 of UInt32]>(at: 4, "Handle of the SA's group; zeros if it has none.")
    public let saContextHandle = Field<[8 of UInt32]>(at: 36, "Handle of the SA.")
    public let value = Field<UInt32>(at: 68, "Kilobytes so far, or the current sequence number.")
    @inlinable public init() {}
  }
}
