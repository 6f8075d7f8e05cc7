import ESP
import Spec
import Virtio
import Wire

/// What versions 0.4 and 1.0 answer: a result, and data in front of it.
extension LegacyDialect {
  func answer(_ reply: ControlReply, to request: Parts, _ features: FeatureSet) -> Parts {
    var parts = Parts(guest: guest)
    switch reply {
    case .done, .state, .dhPublic, .dhSecret: break
    case .capabilities(let capabilities):
      parts[\Legacy.Capabilities.hmacAlgorithms] = UInt32(truncatingIfNeeded: capabilities.algorithms.authentication)
      parts[\Legacy.Capabilities.cipherAlgorithms] = UInt32(truncatingIfNeeded: capabilities.algorithms.ciphers)
    case .random(let bytes): parts.setBytes("random", bytes)
    case .group(let group): setHandle("group_add.group_handle", group, in: &parts)
    case .sa(let sa): setHandle("sa_handle.sa_handle", sa, in: &parts)
    case .rooms(let head, let tail):
      parts[\V0_4.HeadroomTailroom.headroom] = UInt32(head)
      parts[\V0_4.HeadroomTailroom.tailroom] = UInt32(tail)
    case .records(let records, let cursor):
      if request.messages["read_sas"] == nil {
        if let first = records.first { fill(&parts, first) }
      } else {
        parts.setField(grammar.field("read_sas.group_handle")) { target in
          request.withField(grammar.field("read_sas.group_handle")) { target.copyMemory(from: $0) }
        }
        setHandle("read_sas.opaque_handle", Handle(cursor), in: &parts)
        for record in records { parts.append("entry") { fill(&$0, record) } }
      }
    }
    return parts
  }

  func answer(_ rejection: Rejection, to request: Parts?) -> Parts {
    var parts = Parts(guest: guest)
    parts[\Legacy.ControlResult.result] = Code(.error)
    parts[\Legacy.ControlResult.resultData] = detail(rejection)
    return parts
  }

  /// The number of 2.0's status, with the top bit set for those that concern packets.
  func detail(_ rejection: Rejection) -> UInt8 {
    let status = ModernDialect.status(of: rejection, nil).status.rawValue
    return UInt8(status & 0x7f) | (status > 0xff ? 0x80 : 0)
  }

  private func fill(_ parts: inout Parts, _ record: SARecord) {
    setHandle("sa_handle.sa_handle", record.handle, in: &parts)
    let low = UInt32(truncatingIfNeeded: record.state.sequence), high = UInt32(record.state.sequence >> 32)
    parts[\Legacy.OutSAInfo.lowSequence] = low
    parts[\Legacy.OutSAInfo.highSequence] = high
    parts[\Legacy.InSAInfo.lowSequence] = low
    parts[\Legacy.InSAInfo.highSequence] = high
    fill(&parts, record.description, withKeys: false)
  }

  /// Fills in an SA, as either side writes it.
  package func fill(_ parts: inout Parts, _ description: SADescription, withKeys: Bool) {
    let parameters = description.parameters
    parts[\Legacy.SAParameters.spi] = parameters.spi
    parts[\Legacy.SAParameters.proto] = Code(parameters.protocol == .ah ? .ah : .esp)
    parts[\Legacy.SAParameters.antiReplayWindow] = UInt32(clamping: parameters.replayWindow)
    var flags = Packed<Legacy.SAFlags>()
    flags[\.noESN] = parameters.extendedSequence ? 0 : 1
    flags[\.noAntiReplay] = parameters.replayWindow > 0 ? 0 : 1
    flags[\.noUDPEncapsulation] = (parameters.udpEncapsulation == nil) == quirks.contains(.udpInfoIfBitSet) ? 0 : 1
    // The hard limit comes with it.
    let hasLimits = description.notifications.events.contains(.softLifetime) || parameters.lifetime.hardBytes != nil
    flags[\.notifySoftKB] = hasLimits ? 1 : 0
    flags[\.notifyOverflow] = description.notifications.events.contains(.sequenceOverflow) ? 1 : 0
    flags[\.notifyPeriodic] = description.notifications.events.contains(.sequencePeriodic) ? 1 : 0
    if case .tunnel(let source, let destination) = parameters.mode {
      flags[\.ipv6] = source.version == .v6 ? 1 : 0
      fillTunnel(&parts, source, destination, parameters)
    } else {
      flags[\.transport] = 1
    }
    parts[\Legacy.SAParameters.flags] = flags
    if let udp = parameters.udpEncapsulation {
      parts[\Legacy.UDPEncapsulationInfo.sport] = udp.sourcePort
      parts[\Legacy.UDPEncapsulationInfo.dport] = udp.destinationPort
    }
    parts[\Legacy.NotifySequencePeriodic.interval] = UInt32(clamping: description.notifications.interval)
    let soft = UInt32(clamping: (parameters.lifetime.softBytes ?? 0) >> 10)
    if version == .v0_4 {
      parts[\V0_4.NotifyLifetime.lifetime] = soft
    } else {
      parts[\V1_0.NotifyLifetime.soft] = soft
      parts[\V1_0.NotifyLifetime.hard] = UInt32(clamping: (parameters.lifetime.hardBytes ?? 0) >> 10)
    }
    fillAlgorithms(&parts, description, withKeys: withKeys)
  }

