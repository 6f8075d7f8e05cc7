import Wire

extension V2_0 {
  /// What a driver says of an SA that it adds.
  static let saAttributes = set(
    "sa_attributes", "What varies from SA to SA.",
    [
      tunnelIPv4, tunnelIPv6,
      Attribute(
        AttributeType.cipher,
        [
          .message(CipherAttribute.self),
          .bytes("cipher_key", .field(.field(\CipherAttribute.keyLength), limit: 64), "Key."),
          .bytes("cipher_salt", .field(.field(\CipherAttribute.saltLength), limit: 16), "Salt or nonce."),
        ]),
      Attribute(
        AttributeType.authentication,
        [
          .message(AuthenticationAttribute.self),
          .bytes("auth_key", .field(.field(\AuthenticationAttribute.keyLength), limit: 128), "Key."),
          .bytes("auth_salt", .field(.field(\AuthenticationAttribute.saltLength), limit: 16), "Salt."),
        ]),
      udpEncapsulation, originalAddress, replayWindow, sequence, lifetime, tfc, notify,
    ])

  /// What a driver can change of an SA.
  static let saChanges = set(
    "sa_changes", "What can change while an SA is in use.",
    [tunnelIPv4, tunnelIPv6, udpEncapsulation, originalAddress, replayWindow, sequence, lifetime, notify])

  /// What a device tells of an SA.
  static let saReported = set(
    "sa_reported", "What a device tells of an SA: lengths of keys and salts, but not these; and what it has done.",
    [
      tunnelIPv4, tunnelIPv6,
      Attribute(AttributeType.cipher, [.message(CipherAttribute.self)]),
      Attribute(AttributeType.authentication, [.message(AuthenticationAttribute.self)]),
      udpEncapsulation, originalAddress, replayWindow, sequence, lifetime, tfc, notify,
      Attribute(AttributeType.statistics, [.message(Statistics.self)]),
    ])

  private static let tunnelIPv4 = Attribute(AttributeType.tunnelIPv4, [.message(TunnelIPv4.self)])
  private static let tunnelIPv6 = Attribute(AttributeType.tunnelIPv6, [.message(TunnelIPv6.self)])
  private static let udpEncapsulation = Attribute(AttributeType.udpEncapsulation, [.message(UDPEncapsulation.self)])
  private static let originalAddress = Attribute(AttributeType.originalAddress, [.message(OriginalAddress.self)])
  private static let replayWindow = Attribute(
    AttributeType.replayWindow,
    [
      .message(ReplayWindow.self),
      .bytes(
        "replay_bitmap", .field(.field(\ReplayWindow.bitmapLength), limit: 512),
        "Bit n of byte n / 8, from the least significant, is the packet n before the highest."),
    ])
  private static let sequence = Attribute(AttributeType.sequence, [.message(Sequence.self)])
  private static let lifetime = Attribute(AttributeType.lifetime, [.message(Lifetime.self)])
  private static let tfc = Attribute(AttributeType.tfc, [.message(TrafficFlow.self)])
  private static let notify = Attribute(AttributeType.notify, [.message(NotificationSettings.self)])

  private static func set(_ name: StaticString, _ summary: StaticString, _ attributes: [Attribute]) -> AttributeSet {
    AttributeSet(name, summary, header: AttributeHeader.self, alignment: 8, ignorableBit: 15, attributes)
  }

  /// One SA as the driver describes it.
  static let sa = Group(
    "sa_description", "An SA and its attributes.",
    [
      .message(SAEntry.self),
      .measured(by: .field(\SAEntry.attributesLength), [.attributes(saAttributes)]),
    ])

  /// One SA as the device reports it.
  static let record = Group(
    "sa_report", "An SA as it is, and its attributes but for keys.",
    [
      .message(SARecord.self),
      .measured(by: .field(\SARecord.attributesLength), [.attributes(saReported)]),
    ])
}
