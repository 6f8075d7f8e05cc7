import Wire

extension V2_0 {
  static let saAttributes = AttributeSet(
    "sa_attributes", "What varies from SA to SA.", header: AttributeHeader.self, alignment: 8, ignorableBit: 15,
    [
      Attribute(AttributeType.tunnelIPv4, [.message(TunnelIPv4.self)]),
      Attribute(AttributeType.tunnelIPv6, [.message(TunnelIPv6.self)]),
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
      Attribute(AttributeType.udpEncapsulation, [.message(UDPEncapsulation.self)]),
      Attribute(AttributeType.originalAddress, [.message(OriginalAddress.self)]),
      Attribute(
        AttributeType.replayWindow,
        [
          .message(ReplayWindow.self),
          .bytes(
            "replay_bitmap", .field(.field(\ReplayWindow.bitmapLength), limit: 512),
            "Bit n of byte n / 8, from the least significant, is the packet n before the highest."),
        ]),
      Attribute(AttributeType.sequence, [.message(Sequence.self)]),
      Attribute(AttributeType.lifetime, [.message(Lifetime.self)]),
      Attribute(AttributeType.tfc, [.message(TrafficFlow.self)]),
      Attribute(AttributeType.notify, [.message(NotificationSettings.self)]),
      Attribute(AttributeType.statistics, [.message(Statistics.self)]),
    ])

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
      .measured(by: .field(\SARecord.attributesLength), [.attributes(saAttributes)]),
    ])
}
