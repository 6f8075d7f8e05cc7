import Clockwork
import Spec
import Testing

@testable import CycleModel

@Suite struct ConservationTests {
  static let requests = [
    Request(bytesIn: 64, bytesOut: 104, cipher: .aesCBC, integrity: .sha1),
    Request(bytesIn: 1_420, bytesOut: 1_460, notifies: true),
    Request(bytesIn: 590, bytesOut: 632, cipher: .chaCha20Poly1305),
    Request(.control, bytesIn: 0, bytesOut: 8),
  ]

  /// A profile with every small number where a queue or a limit may be, drawn from the seed.
  private func cramped(_ generator: inout Generator) -> Profile {
    var profile = Profile()
    for key in ProfileKey.all {
      guard case .number(let path, let range) = key.place, !key.name.contains("frequency") else { continue }
      if key.name.hasPrefix("cache.entries") || key.name.hasPrefix("cache.ways") { continue }
      profile[keyPath: path] = max(range.lowerBound, min(range.upperBound, generator.next(below: 6)))
    }
    profile.coreFrequency = 1 + generator.next(below: 3_000_000_000)
    profile.busFrequency = 200_000_000 + generator.next(below: 3_000_000_000)
    profile.cacheWays = 1 + generator.next(below: 3)
    profile.cacheEntries = profile.cacheWays * (1 + generator.next(below: 4))
    return profile
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `every accepted request completes exactly once and in order, whatever the profile`(seed: UInt64) throws {
    var generator = Generator(seed: seed)
    let profile = cramped(&generator)
    let arrivals: Traffic.Arrivals = seed % 2 == 0 ? .saturating : .poisson(mean: 1 + generator.next(below: 1_000_000))
    let traffic = Traffic(arrivals, mix: Self.requests, count: 100, queues: 3, associations: 20, seed: seed)
    var simulation = Simulation(try Pipeline(Recorder(traffic), profile: profile))
    simulation.run()
    let machine = simulation.machine
    #expect(machine.accepted == 300 && machine.completed == 300, "seed \(seed)")
    #expect(machine.workload.completed.allSatisfy { $0.count == 100 && $0 == $0.sorted() }, "seed \(seed)")
    #expect(machine.workload.completed.flatMap(\.self).sorted() == Array(0..<300), "seed \(seed)")
    #expect(machine.workload.processed.sorted() == Array(0..<300), "seed \(seed)")
    #expect(machine.buses.allSatisfy { $0.outstanding.count == 0 }, "seed \(seed)")
    for unit in Unit.allCases {
      let stage = machine.stage(unit)
      #expect(stage.queue.claimed == 0 && stage.server.isIdle, "seed \(seed): \(unit.name)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `Little's law holds at every queue to the picosecond`(seed: UInt64) throws {
    let traffic = Traffic(
      .poisson(mean: 400_000), mix: Self.requests, count: 2_000, queues: 2, associations: 2_000, seed: seed)
    var simulation = Simulation(try Pipeline(traffic))
    simulation.run()
    let end = simulation.kernel.now
    for unit in Unit.allCases {
      let queue = simulation.machine.stage(unit).queue
      #expect(queue.occupancy.integral(until: end) == queue.residence.sum, "seed \(seed): \(unit.name)")
      #expect(queue.occupancy.arrivals == queue.residence.count)
    }
    let onRings = simulation.machine.rings.map { $0.occupancy.integral(until: end) }.reduce(0, +)
    #expect(onRings == simulation.machine.latency.sum, "seed \(seed)")
  }

  @Test func `an event that finds no place is dropped and counted`() throws {
    var profile = Profile()
    (profile.notificationQueue, profile.writeLatency) = (1, 10_000)
    let traffic = Traffic(mix: [Request(bytesIn: 64, bytesOut: 64, notifies: true)], count: 1_000)
    var simulation = Simulation(try Pipeline(traffic, profile: profile))
    simulation.run()
    let sent = simulation.machine.stage(.notification).queue.occupancy.arrivals
    #expect(simulation.machine.notificationsDropped > 0 && sent > 0)
    #expect(sent + simulation.machine.notificationsDropped == 1_000)
  }

  @Test(arguments: [1, 8, 64] as [UInt64]) func `moderation sends an interrupt a batch`(batch: UInt64) throws {
    var profile = Profile()
    (profile.interruptBatch, profile.interruptTimeout, profile.usedBatch) = (batch, 1_000_000, 1)
    let traffic = Traffic(mix: [Request(bytesIn: 64, bytesOut: 64)], count: 640)
    var simulation = Simulation(try Pipeline(traffic, profile: profile))
    simulation.run()
    #expect(simulation.machine.rings[0].interrupts == 640 / batch)
  }

  @Test func `a busy ring needs no doorbell`() throws {
    var simulation = Simulation(try Pipeline(Traffic(mix: [Self.requests[1]], count: 200)))
    simulation.run()
    #expect(simulation.machine.rings[0].doorbells == 1)
  }
}
