public import Clockwork
import CycleModel

/// A trace as a value change dump (IEEE 1364-2005, clause 18): for each unit how many requests wait, how many lanes
/// work, and, where a lane works for one, which request it has; for each counter its value; how many doorbells the
/// device has heard, and how many interrupts the driver.
///
/// What happens before the dump begins is followed, so that it begins with the values that are then.
public struct VCDWriter {
  private let scenario: Scenario
  private let sink: (String) -> Void
  private var units: [UnitSignals?]
  private var counters: [Signal]
  private var doorbells: Signal
  private var interrupts: Signal
  private var faults: Signal
  private var now: Instant?
  private var text = ""

  /// - Parameter sink: takes the file piece by piece.
  public init(_ scenario: Scenario, sink: @escaping (String) -> Void) {
    (self.scenario, self.sink) = (scenario, sink)
    var next = 0
    func make(_ name: String, _ width: Int) -> Signal {
      next += 1
      return Signal(name: name, width: width, code: Signal.code(next - 1))
    }
    units = CycleModel.Unit.allCases.map { unit in
      if unit == .interrupt { return nil }
      let lanes = unit.hasRequests ? Int(scenario.profile.size(of: unit).lanes) : 0
      return UnitSignals(
        name: unit.signalName, waiting: unit.hasRequests || !unit.hasLanes ? make("waiting", 32) : nil,
        busy: unit.hasLanes ? make("busy", 8) : nil,
        lanes: (0..<lanes).map { make("lane_\($0)", 64) })
    }
    counters = Counter.allCases.map { make($0.name.replacing(" ", with: "_"), 64) }
    (doorbells, interrupts) = (make("doorbells", 64), make("interrupts", 64))
    faults = make("fault", 8)
  }

  /// What is no unit's.
  private var others: [Signal] { counters + [doorbells, interrupts, faults] }

  /// Takes notice of records from before the beginning.
  public mutating func follow(_ records: Span<TraceRecord>) {
    for index in records.indices { write(records[index]) }
    text.removeAll(keepingCapacity: true)
  }

  /// Writes what is declared, and the values at this moment.
  public mutating func begin(at instant: Instant) {
    let name = scenario.name.replacing("$end", with: "$ end")
    text = """
      $comment \(name), version \(scenario.version), seed \(scenario.seed) $end
      $timescale 1 ps $end
      $scope module device $end

      """
    for unit in units.compactMap(\.self) {
      text += "$scope module \(unit.name) $end\n"
      for signal in unit.all { text += signal.declaration }
      text += "$upscope $end\n"
    }
    for signal in others { text += signal.declaration }
    text += "$upscope $end\n$enddefinitions $end\n"
    if instant > .start { text += "#\(instant.picoseconds)\n" }
    text += "$dumpvars\n"
    for signal in units.compactMap(\.self).flatMap(\.all) + others { text += signal.line }
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
    case .marked: text += record.unit == CycleModel.Unit.ring.rawValue ? doorbells.count(1) : interrupts.count(1)
    case .entered, .started, .freed, .left, .began, .ended: text += units[Int(record.unit)]?.take(record) ?? ""
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
  /// nil is high impedance.
  private(set) var value: UInt64?

  init(name: String, width: Int, code: String) {
    (self.name, self.width, self.code) = (name, width, code)
    value = idleValue
  }

  /// That of a lane without a request, or nothing counted.
  private var idleValue: UInt64? { name.hasPrefix("lane_") ? nil : 0 }
  var declaration: String { "$var wire \(width) \(code) \(name) $end\n" }
  /// The line that says the value.
  var line: String { "b\(value.map { String($0, radix: 2) } ?? "z") \(code)\n" }

  /// The line of a new value.
  mutating func change(_ value: UInt64?) -> String {
    self.value = value
    return line
  }

  mutating func count(_ step: Int) -> String { change(UInt64(Int(value ?? 0) + step)) }
  mutating func empty() -> String { change(idleValue) }

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
  private var waiting: Signal?
  private var busy: Signal?
  private var lanes: [Signal]
  /// Requests of which lanes have the first packet, or more.
  private var begun: Set<UInt64> = []

  init(name: String, waiting: Signal?, busy: Signal?, lanes: [Signal]) {
    (self.name, self.waiting, self.busy, self.lanes) = (name, waiting, busy, lanes)
  }

  var all: [Signal] { [waiting, busy].compactMap(\.self) + lanes }

  /// All is gone.
  mutating func empty() -> String {
    begun = []
    var text = (waiting?.empty() ?? "") + (busy?.empty() ?? "")
    for lane in lanes.indices { text += lanes[lane].empty() }
    return text
  }

  mutating func take(_ record: TraceRecord) -> String {
    switch record.phase {
    case .entered: return waiting?.count(1) ?? ""
    case .started:
      let isFirst = begun.insert(record.serial).inserted
      let counts = (waiting?.count(isFirst ? -1 : 0) ?? "") + (busy?.count(1) ?? "")
      return counts + change(record.lane, to: record.serial)
    case .freed: return (busy?.count(-1) ?? "") + change(record.lane, to: nil)
    case .began: return busy?.count(1) ?? ""
    case .ended: return busy?.count(-1) ?? ""
    case .left where busy == nil: return waiting?.count(-1) ?? ""
    case .left:
      begun.remove(record.serial)
      return ""
    default: return ""
    }
  }

  private mutating func change(_ lane: UInt16, to serial: UInt64?) -> String {
    Int(lane) < lanes.count ? lanes[Int(lane)].change(serial) : ""
  }
}

extension TraceRecord {
  /// Whether the device is reset: what is under way is gone without further records.
  var isReset: Bool { phase == .faulted && serial == Self.noSerial && lane == UInt16(Fault.Kind.reset.rawValue) }
}

extension CycleModel.Unit {
  /// Whether a trace says which of its lanes work.
  var hasLanes: Bool { self != .ring && self != .interrupt }

  /// Whether each of its lanes works for one request.
  var hasRequests: Bool {
    switch self {
    case .header, .parse, .cache, .input, .lanes, .control, .output: true
    case .ring, .fetch, .fill, .notification, .used, .interrupt: false
    }
  }

  /// The name as an identifier.
  var signalName: String { name.replacing(" ", with: "_").replacing("-", with: "_") }
}
