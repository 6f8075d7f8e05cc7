import Wire

extension Legacy {
  /// Pairs and limits as published; some names are misspelt, as they were.
  static let constants = [
    ConstantGroup(
      "limits", "Sizes.",
      [
        Constant("NOUNCE_LEN", 16, "Largest nonce in bytes."),
        Constant("MAX_CIPHER_KEY_SIZE", 64, "Largest cipher key in bytes."),
        Constant("SA_HANDLE_SIZE", 8, "Elements of an SA's handle."),
        Constant("GROUP_HANDLE_SIZE", 8, "Elements of a group's handle."),
      ]),
    ConstantGroup(
      "tunnel_hdr_version", "Which tunnel header an SA has.",
      [
        Constant("TUNNEL_HDR_IS_IPV4", 0, "IPv4."),
        Constant("TUNNEL_HDR_IS_IPV6", 1, "IPv6."),
      ]),
    ConstantGroup(
      "mode", "What an SA protects.",
      [
        Constant("SA_SAFLAGS_TUNNEL_MODE", 0, "The whole packet, within another."),
        Constant("SA_SAFLAGS_TRANSPORT_MODE", 1, "The packet's payload."),
      ]),
    onOff("ecn", "Whether ECN is propagated.", "PROPOGATE_ECN_ON", 0, "PROPOGATE_ECN_OFF", 1),
    onOff("esn", "Whether sequence numbers are extended.", "EXTENDED_SEQ_NUM_ON", 0, "EXTENDED_SEQ_NUM_OFF", 1),
    onOff("anti_replay", "Whether replays are refused.", "REPLAY_CHECK_ON", 0, "REPLAY_CHECK_OFF", 1),
    onOff(
      "udp_encapsulation", "Whether ESP travels in UDP.", "UDP_ENCAPSULATION_ON", 0, "UDP_ENCAPSULATION_OFF", 1),
    ConstantGroup(
      "nat_traversal", "Which NAT traversal.",
      [
        Constant("UDP_NAT_TRAVERSAL_V1", 0, "Version 1."),
        Constant("UDP_NAT_TRAVERSAL_V2", 1, "Version 2."),
      ]),
    onOff(
      "notify_lifetime_kb", "Whether to notify of a soft lifetime that has expired.", "SA_NOTIFY_LIFETIME_KB_EXPIRY_ON",
      1,
      "SA_NOTIFY_LIFETIME_KB_EXPIRY_OFF", 0),
    onOff(
      "notify_seqnum_overflow", "Whether to notify before the sequence number overflows.",
      "SA_NOTIFY_SEQNUM_OVERFLOW_ON", 1,
      "SA_NOTIFY_SEQNUM_OVERFLOW_OFF", 1),
    onOff(
      "notify_seqnum_periodic", "Whether to notify of the sequence number at intervals.",
      "SA_NOTIFY_SEQNUM_PERIODIC_ON", 1,
      "SA_NOTIFY_SEQNUM_PERIODIC_OFF", 0),
  ]

  private static func onOff(
    _ name: StaticString, _ summary: StaticString, _ on: StaticString, _ onValue: UInt64, _ off: StaticString,
    _ offValue: UInt64
  ) -> ConstantGroup {
    let isInverted = onValue == 0
    return ConstantGroup(
      name, summary,
      [
        Constant(on, onValue, isInverted ? "On: the bit is clear." : "On."),
        Constant(off, offValue, isInverted ? "Off: the bit is set." : "Off."),
      ])
  }
}
