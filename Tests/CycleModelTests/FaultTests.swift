import Clockwork
import Testing

@testable import CycleModel

@Suite struct FaultTests {
  static let requests = ConservationTests.requests

  /// A run with faults; the pipeline's account of it.
  private func run(
    _ faults: [Fault], count: UInt64 = 200, seed: UInt64 = 1, _ change: (inout Profile) -> Void = { _ in }
  ) throws -> (statistics: Statistics, trace: [TraceRecord]) {
    var profile = Profile()
    (profile.cacheEntries, profile.laneQueue) = (8, 4)
    change(&profile)
    let traffic = Traffic(
      .poisson(mean: 150_000), mix: Self.requests, count: count, queues: 3, associations: 40, seed: seed)
    var simulation = Simulation(
      try Pipeline(traffic, profile: profile, faults: faults), trace: Trace(capacity: 1_024))
    let trace = simulation.trace()
    return (simulation.machine.statistics(at: simulation.kernel.now), trace)
  }

  private func isConserved(_ statistics: Statistics) -> Bool {
    statistics.accepted == statistics.completed + statistics.faulted.reduce(0, +) + statistics.underWay
  }

  /// At every cycle of the middle of a run, and a few in front of it.
  @Test(arguments: Fault.Kind.allCases, stride(from: 0, to: 40_000, by: 997).map { UInt64($0) })
  func `what is accepted completes or is a fault's, whenever it strikes`(kind: Fault.Kind, cycle: UInt64) throws {
    let fault = Fault(kind, .cycle(cycle), duration: 2_000)
    let statistics = try run([fault], count: 60).statistics
    // The last opportunities come at the end of the traffic, some 9 µs after the start.
    if cycle < 4_000 { #expect(statistics.faults[Int(kind.rawValue)] == 1) }
    #expect(isConserved(statistics) && statistics.underWay == 0)
    #expect(statistics.accepted == 180)
    let expected: UInt64 = kind == .delayedDMA || kind == .driverStop ? 0 : statistics.faulted[Int(kind.rawValue)]
    #expect(statistics.faulted.reduce(0, +) == expected)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `what is accepted completes or is a fault's, with everything going wrong by chance`(seed: UInt64) throws {
    let faults = Fault.Kind.allCases.map { Fault($0, .chance(perMillion: 20_000), duration: 1_500) }
    let (statistics, trace) = try run(faults, seed: seed)
    #expect(isConserved(statistics) && statistics.underWay == 0 && statistics.accepted == 600, "seed \(seed)")
    #expect(statistics.faults.reduce(0, +) > 20 && statistics.faults.count { $0 > 0 } > 3, "seed \(seed)")
    #expect(trace.contains { $0.phase == .faulted })
  }

  @Test func `a delayed transfer delays, and nothing else`() throws {
    let delay = Fault(.delayedDMA, .cycle(100), duration: 50_000)
    let (late, punctual) = (
      try run([delay]) { $0.busTimeout = 60_000 }.statistics, try run([]).statistics
    )
    #expect(late.completed == 600 && late.faults[Int(Fault.Kind.delayedDMA.rawValue)] == 1)
    #expect(try #require(late.latency.maximum) > #require(punctual.latency.maximum) + 40_000_000)
  }

  @Test func `a packet whose transfer is dropped fails after the timeout`() throws {
    let traffic = Traffic(mix: [Self.requests[1]], count: 1)
    var profile = Profile()
    profile.busTimeout = 1_000_000
    // The header's read is the second transfer.
    let fault = Fault(.droppedDMA, .cycle(400), duration: 0)
    var simulation = Simulation(try Pipeline(traffic, profile: profile, faults: [fault]))
    simulation.run()
    let statistics = simulation.machine.statistics(at: simulation.kernel.now)
    #expect(
      statistics.faulted[Int(Fault.Kind.droppedDMA.rawValue)] == 1 && statistics.completed == 0)
    #expect(statistics.latency.count == 0 && statistics.duration > 1_000_000_000)
  }

  @Test func `an answer later than the bus waits is given up`() throws {
    let traffic = Traffic(mix: [Self.requests[1]], count: 1)
    // The header's read is the second transfer.
    let fault = Fault(.delayedDMA, .cycle(400), duration: 20_001)
    var simulation = Simulation(try Pipeline(traffic, faults: [fault]))
    simulation.run()
    let statistics = simulation.machine.statistics(at: simulation.kernel.now)
    #expect(
      statistics.faulted[Int(Fault.Kind.delayedDMA.rawValue)] == 1 && statistics.completed == 0)
  }

  @Test(arguments: [Fault.Kind.driverStop, .backendLoss, .reset])
  func `of absences that overlap, the last to end counts`(kind: Fault.Kind) throws {
    let long = Fault(kind, .cycle(1_000), duration: 400_000)
    let short = Fault(kind, .cycle(1_500), duration: 1_000)
    let one = try run([long]).statistics
    #expect(one.duration > 400_000_000)
    let both = try run([long, short]).statistics
    #expect(both.faults[Int(kind.rawValue)] == 2)
    #expect(both.duration == one.duration)
    // The longer one may come second, too.
    let later = try run([short, Fault(kind, .cycle(1_600), duration: 400_000)]).statistics
    #expect(later.duration > 400_000_000)
  }

  @Test func `a driver that looks by itself was not interrupted, and is not stopped again for that`() throws {
    let (statistics, trace) = try run([Fault(.driverStop, .chance(perMillion: 1_000_000), duration: 1_000)])
    #expect(isConserved(statistics) && statistics.underWay == 0)
    let interrupts = statistics.queues.map(\.interrupts).reduce(0, +)
    #expect(statistics.faults[Int(Fault.Kind.driverStop.rawValue)] == interrupts && !trace.isEmpty)
  }

  @Test(arguments: [Fault.Kind.driverStop, .backendLoss])
  func `what is away for ever does not come back because another absence ends`(kind: Fault.Kind)
    throws
  {
    let statistics = try run([
      Fault(kind, .cycle(1_000)), Fault(kind, .cycle(1_500), duration: 1_000),
    ]).statistics
    #expect(isConserved(statistics) && statistics.underWay > 0)
  }

  @Test func `a driver that stops for ever leaves its rings full, and nothing runs on`() throws {
    let (statistics, _) = try run([Fault(.driverStop, .cycle(5_000))], count: 10_000)
    #expect(isConserved(statistics) && statistics.underWay > 200)
    #expect(statistics.duration < 1_000_000_000)
  }

  @Test func `a device that is reset serves what comes after`() throws {
    let (statistics, _) = try run([Fault(.reset, .cycle(8_000), duration: 1_000)])
    #expect(statistics.completed > 300 && statistics.faulted[Int(Fault.Kind.reset.rawValue)] > 0)
  }

  @Test func `a backend that is away holds the lanes`() throws {
    let away = try run([Fault(.backendLoss, .cycle(5_000), duration: 20_000)]).statistics
    let lanes = try #require(away.units.first { $0.name == Unit.lanes.name })
    #expect(lanes.held > 15_000_000)
  }
}
