import ESP
import Spec
import Virtio
import Wire

extension Accelerator {
  /// Carries out a command, whichever part of the device it concerns.
  func perform(_ command: ControlCommand) throws(Rejection) -> ControlReply {
    switch command {
    case .setGuestOrder(let order):
      guard !hasGuestOrder || order == dialect.guest else { throw .invalidState }
      (dialect.guest, hasGuestOrder) = (order, true)
      return .done
    case .saveState(let offset, let limit): return try savePiece(offset: offset, limit: limit)
    case .restoreState(let offset, let total, let bytes):
      try restorePiece(bytes, offset: offset, total: total)
      return .done
    default: return try control.perform(command, features)
    }
  }

  /// Offset 0 freezes a state; the pieces are of that one.
  private func savePiece(offset: UInt64, limit: Int) throws(Rejection) -> ControlReply {
    if offset == 0 { outgoingState = saveState() }
    guard offset <= UInt64(outgoingState.count), !outgoingState.isEmpty else { throw .invalidState }
    let start = Int(offset)
    let end = min(start + limit, outgoingState.count)
    return .state(offset: offset, total: UInt64(outgoingState.count), Array(outgoingState[start..<end]))
  }

  /// Pieces come in order; with the last one, the state is taken over or refused as a whole.
  private func restorePiece(_ bytes: [UInt8], offset: UInt64, total: UInt64) throws(Rejection) {
    // Over SAs that are there, handles could come twice.
    guard control.store.isEmpty else { throw .invalidState }
    if offset == 0 { incomingState = [] }
    let count = UInt64(incomingState.count)
    guard offset == count, total <= UInt64(profile.limits.stateSize), count + UInt64(bytes.count) <= total else {
      throw .invalidState
    }
    incomingState += bytes
    guard incomingState.count == Int(total) else { return }
    defer { incomingState = [] }
    guard let saved = try? StateHeader(incomingState), saved.features == features, saved.version == version else {
      throw .invalidState
    }
    do throws(StateError) { try restoreState(incomingState) } catch {
      switch error {
      case .limit: throw .noResources
      default: throw .invalidState
      }
    }
  }

  /// What neither side sends but both know: the version of the tunnel header that the SA of an update was created with.
  func context(_ bytes: Arena, _ entry: Grammar.Entry) -> UInt64 {
    guard let handle = dialect.updatedSA(bytes, entry),
      let mode = control.store[handle]?.members[0].description.parameters.mode,
      case .tunnel(let source, _) = mode
    else { return 0 }
    return source.version == .v6 ? 1 : 0
  }
}