  private func fillTunnel(_ parts: inout Parts, _ source: IPAddress, _ destination: IPAddress, _ parameters: Parameters)
  {
    var handling = Packed<Legacy.TunnelHandling>()
    var dscp: UInt8 = 0
    switch parameters.dscp {
    case .copy: handling[\.dscp] = DSCPHandling.copy.rawValue
    case .clear: handling[\.dscp] = DSCPHandling.clear.rawValue
    case .set(let value): (handling[\.dscp], dscp) = (DSCPHandling.set.rawValue, value)
    }
    handling[\.df] = parameters.dontFragment.handling.rawValue
    handling[\.noECN] = parameters.ecn == .normal ? 0 : 1
    func words(_ high: UInt64, _ low: UInt64) -> [4 of UInt32] {
      [UInt32(high >> 32), UInt32(truncatingIfNeeded: high), UInt32(low >> 32), UInt32(truncatingIfNeeded: low)]
    }
    switch (source, destination) {
    case (.v4(let source), .v4(let destination)):
      parts[\Legacy.TunnelHeaderIPv4.saddr] = source
      parts[\Legacy.TunnelHeaderIPv4.daddr] = destination
      parts[\Legacy.TunnelHeaderIPv4.handling] = handling
      parts[\Legacy.TunnelHeaderIPv4.dscp] = dscp
    case (.v6(let high, let low), .v6(let peerHigh, let peerLow)):
      parts[\Legacy.TunnelHeaderIPv6.saddr] = words(high, low)
      parts[\Legacy.TunnelHeaderIPv6.daddr] = words(peerHigh, peerLow)
      parts[\Legacy.TunnelHeaderIPv6.handling] = handling
      parts[\Legacy.TunnelHeaderIPv6.dscp] = dscp
    default: break
    }
  }

  private func fillAlgorithms(_ parts: inout Parts, _ description: SADescription, withKeys: Bool) {
    var flags = Packed<Legacy.ESPFlags>()
    flags[\.encrypt] = description.cipher.map { $0.algorithm == .null ? 0 : 1 } ?? 0
    flags[\.auth] = description.authentication == nil ? 0 : 1
    var cipher = Code<CipherAlgorithm, UInt8>(description.cipher?.algorithm ?? .null)
    if quirks.contains(.gcm16AsCCM16), cipher.known == .aesGCM16 { cipher = Code(.aesCCM16) }
    var auth = Code<HMACAlgorithm, UInt8>(description.authentication?.algorithm ?? .null)
    if quirks.contains(.gAPIAuthNumbers) { auth = Code(rawValue: auth.rawValue + 1) }
    if version == .v0_4 {
      parts[\V0_4.ESPInfo.flags] = flags
      parts[\V0_4.ESPInfo.cipher] = cipher
      parts[\V0_4.ESPInfoAuth.auth] = auth
      parts[\V0_4.AHInfo.auth] = auth
    } else {
      parts[\V1_0.ESPInfo.flags] = flags
      parts[\V1_0.ESPInfo.cipher] = cipher
      parts[\V1_0.ESPInfo.auth] = auth
      parts[\V1_0.AHInfo.auth] = auth
    }
    guard withKeys else { return }
    if let cipher = description.cipher {
      setSecret("cipher_key", cipher.key, in: &parts)
      setSecret("nonce_iv", cipher.salt, in: &parts)
    }
    if let authentication = description.authentication { setSecret("auth_key", authentication.key, in: &parts) }
  }

  private func setSecret(_ name: String, _ key: Key, in parts: inout Parts) {
    key.withUnsafeBytes { bytes in
      if version == .v0_4 { return parts.setBytes(name, bytes) }
      parts.setNumber(grammar.field("\(name).len"), UInt64(bytes.count))
      parts.setField(grammar.field("\(name).data")) { $0.copyBytes(from: bytes.prefix($0.count)) }
    }
  }
}
