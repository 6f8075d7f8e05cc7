import ESP
import Spec
import Wire

/// SAs in versions 0.4 and 1.0: parameters, then what their flags say there is.
extension LegacyDialect {
  func description(_ sa: Parts) throws(Rejection) -> SADescription {
    let flags = sa[\Legacy.SAParameters.flags]
    var parameters = Parameters(
      spi: sa[\Legacy.SAParameters.spi], mode: .transport, protection: .separate(.null, .none))
    guard let proto = sa[\Legacy.SAParameters.proto].known else { throw .invalidValue(.protocol) }
    parameters.protocol = proto == .ah ? .ah : .esp
    if flags[\.transport] == 0 { try tunnel(sa, isIPv6: flags[\.ipv6] == 1).apply(to: &parameters) }
    parameters.extendedSequence = flags[\.noESN] == 0
    parameters.replayWindow = flags[\.noAntiReplay] == 0 ? Int(sa[\Legacy.SAParameters.antiReplayWindow]) : 0
    if sa.contains(Legacy.UDPEncapsulationInfo.self) {
      parameters.udpEncapsulation = .init(
        sourcePort: sa[\Legacy.UDPEncapsulationInfo.sport], destinationPort: sa[\Legacy.UDPEncapsulationInfo.dport])
    }
    var description = SADescription(parameters)
    setLifetime(of: &description, sa, isAsked: flags[\.notifySoftKB] == 1)
    if flags[\.notifyOverflow] == 1 { description.notifications.events.insert(.sequenceOverflow) }
    if flags[\.notifyPeriodic] == 1 {
      description.notifications.events.insert(.sequencePeriodic)
      description.notifications.interval = UInt64(sa[\Legacy.NotifySequencePeriodic.interval])
    }
    if proto == .esp { try setESP(of: &description, sa) } else { try setAH(of: &description, sa) }
    return description
  }

  private func tunnel(_ sa: Parts, isIPv6: Bool) throws(Rejection) -> TunnelHeader {
    let handling = isIPv6 ? sa[\Legacy.TunnelHeaderIPv6.handling] : sa[\Legacy.TunnelHeaderIPv4.handling]
    let value = isIPv6 ? sa[\Legacy.TunnelHeaderIPv6.dscp] : sa[\Legacy.TunnelHeaderIPv4.dscp]
    guard let dscp = DSCPHandling(rawValue: handling[\.dscp]), let df = DFHandling(rawValue: handling[\.df]), value < 64
    else { throw .invalidValue(.tunnel) }
    return TunnelHeader(
      source: isIPv6 ? Self.address(sa[\Legacy.TunnelHeaderIPv6.saddr]) : .v4(sa[\Legacy.TunnelHeaderIPv4.saddr]),
      destination: isIPv6 ? Self.address(sa[\Legacy.TunnelHeaderIPv6.daddr]) : .v4(sa[\Legacy.TunnelHeaderIPv4.daddr]),
      dscp: dscp == .copy ? .copy : dscp == .clear ? .clear : .set(value),
      dontFragment: df == .copy ? .copy : df == .clear ? .clear : .set(true), flowLabel: .clear,
      ecn: handling[\.noECN] == 0 ? .normal : .off, hopLimit: 64)
  }

  private func setLifetime(of description: inout SADescription, _ sa: Parts, isAsked: Bool) {
    guard isAsked else { return }
    func bytes(_ kilobytes: UInt32) -> UInt64? { kilobytes == 0 ? nil : UInt64(kilobytes) << 10 }
    if version == .v0_4 {
      description.parameters.lifetime.softBytes = bytes(sa[\V0_4.NotifyLifetime.lifetime])
    } else {
      description.parameters.lifetime.softBytes = bytes(sa[\V1_0.NotifyLifetime.soft])
      description.parameters.lifetime.hardBytes = bytes(sa[\V1_0.NotifyLifetime.hard])
    }
    description.notifications.events.insert(.softLifetime)
  }

  private func setESP(of description: inout SADescription, _ sa: Parts) throws(Rejection) {
    let flags = version == .v0_4 ? sa[\V0_4.ESPInfo.flags] : sa[\V1_0.ESPInfo.flags]
    let number = version == .v0_4 ? sa[\V0_4.ESPInfo.cipher] : sa[\V1_0.ESPInfo.cipher]
    guard var cipher = number.known else { throw .unsupportedAlgorithm(Int(number.rawValue)) }
    if quirks.contains(.gcm16AsCCM16), cipher == .aesCCM16 { cipher = .aesGCM16 }
    if flags[\.encrypt] == 0, cipher.combined == nil { cipher = .null }
    let nonce = try secret("nonce_iv", sa)
    let needsSalt = cipher.combined != nil || cipher == .aesCTR
    description.cipher = .init(
      cipher, key: cipher == .null ? Key([]) : try secret("cipher_key", sa), salt: needsSalt ? nonce : Key([]))
    if flags[\.auth] == 1, cipher.combined == nil {
      let auth = version == .v0_4 ? sa[\V0_4.ESPInfoAuth.auth] : sa[\V1_0.ESPInfo.auth]
      description.authentication = .init(try algorithm(auth), key: try secret("auth_key", sa))
    }
  }

  private func setAH(of description: inout SADescription, _ sa: Parts) throws(Rejection) {
    let auth = version == .v0_4 ? sa[\V0_4.AHInfo.auth] : sa[\V1_0.AHInfo.auth]
    description.authentication = .init(try algorithm(auth), key: try secret("auth_key", sa))
  }

  /// In the g-API's numbering, 1 is none.
  private func algorithm(_ code: Code<HMACAlgorithm, UInt8>) throws(Rejection) -> HMACAlgorithm {
    let number = quirks.contains(.gAPIAuthNumbers) ? Int(code.rawValue) - 1 : Int(code.rawValue)
    guard let raw = UInt16(exactly: number), let algorithm = HMACAlgorithm(rawValue: raw) else {
      throw .unsupportedAlgorithm(Int(code.rawValue))
    }
    return algorithm
  }

  /// A key or nonce: as long as it is in 0.4; the first bytes of a fixed field in 1.0.
  private func secret(_ name: String, _ sa: Parts) throws(Rejection) -> Key {
    if version == .v0_4 { return sa.withBytes(name) { Key($0) } }
    guard sa.messages[name] != nil else { return Key([]) }
    let length = sa.number(grammar.field("\(name).len"))
    let data = grammar.field("\(name).data")
    guard length <= UInt64(data.byteCount) else { throw .malformed(offset: sa.messages[name]!.lowerBound) }
    return sa.withField(data) { Key($0.prefix(Int(length))) }
  }
}
