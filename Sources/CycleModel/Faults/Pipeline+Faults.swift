import Clockwork

/// What goes wrong on purpose, and how it goes on.
extension Pipeline {
  /// The cycle of a fault has come; after the end there is nothing for it to hit.
  mutating func strike(_ index: Int, _ kernel: inout Kernel) {
    if isOver { return }
    let fault = faults.all[index]
    switch fault.kind {
    case .delayedDMA, .droppedDMA, .corruptedDescriptor: faults.arm(fault)
    case .reset: reset(faults.take(fault), &kernel)
    case .driverStop: stopDriver(faults.take(fault), &kernel)
    case .backendLoss: loseBackend(faults.take(fault), &kernel)
    }
  }

  /// Whether nothing is under way, and nothing to come.
  private var isOver: Bool {
    for queue in 0..<rings.count where !rings[queue].isAtEnd { return false }
    return items.count == 0
  }

  /// Faults that each request is an opportunity for.
  mutating func strikeByChance(_ kernel: inout Kernel) {
    if let duration = faults.strike(.backendLoss) { loseBackend(duration, &kernel) }
    if let duration = faults.strike(.reset) { reset(duration, &kernel) }
  }

  /// Whether a request goes on; if not, the place that was reserved for it is free again, and its chain is answered.
  @inline(__always)
  mutating func isSound(_ item: UInt32, reserved stage: Int, _ kernel: inout Kernel) -> Bool {
    if items[item].fault == nil { return true }
    giveUp(item, reserved: stage, &kernel)
    return false
  }

  @inline(never)
  private mutating func giveUp(_ item: UInt32, reserved stage: Int, _ kernel: inout Kernel) {
    stages[stage].queue.cancel()
    reportFault(of: item, .used, &kernel)
    items[item].isDone = true
    retire(Int(items[item].queue), &kernel)
  }

  mutating func reportFault(of item: UInt32, _ unit: Unit, _ kernel: inout Kernel) {
    items[item].entered = kernel.now
    if let fault = items[item].fault { report(fault, unit, serial: items[item].serial, &kernel) }
  }

  // MARK: DMA

  /// A transfer's opportunity to go wrong.
  mutating func spoil(_ transfer: inout Bus.Transfer, of client: Client, _ kernel: inout Kernel) {
    if let duration = faults.strike(.delayedDMA) {
      report(.delayedDMA, client.unit, serial: serial(of: transfer, client), &kernel)
      if duration > profile.busTimeout { return giveUp(&transfer, of: client, .delayedDMA) }
      transfer.delay += duration * 1_000
    }
    if faults.strike(.droppedDMA) == nil { return }
    report(.droppedDMA, client.unit, serial: serial(of: transfer, client), &kernel)
    giveUp(&transfer, of: client, .droppedDMA)
  }

  /// The answer is not waited for any longer than `bus.timeout`.
  private mutating func giveUp(
    _ transfer: inout Bus.Transfer, of client: Client, _ kind: Fault.Kind
  ) {
    transfer.delay += profile.busTimeout * 1_000
    if client.isRequests {
      items[transfer.subject].fault = kind
    } else {
      // Asked for again.
      transfer.delay += profile.bus.instant(ofCycle: UInt64(transfer.latency)).picoseconds
    }
  }

  private mutating func serial(of transfer: Bus.Transfer, _ client: Client) -> UInt64 {
    client.isRequests ? items[transfer.subject].serial : TraceRecord.noSerial
  }

  // MARK: Reset

  /// The driver resets the device: nothing that was under way is ever heard of again. Of resets that overlap, the
  /// last to end lets the driver go on.
  mutating func reset(_ duration: UInt64, _ kernel: inout Kernel) {
    report(.reset, .ring, serial: TraceRecord.noSerial, &kernel)
    for step in Step.ofDevice { kernel.cancel(step.rawValue) }
    for stage in 0..<stages.count {
      stages[stage].queue.removeAll(at: kernel.now)
      stages[stage].server.abandon(at: kernel.now)
      stages[stage].hold(.starved, at: kernel.now)
    }
    for bus in 0..<buses.count { buses[bus].abandon(at: kernel.now) }
    cache.removeAll()
    for number in items.inUse {
      totals.faulted[Fault.Kind.reset] += 1
      report(.reset, .ring, serial: items[number].serial, &kernel)
      if isObserved { rings[Int(items[number].queue)].occupancy.leave(at: kernel.now) }
    }
    items.removeAll()
    for queue in 0..<rings.count { rings[queue].abandon() }
    for counter in [Counter.onRings, .reads, .writes] { count(counter, 0, &kernel) }
    backendLoss = Absence()
    restart = max(isDown ? restart : .start, kernel.now + duration * 1_000)
    isDown = true
    workload.reset(at: kernel.now)
    kernel.cancel(Step.restarted.rawValue)
    kernel.schedule(Step.restarted.rawValue, at: restart)
  }

  mutating func restart(_ kernel: inout Kernel) {
    isDown = false
    resumeArrivals(&kernel)
  }

  private mutating func resumeArrivals(_ kernel: inout Kernel) {
    for queue in 0..<rings.count where rings[queue].isStopped {
      rings[queue].isStopped = false
      arrive(queue, &kernel)
    }
  }

  // MARK: Driver

  mutating func stopDriver(_ duration: UInt64, _ kernel: inout Kernel) {
    report(.driverStop, .interrupt, serial: TraceRecord.noSerial, &kernel)
    if let end = driverStop.begin(at: kernel.now, for: duration) {
      kernel.schedule(Step.driverBack.rawValue, at: end)
    }
  }

  mutating func resumeDriver(_ kernel: inout Kernel) {
    guard driverStop.finish(at: kernel.now) else { return }
    for queue in 0..<rings.count where rings[queue].isMissed {
      rings[queue].isMissed = false
      // It looks by itself: that is no interrupt, and no opportunity for the next fault.
      look(queue, &kernel)
    }
  }

  // MARK: Backend

  /// Packets on the lanes fail; the others wait.
  mutating func loseBackend(_ duration: UInt64, _ kernel: inout Kernel) {
    report(.backendLoss, .lanes, serial: TraceRecord.noSerial, &kernel)
    for number in items.inUse where items[number].isOnLane { items[number].fault = .backendLoss }
    if let end = backendLoss.begin(at: kernel.now, for: duration) {
      kernel.schedule(Step.backendBack.rawValue, at: end)
    }
  }

  mutating func restoreBackend(_ kernel: inout Kernel) {
    guard backendLoss.finish(at: kernel.now) else { return }
    runAllLanes(&kernel)
  }
}
