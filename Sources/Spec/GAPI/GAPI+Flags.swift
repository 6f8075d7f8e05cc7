public import Wire

extension GAPI {
  public enum ControlFlag: UInt32, Enumeration {
    case async, noResponse

    public static let name: StaticString = "control_flags"
    public static let summary: StaticString = "How a call ends; none for one that waits."

    public var entry: Entry {
      switch self {
      case .async: Entry("CTRL_FLAG_ASYNC", "The answer comes through the callback of resp.")
      case .noResponse: Entry("CTRL_FLAG_NO_RESP_EXPECTED", "No answer comes, and nobody waits for one.")
      }
    }
  }

  public enum SAFlag: UInt32, Enumeration {
    case udpEncapsulation = 1
    case ecn, lifetimeKB, antiReplay, transport, esn, ipv6, notifyLifetime, notifyOverflow, notifyPeriodic

    public static let name: StaticString = "sa_flags"
    public static let summary: StaticString = "What an SA does."

    public var entry: Entry {
      switch self {
      case .udpEncapsulation: Entry("SA_DO_UDP_ENCAP_FOR_NAT_TRAVERSAL", "UDP encapsulation (RFC 3948); see nat_info.")
      case .ecn: Entry("SA_USE_ECN", "Propagates congestion notification (RFC 6040).")
      case .lifetimeKB: Entry("SA_LIFETIME_IN_KB", "The limits in kilobytes count.")
      case .antiReplay: Entry("SA_DO_ANTI_REPLAY_CHECK", "Drops replays; see anti_replay_window_size.")
      case .transport: Entry("SA_ENCAP_TRANSPORT_MODE", "Transport mode; without it, a tunnel.")
      case .esn: Entry("SA_USE_ESN", "Extended sequence numbers (RFC 4303, section 2.2.1).")
      case .ipv6: Entry("SA_USE_IPv6", "The tunnel's addresses are of IPv6.")
      case .notifyLifetime: Entry("SA_NOTIFY_LIFETIME_KB_EXPIRY", "Tells of a soft lifetime that has expired.")
      case .notifyOverflow: Entry("SA_NOTIFY_SEQNUM_OVERFLOW", "Tells before the sequence number overflows.")
      case .notifyPeriodic: Entry("SA_NOTIFY_SEQNUM_PERIODIC", "Tells of the sequence number every seqnum_interval.")
      }
    }
  }

  public enum ReplayFlag: UInt32, Enumeration {
    case sequenceNumber = 1
    case window

    public static let name: StaticString = "sa_modify_replay_flags"
    public static let summary: StaticString = "Which part of the replay information is new."

    public var entry: Entry {
      switch self {
      case .sequenceNumber: Entry("SA_MODIFY_SEQ_NUM", "The sequence number.")
      case .window: Entry("SA_MODIFY_ANTI_REPLAY_WINDOW", "The size of the window.")
      }
    }
  }

  /// Capabilities, in the order of the bits.
  public enum Capability: UInt32, Enumeration {
    case sg, ah, esp, wesp, ipcomp, multiSecProtocol, udpEncapsulation, esn, tfc, ecn, df, antiReplay, ipv6,
      softLifetime, overflow, periodic

    public static let name: StaticString = "cap_flags"
    public static let summary: StaticString = "What an accelerator can do."

    public var entry: Entry {
      switch self {
      case .sg: Entry("CAP_SG", "Packets in several pieces.")
      case .ah: Entry("CAP_AH", "Authentication header.")
      case .esp: Entry("CAP_ESP", "Encapsulating security payload.")
      case .wesp: Entry("CAP_WESP", "Wrapped ESP.")
      case .ipcomp: Entry("CAP_IPCOMP", "Compression; no message of the device carries it, so it is never there.")
      case .multiSecProtocol: Entry("CAP_MULTI_SEC_PROTOCOL", "Bundles of SAs.")
      case .udpEncapsulation: Entry("CAP_UDP_ENCAP", "UDP encapsulation.")
      case .esn: Entry("CAP_ESN", "Extended sequence numbers.")
      case .tfc: Entry("CAP_TFC", "Padding for traffic flow confidentiality.")
      case .ecn: Entry("CAP_ECN", "Propagation of congestion notification.")
      case .df: Entry("CAP_DF", "Handling of the don't-fragment bit.")
      case .antiReplay: Entry("CAP_ANTI_REPLAY_CHECK", "Check for replays.")
      case .ipv6: Entry("CAP_IPV6_SUPPORT", "IPv6.")
      case .softLifetime: Entry("CAP_SOFT_LIFETIME_BYTES_NOTIFY", "Notification of soft lifetimes.")
      case .overflow: Entry("CAP_SEQNUM_OVERFLOW_NOTIFY", "Notification before the sequence number overflows.")
      case .periodic: Entry("CAP_SEQNUM_PERIODIC_NOTIFY", "Notification of the sequence number at intervals.")
      }
    }
  }
}
