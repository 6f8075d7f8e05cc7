import Clockwork
import CycleModel

/// Traffic that writes down what came back.
struct Recorder: Workload, Sendable {
  var traffic: Traffic
  var processed: [UInt64] = []
  /// Serial numbers by queue, in the order in which the driver heard of them.
  var completed: [[UInt64]]

  init(_ traffic: Traffic) {
    self.traffic = traffic
    completed = Array(repeating: [], count: traffic.queues)
  }

  var queues: Int { traffic.queues }
  mutating func next(on queue: Int) -> (gap: Picoseconds, request: Request)? { traffic.next(on: queue) }

  mutating func process(_ request: inout Request, serial: UInt64, on queue: Int) { processed.append(serial) }

  mutating func completed(_ request: Request, serial: UInt64, on queue: Int, at instant: Instant) {
    completed[queue].append(serial)
  }
}

extension Simulation {
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
  var simulation = Simulation(try Pipeline(traffic, profile: profile), kernel: Kernel(capacity: 4_096))
  simulation.run(until: Instant(picoseconds: 200_000_000))
  let before = simulation.machine.completed
  simulation.run(until: Instant(picoseconds: 800_000_000))
  return Double(simulation.machine.completed - before) / 0.0006
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
