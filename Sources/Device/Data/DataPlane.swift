import ESP
import Spec
import Virtio

/// Carries out data requests in steps, so that a model of time can put itself between them.
///
/// A request is handed on by its index in the job: it is too large to be copied for every packet.
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
      do throws(Rejection) { try load(index, job) } catch {
        job.requests[index].rejection = error
      }
    }
  }

  private func load(_ index: Int, _ job: DataJob) throws(Rejection) {
    let count = job.requests[index].input.count
    guard count <= limits.packetSize else { throw .tooBig }
    try select(index, job)
    let workspace = job.reserve(job.sa.headRoom + count + job.sa.tailRoom)
    let start = workspace.lowerBound + job.sa.headRoom
    let packet = start..<start + count
    job.requests[index].workspace = workspace
    job.requests[index].packet = packet
    job.load(index)
    if framingMatters, !features.contains(.sgBuffers), job.pieces(of: index) > 1 {
      throw .unsupportedFeature(.sgBuffers)
    }
    if !job.requests[index].isDummy { try checkVersion(packet, job) }
  }

  /// Without IPV6_SUPPORT, no packet is an IPv6 one, neither before processing nor after.
  private func checkVersion(_ packet: Range<Int>, _ job: DataJob) throws(Rejection) {
    if !packet.isEmpty, job.workspace[packet.lowerBound] >> 4 == IPVersion.v6.rawValue { try features.require(.ipv6) }
  }

  /// Makes the request's SA the job's; returning it would count references.
  @inline(__always)
  private func select(_ index: Int, _ job: DataJob) throws(Rejection) {
    guard let handle = job.requests[index].sa else { throw .noSuchSA }
    if job.recent?.handle != handle || job.recent?.isDeleted != false { job.recent = store[handle] }
    guard job.recent?.direction == job.requests[index].direction else { throw .noSuchSA }
    if let group = job.requests[index].group, !group.isGroup(of: job.sa) { throw .noSuchSA }
  }

  // MARK: Processing

  /// Lets the engine process one packet; events go to `notifications`.
  func execute(_ job: DataJob, _ index: Int) { job.results.append(result(index, job)) }

  private func result(_ index: Int, _ job: DataJob) -> Result<PacketResult, Rejection> {
    do throws(Rejection) {
      if let rejection = job.requests[index].rejection { throw rejection }
      try select(index, job)
      let outcome = try process(index, job)
      if outcome.events.contains(.dummy) { throw .dummy }
      let room = job.requests[index].output.count
      guard outcome.packet.count <= room else {
        job.sa.noTailRoom += 1
        throw .packet(.noTailRoom(needed: outcome.packet.count - room))
      }
      let start = job.requests[index].workspace.lowerBound
      let packet = start + outcome.packet.lowerBound..<start + outcome.packet.upperBound
      try checkVersion(packet, job)
      return .success(PacketResult(packet: packet, sequence: outcome.sequence))
    } catch {
      return .failure(error)
    }
  }

  private func process(_ index: Int, _ job: DataJob) throws(Rejection) -> Outcome {
    let start = job.requests[index].workspace.lowerBound
    let loaded = job.requests[index].packet
    let packet = loaded.lowerBound - start..<loaded.upperBound - start
    guard let association = job.sa.alone else { return try process(packet, index, job, bundle: job.sa) }
    // The job has the SA, and the SA its only member: nothing lets go of it while the engine works.
    return try process(packet, index, job, 0, association, isAlone: true)
  }

  private func process(
    _ packet: Range<Int>, _ index: Int, _ job: DataJob, bundle sa: StoredSA
  ) throws(Rejection) -> Outcome {
    var packet = packet
    var outcome: Outcome?
    for step in 0..<sa.members.count {
      let position = sa.direction == .outbound ? step : sa.members.count - 1 - step
      let done = try process(packet, index, job, position, sa.members[position].association.uncounted, isAlone: false)
      (outcome, packet) = (done, done.packet)
      if done.events.contains(.dummy) { break }
    }
    guard let outcome else { preconditionFailure("an SA has members") }
    return outcome
  }

  /// What one SA of a bundle does, or one that is alone.
  private func process(
    _ packet: Range<Int>, _ index: Int, _ job: DataJob, _ position: Int, _ association: UncountedAssociation,
    isAlone: Bool
  ) throws(Rejection) -> Outcome {
    let outcome: Outcome
    switch run(packet, index, job, association, isAlone: isAlone) {
    case .success(let done): outcome = done
    case .failure(let refusal):
      if refusal == .hardLifetime { notifications.postHardLifetime(job.sa, position) }
      throw .packet(refusal)
    }
    if !outcome.events.isEmpty { notifications.post(outcome, job.sa, position) }
    return outcome
  }

  @inline(__always)
  private func run(
    _ packet: Range<Int>, _ index: Int, _ job: DataJob, _ association: UncountedAssociation, isAlone: Bool
  ) -> Result<Outcome, Refusal> {
    switch association {
    case .outbound(let association):
      association._withUnsafeGuaranteedRef { association in
        do throws(Refusal) {
          return .success(try encapsulate(packet, index, job, association, isAlone: isAlone))
        } catch {
          return .failure(error)
        }
      }
    case .inbound(let association):
      association._withUnsafeGuaranteedRef { association in
        var buffer = UnsafeMutableRawBufferPointer(rebasing: job.workspace[job.requests[index].workspace]).mutableBytes
        do throws(Refusal) { return .success(try association.decapsulate(inPlace: &buffer, packet: packet)) } catch {
          return .failure(error)
        }
      }
    }
  }

  @inline(__always)
  private func encapsulate(
    _ packet: Range<Int>, _ index: Int, _ job: DataJob, _ association: OutboundAssociation, isAlone: Bool
  ) throws(Refusal) -> Outcome {
    var workspace = job.requests[index].workspace
    if isAlone, case .tunnel = association.parameters.mode {
      // The result starts where the workspace does: what does not fit is refused before it takes a sequence number.
      let end = max(min(workspace.count, job.requests[index].output.count), packet.upperBound)
      workspace = workspace.lowerBound..<workspace.lowerBound + end
    }
    var buffer = UnsafeMutableRawBufferPointer(rebasing: job.workspace[workspace]).mutableBytes
    guard job.requests[index].isDummy else { return try association.encapsulate(inPlace: &buffer, packet: packet) }
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
      dialect.complete(index, result, in: job)
    }
    return true
  }
}
