import CycleModel
import Simulation
import Spec
import Testing
import Wire

@testable import ipsec_la

/// SAs that work on a packet one after the other, under one handle.
@Suite struct BundleTests {
  private func text(_ direction: String = "out", inner: String = "", more: String = "") -> String {
    """
    associations:
      - name: esp
        copies: 3
        direction: \(direction)
        spi: 0x1000
        mode: transport
        aead: { algorithm: aes-gcm-16, key: "0x000102030405060708090a0b0c0d0e0f", salt: "0x10111213" }
        \(inner)
      - name: ah
        copies: 3
        direction: \(direction)
        spi: 0x2000
        protocol: ah
        mode: tunnel
        source: 192.0.2.1
        destination: 192.0.2.2
        authentication: { algorithm: hmac-sha1-96, key: "0x000102030405060708090a0b0c0d0e0f10111213" }
        bundle: [esp]
    traffic: [{ association: ah, packets: 100, size: imix }]
    \(more)
    """
  }

  private func scenario(_ text: String, _ selection: ScenarioSelection = ScenarioSelection()) throws -> Scenario {
    try ScenarioYAML(path: "bundle.yaml", selection: selection).read(text, name: "bundle")
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0, .v2_0], [Scenario.Mode.functional, .timed])
  func `each SA of a bundle works on each packet`(version: SpecVersion, mode: Scenario.Mode) throws {
    let selection = ScenarioSelection(version: version, mode: mode)
    let out = try scenario(text(), selection).run()
    #expect(out.results.tally.passed == 100, "\(out.results.tally.refusals)")
    // AH of an IP packet, in it another of ESP.
    #expect(out.output.allSatisfy { $0[9] == 51 && $0[20] == 4 && $0[44 + 9] == 50 })
    let back = try scenario(text("in"), selection).run()
    #expect(back.results.tally.passed == 100, "\(back.results.tally.refusals)")
    #expect(back.output.allSatisfy { $0[9] == 17 })
  }

  @Test(arguments: ["out", "in"]) func `sizes alone take the time that packets take`(direction: String) throws {
    var scenario = try scenario(text(direction))
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.statistics == sizes.statistics && timed.tally.passedBytes == sizes.tally.passedBytes)
  }

  @Test(arguments: ["out", "in"]) func `after a reset all SAs go on behind their numbers`(direction: String) throws {
    let fault = "profile: { ring.size: 8 }\nfaults: [{ fault: reset, at: 20 us }]"
    let results = try scenario(text(direction, inner: "sequence: 7", more: fault)).run().results
    #expect(results.statistics.faults[.reset] == 1 && results.tally.goodRefused == 0)
    #expect(results.tally.returned == results.tally.passed && results.tally.passed > 80)
  }

  @Test func `an SA that is used up within another stays so, with packets and without, and over a reset`() throws {
    let results = try [Scenario.Mode.timed, .timingOnly].map { mode in
      try scenario(text(inner: "sequence: 4294967293"), ScenarioSelection(mode: mode)).run().results
    }
    #expect(results[0].tally.passed == 6 && results[1].tally.passed == 6)
    let fault = "profile: { ring.size: 8 }\nfaults: [{ fault: reset, at: 20 us }]"
    let reset = try scenario(text(inner: "sequence: 4294967293", more: fault)).run().results
    #expect(reset.statistics.faults[.reset] == 1 && reset.tally.passed <= 6)
  }

  @Test func `a run that is resumed goes on with its bundles`() throws {
    try scenario(text("in")).expectTheSameWhenResumed(records: 300)
  }

  @Test func `bundles come and go`() throws {
    let churn = "churn: [{ association: ah, commands: 20, every: 1 us, alive: 4 }]"
    for mode in Scenario.Mode.allCases {
      let results = try scenario(text(more: churn), ScenarioSelection(mode: mode)).run().results
      #expect(results.tally.commandsSent == 20 && results.tally.commandsFailed == 0, "\(mode)")
    }
  }

  @Test(arguments: [
    ("bundle: [esp]", "bundle: [epp]", "18: bundle: there is no other association 'epp'"),
    ("bundle: [esp]", "bundle: [ah]", "18: bundle: there is no other association 'ah'"),
    ("bundle: [esp]", "bundle: [esp, esp]", "18: bundle: esp is in the bundle of ah"),
    ("bundle: [esp]", "bundle: esp", "18: bundle: is not a list of names"),
    ("bundle: [esp]", "bundle: [a, b, c, d]", "18: bundle: a bundle has at most 4 SAs, this one included"),
    ("copies: 3", "copies: 2", "18: bundle: esp has 2 copies, and ah 3"),
    ("direction: out", "direction: in", "18: bundle: esp has another direction than ah"),
    (
      "direction: out", "direction: out\n    notify: { every: 2 packets }",
      "19: bundle: esp has a lifetime or notify; allowed is one of ah"
    ),
    ("association: ah", "association: esp", "19: association: there is no association 'esp'; there is ah"),
    ("associations:", "features: { without: [F_SA_BUNDLES] }\nassociations:", "19: bundle: without F_SA_BUNDLES each"),
    (
      "associations:", "version: 1.0\nfaults: [{ fault: reset, at: 1 us }]\nassociations:",
      "2: fault: version 1.0 cannot set sequence numbers of a bundle after a reset; 2.0 can"
    ),
  ]) func `a bundle that cannot be is refused`(old: String, new: String, message: String) throws {
    let changed = text().replacing(old, with: new, maxReplacements: 1)
    let error = #expect(throws: CommandError.self) { try scenario(changed) }
    #expect(error?.description.hasPrefix("bundle.yaml:\(message)") == true, "\(error?.description ?? "")")
  }
}
