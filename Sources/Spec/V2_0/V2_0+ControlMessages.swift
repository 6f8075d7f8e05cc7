public import Wire

/// Messages of version 2.0 are little-endian and naturally aligned.
public protocol ModernMessage: Message {}

extension ModernMessage {
  public static var order: FieldOrder { .little }
}

extension V2_0 {
  /// In front of every control command.
  public struct ControlHeader: ModernMessage {
    public static let name: StaticString = "ctrl_hdr"
    public static let summary: StaticString = "Names a control command and says how long it is."
    public static let byteCount = 8
    public let commandClass = Field<Code<ControlClass, UInt16>>(at: 0, "Class of the command.", name: "class")
    public let command = Field<UInt16>(at: 2, "Command within the class.")
    public let length = Field<UInt32>(at: 4, "Bytes of the command that follow this header.")
    @inlinable public init() {}
  }

  /// First in what the device writes, so that it stands at a fixed place however long the answer is.
  public struct ControlStatus: ModernMessage {
    public static let name: StaticString = "ctrl_status"
    public static let summary: StaticString = "Says how a control command ended."
    public static let byteCount = 8
    public let status = Field<Code<Status, UInt32>>(at: 0, "How the command ended.")
    public let detail = Field<UInt32>(at: 4, "What the status refers to, as it says; else 0.")
    @inlinable public init() {}
  }

  public struct Capabilities: ModernMessage {
    public static let name: StaticString = "capabilities"
    public static let summary: StaticString = "What the device can do, as sets of algorithms and as limits."
    public static let byteCount = 80
    public let cipherAlgorithms = Field<UInt64>(at: 0, "Ciphers: bit n set for algorithm n.")
    public let authAlgorithms = Field<UInt64>(at: 8, "Integrity algorithms: bit n set for algorithm n.")
    public let legacyCiphers = Field<UInt64>(at: 16, "Ciphers, beyond those, that SET_CAPABILITIES can turn on.")
    public let legacyAuths = Field<UInt64>(
      at: 24, "Integrity algorithms, beyond those, that SET_CAPABILITIES can turn on.")
    public let maxSas = Field<UInt32>(at: 32, "Largest number of SAs, both directions together.")
    public let maxGroups = Field<UInt32>(at: 36, "Largest number of groups.")
    public let maxReplayWindow = Field<UInt32>(at: 40, "Largest replay window in packets; at most 4096.")
    public let maxPacketSize = Field<UInt32>(at: 44, "Largest packet in bytes, before or after processing.")
    public let maxBundle = Field<UInt32>(at: 48, "Largest number of SAs in a bundle.")
    public let maxPackets = Field<UInt32>(at: 52, "Largest number of packets in one chain.")
    public let headroom = Field<UInt32>(at: 56, "Most bytes that encapsulation puts before a packet.")
    public let tailroom = Field<UInt32>(at: 60, "Most bytes that encapsulation puts after a packet.")
    public let dhGroups = Field<UInt64>(
      at: 64, "Diffie-Hellman groups: bit n set for IKEv2 transform n (RFC 7296, section 3.3.2).")
    public let reserved = Reserved(at: 72, count: 8)
    @inlinable public init() {}
  }

  public struct SetCapabilities: ModernMessage {
    public static let name: StaticString = "set_capabilities"
    public static let summary: StaticString = "Turns legacy algorithms on; they are off until asked for."
    public static let byteCount = 16
    public let legacyCiphers = Field<UInt64>(at: 0, "Legacy ciphers to accept from now on.")
    public let legacyAuths = Field<UInt64>(at: 8, "Legacy integrity algorithms to accept from now on.")
    @inlinable public init() {}
  }

  public struct GroupHandle: ModernMessage {
    public static let name: StaticString = "group"
    public static let summary: StaticString = "Names a group of SAs."
    public static let byteCount = 8
    public let group = Field<UInt64>(at: 0, "Handle of the group, chosen by the device.", within: 1...(.max))
    @inlinable public init() {}
  }

  public struct SAHandle: ModernMessage {
    public static let name: StaticString = "sa"
    public static let summary: StaticString = "Names an SA, or a bundle by its handle."
    public static let byteCount = 16
    public let group = Field<UInt64>(at: 0, "Handle of the group that the SA is in; 0 for none.")
    public let sa = Field<UInt64>(at: 8, "Handle of the SA or bundle, chosen by the device.", within: 1...(.max))
    @inlinable public init() {}
  }

  public struct AddSA: ModernMessage {
    public static let name: StaticString = "add_sa"
    public static let summary: StaticString = "Adds an SA or, with several entries, a bundle, innermost first."
    public static let byteCount = 16
    public let group = Field<UInt64>(at: 0, "Handle of the group to add it to; 0 for none.")
    public let saCount = Field<UInt32>(at: 8, "Number of SAs that follow, at least one.", within: 1...0xffff_ffff)
    public let reserved = Reserved(at: 12, count: 4)
    @inlinable public init() {}
  }

