public import Wire

extension V0_4 {
  /// In front of bytes of variable length.
  public struct LengthValue: LegacyMessage {
    public static let name: StaticString = "lv"
    public static let summary: StaticString = "How many bytes follow."
    public static let byteCount = 4
    public let length = Field<UInt32>(at: 0, "Bytes of data that follow.", name: "len")
    @inlinable public init() {}
  }

  public struct ESPInfo: LegacyMessage {
    public static let name: StaticString = "esp_info"
    public static let summary: StaticString = "An ESP SA's algorithms: the cipher, in front of its key."
    public static let byteCount = 4
    public let flags = Field<Packed<Legacy.ESPFlags>>(at: 0, "What ESP does.")
    public let cipher = Field<Code<CipherAlgorithm, UInt8>>(at: 1, "Cipher.", name: "cipher_algo")
    public let ivSize = Field<UInt8>(at: 2, "Bytes of the IV in a packet.")
    public let blockSize = Field<UInt8>(at: 3, "Bytes of the cipher's block.")
    @inlinable public init() {}
  }

  public struct ESPInfoAuth: LegacyMessage {
    public static let name: StaticString = "esp_info_auth"
    public static let summary: StaticString = "An ESP SA's algorithms: between the two keys."
    public static let byteCount = 5
    public let counterInitial = Field<UInt32>(at: 0, "First value of the block counter in counter modes.")
    public let auth = Field<Code<HMACAlgorithm, UInt8>>(at: 4, "Integrity algorithm.", name: "auth_algo")
    @inlinable public init() {}
  }

  public struct AHInfo: LegacyMessage {
    public static let name: StaticString = "ah_info"
    public static let summary: StaticString = "An AH SA's algorithm, in front of its key."
    public static let byteCount = 1
    public let auth = Field<Code<HMACAlgorithm, UInt8>>(at: 0, "Integrity algorithm.", name: "auth_algo")
    @inlinable public init() {}
  }

  public struct ICVInfo: LegacyMessage {
    public static let name: StaticString = "icv_info"
    public static let summary: StaticString = "What stands behind the integrity key of ESP and of AH."
    public static let byteCount = 2
    public let ahPadding = Field<UInt8>(at: 0, "Bytes of padding in AH.", name: "ah_padding_len")
    public let icvSize = Field<UInt8>(at: 1, "Bytes of the integrity check value.")
    @inlinable public init() {}
  }

  public struct NotifyLifetime: LegacyMessage {
    public static let name: StaticString = "notify_lifetime_kb"
    public static let summary: StaticString = "When to notify of an SA's lifetime."
    public static let byteCount = 4
    public let lifetime = Field<UInt32>(at: 0, "Soft lifetime in kilobytes.", name: "lifetime_in_kb")
    @inlinable public init() {}
  }

  public struct UpdateIPv6: LegacyMessage {
    public static let name: StaticString = "update_sa_ipaddr_v6"
    public static let summary: StaticString = "New address of a gateway of an IPv6 tunnel, cut to one word."
    public static let byteCount = 6
    public let port = Field<UInt16>(at: 0, "UDP port.")
    public let addr = Field<UInt32>(at: 2, "First word of the IPv6 address.")
    @inlinable public init() {}
  }

  public struct HeadroomTailroom: LegacyMessage {
    public static let name: StaticString = "headroom_tailroom_size"
    public static let summary: StaticString = "How much encapsulation adds at most."
    public static let byteCount = 8
    public let headroom = Field<UInt32>(at: 0, "Bytes before the packet.")
    public let tailroom = Field<UInt32>(at: 4, "Bytes after the packet.")
    @inlinable public init() {}
  }
}
