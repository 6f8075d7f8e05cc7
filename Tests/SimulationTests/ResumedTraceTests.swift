import Clockwork
import CycleModel
import Simulation
import Testing

@testable import ipsec_la

/// Traces of runs that go on from a checkpoint.
@Suite struct ResumedTraceTests {
  private let cycle: UInt64 = 12_345

  private func scenario(_ name: String) throws -> Scenario {
    var scenario = try ScenarioChoice.scenario(name)
    for flow in scenario.flows.indices { scenario.flows[flow].count = 1_000 }
    return scenario
  }

  /// What is written of a run, and where it is at a cycle.
  private func written(
    _ scenario: Scenario, from origin: Mark? = nil, checkpointAt cycle: UInt64? = nil
  ) throws -> (dump: [Substring], events: [ProtobufMessage], mark: Mark?) {
    var (text, bytes): (String, [UInt8]) = ("", [])
    var dump = VCDWriter(scenario) { text += $0 }
    var slices = PerfettoWriter(scenario) { bytes += $0 }
    var mark: Mark?
    func follow(_ records: Span<TraceRecord>) {
      dump.follow(records)
      slices.follow(records)
    }
    func begin(at instant: Instant) {
      dump.begin(at: instant)
      slices.begin(at: instant)
    }
    var run = ScenarioRun(scenario)
    run.trace = { records in
      dump.write(records)
      slices.write(records)
    }
    run.origin = origin
    if origin == nil { begin(at: .start) } else { run.past = (follow, begin) }
    if let cycle { run.checkpoint = (cycle, { mark = $0 }) }
    _ = try run.run()
    let events = try ProtobufMessage(bytes).all(1).map { try ProtobufMessage($0) }.filter { try $0.message(11) != nil }
    return (text.split(separator: "\n"), events, mark)
  }

  /// The values of a dump's variables, line by line, up to and including this moment.
  private func values(_ dump: [Substring], at instant: Instant) throws -> [Substring: Substring] {
    var values: [Substring: Substring] = [:]
    for line in dump {
      if line.hasPrefix("#"), try #require(UInt64(line.dropFirst())) > instant.picoseconds { break }
      if line.hasPrefix("b") { values[line.split(separator: " ")[1]] = line }
    }
    return values
  }

  @Test(arguments: ShippedScenarioTests.names)
  func `a dump from a checkpoint on begins with the values that are then, and goes on as that of the whole run`(
    name: String
  ) throws {
    let scenario = try scenario(name)
    let whole = try written(scenario, checkpointAt: cycle)
    let mark = try #require(whole.mark)
    let late = try written(scenario, from: mark)
    let instant = scenario.profile.core.instant(ofCycle: cycle)
    let start = try #require(late.dump.firstIndex(of: "$dumpvars"))
    #expect(late.dump[start - 1] == "#\(instant.picoseconds)")
    let (first, rest) = (late.dump[start...].prefix { $0 != "$end" }, late.dump[start...].drop { $0 != "$end" })
    #expect(try values(Array(first), at: instant) == values(whole.dump, at: instant))
    #expect(first.contains { $0.hasPrefix("b1") } && rest.count > 100)
    #expect(whole.dump.suffix(rest.count - 1) == rest.dropFirst())
  }

  @Test(arguments: ShippedScenarioTests.names)
  func `slices and flows from a checkpoint on begin there, and go on as those of the whole run`(
    name: String
  ) throws {
    let scenario = try scenario(name)
    let whole = try written(scenario, checkpointAt: cycle)
    let mark = try #require(whole.mark)
    let late = try written(scenario, from: mark)
    let time = scenario.profile.core.instant(ofCycle: cycle).picoseconds / 1_000
    var open: Set<UInt64> = []
    var begun: Set<UInt64> = []
    for packet in late.events {
      let event = try #require(try packet.message(11))
      let (moment, track) = (try #require(packet.number(8)), try #require(event.number(11)))
      #expect(moment >= time)
      switch event.number(9) {
      case 1: #expect(open.insert(track).inserted)
      case 2: #expect(open.remove(track) != nil)
      default: break
      }
      begun.formUnion(event.fixed(47))
      #expect(begun.isSuperset(of: event.fixed(48)))
    }
    #expect(open.isEmpty)
    let opening = try late.events.prefix { try #require($0.number(8)) == time }.count
    #expect(opening > 0 && late.events.count > opening + 100)
    #expect(late.events.dropFirst(opening) == whole.events.suffix(late.events.count - opening))
  }
}