  public struct SAEntry: ModernMessage {
    public static let name: StaticString = "sa_entry"
    public static let summary: StaticString = "What every SA has; attributes follow."
    public static let byteCount = 16
    public let spi = Field<UInt32>(
      at: 0, "Security parameter index (RFC 4303, section 2.1); 0 to 255 are refused.", within: 256...0xffff_ffff)
    public let proto = Field<Code<IPsecProtocol, UInt8>>(at: 4, "ESP or AH.")
    public let mode = Field<Code<Mode, UInt8>>(at: 5, "Tunnel or transport mode.")
    public let flags = Field<Packed<SAFlags>>(at: 6, "What applies to the SA.")
    public let attributesLength = Field<UInt32>(at: 8, "Bytes of attributes that follow this structure.")
    public let reserved = Reserved(at: 12, count: 4)
    @inlinable public init() {}
  }

  public struct SAFlags: BitLayout {
    public typealias Storage = UInt16
    public static let name: StaticString = "sa_flag"
    public static let summary: StaticString = "What applies to an SA."
    public let esn = Bits(0, "Extended sequence numbers (RFC 4303, section 2.2.1).")
    public let antiReplay = Bits(1, "Replays are refused; needs the replay window attribute.")
    public let wesp = Bits(2, "Wrapped in a WESP header (RFC 5840).")
    public let reserved = Bits(reserved: 3...15)
    @inlinable public init() {}
  }

  public struct ReadSAs: ModernMessage {
    public static let name: StaticString = "read_sas"
    public static let summary: StaticString = "Reads several SAs in the order of their handles."
    public static let byteCount = 24
    public let group = Field<UInt64>(at: 0, "Handle of the group to read; 0 for all SAs.")
    public let cursor = Field<UInt64>(at: 8, "Where to go on: 0 at first, then the cursor of the last answer.")
    public let maxSas = Field<UInt32>(
      at: 16, "Largest number of records to answer with; a bundle has one for each SA, and is never split.")
    public let reserved = Reserved(at: 20, count: 4)
    @inlinable public init() {}
  }

  public struct ReadReply: ModernMessage {
    public static let name: StaticString = "read_reply"
    public static let summary: StaticString = "Says how many SAs the answer holds."
    public static let byteCount = 16
    public let cursor = Field<UInt64>(at: 0, "Where to go on; 0 when there is no more.")
    public let saCount = Field<UInt32>(at: 8, "Number of records that follow: one for each SA.")
    public let length = Field<UInt32>(at: 12, "Bytes of the records that follow.")
    @inlinable public init() {}
  }

  public struct SARecord: ModernMessage {
    public static let name: StaticString = "sa_record"
    public static let summary: StaticString = "One SA as it is; attributes follow, without keys."
    public static let byteCount = 32
    public let sa = Field<UInt64>(at: 0, "Handle of the SA or bundle, chosen by the device; never 0.")
    public let sequence = Field<UInt64>(at: 8, "Last sequence number used (outbound) or highest received (inbound).")
    public let spi = Field<UInt32>(at: 16, "Security parameter index.")
    public let proto = Field<Code<IPsecProtocol, UInt8>>(at: 20, "ESP or AH.")
    public let mode = Field<Code<Mode, UInt8>>(at: 21, "Tunnel or transport mode.")
    public let flags = Field<Packed<SAFlags>>(at: 22, "What applies to the SA.")
    public let attributesLength = Field<UInt32>(at: 24, "Bytes of attributes that follow this structure.")
    public let position = Field<UInt32>(at: 28, "Place in its bundle, 0 for the innermost.")
    @inlinable public init() {}
  }

  public struct Statistics: ModernMessage {
    public static let name: StaticString = "sa_statistics"
    public static let summary: StaticString = "What an SA has done since it was added."
    public static let byteCount = 96
    public let packets = Field<UInt64>(at: 0, "Packets processed without error.")
    public let bytes = Field<UInt64>(at: 8, "Bytes of those packets, before encapsulation or after decapsulation.")
    public let invalidPacket = Field<UInt64>(at: 16, "Packets that were no IPsec packet of this SA.")
    public let invalidPad = Field<UInt64>(at: 24, "Packets whose padding was wrong.")
    public let invalidSequence = Field<UInt64>(at: 32, "Packets whose sequence number was invalid.")
    public let replayLate = Field<UInt64>(at: 40, "Packets older than the replay window.")
    public let replayed = Field<UInt64>(at: 48, "Packets received before.")
    public let invalidIcv = Field<UInt64>(at: 56, "Packets whose integrity check value was wrong.")
    public let sequenceOverflow = Field<UInt64>(at: 64, "Packets refused because the sequence numbers are used up.")
    public let cryptoFailed = Field<UInt64>(at: 72, "Packets for which a cryptographic operation failed.")
    public let noTailRoom = Field<UInt64>(at: 80, "Packets whose output did not fit.")
    public let submitFailed = Field<UInt64>(at: 88, "Packets that could not be handed to the engine.")
    @inlinable public init() {}
  }

  public struct Rooms: ModernMessage {
    public static let name: StaticString = "headroom_tailroom"
    public static let summary: StaticString = "How much encapsulation adds at most."
    public static let byteCount = 8
    public let headroom = Field<UInt32>(at: 0, "Bytes before the packet.")
    public let tailroom = Field<UInt32>(at: 4, "Bytes after the packet.")
    @inlinable public init() {}
  }

  public struct Amount: ModernMessage {
    public static let name: StaticString = "amount"
    public static let summary: StaticString = "Says how many bytes follow."
    public static let byteCount = 8
    public let length = Field<UInt32>(at: 0, "Number of bytes.")
    public let reserved = Reserved(at: 4, count: 4)
    @inlinable public init() {}
  }
}
