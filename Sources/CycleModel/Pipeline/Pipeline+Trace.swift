import Clockwork

/// What the pipeline tells of itself. It is `mutating` because the compiler then passes the pipeline where it stands,
/// and a copy of it otherwise.
extension Pipeline {
  @inline(__always)
  mutating func record(_ phase: TraceRecord.Phase, _ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    if kernel.trace.isOn { append(phase, unit, item, &kernel) }
  }

  @inline(never)
  private mutating func append(_ phase: TraceRecord.Phase, _ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    let isLane = phase == .started || phase == .freed
    var lane = isLane ? items[item].lane : items[item].queue
    if isLane && unit == .lanes { lane += firstLane(ofCore: rings[Int(items[item].queue)].core) }
    let record = TraceRecord(phase, unit: unit.rawValue, lane: lane, serial: items[item].serial, at: kernel.now)
    kernel.trace.record(record)
  }

  /// A lane takes what is of several requests or of none, or is done with it.
  @inline(__always)
  mutating func record(
    _ phase: TraceRecord.Phase, _ unit: Unit, lane: UInt16, count: UInt64 = 0, _ kernel: inout Kernel
  ) {
    if !kernel.trace.isOn { return }
    let instant = kernel.now
    kernel.trace.record(TraceRecord(phase, unit: unit.rawValue, lane: lane, serial: count, at: instant))
  }

  /// Lanes are numbered through all cores.
  func firstLane(ofCore core: Int) -> UInt16 { (0..<core).reduce(0) { $0 + UInt16(profile.share(ofCore: $1).lanes) } }

  /// A doorbell or an interrupt.
  mutating func mark(_ unit: Unit, queue: Int, count: UInt64, _ kernel: inout Kernel) {
    let instant = kernel.now
    kernel.trace.record(TraceRecord(.marked, unit: unit.rawValue, lane: UInt16(queue), serial: count, at: instant))
  }

  /// A counter's new value.
  @inline(__always)
  mutating func count(_ counter: Counter, _ value: UInt64, _ kernel: inout Kernel) {
    if !kernel.trace.isOn { return }
    let instant = kernel.now
    kernel.trace.record(TraceRecord(.counted, unit: counter.rawValue, lane: 0, serial: value, at: instant))
  }

  /// A fault, and whom it hits.
  mutating func report(_ kind: Fault.Kind, _ unit: Unit, serial: UInt64, _ kernel: inout Kernel) {
    let (lane, instant) = (UInt16(kind.rawValue), kernel.now)
    kernel.trace.record(TraceRecord(.faulted, unit: unit.rawValue, lane: lane, serial: serial, at: instant))
  }
}
