public import Wire

extension Legacy {
  public enum Result: UInt8, Enumeration {
    case ok, error

    public static let name: StaticString = "result"
    public static let summary: StaticString = "How a command or request ended."

    public var entry: Entry {
      switch self {
      case .ok: Entry("OK", "Done.")
      case .error: Entry("ERR", "Failed; result_data says more.")
      }
    }
  }

  public enum Endian: UInt8, Enumeration {
    case little = 1, big

    public static let name: StaticString = "endian"
    public static let summary: StaticString = "Byte orders of a guest."

    public var entry: Entry {
      switch self {
      case .little: Entry("GUEST_LITTLE_ENDIAN", "Least significant byte first.")
      case .big: Entry("GUEST_BIG_ENDIAN", "Most significant byte first.")
      }
    }
  }

  public enum Transform: UInt8, Enumeration {
    case esp, ah, espWithAuth

    public static let name: StaticString = "transform"
    public static let summary: StaticString = "What is applied to a packet; no published structure has a field for it."

    public var entry: Entry {
      switch self {
      case .esp: Entry("ESP", "ESP.")
      case .ah: Entry("AH", "AH.")
      case .espWithAuth: Entry("ESP_WITH_AUTH", "ESP, then AH.")
      }
    }
  }

  public enum Change: UInt8, Enumeration {
    case localGateway, peerGateway, sequenceNumber, antiReplayWindow

    public static let name: StaticString = "change_type"
    public static let summary: StaticString = "What an update changes."

    public var entry: Entry {
      switch self {
      case .localGateway: Entry("UPDATE_SA_LOCAL_GW", "Address and port of the local gateway.")
      case .peerGateway: Entry("UPDATE_SA_PEER_GW", "Address and port of the peer's gateway.")
      case .sequenceNumber: Entry("UPDATE_SA_SEQ_NUM", "The sequence number.")
      case .antiReplayWindow: Entry("UPDATE_SA_ANTI_REPLAY_WINDOW", "The replay window.")
      }
    }
  }
}
