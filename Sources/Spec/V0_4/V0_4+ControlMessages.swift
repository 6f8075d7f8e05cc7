public import Wire

extension V0_4 {
  public struct GroupAdd: LegacyMessage {
    public static let name: StaticString = "group_add"
    public static let summary: StaticString = "Answers with the group that was added."
    public static let byteCount = 32
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    @inlinable public init() {}
  }

  public struct GroupDelete: LegacyMessage {
    public static let name: StaticString = "group_delete"
    public static let summary: StaticString = "Deletes a group."
    public static let byteCount = 32
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    @inlinable public init() {}
  }

  public struct FlushSA: LegacyMessage {
    public static let name: StaticString = "flush_sa"
    public static let summary: StaticString = "Deletes every SA of a group."
    public static let byteCount = 32
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    @inlinable public init() {}
  }

  public struct CreateSA: LegacyMessage {
    public static let name: StaticString = "create_sa"
    public static let summary: StaticString = "Adds an SA or, with several, a bundle."
    public static let byteCount = 72
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    public let saHandle = Field<[8 of UInt32]>(at: 32, "Ignored here: the device's answer carries it.")
    public let numSas = Field<UInt32>(at: 64, "Number of SAs that follow, at least one.", within: 1...0xffff_ffff)
    public let saLength = Field<UInt32>(at: 68, "Bytes of SAs that follow this structure.", name: "sa_len")
    @inlinable public init() {}
  }

  public struct SAHandle: LegacyMessage {
    public static let name: StaticString = "sa_handle"
    public static let summary: StaticString = "Names an SA, or a bundle by its handle."
    public static let byteCount = 32
    public let saHandle = Field<[8 of UInt32]>(at: 0, "Handle of the SA.")
    @inlinable public init() {}
  }

  public struct UpdateSA: LegacyMessage {
    public static let name: StaticString = "update_sa"
    public static let summary: StaticString = "Says what to change of which SA."
    public static let byteCount = 65
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    public let change = Field<Code<Legacy.Change, UInt8>>(at: 32, "What to change.", name: "change_type")
    public let saHandle = Field<[8 of UInt32]>(at: 33, "Handle of the SA.")
    @inlinable public init() {}
  }

  public struct DeleteSA: LegacyMessage {
    public static let name: StaticString = "delete_sa"
    public static let summary: StaticString = "Deletes an SA or a bundle."
    public static let byteCount = 64
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    public let saHandle = Field<[8 of UInt32]>(at: 32, "Handle of the SA.")
    @inlinable public init() {}
  }

  public struct ReadSA: LegacyMessage {
    public static let name: StaticString = "read_sa"
    public static let summary: StaticString = "Reads an SA."
    public static let byteCount = 64
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    public let saHandle = Field<[8 of UInt32]>(at: 32, "Handle of the SA.")
    @inlinable public init() {}
  }

  public struct ReadSAs: LegacyMessage {
    public static let name: StaticString = "read_sas"
    public static let summary: StaticString = "Reads several SAs; the answer starts with the same structure."
    public static let byteCount = 68
    public let groupHandle = Field<[8 of UInt32]>(at: 0, "Handle of the group.")
    public let numSas = Field<UInt32>(at: 32, "Number of SAs to read, or that follow.")
    public let opaqueHandle = Field<[8 of UInt32]>(at: 36, "Where to go on: zero at first, then as answered.")
    @inlinable public init() {}
  }
}
