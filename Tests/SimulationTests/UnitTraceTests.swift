import Clockwork
import CycleModel
import Simulation
import Testing

@testable import ipsec_la

/// Every unit is in the traces, with what the statistics have of it.
@Suite struct UnitTraceTests {
  static let names = ["line-rate", "sa-churn", "notification-flood", "fault-drill"]

  private func scenario(_ name: String) throws -> Scenario {
    var scenario = try ScenarioChoice.scenario(name)
    for flow in scenario.flows.indices { scenario.flows[flow].count = 1_000 }
    return scenario
  }

  @Test(arguments: names) func `a dump has every unit's work, and all doorbells and interrupts`(name: String) throws {
    let scenario = try scenario(name)
    var text = ""
    var writer = VCDWriter(scenario) { text += $0 }
    writer.begin(at: .start)
    var run = ScenarioRun(scenario)
    run.trace = { writer.write($0) }
    let statistics = try run.run().statistics
    var (scope, names): (Substring, [Substring: String]) = ("", [:])
    var (values, integrals, times): ([String: UInt64], [String: UInt64], [String: UInt64]) = ([:], [:], [:])
    var now: UInt64 = 0
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] == "$scope" { scope = words[2] }
      if words[0] == "$upscope" { scope = "device" }
      if words[0] == "$var" { names[words[3]] = "\(scope).\(words[4])" }
      if line.hasPrefix("#") { now = try #require(UInt64(line.dropFirst())) }
      guard line.hasPrefix("b"), let name = names[words[1]], let value = UInt64(words[0].dropFirst(), radix: 2) else {
        continue
      }
      integrals[name, default: 0] += values[name, default: 0] * (now - times[name, default: 0])
      (values[name], times[name]) = (value, now)
    }
    for unit in statistics.units {
      let signal = unit.name.replacing(" ", with: "_").replacing("-", with: "_") + ".busy"
      #expect(integrals[signal, default: 0] == unit.busy, "\(signal)")
    }
    // What is on its way at a reset, or at a driver that looks at nothing, is not heard.
    let isWhole = scenario.faults.isEmpty
    for (signal, sent) in [("doorbells", \QueueStatistics.doorbells), ("interrupts", \.interrupts)] {
      let (heard, sent) = (values["device.\(signal)"] ?? 0, statistics.queues.map { $0[keyPath: sent] }.reduce(0, +))
      #expect(heard == sent || (!isWhole && heard > 0 && heard < sent), "\(signal)")
    }
  }

  @Test(arguments: names) func `every unit that has worked has slices`(name: String) throws {
    let scenario = try scenario(name)
    var bytes: [UInt8] = []
    var writer = PerfettoWriter(scenario) { bytes += $0 }
    writer.begin(at: .start)
    var run = ScenarioRun(scenario)
    run.trace = { writer.write($0) }
    let statistics = try run.run().statistics
    var names: [UInt64: String] = [:]
    var groups: [UInt64: UInt64] = [:]
    var slices: [String: Int] = [:]
    for packet in try ProtobufMessage(bytes).all(1).map({ try ProtobufMessage($0) }) {
      if let track = try packet.message(60), let number = track.number(1) {
        names[number] = track.all(2).first.map { String(decoding: $0, as: UTF8.self) }
        groups[number] = track.number(5)
      }
      guard let event = try packet.message(11), event.number(9) == 1 else { continue }
      let track = try #require(event.number(11))
      let group = try #require(groups[track])
      slices[names[group] ?? "", default: 0] += 1
    }
    for unit in statistics.units { #expect((slices[unit.name, default: 0] > 0) == (unit.busy > 0), "\(unit.name)") }
  }
}
