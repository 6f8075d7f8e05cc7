import Clockwork
import Spec
import Testing

@testable import CycleModel

@Suite struct ConservationTests {
  static let requests = [
    Request(bytesIn: 64, bytesOut: 104, cipher: .aesCBC, integrity: .sha1),
    Request(bytesIn: 1_420, bytesOut: 1_460, events: 1),
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
    (profile.lanes, profile.laneQueue) = (
      max(profile.lanes, profile.scaling), max(profile.laneQueue, profile.scaling)
    )
    profile.ringSize = 3 + generator.next(below: 20)
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
    let recorder = Recorder(traffic, ringSize: profile.ringSize)
    var simulation = Simulation(try Pipeline(recorder, profile: profile))
    simulation.run()
    let statistics = simulation.machine.statistics(at: simulation.kernel.now)
    #expect(statistics.accepted == 300 && statistics.completed == 300 && statistics.underWay == 0, "seed \(seed)")
    #expect(recorder.completed.allSatisfy { $0.count == 100 && $0 == $0.sorted() }, "seed \(seed)")
    #expect(recorder.completed.flatMap(\.self).sorted() == Array(0..<300), "seed \(seed)")
    #expect(recorder.processed.count == 300, "seed \(seed)")
    for bus in 0..<simulation.machine.buses.count {
      let outstanding = simulation.machine.buses[bus].outstanding
      #expect(outstanding == 0, "seed \(seed)")
    }
    for stage in 0..<simulation.machine.stages.count {
      let claimed = simulation.machine.stages[stage].queue.claimed
      let isIdle = simulation.machine.stages[stage].server.isIdle
      #expect(claimed == 0 && isIdle, "seed \(seed): stage \(stage)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `Little's law holds at every queue to the picosecond`(seed: UInt64) throws {
    let traffic = Traffic(
      .poisson(mean: 400_000), mix: Self.requests.filter { $0.kind == .data }, count: 2_000,
      queues: 2,
      associations: 2_000, seed: seed)
    var simulation = Simulation(try Pipeline(traffic))
    simulation.run()
    let end = simulation.kernel.now
    for unit in Unit.allCases {
      let integral = simulation.machine.stages[unit.index].queue.occupancy.integral(until: end)
      let arrivals = simulation.machine.stages[unit.index].queue.occupancy.arrivals
      let (sum, count) = (
        simulation.machine.stages[unit.index].queue.residence.sum,
        simulation.machine.stages[unit.index].queue.residence.count)
      #expect(integral == sum && arrivals == count, "seed \(seed): \(unit.name)")
    }
    let statistics = simulation.machine.statistics(at: end)
    #expect(statistics.queues.map(\.depth).reduce(0, +) == statistics.latency.sum, "seed \(seed)")
    // What a packet takes is what it takes on the ring, at each unit, and until the interrupt.
    #expect(statistics.units.map(\.latency.sum).reduce(0, +) == statistics.latency.sum, "seed \(seed)")
    let counts = Set(statistics.units.map(\.latency.count))
    #expect(counts == [0, statistics.latency.count], "seed \(seed)")
  }

  @Test func `an event that finds no place is dropped and counted`() throws {
    var profile = Profile()
    (profile.notificationQueue, profile.writeLatency) = (1, 10_000)
    let traffic = Traffic(mix: [Request(bytesIn: 64, bytesOut: 64, events: 1)], count: 1_000)
    var simulation = Simulation(try Pipeline(traffic, profile: profile))
    simulation.run()
    let statistics = simulation.machine.statistics(at: simulation.kernel.now)
    #expect(statistics.notificationsDropped > 0 && statistics.notifications > 0)
    #expect(statistics.notifications + statistics.notificationsDropped == 1_000)
  }

  @Test(arguments: [1, 8, 64] as [UInt64]) func `moderation sends an interrupt a batch`(batch: UInt64) throws {
    var profile = Profile()
    (profile.interruptBatch, profile.interruptTimeout, profile.usedBatch) = (batch, 1_000_000, 1)
    // A driver that has not heard of one yet is not told of the next.
    profile.interruptLatency = 0
    let traffic = Traffic(mix: [Request(bytesIn: 64, bytesOut: 64)], count: 640)
    var simulation = Simulation(try Pipeline(traffic, profile: profile))
    simulation.run()
    #expect(simulation.machine.statistics(at: simulation.kernel.now).queues[0].interrupts == 640 / batch)
  }

  @Test func `a busy ring needs no doorbell`() throws {
    var simulation = Simulation(try Pipeline(Traffic(mix: [Self.requests[1]], count: 80)))
    simulation.run()
    #expect(simulation.machine.statistics(at: simulation.kernel.now).queues[0].doorbells == 1)
  }
}
