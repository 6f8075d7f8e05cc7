import Wire

extension V1_0 {
  static let sa = Group(
    "sa_description", "An SA and what its flags say it has.",
    [
      .message(Legacy.SAParameters.self),
      .optional(
        .all([flag(\.transport, 0), flag(\.ipv6, 0)]), .message(Legacy.TunnelHeaderIPv4.self)),
      .optional(
        .all([flag(\.transport, 0), flag(\.ipv6, 1)]), .message(Legacy.TunnelHeaderIPv6.self)),
      .optional(proto(.esp), .group(esp)),
      .optional(proto(.ah), .group(ah)),
      .optional(flag(\.noUDPEncapsulation, 0), .message(Legacy.UDPEncapsulationInfo.self)),
      .optional(flag(\.notifySoftKB, 1), .message(NotifyLifetime.self)),
      .optional(flag(\.notifyPeriodic, 1), .message(Legacy.NotifySequencePeriodic.self)),
    ])

  private static let esp = Group(
    "esp_description", "An ESP SA's algorithms and keys.",
    [
      .message(ESPInfo.self),
      .message(CipherKey.self),
      .optional(.equals(.bits(\ESPInfo.flags, \.auth), 1), .message(AuthKey.self)),
      .message(NonceIV.self),
    ])

  private static let ah = Group(
    "ah_description", "An AH SA's algorithm and key.",
    [
      .message(AHInfo.self),
      .message(AuthKey.self),
    ])

  private static func flag(_ bits: any KeyPath<Legacy.SAFlags, Bits> & Sendable, _ value: UInt64) -> Condition {
    .equals(.bits(\Legacy.SAParameters.flags, bits), value)
  }

  private static func proto(_ proto: IPsecProtocol) -> Condition {
    .equals(.field(\Legacy.SAParameters.proto), UInt64(proto.rawValue))
  }
}
