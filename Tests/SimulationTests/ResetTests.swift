import CycleModel
import Simulation
import Spec
import Testing
import Wire

@testable import ipsec_la

/// A driver makes its SAs again on a device that was reset, and uses no sequence number twice.
@Suite struct ResetTests {
  private static let sha1 =
    "authentication: { algorithm: hmac-sha1-96, key: \"0x000102030405060708090a0b0c0d0e0f10111213\" }"
  private static let key = "key: \"0x000102030405060708090a0b0c0d0e0f\""
  static let protections = [
    "aead: { algorithm: aes-gcm-16, \(key), salt: \"0x10111213\" }",
    "encryption: { algorithm: aes-cbc, \(key) }\n    \(sha1)",
  ]
  static let faults = "faults: [{ fault: reset, at: 100 us }, { fault: reset, at: 300 us, for: 10 us }]\n"

  private func scenario(
    _ direction: String, _ rest: String, _ version: SpecVersion = .v2_0, mode: Scenario.Mode = .timed,
    protection: String = protections[0]
  ) throws -> Scenario {
    let text = """
      associations:
        - name: t
          copies: 3
          direction: \(direction)
          spi: 0x1000
          mode: tunnel
          source: 192.0.2.1
          destination: 192.0.2.2
          sequence: 500
          notify: { every: 7 packets }
          \(protection)

      """
    let selection = ScenarioSelection(version: version, mode: mode)
    return try ScenarioYAML(path: "reset.yaml", selection: selection).read(text + rest + Self.faults, name: "reset")
  }

  @Test(arguments: Spec.all.map(\.version), protections)
  func `no sequence number comes twice, and no IV`(version: SpecVersion, protection: String) throws {
    let flow = "traffic: [{ association: t, packets: 900, size: 600 B, rate: 2 Mpacket/s }]\n"
    let (results, output) = try scenario("out", flow, version, protection: protection).run()
    #expect(results.statistics.faults[.reset] == 2 && output.count > 800)
    // SPI and sequence number, SPI and the first half of the IV.
    #expect(Set(output.map { $0[20..<28] }).count == output.count)
    #expect(Set(output.map { Array($0[20..<24] + $0[28..<36]) }).count == output.count)
    #expect(output.allSatisfy { $0[24...25].elementsEqual([0, 0]) && $0[26] >= 1 })
  }

  @Test(arguments: Spec.all.map(\.version))
  func `what was received before a reset is not accepted after it`(version: SpecVersion) throws {
    let flow = "traffic: [{ association: t, packets: 900, size: 64 B, rate: 2 Mpacket/s, replayed: 40 % }]\n"
    let results = try scenario("in", flow, version).run().results
    #expect(results.statistics.faults[.reset] == 2 && results.tally.replayed > 200)
    #expect(results.tally.replaysAccepted == 0 && results.tally.goodRefused == 0, "\(results.tally)")
  }

  @Test(arguments: ["out", "in"]) func `sizes alone raise the events that packets raise`(direction: String) throws {
    let flow = "traffic: [{ association: t, packets: 900, size: 64 B, rate: 2 Mpacket/s }]\n"
    let timed = try scenario(direction, flow).run().results
    let sizes = try scenario(direction, flow, mode: .timingOnly).run().results
    #expect(timed.statistics == sizes.statistics && timed.tally.events > 50)
    #expect(timed.tally.eventsCoalesced == sizes.tally.eventsCoalesced && timed.tally.events == sizes.tally.events)
  }
}
