import ESP
import Spec

extension SADescription {
  /// Everything that the engine needs.
  private func engineParameters() throws(Rejection) -> Parameters {
    var parameters = parameters
    parameters.protection = try protection()
    parameters.allowsLegacy = true
    parameters.allowsUnauthenticated = true
    parameters.sequenceInterval = notifications.events.contains(.sequencePeriodic) ? notifications.interval : 0
    if let overflowAt = notifications.overflowAt {
      let last = parameters.extendedSequence ? UInt64.max : UInt64(UInt32.max)
      guard overflowAt <= last else { throw .invalidValue(.sequence) }
      parameters.overflowNotice = last - overflowAt
    }
    return parameters
  }

  /// The state in which the guest adds it.
  func initialState(_ direction: Direction) -> AssociationState {
    var state = AssociationState(sequence: sequence)
    if direction == .inbound, let replayBitmap {
      state.window = ReplayBitmap.words(replayBitmap, size: parameters.replayWindow, top: sequence)
    }
    return state
  }

  /// - Throws: `Rejection` that names the field at fault.
  func makeMember(
    _ direction: Direction, state: AssociationState, ivs: IVSource
  ) throws(Rejection) -> StoredSA.Member {
    let parameters = try engineParameters()
    do throws(ParameterError) {
      let association: Association =
        switch direction {
        case .outbound: .outbound(try OutboundAssociation(parameters, state: state, ivs: ivs))
        case .inbound: .inbound(try InboundAssociation(parameters, state: state))
        }
      return StoredSA.Member(description: self, association: association)
    } catch {
      throw rejection(error)
    }
  }

  private func rejection(_ error: ParameterError) -> Rejection {
    switch error {
    case .reservedSPI: .invalidValue(.spi)
    case .keyLength(let name, _, _), .saltLength(let name, _, _):
      .keyRejected(isAuthentication(name) ? .authentication : .cipher)
    case .legacy(let name), .provider(let name): .unsupportedAlgorithm(number(name))
    case .noProtection: .invalidValue(.authentication)
    case .encryptionInAH: .invalidValue(.cipher)
    case .udpEncapsulationOfAH: .invalidValue(.udp)
    case .mixedTunnel, .dscp, .flowLabel, .hopLimit: .invalidValue(.tunnel)
    case .replayWindow: .invalidValue(.replayWindow)
    case .tfcLength: .invalidValue(.tfc)
    case .state: .invalidValue(.sequence)
    }
  }

  /// Whether the engine's name is that of the integrity algorithm.
  private func isAuthentication(_ name: String) -> Bool {
    parameters.protocol == .ah || AuthenticationAlgorithm(rawValue: name) != nil
  }

  private func number(_ name: String) -> Int {
    isAuthentication(name) ? Int(authentication?.algorithm.rawValue ?? 0) : Int(cipher?.algorithm.rawValue ?? 0)
  }
}

extension StoredSA {
  /// Applies a change; nothing has changed if it throws.
  func update(_ change: SAChange, ivs: IVSource) throws(Rejection) {
    guard members.count == 1 else { throw .invalidState }
    var description = members[0].description
    var state = members[0].association.state
    if let tunnel = change.tunnel {
      guard case .tunnel = description.parameters.mode else { throw .invalidValue(.tunnel) }
      tunnel.apply(to: &description.parameters)
    }
    try update(&description.parameters, change)
    if let lifetime = change.lifetime {
      description.parameters.lifetime = lifetime
      state.usage.softReported = false
    }
    if let notifications = change.notifications { description.notifications = notifications }
    try update(&state, &description, change)
    members[0] = try description.makeMember(direction, state: state, ivs: ivs)
  }

  /// New ends of the tunnel: the local one is the source outbound and the destination inbound.
  private func update(_ parameters: inout Parameters, _ change: SAChange) throws(Rejection) {
    if change.localAddress != nil || change.peerAddress != nil {
      guard case .tunnel(let source, let destination) = parameters.mode else { throw .invalidValue(.tunnel) }
      let isOutbound = direction == .outbound
      let (newSource, newDestination) =
        isOutbound ? (change.localAddress, change.peerAddress) : (change.peerAddress, change.localAddress)
      parameters.mode = .tunnel(source: newSource ?? source, destination: newDestination ?? destination)
    }
    if let udp = change.udpEncapsulation {
      guard parameters.udpEncapsulation != nil else { throw .invalidValue(.udp) }
      parameters.udpEncapsulation = udp
    }
    let (source, destination) =
      direction == .outbound ? (change.localPort, change.peerPort) : (change.peerPort, change.localPort)
    guard parameters.udpEncapsulation != nil else {
      guard source == nil, destination == nil else { throw .invalidValue(.udp) }
      return
    }
    if let source { parameters.udpEncapsulation?.sourcePort = source }
    if let destination { parameters.udpEncapsulation?.destinationPort = destination }
  }

  private func update(
    _ state: inout AssociationState, _ description: inout SADescription, _ change: SAChange
  ) throws(Rejection) {
    let oldSize = description.parameters.replayWindow
    let bitmap = state.window.map { ReplayBitmap.bytes(size: oldSize, top: state.sequence, words: $0) }
    if let size = change.replayWindow { description.parameters.replayWindow = size }
    if let sequence = change.sequence {
      // Behind it, an IV would be used again under the same key.
      if direction == .outbound, sequence < state.sequence { throw .invalidValue(.sequence) }
      state.sequence = sequence
    }
    guard direction == .inbound else { return }
    if let new = change.replayBitmap ?? (change.sequence == nil ? bitmap : nil) {
      state.window = ReplayBitmap.words(new, size: description.parameters.replayWindow, top: state.sequence)
    } else {
      state.window = nil
    }
  }
}
