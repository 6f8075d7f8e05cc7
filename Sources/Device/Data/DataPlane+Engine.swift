import ESP
import Virtio

/// From packets in the workspace to results in the guest's memory.
extension DataPlane {
  /// Takes packets of one SA that is alone through the engine.
  @inline(__always)
  func processTogether(
    _ packets: UnsafeMutableBufferPointer<BurstPacket>, _ origins: UnsafeMutableBufferPointer<EngineBurst.Origin>
  ) {
    origins[0].sa._withUnsafeGuaranteedRef { sa in
      sa.alone?.process(packets)
      for index in packets.indices {
        origins[index].request.pointee.result = settle(packets.baseAddress! + index, origins.baseAddress! + index, sa)
      }
    }
  }

  @inline(__always)
  private func settle(
    _ packet: UnsafeMutablePointer<BurstPacket>, _ origin: UnsafeMutablePointer<EngineBurst.Origin>, _ sa: StoredSA
  ) -> Result<PacketResult, Rejection> {
    guard case .success(let outcome)? = packet.pointee.verdict, outcome.events.isEmpty else {
      return settleSpecial(packet, origin, sa)
    }
    return store(outcome, packet, origin, sa)
  }

  /// What rarely happens stays out of the way of what happens with every packet.
  @inline(never)
  private func settleSpecial(
    _ packet: UnsafeMutablePointer<BurstPacket>, _ origin: UnsafeMutablePointer<EngineBurst.Origin>, _ sa: StoredSA
  ) -> Result<PacketResult, Rejection> {
    guard let verdict = packet.pointee.verdict else { preconditionFailure("the engine has a verdict on every packet") }
    if verdict == .failure(.cryptographyFailed), packet.pointee.output != nil {
      // Nothing is left of the result but zeros, which a guest that moves is to find there, too.
      origin.pointee.job._withUnsafeGuaranteedRef { $0.chain.reportWrite(origin.pointee.request.pointee.output) }
    }
    return note(verdict, sa, 0).flatMap { store($0, packet, origin, sa) }
  }

  /// Notes what happened in one SA of a bundle, or in one that is alone. A dummy packet ends there.
  private func note(
    _ verdict: Result<Outcome, Refusal>, _ sa: StoredSA, _ position: Int
  ) -> Result<Outcome, Rejection> {
    switch verdict {
    case .success(let outcome):
      if !outcome.events.isEmpty { notifications.post(outcome, sa, position) }
      return outcome.events.contains(.dummy) ? .failure(.dummy) : .success(outcome)
    case .failure(let refusal):
      if refusal == .hardLifetime { notifications.postHardLifetime(sa, position) }
      return .failure(.packet(refusal))
    }
  }

  /// Copies a result to its room in the chain, unless the engine has put it there.
  @inline(__always)
  private func store(
    _ outcome: Outcome, _ packet: UnsafeMutablePointer<BurstPacket>, _ origin: UnsafeMutablePointer<EngineBurst.Origin>,
    _ sa: StoredSA
  ) -> Result<PacketResult, Rejection> {
    let (count, room, buffer) = (outcome.packet.count, origin.pointee.request.pointee.output, packet.pointee.buffer)
    guard count <= room.count else {
      sa.noTailRoom += 1
      return .failure(.packet(.noTailRoom(needed: count - room.count)))
    }
    let isStored = packet.pointee.output != nil
    // Whatever becomes of it: it stands there.
    if isStored {
      let written = room.lowerBound..<room.lowerBound + count
      origin.pointee.job._withUnsafeGuaranteedRef { $0.chain.didWrite(written) }
    }
    do throws(Rejection) {
      if count > 0 { try checkVersion(buffer[outcome.packet.lowerBound]) }
    } catch {
      return .failure(error)
    }
    if !isStored {
      let result = UnsafeRawBufferPointer(rebasing: buffer[outcome.packet])
      origin.pointee.job._withUnsafeGuaranteedRef { _ = $0.chain.write(at: room.lowerBound, result) }
    }
    return .success(PacketResult(length: count, sequence: outcome.sequence))
  }

  // MARK: Bundles and dummies

  @inline(never)
  func processSingly(
    _ packet: UnsafeMutablePointer<BurstPacket>, _ origin: UnsafeMutablePointer<EngineBurst.Origin>
  ) {
    let request = origin.pointee.request
    request.pointee.result = origin.pointee.sa._withUnsafeGuaranteedRef { sa in
      let outcome = request.pointee.isDummy ? makeDummy(packet.pointee, sa) : process(packet.pointee, bundle: sa)
      return outcome.flatMap { store($0, packet, origin, sa) }
    }
  }

  private func makeDummy(_ packet: BurstPacket, _ sa: StoredSA) -> Result<Outcome, Rejection> {
    guard sa.members.count == 1 else { return .failure(.packet(.wrongMode(nextHeader: IPProtocol.none))) }
    return note(sa.members[0].association.makeDummy(packet.packet.count, in: packet.buffer), sa, 0)
  }

  /// Takes a packet through all SAs of a bundle.
  private func process(_ packet: BurstPacket, bundle sa: StoredSA) -> Result<Outcome, Rejection> {
    var (range, result) = (packet.packet, Result<Outcome, Rejection>.failure(.noSuchSA))
    for step in sa.members.indices {
      let position = sa.direction == .outbound ? step : sa.members.count - 1 - step
      result = note(sa.members[position].association.process(range, in: packet.buffer), sa, position)
      guard case .success(let outcome) = result else { break }
      range = outcome.packet
    }
    return result
  }
}
