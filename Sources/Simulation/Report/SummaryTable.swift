import CycleModel

/// What a run came to, for a person who sees it for the first time.
public struct SummaryTable: CustomStringConvertible {
  private let results: Results

  public init(_ results: Results) { self.results = results }

  public var description: String {
    let title = results.summary.isEmpty ? results.scenario : "\(results.scenario): \(results.summary)"
    var lines = [title, setting, ""]
    lines += packets
    if results.mode != .functional {
      lines += [""] + table(latencies) + [""] + table(units) + [""] + table(queues) + [""] + others
    }
    if !results.verdicts.isEmpty { lines += [""] + table(verdicts) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var setting: String {
    "version \(results.version)\(results.rings), \(results.mode.rawValue), profile \(results.profile), "
      + "seed \(results.seed)"
  }

  private var packets: [String] {
    let tally = results.tally
    var lines = [
      "\(Format.count(tally.sent, "packet")) sent, \(Format.count(tally.returned)) came back: "
        + "\(Format.count(tally.passed)) passed, \(Format.count(tally.refused)) refused"
    ]
    if results.mode == .timingOnly { lines[0] += ", as far as sizes tell" }
    lines += tally.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "  refused \(Format.count($0.value)): \($0.key)"
    }
    if results.unsent > 0 {
      lines.append(
        "stalled: \(Format.count(results.unsent, "packet")) never sent, "
          + "\(Format.count(results.statistics.underWay, "request")) still on the rings")
    } else if results.statistics.underWay > 0 {
      lines.append("stalled: \(Format.count(results.statistics.underWay, "request")) still on the rings")
    }
    if tally.unprotected > 0 {
      lines.append(
        "\(Format.count(tally.unprotected, "packet")) came in the clear: what their peer could not protect"
      )
    }
    if tally.replayed > 0 {
      lines.append("\(Format.count(tally.replayed, "replay")) sent, \(Format.count(tally.replaysAccepted)) accepted")
    }
    if tally.corrupted > 0 {
      lines.append("\(Format.count(tally.corrupted)) forgeries sent, \(Format.count(tally.corruptedAccepted)) accepted")
    }
    if results.mode != .timingOnly, tally.commandsSent > 0 {
      lines.append(
        "\(Format.count(tally.commands, "command")) succeeded, \(Format.count(tally.commandsFailed)) failed, "
          + "\(Format.count(results.commandsLost)) lost")
    }
    if tally.events + tally.eventsCoalesced + tally.eventsLost > 0 {
      lines.append(
        "\(Format.count(tally.events, "event")) told to the driver, "
          + "\(Format.count(tally.eventsCoalesced)) folded into them, \(Format.count(tally.eventsLost)) lost")
      let kinds = tally.eventsByKind.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      if kinds.count > 1 { lines += kinds.map { "  told \(Format.count($0.value)): \($0.key)" } }
    }
    if results.ignoredFaults > 0 {
      lines.append(
        "functional mode has no time: \(Format.count(results.ignoredFaults, "fault")) left out")
    }
    if results.mode != .functional {
      lines.append(rates)
      if results.isMeasuredLonger {
        lines.append("shares and means are of \(Format.time(results.statistics.duration)) of measured time")
      }
      lines.append(busiest)
    }
    return lines
  }

  private var rates: String {
    if results.activeTime == 0 { return "no request came back" }
    let throughput = Format.text(results.throughput, .throughput)
    let rate = Format.text(results.packetRate, .packetRate)
    return "in \(Format.time(results.activeTime)) of device time: \(throughput), \(rate)"
  }

  /// Where the limit is, if the driver sends more than the device carries.
  private var busiest: String {
    let statistics = results.statistics
    let units = statistics.units.map {
      ($0.name, Double($0.busy) / Double(max(1, $0.lanes * statistics.duration)))
    }
    let buses = statistics.buses.map {
      (
        $0.name == "bus" ? "the bus" : "the bus's \($0.name)",
        Double($0.busy) / Double(max(1, statistics.duration))
      )
    }
    let first = (units + buses).sorted { $0.1 > $1.1 }.prefix(3)
    return "busiest: " + first.map { "\($0.0) \(Format.text($0.1 * 1_000_000, .share))" }.joined(separator: ", ")
  }

  private var latencies: [[String]] {
    [["latency", "p50", "p99", "max", ""]]
      + [("doorbell to interrupt", results.statistics.latency)].map(row)
      + results.stages.map { row("  \($0.name)", $0.latency) }
  }

  private func row(_ name: String, _ latency: Statistics.Latency) -> [String] {
    [name] + Format.times(latency) + [""]
  }

  /// What each unit's lanes did, and how full the queue in front of them was.
  private var units: [[String]] {
    [["unit", "busy", "starved", "blocked", "held", "queue mean", "peak", "of"]]
      + results.statistics.units.filter { $0.busy > 0 }.map { unit in
        let whole = results.statistics.duration * unit.lanes
        let mean = Double(unit.depth) / Double(max(1, results.statistics.duration))
        return [unit.name] + [unit.busy, unit.starved, unit.blocked, unit.held].map { Format.share($0, of: whole) }
          + [Format.number(mean, digits: 1), Format.count(unit.peakDepth), Format.count(unit.places)]
      }
  }

  private var queues: [[String]] {
    [["queue", "accepted", "completed", "doorbells", "interrupts", "depth mean", "peak"]]
      + results.statistics.queues.filter { $0.accepted > 0 }.map { queue in
        let mean = Double(queue.depth) / Double(max(1, results.statistics.duration))
        return [Scenario.name(ofQueue: queue.index, pairs: results.pairs)]
          + [queue.accepted, queue.completed, queue.doorbells, queue.interrupts].map { Format.count($0) }
          + [Format.number(mean, digits: 1), Format.count(queue.peakDepth)]
      }
  }

  private var others: [String] {
    let statistics = results.statistics
    var lines = ["SA cache: \(Format.share(ofLookUps: statistics.cache)) of the look-ups hit"]
    lines += statistics.buses.map {
      "\($0.name): \(Format.share($0.busy, of: statistics.duration)) busy, \(Format.text(Double($0.bytes), .size))"
    }
    if statistics.notificationsDropped > 0 {
      lines.append("\(Format.count(statistics.notificationsDropped, "notification")) dropped for want of a place")
    }
    for (kind, count) in zip(Fault.Kind.allCases, statistics.faults) where count > 0 {
      lines.append("fault \(kind): \(Format.count(count))")
    }
    return lines
  }

  private var verdicts: [[String]] {
    results.verdicts.map { ["expected: \($0.expectation)", $0.measured ?? "", $0.outcome.rawValue] }
  }

  /// Columns as wide as they need to be; the first to the left, numbers to the right.
  private func table(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += column == 0 ? cell + padding : "  " + padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
