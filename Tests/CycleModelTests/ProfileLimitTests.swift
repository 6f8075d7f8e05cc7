import Clockwork
import Spec
import Testing

@testable import CycleModel

/// Each limit of the profile alone, against what it lets through on paper. Both clocks have 500 MHz; rates are of a
/// cycle.
@Suite struct ProfileLimitTests {
  struct Limit: Sendable, CustomTestStringConvertible {
    let key: String
    let values: [UInt64]
    /// What else of the profile is not as in `boundless`.
    let others: [String: UInt64]
    let request: Request
    let associations: UInt32
    let queues: Int
    /// Requests a cycle at a value.
    let rate: @Sendable (Double) -> Double

    init(
      _ key: String, _ values: [UInt64], _ others: [String: UInt64] = [:], packet: UInt32 = 64,
      kind: Request.Kind = .data, associations: UInt32 = 1, queues: Int = 2,
      _ rate: @escaping @Sendable (Double) -> Double
    ) {
      (self.key, self.values, self.others, self.rate) = (key, values, others, rate)
      (self.associations, self.queues) = (associations, queues)
      request = Request(kind, descriptors: 1, bytesIn: packet, bytesOut: 64, cipher: .null)
    }

    var testDescription: String { key }
  }

  /// A read or a write that is away for 500 cycles: one on the bus, and its latency.
  private static let reads: [String: UInt64] = ["bus.read-latency": 499]
  private static let writes: [String: UInt64] = ["bus.write-latency": 499]

  /// Look-ups that all miss: 20,000 SAs in turn, and a cache of 64. A miss takes the look-up, 400 cycles for the SA's
  /// read, and what it costs then.
  private static let misses: [String: UInt64] = [
    "cache.entries": 64, "cache.ways": 64, "bus.read-latency": 399, "cache.miss-cycles": 8,
  ]

  /// A packet of 64 cycles on a lane.
  private static let long: UInt32 = 4_096

  static let limits: [Limit] = [
    // The headers of what one read fetches are asked for before the next.
    Limit("fetch.prefetch", [1, 4, 16], reads.with(["fetch.outstanding": 2])) { 2 * $0 / (500 + $0) },
    Limit("fetch.outstanding", [1, 4, 16], reads.with(["fetch.prefetch": 2])) { 2 * $0 / (500 + 2) },
    Limit("header.queue", [1, 4, 16], reads.with(["fetch.prefetch": 1])) { $0 / (500 + 1) },
    Limit("header.outstanding", [1, 4, 16], reads) { $0 / 500 },
    Limit("parse.queue", [1, 4, 16], reads) { $0 / 500 },
    Limit("parse.cycles", [4, 25, 100]) { 1 / $0 },
    Limit("cache.hit-cycles", [4, 25, 100]) { 1 / $0 },
    Limit("cache.outstanding", [1, 4, 16], misses, associations: 20_000) { $0 / (1 + 400 + 8) },
    Limit("cache.miss-cycles", [8, 400], misses.with(["cache.outstanding": 8]), associations: 20_000) {
      8 / (1 + 400 + $0)
    },
    Limit("input.queue", [1, 4, 16], misses.with(["cache.outstanding": 64]), associations: 20_000) {
      $0 / (1 + 400 + 8)
    },
    Limit("input.outstanding", [1, 4, 16], reads) { $0 / 500 },
    Limit("lane.queue", [1, 4, 16], reads) { $0 / 500 },
    Limit("lane.count", [1, 3, 8], packet: long) { $0 / 64 },
    Limit("device.scaling", [1, 2, 4, 8], ["lane.count": 8], packet: long, queues: 1) { 8 / $0 / 64 },
    // The input reads in turn for all of them: one core that has many of them in a row keeps the others waiting.
    Limit("device.scaling", [1, 2, 4, 8], ["lane.count": 8, "fetch.prefetch": 1], packet: long, queues: 8) { _ in
      8.0 / 64
    },
    Limit("output.queue", [1, 3, 8], packet: long) { $0 / 64 },
    Limit("output.outstanding", [1, 4, 16], writes) { $0 / 500 },
    Limit("used.batch", [1, 4, 16], writes.with(["used.outstanding": 2, "used.timeout": 1_000_000])) { 2 * $0 / 500 },
    Limit("used.outstanding", [1, 4, 16], writes.with(["used.batch": 2, "used.timeout": 1_000_000])) { 2 * $0 / 500 },
    Limit("control.cycles", [4, 50, 200], kind: .control) { 1 / $0 },
    // Descriptors, header and packet are a read each.
    Limit("bus.outstanding", [1, 4, 16], reads.with(["fetch.prefetch": 1])) { $0 / (3 * 500) },
    // A request's way around: three reads, two writes, parser, look-up and lane, and an interrupt of 10 ns.
    Limit(
      "ring.size", [1, 4, 16],
      reads.with(writes).with([
        "doorbell.latency": 0, "fetch.prefetch": 1, "used.batch": 1, "interrupt.batch": 1,
      ]), queues: 1
    ) { $0 / (5 * 500 + 3 + 5) },
  ]

