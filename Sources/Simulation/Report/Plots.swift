import CycleModel
import Foundation

/// The drawings of a report.
struct Plots {
  let results: Results
  private static let (width, left, right) = (820.0, 130.0, 20.0)
  private var inner: Double { Self.width - Self.left - Self.right }

  // MARK: Latency

  /// How many requests took how long: columns over a logarithmic axis, with the part of all below each time.
  var latency: String {
    let buckets = results.statistics.latency.buckets
    var drawing = SVG(width: Self.width, height: 240, title: "Distribution of the latency")
    guard let first = buckets.first, let last = buckets.last else { return drawing.text }
    let (low, high) = (log10(Double(max(1, first.lower))), log10(Double(last.upper + 1)) + 0.001)
    func x(_ time: UInt64) -> Double { Self.left + (log10(Double(max(1, time))) - low) / (high - low) * inner }
    let most = Double(buckets.map(\.count).max() ?? 1)
    var below: UInt64 = 0
    var sum = [(x: x(first.lower), y: 200.0)]
    for bucket in buckets {
      below += bucket.count
      let (from, to) = (x(bucket.lower), x(bucket.upper + 1))
      let height = Double(bucket.count) / most * 180
      let tip = "\(Format.time(bucket.lower)) to \(Format.time(bucket.upper)): \(Format.count(bucket.count))"
      drawing.rectangle(from, 200 - height, max(1, to - from - 0.5), height, style: "busy", tip: tip)
      sum.append((to, 200 - Double(below) / Double(results.statistics.latency.count) * 180))
    }
    drawing.line(sum, style: "curve")
    for (name, time) in [("p50", results.statistics.latency.p50), ("p99", results.statistics.latency.p99)] {
      guard let time else { continue }
      drawing.line([(x(time), 20), (x(time), 200)], style: "axis", tip: "\(name): \(Format.time(time))")
      drawing.label(name, x(time), 14, .middle)
    }
    for step in ticks(first.lower, last.upper) {
      drawing.line([(x(step), 200), (x(step), 205)], style: "axis")
      drawing.label(Format.time(step), x(step), 220, .middle)
    }
    drawing.line([(Self.left, 200), (Self.width - Self.right, 200)], style: "axis")
    drawing.label("\(Format.count(UInt64(most))) requests", Self.left - 8, 28, .end)
    drawing.label("100 % below", Self.left - 8, 44, .end)
    return drawing.text
  }

  /// 1, 2 and 5 times powers of ten between two times, or fewer where they would stand too close.
  private func ticks(_ low: UInt64, _ high: UInt64) -> [UInt64] {
    var result: [UInt64] = []
    var power: UInt64 = 1
    while power <= high {
      result += [1, 2, 5].map { power * $0 }.filter { (low...high).contains($0) }
      power *= 10
    }
    return result.count > 10 ? result.enumerated().filter { $0.offset.isMultiple(of: 3) }.map(\.element) : result
  }

  // MARK: Over time

  /// A strip for each unit, the darker the busier.
  var utilisation: String {
    let units = results.statistics.units.indices.filter { results.statistics.units[$0].busy > 0 }
    let buses = results.statistics.buses.indices
    var drawing = SVG(width: Self.width, height: Double(units.count + buses.count) * 22 + 40, title: "Utilisation")
    var y = 4.0
    for index in units {
      strip(&drawing, y, results.statistics.units[index].name) { interval in
        Double(interval.units[index].busy) / Double(max(1, interval.duration * interval.units[index].lanes))
      }
      y += 22
    }
    for index in buses {
      strip(&drawing, y, "bus: \(results.statistics.buses[index].name)") { interval in
        Double(interval.buses[index].busy) / Double(max(1, interval.duration))
      }
      y += 22
    }
    timeAxis(&drawing, y)
    return drawing.text
  }

  private func strip(_ drawing: inout SVG, _ y: Double, _ name: String, _ share: (Statistics) -> Double) {
    drawing.label(name, Self.left - 8, y + 13, .end)
    drawing.rectangle(Self.left, y, inner, 18, style: "ground")
    forEachInterval { interval, from, to, time in
      let value = min(1, share(interval))
      guard value > 0.005 else { return }
      let tip = "\(name), from \(Format.time(time)): \(Format.text(value * 1_000_000, .share))"
      drawing.rectangle(from, y, to - from + 0.2, 18, style: "busy", opacity: value, tip: tip)
    }
  }

