import Spec
import Wire

/// SAs in versions 0.4 and 1.0: parameters, then what their flags say there is.
extension LegacyFormat {
  func append(
    _ group: WireHandle?, _ configurations: [SAConfiguration], to message: inout MessageBytes
  ) throws(DriverError) {
    var sas = self.message()
    for configuration in configurations { try append(configuration, to: &sas) }
    let start = message.count
    if version == .v0_4 {
      message.append(V0_4.CreateSA.self) {
        $0.numSas = UInt32(configurations.count)
        $0.saLength = UInt32(sas.count)
      }
    } else {
      message.append(V1_0.CreateSA.self) {
        $0.numSas = UInt32(configurations.count)
        $0.saLength = UInt32(sas.count)
      }
    }
    let group = handle(group)
    message.replace(at: start, with: group)
    message.append(sas)
  }

  private func append(_ configuration: SAConfiguration, to message: inout MessageBytes) throws(DriverError) {
    guard configuration.tunnel?.isSound ?? true, configuration.tfcLength == 0, !configuration.isWrapped,
      configuration.lifetime.softPackets == 0, configuration.lifetime.hardPackets == 0,
      configuration.lifetime.hardBytes == 0 || (version > .v0_4 && configuration.lifetime.hardBytes >= 1024)
    else { throw DriverError(.EOPNOTSUPP, "SA", "version \(version) cannot say this") }
    message.append(Legacy.SAParameters.self) {
      $0.spi = configuration.spi
      $0.proto = Code(configuration.proto)
      $0.flags = flags(of: configuration)
      $0.antiReplayWindow = UInt32(configuration.replayWindow)
    }
    if let tunnel = configuration.tunnel { append(tunnel, to: &message) }
    switch configuration.proto {
    case .esp: appendESP(configuration, to: &message)
    case .ah: appendAH(configuration, to: &message)
    }
    if let ports = configuration.udpPorts {
      message.append(Legacy.UDPEncapsulationInfo.self) {
        $0.natTraversalMode = 1
        $0.dport = ports.destination
        $0.sport = ports.source
      }
    }
    if hasLifetime(configuration) { append(configuration.lifetime, to: &message) }
    if configuration.events.contains(.sequencePeriodic) {
      message.append(Legacy.NotifySequencePeriodic.self) { $0.interval = UInt32(clamping: configuration.eventInterval) }
    }
  }

  private func hasLifetime(_ configuration: SAConfiguration) -> Bool {
    configuration.events.contains(.softLifetime) || configuration.lifetime.softBytes > 0
      || configuration.lifetime.hardBytes > 0
  }

  private func flags(of configuration: SAConfiguration) -> Packed<Legacy.SAFlags> {
    var flags = Packed<Legacy.SAFlags>()
    flags[\.transport] = configuration.tunnel == nil ? 1 : 0
    flags[\.ipv6] = configuration.tunnel?.isIPv6 == true ? 1 : 0
    flags[\.noESN] = configuration.extendedSequence ? 0 : 1
    flags[\.noAntiReplay] = configuration.replayWindow > 0 ? 0 : 1
    flags[\.noUDPEncapsulation] = configuration.udpPorts == nil ? 1 : 0
    flags[\.notifySoftKB] = hasLifetime(configuration) ? 1 : 0
    flags[\.notifyOverflow] = configuration.events.contains(.sequenceOverflow) ? 1 : 0
    flags[\.notifyPeriodic] = configuration.events.contains(.sequencePeriodic) ? 1 : 0
    return flags
  }

  private func append(_ tunnel: SAConfiguration.Tunnel, to message: inout MessageBytes) {
    var handling = Packed<Legacy.TunnelHandling>()
    handling[\.dscp] = tunnel.dscpHandling.rawValue
    handling[\.df] = tunnel.dfHandling.rawValue
    handling[\.noECN] = tunnel.propagatesECN ? 0 : 1
    if tunnel.isIPv6 {
      message.append(Legacy.TunnelHeaderIPv6.self) {
        $0.saddr = InlineArray { bigEndian(tunnel.source[4 * $0..<4 * $0 + 4]) }
        $0.daddr = InlineArray { bigEndian(tunnel.destination[4 * $0..<4 * $0 + 4]) }
        $0.handling = handling
        $0.dscp = tunnel.dscp
      }
    } else {
      message.append(Legacy.TunnelHeaderIPv4.self) {
        $0.saddr = bigEndian(tunnel.source)
        $0.daddr = bigEndian(tunnel.destination)
        $0.handling = handling
        $0.dscp = tunnel.dscp
      }
    }
  }

  private func append(_ lifetime: SAConfiguration.Lifetime, to message: inout MessageBytes) {
    if version == .v0_4 {
      message.append(V0_4.NotifyLifetime.self) { $0.lifetime = UInt32(clamping: lifetime.softBytes >> 10) }
    } else {
      message.append(V1_0.NotifyLifetime.self) {
        $0.soft = UInt32(clamping: lifetime.softBytes >> 10)
        $0.hard = UInt32(clamping: lifetime.hardBytes >> 10)
      }
    }
  }

  // MARK: Algorithms

