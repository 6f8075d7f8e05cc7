import Spec
import Wire

/// SAs in version 2.0: an entry, and attributes.
extension ModernFormat {
  func append(_ configuration: SAConfiguration, to body: inout MessageBytes) throws(DriverError) {
    guard configuration.tunnel?.isSound ?? true else { throw DriverError(.EINVAL, "SA", "tunnel addresses") }
    let attributes = attributes(of: configuration)
    body.append(V2_0.SAEntry.self) {
      $0.spi = configuration.spi
      $0.proto = Code(configuration.proto)
      $0.mode = Code(configuration.tunnel == nil ? .transport : .tunnel)
      var flags = Packed<V2_0.SAFlags>()
      flags[\.esn] = configuration.extendedSequence ? 1 : 0
      flags[\.antiReplay] = configuration.replayWindow > 0 ? 1 : 0
      flags[\.wesp] = configuration.isWrapped ? 1 : 0
      $0.flags = flags
      $0.attributesLength = UInt32(attributes.count)
    }
    body.append(attributes)
  }

  private func attributes(of configuration: SAConfiguration) -> MessageBytes {
    var attributes = MessageBytes()
    if let tunnel = configuration.tunnel { append(tunnel, to: &attributes) }
    if let cipher = configuration.cipher {
      attribute(.cipher, in: &attributes) {
        $0.append(V2_0.CipherAttribute.self) {
          $0.algorithm = Code(cipher.algorithm)
          $0.keyLength = UInt16(cipher.key.count)
          $0.saltLength = UInt16(cipher.salt.count)
        }
        $0.append(cipher.key)
        $0.append(cipher.salt)
      }
    }
    if let authentication = configuration.authentication {
      attribute(.authentication, in: &attributes) {
        $0.append(V2_0.AuthenticationAttribute.self) {
          $0.algorithm = Code(authentication.algorithm)
          $0.keyLength = UInt16(authentication.key.count)
          $0.saltLength = UInt16(authentication.salt.count)
        }
        $0.append(authentication.key)
        $0.append(authentication.salt)
      }
    }
    if let ports = configuration.udpPorts {
      attribute(.udpEncapsulation, in: &attributes) {
        $0.append(V2_0.UDPEncapsulation.self) {
          $0.sport = ports.source
          $0.dport = ports.destination
        }
      }
    }
    appendSequence(of: configuration, to: &attributes)
    if configuration.lifetime != SAConfiguration.Lifetime() { append(configuration.lifetime, to: &attributes) }
    if configuration.tfcLength > 0 {
      attribute(.tfc, in: &attributes) {
        $0.append(V2_0.TrafficFlow.self) { $0.padTo = UInt32(configuration.tfcLength) }
      }
    }
    if !configuration.events.isEmpty {
      attribute(.notify, in: &attributes) {
        $0.append(V2_0.NotificationSettings.self) {
          $0.events = configuration.events.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
          $0.interval = configuration.eventInterval
        }
      }
    }
    return attributes
  }

  private func appendSequence(of configuration: SAConfiguration, to attributes: inout MessageBytes) {
    if configuration.replayWindow > 0 {
      // What came before is taken as received: better a packet lost than one accepted twice.
      let bitmap = configuration.sequence == 0 ? 0 : (configuration.replayWindow + 7) / 8
      append(
        .replayWindow(
          size: configuration.replayWindow, highest: configuration.sequence,
          bitmap: Array(repeating: 0xff, count: bitmap)),
        window: &attributes)
    } else if configuration.sequence > 0 {
      attribute(.sequence, in: &attributes) {
        $0.append(V2_0.Sequence.self) { $0.last = configuration.sequence }
      }
    }
  }

  private func append(_ tunnel: SAConfiguration.Tunnel, to attributes: inout MessageBytes) {
    if tunnel.isIPv6 {
      attribute(.tunnelIPv6, in: &attributes) {
        $0.append(V2_0.TunnelIPv6.self) {
          $0.saddr = InlineArray { tunnel.source[$0] }
          $0.daddr = InlineArray { tunnel.destination[$0] }
          $0.dscpHandling = Code(tunnel.dscpHandling)
          $0.dscp = tunnel.dscp
          $0.ecn = tunnel.propagatesECN ? 1 : 0
        }
      }
    } else {
      attribute(.tunnelIPv4, in: &attributes) {
        $0.append(V2_0.TunnelIPv4.self) {
          $0.saddr = bigEndian(tunnel.source)
          $0.daddr = bigEndian(tunnel.destination)
          $0.dscpHandling = Code(tunnel.dscpHandling)
          $0.dscp = tunnel.dscp
          $0.dfHandling = Code(tunnel.dfHandling)
          $0.ecn = tunnel.propagatesECN ? 1 : 0
        }
      }
    }
  }

