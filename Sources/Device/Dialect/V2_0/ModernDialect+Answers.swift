import ESP
import Spec
import Virtio
import Wire

/// What version 2.0 answers.
extension ModernDialect {
  func answer(_ reply: ControlReply, to request: Parts, _ features: FeatureSet) -> Parts {
    var parts = Parts()
    parts[\V2_0.ControlStatus.status] = Code(.ok)
    switch reply {
    case .done: break
    case .capabilities(let capabilities): fill(&parts, capabilities)
    case .random(let bytes):
      parts.include(V2_0.Amount.self)
      parts.setBytes("random", bytes)
    case .group(let group): parts[\V2_0.GroupHandle.group] = group.rawValue
    case .sa(let sa):
      parts[\V2_0.SAHandle.sa] = sa.rawValue
      parts[\V2_0.SAHandle.group] = request[\V2_0.AddSA.group]
    case .rooms(let head, let tail):
      parts[\V2_0.Rooms.headroom] = UInt32(head)
      parts[\V2_0.Rooms.tailroom] = UInt32(tail)
    case .records(let records, let cursor):
      parts[\V2_0.ReadReply.cursor] = cursor
      for record in records { parts.append("record") { fill(&$0, record, features) } }
    case .dhPublic(let handle, let value):
      parts[\V2_0.DHPublic.dh] = handle.rawValue
      parts.setBytes("public_value", value)
    case .dhSecret(let secret):
      parts.include(V2_0.Amount.self)
      parts.setBytes("secret", secret)
    case .state(let offset, let total, let bytes):
      parts[\V2_0.StateChunk.offset] = offset
      parts[\V2_0.StateChunk.total] = total
      parts.setBytes("state", bytes)
    }
    return parts
  }

  func answer(_ rejection: Rejection, to request: Parts?) -> Parts {
    var parts = Parts()
    let (status, detail) = Self.status(of: rejection, request)
    parts[\V2_0.ControlStatus.status] = Code(status)
    parts[\V2_0.ControlStatus.detail] = UInt32(clamping: detail)
    return parts
  }

  private func fill(_ parts: inout Parts, _ capabilities: Capabilities) {
    parts[\V2_0.Capabilities.cipherAlgorithms] = capabilities.algorithms.ciphers
    parts[\V2_0.Capabilities.authAlgorithms] = capabilities.algorithms.authentication
    parts[\V2_0.Capabilities.legacyCiphers] = capabilities.legacy.ciphers
    parts[\V2_0.Capabilities.legacyAuths] = capabilities.legacy.authentication
    parts[\V2_0.Capabilities.maxSas] = UInt32(clamping: capabilities.limits.sas)
    parts[\V2_0.Capabilities.maxGroups] = UInt32(clamping: capabilities.limits.groups)
    parts[\V2_0.Capabilities.maxReplayWindow] = UInt32(clamping: capabilities.limits.replayWindow)
    parts[\V2_0.Capabilities.maxPacketSize] = UInt32(clamping: capabilities.limits.packetSize)
    parts[\V2_0.Capabilities.maxBundle] = UInt32(clamping: capabilities.limits.bundle)
    parts[\V2_0.Capabilities.maxPackets] = UInt32(clamping: capabilities.limits.packets)
    parts[\V2_0.Capabilities.headroom] = UInt32(clamping: capabilities.headRoom)
    parts[\V2_0.Capabilities.tailroom] = UInt32(clamping: capabilities.tailRoom)
    parts[\V2_0.Capabilities.dhGroups] = capabilities.dhGroups
  }

  private func fill(_ parts: inout Parts, _ record: SARecord, _ features: FeatureSet) {
    let description = record.description
    let parameters = description.parameters
    parts[\V2_0.SARecord.sa] = record.handle.rawValue
    parts[\V2_0.SARecord.sequence] = record.state.sequence
    parts[\V2_0.SARecord.spi] = parameters.spi
    parts[\V2_0.SARecord.proto] = Code(parameters.protocol == .ah ? .ah : .esp)
    var flags = Packed<V2_0.SAFlags>()
    flags[\.esn] = parameters.extendedSequence ? 1 : 0
    flags[\.antiReplay] = parameters.replayWindow > 0 ? 1 : 0
    flags[\.wesp] = parameters.protocol == .wesp ? 1 : 0
    parts[\V2_0.SARecord.flags] = flags
    parts[\V2_0.SARecord.position] = UInt32(record.position)
    if case .tunnel(let source, let destination) = parameters.mode {
      parts[\V2_0.SARecord.mode] = Code(.tunnel)
      V2_0.fillTunnel(&parts, source, destination, parameters)
    } else {
      parts[\V2_0.SARecord.mode] = Code(.transport)
    }
    if let cipher = description.cipher {
      parts.setAttribute(V2_0.AttributeType.cipher) {
        $0[\V2_0.CipherAttribute.algorithm] = Code(cipher.algorithm)
        $0[\V2_0.CipherAttribute.keyLength] = UInt16(cipher.key.count)
        $0[\V2_0.CipherAttribute.saltLength] = UInt16(cipher.salt.count)
      }
    }
    if let authentication = description.authentication {
      parts.setAttribute(V2_0.AttributeType.authentication) {
        $0[\V2_0.AuthenticationAttribute.algorithm] = Code(authentication.algorithm)
        $0[\V2_0.AuthenticationAttribute.keyLength] = UInt16(authentication.key.count)
        $0[\V2_0.AuthenticationAttribute.saltLength] = UInt16(authentication.salt.count)
      }
    }
    V2_0.fillVarying(&parts, description)
    fillState(&parts, record)
    if grammar.features.allows(V2_0.AttributeType.statistics, with: features) {
      parts.setAttribute(V2_0.AttributeType.statistics) { fill(&$0, record.state.statistics) }
    }
  }

  private func fillState(_ parts: inout Parts, _ record: SARecord) {
    if let bitmap = record.replayBitmap, !bitmap.isEmpty {
      parts.setAttribute(V2_0.AttributeType.replayWindow) {
        $0[\V2_0.ReplayWindow.size] = UInt32(record.description.parameters.replayWindow)
        $0[\V2_0.ReplayWindow.highest] = record.state.sequence
        $0.setBytes("replay_bitmap", bitmap)
      }
    } else {
      parts.setAttribute(V2_0.AttributeType.sequence) {
        $0[\V2_0.Sequence.last] = record.state.sequence
        $0[\V2_0.Sequence.notifyAt] = record.description.notifications.overflowAt ?? 0
      }
    }
  }

  private func fill(_ parts: inout Parts, _ statistics: Statistics) {
    parts[\V2_0.Statistics.packets] = statistics.packets
    parts[\V2_0.Statistics.bytes] = statistics.bytes
    parts[\V2_0.Statistics.invalidPacket] = statistics.invalidPacket
    parts[\V2_0.Statistics.invalidPad] = statistics.invalidPadLength
    parts[\V2_0.Statistics.invalidSequence] = statistics.invalidSequenceNumber
    parts[\V2_0.Statistics.replayLate] = statistics.antiReplayLate
    parts[\V2_0.Statistics.replayed] = statistics.antiReplayReplayed
    parts[\V2_0.Statistics.invalidIcv] = statistics.invalidICV
    parts[\V2_0.Statistics.sequenceOverflow] = statistics.sequenceOverflow
    parts[\V2_0.Statistics.cryptoFailed] = statistics.cryptoOperationFailed
    parts[\V2_0.Statistics.noTailRoom] = statistics.noTailRoom
    parts[\V2_0.Statistics.submitFailed] = statistics.submitToAcceleratorFailed
  }
}
