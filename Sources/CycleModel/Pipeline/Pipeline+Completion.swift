import Clockwork

/// From the written packet to the driver's interrupt: in the order of the queue, and in batches.
extension Pipeline {
  // MARK: Used write-back

  /// Gathers what is done, in the order of the queue.
  mutating func retire(_ queue: Int, _ kernel: inout Kernel) {
    while true {
      let position = rings[queue].retired + rings[queue].done
      if position == rings[queue].fetched || !items[rings[queue][position]].isDone { break }
      rings[queue].done += 1
    }
    runWriteBack(queue, &kernel)
  }

  mutating func usedTimerFired(_ queue: Int, _ kernel: inout Kernel) {
    guard rings[queue].usedTimer.expired(.usedTimer, queue: queue, &kernel) else { return }
    rings[queue].isDue = true
    runWriteBack(queue, &kernel)
  }

  /// Writes a batch that is full or has waited long enough.
  private mutating func runWriteBack(_ queue: Int, _ kernel: inout Kernel) {
    while rings[queue].done >= profile.usedBatch || (rings[queue].isDue && rings[queue].done > 0) {
      let unit = Unit.used.index
      guard stages[unit].server.hasFreeLane else { return }
      let lane = stages[unit].server.start(at: kernel.now)
      let count = min(rings[queue].done, profile.usedBatch)
      record(.began, .used, lane: lane, count: count, &kernel)
      writeBacks[Int(lane)] = Batch(queue: queue, first: rings[queue].retired, count: count)
      rings[queue].retired += count
      rings[queue].done -= count
      rings[queue].isDue = false
      rings[queue].usedTimer.lift()
      write(ringKind.usedBytes(count), for: .used, .usedWritten, UInt32(lane), &kernel)
    }
    if rings[queue].done > 0 && !rings[queue].isDue {
      rings[queue].usedTimer.arm(.usedTimer, queue: queue, at: kernel.now + profile.usedTimeout * 1_000, &kernel)
    }
  }

  mutating func finishWriteBack(_ lane: UInt16, _ kernel: inout Kernel) {
    endWrite(&kernel)
    stages[Unit.used.index].server.finish(lane: lane, at: kernel.now)
    record(.ended, .used, lane: lane, &kernel)
    let batch = writeBacks[Int(lane)]
    for position in batch.first..<batch.first + batch.count {
      let item = rings[batch.queue][position]
      leave(.used, item, &kernel)
      items[item].entered = kernel.now
      workload.use(item, on: batch.queue, fault: items[item].fault)
    }
    if workload.publish(batch.queue) { rings[batch.queue].isInterruptWanted = true }
    rings[batch.queue].unannounced += batch.count
    moderate(batch.queue, &kernel)
    for queue in 0..<rings.count { runWriteBack(queue, &kernel) }
  }

  // MARK: Interrupt moderation

  private mutating func moderate(_ queue: Int, _ kernel: inout Kernel) {
    guard rings[queue].isInterruptWanted else { return }
    if rings[queue].unannounced >= profile.interruptBatch { return interrupt(queue, &kernel) }
    rings[queue].interruptTimer.arm(
      .interruptTimer, queue: queue, at: kernel.now + profile.interruptTimeout * 1_000, &kernel)
  }

  mutating func interruptTimerFired(_ queue: Int, _ kernel: inout Kernel) {
    guard rings[queue].interruptTimer.expired(.interruptTimer, queue: queue, &kernel) else { return }
    if rings[queue].unannounced > 0 { interrupt(queue, &kernel) }
  }

  mutating func interrupt(_ queue: Int, _ kernel: inout Kernel) {
    rings[queue].isInterruptWanted = false
    rings[queue].unannounced = 0
    rings[queue].interruptTimer.lift()
    rings[queue].interrupts += 1
    kernel.schedule(Step.interrupted.rawValue, UInt32(queue), at: kernel.now + profile.interruptLatency * 1_000)
  }

  /// The driver is interrupted, and looks, unless it looks at nothing now.
  mutating func interrupted(_ queue: Int, _ kernel: inout Kernel) {
    if let duration = faults.strike(.driverStop) { stopDriver(duration, &kernel) }
    if driverStop.isOn { rings[queue].isMissed = true } else { look(queue, &kernel) }
  }

  /// The driver reaps what the used ring has, and adds what it had to hold back.
  mutating func look(_ queue: Int, _ kernel: inout Kernel) {
    var count: UInt64 = 0
    while let item = workload.reap(queue, at: kernel.now) {
      count += 1
      reap(item, &kernel)
    }
    // What was shown since the interrupt has been seen as well.
    rings[queue].unannounced = 0
    rings[queue].isInterruptWanted = false
    rings[queue].interruptTimer.lift()
    mark(.interrupt, queue: queue, count: count, &kernel)
    self.count(.onRings, UInt64(items.count), &kernel)
    if rings[queue].isStopped {
      rings[queue].isStopped = false
      arrive(queue, &kernel)
    }
  }

  private mutating func reap(_ number: UInt32, _ kernel: inout Kernel) {
    leave(.interrupt, number, &kernel)
    let item = items[number]
    if let fault = item.fault {
      totals.faulted[fault] += 1
    } else {
      totals.completed += 1
      totals.packets += item.request.kind == .data ? UInt64(item.request.packets) : 0
      totals.refused += UInt64(item.request.refused)
      totals.bytesIn += UInt64(item.request.bytesIn)
      totals.bytesOut += UInt64(item.request.bytesOut)
      rings[Int(item.queue)].completed += 1
    }
    if isObserved {
      if item.fault == nil, item.request.kind == .data { latency.record(kernel.now - item.arrived) }
      rings[Int(item.queue)].occupancy.leave(at: kernel.now)
    }
    items.remove(number)
  }
}
