import ESP
import Spec
import Virtio

/// Carries out data requests in steps, so that a model of time can put itself between them.
struct DataPlane {
  let dialect: any Dialect
  let limits: Limits
  let features: FeatureSet
  /// Whether a packet in several descriptors needs SG_BUFFERS: not where framing means nothing.
  let framingMatters: Bool
  let store: SAStore
  let notifications: NotificationUnit

  /// Reads what a chain asks for.
  func parse(_ job: DataJob, _ direction: Direction) {
    do throws(Rejection) { try dialect.parse(job, direction, limits) } catch {
      job.requests.removeAll()
      job.rejection = error
    }
  }

  // MARK: Packets in

  /// Copies all packets of a chain in, before anything is written: they may stand where results go.
  func load(_ job: DataJob) {
    for index in job.requests.indices where job.requests[index].rejection == nil {
      do throws(Rejection) { try load(&job.requests[index], job) } catch {
        job.requests[index].rejection = error
      }
    }
  }

  private func load(_ request: inout PacketRequest, _ job: DataJob) throws(Rejection) {
    guard request.input.count <= limits.packetSize else { throw .tooBig }
    try select(request, job)
    let head = job.sa.headRoom
    request.workspace = job.reserve(head + request.input.count + job.sa.tailRoom)
    let start = request.workspace.lowerBound + head
    request.packet = start..<start + request.input.count
    job.load(request, at: start)
    if framingMatters, !features.contains(.sgBuffers), job.pieces(of: request) > 1 {
      throw .unsupportedFeature(.sgBuffers)
    }
    if !request.isDummy { try checkVersion(request.packet, job) }
  }

  /// Without IPV6_SUPPORT, no packet is an IPv6 one, neither before processing nor after.
  private func checkVersion(_ packet: Range<Int>, _ job: DataJob) throws(Rejection) {
    if !packet.isEmpty, job.workspace[packet.lowerBound] >> 4 == IPVersion.v6.rawValue { try features.require(.ipv6) }
  }

  /// Makes the request's SA the job's; returning it would count references.
  @inline(__always)
  private func select(_ request: borrowing PacketRequest, _ job: DataJob) throws(Rejection) {
    guard let handle = request.sa else { throw .noSuchSA }
    if job.recent?.handle != handle || job.recent?.isDeleted != false { job.recent = store[handle] }
    guard job.recent?.direction == request.direction else { throw .noSuchSA }
    if let group = request.group, !group.isGroup(of: job.sa) { throw .noSuchSA }
  }

  // MARK: Processing

  /// Lets the engine process one packet; events go to `notifications`.
  func execute(_ job: DataJob, _ index: Int) { job.results.append(result(job.requests[index], job)) }

  private func result(_ request: borrowing PacketRequest, _ job: DataJob) -> Result<PacketResult, Rejection> {
    do throws(Rejection) {
      if let rejection = request.rejection { throw rejection }
      try select(request, job)
      let outcome = try process(request, job)
      if outcome.events.contains(.dummy) { throw .dummy }
      guard outcome.packet.count <= request.output.count else {
        job.sa.noTailRoom += 1
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

  private func process(_ request: borrowing PacketRequest, _ job: DataJob) throws(Rejection) -> Outcome {
    let start = request.workspace.lowerBound
    let packet = request.packet.lowerBound - start..<request.packet.upperBound - start
    guard let association = job.sa.alone else { return try process(packet, request, job, bundle: job.sa) }
    return try process(packet, request, job, 0, association, isAlone: true)
  }

  private func process(
    _ packet: Range<Int>, _ request: borrowing PacketRequest, _ job: DataJob, bundle sa: StoredSA
  ) throws(Rejection) -> Outcome {
    var packet = packet
    var outcome: Outcome?
    for step in 0..<sa.members.count {
      let position = sa.direction == .outbound ? step : sa.members.count - 1 - step
      let done = try process(packet, request, job, position, sa.members[position].association, isAlone: false)
      (outcome, packet) = (done, done.packet)
      if done.events.contains(.dummy) { break }
    }
    guard let outcome else { preconditionFailure("an SA has members") }
    return outcome
  }

  /// What one SA of a bundle does, or one that is alone.
  private func process(
    _ packet: Range<Int>, _ request: borrowing PacketRequest, _ job: DataJob, _ position: Int,
    _ association: Association, isAlone: Bool
  ) throws(Rejection) -> Outcome {
    let outcome: Outcome
    do throws(Refusal) {
      switch association {
      case .outbound(let association):
        outcome = try encapsulate(packet, request, job, association, isAlone: isAlone)
      case .inbound(let association):
        var buffer = UnsafeMutableRawBufferPointer(rebasing: job.workspace[request.workspace]).mutableBytes
        outcome = try association.decapsulate(inPlace: &buffer, packet: packet)
      }
    } catch {
      if error == .hardLifetime { notifications.postHardLifetime(job.sa, position) }
      throw .packet(error)
    }
    if !outcome.events.isEmpty { notifications.post(outcome, job.sa, position) }
    return outcome
  }

  private func encapsulate(
    _ packet: Range<Int>, _ request: borrowing PacketRequest, _ job: DataJob, _ association: OutboundAssociation,
    isAlone: Bool
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
  // MARK: Results out

  /// Writes what became of each packet, or why nothing of the chain was done; false when there is no room for that.
  func answer(_ job: DataJob, _ rejection: Rejection?) -> Bool {
    if let rejection { return dialect.refuse(job, rejection) }
    for index in job.requests.indices {
      let result = job.results[index]
      if case .success(let result) = result { job.store(result.packet, at: job.requests[index].output.lowerBound) }
      dialect.complete(job.requests[index], result, in: job)
    }
    return true
  }
}
