import CycleModel
import Foundation
import Virtio

/// All numbers of a run, for programs.
public enum StatisticsText {
  /// One object; keys in alphabetical order. `units` has the unit of every number that is no count, by its path.
  ///
  /// - Throws: what `JSONEncoder` throws.
  public static func json(_ results: Results) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Document(results)), as: UTF8.self)
  }

  private struct Document: Encodable {
    let scenario, summary, version, mode, ring: String
    let inOrder: Bool
    let seed, deviceTime: UInt64
    let profile: Values
    let bitsPerSecond, packetsPerSecond: Double
    let driver: Tally
    /// By the name of the measure, in the first unit of its dimension; without those of which nothing was measured.
    let measures: [String: Double]
    let device: Statistics
    let expectations: [Verdict]
    let units: [String: String]

    /// Of a profile: by the key's name, as a file has them.
    struct Values: Encodable {
      let name: String
      let values: [String: String]
    }

    init(_ results: Results) {
      let measured = Measure.all.filter { $0.modes.contains(results.mode) }
      measures = measured.reduce(into: [:]) { $0[$1.name] = $1.value(results) }
      units = measured.reduce(into: StatisticsText.units) { units, measure in
        let symbol = measure.dimension.units[0].symbol
        if !symbol.isEmpty, measure.value(results) != nil { units["measures.\(measure.name)"] = symbol }
      }
      let values = ProfileKey.all.map { ($0.name, $0.text(in: results.values)) }
      profile = Values(name: results.profile, values: Dictionary(uniqueKeysWithValues: values))
      (scenario, summary, version) = (results.scenario, results.summary, results.version)
      (mode, seed) = (results.mode.rawValue, results.seed)
      (ring, inOrder) = (results.ring.rawValue, results.isInOrder)
      (deviceTime, bitsPerSecond, packetsPerSecond) = (results.activeTime, results.throughput, results.packetRate)
      (driver, device, expectations) = (results.tally, results.statistics, results.verdicts)
    }
  }

  /// Units of what the JSON has in every mode, by path; the elements of a list have one.
  static let units = [
    "bitsPerSecond": "bit/s", "packetsPerSecond": "packet/s", "deviceTime": "ps", "driver.passedBytes": "B",
    "device.duration": "ps", "device.bytesIn": "B", "device.bytesOut": "B",
    "device.latency.sum": "ps", "device.latency.p50": "ps", "device.latency.p99": "ps", "device.latency.maximum": "ps",
    "device.latency.buckets.lower": "ps", "device.latency.buckets.upper": "ps",
    "device.units.busy": "ps × lanes", "device.units.starved": "ps × lanes", "device.units.blocked": "ps × lanes",
    "device.units.held": "ps × lanes", "device.units.depth": "ps × requests",
    "device.units.latency.sum": "ps", "device.units.latency.p50": "ps", "device.units.latency.p99": "ps",
    "device.units.latency.maximum": "ps", "device.units.latency.buckets.lower": "ps",
    "device.units.latency.buckets.upper": "ps",
    "device.queues.depth": "ps × requests",
    "device.buses.bytes": "B", "device.buses.busy": "ps", "device.buses.outstanding": "ps × transfers",
  ]

  /// One line for each number: what it is of, what it is, the number and its unit (RFC 4180).
  public static func csv(_ results: Results) -> String {
    var rows = ["of,what,value,unit"]
    func add(_ of: String, _ what: String, _ value: some CustomStringConvertible, _ unit: String = "") {
      rows.append([of, what, "\(value)", unit].map(field).joined(separator: ","))
    }
    let setting = [
      ("scenario", results.scenario), ("version", results.version), ("mode", results.mode.rawValue),
      ("ring", results.ring.rawValue), ("in-order", "\(results.isInOrder)"), ("seed", "\(results.seed)"),
      ("profile", results.profile),
    ]
    for (what, value) in setting { add("run", what, value) }
    for key in ProfileKey.all { add("profile", key.name, key.text(in: results.values)) }
    let statistics = results.statistics
    for measure in Measure.all where measure.modes.contains(results.mode) {
      guard let value = measure.value(results) else { continue }
      add("run", measure.name, number(value), measure.dimension.units[0].symbol)
    }
    for (status, count) in results.tally.refusals.sorted(by: { $0.key < $1.key }) { add("refused", status, count) }
    for (kind, count) in results.tally.eventsByKind.sorted(by: { $0.key < $1.key }) { add("told", kind, count) }
    for verdict in results.verdicts { add("expected", verdict.expectation, verdict.outcome.rawValue) }
    for kind in Fault.Kind.allCases {
      add("fault \(kind)", "struck", statistics.faults[kind])
      add("fault \(kind)", "requests ended", statistics.faulted[kind])
    }
    for unit in statistics.units {
      for (what, time) in percentiles(unit.latency) { add(unit.name, what, time, "ps") }
      // A ring and an interrupt have no lanes; queues have what else there is to tell of them.
      if hasNoLanes(unit) { continue }
      let times = [("busy", unit.busy), ("starved", unit.starved), ("blocked", unit.blocked), ("held", unit.held)]
      for (what, time) in times { add(unit.name, what, time, "ps × lanes") }
      add(unit.name, "lanes", unit.lanes)
      add(unit.name, "queue mean", mean(unit.depth, statistics))
      add(unit.name, "queue peak", unit.peakDepth)
    }
    for queue in statistics.queues {
      let name = Scenario.name(ofQueue: queue.index, pairs: results.pairs)
      let counts = [
        ("accepted", queue.accepted), ("completed", queue.completed), ("doorbells", queue.doorbells),
        ("interrupts", queue.interrupts), ("depth peak", queue.peakDepth),
      ]
      for (what, count) in counts { add(name, what, count) }
      add(name, "depth mean", mean(queue.depth, statistics))
    }
    for bus in statistics.buses {
      add(bus.name, "bytes", bus.bytes, "B")
      add(bus.name, "busy", bus.busy, "ps")
      add(bus.name, "outstanding mean", mean(bus.outstanding, statistics))
      add(bus.name, "outstanding peak", bus.peakOutstanding)
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private static func hasNoLanes(_ unit: UnitStatistics) -> Bool {
    [CycleModel.Unit.ring, .interrupt].contains { $0.name == unit.name }
  }

  private static func number(_ value: Double) -> String { Int64(exactly: value).map { "\($0)" } ?? "\(value)" }

  private static func field(_ text: String) -> String {
    text.contains { ",\"\n".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  private static func mean(_ integral: UInt64, _ statistics: Statistics) -> Double {
    Double(integral) / Double(max(1, statistics.duration))
  }

  /// None where nothing was measured.
  private static func percentiles(_ latency: Statistics.Latency) -> [(String, UInt64)] {
    let times = [("latency p50", latency.p50), ("latency p99", latency.p99), ("latency max", latency.maximum)]
    return times.compactMap { what, time in time.map { (what, $0) } }
  }
}
