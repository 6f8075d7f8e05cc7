import CycleModel
import ESP
import Simulation
import Testing

/// What the pipeline moves is what the engine makes.
@Suite struct PacketFormTests {
  static let modes = [
    "mode: transport", "mode: tunnel, source: 192.0.2.1, destination: 192.0.2.2",
    "mode: tunnel, source: \"2001:db8::1\", destination: \"2001:db8::2\"",
  ]
  private static let key = "key: \"0x000102030405060708090a0b0c0d0e0f\""
  private static let longKey = "key: \"0x000102030405060708090a0b0c0d0e0f10111213\""
  static let protections = [
    "aead: { algorithm: aes-gcm-16, \(key), salt: \"0x10111213\" }",
    "aead: { algorithm: aes-ccm-8, \(key), salt: \"0x101112\" }",
    "encryption: { algorithm: aes-cbc, \(key) }, authentication: { algorithm: hmac-sha1-96, \(longKey) }",
    "protocol: ah, authentication: { algorithm: hmac-sha1-96, \(longKey) }",
    "udp-encapsulation: {}, aead: { algorithm: aes-gcm-16, \(key), salt: \"0x10111213\" }",
  ]

  /// Some are too long once they are protected: the device refuses them, and peers send them as they are.
  @Test(arguments: ["out", "in"], modes.indices)
  func `sizes alone know which packets are too long`(direction: String, mode: Int) throws {
    let text = """
      associations:
        - { name: a, direction: \(direction), spi: 0x1000, \(Self.modes[mode]), \(Self.protections[2]) }
      traffic:
        - { association: a, packets: 60, size: { 65400 B: 1, 65450 B: 1, 65473 B: 1, 65500 B: 1, 65535 B: 1 } }
      """
    var scenario = try Small.scenario(text)
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.statistics == sizes.statistics && (1..<60).contains(sizes.statistics.refused))
    #expect(timed.tally.passed == sizes.tally.passed)
  }

  @Test(arguments: ["out", "in"], modes.indices)
  func `sizes alone know what is no IP packet`(direction: String, mode: Int) throws {
    let text = """
      associations:
        - { name: a, direction: \(direction), spi: 0x1000, \(Self.modes[mode]), \(Self.protections[0]) }
      traffic: [{ association: a, packets: 60, size: 40 B }]
      """
    let packet: [UInt8] = [0x45, 0, 0, 40, 0, 1, 0, 0, 64, 17] + [UInt8](repeating: 0, count: 30)
    var (version, header, long) = (packet, packet, packet)
    (version[0], header[0], long[3]) = (0x15, 0x4f, 41)
    var scenario = try Small.scenario(text)
    scenario.flows[0].content = .packets([packet, version, header, long, Array(packet.dropLast(8)), packet])
    let timed = try scenario.run().results
    scenario.mode = .timingOnly
    let sizes = try scenario.run().results
    #expect(timed.statistics == sizes.statistics && sizes.statistics.refused == 40)
    #expect(timed.tally.passed == 20 && sizes.tally.passed == 20 && sizes.tally.refused == 40)
  }

  @Test(arguments: modes.indices, protections.indices)
  func `the length that is told to the pipeline is the length that comes out`(mode: Int, protection: Int) throws {
    let text = """
      associations:
        - { name: a, direction: out, spi: 0x1000, \(Self.modes[mode]), \(Self.protections[protection]) }
      traffic:
        - { association: a, packets: 40, size: { 28 B: 1, 29 B: 1, 64 B: 1, 577 B: 1, 1420 B: 1 } }
      """
    let (results, output) = try Small.scenario(text).run()
    #expect(results.tally.passed == 40, "\(results.tally)")
    // Each answer has 16 bytes in version 2.0.
    #expect(results.statistics.bytesOut == output.map { UInt64($0.count) + 16 }.reduce(0, +))
  }
}
