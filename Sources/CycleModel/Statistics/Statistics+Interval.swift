extension Statistics {
  /// What happened between `earlier` and this, both of the same run.
  ///
  /// Sums over time may have run over 64 bits; their difference is right where it has 64.
  /// Of distributions only the count and the sum can be told for an interval; peaks and `underWay` are the run's.
  public func since(_ earlier: Statistics) -> Statistics {
    var result = self
    result.duration -= earlier.duration
    result.accepted -= earlier.accepted
    result.completed -= earlier.completed
    result.faulted = faulted.since(earlier.faulted)
    result.faults = faults.since(earlier.faults)
    result.packets -= earlier.packets
    result.refused -= earlier.refused
    result.bytesIn -= earlier.bytesIn
    result.bytesOut -= earlier.bytesOut
    result.latency = latency.since(earlier.latency)
    result.cache.hits -= earlier.cache.hits
    result.cache.misses -= earlier.cache.misses
    result.cache.merged -= earlier.cache.merged
    result.units = zip(units, earlier.units).map { $0.since($1) }
    result.queues = zip(queues, earlier.queues).map { $0.since($1) }
    result.buses = zip(buses, earlier.buses).map { $0.since($1) }
    result.notifications -= earlier.notifications
    result.notificationsDropped -= earlier.notificationsDropped
    return result
  }
}

extension Statistics.Latency {
  func since(_ earlier: Self) -> Self {
    var result = Self()
    (result.count, result.sum) = (count - earlier.count, sum &- earlier.sum)
    return result
  }
}

extension UnitStatistics {
  func since(_ earlier: Self) -> Self {
    var result = self
    result.busy &-= earlier.busy
    result.starved &-= earlier.starved
    result.blocked &-= earlier.blocked
    result.held &-= earlier.held
    result.depth &-= earlier.depth
    result.arrivals -= earlier.arrivals
    result.latency = latency.since(earlier.latency)
    return result
  }
}

extension QueueStatistics {
  func since(_ earlier: Self) -> Self {
    var result = self
    result.accepted -= earlier.accepted
    result.completed -= earlier.completed
    result.doorbells -= earlier.doorbells
    result.interrupts -= earlier.interrupts
    result.depth &-= earlier.depth
    return result
  }
}

extension BusStatistics {
  func since(_ earlier: Self) -> Self {
    var result = self
    result.bytes -= earlier.bytes
    result.busy &-= earlier.busy
    result.outstanding &-= earlier.outstanding
    return result
  }
}
