import Clockwork
import CycleModel
import Simulation
import TestSupport
import Testing

@testable import ipsec_la

@Suite struct QuantityTests {
  @Test(
    arguments: [
      ("4 GHz", .frequency, 4_000_000_000), ("2.5GHz", .frequency, 2_500_000_000), ("800 ns", .time, 800_000),
      ("1.5 µs", .time, 1_500_000), ("3 KiB", .size, 3_072), ("10 Gbit/s", .throughput, 10_000_000_000),
      ("0.1 %", .share, 1_000), ("12,345", .count, 12_345), ("2 k", .count, 2_000), ("7 cycles", .cycles, 7),
    ] as [(String, Quantity.Dimension, UInt64)]) func `a number with a unit counts in the first unit`(
      text: String, dimension: Quantity.Dimension, value: UInt64
    )
  { #expect(Quantity(text, dimension)?.whole == value) }

  @Test(arguments: [
    "", "GHz", "4", "4 ghz", "-4 GHz", "4 GHz now", "1/0 GHz", "1.2.3 GHz", "99999999999999999999 GHz", "4e9 Hz",
    ". GHz", "18446744073709551615 GHz",
  ]) func `anything else is refused`(text: String) { #expect(Quantity(text, .frequency) == nil) }

  @Test func `what is not whole is no whole number`() {
    #expect(Quantity("0.5 ps", .time)?.whole == nil)
    #expect(Quantity("16/14 B/cycle", .sizePerCycle)?.whole == nil)
  }
}

@Suite struct ProfileYAMLTests {
  private func profile(_ text: String) throws -> Profile {
    try ProfileYAML(path: "p.yaml").read(try YAMLDocument.fields(text, path: "p.yaml"))
  }

  @Test(arguments: Preset.all.map(\.name)) func `a profile that is printed is read as it was`(name: String) throws {
    let preset = try #require(Preset.all.first { $0.name == name }).profile
    let text = ProfileText.yaml(preset)
    #expect(try profile(text) == preset)
    for key in ProfileKey.all { #expect(text.contains("\n\(key.name): ") || text.hasPrefix("\(key.name): ")) }
  }

  @Test func `times become cycles of the clock that the file sets`() throws {
    let profile = try profile(
      "bus: { read-latency: 800 ns, frequency: 1 GHz, rate: 16/14 B/cycle }\nparse.cycles: 7 ns")
    #expect(profile.readLatency == 800)
    #expect(profile.busRate == Rate(bytes: 16, cycles: 14))
    // 7 ns begin four cycles of 2 ns.
    #expect(profile.parseCycles == 4)
  }

  @Test func `a profile begins with the one that it names`() throws {
    let large = try #require(Preset.all.first { $0.name == "large" }).profile
    let changed = try profile("base: large\nlane.count: 8 lanes")
    #expect(changed.lanes == 8 && changed.cacheEntries == large.cacheEntries)
  }
}
