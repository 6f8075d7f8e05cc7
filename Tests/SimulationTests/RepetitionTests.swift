import Foundation
import Simulation
import Spec
import TestSupport
import Testing
import Wire

@testable import ipsec_la

/// A seed repeats a run to the byte, whatever the cipher.
@Suite struct RepetitionTests {
  let folder = try! TemporaryFolder()

  private static let key = "key: \"0x000102030405060708090a0b0c0d0e0f\""
  private static let sha1 =
    "authentication: { algorithm: hmac-sha1-96, key: \"0x000102030405060708090a0b0c0d0e0f10111213\" }"
  static let protections = [
    "encryption: { algorithm: aes-cbc, \(key) }, \(sha1)",
    "encryption: { algorithm: aes-ctr, \(key), salt: \"0x10111213\" }, \(sha1)",
    "aead: { algorithm: aes-gcm-16, \(key), salt: \"0x10111213\" }",
    "aead: { algorithm: aes-ccm-16, \(key), salt: \"0x101112\" }",
  ]

  /// Both directions of every protection.
  static let text: String = {
    var (associations, traffic) = ("", "")
    for (index, protection) in protections.enumerated() {
      for (direction, base) in [("out", 0x1000), ("in", 0x2000)] {
        let ends =
          direction == "out"
          ? "source: 192.0.2.1, destination: 192.0.2.2"
          : "source: 192.0.2.2, destination: 192.0.2.1"
        associations += """
            - { name: \(direction)\(index), direction: \(direction), spi: \(base + index * 16), \
          mode: tunnel, \(ends), copies: 2, \(protection) }

          """
        traffic +=
          "  - { association: \(direction)\(index), packets: 20, size: imix, rate: 1 Mpacket/s, random: true }\n"
      }
    }
    return "associations:\n\(associations)traffic:\n\(traffic)"
  }()

  private func run(_ mode: Scenario.Mode, _ version: SpecVersion = .v2_0, seed: UInt64 = 1) throws
    -> [[UInt8]]
  {
    let selection = ScenarioSelection(version: version, mode: mode, seed: seed)
    return try ScenarioYAML(path: "all.yaml", selection: selection).read(Self.text, name: "all")
      .run().output
  }

  @Test(arguments: [Scenario.Mode.functional, .timed])
  func `the versions put out the same packets of every cipher`(mode: Scenario.Mode) throws {
    let outputs = try Spec.all.map { try run(mode, $0.version).inByteOrder }
    #expect(outputs[0].count == Self.protections.count * 40)
    #expect(outputs.allSatisfy { $0 == outputs[0] })
  }

  @Test func `modes put out the same packets, though not in the same order of queues`() throws {
    #expect(try run(.functional).inByteOrder == run(.timed).inByteOrder)
  }

  @Test func `the same seed writes the same files, and another seed others`() throws {
    try folder.write(Self.text, to: "all.yaml")
    func files(_ name: String, seed: String) throws -> [Data] {
      let names = ["vcd", "pftrace", "html", "in.pcap", "out.pcap"].map { "\(name).\($0)" }
      let run = try simulate(
        "all.yaml", "--seed", seed, "--stats", "csv", "--vcd", names[0], "--trace", names[1],
        "--html", names[2],
        "--pcap-in", names[3], "--pcap-out", names[4], in: folder)
      #expect(run.status == 0 && run.errors == "")
      return try [Data(run.output.utf8)] + names.map { try Data(contentsOf: folder.url($0)) }
    }
    let first = try files("a", seed: "1")
    #expect(try files("b", seed: "1") == first)
    let other = try files("c", seed: "2")
    #expect(zip(first, other).allSatisfy { $0 != $1 })
  }
}
