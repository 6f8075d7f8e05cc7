import Simulation
import Testing

@testable import ipsec_la

/// What is counted as a replay is one: the device has let the packet through before.
@Suite struct AttackTests {
  private static let association = """
    associations:
      - name: in
        copies: COPIES
        direction: in
        spi: 0x2000
        mode: tunnel
        source: 192.0.2.2
        destination: 192.0.2.1
        replay-window: 1024
        aead: { algorithm: aes-gcm-16, key: "0x202122232425262728292a2b2c2d2e2f", salt: "0x30313233" }

    """
  private static let flow =
    "association: in, packets: 3000, size: 64 B, rate: 3 Mpacket/s, random: true"

  private func tally(_ rest: String, copies: Int, mode: Scenario.Mode = .timed, seed: UInt64 = 1)
    throws -> Tally
  {
    let text = Self.association.replacing("COPIES", with: "\(copies)") + rest
    let selection = ScenarioSelection(mode: mode, seed: seed)
    return try ScenarioYAML(path: "attack.yaml", selection: selection).read(text, name: "attack")
      .run().results.tally
  }

  @Test(arguments: [1, 7, 17, 23] as [UInt64], [Scenario.Mode.timed, .functional])
  func `the shipped attack is no alarm, whatever the seed`(seed: UInt64, mode: Scenario.Mode) throws
  {
    var scenario = try ScenarioChoice.scenario("replay-attack")
    (scenario.seed, scenario.mode) = (seed, mode)
    let results = try scenario.run().results
    #expect(results.isAsExpected, "seed \(seed): \(results.verdicts)")
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>, [1, 50, 2_000])
  func `first packets that are forged are no replays`(
    seed: UInt64, copies: Int
  ) throws {
    let tally = try tally(
      "traffic: [{ \(Self.flow), replayed: 20 %, forged: 20 % }]", copies: copies, seed: seed)
    #expect(
      tally.replaysAccepted == 0 && tally.corruptedAccepted == 0 && tally.goodRefused == 0,
      "\(tally)")
    #expect(tally.corrupted > 400 && tally.replayed + tally.corrupted == tally.refused, "\(tally)")
    if copies == 1 { #expect(tally.replayed > 300) }
  }

  /// Four standard deviations of 3000 draws are 110.
  @Test(arguments: [(replayed: 50, forged: 50), (20, 20), (0, 2)])
  func `either share is one of all packets`(shares: (replayed: Int, forged: Int)) throws {
    let tally = try tally(
      "traffic: [{ \(Self.flow), replayed: \(shares.replayed) %, forged: \(shares.forged) % }]", copies: 1)
    #expect(abs(Int(tally.corrupted) - 30 * shares.forged) < 110, "\(tally.corrupted)")
    #expect(abs(Int(tally.replayed) - 30 * shares.replayed) < 110, "\(tally.replayed)")
  }

  @Test(arguments: [Scenario.Mode.timed, .timingOnly])
  func `what came before a reset is refused after it`(
    mode: Scenario.Mode
  ) throws {
    let text = "traffic: [{ \(Self.flow), replayed: 20 % }]\nfaults: [{ fault: reset, at: 300 us }]"
    let tally = try tally(text, copies: 50, mode: mode)
    #expect(
      tally.replaysAccepted == 0 && tally.goodRefused == 0 && tally.returned > 2_500, "\(tally)")
    if mode == .timed { #expect(tally.replayed > 300 && tally.replayed == tally.refused) }
  }

  /// Outer headers that the ICV does not know of are none of the forger's business.
  @Test(arguments: [
    "protocol: esp", "protocol: esp, udp-encapsulation: {}", "protocol: wesp", "protocol: wesp, udp-encapsulation: {}",
    "protocol: ah", "protocol: esp, esn: true",
  ]) func `a bit changed from the SPI on is found, whichever it is`(protection: String) throws {
    let fields = protection.replacing(", ", with: "\n    ")
    let rest = "traffic: [{ \(Self.flow), forged: 50 % }]"
    let text = Self.association.replacing("COPIES", with: "1").replacing("replay-window: 1024", with: fields)
      .replacing("aead: { algorithm: aes-gcm-16, key: \"0x202122232425262728292a2b2c2d2e2f\", salt: \"0x30313233\" }",
      with: protection == "protocol: ah" ? Self.authentication : Self.separate)
    let tally = try Small.scenario(text + rest).run().results.tally
    #expect(tally.corrupted > 1_000 && tally.corruptedAccepted == 0 && tally.goodRefused == 0, "\(tally)")
    let icv = tally.refusals.first { $0.key.contains("S_BAD_ICV") }?.value ?? 0
    #expect(icv > 500 && tally.refusals.count > 1, "\(tally.refusals)")
  }
  private static let authentication =
    "authentication: { algorithm: hmac-sha1-96, key: \"0x000102030405060708090a0b0c0d0e0f10111213\" }"
  private static let separate =
    "encryption: { algorithm: aes-cbc, key: \"0x202122232425262728292a2b2c2d2e2f\" }\n    " + authentication

  @Test func `a copy that overtakes its packet on another queue is no replay`() throws {
    let flows = (0..<4).map { "  - { \(Self.flow), pair: \($0), replayed: 20 % }\n" }.joined()
    let tally = try tally("pairs: 4\ntraffic:\n\(flows)", copies: 1)
    #expect(
      tally.replayed > 1_000 && tally.replaysAccepted == 0 && tally.goodRefused == 0, "\(tally)")
  }

  @Test(arguments: ["sequence: 1000", "sequence: 4294964000", "sequence: 4294966000, esn: true"])
  func `a peer goes on where the SA's sequence numbers are`(sequence: String) throws {
    let text = Self.association.replacing("COPIES", with: "1").replacing(
      "replay-window: 1024", with: sequence.replacing(", ", with: "\n    "))
    let scenario = try Small.scenario(
      text + "traffic: [{ association: in, packets: 2000, size: 64 B }]")
    let tally = try scenario.run().results.tally
    #expect(tally.passed == 2_000 && tally.goodRefused == 0, "\(tally)")
  }

  @Test func `a packet that its peer cannot protect is told as such`() throws {
    let long = try tally("traffic: [{ association: in, packets: 10, size: 65535 B }]", copies: 1)
    #expect(long.unprotected == 10 && long.goodRefused == 0 && long.passed == 0)
  }
}
