import CSystem
import ESP
import Spec
import Virtio
import Wire

/// Carries out data requests: `parse` and `load` chain by chain, `process` for all that were loaded, `answer`.
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
  let notifications: NotificationUnit
  /// Whether room for results is asked for before it is written.
  @exclusivity(unchecked) var claimsOutput = false
  // One step at a time has what follows: accesses do not overlap.
  /// The SA of the last packet: most packets have the same as the one before.
  @exclusivity(unchecked) private var recent: StoredSA?
  /// The same, looked at without counting references.
  @exclusivity(unchecked) private var uncounted: Unmanaged<StoredSA>?
  @exclusivity(unchecked) private var workspace = Workspace()
  /// What is loaded.
  @exclusivity(unchecked) private var burst = EngineBurst()

  init(
    _ dialect: any Dialect, _ limits: Limits, _ features: FeatureSet, _ version: SpecVersion, _ store: SAStore,
    _ notifications: NotificationUnit
  ) {
    (self.dialect, self.limits, self.features) = (dialect, limits, features)
    (self.store, self.notifications) = (store, notifications)
    framingMatters = version < .v2_0
  }

  /// Reads what a chain asks for.
  func parse(_ job: DataJob, _ direction: Direction) {
    do throws(Rejection) { try dialect.parse(job, direction, limits) } catch {
      job.requests.removeAll()
      job.rejection = error
    }
  }

  /// Bytes that a result mostly has at most beyond its packet.
  private static let usualGrowth = 64

  // MARK: Packets in

  /// Copies all packets of a chain in, before anything is written: they may stand where results go.
  @inline(__always)
  func load(_ job: DataJob) {
    for index in job.requests.indices {
      let request = job.requests.pointer(to: index)
      if request.pointee.result != nil { continue }
      do throws(Rejection) { try load(request, job) } catch { request.pointee.result = .failure(error) }
    }
  }

  @inline(__always)
  private func load(_ request: DataJob.Request, _ job: DataJob) throws(Rejection) {
    let count = request.pointee.input.count
    guard count <= limits.packetSize else { throw .tooBig }
    let sa = try select(request)
    let (headRoom, tailRoom) = sa._withUnsafeGuaranteedRef { ($0.headRoom, $0.tailRoom) }
    let room = workspace.reserve(headRoom + count + tailRoom)
    let packet = UnsafeMutableRawBufferPointer(rebasing: room[headRoom..<headRoom + count])
    job.load(request, into: packet)
    if framingMatters, !features.contains(.sgBuffers), job.pieces(of: request) > 1 {
      throw .unsupportedFeature(.sgBuffers)
    }
    if !request.pointee.isDummy, let first = packet.first { try checkVersion(first) }
    enqueue(headRoom..<headRoom + count, in: room, request, job, sa)
  }

  /// Without IPV6_SUPPORT, no packet is an IPv6 one, neither before processing nor after.
  @inline(__always)
  func checkVersion(_ firstByte: UInt8) throws(Rejection) {
    if firstByte >> 4 == IPVersion.v6.rawValue { try features.require(.ipv6) }
  }

  /// The request's SA, without a reference count.
  @inline(__always)
  private func select(_ request: DataJob.Request) throws(Rejection) -> Unmanaged<StoredSA> {
    guard let handle = request.pointee.sa else { throw .noSuchSA }
    if uncounted?._withUnsafeGuaranteedRef({ $0.handle == handle && !$0.isDeleted }) != true { find(handle) }
    guard let sa = uncounted, sa._withUnsafeGuaranteedRef({ $0.direction }) == request.pointee.direction else {
      throw .noSuchSA
    }
    if let group = request.pointee.group, !sa._withUnsafeGuaranteedRef({ group.isGroup(of: $0) }) { throw .noSuchSA }
    return sa
  }

  @inline(never)
  private func find(_ handle: Handle) {
    recent = store[handle]
    uncounted = recent.map { .passUnretained($0) }
  }

  /// Notes what the engine is to do. A result goes into the guest's memory at once where the SA can write apart, and
  /// where there is room in one piece.
  @inline(__always)
  private func enqueue(
    _ packet: Range<Int>, in room: UnsafeMutableRawBufferPointer, _ request: DataJob.Request, _ job: DataJob,
    _ sa: Unmanaged<StoredSA>
  ) {
    let placement = sa._withUnsafeGuaranteedRef { $0.placement }
    let isDummy = request.pointee.isDummy
    var output: UnsafeMutableRawBufferPointer?
    var end = room.count
    if placement == .apart, !isDummy { output = job.chain.writablePlace(request.pointee.output) }
    if claimsOutput, let place = output ?? job.chain.writablePlace(request.pointee.output) {
      // It comes while the next packets are loaded, and the first ones processed.
      system_claim(place.baseAddress!, min(place.count, packet.count + Self.usualGrowth))
    }
    if placement >= .front, output == nil {
      // What does not fit is refused before it takes a sequence number.
      end = max(min(end, request.pointee.output.count), packet.upperBound)
    }
    let buffer = UnsafeMutableRawBufferPointer(rebasing: room[..<end])
    burst.append(
      BurstPacket(buffer: buffer, packet: packet, output: output),
      EngineBurst.Origin(
        job: .passUnretained(job), request: request, sa: sa, isSingle: isDummy || placement == .bundle))
  }

  // MARK: Processing

  /// Has the engine process what was loaded, and stores the results.
  @inline(__always)
  func process() {
    burst.forEachRun { packets, origins in
      if origins[0].isSingle {
        processSingly(packets.baseAddress!, origins.baseAddress!)
      } else {
        processTogether(packets, origins)
      }
    }
    burst.removeAll()
    workspace.removeAll()
  }

  // MARK: Results out

  /// Writes what became of each packet, or why nothing of the chain was done; false when there is no room for that.
  @inline(__always)
  func answer(_ job: DataJob, _ rejection: Rejection?) -> Bool {
    if let rejection { return dialect.refuse(job, rejection) }
    dialect.answer(job)
    return true
  }
}
