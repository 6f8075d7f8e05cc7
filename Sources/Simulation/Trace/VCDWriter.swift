public import Clockwork
import CycleModel

/// A trace as a value change dump (IEEE 1364-2005, clause 18): for each unit how many requests wait, how many lanes
/// work, and which request each lane has; for each counter its value.
public struct VCDWriter {
  private let sink: (String) -> Void
  private var units: [UnitSignals?]
  private var counters: [Signal]
  private var faults: Signal
  private var now: Instant?
  private var text = ""

  /// - Parameter sink: takes the file piece by piece.
  public init(_ scenario: Scenario, sink: @escaping (String) -> Void) {
    self.sink = sink
    var next = 0
    func make(_ name: String, _ width: Int) -> Signal {
      next += 1
      return Signal(name: name, width: width, code: Signal.code(next - 1))
    }
    units = CycleModel.Unit.allCases.map { unit in
      guard unit.hasRecords else { return nil }
      let lanes = unit.hasLanes ? Int(scenario.profile.size(of: unit).lanes) : 0
      return UnitSignals(
        name: unit.signalName, waiting: make("waiting", 32), busy: unit.hasLanes ? make("busy", 8) : nil,
        lanes: (0..<lanes).map { make("lane_\($0)", 64) })
    }
    counters = Counter.allCases.map { make($0.name.replacing(" ", with: "_"), 64) }
    faults = make("fault", 8)
    writeHeader(scenario)
  }

  private mutating func writeHeader(_ scenario: Scenario) {
    text = """
      $comment \(scenario.name), version \(scenario.version), seed \(scenario.seed) $end
      $timescale 1 ps $end
      $scope module device $end

      """
    for unit in units.compactMap(\.self) {
      text += "$scope module \(unit.name) $end\n"
      for signal in unit.all { text += signal.declaration }
      text += "$upscope $end\n"
    }
    for signal in counters + [faults] { text += signal.declaration }
    text += "$upscope $end\n$enddefinitions $end\n$dumpvars\n"
    for unit in units.compactMap(\.self) {
      for signal in unit.all { text += signal.change(signal.isLane ? nil : 0) }
    }
    for signal in counters + [faults] { text += signal.change(0) }
    text += "$end\n"
    flush()
  }

  /// Goes on with records that are no older than those before.
  public mutating func write(_ records: Span<TraceRecord>) {
    for index in records.indices { write(records[index]) }
    flush()
  }

  private mutating func write(_ record: TraceRecord) {
    if record.instant != now {
      now = record.instant
      text += "#\(record.instant.picoseconds)\n"
    }
    switch record.phase {
    case .counted: text += counters[Int(record.unit)].change(record.serial)
    case .faulted:
      text += faults.change(UInt64(record.lane) + 1)
      if record.isReset { for index in units.indices { text += units[index]?.empty() ?? "" } }
    case .marked: break
    case .entered, .started, .freed, .left: text += units[Int(record.unit)]?.take(record) ?? ""
    }
  }

  private mutating func flush() {
    sink(text)
    text.removeAll(keepingCapacity: true)
  }
}

/// A variable of the dump.
private struct Signal {
  let name: String
  let width: Int
  /// The identifier code: printable characters.
  let code: String

  var isLane: Bool { name.hasPrefix("lane_") }
  var declaration: String { "$var wire \(width) \(code) \(name) $end\n" }

  /// The line of a new value; nil is high impedance.
  func change(_ value: UInt64?) -> String {
    "b\(value.map { String($0, radix: 2) } ?? "z") \(code)\n"
  }

  static func code(_ number: Int) -> String {
    var (rest, result) = (number, "")
    repeat {
      result.unicodeScalars.append(Unicode.Scalar(UInt8(33 + rest % 94)))
      rest /= 94
    } while rest > 0
    return result
  }
}

private struct UnitSignals {
  let name: String
  let waiting: Signal
  let busy: Signal?
  let lanes: [Signal]
  private var waitingCount: UInt64 = 0
  /// Requests of which lanes have the first packet, or more.
  private var begun: Set<UInt64> = []
  private var busyCount: UInt64 = 0

  init(name: String, waiting: Signal, busy: Signal?, lanes: [Signal]) {
    (self.name, self.waiting, self.busy, self.lanes) = (name, waiting, busy, lanes)
  }

  var all: [Signal] { [waiting] + (busy.map { [$0] } ?? []) + lanes }

  /// All is gone.
  mutating func empty() -> String {
    (waitingCount, busyCount, begun) = (0, 0, [])
    return all.map { $0.change($0.isLane ? nil : 0) }.joined()
  }

  mutating func take(_ record: TraceRecord) -> String {
    let lane = Int(record.lane)
    switch record.phase {
    case .entered:
      waitingCount += 1
      return waiting.change(waitingCount)
    case .started:
      if begun.insert(record.serial).inserted { waitingCount -= min(1, waitingCount) }
      busyCount += 1
      let working = (busy?.change(busyCount) ?? "") + (lane < lanes.count ? lanes[lane].change(record.serial) : "")
      return waiting.change(waitingCount) + working
    case .freed:
      busyCount -= min(1, busyCount)
      return (busy?.change(busyCount) ?? "") + (lane < lanes.count ? lanes[lane].change(nil) : "")
    case .left where busy == nil:
      waitingCount -= min(1, waitingCount)
      return waiting.change(waitingCount)
    case .left:
      begun.remove(record.serial)
      return ""
    default: return ""
    }
  }
}

extension TraceRecord {
  /// Whether the device is reset: what is under way is gone without further records.
  var isReset: Bool { phase == .faulted && serial == Self.noSerial && lane == UInt16(Fault.Kind.reset.rawValue) }
}

extension CycleModel.Unit {
  /// Whether a trace says which request is at the unit.
  var hasRecords: Bool { hasLanes || self == .ring }

  /// Whether a trace says which lane has a request.
  var hasLanes: Bool {
    switch self {
    case .header, .parse, .cache, .input, .lanes, .control, .output: true
    case .ring, .fetch, .fill, .notification, .used, .interrupt: false
    }
  }

  /// The name as an identifier.
  var signalName: String { name.replacing(" ", with: "_").replacing("-", with: "_") }
}
