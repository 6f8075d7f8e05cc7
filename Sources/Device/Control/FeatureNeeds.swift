import ESP
public import Spec
public import Virtio

/// The features that requests need. What was not negotiated is answered with an error, never silently left out.
extension FeatureSet {
  public init(_ feature: Feature) { self.init(bit: Int(feature.rawValue)) }

  func contains(_ feature: Feature) -> Bool { contains(FeatureSet(feature)) }

  /// - Throws: `Rejection.unsupportedFeature` for the first that was not negotiated.
  func require(_ features: [Feature]) throws(Rejection) {
    if let missing = features.first(where: { !contains($0) }) { throw .unsupportedFeature(missing) }
  }
}

extension SADescription {
  var needs: [Feature] {
    var needs = parameters.needs + notifications.needs
    if AlgorithmSet.legacy.contains(cipher?.algorithm ?? .null) || authentication?.algorithm == .md5 {
      needs.append(.legacyAlgorithms)
    }
    return needs
  }
}

extension SAChange {
  var needs: [Feature] {
    var needs = lifetime?.needs ?? []
    needs += notifications?.needs ?? []
    if let tunnel {
      var parameters = Parameters(spi: 0, mode: .transport, protection: .separate(.null, .none))
      tunnel.apply(to: &parameters)
      needs += parameters.needs
    }
    if replayWindow ?? 0 > 0 { needs.append(.antiReplayCheck) }
    return needs
  }
}

extension Parameters {
  fileprivate var needs: [Feature] {
    var needs: [Feature] = []
    if self.protocol == .ah { needs.append(.ah) }
    if self.protocol == .wesp { needs.append(.wesp) }
    if extendedSequence { needs.append(.esn) }
    if replayWindow > 0 { needs.append(.antiReplayCheck) }
    if udpEncapsulation != nil { needs.append(.udpEncapsulation) }
    if tfcLength > 0 { needs.append(.tfc) }
    if case .tunnel(let source, _) = mode {
      if source.version == .v6 { needs.append(.ipv6) }
      if ecn == .normal { needs.append(.ecn) }
      if dontFragment != .copy { needs.append(.df) }
    }
    return needs + lifetime.needs
  }
}

extension Lifetime {
  fileprivate var needs: [Feature] {
    (softBytes != nil || softPackets != nil ? [.softLifetime] : [])
      + (hardBytes != nil || hardPackets != nil ? [.hardLifetime] : [])
  }
}

extension NotificationSettings {
  fileprivate var needs: [Feature] {
    events.sorted { $0.rawValue < $1.rawValue }.map(\.feature)
  }
}

extension NotificationEvent {
  var feature: Feature {
    switch self {
    case .softLifetime, .softLifetimePackets: .softLifetime
    case .sequenceOverflow: .sequenceOverflow
    case .sequencePeriodic: .sequencePeriodic
    case .hardLifetime: .hardLifetime
    }
  }
}
