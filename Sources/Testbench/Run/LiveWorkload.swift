import Clockwork
import CycleModel
import Device
import ESP
import Virtio

/// A driver's traffic, and a whole device behind real rings in guest memory.
final class LiveWorkload: Workload {
  let plan: Plan
  let bench: Testbench
  let device: DeviceSide
  private let readable, room: Int
  let traffic: any DriverTraffic
  /// Not checked at run time for overlapping accesses: written as a whole, before the run or at a reset, and otherwise
  /// only read.
  @exclusivity(unchecked) private(set) var ends: [LiveQueue] = []
  /// The same, which the array keeps alive, for packets: without counting references.
  @exclusivity(unchecked) private var uncounted: Cells<Unmanaged<LiveQueue>>

  /// A device with the traffic's SAs.
  convenience init(_ plan: Plan, _ traffic: any DriverTraffic) throws(TestbenchError) {
    try self.init(bare: plan, traffic)
    try setUp()
  }

  /// Everything but the SAs, and what is under way.
  init(bare plan: Plan, _ traffic: any DriverTraffic) throws(TestbenchError) {
    self.plan = plan
    self.traffic = traffic
    let size = plan.ringSize
    // Most readable and writable bytes of a chain: packets, protected or not, or a command.
    let packets = traffic.packetsPerChain
    (readable, room) = (packets * (traffic.largestPacket + 1024), packets * (traffic.largestPacket + 2048))
    let slots = LiveQueue.byteCount(size: size, readable: readable, room: room)
    bench = try Testbench(
      version: plan.version, features: plan.features, memory: 1 << 20 + (plan.queueCount + 1) * (slots + 64 * size),
      queueSize: size
    ) { profile in
      (profile.pairs, profile.queueSize) = (plan.pairs, size)
      profile.scaling = Int(plan.mode.profile?.scaling ?? 1)
      profile.ivs = .repeatable(seed: plan.seed)
    }
    device = DeviceSide(bench.machine, items: size * (plan.queueCount + 1))
    uncounted = Cells(count: 0) { _ in preconditionFailure("there is none") }
  }

  /// Puts the SAs in place and prepares chains.
  private func setUp() throws(TestbenchError) {
    device.stop()
    try traffic.prepare(bench)
    makeEnds()
    device.start()
  }

  func makeEnds() {
    let ends = bench.machine.queues.prefix(plan.queueCount).map {
      LiveQueue($0, bench.machine.heap, items: device.items, readable: readable, room: room)
    }
    uncounted = Cells(count: ends.count) { .passUnretained(ends[$0]) }
    self.ends = ends
  }

  var queues: Int { bench.machine.queues.count }

  func share(of queue: Int) -> (part: Int, of: Int) { plan.share(of: queue) }

  // MARK: Driver

  func next(on queue: Int) -> Picoseconds? { queue < uncounted.count ? traffic.next(on: queue) : nil }

  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    uncounted[queue]._withUnsafeGuaranteedRef { end in
      guard traffic.submit(item, to: end, isCorrupted: isCorrupted, at: instant) else { return .full }
      device.wasAdded(item)
      return end.queue.kick() ? .rung : .quiet
    }
  }

  func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    // Events were reaped as they came.
    guard queue < uncounted.count else { return nil }
    return uncounted[queue]._withUnsafeGuaranteedRef { end in
      guard let (item, byteCount) = end.reap() else { return nil }
      let hasFailed = device.progress(of: item) == .failed
      traffic.reaped(item, from: end, byteCount: byteCount, hasFailed: hasFailed, at: instant)
      end.release(item)
      return item
    }
  }

  func reset(at instant: Instant) {
    do throws(TestbenchError) {
      device.stop()
      try bench.start()
      try setUp()
    } catch { preconditionFailure("a device that started once starts again: \(error)") }
  }

  // MARK: Device

  func take(_ item: UInt32, from queue: Int) -> Request? {
    guard var request = device.take(item, from: queue) else { return nil }
    request.descriptors = uncounted[queue]._withUnsafeGuaranteedRef { $0.descriptorCount(of: item) }
    return request
  }

  func start(_ item: UInt32, on queue: Int) { device.start(item) }
  func finish(_ item: UInt32, _ request: inout Request, on queue: Int) { device.finish(item, &request) }
  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) { device.use(item, hasFailed: fault != nil) }
  func publish(_ queue: Int) -> Bool { device.publish(queue) }
  func sleep(_ queue: Int) -> Bool { device.sleep(queue) }
  func wake(_ queue: Int) { device.wake(queue) }

  /// The driver takes events from the ring as they are written, and hears of them with the interrupt.
  func notify() -> Int? {
    let queue = device.notify()
    if queue != nil { reapNotifications() }
    return queue
  }

  func dropEvent() { device.dropEvent() }

  func reapNotifications() {
    try? bench.reapNotifications()
    traffic.notified(bench)
  }
}
