import Testing

@testable import Clockwork

@Suite struct CheckpointTests {
  private func station(seed: UInt64) -> Simulation<Station> {
    Simulation(
      Station(.poisson(mean: 500), service: 900, customers: 2_000, lanes: 2, seed: seed),
      trace: Trace(capacity: 64))
  }

  private func trace(_ simulation: inout Simulation<Station>, until limit: Instant = .never) -> [TraceRecord] {
    var records: [TraceRecord] = []
    simulation.run(until: limit) { piece in for index in piece.indices { records.append(piece[index]) } }
    return records
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func `a copy taken at any time gives the trace that the original gives`(seed: UInt64) {
    var whole = station(seed: seed)
    let expected = trace(&whole)
    var generator = Generator(seed: seed)
    var original = station(seed: seed)
    let before = trace(&original, until: Instant(picoseconds: generator.next(below: 1_000_000)))
    var copy = original.copy()
    #expect(before + trace(&original) == expected, "seed \(seed)")
    #expect(before + trace(&copy) == expected, "seed \(seed)")
    #expect(expected.count == 4_000)
  }

  @Test func `the same seed gives the same trace, another seed another`() {
    var one = station(seed: 7)
    var other = station(seed: 7)
    var third = station(seed: 8)
    let expected = trace(&one)
    #expect(trace(&other) == expected)
    #expect(trace(&third) != expected)
  }

  @Test func `a trace that is on changes nothing else`() {
    var on = station(seed: 9)
    var off = Simulation(
      Station(.poisson(mean: 500), service: 900, customers: 2_000, lanes: 2, seed: 9))
    on.run()
    off.run()
    #expect(on.machine.departed == off.machine.departed)
    #expect(on.kernel.now == off.kernel.now)
  }
}
