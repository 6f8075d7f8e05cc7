import Clockwork

/// How a request goes from unit to unit; the same for all units. A stage is a unit's number, but for the lanes of
/// further cores.
extension Pipeline {
  /// The stage of the lanes that serve a request's queue.
  @inline(__always)
  mutating func lanes(of item: UInt32) -> Int { lanes(ofCore: rings[Int(items[item].queue)].core) }

  @inline(__always)
  func lanes(ofCore core: Int) -> Int { core == 0 ? Unit.lanes.index : Unit.interrupt.index + core }

  @inline(__always)
  mutating func isReady(_ stage: Int, at now: Instant) -> Bool { stages[stage].isReady(at: now) }

  /// The first request in the stage's queue.
  @inline(__always)
  mutating func first(_ stage: Int) -> UInt32 { stages[stage].queue.first }

  /// Takes a place in the next stage's queue; if there is none, the stage before it is blocked.
  @inline(__always)
  mutating func reserve(_ next: Int, for stage: Int, at now: Instant) -> Bool {
    if stages[next].queue.reserve() { return true }
    stages[stage].hold(.blocked, at: now)
    return false
  }

  /// Whether a stage waits for a place in the next one: it is to run again when there is one.
  @inline(__always)
  mutating func isBlocked(_ stage: Int) -> Bool { stages[stage].isBlocked }

  /// Puts a request into the place that was reserved for it.
  @inline(__always)
  mutating func enter(_ unit: Unit, _ item: UInt32, stage: Int? = nil, _ kernel: inout Kernel) {
    items[item].entered = kernel.now
    stages[stage ?? unit.index].queue.push(item, at: kernel.now)
    record(.entered, unit, item, &kernel)
  }

  /// Takes the first request out of the stage's queue and onto a lane.
  @inline(__always)
  mutating func start(_ unit: Unit, stage: Int? = nil, _ kernel: inout Kernel) -> UInt32 {
    let (item, lane) = stages[stage ?? unit.index].start(at: kernel.now)
    items[item].lane = lane
    record(.started, unit, item, &kernel)
    return item
  }

  /// Frees the request's lane, and notes how long the request was at the unit.
  @inline(__always)
  mutating func finish(_ unit: Unit, _ item: UInt32, _ kernel: inout Kernel) {
    stages[unit.index].server.finish(lane: items[item].lane, at: kernel.now)
    record(.freed, unit, item, &kernel)
    leave(unit, item, &kernel)
  }

  /// Notes how long the request was at the unit.
  @inline(__always)
  mutating func leave(_ unit: Unit, _ item: UInt32, stage: Int? = nil, _ kernel: inout Kernel) {
    stages[stage ?? unit.index].leave(entered: items[item].entered, at: kernel.now)
    record(.left, unit, item, &kernel)
  }

  /// Makes `step` happen to `subject` after whole cycles of the core's clock.
  @inline(__always)
  mutating func schedule(_ step: Step, _ subject: UInt32, after cycles: UInt64, _ kernel: inout Kernel) {
    kernel.schedule(step.rawValue, subject, at: core.instant(cycles, cyclesAfter: kernel.now))
  }
}
