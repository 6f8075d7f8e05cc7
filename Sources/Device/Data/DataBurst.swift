import Virtio

/// Chains of a data queue that go through each step together: all are taken, then all worked on, then all used.
///
/// So the ring, the engine and the answers each have the processor's caches and predictions for themselves, and not for
/// one packet at a time.
final class DataBurst {
  /// Packets, and so chains at most, unless one chain has more: few enough for them, and all that is known of them, to
  /// stay in the processor's first cache.
  static let capacity = 8

  let queue: DeviceQueue
  private let jobs: [DataJob]
  /// The same, handed on without counting references.
  private let uncounted: UnsafeMutablePointer<Unmanaged<DataJob>>

  init(_ queue: DeviceQueue, in memory: GuestMemory) {
    self.queue = queue
    jobs = (0..<Self.capacity).map { _ in DataJob(queue, in: memory) }
    uncounted = .allocate(capacity: Self.capacity)
    for index in jobs.indices { (uncounted + index).initialize(to: .passUnretained(jobs[index])) }
  }

  deinit { uncounted.deallocate() }

  @inline(__always)
  func withJob<Result>(_ index: Int, _ body: (DataJob) -> Result) -> Result {
    precondition(index >= 0 && index < Self.capacity)
    return uncounted[index]._withUnsafeGuaranteedRef(body)
  }
}
