public import ESP
public import Spec
import Wire

/// The attributes of an SA, as either side writes them.
extension V2_0 {
  /// Fills in the whole description: entry, attributes, keys.
  public static func fill(_ parts: inout Parts, _ description: SADescription) {
    let parameters = description.parameters
    parts[\V2_0.SAEntry.spi] = parameters.spi
    parts[\V2_0.SAEntry.proto] = Code(parameters.protocol == .ah ? .ah : .esp)
    var flags = Packed<V2_0.SAFlags>()
    flags[\.esn] = parameters.extendedSequence ? 1 : 0
    flags[\.wesp] = parameters.protocol == .wesp ? 1 : 0
    flags[\.antiReplay] = parameters.replayWindow > 0 ? 1 : 0
    parts[\V2_0.SAEntry.flags] = flags
    if case .tunnel(let source, let destination) = parameters.mode {
      parts[\V2_0.SAEntry.mode] = Code(.tunnel)
      fillTunnel(&parts, source, destination, parameters)
    } else {
      parts[\V2_0.SAEntry.mode] = Code(.transport)
    }
    fillKeys(&parts, description)
    fillVarying(&parts, description)
    if parameters.replayWindow > 0 {
      parts.setAttribute(AttributeType.replayWindow) {
        $0[\V2_0.ReplayWindow.size] = UInt32(clamping: parameters.replayWindow)
        $0[\V2_0.ReplayWindow.highest] = description.sequence
        $0.setBytes("replay_bitmap", description.replayBitmap ?? [])
      }
    } else if description.sequence > 0 || description.notifications.overflowAt != nil {
      parts.setAttribute(AttributeType.sequence) {
        $0[\V2_0.Sequence.last] = description.sequence
        $0[\V2_0.Sequence.notifyAt] = description.notifications.overflowAt ?? 0
      }
    }
  }

  private static func fillKeys(_ parts: inout Parts, _ description: SADescription) {
    if let cipher = description.cipher {
      parts.setAttribute(AttributeType.cipher) { attribute in
        attribute[\V2_0.CipherAttribute.algorithm] = Code(cipher.algorithm)
        cipher.key.withUnsafeBytes { attribute.setBytes("cipher_key", $0) }
        cipher.salt.withUnsafeBytes { attribute.setBytes("cipher_salt", $0) }
      }
    }
    if let authentication = description.authentication {
      parts.setAttribute(AttributeType.authentication) { attribute in
        attribute[\V2_0.AuthenticationAttribute.algorithm] = Code(authentication.algorithm)
        authentication.key.withUnsafeBytes { attribute.setBytes("auth_key", $0) }
        authentication.salt.withUnsafeBytes { attribute.setBytes("auth_salt", $0) }
      }
    }
  }

  /// Fills in the outer header of a tunnel.
  public static func fillTunnel(
    _ parts: inout Parts, _ source: IPAddress, _ destination: IPAddress, _ parameters: Parameters
  ) {
    let (dscpHandling, dscp): (DSCPHandling, UInt8) =
      switch parameters.dscp {
      case .copy: (.copy, 0)
      case .clear: (.clear, 0)
      case .set(let value): (.set, value)
      }
    let ecn: UInt8 = parameters.ecn == .normal ? 1 : 0
    switch (source, destination) {
    case (.v4(let source), .v4(let destination)):
      parts.setAttribute(AttributeType.tunnelIPv4) {
        $0[\V2_0.TunnelIPv4.saddr] = source
        $0[\V2_0.TunnelIPv4.daddr] = destination
        $0[\V2_0.TunnelIPv4.dscpHandling] = Code(dscpHandling)
        $0[\V2_0.TunnelIPv4.dscp] = dscp
        $0[\V2_0.TunnelIPv4.dfHandling] = Code(parameters.dontFragment.handling)
        $0[\V2_0.TunnelIPv4.ecn] = ecn
        $0[\V2_0.TunnelIPv4.ttl] = parameters.hopLimit
      }
    case (.v6(let high, let low), .v6(let peerHigh, let peerLow)):
      parts.setAttribute(AttributeType.tunnelIPv6) {
        $0[\V2_0.TunnelIPv6.saddr] = bytes(high, low)
        $0[\V2_0.TunnelIPv6.daddr] = bytes(peerHigh, peerLow)
        if case .set(let label) = parameters.flowLabel { $0[\V2_0.TunnelIPv6.flowLabel] = label }
        $0[\V2_0.TunnelIPv6.dscpHandling] = Code(dscpHandling)
        $0[\V2_0.TunnelIPv6.dscp] = dscp
        $0[\V2_0.TunnelIPv6.ecn] = ecn
        $0[\V2_0.TunnelIPv6.hopLimit] = parameters.hopLimit
      }
    default: break
    }
  }

  private static func bytes(_ high: UInt64, _ low: UInt64) -> [16 of UInt8] {
    .init { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> UInt64(56 - 8 * ($0 % 8))) }
  }

  /// Fills in UDP encapsulation, lifetime, TFC and notifications, as far as the SA has them.
  static func fillVarying(_ parts: inout Parts, _ description: SADescription) {
    let parameters = description.parameters
    if let udp = parameters.udpEncapsulation {
      parts.setAttribute(AttributeType.udpEncapsulation) {
        $0[\V2_0.UDPEncapsulation.sport] = udp.sourcePort
        $0[\V2_0.UDPEncapsulation.dport] = udp.destinationPort
      }
      if let original = udp.originalSource {
        parts.setAttribute(AttributeType.originalAddress) {
          switch original {
          case .v4(let address):
            $0[\V2_0.OriginalAddress.version] = Code(.v4)
            $0[\V2_0.OriginalAddress.address] = bytes(UInt64(address) << 32, 0)
          case .v6(let high, let low):
            $0[\V2_0.OriginalAddress.version] = Code(.v6)
            $0[\V2_0.OriginalAddress.address] = bytes(high, low)
          }
        }
      }
    }
    if parameters.lifetime != ESP.Lifetime() {
      parts.setAttribute(AttributeType.lifetime) { fill(&$0, parameters.lifetime) }
    }
    if parameters.tfcLength > 0 {
      parts.setAttribute(AttributeType.tfc) { $0[\V2_0.TrafficFlow.padTo] = UInt32(parameters.tfcLength) }
    }
    if !description.notifications.events.isEmpty {
      parts.setAttribute(AttributeType.notify) { fill(&$0, description.notifications) }
    }
  }

  /// Fills in limits.
  public static func fill(_ parts: inout Parts, _ lifetime: ESP.Lifetime) {
    parts[\V2_0.Lifetime.softBytes] = lifetime.softBytes ?? 0
    parts[\V2_0.Lifetime.hardBytes] = lifetime.hardBytes ?? 0
    parts[\V2_0.Lifetime.softPackets] = lifetime.softPackets ?? 0
    parts[\V2_0.Lifetime.hardPackets] = lifetime.hardPackets ?? 0
  }

  /// Fills in which events to notify of.
  public static func fill(_ parts: inout Parts, _ settings: Device.NotificationSettings) {
    parts[\V2_0.NotificationSettings.events] = settings.events.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }
    parts[\V2_0.NotificationSettings.interval] = settings.interval
  }
}

extension Parameters.FieldPolicy where Value == Bool {
  /// The number for it on the wire.
  var handling: DFHandling {
    switch self {
    case .copy: .copy
    case .clear, .set(false): .clear
    case .set(true): .set
    }
  }
}
