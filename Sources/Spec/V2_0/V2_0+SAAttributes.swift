public import Wire

extension V2_0 {
  /// In front of every attribute; zero bytes fill up to the next multiple of eight behind it.
  public struct AttributeHeader: ModernMessage {
    public static let name: StaticString = "attr_hdr"
    public static let summary: StaticString = "Names an attribute and says how long it is."
    public static let byteCount = 8
    public let type = Field<UInt16>(at: 0, "Type; bit 15 set if a receiver that does not know it may ignore it.")
    public let length = Field<UInt16>(at: 2, "Bytes of the value, without this header and without what fills up.")
    public let reserved = Reserved(at: 4, count: 4)
    @inlinable public init() {}
  }

  public struct TunnelIPv4: ModernMessage {
    public static let name: StaticString = "tunnel_ipv4"
    public static let summary: StaticString = "The outer header of an IPv4 tunnel."
    public static let byteCount = 16
    public let saddr = Field<UInt32>(at: 0, "Source address.", order: .big)
    public let daddr = Field<UInt32>(at: 4, "Destination address.", order: .big)
    public let dscpHandling = Field<Code<DSCPHandling, UInt8>>(at: 8, "What to do with the DSCP.")
    public let dscp = Field<UInt8>(at: 9, "DSCP to set: 6 bits.", within: 0...63)
    public let dfHandling = Field<Code<DFHandling, UInt8>>(at: 10, "What to do with the don't-fragment bit.")
    public let ecn = Field<UInt8>(at: 11, "1 to propagate ECN (RFC 6040), 0 to leave it cleared.", within: 0...1)
    public let ttl = Field<UInt8>(at: 12, "Time to live; 0 for the device's default of 64.")
    public let reserved = Reserved(at: 13, count: 3)
    @inlinable public init() {}
  }

  public struct TunnelIPv6: ModernMessage {
    public static let name: StaticString = "tunnel_ipv6"
    public static let summary: StaticString = "The outer header of an IPv6 tunnel."
    public static let byteCount = 40
    public let saddr = Field<[16 of UInt8]>(at: 0, "Source address.")
    public let daddr = Field<[16 of UInt8]>(at: 16, "Destination address.")
    public let flowLabel = Field<UInt32>(at: 32, "Flow label: 20 bits.", within: 0...0xfffff)
    public let dscpHandling = Field<Code<DSCPHandling, UInt8>>(at: 36, "What to do with the DSCP.")
    public let dscp = Field<UInt8>(at: 37, "DSCP to set: 6 bits.", within: 0...63)
    public let ecn = Field<UInt8>(at: 38, "1 to propagate ECN (RFC 6040), 0 to leave it cleared.", within: 0...1)
    public let hopLimit = Field<UInt8>(at: 39, "Hop limit; 0 for the device's default of 64.")
    @inlinable public init() {}
  }

  public struct CipherAttribute: ModernMessage {
    public static let name: StaticString = "attr_cipher"
    public static let summary: StaticString =
      "Cipher or combined algorithm; from a driver, the key follows, then the salt."
    public static let byteCount = 8
    public let algorithm = Field<Code<CipherAlgorithm, UInt16>>(at: 0, "Algorithm.")
    public let keyLength = Field<UInt16>(at: 2, "Bytes of the key.")
    public let saltLength = Field<UInt16>(
      at: 4, "Bytes of the salt (RFC 4106, section 8.1) or nonce (RFC 3686, section 5.1).")
    public let reserved = Reserved(at: 6, count: 2)
    @inlinable public init() {}
  }

  public struct AuthenticationAttribute: ModernMessage {
    public static let name: StaticString = "attr_auth"
    public static let summary: StaticString = "Integrity algorithm; from a driver, the key follows, then the salt."
    public static let byteCount = 8
    public let algorithm = Field<Code<HMACAlgorithm, UInt16>>(at: 0, "Algorithm.")
    public let keyLength = Field<UInt16>(at: 2, "Bytes of the key.")
    public let saltLength = Field<UInt16>(at: 4, "Bytes of the salt that AES-GMAC needs; else 0.")
    public let reserved = Reserved(at: 6, count: 2)
    @inlinable public init() {}
  }

