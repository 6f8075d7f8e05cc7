public import Wire

extension V2_0 {
  /// In front of each packet.
  public struct DataRequest: ModernMessage {
    public static let name: StaticString = "data_req"
    public static let summary: StaticString = "Asks the device to process one packet."
    public static let byteCount = 32
    public let sa = Field<UInt64>(at: 0, "Handle of the SA or bundle.", within: 1...(.max))
    public let inputLength = Field<UInt32>(at: 8, "Bytes of input, which follow the last header.")
    public let outputCapacity = Field<UInt32>(at: 12, "Bytes of room for output, which follow the last completion.")
    public let operation = Field<Code<Operation, UInt16>>(at: 16, "What to do with it.")
    public let flags = Field<Packed<DataFlags>>(at: 18, "How to do it.")
    public let following = Field<UInt16>(at: 20, "In the first request of a chain, how many follow it; 0 in those.")
    public let reserved = Reserved(at: 22, count: 2)
    public let cookie = Field<UInt64>(at: 24, "The driver's own; the device does not look at it.")
    @inlinable public init() {}
  }

  public struct DataFlags: BitLayout {
    public typealias Storage = UInt16
    public static let name: StaticString = "data_flag"
    public static let summary: StaticString = "How to process a packet."
    public let inPlace = Bits(
      0, "Input and output name the same memory; the device reads each byte before it writes there.")
    public let dummy = Bits(1, "Make a dummy packet (RFC 4303, section 2.6); the input is its filling.")
    public let reserved = Bits(reserved: 2...15)
    @inlinable public init() {}
  }

  /// First in what the device writes for each packet.
  public struct Completion: ModernMessage {
    public static let name: StaticString = "data_completion"
    public static let summary: StaticString = "Says how the processing of one packet ended."
    public static let byteCount = 16
    public let status = Field<Code<Status, UInt32>>(at: 0, "How it ended.")
    public let outputLength = Field<UInt32>(at: 4, "Bytes of output; 0 unless the status is OK.")
    public let sequence = Field<UInt64>(at: 8, "Sequence number sent or received, with its high half if ESN is on.")
    public static let bounds = [
      Bound(
        [.field(\Completion.outputLength)], atMost: .field(\DataRequest.outputCapacity),
        zeroUnless: .equals(.field(\Completion.status), UInt64(Status.ok.rawValue)))
    ]
    @inlinable public init() {}
  }

  public struct Notification: ModernMessage {
    public static let name: StaticString = "notification"
    public static let summary: StaticString = "Tells the driver of an event on an SA."
    public static let byteCount = 32
    public let event = Field<Code<NotificationEvent, UInt16>>(at: 0, "What happened.")
    public let reserved = Reserved(at: 2, count: 2)
    public let coalesced = Field<UInt32>(at: 4, "Earlier events of this kind on this SA that this one stands for.")
    public let group = Field<UInt64>(at: 8, "Handle of the SA's group; 0 for none.")
    public let sa = Field<UInt64>(at: 16, "Handle of the SA.")
    public let value = Field<UInt64>(at: 24, "Bytes or packets so far, or the current sequence number.")
    @inlinable public init() {}
  }
}
