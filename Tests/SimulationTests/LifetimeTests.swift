import CycleModel
import Simulation
import Spec
import Testing
import Wire

@testable import ipsec_la

/// SAs that end, and what their owner is told of it.
@Suite struct LifetimeTests {
  private func scenario(
    _ fields: String, direction: String = "out", copies: Int = 4, rate: String = "", _ selection: ScenarioSelection
  ) throws -> Scenario {
    let text = """
      associations:
        - name: tunnel
          copies: \(copies)
          direction: \(direction)
          spi: 0x1000
          mode: tunnel
          source: 192.0.2.1
          destination: 192.0.2.2
          \(fields)
          aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x10111213" }
      traffic: [{ association: tunnel, packets: 1000, size: { 64 B: 1, 1024 B: 1 } \(rate) }]
      """
    return try ScenarioYAML(path: "life.yaml", selection: selection).read(text, name: "life")
  }

  private static let all = """
    lifetime: { soft-packets: 50, hard-packets: 100 }
        notify: { every: 25 packets, hard-lifetime: true, before-overflow: 4 }
    """

  @Test(arguments: [Scenario.Mode.functional, .timed, .timingOnly])
  func `an SA tells of each event that it was asked for, by kind`(mode: Scenario.Mode) throws {
    let results = try scenario(Self.all, rate: ", rate: 1 Mpacket/s", ScenarioSelection(mode: mode)).run().results
    #expect(results.tally.passed == 400)
    #expect(
      results.tally.eventsByKind == [
        "soft-lifetime-packets": 4, "hard-lifetime": 4, "before-seqnum-overflow": 4, "seqnum-periodic": 16,
      ], "\(results.tally)")
    #expect(results.tally.events == 28 && results.tally.eventsCoalesced == 0)
    let told = SummaryTable(results).description
    #expect(told.contains("  told 16: seqnum-periodic\n  told 4: before-seqnum-overflow\n"), "\(told)")
    #expect(StatisticsText.csv(results).contains("\ntold,hard-lifetime,4,\n"))
  }

  @Test func `events can be expected by kind`() throws {
    let expectations = "expect: [hard-lifetime notifications = 4, no seqnum-periodic notifications]"
    let text = Small.text.replacing("expect: no packets lost", with: expectations)
      .replacing("copies: 3", with: "lifetime: { hard-packets: 10 }\n    notify: { hard-lifetime: true }")
    let results = try Small.scenario(text).run().results
    #expect(results.verdicts.map(\.outcome) == [.failed, .held] && results.verdicts[0].measured == "1")
  }

  @Test func `who does not want to hear of a soft limit is not told`() throws {
    let fields = "lifetime: { soft-bytes: 2000 }"
    let selection = ScenarioSelection()
    #expect(try scenario(fields, selection).run().results.tally.eventsByKind == ["soft-lifetime-bytes": 4])
    let silent = try scenario(fields + "\n    notify: { soft-lifetime: false }", selection).run().results
    #expect(silent.tally.events == 0 && silent.tally.passed == 1_000)
  }

  @Test(arguments: ["out", "in"], [all, "lifetime: { soft-bytes: 9000, hard-bytes: 20000 }"])
  func `sizes alone end when packets do, and raise the same events`(direction: String, fields: String) throws {
    let asked = direction == "in" ? fields.replacing(", before-overflow: 4", with: "") : fields
    let timed = try scenario(asked, direction: direction, ScenarioSelection(mode: .timed)).run().results
    let sizes = try scenario(asked, direction: direction, ScenarioSelection(mode: .timingOnly)).run().results
    #expect(timed.statistics == sizes.statistics)
    #expect(timed.tally.eventsByKind == sizes.tally.eventsByKind && timed.tally.events > 0)
    #expect(timed.tally.passedBytes == sizes.tally.passedBytes && timed.tally.passed < 1_000)
    let (passed, refused) = (timed.tally.passed, timed.tally.refused)
    #expect(sizes.tally.refused == refused && passed + refused == 1_000)
    let told = "1,000 came back: \(passed) passed, \(refused) refused"
    #expect("\(SummaryTable(timed))".contains("\(told)\n"))
    #expect("\(SummaryTable(sizes))".contains("\(told), as far as sizes tell\n"))
    #expect([timed, sizes].map { HTMLReport($0).text.contains("<dt>refused</dt>") } == [true, false])
    #expect(HTMLReport(sizes).text.contains("<dt>refused, as far as sizes tell</dt>"))
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0], Scenario.Mode.allCases)
  func `old versions tell of what they can`(version: SpecVersion, mode: Scenario.Mode) throws {
    let hard = version == .v1_0 ? ", hard-bytes: 20480" : ""
    let fields = """
      sequence: 4294901740
          lifetime: { soft-bytes: 10240\(hard) }
          notify: { before-overflow: true }
      """
    let selection = ScenarioSelection(version: version, mode: mode)
    let results = try scenario(fields, rate: ", rate: 1 Mpacket/s", selection).run().results
    #expect(results.tally.eventsByKind == ["soft-lifetime-bytes": 4, "before-seqnum-overflow": 4])
    #expect((results.tally.passed < 1_000) == (version == .v1_0))
  }

  @Test(arguments: ["out", "in"], ["sequence: 4294967285", "sequence: 18446744073709551605\n    esn: true"])
  func `sizes alone end when sequence numbers do`(direction: String, fields: String) throws {
    let fields = fields + "\n    notify: { every: 3 packets }"
    let results = try Scenario.Mode.allCases.map { mode in
      try scenario(fields, direction: direction, copies: 2, ScenarioSelection(mode: mode)).run().results
    }
    #expect(results.map(\.tally.passed) == [20, 20, 20])
  }

  @Test func `a hard limit alone ends an SA of version 1_0`() throws {
    let selection = ScenarioSelection(version: .v1_0)
    let results = try scenario("lifetime: { hard-bytes: 1024 }", copies: 1, selection).run().results
    #expect((1...17).contains(results.tally.passed) && results.tally.events == 0)
  }
}
