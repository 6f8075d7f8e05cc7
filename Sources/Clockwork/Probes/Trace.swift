/// One thing that happened, as plain values: what writers of VCD or Perfetto files are fed with.
public struct TraceRecord: Hashable, Sendable {
  /// What happened to a request at a unit.
  public enum Phase: UInt8, Sendable {
    /// It joined the unit's queue.
    case entered
    /// A lane took it.
    case started
    /// The lane is free again.
    case freed
    /// It left the unit.
    case left
    /// Something that takes no time: a doorbell, an interrupt.
    case marked
  }

  public let instant: Instant
  /// The request's number since the start of the run, or a count for marks.
  public let serial: UInt64
  /// The unit; the machine's own numbering.
  public let unit: UInt16
  /// The lane of the unit, or the queue of a mark.
  public let lane: UInt16
  public let phase: Phase

  public init(_ phase: Phase, unit: UInt16, lane: UInt16, serial: UInt64, at instant: Instant) {
    self.instant = instant
    self.serial = serial
    self.unit = unit
    self.lane = lane
    self.phase = phase
  }
}

/// The trace of a run, handed on in pieces. Off, it costs one test of a flag.
public struct Trace: Sendable {
  var records: [TraceRecord] = []
  let capacity: Int

  /// A trace that is off.
  public init() { capacity = 0 }

  /// A trace that is on.
  /// - Parameter capacity: records for which storage is set aside, at least 2.
  public init(capacity: Int) {
    self.capacity = max(2, capacity)
    records.reserveCapacity(self.capacity)
  }

  public var isOn: Bool { capacity > 0 }
  var isHalfFull: Bool { capacity > 0 && records.count * 2 >= capacity }

  public mutating func record(_ record: @autoclosure () -> TraceRecord) {
    if isOn { records.append(record()) }
  }

  mutating func drain(_ body: (Span<TraceRecord>) -> Void) {
    if records.isEmpty { return }
    body(records.span)
    records.removeAll(keepingCapacity: true)
  }
}
