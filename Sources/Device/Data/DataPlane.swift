import ESP
import Spec
import Virtio
import Wire

/// Carries out data requests.
///
/// A request is handed on by where it stands in the job: it is too large to be copied for every packet.
///
/// A class, so that handing it on costs one reference count.
final class DataPlane {
  private let dialect: any Dialect
  private let limits: Limits
  private let features: FeatureSet
  /// Whether a packet in several descriptors needs SG_BUFFERS: not where framing means nothing.
  private let framingMatters: Bool
  private let store: SAStore
  private let notifications: NotificationUnit
  /// For jobs that need none beyond their processing: one that stays in the processor's cache.
  @exclusivity(unchecked) private var workspace = DataJob.makeWorkspace()

  init(
    _ dialect: any Dialect, _ limits: Limits, _ features: FeatureSet, _ version: SpecVersion, _ store: SAStore,
    _ notifications: NotificationUnit
  ) {
    (self.dialect, self.limits, self.features) = (dialect, limits, features)
    (self.store, self.notifications) = (store, notifications)
    framingMatters = version < .v2_0
  }

  deinit { workspace.deallocate() }

  /// Reads what a chain asks for.
  func parse(_ job: DataJob, _ direction: Direction) {
    do throws(Rejection) { try dialect.parse(job, direction, limits) } catch {
      job.requests.removeAll()
      job.rejection = error
    }
  }

  /// Takes a chain through from its packets to their results, in a workspace that stays in the processor's cache.
  @inline(__always)
  func work(_ job: DataJob) {
    job.exchangeWorkspace(&workspace)
    load(job)
    for index in job.requests.indices {
      execute(job, index)
      store(job, index)
    }
    job.exchangeWorkspace(&workspace)
  }

  // MARK: Packets in

  /// Copies all packets of a chain in, before anything is written: they may stand where results go.
  @inline(__always)
  private func load(_ job: DataJob) {
    for index in job.requests.indices {
      let request = job.requests.pointer(to: index)
      if request.pointee.rejection != nil { continue }
      do throws(Rejection) { try load(request, job) } catch { request.pointee.rejection = error }
    }
  }

  @inline(__always)
  private func load(_ request: DataJob.Request, _ job: DataJob) throws(Rejection) {
    let count = request.pointee.input.count
    guard count <= limits.packetSize else { throw .tooBig }
    try select(request, job)
    let workspace = job.reserve(job.sa.headRoom + count + job.sa.tailRoom)
    let start = workspace.lowerBound + job.sa.headRoom
    let packet = start..<start + count
    (request.pointee.workspace, request.pointee.packet) = (workspace, packet)
    job.load(request)
    if framingMatters, !features.contains(.sgBuffers), job.pieces(of: request) > 1 {
      throw .unsupportedFeature(.sgBuffers)
    }
    if !request.pointee.isDummy { try checkVersion(packet, job) }
  }

  /// Without IPV6_SUPPORT, no packet is an IPv6 one, neither before processing nor after.
  @inline(__always)
  private func checkVersion(_ packet: Range<Int>, _ job: DataJob) throws(Rejection) {
    if !packet.isEmpty, job.workspace[packet.lowerBound] >> 4 == IPVersion.v6.rawValue { try features.require(.ipv6) }
  }

  /// Makes the request's SA the job's; returning it would count references.
  @inline(__always)
  private func select(_ request: DataJob.Request, _ job: DataJob) throws(Rejection) {
    guard let handle = request.pointee.sa else { throw .noSuchSA }
    if job.recent?.handle != handle || job.recent?.isDeleted != false { job.recent = store[handle] }
    guard job.recent?.direction == request.pointee.direction else { throw .noSuchSA }
    if let group = request.pointee.group, !group.isGroup(of: job.sa) { throw .noSuchSA }
  }

  // MARK: Processing

  /// Lets the engine process one packet; events go to `notifications`.
  @inline(__always)
  private func execute(_ job: DataJob, _ index: Int) {
    do throws(Rejection) {
      job.results.append(.success(try result(job.requests.pointer(to: index), job)))
    } catch {
      job.results.append(.failure(error))
    }
  }

  @inline(__always)
  private func result(_ request: DataJob.Request, _ job: DataJob) throws(Rejection) -> PacketResult {
    if let rejection = request.pointee.rejection { throw rejection }
    try select(request, job)
    let outcome = try process(request, job)
    if outcome.events.contains(.dummy) { throw .dummy }
    let room = request.pointee.output.count
    guard outcome.packet.count <= room else {
      job.sa.noTailRoom += 1
      throw .packet(.noTailRoom(needed: outcome.packet.count - room))
    }
    let start = request.pointee.workspace.lowerBound
    let packet = start + outcome.packet.lowerBound..<start + outcome.packet.upperBound
    try checkVersion(packet, job)
    return PacketResult(packet: packet, sequence: outcome.sequence)
  }