  private func appendESP(_ configuration: SAConfiguration, to message: inout MessageBytes) {
    let cipher = configuration.cipher?.algorithm ?? .null, auth = configuration.authentication?.algorithm ?? .null
    let shape = cipher.shape, icv = configuration.authentication == nil ? shape.icv : auth.icvByteCount
    var flags = Packed<Legacy.ESPFlags>()
    flags[\.encrypt] = cipher == .null ? 0 : 1
    flags[\.auth] = configuration.authentication == nil ? 0 : 1
    let key = configuration.cipher?.key ?? Secret(), salt = configuration.cipher?.salt ?? Secret()
    let authKey = configuration.authentication?.key ?? Secret()
    if version == .v0_4 {
      message.append(V0_4.ESPInfo.self) {
        $0.flags = flags
        $0.cipher = Code(cipher)
        $0.ivSize = shape.iv
        $0.blockSize = shape.block
      }
      append(key, to: &message)
      message.append(V0_4.ESPInfoAuth.self) {
        $0.counterInitial = 1
        $0.auth = Code(auth)
      }
      append(authKey, to: &message)
      message.append(V0_4.ICVInfo.self) { $0.icvSize = icv }
      append(salt, to: &message)
    } else {
      message.append(V1_0.ESPInfo.self) {
        $0.flags = flags
        $0.cipher = Code(cipher)
        $0.ivSize = shape.iv
        $0.blockSize = shape.block
        $0.counterInitial = 1
        $0.auth = Code(auth)
        $0.icvSize = icv
      }
      append(key, to: &message)
      if configuration.authentication != nil { append(authKey, to: &message) }
      append(salt, to: &message)
    }
  }

  private func appendAH(_ configuration: SAConfiguration, to message: inout MessageBytes) {
    let auth = configuration.authentication?.algorithm ?? .null
    let key = configuration.authentication?.key ?? Secret()
    if version == .v0_4 {
      message.append(V0_4.AHInfo.self) { $0.auth = Code(auth) }
      append(key, to: &message)
      message.append(V0_4.ICVInfo.self) { $0.icvSize = auth.icvByteCount }
    } else {
      message.append(V1_0.AHInfo.self) {
        $0.auth = Code(auth)
        $0.icvSize = auth.icvByteCount
      }
      append(key, to: &message)
    }
  }

  /// A length and a value: as long as it is in 0.4, in 64 bytes in 1.0.
  private func append(_ value: Secret, to message: inout MessageBytes) {
    if version == .v0_4 {
      message.append(V0_4.LengthValue.self) { $0.length = UInt32(value.count) }
      message.append(value)
    } else {
      message.append(V1_0.CipherKey.self) {
        $0.length = UInt32(value.count)
        $0.data = value.withBytes { bytes in InlineArray { $0 < bytes.count ? bytes[$0] : 0 } }
      }
    }
  }

  // MARK: Updates

  func append(
    _ group: WireHandle?, _ sa: WireHandle, _ update: SAUpdate, _ isIPv6: Bool, to message: inout MessageBytes
  ) throws(DriverError) {
    let change: Legacy.Change
    var body = self.message()
    switch update {
    case .gateway(let isLocal, let address, let port):
      change = isLocal ? .localGateway : .peerGateway
      guard address.count == (isIPv6 ? 16 : 4) else { throw DriverError(.EINVAL, "update_sa", "address") }
      guard !isIPv6 || version > .v0_4 else {
        throw DriverError(.EOPNOTSUPP, "update_sa", "version 0.4 has one word for an IPv6 address")
      }
      append(address, port, to: &body)
    case .sequence(let sequence):
      change = .sequenceNumber
      body.append(Legacy.UpdateSequence.self) {
        $0.low = UInt32(truncatingIfNeeded: sequence)
        $0.high = UInt32(sequence >> 32)
      }
    case .replayWindow(let size, _, let bitmap):
      change = .antiReplayWindow
      body.append(Legacy.UpdateAntiReplay.self) {
        $0.windowSize = UInt32(size)
        $0.windowBitmap = bitmap.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
      }
    case .lifetime, .tunnel: throw DriverError(.EOPNOTSUPP, "update_sa", "version \(version) cannot change this")
    }
    message.append(handle(group))
    message.append([change.rawValue])
    message.append(sa.bytes)
    message.append(body)
  }

  private func append(_ address: [UInt8], _ port: UInt16, to body: inout MessageBytes) {
    if address.count == 4 {
      body.append(Legacy.UpdateIPv4.self) {
        $0.port = port
        $0.addr = bigEndian(address)
      }
    } else {
      body.append(V1_0.UpdateIPv6.self) {
        $0.port = port
        $0.addr = InlineArray { bigEndian(address[4 * $0..<4 * $0 + 4]) }
      }
    }
  }
}

extension CipherAlgorithm {
  /// Bytes of the IV in a packet, of a block, and of the integrity check value of a combined mode.
  fileprivate var shape: (iv: UInt8, block: UInt8, icv: UInt8) {
    switch self {
    case .noCipher, .null: (0, 1, 0)
    case .desCBC, .tripleDESCBC: (8, 8, 0)
    case .aesCBC: (16, 16, 0)
    case .aesCTR: (8, 1, 0)
    case .aesCCM8, .aesGCM8: (8, 1, 8)
    case .aesCCM12, .aesGCM12: (8, 1, 12)
    case .aesCCM16, .aesGCM16, .aesGMAC, .chaCha20Poly1305: (8, 1, 16)
    }
  }
}

extension HMACAlgorithm {
  /// Bytes of the integrity check value.
  fileprivate var icvByteCount: UInt8 {
    switch self {
    case .null: 0
    case .md5, .sha1, .aesXCBC, .aesCMAC: 12
    case .sha256, .aesGMAC: 16
    case .sha1Full: 20
    case .sha384: 24
    case .sha512: 32
    }
  }
}