  func append(_ update: SAUpdate, to body: inout MessageBytes) throws(DriverError) {
    switch update {
    case .gateway: throw DriverError(.EOPNOTSUPP, "update_sa", "2.0 changes a tunnel as a whole")
    case .tunnel(let tunnel):
      guard tunnel.isSound else { throw DriverError(.EINVAL, "update_sa", "tunnel addresses") }
      append(tunnel, to: &body)
    case .sequence(let last):
      attribute(.sequence, in: &body) { $0.append(V2_0.Sequence.self) { $0.last = last } }
    case .replayWindow: append(update, window: &body)
    case .lifetime(let lifetime): append(lifetime, to: &body)
    }
  }

  private func append(_ update: SAUpdate, window body: inout MessageBytes) {
    guard case .replayWindow(let size, let highest, let bitmap) = update else { return }
    attribute(.replayWindow, in: &body) {
      $0.append(V2_0.ReplayWindow.self) {
        $0.size = UInt32(size)
        $0.bitmapLength = UInt32(bitmap.count)
        $0.highest = highest
      }
      $0.append(bitmap)
    }
  }

  private func append(_ lifetime: SAConfiguration.Lifetime, to attributes: inout MessageBytes) {
    attribute(.lifetime, in: &attributes) {
      $0.append(V2_0.Lifetime.self) {
        $0.softBytes = lifetime.softBytes
        $0.hardBytes = lifetime.hardBytes
        $0.softPackets = lifetime.softPackets
        $0.hardPackets = lifetime.hardPackets
      }
    }
  }

  /// An attribute: header, value, zeros up to the next multiple of eight.
  private func attribute(
    _ type: V2_0.AttributeType, in bytes: inout MessageBytes, _ value: (inout MessageBytes) -> Void
  ) {
    var content = MessageBytes()
    value(&content)
    bytes.append(V2_0.AttributeHeader.self) {
      $0.type = type.rawValue
      $0.length = UInt16(content.count)
    }
    bytes.append(content)
    bytes.align(to: 8)
  }

  // MARK: Reading

  /// The innermost record of an answer.
  func state(_ bytes: [UInt8], at start: Int, _ name: String) throws(DriverError) -> SAState {
    let count = try read(V2_0.ReadReply.self, bytes, at: start, name) { $0.saCount }
    guard count > 0 else { throw DriverError(.EPROTO, name, "no record") }
    let record = start + V2_0.ReadReply.byteCount
    var state = SAState()
    let length = try read(V2_0.SARecord.self, bytes, at: record, name) { reader in
      state.spi = reader.spi
      state.sequence = reader.sequence
      return Int(reader.attributesLength)
    }
    var offset = record + V2_0.SARecord.byteCount
    let end = offset + length
    guard end <= bytes.count else { throw DriverError(.EPROTO, name, "\(length) bytes of attributes") }
    while offset + V2_0.AttributeHeader.byteCount <= end {
      let header = try read(V2_0.AttributeHeader.self, bytes, at: offset, name) { ($0.type, Int($0.length)) }
      offset += V2_0.AttributeHeader.byteCount
      if header.0 == V2_0.AttributeType.statistics.rawValue, header.1 >= V2_0.Statistics.byteCount {
        state.statistics = try read(V2_0.Statistics.self, bytes, at: offset, name) { SAState.Statistics($0) }
      }
      offset += (header.1 + 7) & ~7
    }
    return state
  }
}

extension SAState.Statistics {
  init(_ reader: Reader<V2_0.Statistics>) {
    packets = reader.packets
    bytes = reader.bytes
    invalidPacket = reader.invalidPacket
    invalidPad = reader.invalidPad
    invalidSequence = reader.invalidSequence
    invalidICV = reader.invalidIcv
    replayed = reader.replayed
    late = reader.replayLate
    sequenceOverflow = reader.sequenceOverflow
    cryptoFailed = reader.cryptoFailed
    noTailRoom = reader.noTailRoom
    submitFailed = reader.submitFailed
    errors =
      invalidPacket &+ invalidPad &+ invalidSequence &+ late &+ replayed &+ invalidICV &+ sequenceOverflow
      &+ cryptoFailed &+ noTailRoom &+ submitFailed
  }
}

/// Four bytes as they stand in a packet, as a number.
func bigEndian(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