  public struct UDPEncapsulation: ModernMessage {
    public static let name: StaticString = "udp_encapsulation"
    public static let summary: StaticString = "ESP travels in UDP (RFC 3948)."
    public static let byteCount = 8
    public let sport = Field<UInt16>(at: 0, "Source port.", order: .big)
    public let dport = Field<UInt16>(at: 2, "Destination port.", order: .big)
    public let reserved = Reserved(at: 4, count: 4)
    @inlinable public init() {}
  }

  public struct OriginalAddress: ModernMessage {
    public static let name: StaticString = "original_address"
    public static let summary: StaticString =
      "The peer's address before translation, for checksums in transport mode (RFC 3948, section 3.1.2)."
    public static let byteCount = 24
    public let version = Field<Code<IPVersion, UInt8>>(at: 0, "Which IP the address is of.")
    public let reserved = Reserved(at: 1, count: 7)
    public let address = Field<[16 of UInt8]>(at: 8, "The address; IPv4 in the first four bytes.")
    @inlinable public init() {}
  }

  public struct ReplayWindow: ModernMessage {
    public static let name: StaticString = "replay_window"
    public static let summary: StaticString = "Size and state of the replay window (RFC 6479); the bitmap follows."
    public static let byteCount = 16
    public let size = Field<UInt32>(at: 0, "Packets in the window, at most 4096.", within: 0...4096)
    public let bitmapLength = Field<UInt32>(at: 4, "Bytes of bitmap that follow; 0 for an empty window.")
    public let highest = Field<UInt64>(at: 8, "Sequence number at bit 0 of the bitmap, the highest received.")
    @inlinable public init() {}
  }

  public struct Sequence: ModernMessage {
    public static let name: StaticString = "sequence"
    public static let summary: StaticString = "The sequence number of an outbound SA."
    public static let byteCount = 16
    public let last = Field<UInt64>(at: 0, "Last sequence number used; never lowered under the same key.")
    public let notifyAt = Field<UInt64>(
      at: 8, "Sequence number at which to notify before overflow; 0 for the device's choice.")
    @inlinable public init() {}
  }

  public struct Lifetime: ModernMessage {
    public static let name: StaticString = "lifetime"
    public static let summary: StaticString = "Limits on the use of an SA; 0 for none."
    public static let byteCount = 32
    public let softBytes = Field<UInt64>(at: 0, "Bytes at which to notify, once.")
    public let hardBytes = Field<UInt64>(at: 8, "Bytes beyond which to refuse.")
    public let softPackets = Field<UInt64>(at: 16, "Packets at which to notify, once.")
    public let hardPackets = Field<UInt64>(at: 24, "Packets beyond which to refuse.")
    @inlinable public init() {}
  }

  public struct TrafficFlow: ModernMessage {
    public static let name: StaticString = "tfc"
    public static let summary: StaticString = "Traffic flow confidentiality (RFC 4303, section 2.7)."
    public static let byteCount = 8
    public let padTo = Field<UInt32>(at: 0, "Bytes to which a shorter inner packet is padded.")
    public let reserved = Reserved(at: 4, count: 4)
    @inlinable public init() {}
  }

  public struct NotificationSettings: ModernMessage {
    public static let name: StaticString = "notify"
    public static let summary: StaticString = "Which events of an SA the driver wants to hear of."
    public static let byteCount = 16
    public let events = Field<UInt64>(at: 0, "Events: bit n set for event n.")
    public let interval = Field<UInt64>(at: 8, "Packets between two periodic notifications.")
    @inlinable public init() {}
  }
}
