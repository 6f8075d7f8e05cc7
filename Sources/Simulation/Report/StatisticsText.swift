import CycleModel
import Foundation

/// All numbers of a run, for programs.
public enum StatisticsText {
  /// One object; keys in alphabetical order, times in picoseconds.
  ///
  /// - Throws: what `JSONEncoder` throws.
  public static func json(_ results: Results) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Document(results)), as: UTF8.self)
  }

  private struct Document: Encodable {
    let scenario, summary, version, mode, profile: String
    let seed, deviceTime: UInt64
    let bitsPerSecond, packetsPerSecond: Double
    let driver: Tally
    /// By the name of the measure, in the first unit of its dimension; without those of which nothing was measured.
    let measures: [String: Double]
    /// By the fault's name: times that it struck, and requests that it ended.
    let faults: [String: FaultCounts]
    let device: Statistics
    let expectations: [Verdict]

    struct FaultCounts: Encodable {
      let struck, ended: UInt64
    }

    init(_ results: Results) {
      let measured = Measure.all.filter { $0.modes.contains(results.mode) }
      measures = measured.reduce(into: [:]) { $0[$1.name] = $1.value(results) }
      let counts = zip(results.statistics.faults, results.statistics.faulted).map {
        FaultCounts(struck: $0, ended: $1)
      }
      faults = Dictionary(uniqueKeysWithValues: zip(Fault.Kind.allCases.map { "\($0)" }, counts))
      (scenario, summary, version) = (results.scenario, results.summary, results.version)
      (mode, profile, seed) = (results.mode.rawValue, results.profile, results.seed)
      (deviceTime, bitsPerSecond, packetsPerSecond) = (results.activeTime, results.throughput, results.packetRate)
      (driver, device, expectations) = (results.tally, results.statistics, results.verdicts)
    }
  }

  /// One line for each number: what it is of, what it is, the number and its unit.
  public static func csv(_ results: Results) -> String {
    var rows = ["of,what,value,unit"]
    func add(_ of: String, _ what: String, _ value: some CustomStringConvertible, _ unit: String) {
      rows.append("\(of),\(what),\(value),\(unit)")
    }
    let statistics = results.statistics
    for measure in Measure.all where measure.modes.contains(results.mode) {
      guard let value = measure.value(results) else { continue }
      add("run", measure.name, value, measure.dimension.units[0].symbol)
    }
    for (index, kind) in Fault.Kind.allCases.enumerated() {
      add("fault \(kind)", "struck", statistics.faults[index], "")
      add("fault \(kind)", "requests ended", statistics.faulted[index], "")
    }
    for unit in statistics.units {
      let times = [("busy", unit.busy), ("starved", unit.starved), ("blocked", unit.blocked), ("held", unit.held)]
      for (what, time) in times { add(unit.name, what, time, "ps × lanes") }
      add(unit.name, "lanes", unit.lanes, "")
      add(unit.name, "queue mean", mean(unit.depth, statistics), "")
      add(unit.name, "queue peak", unit.peakDepth, "")
      for (what, time) in percentiles(unit.latency) { add(unit.name, what, time, "ps") }
    }
    for queue in statistics.queues {
      let name = SummaryTable.name(ofQueue: queue.index)
      let counts = [
        ("accepted", queue.accepted), ("completed", queue.completed), ("doorbells", queue.doorbells),
        ("interrupts", queue.interrupts), ("depth peak", queue.peakDepth),
      ]
      for (what, count) in counts { add(name, what, count, "") }
      add(name, "depth mean", mean(queue.depth, statistics), "")
    }
    for bus in statistics.buses {
      add(bus.name, "bytes", bus.bytes, "B")
      add(bus.name, "busy", bus.busy, "ps")
      add(bus.name, "outstanding mean", mean(bus.outstanding, statistics), "")
      add(bus.name, "outstanding peak", bus.peakOutstanding, "")
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private static func mean(_ integral: UInt64, _ statistics: Statistics) -> Double {
    Double(integral) / Double(max(1, statistics.duration))
  }

  private static func percentiles(_ latency: Statistics.Latency) -> [(String, UInt64)] {
    [("latency p50", latency.p50), ("latency p99", latency.p99), ("latency max", latency.maximum)]
  }
}
