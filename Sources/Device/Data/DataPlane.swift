import ESP
import Spec
import Virtio
import Wire

/// Carries out data requests in steps, so that a model of time can put itself between them.
struct DataPlane {
  let limits: Limits
  let features: FeatureSet
  /// Whether a packet in several descriptors needs SG_BUFFERS: not where framing means nothing.
  let framingMatters: Bool

  /// Copies all packets of a chain in, before anything is written: they may stand where results go.
  func load(_ job: DataJob, _ store: SAStore) {
    for index in job.requests.indices where job.requests[index].rejection == nil {
      do throws(Rejection) { try load(&job.requests[index], job, store) } catch {
        job.requests[index].rejection = error
      }
    }
  }

  private func load(_ request: inout PacketRequest, _ job: DataJob, _ store: SAStore) throws(Rejection) {
    guard request.input.count <= limits.packetSize else { throw .tooBig }
    let sa = try find(request, job, store)
    let head = sa.headRoom
    request.workspace = job.reserve(head + request.input.count + sa.tailRoom)
    let start = request.workspace.lowerBound + head
    request.packet = start..<start + request.input.count
    let pieces = job.load(request, at: start)
    if pieces > 1, framingMatters { try features.require(.sgBuffers) }
    if !request.isDummy { try checkVersion(request.packet, job) }
  }

  /// Without IPV6_SUPPORT, no packet is an IPv6 one, neither before processing nor after.
  private func checkVersion(_ packet: Range<Int>, _ job: DataJob) throws(Rejection) {
    if !packet.isEmpty, job.workspace[packet.lowerBound] >> 4 == IPVersion.v6.rawValue { try features.require(.ipv6) }
  }

  private func find(_ request: PacketRequest, _ job: DataJob, _ store: SAStore) throws(Rejection) -> StoredSA {
    guard let handle = request.sa, let sa = find(handle, job, store), sa.direction == request.direction,
      request.group?.isGroup(of: sa) ?? true
    else { throw .noSuchSA }
    return sa
  }

  private func find(_ handle: Handle, _ job: DataJob, _ store: SAStore) -> StoredSA? {
    if let recent = job.recent, recent.handle == handle, !recent.isDeleted { return recent }
    job.recent = store[handle]
    return job.recent
  }

  /// Lets the engine process one packet; events go to `notifications`.
  func execute(
    _ request: PacketRequest, _ job: DataJob, _ store: SAStore, _ notifications: inout NotificationUnit
  ) -> Result<PacketResult, Rejection> {
    do throws(Rejection) {
      if let rejection = request.rejection { throw rejection }
      let sa = try find(request, job, store)
      let outcome = try process(request, job, sa, &notifications)
      if outcome.events.contains(.dummy) { throw .dummy }
      guard outcome.packet.count <= request.output.count else {
        sa.noTailRoom += 1
        throw .packet(.noTailRoom(needed: outcome.packet.count - request.output.count))
      }
      let start = request.workspace.lowerBound
      let packet = start + outcome.packet.lowerBound..<start + outcome.packet.upperBound
      try checkVersion(packet, job)
      return .success(PacketResult(packet: packet, sequence: outcome.sequence))
    } catch {
      return .failure(error)
    }
  }

  private func process(
    _ request: PacketRequest, _ job: DataJob, _ sa: StoredSA, _ notifications: inout NotificationUnit
  ) throws(Rejection) -> Outcome {
    let start = request.workspace.lowerBound
    var packet = request.packet.lowerBound - start..<request.packet.upperBound - start
    var outcome: Outcome?
    for step in 0..<sa.members.count {
      let position = sa.direction == .outbound ? step : sa.members.count - 1 - step
      do throws(Refusal) {
        switch sa.members[position].association {
        case .outbound(let association):
          outcome = try encapsulate(packet, request, job, association, isAlone: sa.members.count == 1)
        case .inbound(let association):
          var buffer = UnsafeMutableRawBufferPointer(rebasing: job.workspace[request.workspace]).mutableBytes
          outcome = try association.decapsulate(inPlace: &buffer, packet: packet)
        }
      } catch {
        if error == .hardLifetime { notifications.postHardLifetime(sa, position) }
        throw .packet(error)
      }
      guard let outcome else { continue }
      packet = outcome.packet
      if !outcome.events.isEmpty { notifications.post(outcome, sa, position) }
      if outcome.events.contains(.dummy) { break }
    }
    guard let outcome else { preconditionFailure("an SA has members") }
    return outcome
  }

  private func encapsulate(
    _ packet: Range<Int>, _ request: PacketRequest, _ job: DataJob, _ association: OutboundAssociation, isAlone: Bool
  ) throws(Refusal) -> Outcome {
    var workspace = request.workspace
    if isAlone, case .tunnel = association.parameters.mode {
      // The result starts where the workspace does: what does not fit is refused before it takes a sequence number.
      let end = max(min(workspace.count, request.output.count), packet.upperBound)
      workspace = workspace.lowerBound..<workspace.lowerBound + end
    }
    var buffer = UnsafeMutableRawBufferPointer(rebasing: job.workspace[workspace]).mutableBytes
    guard request.isDummy else { return try association.encapsulate(inPlace: &buffer, packet: packet) }
    guard isAlone else { throw .wrongMode(nextHeader: 59) }
    return try association.encapsulateDummy(length: packet.count, into: &buffer)
  }
}
