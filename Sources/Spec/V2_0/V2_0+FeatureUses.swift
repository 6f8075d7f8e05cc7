import Wire

extension V2_0 {
  /// What a driver may only do, and a device only answer with, if a feature was negotiated.
  static let featureUses: [FeatureUse] = [
    FeatureUse(Feature.ah, .enumerator(IPsecProtocol.ah)),
    FeatureUse(Feature.wesp, .above(0, .bits(\SAEntry.flags, \.wesp))),
    FeatureUse(Feature.saBundles, .above(1, .field(\AddSA.saCount))),
    FeatureUse(Feature.udpEncapsulation, .enumerator(AttributeType.udpEncapsulation)),
    FeatureUse(Feature.udpEncapsulation, .enumerator(AttributeType.originalAddress)),
    FeatureUse(Feature.tfc, .enumerator(AttributeType.tfc)),
    FeatureUse(Feature.tfc, .above(0, .bits(\DataRequest.flags, \.dummy))),
    FeatureUse(Feature.esn, .above(0, .bits(\SAEntry.flags, \.esn))),
    FeatureUse(Feature.ecn, .above(0, .field(\TunnelIPv4.ecn))),
    FeatureUse(Feature.ecn, .above(0, .field(\TunnelIPv6.ecn))),
    FeatureUse(Feature.df, .enumerator(DFHandling.clear)),
    FeatureUse(Feature.df, .enumerator(DFHandling.set)),
    FeatureUse(Feature.antiReplayCheck, .above(0, .bits(\SAEntry.flags, \.antiReplay))),
    FeatureUse(Feature.antiReplayCheck, .enumerator(AttributeType.replayWindow)),
    FeatureUse(Feature.ipv6, .enumerator(AttributeType.tunnelIPv6)),
    FeatureUse(Feature.ipv6, .enumerator(IPVersion.v6)),
    FeatureUse(Feature.softLifetime, .above(0, .field(\Lifetime.softBytes))),
    FeatureUse(Feature.softLifetime, .above(0, .field(\Lifetime.softPackets))),
    FeatureUse(Feature.softLifetime, .enumerator(NotificationEvent.softLifetime)),
    FeatureUse(Feature.softLifetime, .enumerator(NotificationEvent.softLifetimePackets)),
    FeatureUse(Feature.sequenceOverflow, .enumerator(NotificationEvent.sequenceOverflow)),
    FeatureUse(Feature.sequenceOverflow, .above(0, .field(\Sequence.notifyAt))),
    FeatureUse(Feature.sequencePeriodic, .enumerator(NotificationEvent.sequencePeriodic)),
    FeatureUse(Feature.sequencePeriodic, .above(0, .field(\NotificationSettings.interval))),
    FeatureUse(Feature.saStatistics, .enumerator(AttributeType.statistics)),
    FeatureUse(Feature.hardLifetime, .above(0, .field(\Lifetime.hardBytes))),
    FeatureUse(Feature.hardLifetime, .above(0, .field(\Lifetime.hardPackets))),
    FeatureUse(Feature.hardLifetime, .enumerator(NotificationEvent.hardLifetime)),
    FeatureUse(Feature.legacyAlgorithms, .enumerator(CipherAlgorithm.desCBC)),
    FeatureUse(Feature.legacyAlgorithms, .enumerator(CipherAlgorithm.tripleDESCBC)),
    FeatureUse(Feature.legacyAlgorithms, .enumerator(HMACAlgorithm.md5)),
    FeatureUse(Feature.multiPacket, .above(0, .field(\DataRequest.following))),
  ]
}
