/// One thing that happened, as plain values: what writers of VCD or Perfetto files are fed with.
///
/// ```
///  request 7   entered ──── started ──── freed ──── left      at each unit, in the order of the pipeline
/// ```
///
/// `serial` tells requests apart: all records of one request have the same, and it is the flow from doorbell to
/// interrupt. Records come in the order of time.
public struct TraceRecord: Hashable, Sendable {
  /// What happened.
  public enum Phase: UInt8, CaseIterable, Sendable {
    /// The request joined the unit's queue: it starts to be there.
    case entered
    /// A lane took the request.
    case started
    /// The lane is free again. Where a lane takes the next request before the last one has left, `serial` is
    /// `noSerial`.
    case freed
    /// The request left the unit.
    case left
    /// Something that takes no time and is nobody's: a doorbell, an interrupt. `serial` is how many requests it is for.
    case marked
    /// A counter changed: `unit` is the machine's number of the counter, `serial` its new value.
    case counted
    /// Something went wrong on purpose: `lane` is the machine's number of the fault, `serial` the request that it
    /// hits, or `noSerial`.
    case faulted
    /// A lane took what is no request: `serial` is of how many requests it is, none where there are none to tell.
    case began
    /// That lane is free again.
    case ended
  }

  /// The `serial` of what belongs to no request.
  public static var noSerial: UInt64 { .max }

  public let instant: Instant
  /// The request's number since the start of the run; a count or a value where `phase` says so.
  public let serial: UInt64
  /// The unit; the machine's own numbering.
  public let unit: UInt16
  /// The lane of the unit where a lane is meant (`started`, `freed`, `began`, `ended`), the queue that the request came
  /// by otherwise.
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
  @usableFromInline let capacity: Int

  /// A trace that is off.
  public init() { capacity = 0 }

  /// A trace that is on.
  /// - Parameter capacity: records for which storage is set aside, at least 2.
  public init(capacity: Int) {
    self.capacity = max(2, capacity)
    records.reserveCapacity(self.capacity)
  }

  @inlinable public var isOn: Bool { capacity > 0 }
  var isHalfFull: Bool { capacity > 0 && records.count * 2 >= capacity }

  /// Keeps a record if the trace is on; otherwise it is not even made.
  public mutating func record(_ record: @autoclosure () -> TraceRecord) {
    if isOn { records.append(record()) }
  }

  mutating func drain(_ body: (Span<TraceRecord>) -> Void) {
    if records.isEmpty { return }
    body(records.span)
    records.removeAll(keepingCapacity: true)
  }
}
