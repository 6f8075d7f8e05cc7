import Clockwork
import Spec
import Testing

@testable import CycleModel

/// Chains of several packets.
@Suite struct ChainTests {
  @Test(arguments: [1, 2, 3, 6, 8] as [UInt64])
  func `the packets of a chain spread over the lanes, and the chain takes as long as the rounds`(lanes: UInt64) throws {
    var profile = Profile()
    profile.lanes = lanes
    let request = Request(packets: 6, bytesIn: 6_000, bytesOut: 6_240)
    let pipeline = try Pipeline(Traffic(mix: [request], count: 1), profile: profile)
    var simulation = Simulation(pipeline, trace: Trace(capacity: 256))
    let records = simulation.trace().filter { $0.unit == Unit.lanes.rawValue && $0.phase != .counted }
    let starts = records.filter { $0.phase == .started }
    #expect(starts.count == 6 && Set(starts.map(\.lane)).count == Int(min(lanes, 6)))
    let left = try #require(records.last { $0.phase == .left })
    // AES-GCM: 8 cycles and one for each 16 bytes; what has gone in comes out 30 cycles later.
    let cycles = (6 + lanes - 1) / lanes * (8 + 63) + 30
    #expect(left.instant - starts[0].instant == profile.core.instant(ofCycle: cycles).picoseconds)
    let statistics = simulation.machine.statistics(at: simulation.kernel.now)
    #expect(statistics.packets == 6 && statistics.completed == 1)
  }

  @Test(arguments: Fault.Kind.allCases, 1...10 as ClosedRange<UInt64>)
  func `a fault in the midst of chains leaves none unaccounted for`(kind: Fault.Kind, seed: UInt64) throws {
    var profile = Profile()
    profile.lanes = 2
    let mix = [1, 3, 7].map { Request(packets: $0, bytesIn: $0 * 900, bytesOut: $0 * 940) }
    let traffic = Traffic(mix: mix, count: 200, associations: 5, seed: seed)
    var generator = Generator(seed: seed)
    let faults = (0..<3).map { _ in Fault(kind, .cycle(generator.next(below: 30_000)), duration: 3_000) }
    var simulation = Simulation(try Pipeline(traffic, profile: profile, faults: faults))
    simulation.run()
    let statistics = simulation.machine.statistics(at: simulation.kernel.now)
    #expect(statistics.accepted == statistics.completed + statistics.faulted.reduce(0, +), "seed \(seed)")
    #expect(statistics.accepted >= 200 && statistics.underWay == 0, "seed \(seed)")
  }
}
