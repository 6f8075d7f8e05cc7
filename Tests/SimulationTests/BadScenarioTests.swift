import Simulation
import TestSupport
import Testing

@testable import ipsec_la

/// What is wrong with a scenario is said with file, line, key, and what would be allowed.
@Suite struct BadScenarioTests {
  static let mistakes: [(old: String, new: String, message: String)] = [
    ("summary: a few packets", "sumary: x", "small.yaml:1: sumary: unknown field; known are summary, version, mode"),
    (
      "summary: a few packets", "version: 3.0",
      "small.yaml:1: version: there is no version '3.0'; there are 0.4, 1.0, 2.0"
    ), ("summary: a few packets", "mode: fast", "small.yaml:1: mode: fast is none of functional, timed, timing-only"),
    ("summary: a few packets", "pairs: 65", "small.yaml:1: pairs: '65' is not a whole number within 1 to 64"),
    ("summary: a few packets", "ring: round", "small.yaml:1: ring: round is none of split, packed"),
    (
      "summary: a few packets", "features: { without: [F_FTC] }",
      "small.yaml:1: without: there is no feature 'F_FTC'; there are F_SG_BUFFERS"
    ),
    (
      "summary: a few packets", "profile: smal",
      "small.yaml:1: profile: there is no profile 'smal'; there are default, small, large, and files"
    ), ("summary: a few packets", "profile: none.yaml", "none.yaml: cannot be read"),
    (
      "summary: a few packets", "profile: { bus: { rat: 1 } }",
      "small.yaml:1: bus.rat: unknown key; known are frequency, rate, duplex"
    ),
    (
      "summary: a few packets", "profile: { core.frequency: fast }",
      "small.yaml:1: core.frequency: 'fast' is not a whole number within 1 to 1000000000000 Hz"
    ),
    (
      "summary: a few packets", "profile: { cache.entries: 1023 }",
      "small.yaml:1: cache.entries: 1023 is not a multiple of cache.ways, 4"
    ), ("copies: 3", "copies: 0", "small.yaml:4: copies: '0' is not a whole number within 1 to 100000"),
    ("copies: 3", "notify: { every: never }", "small.yaml:4: every: 'never' is not a whole number of packets"),
    (
      "copies: 3", "lifetime: { soft-bytes: 0 }",
      "small.yaml:4: soft-bytes: 0 is no limit; allowed is 1 and more, or nothing for none"
    ),
    (
      "copies: 3", "lifetime: { soft-packets: 9, hard-packets: 8 }",
      "small.yaml:4: soft-packets: 9 is never reached: hard-packets is 8"
    ),
    (
      "copies: 3", "notify: { soon: true }",
      "small.yaml:4: soon: unknown field; known are every, soft-lifetime, hard-lifetime, before-overflow"
    ),
    (
      "copies: 3", "notify: { soft-lifetime: true }",
      "small.yaml:4: soft-lifetime: lifetime has neither soft-bytes nor soft-packets"
    ),
    (
      "copies: 3", "notify: { hard-lifetime: true }",
      "small.yaml:4: hard-lifetime: lifetime has neither hard-bytes nor hard-packets"
    ),
    (
      "copies: 3", "notify: { before-overflow: 4294967296 }",
      "before-overflow: '4294967296' is neither true nor false nor a sequence number within 1 to 4294967295"
    ),
    (
      "spi: 0x2000", "spi: 0x2000\n    notify: { before-overflow: true }",
      "small.yaml:14: before-overflow: only outbound SAs give sequence numbers"
    ),
    ("random: true", "packets-per-chain: 65", "packets-per-chain: '65' is not a whole number within 1 to 64"),
    ("spi: 0x1000", "spi: many", "small.yaml:6: spi: 'many' is not a number within 0 to 4294967295"),
    ("name: in", "name: out", "small.yaml:11: name: out is taken"),
    (
      "association: out", "association: otu",
      "small.yaml:19: association: there is no association 'otu'; there are out, in"
    ), ("packets: 60, ", "", "small.yaml:19: packets: is missing"),
    ("packets: 60", "packets: some", "small.yaml:19: packets: 'some' is not a number"),
    ("size: imix", "size: 12 B", "small.yaml:19: size: '12 B' is neither imix nor a length within 28 to 65535 B"),
    ("size: imix", "pcap: none.pcap", "small.yaml:19: pcap: none.pcap"),
    ("size: imix, ", "", "small.yaml:19: size: is missing, and so is pcap"),
    (
      "rate: 2 Mpacket/s", "rate: 2 Mbaud",
      "small.yaml:19: rate: '2 Mbaud' is not a number with one of the units packet/s"
    ), ("rate: 2 Mpacket/s, ", "", "small.yaml:19: random: says nothing without a rate"),
    ("random: true", "segments: 17", "small.yaml:19: segments: '17' is not a whole number within 1 to 16"),
    ("random: true", "replayed: 5 %", "small.yaml:19: replayed: only packets of inbound SAs come over the network"),
    ("rate: 1 Gbit/s", "rate: 1 Gbit/s, forged: 120 %", "small.yaml:20: forged: '120 %' is not a whole number"),
    (
      "rate: 1 Gbit/s", "rate: 1 Gbit/s, replayed: 50 %, forged: 51 %",
      "small.yaml:20: forged: with replayed, it is more than 100 %"
    ), ("summary: a few packets", "seed: -1", "small.yaml:1: seed: '-1' is not a number within 0 to"),
    ("source: 192.0.2.1", "source: 192.0.2.256", "small.yaml:8: source: '192.0.2.256' is no IP address"),
    (", salt: \"0x10111213\"", "", "small.yaml:10: key: has 16 bytes, not 20, 28, 36: the salt, 4 bytes,"),
    (
      "summary: a few packets", "features: { without: [VIRTIO_F_VERSION_1] }",
      "small.yaml:1: without: VIRTIO_F_VERSION_1 cannot be left out: every driver here is one of virtio 1"
    ),
    (
      "summary: a few packets", "ring: packed\nfeatures: { without: [VIRTIO_F_RING_PACKED] }",
      "small.yaml:2: without: VIRTIO_F_RING_PACKED cannot be left out: ring is packed"
    ),
    (
      "summary: a few packets", "in-order: true\nfeatures: { without: [VIRTIO_F_IN_ORDER] }",
      "small.yaml:2: without: VIRTIO_F_IN_ORDER cannot be left out: in-order is true"
    ),
    ("summary: a few packets", "profile: { lane: 4 }", "small.yaml:1: lane: holds no value but queue, count"),
    (
      "summary: a few packets", "profile: { core: { frequency: 1 Hz } }",
      "small.yaml:1: core.frequency: '1 Hz': "
    ),
    (
      "expect: no packets lost", "faults: [{ fault: reset, chance: 0.00004 % }]",
      "small.yaml:21: chance: '0.00004 %' is not a whole number of ppm within 0 to 100 %"
    ),
    (
      "random: true", "start: 999999999 s",
      "small.yaml:19: start: '999999999 s' is not a whole number of ps within 0 to 86400 s"
    ),
    (
      "packets: 60", "packets: 99999999999999999999",
      "small.yaml:19: packets: '99999999999999999999' is not a whole number within 1 to"
    ),
    (
      "expect: no packets lost", "expect: no luck",
      "small.yaml:21: expect: nothing is called 'luck'; there are packets sent"
    ),
    ("expect: no packets lost", "expect: throughput", "small.yaml:21: expect: 'throughput' is neither 'no COUNT' nor"),
    (
      "expect: no packets lost", "expect: throughput >= 10 parsec",
      "small.yaml:21: expect: '10 parsec' is not a number with one of the units bit/s, kbit/s, Mbit/s, Gbit/s"
    ),
    (
      "expect: no packets lost", "faults: [{ fault: fire, at: 1 us }]",
      "small.yaml:21: fault: there is no fault 'fire'; there are delayed-dma, dropped-dma"
    ), ("expect: no packets lost", "faults: [{ fault: reset }]", "small.yaml:21: at: is missing, and so is chance"),
    ("expect: no packets lost", "churn: [{ association: out, every: 1 us }]", "small.yaml:21: commands: is missing"),
    ("expect: no packets lost", "expect: [", "small.yaml:22:"),
    (
      "random: true", "start: 86401 s",
      "small.yaml:19: start: '86401 s' is not a whole number of ps within 0 to 86400 s"
    ),
  ]

