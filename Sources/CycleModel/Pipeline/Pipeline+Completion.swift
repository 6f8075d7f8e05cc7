import Clockwork

/// From the written packet to the driver's interrupt: in the order of the queue, and in batches.
extension Pipeline {
  // MARK: Used write-back

  /// Gathers what is done, in the order of the queue.
  mutating func retire(_ queue: Int, _ kernel: inout Kernel) {
    while true {
      let position = rings[queue].retired + rings[queue].done
      if position == rings[queue].fetched || !items[Int(rings[queue][position])].isDone { break }
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
      let unit = Int(Unit.used.rawValue)
      guard stages[unit].server.hasFreeLane else { return }
      let lane = stages[unit].server.start(at: kernel.now)
      let count = min(rings[queue].done, profile.usedBatch)
      writeBacks[Int(lane)] = Batch(queue: queue, first: rings[queue].retired, count: count)
      rings[queue].retired += count
      rings[queue].done -= count
      rings[queue].isDue = false
      rings[queue].usedTimer.lift()
      // virtio 1.2, 2.7.8: a used ring element has 8 bytes, its index 2.
      write(count * 8 + 2, for: .used, .usedWritten, UInt32(lane), &kernel)
    }
    if rings[queue].done > 0 && !rings[queue].isDue {
      rings[queue].usedTimer.arm(.usedTimer, queue: queue, at: kernel.now + profile.usedTimeout * 1_000, &kernel)
    }
  }

  mutating func finishWriteBack(_ lane: UInt16, _ kernel: inout Kernel) {
    endWrite(&kernel)
    stages[Int(Unit.used.rawValue)].server.finish(lane: lane, at: kernel.now)
    let batch = writeBacks[Int(lane)]
    rings[batch.queue].used += batch.count
    for position in batch.first..<batch.first + batch.count { leave(.used, rings[batch.queue][position], &kernel) }
    rings[batch.queue].unannounced += batch.count
    moderate(batch.queue, &kernel)
    for queue in rings.indices { runWriteBack(queue, &kernel) }
  }

  // MARK: Interrupt moderation

  private mutating func moderate(_ queue: Int, _ kernel: inout Kernel) {
    if rings[queue].unannounced >= profile.interruptBatch { return interrupt(queue, &kernel) }
    rings[queue].interruptTimer.arm(
      .interruptTimer, queue: queue, at: kernel.now + profile.interruptTimeout * 1_000, &kernel)
  }

  mutating func interruptTimerFired(_ queue: Int, _ kernel: inout Kernel) {
    guard rings[queue].interruptTimer.expired(.interruptTimer, queue: queue, &kernel) else { return }
    if rings[queue].unannounced > 0 { interrupt(queue, &kernel) }
  }

  private mutating func interrupt(_ queue: Int, _ kernel: inout Kernel) {
    rings[queue].unannounced = 0
    rings[queue].interruptTimer.lift()
    rings[queue].interrupts += 1
    kernel.schedule(Step.interrupted.rawValue, UInt32(queue), at: kernel.now + profile.interruptLatency * 1_000)
  }

  /// The driver reaps what the used ring has, and adds what it had to hold back.
  mutating func interrupted(_ queue: Int, _ kernel: inout Kernel) {
    mark(.interrupt, queue: queue, count: rings[queue].used - rings[queue].freed, &kernel)
    while rings[queue].freed < rings[queue].used {
      let index = rings[queue][rings[queue].freed]
      rings[queue].freed += 1
      rings[queue].occupancy.leave(at: kernel.now)
      reap(index, &kernel)
    }
    if rings[queue].isStopped {
      rings[queue].isStopped = false
      arrive(queue, &kernel)
    }
  }

  private mutating func reap(_ index: UInt32, _ kernel: inout Kernel) {
    let item = items[Int(index)]
    record(.left, .interrupt, index, &kernel)
    latency.record(kernel.now - item.arrived)
    completed += 1
    bytesIn += UInt64(item.request.bytesIn)
    bytesOut += UInt64(item.request.bytesOut)
    workload.completed(item.request, serial: item.serial, on: Int(item.queue), at: kernel.now)
    freeItems.append(index)
  }
}
