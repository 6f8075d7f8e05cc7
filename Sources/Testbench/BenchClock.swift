import Clockwork
import CycleModel
import Virtio

/// Time for a testbench whose driver asks for one thing after another.
final class BenchClock {
  private var simulation: Simulation<Pipeline>
  private let workload: OneByOne

  init(_ bench: Testbench, _ profile: Profile) throws(TestbenchError) {
    workload = OneByOne(bench, ringSize: Int(profile.ringSize))
    do throws(ProfileError) { simulation = Simulation(try Pipeline(workload, profile: profile)) } catch {
      throw .plan("\(error)")
    }
  }

  var now: Instant { simulation.kernel.now }
  var statistics: Statistics { simulation.machine.statistics(at: simulation.kernel.now) }

  /// Puts a chain on a queue, and lets time pass until the driver has it back; its used length, or nil if it never
  /// comes back.
  func exchange(_ buffers: [Buffer], readableCount: Int, on queue: Int) throws(VirtioError) -> Int? {
    workload.held = OneByOne.Held(buffers: buffers, readableCount: readableCount)
    workload.byteCount = nil
    simulation.act { $0.arrive(queue, &$1) }
    if let error = workload.error { throw error }
    while workload.byteCount == nil, simulation.step() {}
    return workload.byteCount
  }
}

/// A driver that waits for each answer.
private final class OneByOne: Workload {
  struct Held {
    var buffers: [Buffer]
    var readableCount: Int
  }

  private unowned let bench: Testbench
  private let device: DeviceSide
  var held: Held?
  /// The used length of the chain that came back.
  var byteCount: Int?
  private(set) var error: VirtioError?

  init(_ bench: Testbench, ringSize: Int) {
    self.bench = bench
    device = DeviceSide(bench.machine, items: ringSize * bench.machine.queues.count)
  }

  private var machine: Machine { bench.machine }
  var queues: Int { machine.queues.count }

  func share(of queue: Int) -> (part: Int, of: Int) {
    (1...2 * bench.pairs).contains(queue) ? (queue - 1, 2 * bench.pairs) : (0, 1)
  }

  // MARK: Driver

  func next(on queue: Int) -> Picoseconds? { nil }

  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    error = nil
    guard let held else { return .full }
    do throws(VirtioError) {
      let span = held.buffers.span
      try machine.queues[queue].add(span, readableCount: held.readableCount, token: UInt64(item))
    } catch {
      self.error = error
      return .full
    }
    device.wasAdded(item)
    return machine.queues[queue].kick() ? .rung : .quiet
  }

  func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    guard queue <= 2 * bench.pairs else {
      try? bench.reapNotifications()
      return nil
    }
    guard let completion = try? machine.queues[queue].reap() else { return nil }
    byteCount = Int(completion.byteCount)
    return UInt32(completion.token)
  }

  func reset(at instant: Instant) {}

  // MARK: Device

  func take(_ item: UInt32, from queue: Int) -> Request? { device.take(item, from: queue) }
  func start(_ item: UInt32, on queue: Int) { device.start(item) }
  func finish(_ item: UInt32, _ request: inout Request, on queue: Int) { device.finish(item, &request) }
  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) { device.use(item, hasFailed: fault != nil) }
  func publish(_ queue: Int) -> Bool { device.publish(queue) }
  func sleep(_ queue: Int) -> Bool { device.sleep(queue) }
  func wake(_ queue: Int) { device.wake(queue) }
  func notify() -> Int? { device.notify() }
  func dropEvent() { device.dropEvent() }
  func copy() -> any Workload { preconditionFailure("a testbench's clock is not copied") }
}
