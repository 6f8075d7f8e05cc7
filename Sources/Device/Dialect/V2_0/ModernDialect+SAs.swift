import ESP
import Spec
import Wire

/// SAs in version 2.0: an entry, and attributes.
extension ModernDialect {
  func description(_ sa: Parts) throws(Rejection) -> SADescription {
    let flags = sa[\V2_0.SAEntry.flags]
    var parameters = Parameters(
      spi: sa[\V2_0.SAEntry.spi], mode: .transport, protection: .separate(.null, .none))
    switch sa[\V2_0.SAEntry.proto].known {
    case .esp: parameters.protocol = flags[\.wesp] == 1 ? .wesp : .esp
    case .ah where flags[\.wesp] == 0: parameters.protocol = .ah
    case .ah: throw .invalidBytes(offset: sa.offset(of: \V2_0.SAEntry.flags))
    case nil: throw .invalidBytes(offset: sa.offset(of: \V2_0.SAEntry.proto))
    }
    parameters.extendedSequence = flags[\.esn] == 1
    try setMode(of: &parameters, sa)
    parameters.udpEncapsulation = try udpEncapsulation(sa)
    if let tfc = sa.attribute(V2_0.AttributeType.tfc) {
      parameters.tfcLength = Int(tfc[\V2_0.TrafficFlow.padTo])
    }
    parameters.lifetime = lifetime(sa) ?? Lifetime()
    var description = SADescription(parameters)
    description.cipher = try cipher(sa)
    description.authentication = try authentication(sa)
    try setSequence(of: &description, sa, hasWindow: flags[\.antiReplay] == 1)
    description.notifications = try notifications(sa) ?? NotificationSettings()
    description.notifications.overflowAt = notifyAt(sa)
    if sa.attribute(V2_0.AttributeType.statistics) != nil {
      throw .malformed(offset: sa.offset(of: \V2_0.SAEntry.attributesLength))
    }
    return description
  }

  private func setMode(of parameters: inout Parameters, _ sa: Parts) throws(Rejection) {
    let tunnel = try tunnel(sa)
    switch (sa[\V2_0.SAEntry.mode].known, tunnel) {
    case (.tunnel, let tunnel?): tunnel.apply(to: &parameters)
    case (.transport, nil): break
    case (.tunnel, nil), (.transport, _?), (nil, _): throw .invalidBytes(offset: sa.offset(of: \V2_0.SAEntry.mode))
    }
  }

  /// What an update is to change.
  func change(_ parts: Parts) throws(Rejection) -> SAChange {
    var change = SAChange()
    change.tunnel = try tunnel(parts)
    change.udpEncapsulation = try udpEncapsulation(parts)
    change.lifetime = lifetime(parts)
    change.notifications = try notifications(parts)
    if let sequence = parts.attribute(V2_0.AttributeType.sequence) {
      change.sequence = sequence[\V2_0.Sequence.last]
      change.notifications?.overflowAt = notifyAt(parts)
    }
    if let window = parts.attribute(V2_0.AttributeType.replayWindow) {
      change.replayWindow = Int(window[\V2_0.ReplayWindow.size])
      change.sequence = window[\V2_0.ReplayWindow.highest]
      change.replayBitmap = window.bytes("replay_bitmap")
    }
    return change
  }

  // MARK: Attributes

  private func tunnel(_ sa: Parts) throws(Rejection) -> TunnelHeader? {
    let four = sa.attribute(V2_0.AttributeType.tunnelIPv4)
    let six = sa.attribute(V2_0.AttributeType.tunnelIPv6)
    if let four {
      guard six == nil else { throw .invalidValue(.tunnel) }
      return TunnelHeader(
        source: .v4(four[\V2_0.TunnelIPv4.saddr]), destination: .v4(four[\V2_0.TunnelIPv4.daddr]),
        dscp: try dscp(four[\V2_0.TunnelIPv4.dscpHandling], four[\V2_0.TunnelIPv4.dscp]),
        dontFragment: try dontFragment(four[\V2_0.TunnelIPv4.dfHandling]), flowLabel: .clear,
        ecn: try ecn(four[\V2_0.TunnelIPv4.ecn]), hopLimit: hopLimit(four[\V2_0.TunnelIPv4.ttl]))
    }
    guard let six else { return nil }
    let label = six[\V2_0.TunnelIPv6.flowLabel]
    guard label < 1 << 20 else { throw .invalidValue(.tunnel) }
    return TunnelHeader(
      source: address(six[\V2_0.TunnelIPv6.saddr]), destination: address(six[\V2_0.TunnelIPv6.daddr]),
      dscp: try dscp(six[\V2_0.TunnelIPv6.dscpHandling], six[\V2_0.TunnelIPv6.dscp]), dontFragment: .copy,
      flowLabel: label == 0 ? .clear : .set(label), ecn: try ecn(six[\V2_0.TunnelIPv6.ecn]),
      hopLimit: hopLimit(six[\V2_0.TunnelIPv6.hopLimit]))
  }

  private func dscp(_ handling: Code<DSCPHandling, UInt8>, _ value: UInt8) throws(Rejection)
    -> Parameters.FieldPolicy<UInt8>
  {
    guard value < 64, let handling = handling.known else { throw .invalidValue(.tunnel) }
    return switch handling {
    case .copy: .copy
    case .clear: .clear
    case .set: .set(value)
    }
  }

