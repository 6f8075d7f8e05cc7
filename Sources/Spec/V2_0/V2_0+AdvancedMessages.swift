public import Wire

extension V2_0 {
  public struct StateChunk: ModernMessage {
    public static let name: StaticString = "state_chunk"
    public static let summary: StaticString = "A piece of the device's saved state."
    public static let byteCount = 24
    public let offset = Field<UInt64>(at: 0, "Offset of the piece in the state, in bytes.")
    public let total = Field<UInt64>(at: 8, "Size of the whole state in bytes.")
    public let length = Field<UInt32>(at: 16, "Bytes of the piece.")
    public let reserved = Reserved(at: 20, count: 4)
    @inlinable public init() {}
  }

  public struct SaveState: ModernMessage {
    public static let name: StaticString = "save_state"
    public static let summary: StaticString = "Asks for a piece of the device's state."
    public static let byteCount = 16
    public let offset = Field<UInt64>(at: 0, "Offset of the piece in the state; 0 freezes a new state.")
    public let maxLength = Field<UInt32>(at: 8, "Most bytes to answer with.")
    public let reserved = Reserved(at: 12, count: 4)
    @inlinable public init() {}
  }

  public struct DHGenerate: ModernMessage {
    public static let name: StaticString = "dh_generate"
    public static let summary: StaticString =
      "Makes a Diffie-Hellman key pair, of which the device keeps the private key."
    public static let byteCount = 8
    public let dhGroup = Field<UInt16>(at: 0, "Group, as IKEv2 numbers it (RFC 7296, section 3.3.2).")
    public let reserved = Reserved(at: 2, count: 6)
    @inlinable public init() {}
  }

  public struct DHPublic: ModernMessage {
    public static let name: StaticString = "dh_public"
    public static let summary: StaticString = "A key pair's handle, with a public value."
    public static let byteCount = 16
    public let dh = Field<UInt64>(at: 0, "Handle of the key pair.")
    public let length = Field<UInt32>(at: 8, "Bytes of the public value that follows.")
    public let reserved = Reserved(at: 12, count: 4)
    @inlinable public init() {}
  }

  public struct DHHandle: ModernMessage {
    public static let name: StaticString = "dh"
    public static let summary: StaticString = "Names a Diffie-Hellman key pair."
    public static let byteCount = 8
    public let dh = Field<UInt64>(at: 0, "Handle of the key pair.")
    @inlinable public init() {}
  }
}
