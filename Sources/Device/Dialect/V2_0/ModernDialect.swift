import ESP
import Spec
import Virtio
import Wire

/// Version 2.0 on the wire.
final class ModernDialect: Dialect {
  var grammar: Grammar { Self.grammar }
  static let grammar = Grammar(Spec.v2_0)
  /// What a data request must not say, because its feature was not negotiated.
  let forbidden: [FeatureRules.Rule]

  init(_ features: FeatureSet) {
    forbidden = Self.grammar.features.rules(for: V2_0.DataRequest.self).filter { !features.contains($0.feature) }
  }

  var guest: ByteOrder {
    get { .little }
    set {}
  }

  var notificationByteCount: Int { V2_0.Notification.byteCount }

  func notification(_ notification: Notification) -> Arena {
    var parts = Parts()
    parts[\V2_0.Notification.event] = Code(notification.event)
    parts[\V2_0.Notification.coalesced] = notification.coalesced
    parts[\V2_0.Notification.group] = notification.group?.rawValue ?? 0
    parts[\V2_0.Notification.sa] = notification.sa.rawValue
    parts[\V2_0.Notification.value] = notification.value
    return ChainComposer.compose(grammar.entry("notify", of: "notification").writable, from: parts)
  }

  func parts(adding descriptions: [SADescription]) -> Parts {
    var parts = Parts()
    parts[\V2_0.AddSA.saCount] = UInt32(descriptions.count)
    for description in descriptions { parts.append("sa") { V2_0.fill(&$0, description) } }
    return parts
  }

  // MARK: Commands

  func command(_ name: String, _ parts: Parts, room: Int) throws(Rejection) -> ControlCommand {
    switch parts[\V2_0.ControlHeader.commandClass].known {
    case .generic: try generic(parts)
    case .sa: try associations(parts)
    case .random: try random(parts, room)
    case .advanced: try advanced(parts, room)
    case nil: throw .unknownCommand
    }
  }

  private func generic(_ parts: Parts) throws(Rejection) -> ControlCommand {
    switch GenericCommand(rawValue: parts[\V2_0.ControlHeader.command]) {
    case .getCapabilities: return .getCapabilities
    case .setCapabilities:
      return .turnOnLegacy(
        ciphers: parts[\V2_0.SetCapabilities.legacyCiphers], authentication: parts[\V2_0.SetCapabilities.legacyAuths])
    case .setGuestEndian, nil: throw .unknownCommand
    }
  }

  private func random(_ parts: Parts, _ room: Int) throws(Rejection) -> ControlCommand {
    let count = Int(parts[\V2_0.Amount.length])
    let needed = V2_0.ControlStatus.byteCount + V2_0.Amount.byteCount + count
    guard count <= grammar.limit(ofBytes: "random", of: "get_random", in: "control") else {
      throw .invalidBytes(offset: parts.offset(of: \V2_0.Amount.length))
    }
    guard needed <= room else { throw .noSpace(needed: needed) }
    return .random(count: count)
  }

  private func advanced(_ parts: Parts, _ room: Int) throws(Rejection) -> ControlCommand {
    switch V2_0.AdvancedCommand(rawValue: parts[\V2_0.ControlHeader.command]) {
    case .saveState:
      return .saveState(offset: parts[\V2_0.SaveState.offset], limit: Int(parts[\V2_0.SaveState.maxLength]))
    case .restoreState:
      return .restoreState(
        offset: parts[\V2_0.StateChunk.offset], total: parts[\V2_0.StateChunk.total], parts.bytes("state"))
    case .dhGenerate:
      let number = parts[\V2_0.DHGenerate.dhGroup]
      guard let group = DHGroup(rawValue: number) else { throw .unsupportedAlgorithm(Int(number)) }
      let needed = V2_0.ControlStatus.byteCount + V2_0.DHPublic.byteCount + group.publicByteCount
      guard needed <= room else { throw .noSpace(needed: needed) }
      return .generateDH(group)
    case .dhCompute:
      return .computeDH(
        Handle(parts[\V2_0.DHPublic.dh]), peer: parts.bytes("peer_value"),
        handleOffset: parts.offset(of: \V2_0.DHPublic.dh), peerOffset: parts.range(ofBytes: "peer_value")!.lowerBound)
    case .dhDelete:
      return .deleteDH(Handle(parts[\V2_0.DHHandle.dh]), handleOffset: parts.offset(of: \V2_0.DHHandle.dh))
    case nil: throw .unknownCommand
    }
  }

  private func associations(_ parts: Parts) throws(Rejection) -> ControlCommand {
    switch SACommand(rawValue: parts[\V2_0.ControlHeader.command]) {
    case .addGroup: return .addGroup
    case .deleteGroup: return .deleteGroup(try group(parts))
    case .flushSA: return .flush(try group(parts))
    case .flushAll: return .flushAll
    case .getHeadroomTailroomSize: return .rooms
    case .addOutSA: return try add(.outbound, parts)
    case .addInSA: return try add(.inbound, parts)
    case .deleteOutSA: return .delete(.outbound, try name(parts))
    case .deleteInSA: return .delete(.inbound, try name(parts))
    case .updateOutSA: return .update(.outbound, try name(parts), try change(parts))
    case .updateInSA: return .update(.inbound, try name(parts), try change(parts))
    case .readOutSA: return .read(.outbound, try name(parts))
    case .readInSA: return .read(.inbound, try name(parts))
    case .readFirstNOutSAs: return try readMany(.outbound, parts, isFirst: true)
    case .readFirstNInSAs: return try readMany(.inbound, parts, isFirst: true)
    case .readNextNOutSAs: return try readMany(.outbound, parts, isFirst: false)
    case .readNextNInSAs: return try readMany(.inbound, parts, isFirst: false)
    case nil: throw .unknownCommand
    }
  }

  private func group(_ parts: Parts) throws(Rejection) -> Handle {
    guard let handle = Handle(parts[\V2_0.GroupHandle.group]) else { throw .noSuchGroup }
    return handle
  }

  private func name(_ parts: Parts) throws(Rejection) -> SAName {
    guard let handle = Handle(parts[\V2_0.SAHandle.sa]) else { throw .noSuchSA }
    return SAName(group: Handle(parts[\V2_0.SAHandle.group]), sa: handle)
  }

  private func readMany(_ direction: Direction, _ parts: Parts, isFirst: Bool) throws(Rejection) -> ControlCommand {
    let cursor = parts[\V2_0.ReadSAs.cursor]
    guard !isFirst || cursor == 0 else { throw .invalidBytes(offset: parts.offset(of: \V2_0.ReadSAs.cursor)) }
    return .readMany(
      direction, group: Handle(parts[\V2_0.ReadSAs.group]), after: cursor, limit: Int(parts[\V2_0.ReadSAs.maxSas]))
  }

  private func add(_ direction: Direction, _ parts: Parts) throws(Rejection) -> ControlCommand {
    var descriptions: [SADescription] = []
    for sa in parts.repetitions("sa") { descriptions.append(try description(sa)) }
    return .add(direction, group: Handle(parts[\V2_0.AddSA.group]), descriptions)
  }
}
