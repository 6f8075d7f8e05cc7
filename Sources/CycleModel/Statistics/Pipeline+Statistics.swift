public import Clockwork

extension Pipeline {
  /// What the run came to until `instant`, which is the present.
  public func statistics(at instant: Instant) -> Statistics {
    var result = Statistics()
    result.duration = instant.picoseconds
    (result.accepted, result.completed, result.packets) = (accepted, completed, completed)
    result.underWay = accepted - completed
    (result.bytesIn, result.bytesOut) = (bytesIn, bytesOut)
    result.latency = Statistics.Latency(latency)
    (result.cache.hits, result.cache.misses, result.cache.merged) = (cache.hits, cache.misses, cache.merged)
    result.units = Unit.allCases.map { UnitStatistics($0, stages[Int($0.rawValue)], profile, at: instant) }
    result.queues = rings.indices.map { QueueStatistics($0, rings[$0], at: instant) }
    result.buses = zip(buses.count == 1 ? ["bus"] : ["reads", "writes"], buses).map {
      BusStatistics($0, $1, at: instant)
    }
    result.notifications = stage(.notification).queue.occupancy.arrivals
    result.notificationsDropped = notificationsDropped
    return result
  }
}

extension Statistics.Latency {
  init(_ histogram: Histogram) {
    (count, sum, maximum) = (histogram.count, histogram.sum, histogram.maximum)
    (p50, p99) = (histogram.quantile(0.5), histogram.quantile(0.99))
    buckets = histogram.distribution.map { Bucket(lower: $0.lower, upper: $0.upper, count: $0.count) }
  }
}

extension UnitStatistics {
  init(_ unit: Unit, _ stage: Stage, _ profile: Profile, at instant: Instant) {
    let (places, lanes) = profile.size(of: unit)
    self.init(name: unit.name, lanes: lanes, places: places)
    let utilisation = stage.server.utilisation
    busy = utilisation.busyTime(until: instant)
    starved = utilisation.time(of: .starved, until: instant)
    blocked = utilisation.time(of: .blocked, until: instant)
    held = utilisation.time(of: .held, until: instant)
    depth = stage.queue.occupancy.integral(until: instant)
    peakDepth = stage.queue.occupancy.peak
    arrivals = stage.queue.occupancy.arrivals
    latency = Statistics.Latency(stage.latency)
  }
}

extension QueueStatistics {
  init(_ index: Int, _ ring: Ring, at instant: Instant) {
    self.init(index: index)
    (accepted, completed) = (ring.occupancy.arrivals, ring.freed)
    (doorbells, interrupts) = (ring.doorbells, ring.interrupts)
    (depth, peakDepth) = (ring.occupancy.integral(until: instant), ring.occupancy.peak)
  }
}

extension BusStatistics {
  init(_ name: String, _ bus: Bus, at instant: Instant) {
    self.init(name: name)
    bytes = bus.bytes
    busy = min(bus.clock.instant(ofCycle: bus.busyCycles).picoseconds, instant.picoseconds)
    outstanding = bus.outstanding.integral(until: instant)
    peakOutstanding = bus.outstanding.peak
  }
}