  @Test(arguments: mistakes.indices) func `a mistake is named with file, line, key and what would be allowed`(
    index: Int
  ) throws {
    let mistake = Self.mistakes[index]
    let text = try Small.changed(mistake.old, mistake.new)
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description.contains(mistake.message) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("version: 1.0\nfeatures: { without: [F_SG_BUFFERS] }", "21", "without F_SG_BUFFERS a packet comes in one buffer"),
    ("profile: { ring.size: 4 }", "20", "6 descriptors do not fit a ring of 4"),
  ]) func `segments need a feature before version 2_0, and room on the ring`(
    device: String, line: String, message: String
  ) throws {
    let text = try device + "\n" + Small.changed("random: true", "segments: 3")
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    let told = try #require(error?.description)
    #expect(told.hasPrefix("small.yaml:\(line): segments: \(message)"), "\(told)")
  }

  @Test func `a replay window is an inbound SA's, and a device's refusal names the feature`() throws {
    let without = "features: { without: [F_ANTI_REPLAY_CHECK] }\n"
    let place = try #require(Small.text.firstRange(of: "  - name: in\n"))
    let outbound = without + Small.text[..<place.lowerBound]
    let traffic = "traffic: [{ association: out, packets: 10, size: 64 B }]\n"
    #expect(try Small.scenario(outbound + traffic).run().results.tally.passed == 10)
    let folder = try TemporaryFolder()
    try folder.write(without + Small.text, to: "small.yaml")
    let message = "small.yaml:12: associations: in: device: S_UNSUPPORTED_FEATURE (F_ANTI_REPLAY_CHECK)"
    for mode in ["functional", "timed", "timing-only"] {
      let run = try simulate("small.yaml", "--mode", mode, in: folder)
      #expect(run.status == 2 && run.errors.contains(message) && !run.errors.contains("small: "), "\(run.errors)")
    }
  }

  @Test(arguments: [
    ("version: 1.0", "lifetime: { soft-packets: 9 }", "5: lifetime: version 1.0 cannot say it of out; 2.0 can; 0.4"),
    ("version: 0.4", "lifetime: { hard-bytes: 4096 }", "5: lifetime: version 0.4 cannot say it of out; 1.0, 2.0 can"),
    ("version: 1.0", "lifetime: { soft-bytes: 1500 }", "5: lifetime: version 1.0 cannot say it of out; 2.0 can"),
    ("version: 1.0", "notify: { before-overflow: 9000 }", "5: notify: version 1.0 cannot say it of out; 2.0 can"),
    ("version: 1.0", "lifetime: { soft-bytes: 2048 }\n    notify: { soft-lifetime: false }", "6: notify: version 1.0"),
  ]) func `what an old version cannot say of lifetimes is refused`(
    version: String, new: String, message: String
  ) throws {
    let text = try version + "\n" + Small.changed("copies: 3", new)
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description.hasPrefix("small.yaml:\(message)") == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("version: 1.0", "version 1.0 has one packet in a chain; 2.0 has several"),
    ("features: { without: [F_MULTI_PACKET] }", "without F_MULTI_PACKET there is one packet in a chain; allowed is 1"),
  ]) func `several packets in a chain need version 2_0 and a feature`(device: String, message: String) throws {
    let text = try device + "\n" + Small.changed("random: true", "packets-per-chain: 8")
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description == "small.yaml:20: packets-per-chain: \(message)")
  }

  @Test(arguments: [
    ("seed: 1", "1", "there is one queue pair: allowed is 0, not '1'; pairs says how many there are"),
    ("pairs: 1", "0.5", "there is one queue pair: allowed is 0, not '0.5'; pairs says how many there are"),
    ("pairs: 4", "4", "there are 4 queue pairs: allowed is 0 to 3, not '4'; pairs says how many there are"),
    ("pairs: 4", "last", "'last' is not a number with one of the units k, M, such as 0"),
  ]) func `a queue pair is one that there is`(device: String, pair: String, message: String) throws {
    let text = try device + "\n" + Small.changed("random: true", "pair: \(pair)")
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description == "small.yaml:20: pair: \(message)")
  }

  @Test func `packed rings need version 2_0`() {
    let text = "version: 1.0\nring: packed\n" + Small.text
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description == "small.yaml:2: ring: version 1.0 has no packed rings; allowed is split")
  }

  @Test func `keys do not show in what is said of them`() throws {
    let text = try Small.changed("0x000102030405060708090a0b0c0d0e0f", "0x00010203deadbeef")
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description.contains("key: has 8 bytes") == true)
    #expect(error?.description.contains("dead") == false)
  }

  @Test func `flows with and without a rate do not share a queue`() throws {
    let text = try Small.changed("expect:", "  - { association: out, packets: 1, size: 64 B }\nexpect:")
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(error?.description.contains("small.yaml:21: rate: flows of one queue all have a rate") == true)
  }
}
