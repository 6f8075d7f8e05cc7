import CycleModel
import Foundation
import Simulation
import Testing

@testable import ipsec_la

/// What is told of the lanes is of those of all cores.
@Suite struct CoreTests {
  /// Long packets one way and short ones the other, which a core each serves.
  private func results(late: String) throws -> Results {
    var text = try Small.changed("summary: a few packets", "profile: { base: default, device: { scaling: 2 } }")
    let traffic = try #require(text.range(of: "traffic:"))
    text.replaceSubrange(
      traffic.lowerBound...,
      with: """
        traffic:
          - { association: out, packets: 400, size: 1420 B\(late == "out" ? ", start: 30 us" : "") }
          - { association: in, packets: 100, size: 64 B\(late == "in" ? ", start: 30 us" : "") }

        """)
    return try Small.scenario(text).run().results
  }

  @Test(arguments: ["out", "in"]) func `a core may have its first packet after another one`(late: String) throws {
    let results = try results(late: late)
    for (index, unit) in results.statistics.units.enumerated() {
      let parts = results.intervals.map { $0.units[index].latency }
      #expect(parts.map(\.count).reduce(0, +) == unit.latency.count, "\(unit.name)")
      #expect(parts.map(\.sum).reduce(0, &+) == unit.latency.sum, "\(unit.name)")
    }
  }

  @Test(arguments: ["out", "in"]) func `the latency of lanes is that of all cores' packets`(late: String) throws {
    let results = try results(late: late)
    let lanes = try #require(results.statistics.units.first { $0.name == CycleModel.Unit.lanes.name }).latency
    #expect(lanes.count == 500 && lanes.buckets.map(\.count).reduce(0, +) == 500)
    // Most are long, and the short ones take less: the median and the shortest are of different cores.
    let shortest = try #require(lanes.buckets.first)
    let (p50, maximum) = (try #require(lanes.p50), try #require(lanes.maximum))
    #expect(shortest.upper < p50 && p50 <= maximum)
    #expect(lanes.sum >= p50 * 200 && lanes.sum <= maximum * 500)
  }
}
