public import Wire

/// Feature bits: this device's own, and those of virtio that it offers.
public enum Feature: UInt8, Enumeration {
  case sgBuffers = 0, ah, wesp, saBundles, udpEncapsulation, tfc, esn, ecn, df, antiReplayCheck, ipv6, softLifetime,
    sequenceOverflow, sequencePeriodic, saStatistics, hardLifetime, state, dh, legacyAlgorithms, multiPacket
  case indirectDescriptors = 28, eventIndex
  case version1 = 32
  case ringPacked = 34, inOrder
  case notificationData = 38
  case ringReset = 40

  public static let name: StaticString = "feature"
  public static let summary: StaticString = "Feature bits, by number."

  /// The events that a guest can ask for; with any of them, there is a notification queue.
  public static let notifications: [Feature] = [.softLifetime, .sequenceOverflow, .sequencePeriodic]

  public var entry: Entry {
    switch self {
    case .sgBuffers:
      Entry("F_SG_BUFFERS", "A packet may span several descriptors; the header stands before the first only.")
    case .ah: Entry("F_AH", "Authentication header (RFC 4302).")
    case .wesp: Entry("F_WESP", "Wrapped ESP (RFC 5840).")
    case .saBundles: Entry("F_SA_BUNDLES", "Several SAs applied to a packet in one request.")
    case .udpEncapsulation: Entry("F_UDP_ENCAPSULATION", "UDP encapsulation, for NAT traversal (RFC 3948).")
    case .tfc: Entry("F_TFC", "Padding for traffic flow confidentiality (RFC 4303, section 2.7).")
    case .esn: Entry("F_ESN", "Extended sequence numbers (RFC 4303, section 2.2.1).")
    case .ecn: Entry("F_ECN", "Propagates congestion notification through tunnels (RFC 6040).")
    case .df: Entry("F_DF", "Handles the don't-fragment bit of tunnel headers.")
    case .antiReplayCheck: Entry("F_ANTI_REPLAY_CHECK", "Checks for replays (RFC 4303, section 3.4.3).")
    case .ipv6: Entry("F_IPV6_SUPPORT", "Handles IPv6.", formerly: ("IPV6_SUPPORT", until: .v1_0))
    case .softLifetime: Entry("F_SOFT_LIFETIME_BYTES_NOTIFY", "Notifies of a soft lifetime in bytes that has expired.")
    case .sequenceOverflow: Entry("F_SEQNUM_OVERFLOW_NOTIFY", "Notifies before a sequence number overflows.")
    case .sequencePeriodic: Entry("F_SEQNUM_PERIODIC_NOTIFY", "Notifies of the sequence number at intervals.")
    case .saStatistics: Entry("F_SA_STATISTICS", "Counts what each SA does.", since: .v2_0)
    case .hardLifetime: Entry("F_HARD_LIFETIME", "Enforces hard lifetimes.", since: .v2_0)
    case .state: Entry("F_STATE", "Saves and restores the device's state.", since: .v2_0)
    case .dh: Entry("F_DH", "Diffie-Hellman for IKE.", since: .v2_0)
    case .legacyAlgorithms:
      Entry("F_LEGACY_ALGORITHMS", "Can turn on algorithms that are no longer safe.", since: .v2_0)
    case .multiPacket: Entry("F_MULTI_PACKET", "Several packets in one chain.", since: .v2_0)
    case .indirectDescriptors: Entry("VIRTIO_RING_F_INDIRECT_DESC", "Indirect descriptors.")
    case .eventIndex: Entry("VIRTIO_RING_F_EVENT_IDX", "Event indices in the rings.")
    case .version1: Entry("VIRTIO_F_VERSION_1", "Complies with virtio 1.0 or later.", since: .v2_0)
    case .ringPacked: Entry("VIRTIO_F_RING_PACKED", "Packed rings.", since: .v2_0)
    case .inOrder:
      Entry("VIRTIO_F_IN_ORDER", "Buffers are used in the order in which they were made available.", since: .v2_0)
    case .notificationData:
      Entry("VIRTIO_F_NOTIFICATION_DATA", "Driver notifications say how far the ring is filled.", since: .v2_0)
    case .ringReset: Entry("VIRTIO_F_RING_RESET", "A single queue can be reset.", since: .v2_0)
    }
  }
}
