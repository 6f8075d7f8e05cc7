public import Wire

extension Legacy {
  /// In front of every control command.
  public struct ControlHeader: LegacyMessage {
    public static let name: StaticString = "ctrl_hdr"
    public static let summary: StaticString = "Names a control command."
    public static let byteCount = 2
    public let commandClass = Field<Code<ControlClass, UInt8>>(at: 0, "Class of the command.", name: "class")
    public let command = Field<UInt8>(at: 1, "Command within the class.", name: "cmd")
    @inlinable public init() {}
  }

  /// Behind every control command.
  public struct ControlResult: LegacyMessage {
    public static let name: StaticString = "ctrl_result"
    public static let summary: StaticString = "Says how a control command ended."
    public static let byteCount = 2
    public let result = Field<Code<Result, UInt8>>(at: 0, "How the command ended.")
    public let resultData = Field<UInt8>(at: 1, "Detail of an error.")
    @inlinable public init() {}
  }

  public struct Capabilities: LegacyMessage {
    public static let name: StaticString = "ctrl_capabilities"
    public static let summary: StaticString = "Says which algorithms the device has."
    public static let byteCount = 8
    public let hmacAlgorithms = Field<UInt32>(at: 0, "Integrity algorithms: bit n set for algorithm n.")
    public let cipherAlgorithms = Field<UInt32>(at: 4, "Ciphers: bit n set for algorithm n.")
    @inlinable public init() {}
  }

  public struct SetGuestEndian: LegacyMessage {
    public static let name: StaticString = "set_guest_endian"
    public static let summary: StaticString = "Tells the device the guest's byte order."
    public static let byteCount = 1
    public let endian = Field<Code<Endian, UInt8>>(at: 0, "The guest's byte order.")
    @inlinable public init() {}
  }

  public struct OutSAInfo: LegacyMessage {
    public static let name: StaticString = "out_sa_info"
    public static let summary: StaticString = "State of an outbound SA."
    public static let byteCount = 8
    public let lowSequence = Field<UInt32>(at: 0, "Low half of the last sequence number used.", name: "low_seq_number")
    public let highSequence = Field<UInt32>(at: 4, "High half, with extended sequence numbers.", name: "hi_seq_number")
    @inlinable public init() {}
  }

  public struct InSAInfo: LegacyMessage {
    public static let name: StaticString = "in_sa_info"
    public static let summary: StaticString = "State of an inbound SA."
    public static let byteCount = 8
    public let lowSequence = Field<UInt32>(
      at: 0, "Low half of the highest sequence number received.", name: "low_seq_number")
    public let highSequence = Field<UInt32>(at: 4, "High half, with extended sequence numbers.", name: "hi_seq_number")
    @inlinable public init() {}
  }

  public struct UpdateIPv4: LegacyMessage {
    public static let name: StaticString = "update_sa_ipaddr_v4"
    public static let summary: StaticString = "New address of a gateway of an IPv4 tunnel."
    public static let byteCount = 6
    public let port = Field<UInt16>(at: 0, "UDP port.")
    public let addr = Field<UInt32>(at: 2, "IPv4 address.")
    @inlinable public init() {}
  }

  public struct UpdateSequence: LegacyMessage {
    public static let name: StaticString = "update_sa_seqnum"
    public static let summary: StaticString = "New sequence number."
    public static let byteCount = 8
    public let low = Field<UInt32>(at: 0, "Low half.", name: "seq_num")
    public let high = Field<UInt32>(at: 4, "High half, with extended sequence numbers.", name: "hi_seq_num")
    @inlinable public init() {}
  }

  public struct UpdateAntiReplay: LegacyMessage {
    public static let name: StaticString = "update_sa_antireplay"
    public static let summary: StaticString = "New replay window."
    public static let byteCount = 8
    public let windowSize = Field<UInt32>(at: 0, "Size in packets.", name: "anti_replay_window_size")
    public let windowBitmap = Field<UInt32>(
      at: 4, "Bit n set if the packet n before the highest was received.", name: "anti_replay_window_bit_map")
    @inlinable public init() {}
  }
}
