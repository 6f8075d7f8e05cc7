import Clockwork
import CycleModel
import Simulation
import Testing

@testable import ipsec_la

/// At the ends of what may be written there is a run, or an error with file, line and key; never a trap.
@Suite struct LimitTests {
  static let mistakes: [(old: String, new: String, message: String)] = [
    (
      "rate: 2 Mpacket/s, random: true", "rate: 0.001 packet/s, burst: 32768",
      "19: rate: a burst of 32768 packets"
    ),
    (
      "packets: 60, size: imix, rate: 2 Mpacket/s",
      "packets: 20000, size: imix, rate: 0.001 packet/s",
      "19: rate: the last of 20000 packets would come after a day"
    ),
    (
      "packets: 60, size: imix, rate: 2 Mpacket/s, random: true",
      "packets: 20000, size: imix, rate: 0.001 packet/s",
      "19: rate: the last of 20000 packets would come after a day"
    ),
    (
      "expect: no packets lost", "churn: [{ association: out, commands: 1000, every: 86400 s }]",
      "21: every: the last of 1000 commands would come after a day"
    ),
    (
      "expect: no packets lost", "faults: [{ fault: reset, at: 18446744073709551615 cycles }]",
      "21: at: '18446744073709551615 cycles' is later than a day"
    ),
    (
      "expect: no packets lost", "faults: [{ fault: reset, at: 86401 s }]",
      "21: at: '86401 s' is later than a day"
    ),
    (
      "expect: no packets lost", "faults: [{ fault: delayed-dma, at: 1 us }]", "21: for: is missing"
    ),
    (
      "expect: no packets lost", "faults: [{ fault: dropped-dma, at: 1 us, for: 1 us }]",
      "21: for: says nothing"
    ),
    (
      "summary: a few packets",
      "profile: { bus: { frequency: 1 Hz, read-latency: 1000000, rate: 1/4000000000 B/cycle } }",
      "1: bus.rate: with its clock"
    ),
    (
      "summary: a few packets", "profile: { device.scaling: 8 }",
      "1: device.scaling: 8 cores need one of lane.count"
    ),
    (
      "summary: a few packets", "profile: { lane: { count: 4 }, lane.count: 5 }",
      "1: lane.count: is given twice"
    ),
    (
      "summary: a few packets", "profile: { ring.size: 3 }",
      "1: profile: ring.size: 3 is not a power of two"
    ),
    ("spi: 0x1000", "spi: 0xfffffffe", "4: copies: their SPIs count up"),
  ]

  @Test(arguments: mistakes.indices)
  func `what goes beyond the end of time is told with file, line and key`(index: Int)
    throws
  {
    let mistake = Self.mistakes[index]
    let text = try Small.changed(mistake.old, mistake.new)
    let error = #expect(throws: CommandError.self) { try Small.scenario(text) }
    #expect(
      error?.description.contains("small.yaml:\(mistake.message)") == true,
      "\(error?.description ?? "")")
  }

  @Test func `a fault comes at its time, whatever profile an option names`() throws {
    var selection = ScenarioSelection()
    var slow = Profile()
    slow.coreFrequency = 1
    selection.profile = ("slow", slow)
    let text = try Small.changed(
      "expect: no packets lost", "faults: [{ fault: reset, at: 86400 s }]")
    // 86,400 s are 86,400 cycles of this clock, and not 43 billions.
    let scenario = try ScenarioYAML(path: "small.yaml", selection: selection).read(
      text, name: "small")
    #expect(scenario.faults.first?.trigger == .cycle(86_400))
  }

  /// The least and the most of each value of a profile, as far as the profile is one.
  static let ends: [(ProfileKey, isLeast: Bool)] = ProfileKey.all.flatMap {
    [($0, true), ($0, false)]
  }

  @Test(arguments: ends.indices) func `a profile at the end of a range runs, or is refused`(
    index: Int
  ) throws {
    let (key, isLeast) = Self.ends[index]
    var profile = Profile()
    switch key.place {
    case .number(let path, let range):
      profile[keyPath: path] = isLeast ? range.lowerBound : range.upperBound
    case .rate(let path):
      profile[keyPath: path] = isLeast ? Rate(bytes: 1, cycles: .max) : Rate(bytes: .max, cycles: 1)
    }
    do throws(ProfileError) { try profile.validate() } catch { return }
    let selection = ScenarioSelection(mode: .timingOnly, profile: ("end", profile))
    guard profile.ringSize > 1 else { return }
    let scenario = try ScenarioYAML(path: "small.yaml", selection: selection).read(
      Small.text, name: "small")
    do throws(SimulationError) {
      let results = try ScenarioRun(scenario).run()
      #expect(results.tally.returned == 100, "\(key.name)")
      for interval in results.intervals {
        #expect(interval.duration <= results.statistics.duration)
      }
      #expect(!HTMLReport(results).text.isEmpty)
    } catch {
      guard case .tooLong = error else { throw error }
    }
  }

  @Test(arguments: [2, 4, 8, 16] as [UInt64])
  func `small rings carry packets, and buffers for events`(size: UInt64)
    throws
  {
    var scenario = try Small.scenario()
    scenario.profile.ringSize = size
    #expect(try scenario.run().output.count == 100)
  }

  @Test func `packets that come once in a quarter of an hour are told of`() throws {
    let text = try Small.changed(
      "packets: 60, size: imix, rate: 2 Mpacket/s", "packets: 80, size: imix, rate: 0.001 packet/s")
    let results = try Small.scenario(text).run().results
    #expect(results.tally.returned == 120)
    #expect(results.activeTime > 30_000_000_000_000_000)
  }
}