  private func dontFragment(_ handling: Code<DFHandling, UInt8>) throws(Rejection) -> Parameters.FieldPolicy<Bool> {
    switch handling.known {
    case .copy: .copy
    case .clear: .clear
    case .set: .set(true)
    case nil: throw .invalidValue(.tunnel)
    }
  }

  private func ecn(_ value: UInt8) throws(Rejection) -> Parameters.ECNMode {
    guard value <= 1 else { throw .invalidValue(.tunnel) }
    return value == 1 ? .normal : .off
  }

  private func hopLimit(_ value: UInt8) -> UInt8 { value == 0 ? 64 : value }

  private func address(_ bytes: [16 of UInt8]) -> IPAddress {
    func half(_ start: Int) -> UInt64 { (start..<start + 8).reduce(0) { $0 << 8 | UInt64(bytes[$1]) } }
    return .v6(half(0), half(8))
  }

  private func cipher(_ sa: Parts) throws(Rejection) -> SADescription.Suite<CipherAlgorithm>? {
    guard let attribute = sa.attribute(V2_0.AttributeType.cipher) else { return nil }
    let number = attribute[\V2_0.CipherAttribute.algorithm]
    guard let algorithm = number.known else { throw .unsupportedAlgorithm(Int(number.rawValue)) }
    return SADescription.Suite(
      algorithm, key: attribute.withBytes("cipher_key") { Key($0) },
      salt: attribute.withBytes("cipher_salt") { Key($0) })
  }

  private func authentication(_ sa: Parts) throws(Rejection) -> SADescription.Suite<HMACAlgorithm>? {
    guard let attribute = sa.attribute(V2_0.AttributeType.authentication) else { return nil }
    let number = attribute[\V2_0.AuthenticationAttribute.algorithm]
    guard let algorithm = number.known else { throw .unsupportedAlgorithm(Int(number.rawValue)) }
    return SADescription.Suite(
      algorithm, key: attribute.withBytes("auth_key") { Key($0) }, salt: attribute.withBytes("auth_salt") { Key($0) })
  }

  private func udpEncapsulation(_ sa: Parts) throws(Rejection) -> Parameters.UDPEncapsulation? {
    let original = sa.attribute(V2_0.AttributeType.originalAddress)
    guard let udp = sa.attribute(V2_0.AttributeType.udpEncapsulation) else {
      if original != nil { throw .invalidValue(.udp) }
      return nil
    }
    var result = Parameters.UDPEncapsulation(
      sourcePort: udp[\V2_0.UDPEncapsulation.sport], destinationPort: udp[\V2_0.UDPEncapsulation.dport])
    if let original {
      let bytes = original[\V2_0.OriginalAddress.address]
      switch original[\V2_0.OriginalAddress.version].known {
      case .v4: result.originalSource = .v4((0..<4).reduce(0) { $0 << 8 | UInt32(bytes[$1]) })
      case .v6: result.originalSource = address(bytes)
      case nil: throw .invalidValue(.udp)
      }
    }
    return result
  }

  private func lifetime(_ sa: Parts) -> Lifetime? {
    sa.attribute(V2_0.AttributeType.lifetime).map { attribute in
      func limit(_ value: UInt64) -> UInt64? { value == 0 ? nil : value }
      return Lifetime(
        softBytes: limit(attribute[\V2_0.Lifetime.softBytes]), hardBytes: limit(attribute[\V2_0.Lifetime.hardBytes]),
        softPackets: limit(attribute[\V2_0.Lifetime.softPackets]),
        hardPackets: limit(attribute[\V2_0.Lifetime.hardPackets]))
    }
  }

  private func setSequence(of description: inout SADescription, _ sa: Parts, hasWindow: Bool) throws(Rejection) {
    description.parameters.replayWindow = 0
    if let sequence = sa.attribute(V2_0.AttributeType.sequence) { description.sequence = sequence[\V2_0.Sequence.last] }
    let window = sa.attribute(V2_0.AttributeType.replayWindow)
    guard hasWindow == (window != nil) else { throw .invalidValue(.replayWindow) }
    guard let window else { return }
    let size = window[\V2_0.ReplayWindow.size]
    guard size > 0, size <= UInt32(Int32.max) else { throw .invalidValue(.replayWindow) }
    description.parameters.replayWindow = Int(size)
    description.sequence = window[\V2_0.ReplayWindow.highest]
    description.replayBitmap = window.bytes("replay_bitmap")
  }

  private func notifyAt(_ sa: Parts) -> UInt64? {
    sa.attribute(V2_0.AttributeType.sequence).map { $0[\V2_0.Sequence.notifyAt] }.flatMap { $0 == 0 ? nil : $0 }
  }

  private func notifications(_ sa: Parts) throws(Rejection) -> NotificationSettings? {
    guard let attribute = sa.attribute(V2_0.AttributeType.notify) else { return nil }
    var settings = NotificationSettings()
    let events = attribute[\V2_0.NotificationSettings.events]
    for event in NotificationEvent.allCases where events >> UInt64(event.rawValue) & 1 == 1 {
      settings.events.insert(event)
    }
    let known = NotificationEvent.allCases.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }
    guard events & ~known == 0 else {
      throw .invalidBytes(offset: attribute.offset(of: \V2_0.NotificationSettings.events))
    }
    settings.interval = attribute[\V2_0.NotificationSettings.interval]
    return settings
  }
}
