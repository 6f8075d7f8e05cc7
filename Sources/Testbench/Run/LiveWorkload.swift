import Clockwork
import CycleModel
import Device
import Virtio

/// A driver's traffic, and a whole device behind real rings in guest memory.
final class LiveWorkload: Workload {
  let plan: Plan
  let bench: Testbench
  let device: DeviceSide
  let sources: [TrafficSource?]
  private(set) var ends: [LiveQueue] = []
  /// Sees each packet.
  var observe: ((Packet) -> Void)?

  convenience init(_ plan: Plan) throws(TestbenchError) {
    var sources: [TrafficSource?] = []
    for (queue, flow) in try plan.flowsByQueue().enumerated() {
      guard let flow else {
        sources.append(nil)
        continue
      }
      sources.append(TrafficSource(flow, plan.draw(flow, queue: queue)))
    }
    try self.init(plan, sources)
    try setUp()
  }

  /// Everything but the SAs, and what is under way.
  init(_ plan: Plan, _ sources: [TrafficSource?]) throws(TestbenchError) {
    self.plan = plan
    self.sources = sources
    let size = plan.ringSize
    let slots = LiveQueue.byteCount(size: size, readable: Self.readable(plan), room: Self.room(plan))
    bench = try Testbench(
      version: plan.version, features: plan.features, memory: 1 << 20 + (plan.queueCount + 1) * (slots + 64 * size),
      queueSize: size
    ) { profile in
      (profile.pairs, profile.queueSize) = (plan.pairs, size)
      profile.scaling = Int(plan.mode.profile?.scaling ?? 1)
    }
    device = DeviceSide(bench.machine, items: size * (plan.queueCount + 1))
  }

  /// Most readable and writable bytes of a chain: a packet, protected or not, or a command.
  private static func readable(_ plan: Plan) -> Int { plan.largestPacket + 1024 }
  private static func room(_ plan: Plan) -> Int { plan.largestPacket + 2048 }

  /// Puts the SAs in place and prepares chains.
  private func setUp() throws(TestbenchError) {
    device.stop()
    for source in sources { try source?.prepare(plan.associations, bench) }
    makeEnds()
    device.start()
  }

  func makeEnds() {
    ends = bench.machine.queues.prefix(plan.queueCount).map {
      LiveQueue(
        $0, bench.machine.heap, items: device.items, readable: Self.readable(plan), room: Self.room(plan))
    }
  }

  var queues: Int { bench.machine.queues.count }

  func share(of queue: Int) -> (part: Int, of: Int) { plan.share(of: queue) }

  // MARK: Driver

  func next(on queue: Int) -> Picoseconds? { queue < sources.count ? sources[queue]?.next() : nil }

  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    guard add(item, on: queue, isCorrupted: isCorrupted, at: instant) else { return .full }
    return ends[queue].queue.kick() ? .rung : .quiet
  }

  /// Puts the source's next chain on the ring; false when there is no room.
  func add(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Bool {
    guard let source = sources[queue],
      ends[queue].add(item, source.held, number: source.heldNumber, isCorrupted: isCorrupted)
    else { return false }
    device.wasAdded(item)
    if let observe, let packet = source.heldPacket {
      observe(Packet(instant: instant, queue: queue, isResult: false, bytes: packet))
    }
    return true
  }

  func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    guard queue < ends.count else {
      // Events, not requests.
      try? bench.reapNotifications()
      return nil
    }
    guard let (item, byteCount) = ends[queue].reap() else { return nil }
    if queue == 0 || observe != nil {
      let answer = ends[queue].answer(to: item, byteCount: byteCount)
      let packet = sources[queue]?.result(answer, to: ends[queue].request(item))
      if let packet, let observe { observe(Packet(instant: instant, queue: queue, isResult: true, bytes: packet)) }
    }
    ends[queue].release(item)
    device.wasReaped(item, on: queue)
    return item
  }

  func reset(at instant: Instant) {
    do throws(TestbenchError) {
      device.stop()
      try bench.start()
      try setUp()
    } catch { preconditionFailure("a device that started once starts again: \(error)") }
  }

  // MARK: Device

  func take(_ item: UInt32, from queue: Int) -> Request? { device.take(item, from: queue) }
  func process(_ item: UInt32, _ request: inout Request, on queue: Int) { device.process(item, &request) }
  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) { device.use(item, hasFailed: fault != nil) }
  func publish(_ queue: Int) -> Bool { device.publish(queue) }
  func sleep(_ queue: Int) -> Bool { device.sleep(queue) }
  func wake(_ queue: Int) { device.wake(queue) }
  func notify() -> Int? { device.notify() }
}
