public import Wire

public enum NotificationEvent: UInt16, Enumeration {
  case softLifetime = 1, sequenceOverflow, sequencePeriodic, softLifetimePackets, hardLifetime

  public static let name: StaticString = "notify_event"
  public static let summary: StaticString = "Events of which the device notifies the guest."

  public var entry: Entry {
    switch self {
    case .softLifetime:
      Entry(
        "NOTIFY_SOFT_LIFETIME_BYTES", "The soft lifetime in bytes has expired.",
        formerly: ("NOTIFY_LIFETIME_KB_EXPIRY", until: .v1_0))
    case .sequenceOverflow: Entry("NOTIFY_BEFORE_SEQNUM_OVERFLOW", "The sequence number is about to overflow.")
    case .sequencePeriodic: Entry("NOTIFY_SEQNUM_PERIODIC", "The sequence number has advanced by the interval.")
    case .softLifetimePackets:
      Entry("NOTIFY_SOFT_LIFETIME_PACKETS", "The soft lifetime in packets has expired.", since: .v2_0)
    case .hardLifetime:
      Entry("NOTIFY_HARD_LIFETIME", "A hard lifetime has expired: the SA processes no more.", since: .v2_0)
    }
  }
}
