public import Wire

extension GAPI {
  public enum Mode: UInt32, Enumeration {
    case available, exclusive, shared

    public static let name: StaticString = "mode"
    public static let summary: StaticString = "How an accelerator is used."

    public var entry: Entry {
      switch self {
      case .available: Entry("INSTANCE_AVAILABLE", "Nobody has it open; not a mode to open one in.")
      case .exclusive: Entry("INSTANCE_EXCLUSIVE", "One application has it for itself.")
      case .shared: Entry("INSTANCE_SHARED", "Applications share it; each sees its own groups and SAs only.")
      }
    }
  }

  public enum Direction: UInt32, Enumeration {
    case inbound, outbound

    public static let name: StaticString = "sa_direction"
    public static let summary: StaticString = "Which way an SA works."

    public var entry: Entry {
      switch self {
      case .inbound: Entry("SA_INBOUND", "It decapsulates.")
      case .outbound: Entry("SA_OUTBOUND", "It encapsulates.")
      }
    }
  }

  public enum IPVersion: UInt32, Enumeration {
    case v4 = 4
    case v6 = 6

    public static let name: StaticString = "ip_version"
    public static let summary: StaticString = "Versions of IP; 0 says that there is no address."

    public var entry: Entry {
      switch self {
      case .v4: Entry("IPV4", "4 bytes.")
      case .v6: Entry("IPV6", "16 bytes.")
      }
    }
  }

  public enum DSCPHandling: UInt32, Enumeration {
    case copy = 1
    case clear, set

    public static let name: StaticString = "dscp_handle"
    public static let summary: StaticString = "Where the DSCP of a tunnel header comes from; 0 is as COPY."

    public var entry: Entry {
      switch self {
      case .copy: Entry("DSCP_COPY", "From the inner header.")
      case .clear: Entry("DSCP_CLEAR", "It is zero.")
      case .set: Entry("DSCP_SET", "From the SA.")
      }
    }
  }

  public enum DFHandling: UInt32, Enumeration {
    case copy = 1
    case clear, set

    public static let name: StaticString = "df_handle"
    public static let summary: StaticString =
      "Where the don't-fragment bit of a tunnel header comes from; 0 is as COPY."

    public var entry: Entry {
      switch self {
      case .copy: Entry("DF_COPY", "From the inner header.")
      case .clear: Entry("DF_CLEAR", "It is 0.")
      case .set: Entry("DF_SET", "It is 1.")
      }
    }
  }

  public enum Change: UInt32, Enumeration {
    case localGateway = 1
    case peerGateway, replay

    public static let name: StaticString = "sa_modify"
    public static let summary: StaticString = "What is changed of an SA."

    public var entry: Entry {
      switch self {
      case .localGateway: Entry("SA_MODIFY_LOCAL_GW_INFO", "The address of the tunnel's near end.")
      case .peerGateway: Entry("SA_MODIFY_PEER_GW_INFO", "The address of the tunnel's far end.")
      case .replay: Entry("SA_MODIFY_REPLAY_INFO", "Sequence number and replay window.")
      }
    }
  }

  public enum GetOperation: UInt32, Enumeration {
    case firstN, nextN, exact

    public static let name: StaticString = "sa_get_op"
    public static let summary: StaticString = "Which SAs are read."

    public var entry: Entry {
      switch self {
      case .firstN: Entry("SA_GET_FIRST_N", "The oldest ones.")
      case .nextN: Entry("SA_GET_NEXT_N", "Those from the handle that the last answer ended with.")
      case .exact: Entry("SA_GET_EXACT", "The one of the handle.")
      }
    }
  }

  public enum GetContents: UInt32, Enumeration {
    case everything, statistics

    public static let name: StaticString = "sa_get_what"
    public static let summary: StaticString = "What is read of an SA."

    public var entry: Entry {
      switch self {
      case .everything: Entry("SA_GET_ALL", "Parameters, without keys, and statistics.")
      case .statistics: Entry("SA_GET_STATS", "Statistics only.")
      }
    }
  }
}
