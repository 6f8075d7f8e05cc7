import CycleModel
import ESP
import Simulation
import Testing

@testable import ipsec_la

/// An expectation is about something that happened.
@Suite struct ExpectationTests {
  private func results(_ rest: String, in text: String = Small.text) throws -> Results {
    try Small.scenario(text.replacing("expect: no packets lost\n", with: rest)).run().results
  }

  @Test(arguments: [
    "latency p99 <= 1 us", "latency max <= 1 ps", "device time < 1 ps", "no packets refused",
    "no good packets refused",
    "throughput < 1 bit/s", "packet rate <= 1 packet/s",
    "no replays accepted",
    "no forgeries accepted",
  ]) func `what there is nothing to measure of does not hold`(expectation: String) throws {
    let results = try results(
      "faults: [{ fault: backend-loss, at: 0 us }]\nexpect: [\(expectation)]\n")
    #expect(results.tally.returned == 0 && results.tally.sent > 0)
    #expect(results.verdicts.map(\.outcome) == [.failed] && !results.isAsExpected)
    #expect(results.verdicts[0].measured == "nothing to measure")
  }

  @Test func `a run without a look-up has no hit rate`() throws {
    let text = try Small.changed(
      "traffic:", "churn: [{ association: out, commands: 4, every: 1 us }]\nignored:")
    let start = try #require(text.firstRange(of: "ignored:"))
    let results = try results(
      "", in: String(text[..<start.lowerBound]) + "expect: [SA-cache hit rate >= 90 %]\n")
    #expect(results.tally.commands == 4 && results.verdicts.map(\.outcome) == [.failed])
  }

  @Test func `packets that were never sent are told of`() throws {
    let text = "faults: [{ fault: driver-stop, at: 1 us }]\nexpect: [no packets unsent]\n"
    let flow = "packets: 60, size: imix, rate: 2 Mpacket/s"
    let results = try results(
      text, in: Small.changed(flow, flow.replacing("packets: 60", with: "packets: 2000")))
    let tally = results.tally
    #expect(results.unsent > 1_000 && results.unsent + tally.sent == 2_040)
    #expect(results.verdicts.map(\.outcome) == [.failed])
    #expect("\(SummaryTable(results))".contains("packets never sent"))
  }

  /// Two-way, and refused packets do not count.
  @Test func `throughput is of packets that passed, as long as they were asked for`() throws {
    let text = try Small.changed(
      "packets: 60, size: imix, rate: 2 Mpacket/s, random: true", "packets: 1, size: 28 B")
    let slow = text.replacing(
      "packets: 40, size: { 64 B: 1, 256 B: 1 }", with: "packets: 4000, size: 64 B")
    for mode in ["timed", "timing-only"] {
      let results = try results("", in: "mode: \(mode)\n" + slow)
      #expect(abs(results.throughput / 1e9 - 1) < 0.02, "\(mode): \(results.throughput)")
    }
    let refused = try results(
      "", in: text.replacing("size: { 64 B: 1, 256 B: 1 }", with: "size: 65535 B"))
    #expect(refused.tally.passed == 1 && refused.throughput < 1e9)
  }

  @Test func `device time ends with the last event`() throws {
    for name in ["line-rate", "small-packet-storm", "sa-churn"] {
      let results = try ScenarioChoice.scenario(name).run().results
      #expect(results.statistics.duration == results.activeTime, "\(name)")
    }
  }

  /// One packet at a time takes as long as every other.
  @Test func `a percentile of equal times is judged as it is`() throws {
    var scenario = try Small.scenario(try Small.changed("rate: 1 Gbit/s", "rate: 1 kpacket/s"))
    scenario.flows.removeFirst()
    scenario.flows[0].content = .sizes(PacketSizes([.init(64)]))
    let latency = try scenario.run().results.statistics.latency
    // All but the first, which has to wait for its SA.
    let maximum = try #require(latency.maximum)
    let p50 = (latency.sum - maximum) / (latency.count - 1)
    scenario.expectations = try ["<=", ">="].map { try Expectation("latency p50 \($0) \(p50) ps") }
    let results = try scenario.run().results
    #expect(try #require(latency.p50) < maximum && results.isAsExpected, "\(results.verdicts)")
  }

  @Test func `a printed value is not the limit that it misses`() throws {
    let time = try results("").activeTime
    let verdicts = try results("expect: [device time <= \(time - 1) ps, device time <= \(time) ps]\n").verdicts
    let printed = verdicts.map { $0.measured ?? "" }
    #expect(verdicts.map(\.outcome) == [.failed, .held])
    #expect(Quantity(printed[0], .time)?.whole == time && printed[1].count < printed[0].count, "\(printed)")
  }

  @Test func `what is no IP packet is not good, and no packet after a hard lifetime is bad`() throws {
    let packet = [0x45, 0, 0, 40, 0, 1, 0, 0, 64, 17] + [UInt8](repeating: 0, count: 30)
    func changed(_ offset: Int, _ value: UInt8) -> [UInt8] {
      var copy = packet
      copy[offset] = value
      return copy
    }
    // Another version, a header that is too short or too long, another total length, and a record cut short.
    let wrong = [changed(0, 0x15), changed(0, 0x44), changed(0, 0x4f), changed(3, 41), Array(packet.dropLast(8))]
    var scenario = try Small.scenario()
    scenario.flows.removeLast()
    scenario.flows[0].content = .packets([packet] + wrong)
    var tally = try scenario.run().results.tally
    #expect(tally.refused > 20 && tally.goodRefused == 0 && tally.passed >= 10, "\(tally)")
    scenario.flows[0].content = .packets([packet])
    scenario.associations[0].parameters.lifetime.hardPackets = 10
    tally = try scenario.run().results.tally
    #expect(tally.goodRefused == 30 && tally.goodRefused == tally.refused, "\(tally)")
  }

  @Test func `a share just below the whole is not printed as the whole`() throws {
    let limits = "expect: [SA-cache hit rate >= 100 %, SA-cache hit rate < 100 %]\n"
    let few = "packets: 40, size: { 64 B: 1, 256 B: 1 }, rate: 1 Gbit/s"
    let text = try Small.changed(few, "packets: 20000, size: 64 B, rate: 1 Mpacket/s")
    let verdicts = try results(limits, in: text).verdicts
    #expect(verdicts.map(\.outcome) == [.failed, .held])
    #expect(verdicts.allSatisfy { $0.measured?.hasPrefix("99.") == true }, "\(verdicts)")
  }

  @Test func `times of what never happened are no times`() throws {
    let results = try results("faults: [{ fault: backend-loss, at: 0 us }]\n")
    let table = "\(SummaryTable(results))", report = HTMLReport(results).text
    #expect(results.statistics.latency.count == 0)
    let row = table.split(separator: "\n").first { $0.hasPrefix("doorbell to interrupt") }
    #expect(!table.contains("0.00 ps") && row?.count { $0 == "–" } == 3, "\(table)")
    #expect(report.contains("<dd>–</dd>") && report.contains("<td>–</td>"))
  }

  @Test func `functional mode says that faults are left out`() throws {
    let results = try results("mode: functional\nfaults: [{ fault: reset, at: 1 us }]\n")
    #expect("\(SummaryTable(results))".contains("1 fault left out"))
  }
}
