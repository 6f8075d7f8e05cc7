import CycleModel
import Testing

@testable import Simulation
@testable import ipsec_la

/// Several packets in a chain.
@Suite struct PacketsPerChainTests {
  private func scenario(_ packets: Int, _ mode: Scenario.Mode = .timed, more: String = "") throws -> Scenario {
    let text = Small.text.replacing("size:", with: "packets-per-chain: \(packets), size:")
      .replacing("rate: 1 Gbit/s", with: "rate: 1 Gbit/s, replayed: 20 %, forged: 10 %")
    return try ScenarioYAML(path: "small.yaml", selection: ScenarioSelection(mode: mode)).read(
      more + text, name: "small")
  }

  @Test(arguments: [2, 7, 64], [Scenario.Mode.functional, .timed])
  func `each packet of a chain is counted, and comes out as it does alone`(packets: Int, mode: Scenario.Mode) throws {
    let (results, output) = try scenario(packets, mode).run()
    let tally = results.tally
    #expect(tally.sent == 100 && tally.returned == 100 && tally.passed + tally.refused == 100)
    #expect(tally.goodRefused == 0 && tally.replayed + tally.corrupted == tally.refused, "\(tally)")
    #expect(tally.corrupted > 0 && output.count == Int(tally.passed))
    if mode == .timed {
      let chains = (60 + packets - 1) / packets + (40 + packets - 1) / packets
      #expect(results.statistics.completed == UInt64(chains) && results.statistics.packets == 100)
    }
  }

  @Test func `sizes alone take the time that packets take`() throws {
    for packets in [3, 16] {
      var timed = try scenario(packets)
      timed.flows[1].replayed = 0
      timed.flows[1].corrupted = 0
      var sizes = timed
      sizes.mode = .timingOnly
      let (one, other) = (try timed.run().results, try sizes.run().results)
      #expect(one.statistics == other.statistics && one.activeTime == other.activeTime, "\(packets)")
      #expect(one.tally.passedBytes == other.tally.passedBytes)
    }
  }

  @Test func `packets in one chain share its doorbell, descriptors and interrupt`() throws {
    let results = try [1, 8].map { packets in
      var scenario = try scenario(packets)
      scenario.flows.removeLast()
      scenario.flows[0].arrivals = .saturating
      return try scenario.run().results
    }
    #expect(results[1].statistics.accepted == 8 && results[0].statistics.accepted == 60)
    #expect(results[1].activeTime < results[0].activeTime)
  }

  /// When the chains of the first flow come.
  private func times(_ packets: Int, burst: UInt64) throws -> [UInt64] {
    var scenario = try scenario(packets)
    scenario.flows.removeLast()
    (scenario.flows[0].start, scenario.flows[0].arrivals) = (5_000, .bursts(of: burst, every: 800_000))
    var book = OrderBook(scenario)
    var (time, times): (UInt64, [UInt64]) = (0, [])
    while let (gap, _) = book.next(on: 2) {
      time += gap
      times.append(time)
    }
    return times
  }

  @Test(arguments: [1, 7, 20, 64], [1, 3, 32] as [UInt64])
  func `a chain comes with the last of its packets`(packets: Int, burst: UInt64) throws {
    let alone = try times(1, burst: burst)
    #expect(alone == (0..<60).map { 5_000 + $0 / burst * 800_000 })
    let last = Array(stride(from: packets, through: 59, by: packets).map { $0 - 1 }) + [59]
    #expect(try times(packets, burst: burst) == last.map { alone[$0] })
  }

  @Test func `a run that is resumed goes on with its chains`() throws {
    try scenario(5).expectTheSameWhenResumed(records: 300)
  }

  @Test func `what a fault ends is lost with all its packets`() throws {
    let fault = "faults: [{ fault: corrupted-descriptor, chance: 100 % }]\n"
    let results = try scenario(10, more: fault).run().results
    #expect(results.tally.sent == 100 && results.lost == 100)
  }
}
