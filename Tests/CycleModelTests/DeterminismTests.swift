import Clockwork
import Testing

@testable import CycleModel

@Suite struct DeterminismTests {
  private func simulation(seed: UInt64, traced: Bool = true) throws -> Simulation<Pipeline> {
    let traffic = Traffic(
      .poisson(mean: 150_000), mix: ConservationTests.requests, count: 60, queues: 3, associations: 100, seed: seed)
    var profile = Profile()
    (profile.cacheEntries, profile.inputQueue, profile.laneQueue, profile.lanes) = (8, 2, 2, 2)
    return Simulation(try Pipeline(traffic, profile: profile), trace: traced ? Trace(capacity: 256) : Trace())
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a run resumed from any of a hundred random times gives the same trace`(seed: UInt64) throws {
    var whole = try simulation(seed: seed)
    let expected = whole.trace()
    var generator = Generator(seed: seed)
    for _ in 0..<100 {
      let limit = Instant(picoseconds: generator.next(below: whole.kernel.now.picoseconds))
      var original = try simulation(seed: seed)
      let before = original.trace(until: limit)
      var copy = original.copy()
      original.run()
      #expect(before + copy.trace() == expected, "seed \(seed), \(limit)")
    }
  }

  @Test func `the same seed gives the same trace, another seed another`() throws {
    var one = try simulation(seed: 5)
    var other = try simulation(seed: 5)
    var third = try simulation(seed: 6)
    let expected = one.trace()
    #expect(other.trace() == expected)
    #expect(third.trace() != expected)
    #expect(expected.count > 1_000)
  }

  @Test func `a trace that is on changes nothing else`() throws {
    var on = try simulation(seed: 5)
    var off = try simulation(seed: 5, traced: false)
    on.run()
    off.run()
    let (one, other) = (on.machine.statistics(at: on.kernel.now), off.machine.statistics(at: off.kernel.now))
    #expect(one == other)
  }

  /// Pins the trace itself, so that another machine or compiler that computes otherwise is seen.
  @Test func `the trace of seed 5 is the one that is known`() throws {
    var one = try simulation(seed: 5)
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for record in one.trace() {
      for word in [record.instant.picoseconds, record.serial, UInt64(record.unit), UInt64(record.lane)] {
        digest = (digest ^ word) &* 0x100_0000_01b3
      }
      digest = (digest ^ UInt64(record.phase.rawValue)) &* 0x100_0000_01b3
    }
    #expect(digest == 16_449_119_936_155_527_806)
  }

  @Test func `nothing grows once a run is in its stride`() throws {
    let traffic = Traffic(mix: ConservationTests.requests, count: .max, queues: 2, associations: 100)
    var simulation = Simulation(try Pipeline(traffic), capacity: 1_024)
    simulation.run(until: Instant(picoseconds: 5_000_000_000))
    let (growths, completed) = (simulation.kernel.events.growths, simulation.machine.completed)
    #expect(growths == 0)
    #expect(completed > 5_000)
  }
}
