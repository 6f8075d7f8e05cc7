import Clockwork

/// How a request goes from unit to unit; the same for all units.
///
/// What only reads is `mutating` too: it works in place, where reading a copy would let the next write copy the arrays.
extension Pipeline {
  mutating func isReady(_ unit: Unit, at now: Instant) -> Bool {
    stages[Int(unit.rawValue)].isReady(at: now)
  }

  /// The first request in the unit's queue.
  mutating func first(_ unit: Unit) -> UInt32 { stages[Int(unit.rawValue)].queue.first }

  /// Takes a place in the next unit's queue; if there is none, the unit before it is blocked.
  mutating func reserve(_ next: Unit, for unit: Unit, at now: Instant) -> Bool {
    if stages[Int(next.rawValue)].queue.reserve() { return true }
    stages[Int(unit.rawValue)].hold(.blocked, at: now)
    return false
  }

  /// Puts a request into the place that was reserved for it.
  mutating func enter(_ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    items[Int(item)].entered = kernel.now
    stages[Int(unit.rawValue)].queue.push(item, at: kernel.now)
    record(.entered, unit, item, &kernel)
  }

  /// Takes the first request out of the unit's queue and onto a lane.
  mutating func start(_ unit: Unit, _ kernel: inout Kernel) -> UInt32 {
    let (item, lane) = stages[Int(unit.rawValue)].start(at: kernel.now)
    items[Int(item)].lane = lane
    record(.started, unit, item, &kernel)
    return item
  }

  /// Frees the request's lane, and notes how long the request was at the unit.
  mutating func finish(_ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    stages[Int(unit.rawValue)].server.finish(lane: items[Int(item)].lane, at: kernel.now)
    record(.freed, unit, item, &kernel)
    leave(unit, item, &kernel)
  }

  /// Notes how long the request was at the unit.
  mutating func leave(_ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    stages[Int(unit.rawValue)].latency.record(kernel.now - items[Int(item)].entered)
    record(.left, unit, item, &kernel)
  }

  mutating func record(_ phase: TraceRecord.Phase, _ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    if !kernel.trace.isOn { return }
    let item = items[Int(item)]
    let isLane = phase == .started || phase == .freed
    let lane = isLane ? item.lane : item.queue
    kernel.trace.record(TraceRecord(phase, unit: unit.rawValue, lane: lane, serial: item.serial, at: kernel.now))
  }

  mutating func mark(_ unit: Unit, queue: Int, count: UInt64, _ kernel: inout Kernel) {
    let instant = kernel.now
    kernel.trace.record(TraceRecord(.marked, unit: unit.rawValue, lane: UInt16(queue), serial: count, at: instant))
  }

  /// Makes `step` happen to `subject` after whole cycles of the core's clock.
  mutating func schedule(_ step: Step, _ subject: UInt32, after cycles: UInt64, _ kernel: inout Kernel) {
    kernel.schedule(step.rawValue, subject, at: core.instant(cycles, cyclesAfter: kernel.now))
  }
}
