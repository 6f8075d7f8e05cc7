public import Wire

public enum IPsecProtocol: UInt8, Enumeration {
  case esp = 50, ah

  public static let name: StaticString = "proto"
  public static let summary: StaticString = "IPsec protocols, by their IP protocol numbers."

  public var entry: Entry {
    switch self {
    case .esp:
      Entry("PROTO_ESP", "Encapsulating security payload (RFC 4303).", formerly: ("SA_PARAMS_PROTO_ESP", until: .v1_0))
    case .ah: Entry("PROTO_AH", "Authentication header (RFC 4302).", formerly: ("SA_PARAMS_PROTO_AH", until: .v1_0))
    }
  }
}

public enum DSCPHandling: UInt8, Enumeration {
  case copy, clear, set

  public static let name: StaticString = "dscp_handling"
  public static let summary: StaticString = "Where the DSCP of a tunnel header comes from."

  public var entry: Entry {
    switch self {
    case .copy: Entry("DSCP_COPY", "From the inner header.")
    case .clear: Entry("DSCP_CLEAR", "It is zero.")
    case .set: Entry("DSCP_SET", "From the SA.")
    }
  }
}

public enum DFHandling: UInt8, Enumeration {
  case copy, clear, set

  public static let name: StaticString = "df_handling"
  public static let summary: StaticString = "Where the don't-fragment bit of a tunnel header comes from."

  public var entry: Entry {
    switch self {
    case .copy: Entry("DF_COPY", "From the inner header.")
    case .clear: Entry("DF_CLEAR", "It is 0.")
    case .set: Entry("DF_SET", "It is 1.")
    }
  }
}