  @Test(arguments: limits) func `a limit lets through what it can, and no more`(limit: Limit) throws {
    for value in limit.values {
      var profile = boundless
      for (key, value) in limit.others.with([limit.key: value]) { try profile.set(key, value) }
      let traffic = Traffic(
        mix: [limit.request], count: .max, queues: limit.queues, associations: limit.associations)
      let expected = limit.rate(Double(value))
      // As long as it takes for so many that a batch of them is less than 1 %.
      let measured = try rate(profile, traffic, over: UInt64(max(100_000, 3_000 / expected)), after: 50)
      #expect(abs(measured / expected - 1) < 0.01, "\(limit.key) \(value): \(measured) and not \(expected)")
    }
  }

  @Test(arguments: [2, 3, 8], [1, 8] as [UInt64])
  func `queues take turns, and none loses its turn because the units are full`(queues: Int, prefetch: UInt64) throws {
    var profile = boundless
    (profile.lanes, profile.fetchPrefetch) = (2, prefetch)
    let request = Request(bytesIn: Self.long, bytesOut: 64, cipher: .null)
    let traffic = Traffic(mix: [request], count: .max, queues: queues)
    var simulation = Simulation(try Pipeline(traffic, profile: profile), capacity: 1_024)
    // The first queue that rings fills all units.
    simulation.run(until: Instant(picoseconds: 200_000_000))
    let before = simulation.machine.statistics(at: simulation.kernel.now)
    simulation.run(until: Instant(picoseconds: 1_200_000_000))
    let statistics = simulation.machine.statistics(at: simulation.kernel.now).since(before)
    let completed = statistics.queues.map(\.completed)
    // A batch may be told of on this side of an end or on that.
    #expect(completed.max()! - completed.min()! <= 2 * prefetch + profile.usedBatch, "\(completed)")
    #expect(completed[0] > 1_000)
  }

  /// The notification unit has one event on the bus at a time; those that come meanwhile and find no place are dropped.
  @Test(arguments: [99, 499] as [UInt64]) func `the notification unit writes one event after the other`(
    latency: UInt64
  ) throws {
    var profile = boundless
    profile.writeLatency = latency
    for gap in [40_000, 4_000_000] as [UInt64] {
      let request = Request(bytesIn: 64, bytesOut: 64, cipher: .null, events: 1)
      let traffic = Traffic(.every(gap), mix: [request], count: .max)
      let (asked, able) = (2_000 / Double(gap), 1 / Double(latency + 1))
      let written = try rate(profile, traffic, of: \.notifications)
      let dropped = try rate(profile, traffic, of: \.notificationsDropped)
      #expect(abs(written / min(asked, able) - 1) < 0.01, "\(gap) ps: \(written)")
      #expect(abs((written + dropped) / asked - 1) < 0.01, "\(gap) ps: \(dropped)")
    }
  }

  /// Requests that come one by one, and not several with a doorbell, are gathered until there are enough, or the first
  /// has waited long enough.
  @Test(arguments: ["used", "interrupt"], [(8, 100_000), (3, 100_000), (64, 4_950), (64, 150)] as [(UInt64, UInt64)])
  func `batches wait until they are full, or for their timeout`(unit: String, limits: (batch: UInt64, timeout: UInt64))
    throws
  {
    var profile = boundless
    (profile.usedBatch, profile.interruptBatch, profile.doorbellLatency) = (1, 1, 0)
    try profile.set("\(unit).batch", limits.batch)
    try profile.set("\(unit).timeout", limits.timeout)
    let traffic = Traffic(.every(200_000), mix: [Request(bytesIn: 64, bytesOut: 64, cipher: .null)], count: .max)
    let measured = try rate(profile, traffic, of: \.queues[0].interrupts)
    // A request every 200 ns, 100 cycles; the first that comes after the timeout opens the next batch.
    let requests = min(limits.batch, limits.timeout / 200 + 1)
    #expect(abs(measured * 100 * Double(requests) - 1) < 0.01, "\(1 / measured / 100) and not \(requests)")
  }

  /// What the other closed forms are about.
  static let others: Set = [
    "core.frequency", "bus.frequency", "bus.rate", "bus.duplex", "bus.read-latency", "bus.write-latency",
    "doorbell.latency", "interrupt.latency", "cache.sa-bytes",
    // `the notification unit writes …`, `batches wait until …`
    "notification.bytes", "notification.queue", "used.timeout", "interrupt.batch", "interrupt.timeout",
    // One lane parses, and one commands: more of them wait, and no more are done.
    "cache.queue", "control.queue",
    // SACacheTests; FaultTests.
    "cache.entries", "cache.ways", "bus.timeout",
  ]

  @Test func `every value of a profile has a closed form`() {
    let keys = ProfileKey.all.map(\.name).filter { !$0.hasPrefix("cipher.") && !$0.hasPrefix("integrity.") }
    let covered = Set(Self.limits.map(\.key))
    #expect(covered.isDisjoint(with: Self.others))
    #expect(covered.union(Self.others) == Set(keys))
  }
}

extension Profile {
  /// Sets a number by its name.
  fileprivate mutating func set(_ name: String, _ value: UInt64) throws {
    let key = try #require(ProfileKey.all.first { $0.name == name }, "\(name)")
    if case .number(let path, _) = key.place { self[keyPath: path] = value } else { Issue.record("\(name)") }
  }
}

extension [String: UInt64] {
  fileprivate func with(_ others: Self) -> Self { merging(others) { $1 } }
}
