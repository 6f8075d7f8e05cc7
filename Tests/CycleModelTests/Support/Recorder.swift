import Clockwork

@testable import CycleModel

/// Traffic that writes down what came back.
final class Recorder: Workload {
  private let traffic: SizesOnly
  private(set) var processed: [UInt32] = []
  /// What came back by queue, in the order in which the driver heard of it: numbers of submission.
  private(set) var completed: [[UInt64]]
  private var numbers: [UInt32: UInt64] = [:]
  private var submitted: UInt64 = 0

  init(_ traffic: Traffic, ringSize: UInt64) {
    self.traffic = SizesOnly(traffic.flows, ringSize: ringSize)
    completed = Array(repeating: [], count: traffic.queues)
  }

  var queues: Int { traffic.queues }
  func share(of queue: Int) -> (part: Int, of: Int) { traffic.share(of: queue) }
  func next(on queue: Int) -> Picoseconds? { traffic.next(on: queue) }

  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    let submission = traffic.submit(item, on: queue, isCorrupted: isCorrupted, at: instant)
    if case .full = submission { return .full }
    numbers[item] = submitted
    submitted += 1
    return submission
  }

  func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    guard let item = traffic.reap(queue, at: instant) else { return nil }
    completed[queue].append(numbers.removeValue(forKey: item)!)
    return item
  }

  func reset(at instant: Instant) {
    numbers = [:]
    traffic.reset(at: instant)
  }

  func take(_ item: UInt32, from queue: Int) -> Request? { traffic.take(item, from: queue) }
  func start(_ item: UInt32, on queue: Int) { traffic.start(item, on: queue) }
  func finish(_ item: UInt32, _ request: inout Request, on queue: Int) { processed.append(item) }
  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) { traffic.use(item, on: queue, fault: fault) }
  func publish(_ queue: Int) -> Bool { traffic.publish(queue) }
  func sleep(_ queue: Int) -> Bool { traffic.sleep(queue) }
  func wake(_ queue: Int) { traffic.wake(queue) }
  func notify() -> Int? { traffic.notify() }
  func dropEvent() { traffic.dropEvent() }
  func copy() -> any Workload { preconditionFailure("not copied") }
}

extension Simulation where M: ~Copyable {
  /// The trace until `limit`.
  mutating func trace(until limit: Instant = .never) -> [TraceRecord] {
    var records: [TraceRecord] = []
    run(until: limit) { piece in for index in piece.indices { records.append(piece[index]) } }
    return records
  }
}

/// Packets a second in steady state: what is completed in 600 µs, after 200 µs of filling up.
func throughput(_ profile: Profile, _ request: Request, queues: Int = 2) throws -> Double {
  let traffic = Traffic(mix: [request], count: .max, queues: queues)
  let cycles = profile.bus.firstCycle(at: Instant(picoseconds: 600_000_000))
  return try rate(profile, traffic, over: cycles) * Double(profile.busFrequency)
}

/// What is counted a cycle of the bus in steady state: in so many cycles, after some µs of filling up.
func rate(
  _ profile: Profile, _ traffic: Traffic, of count: KeyPath<Statistics, UInt64> = \.completed,
  over cycles: UInt64 = 300_000, after microseconds: UInt64 = 200
) throws -> Double {
  var simulation = Simulation(try Pipeline(traffic, profile: profile), capacity: 1_024)
  let start = Instant(picoseconds: microseconds * 1_000_000)
  simulation.run(until: start)
  let before = simulation.machine.statistics(at: simulation.kernel.now)[keyPath: count]
  simulation.run(until: profile.bus.instant(cycles, cyclesAfter: start))
  return Double(simulation.machine.statistics(at: simulation.kernel.now)[keyPath: count] - before) / Double(cycles)
}

/// A profile of which nothing limits but what a test changes.
var boundless: Profile {
  var profile = Profile()
  (profile.busRate, profile.readLatency, profile.writeLatency) = (Rate(bytes: 4_096), 10, 10)
  (profile.busOutstanding, profile.ringSize, profile.fetchOutstanding) = (4_096, 1_024, 64)
  (profile.headerOutstanding, profile.inputOutstanding, profile.outputOutstanding) = (64, 64, 64)
  (profile.parseCycles, profile.cacheHitCycles, profile.lanes) = (1, 1, 64)
  (profile.interruptBatch, profile.usedOutstanding, profile.interruptLatency) = (4, 64, 10)
  return profile
}
