import CycleModel
import Simulation
import Testing

@testable import ipsec_la

/// SAs that come and go, on a device that does not stay.
@Suite struct ChurnTests {
  private func results(_ fault: String, _ mode: Scenario.Mode) throws -> Results {
    let text = """
      associations:
        - name: out
          direction: out
          spi: 0x1000
          mode: tunnel
          source: 192.0.2.1
          destination: 192.0.2.2
          aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x10111213" }
      churn: [{ association: out, commands: 400, every: 2 us, alive: 5 }]
      faults: [{ \(fault) }]
      """
    let selection = ScenarioSelection(mode: mode)
    return try ScenarioYAML(path: "churn.yaml", selection: selection).read(text, name: "churn").run().results
  }

  @Test(arguments: [
    "fault: reset, at: 101 us", "fault: reset, at: 102 us, for: 30 us", "fault: reset, chance: 2 %",
    "fault: dropped-dma, chance: 1 %", "fault: corrupted-descriptor, chance: 5 %",
  ]) func `whatever goes wrong, nobody deletes what is not there, and every command is told of`(fault: String) throws {
    let timed = try results(fault, .timed)
    let tally = timed.tally
    #expect(tally.commandsFailed == 0 && tally.commands > 300, "\(tally)")
    #expect(tally.commandsSent == 400 && timed.commandsLost == 400 - tally.commands)
    #expect(timed.commandsLost == timed.statistics.faulted.reduce(0, +) && timed.commandsLost > 0, "\(tally)")
  }

  @Test(arguments: ["fault: reset, at: 101 us", "fault: reset, chance: 2 %"])
  func `sizes alone are reset as the device is`(fault: String) throws {
    #expect(try results(fault, .timed).statistics == results(fault, .timingOnly).statistics)
  }
}
