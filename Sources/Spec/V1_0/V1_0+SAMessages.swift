public import Wire

extension V1_0 {
  public struct ESPInfo: LegacyMessage {
    public static let name: StaticString = "esp_info"
    public static let summary: StaticString = "An ESP SA's algorithms, in front of its keys."
    public static let byteCount = 11
    public let flags = Field<Packed<Legacy.ESPFlags>>(at: 0, "What ESP does.")
    public let cipher = Field<Code<CipherAlgorithm, UInt8>>(at: 1, "Cipher.", name: "cipher_algo")
    public let ivSize = Field<UInt8>(at: 2, "Bytes of the IV in a packet.")
    public let blockSize = Field<UInt8>(at: 3, "Bytes of the cipher's block.")
    public let counterInitial = Field<UInt32>(at: 4, "First value of the block counter in counter modes.")
    public let auth = Field<Code<HMACAlgorithm, UInt8>>(at: 8, "Integrity algorithm.", name: "auth_algo")
    public let ahPadding = Field<UInt8>(at: 9, "Bytes of padding in AH.", name: "ah_padding_len")
    public let icvSize = Field<UInt8>(at: 10, "Bytes of the integrity check value.")
    @inlinable public init() {}
  }

  public struct AHInfo: LegacyMessage {
    public static let name: StaticString = "ah_info"
    public static let summary: StaticString = "An AH SA's algorithm, in front of its key."
    public static let byteCount = 3
    public let auth = Field<Code<HMACAlgorithm, UInt8>>(at: 0, "Integrity algorithm.", name: "auth_algo")
    public let ahPadding = Field<UInt8>(at: 1, "Bytes of padding in AH.", name: "ah_padding_len")
    public let icvSize = Field<UInt8>(at: 2, "Bytes of the integrity check value.")
    @inlinable public init() {}
  }

  public struct CipherKey: LegacyMessage {
    public static let name: StaticString = "cipher_key"
    public static let summary: StaticString = "A cipher's key: length and data."
    public static let byteCount = 68
    public let length = Field<UInt32>(at: 0, "Bytes of data in use: at most 64.", name: "len", within: 0...64)
    public let data = Field<[64 of UInt8]>(at: 4, "The key.")
    @inlinable public init() {}
  }

  public struct AuthKey: LegacyMessage {
    public static let name: StaticString = "auth_key"
    public static let summary: StaticString = "An integrity algorithm's key: length and data."
    public static let byteCount = 68
    public let length = Field<UInt32>(at: 0, "Bytes of data in use: at most 64.", name: "len", within: 0...64)
    public let data = Field<[64 of UInt8]>(at: 4, "The key.")
    @inlinable public init() {}
  }

  public struct NonceIV: LegacyMessage {
    public static let name: StaticString = "nonce_iv"
    public static let summary: StaticString = "A nonce or IV: length and data."
    public static let byteCount = 68
    public let length = Field<UInt32>(at: 0, "Bytes of data in use: at most 64.", name: "len", within: 0...64)
    public let data = Field<[64 of UInt8]>(at: 4, "The nonce or IV.")
    @inlinable public init() {}
  }

  public struct NotifyLifetime: LegacyMessage {
    public static let name: StaticString = "notify_lifetime_kb"
    public static let summary: StaticString = "When to notify of an SA's lifetime."
    public static let byteCount = 8
    public let soft = Field<UInt32>(at: 0, "Soft lifetime in kilobytes.", name: "soft_lifetime_in_kb")
    public let hard = Field<UInt32>(at: 4, "Hard lifetime in kilobytes.", name: "hard_lifetime_in_kb")
    @inlinable public init() {}
  }

  public struct UpdateIPv6: LegacyMessage {
    public static let name: StaticString = "update_sa_ipaddr_v6"
    public static let summary: StaticString = "New address of a gateway of an IPv6 tunnel."
    public static let byteCount = 18
    public let port = Field<UInt16>(at: 0, "UDP port.")
    public let addr = Field<[4 of UInt32]>(at: 2, "IPv6 address.")
    @inlinable public init() {}
  }
}
