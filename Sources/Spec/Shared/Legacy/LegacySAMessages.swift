public import Wire

extension Legacy {
  public struct SAParameters: LegacyMessage {
    public static let name: StaticString = "sa_params"
    public static let summary: StaticString = "What every SA has; its flags say what follows."
    public static let byteCount = 11
    public let spi = Field<UInt32>(at: 0, "Security parameter index (RFC 4303, section 2.1).")
    public let proto = Field<Code<IPsecProtocol, UInt8>>(at: 4, "ESP or AH.")
    public let flags = Field<Packed<SAFlags>>(at: 5, "What applies to the SA.")
    public let antiReplayWindow = Field<UInt32>(at: 7, "Size of the replay window in packets.")
    @inlinable public init() {}
  }

  public struct SAFlags: BitLayout {
    public typealias Storage = UInt16
    public static let name: StaticString = "sa_flag"
    public static let summary: StaticString = "What applies to an SA."
    public let transport = Bits(0, "1 for transport mode, 0 for tunnel mode.")
    public let ipv6 = Bits(1, "0 for a tunnel header of IPv4, 1 for one of IPv6.")
    public let noESN = Bits(2, "1 for no extended sequence numbers (RFC 4303, section 2.2.1), 0 for these.")
    public let noAntiReplay = Bits(3, "1 to let replays pass, 0 to refuse them.")
    public let noUDPEncapsulation = Bits(4, "1 for no UDP encapsulation (RFC 3948), 0 for it.")
    public let notifySoftKB = Bits(5, "1 to notify of a soft lifetime that has expired.")
    public let notifyOverflow = Bits(6, "1 to notify before the sequence number overflows.")
    public let notifyPeriodic = Bits(7, "1 to notify of the sequence number at intervals.")
    public let reserved = Bits(reserved: 8...15)
    @inlinable public init() {}
  }

  public struct TunnelHeaderIPv4: LegacyMessage {
    public static let name: StaticString = "tunnel_hdr_ipv4"
    public static let summary: StaticString = "The outer header of an IPv4 tunnel."
    public static let byteCount = 10
    public let saddr = Field<UInt32>(at: 0, "Source address.")
    public let daddr = Field<UInt32>(at: 4, "Destination address.")
    public let handling = Field<Packed<TunnelHandling>>(at: 8, "Where the outer header's fields come from.")
    public let dscp = Field<UInt8>(at: 9, "DSCP to set: 6 bits.", within: 0...63)
    @inlinable public init() {}
  }

  public struct TunnelHeaderIPv6: LegacyMessage {
    public static let name: StaticString = "tunnel_hdr_ipv6"
    public static let summary: StaticString = "The outer header of an IPv6 tunnel."
    public static let byteCount = 34
    public let saddr = Field<[4 of UInt32]>(at: 0, "Source address.")
    public let daddr = Field<[4 of UInt32]>(at: 16, "Destination address.")
    public let handling = Field<Packed<TunnelHandling>>(at: 32, "Where the outer header's fields come from.")
    public let dscp = Field<UInt8>(at: 33, "DSCP to set: 6 bits.", within: 0...63)
    @inlinable public init() {}
  }

  public struct TunnelHandling: BitLayout {
    public typealias Storage = UInt8
    public static let name: StaticString = "tunnel_handling"
    public static let summary: StaticString = "Where the fields of a tunnel header come from."
    public let dscp = Bits(0...1, "What to do with the DSCP.", meaning: DSCPHandling.self)
    public let df = Bits(2...3, "What to do with the don't-fragment bit.", meaning: DFHandling.self)
    public let noECN = Bits(4, "1 not to propagate ECN, 0 to do so.")
    public let reserved = Bits(reserved: 5...7)
    @inlinable public init() {}
  }

  public struct UDPEncapsulationInfo: LegacyMessage {
    public static let name: StaticString = "udp_encapsulation_info"
    public static let summary: StaticString = "UDP ports for NAT traversal."
    public static let byteCount = 5
    public let natTraversalMode = Field<UInt8>(at: 0, "0 for version 1, 1 for version 2.")
    public let dport = Field<UInt16>(at: 1, "Destination port.", name: "d_port")
    public let sport = Field<UInt16>(at: 3, "Source port.", name: "s_port")
    @inlinable public init() {}
  }

  public struct ESPFlags: BitLayout {
    public typealias Storage = UInt8
    public static let name: StaticString = "esp_flag"
    public static let summary: StaticString = "What ESP does for an SA."
    public let reservedLow = Bits(reserved: 0...3)
    public let auth = Bits(4, "1 with an integrity algorithm.")
    public let encrypt = Bits(5, "1 with a cipher.")
    public let reservedHigh = Bits(reserved: 6...7)
    @inlinable public init() {}
  }

  public struct NotifySequencePeriodic: LegacyMessage {
    public static let name: StaticString = "notify_seqnum_periodic"
    public static let summary: StaticString = "How often to notify of the sequence number."
    public static let byteCount = 4
    public let interval = Field<UInt32>(at: 0, "Packets between notifications.", name: "seqnum_interval")
    @inlinable public init() {}
  }
}
