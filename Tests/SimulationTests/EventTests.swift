import CycleModel
import Simulation
import Testing

@testable import ipsec_la

/// Every event is told to the driver, folded into one that is, or counted as lost.
@Suite struct EventTests {
  private func results(copies: Int, every: Int, _ mode: Scenario.Mode, profile: String = "default")
    throws -> Results
  {
    let text = """
      profile: \(profile)
      associations:
        - name: out
          copies: \(copies)
          direction: out
          spi: 0x1000
          mode: tunnel
          source: 192.0.2.1
          destination: 192.0.2.2
          notify: { every: \(every) packets }
          aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x10111213" }
      traffic: [{ association: out, packets: 2000, size: 64 B }]
      """
    let selection = ScenarioSelection(mode: mode)
    return try ScenarioYAML(path: "events.yaml", selection: selection).read(text, name: "events")
      .run().results
  }

  @Test(arguments: [1, 10, 32, 100], Scenario.Mode.allCases) func `each event is accounted for`(
    copies: Int, mode: Scenario.Mode
  ) throws {
    for profile in ["default", "{ notification.queue: 2, bus.write-latency: 2000 }"] {
      let results = try results(copies: copies, every: 1, mode, profile: profile)
      let tally = results.tally
      #expect(tally.events + tally.eventsCoalesced + tally.eventsLost == 2_000, "\(tally)")
      guard mode != .functional else { continue }
      #expect(tally.events == results.statistics.notifications, "\(tally)")
      #expect(tally.eventsLost == results.statistics.notificationsDropped, "\(tally)")
    }
  }

  @Test(arguments: [1, 32], [1, 10]) func `sizes alone raise the events that packets raise`(
    copies: Int, every: Int
  )
    throws
  {
    let timed = try results(copies: copies, every: every, .timed)
    let sizes = try results(copies: copies, every: every, .timingOnly)
    #expect(timed.statistics == sizes.statistics)
    #expect(
      (timed.tally.events, timed.tally.eventsCoalesced) == (
        sizes.tally.events, sizes.tally.eventsCoalesced
      ))
  }

  @Test func `sizes alone move the bytes of commands`() throws {
    var scenario = try ScenarioChoice.scenario("sa-churn")
    scenario.flows = []
    let timed = try scenario.run().results.statistics
    scenario.mode = .timingOnly
    #expect(try scenario.run().results.statistics == timed)
  }
}
