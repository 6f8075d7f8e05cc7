public import Clockwork

extension Pipeline {
  /// Chains accepted, and chains that came back as they should.
  public var accepted: UInt64 { totals.accepted }
  public var completed: UInt64 { totals.completed }

  /// What the run came to until `instant`, which is the present, or not before `lastChange`.
  ///
  /// - Parameter hasDistributions: whether all is said of latencies; if not, only their count and their sum, which
  ///   takes a fraction of the time.
  public borrowing func statistics(at instant: Instant, hasDistributions: Bool = true) -> Statistics {
    var result = Statistics()
    result.duration = instant.picoseconds
    (result.accepted, result.completed) = (totals.accepted, totals.completed)
    (result.faulted, result.faults) = (totals.faulted, faults.struck)
    result.underWay = UInt64(items.count)
    (result.packets, result.refused) = (totals.packets, totals.refused)
    (result.bytesIn, result.bytesOut) = (totals.bytesIn, totals.bytesOut)
    result.latency = Statistics.Latency(latency, hasDistribution: hasDistributions)
    (result.cache.hits, result.cache.misses, result.cache.merged) = (cache.hits, cache.misses, cache.merged)
    for unit in Unit.allCases { result.units.append(statistics(of: unit, at: instant, hasDistributions)) }
    for queue in 0..<rings.count { result.queues.append(QueueStatistics(queue, rings[queue], at: instant)) }
    let names = buses.count == 1 ? ["bus"] : ["reads", "writes"]
    for (index, name) in names.enumerated() { result.buses.append(BusStatistics(name, buses[index], at: instant)) }
    (result.notifications, result.notificationsDropped) = (totals.notificationsSent, totals.notificationsDropped)
    return result
  }

  /// When something that statistics tell of last happened: sums over time are right from here on. Timers that were
  /// lifted, and faults that found nothing to hit, do not count.
  public borrowing func lastChange() -> Instant {
    var last = Instant.start
    for stage in 0..<stages.count {
      last = max(last, stages[stage].server.utilisation.last, stages[stage].queue.occupancy.last)
    }
    for queue in 0..<rings.count { last = max(last, rings[queue].occupancy.last) }
    for bus in 0..<buses.count { last = max(last, buses[bus].occupancy.last) }
    return last
  }

  private borrowing func statistics(
    of unit: Unit, at instant: Instant, _ hasDistribution: Bool
  ) -> UnitStatistics {
    let (places, lanes) = profile.size(of: unit)
    var result = UnitStatistics(name: unit.name, lanes: lanes, places: places)
    result.include(stages[unit.index], at: instant)
    let otherCores = 1..<(unit == .lanes ? Int(profile.scaling) : 1)
    for core in otherCores { result.include(stages[self.lanes(ofCore: core)], at: instant) }
    guard hasDistribution else { return result }
    if otherCores.isEmpty {
      result.latency = Statistics.Latency(stages[unit.index].latency, hasDistribution: true)
    } else {
      var latency = stages[unit.index].latency.copy()
      for core in otherCores { latency.add(stages[self.lanes(ofCore: core)].latency) }
      result.latency = Statistics.Latency(latency, hasDistribution: true)
    }
    return result
  }
}

extension Statistics.Latency {
  init(_ histogram: borrowing Histogram, hasDistribution: Bool) {
    (count, sum) = (histogram.count, histogram.sum)
    guard hasDistribution, count > 0 else { return }
    maximum = histogram.maximum
    (p50, p99) = (histogram.quantile(0.5), histogram.quantile(0.99))
    buckets = histogram.distribution.map { Bucket(lower: $0.lower, upper: $0.upper, count: $0.count) }
  }
}

extension UnitStatistics {
  /// Adds a stage: all of a unit, or one core's part; but not the distribution of its latency.
  mutating func include(_ stage: borrowing Stage, at instant: Instant) {
    let utilisation = stage.server.utilisation
    busy += utilisation.busyTime(until: instant)
    starved += utilisation.time(of: .starved, until: instant)
    blocked += utilisation.time(of: .blocked, until: instant)
    held += utilisation.time(of: .held, until: instant)
    depth += stage.queue.occupancy.integral(until: instant)
    peakDepth += stage.queue.occupancy.peak
    arrivals += stage.queue.occupancy.arrivals
    latency.count += stage.latency.count
    latency.sum &+= stage.latency.sum
  }
}

extension QueueStatistics {
  init(_ index: Int, _ ring: borrowing Ring, at instant: Instant) {
    self.init(index: index)
    (accepted, completed) = (ring.added, ring.completed)
    (doorbells, interrupts) = (ring.doorbells, ring.interrupts)
    (depth, peakDepth) = (ring.occupancy.integral(until: instant), ring.occupancy.peak)
  }
}

extension BusStatistics {
  init(_ name: String, _ bus: borrowing Bus, at instant: Instant) {
    self.init(name: name)
    bytes = bus.bytes
    busy = bus.busyTime(until: instant)
    outstanding = bus.occupancy.integral(until: instant)
    peakOutstanding = bus.occupancy.peak
  }
}
