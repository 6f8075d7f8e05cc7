/// What a run came to, as plain values that a file can hold: whole numbers, so that every machine gives the same.
///
/// All times are picoseconds. Sums over time are kept instead of shares, so that the difference of two `Statistics` of
/// the same run (`since(_:)`) describes the time between them.
public struct Statistics: Hashable, Sendable, Codable {
  /// From the start of the run, or of the interval: what sums over time are shares of. No less than the time to the
  /// last completion: a reset may have ended the last chains, or an event may have been written later.
  public var duration: UInt64 = 0
  /// Chains that the driver put on the rings.
  public var accepted: UInt64 = 0
  /// Chains that came back to the driver as they should.
  public var completed: UInt64 = 0
  /// Chains that a fault ended. `accepted` is the sum of `completed`, these and `underWay`.
  public var faulted = FaultCounts()
  /// Times that a fault took effect.
  public var faults = FaultCounts()
  /// Chains between the driver's ring and its interrupt handler at the end.
  public var underWay: UInt64 = 0
  /// Packets of the completed chains, one or more each.
  public var packets: UInt64 = 0
  /// Packets among them that the device refused: replayed, expired, with a wrong ICV.
  public var refused: UInt64 = 0
  /// Bytes of packets read and written by completed chains.
  public var bytesIn: UInt64 = 0
  public var bytesOut: UInt64 = 0
  /// From the driver's ring to the driver's interrupt handler.
  public var latency = Latency()
  public var cache = Cache()
  /// In the order of `Unit.allCases`.
  public var units: [UnitStatistics] = []
  /// In the order of the device's queues.
  public var queues: [QueueStatistics] = []
  /// Reads and writes, or one for both.
  public var buses: [BusStatistics] = []
  /// Events for the driver: written, and dropped for want of a place.
  public var notifications: UInt64 = 0
  public var notificationsDropped: UInt64 = 0

  public init() {}

  /// How long something took: a distribution. `p50` and `p99` are times that something took, at most 3.2 % more than
  /// the exact ones, and those where all in the bucket are the same; `maximum` and `sum` are exact. Where nothing was
  /// measured, and of an interval, there is neither of the three.
  public struct Latency: Hashable, Sendable, Codable {
    public var count: UInt64 = 0
    public var sum: UInt64 = 0
    public var p50: UInt64?
    public var p99: UInt64?
    public var maximum: UInt64?
    /// Non-empty buckets, ascending.
    public var buckets: [Bucket] = []

    /// So many took from `lower` to `upper`, both included.
    public struct Bucket: Hashable, Sendable, Codable {
      public var lower: UInt64
      public var upper: UInt64
      public var count: UInt64
    }

    public init() {}
    public var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }
  }

  /// Look-ups of the SA cache.
  public struct Cache: Hashable, Sendable, Codable {
    public var hits: UInt64 = 0
    public var misses: UInt64 = 0
    /// Misses on a line that was being read already.
    public var merged: UInt64 = 0

    public init() {}
    /// 0 to 1; nil before the first look-up.
    public var hitRate: Double? {
      let all = hits + misses + merged
      return all == 0 ? nil : Double(hits) / Double(all)
    }
  }
}

/// What one unit of the pipeline did. Lane time is time multiplied by lanes: `busy + starved + blocked + held` is the
/// duration times `lanes`, also where a fault came last.
public struct UnitStatistics: Hashable, Sendable, Codable {
  /// `Unit.name`.
  public var name: String
  public var lanes: UInt64
  /// Lane time of work.
  public var busy: UInt64 = 0
  /// Lane time without anything to do.
  public var starved: UInt64 = 0
  /// Lane time in which the next unit had no room.
  public var blocked: UInt64 = 0
  /// Lane time in which what was there waited for something else: a limit, an order, a timer, a fault.
  public var held: UInt64 = 0
  /// Places of the queue in front of the lanes.
  public var places: UInt64
  /// Integral of the queue's depth over time, in picoseconds.
  public var depth: UInt64 = 0
  public var peakDepth: UInt64 = 0
  /// Requests that went in.
  public var arrivals: UInt64 = 0
  /// From joining the queue to leaving the unit; on the ring, from the driver to the fetched descriptors, and of the
  /// interrupt, from the used ring to the driver's handler. What these, header read, parse, SA cache, input, lanes,
  /// output and used write-back of a packet took is all that it took; of other units nothing is measured.
  public var latency = Statistics.Latency()

  public init(name: String, lanes: UInt64, places: UInt64) {
    self.name = name
    self.lanes = lanes
    self.places = places
  }
}

/// What went over one virtqueue.
public struct QueueStatistics: Hashable, Sendable, Codable {
  /// As the device numbers its queues.
  public var index: Int
  public var accepted: UInt64 = 0
  public var completed: UInt64 = 0
  public var doorbells: UInt64 = 0
  public var interrupts: UInt64 = 0
  /// Chains on the ring, from driver to interrupt: integral over time in picoseconds, and the most.
  public var depth: UInt64 = 0
  public var peakDepth: UInt64 = 0

  public init(index: Int) { self.index = index }
}

/// What a data path to guest memory carried.
public struct BusStatistics: Hashable, Sendable, Codable {
  /// "reads", "writes" or "bus".
  public var name: String
  public var bytes: UInt64 = 0
  /// Time in which the data path carried something.
  public var busy: UInt64 = 0
  /// Transfers outstanding: integral over time in picoseconds, and the most.
  public var outstanding: UInt64 = 0
  public var peakOutstanding: UInt64 = 0

  public init(name: String) { self.name = name }
}