  @inline(__always)
  private func process(_ request: DataJob.Request, _ job: DataJob) throws(Rejection) -> Outcome {
    let start = request.pointee.workspace.lowerBound
    let packet = request.pointee.packet.lowerBound - start..<request.pointee.packet.upperBound - start
    guard let association = job.sa.alone else { return try process(packet, request, job, bundle: job.sa) }
    // The job has the SA, and the SA its only member: nothing lets go of it while the engine works.
    return try process(packet, request, job, 0, association, isAlone: true)
  }

  @inline(never)
  private func process(
    _ packet: Range<Int>, _ request: DataJob.Request, _ job: DataJob, bundle sa: StoredSA
  ) throws(Rejection) -> Outcome {
    var packet = packet
    var outcome: Outcome?
    for step in 0..<sa.members.count {
      let position = sa.direction == .outbound ? step : sa.members.count - 1 - step
      let done = try process(packet, request, job, position, sa.members[position].association.uncounted, isAlone: false)
      (outcome, packet) = (done, done.packet)
      if done.events.contains(.dummy) { break }
    }
    guard let outcome else { preconditionFailure("an SA has members") }
    return outcome
  }

  /// What one SA of a bundle does, or one that is alone.
  @inline(__always)
  private func process(
    _ packet: Range<Int>, _ request: DataJob.Request, _ job: DataJob, _ position: Int,
    _ association: UncountedAssociation, isAlone: Bool
  ) throws(Rejection) -> Outcome {
    switch run(packet, request, job, association, isAlone: isAlone) {
    case .success(let outcome):
      if !outcome.events.isEmpty { notifications.post(outcome, job.sa, position) }
      return outcome
    case .failure(let refusal):
      if refusal == .hardLifetime { notifications.postHardLifetime(job.sa, position) }
      throw .packet(refusal)
    }
  }

  @inline(__always)
  private func run(
    _ packet: Range<Int>, _ request: DataJob.Request, _ job: DataJob, _ association: UncountedAssociation, isAlone: Bool
  ) -> Result<Outcome, Refusal> {
    switch association {
    case .outbound(let association):
      association._withUnsafeGuaranteedRef { association in
        do throws(Refusal) {
          return .success(try encapsulate(packet, request, job, association, isAlone: isAlone))
        } catch {
          return .failure(error)
        }
      }
    case .inbound(let association):
      association._withUnsafeGuaranteedRef { association in
        var buffer = job.room(of: request).mutableBytes
        do throws(Refusal) { return .success(try association.decapsulate(inPlace: &buffer, packet: packet)) } catch {
          return .failure(error)
        }
      }
    }
  }

  @inline(__always)
  private func encapsulate(
    _ packet: Range<Int>, _ request: DataJob.Request, _ job: DataJob, _ association: OutboundAssociation, isAlone: Bool
  ) throws(Refusal) -> Outcome {
    let workspace = job.room(of: request)
    if isAlone, association.worksApart, !request.pointee.isDummy,
      let output = job.chain.writableBytes(request.pointee.output)
    {
      var buffer = workspace.mutableBytes
      let outcome = try association.encapsulate(&buffer, packet: packet, into: output)
      job.didStore(outcome.packet.count, request)
      return outcome
    }
    var end = workspace.count
    if isAlone, association.isTunnel {
      // The result starts where the workspace does: what does not fit is refused before it takes a sequence number.
      end = max(min(end, request.pointee.output.count), packet.upperBound)
    }
    // No variable: one from which a span is borrowed is allocated.
    let room = UnsafeMutableRawBufferPointer(rebasing: workspace[..<end])
    var buffer = room.mutableBytes
    guard request.pointee.isDummy else { return try association.encapsulate(inPlace: &buffer, packet: packet) }
    guard isAlone else { throw .wrongMode(nextHeader: 59) }
    return try association.encapsulateDummy(length: packet.count, into: &buffer)
  }

  // MARK: Results out

  /// Copies a result to where the guest expects it, unless it stands there already.
  @inline(__always)
  private func store(_ job: DataJob, _ index: Int) {
    let request = job.requests.pointer(to: index)
    guard !request.pointee.isStored, case .success(let result) = job.results.pointer(to: index).pointee else { return }
    job.store(result.packet, at: request.pointee.output.lowerBound)
    request.pointee.isStored = true
  }

  /// Writes what became of each packet, or why nothing of the chain was done; false when there is no room for that.
  @inline(__always)
  func answer(_ job: DataJob, _ rejection: Rejection?) -> Bool {
    if let rejection { return dialect.refuse(job, rejection) }
    for index in job.requests.indices {
      let request = job.requests.pointer(to: index)
      switch job.results.pointer(to: index).pointee {
      case .success(let result):
        // One that was restored is in the workspace yet.
        store(job, index)
        dialect.complete(at: request.pointee.completion, result, in: job)
      case .failure(let rejection): dialect.complete(at: request.pointee.completion, rejection, in: job)
      }
    }
    return true
  }
}
