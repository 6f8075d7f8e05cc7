import Wire

extension Legacy {
  /// What needs a feature in 0.4 and 1.0, where 0 turns ESN, the replay check, UDP encapsulation and ECN on.
  ///
  /// - Parameter saCount: the number of SAs that a driver adds at once.
  static func featureUses(saCount: FieldReference) -> [FeatureUse] {
    [
      FeatureUse(Feature.ah, .enumerator(IPsecProtocol.ah)),
      FeatureUse(Feature.saBundles, .above(1, saCount)),
      FeatureUse(Feature.udpEncapsulation, .equal(0, .bits(\SAParameters.flags, \.noUDPEncapsulation))),
      FeatureUse(Feature.esn, .equal(0, .bits(\SAParameters.flags, \.noESN))),
      FeatureUse(Feature.ecn, .equal(0, .bits(\TunnelHeaderIPv4.handling, \.noECN))),
      FeatureUse(Feature.ecn, .equal(0, .bits(\TunnelHeaderIPv6.handling, \.noECN))),
      FeatureUse(Feature.df, .enumerator(DFHandling.clear)),
      FeatureUse(Feature.df, .enumerator(DFHandling.set)),
      FeatureUse(Feature.antiReplayCheck, .equal(0, .bits(\SAParameters.flags, \.noAntiReplay))),
      FeatureUse(Feature.ipv6, .equal(1, .bits(\SAParameters.flags, \.ipv6))),
      FeatureUse(Feature.softLifetime, .equal(1, .bits(\SAParameters.flags, \.notifySoftKB))),
      FeatureUse(Feature.sequenceOverflow, .equal(1, .bits(\SAParameters.flags, \.notifyOverflow))),
      FeatureUse(Feature.sequencePeriodic, .equal(1, .bits(\SAParameters.flags, \.notifyPeriodic))),
    ]
  }
}