  /// Chains on each ring, and requests in the queue of each unit: the mean of each interval.
  var occupancy: String {
    let queues = results.statistics.queues.indices.filter { results.statistics.queues[$0].accepted > 0 }
    let units = results.statistics.units.indices.filter { results.statistics.units[$0].peakDepth > 0 }
    var drawing = SVG(width: Self.width, height: Double(queues.count + units.count) * 48 + 40, title: "Occupancy")
    var y = 4.0
    for index in queues {
      let queue = results.statistics.queues[index]
      curve(&drawing, y, "ring \(Scenario.name(ofQueue: queue.index, pairs: results.pairs))", Double(queue.peakDepth)) {
        Double($0.queues[index].depth) / Double(max(1, $0.duration))
      }
      y += 48
    }
    for index in units {
      let unit = results.statistics.units[index]
      curve(&drawing, y, unit.name, Double(unit.peakDepth)) {
        Double($0.units[index].depth) / Double(max(1, $0.duration))
      }
      y += 48
    }
    timeAxis(&drawing, y)
    return drawing.text
  }

  /// Bits a second; over several intervals, because the driver hears of packets in batches.
  var throughput: String {
    let intervals = results.intervals
    let reach = max(1, intervals.count / 24)
    var rates = intervals.indices.map { index in
      let near = intervals[max(0, index - reach)...min(intervals.count - 1, index + reach)]
      let duration = near.reduce(0) { $0 + $1.duration }
      return Double(near.reduce(0) { $0 + $1.bytesIn }) * 8e3 / Double(max(1, duration))
    }[...]
    var drawing = SVG(width: Self.width, height: 88, title: "Throughput")
    curve(&drawing, 4, "Gbit/s", rates.max() ?? 0) { _ in rates.popFirst() ?? 0 }
    timeAxis(&drawing, 52)
    return drawing.text
  }

  private func curve(
    _ drawing: inout SVG, _ y: Double, _ name: String, _ most: Double, _ value: (Statistics) -> Double
  ) {
    drawing.label(name, Self.left - 8, y + 18, .end)
    drawing.label(
      "0 to \(most < 10 ? Format.number(most, digits: 2) : Format.count(most))", Self.left - 8, y + 34, .end)
    drawing.rectangle(Self.left, y, inner, 42, style: "ground")
    var points: [(x: Double, y: Double)] = []
    forEachInterval { interval, from, to, _ in
      let height = most > 0 ? min(1, value(interval) / most) * 40 : 0
      points += [(from, y + 41 - height), (to, y + 41 - height)]
    }
    drawing.line(points, style: "curve", tip: name)
  }

  private func forEachInterval(_ body: (_ interval: Statistics, _ x: Double, _ end: Double, _ time: UInt64) -> Void) {
    let whole = Double(max(1, results.statistics.duration))
    var time: UInt64 = 0
    for interval in results.intervals {
      let from = Self.left + Double(time) / whole * inner
      body(interval, from, from + Double(interval.duration) / whole * inner, time)
      time += interval.duration
    }
  }

  private func timeAxis(_ drawing: inout SVG, _ y: Double) {
    drawing.line([(Self.left, y + 2), (Self.width - Self.right, y + 2)], style: "axis")
    drawing.label("0", Self.left, y + 20)
    drawing.label(Format.time(results.statistics.duration), Self.width - Self.right, y + 20, .end)
  }

  // MARK: Cycles

  /// What each unit's lanes did with their time.
  var cycles: String {
    let units = results.statistics.units.filter { $0.busy > 0 }
    var drawing = SVG(width: Self.width, height: Double(units.count) * 24 + 8, title: "Where cycles went")
    for (row, unit) in units.enumerated() {
      let y = Double(row) * 24 + 4
      drawing.label(unit.name, Self.left - 8, y + 14, .end)
      let whole = Double(max(1, unit.busy + unit.starved + unit.blocked + unit.held))
      var x = Self.left
      for (style, time) in [
        ("busy", unit.busy), ("blocked", unit.blocked), ("held", unit.held), ("starved", unit.starved),
      ] {
        let width = Double(time) / whole * inner
        let tip = "\(unit.name), \(style): \(Format.text(Double(time) / whole * 1_000_000, .share))"
        drawing.rectangle(x, y, width, 20, style: style, tip: tip)
        x += width
      }
    }
    return drawing.text
  }
}
