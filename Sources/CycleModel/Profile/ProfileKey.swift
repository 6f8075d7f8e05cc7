public import Clockwork
import Spec
import Wire

/// One value of a profile: its name in a file, its unit, what it means, and where it stands.
public struct ProfileKey: Sendable {
  public typealias Path<Value> = any WritableKeyPath<Profile, Value> & Sendable

  public enum Place: Sendable {
    /// A whole number within the range.
    case number(Path<UInt64>, ClosedRange<UInt64>)
    /// Bytes every so many cycles.
    case rate(Path<Rate>)
  }

  public let name: String
  public let unit: String
  public let summary: String
  public let place: Place

  init(
    _ name: String, _ unit: String, _ path: Path<UInt64>, _ range: ClosedRange<UInt64>,
    _ summary: String
  ) {
    (self.name, self.unit, self.summary, place) = (name, unit, summary, .number(path, range))
  }

  init(_ name: String, _ path: Path<Rate>, _ summary: String) {
    (self.name, unit, self.summary, place) = (name, "B/cycle", summary, .rate(path))
  }

  /// Every value of a profile.
  public static let all: [ProfileKey] = units + engines

  private static let frequency: ClosedRange<UInt64> = 1...1_000_000_000_000
  private static let cycles: ClosedRange<UInt64> = 0...1_000_000
  private static let nanoseconds: ClosedRange<UInt64> = 0...1_000_000_000
  private static let places: ClosedRange<UInt64> = 1...65_536
  private static let outstanding: ClosedRange<UInt64> = 1...64

  private static let units = [
    ProfileKey("core.frequency", "Hz", \.coreFrequency, frequency, "Clock of everything but the bus."),
    ProfileKey("bus.frequency", "Hz", \.busFrequency, frequency, "Clock of the bus to guest memory."),
    ProfileKey("bus.rate", \.busRate, "What the bus carries, in each direction if it is duplex."),
    ProfileKey("bus.duplex", "0 or 1", \.busDuplex, 0...1, "Whether reads and writes have a data path each."),
    ProfileKey("bus.outstanding", "transfers", \.busOutstanding, 1...4_096, "Transfers in flight on a data path."),
    ProfileKey(
      "bus.read-latency", "bus cycles", \.readLatency, cycles,
      "From a read's request to its data, without queueing."),
    ProfileKey(
      "bus.write-latency", "bus cycles", \.writeLatency, cycles,
      "From a write's data to its acknowledgement."),
    ProfileKey(
      "bus.timeout", "ns", \.busTimeout, 1...1_000_000_000,
      "After which a transfer that a fault keeps from being answered is given up."),

    ProfileKey(
      "device.scaling", "cores", \.scaling, 1...64,
      "Device-side scaling, as the register says: cores, each with its part of the queues and at least one lane."
    ),
    ProfileKey(
      "ring.size", "descriptors", \.ringSize, 1...32_768,
      "Descriptors of a ring, of which a packet takes two: what the device reads, and what it writes."),
    ProfileKey(
      "doorbell.latency", "ns", \.doorbellLatency, nanoseconds,
      "From the driver's write to the device's notice."),
    ProfileKey(
      "fetch.prefetch", "requests", \.fetchPrefetch, places,
      "Most requests whose descriptors one read fetches."),
    ProfileKey("fetch.outstanding", "reads", \.fetchOutstanding, outstanding, "Descriptor reads in flight."),
    ProfileKey("header.queue", "requests", \.headerQueue, places, "Requests whose descriptors are there."),
    ProfileKey("header.outstanding", "reads", \.headerOutstanding, outstanding, "Reads of request headers in flight."),

    ProfileKey("parse.queue", "requests", \.parseQueue, places, "Requests whose headers are there."),
    ProfileKey("parse.cycles", "cycles", \.parseCycles, cycles, "Parsing of one request."),

    ProfileKey("cache.entries", "SAs", \.cacheEntries, 1...1_048_576, "SAs in the cache: a multiple of the ways."),
    ProfileKey("cache.ways", "SAs", \.cacheWays, 1...64, "SAs of a set; the least recently used gives way."),
    ProfileKey("cache.queue", "requests", \.cacheQueue, places, "Requests that wait for their look-up."),
    ProfileKey("cache.hit-cycles", "cycles", \.cacheHitCycles, cycles, "One look-up."),
    ProfileKey("cache.miss-cycles", "cycles", \.cacheMissCycles, cycles, "What a miss costs after the SA was read."),
    ProfileKey("cache.outstanding", "misses", \.cacheOutstanding, outstanding, "SAs that are being read."),
    ProfileKey("cache.sa-bytes", "B", \.associationBytes, 1...65_536, "What is read for an SA."),

    ProfileKey("input.queue", "requests", \.inputQueue, places, "Requests that wait for their packet's read."),
    ProfileKey("input.outstanding", "reads", \.inputOutstanding, outstanding, "Packet reads in flight."),
    ProfileKey("lane.queue", "packets", \.laneQueue, places, "Packets that wait for a lane."),
    ProfileKey("lane.count", "lanes", \.lanes, outstanding, "Lanes, each with a cipher and an integrity engine."),
    ProfileKey("output.queue", "packets", \.outputQueue, places, "Packets that wait for their write."),
    ProfileKey("output.outstanding", "writes", \.outputOutstanding, outstanding, "Packet writes in flight."),

    ProfileKey(
      "used.batch", "requests", \.usedBatch, 1...32_768,
      "Completions that one write to the used ring carries."),
    ProfileKey("used.timeout", "ns", \.usedTimeout, nanoseconds, "Longest wait of a completion for its batch."),
    ProfileKey("used.outstanding", "writes", \.usedOutstanding, outstanding, "Writes to used rings in flight."),
    ProfileKey(
      "interrupt.batch", "requests", \.interruptBatch, 1...32_768,
      "Completions that one interrupt announces."),
    ProfileKey(
      "interrupt.timeout", "ns", \.interruptTimeout, nanoseconds,
      "Longest wait of a completion for its interrupt."),
    ProfileKey(
      "interrupt.latency", "ns", \.interruptLatency, nanoseconds,
      "From the device's message to the driver's handler."),

    ProfileKey("control.queue", "commands", \.controlQueue, places, "Commands that wait for the control unit."),
    ProfileKey("control.cycles", "cycles", \.controlCycles, cycles, "One command."),
    ProfileKey(
      "notification.queue", "events", \.notificationQueue, places,
      "Events that wait; further ones are dropped."),
    ProfileKey("notification.bytes", "B", \.notificationBytes, 1...65_536, "What is written for an event."),
  ]

  private static let engines =
    CipherAlgorithm.allCases.flatMap { cipher in
      let index = Int(cipher.rawValue)
      return engine(
        "cipher.\(cipher.entry.name.lowercased())", \.ciphers[index].rate, \.ciphers[index].setup,
        \.ciphers[index].latency)
    }
    + HMACAlgorithm.allCases.flatMap { algorithm in
      let index = Int(algorithm.rawValue)
      return engine(
        "integrity.\(algorithm.entry.name.lowercased())", \.authenticators[index].rate, \.authenticators[index].setup,
        \.authenticators[index].latency)
    }

  private static func engine(
    _ name: String, _ rate: Path<Rate>, _ setup: Path<UInt64>, _ latency: Path<UInt64>
  ) -> [ProfileKey] {
    [
      ProfileKey("\(name).rate", rate, "What an engine takes."),
      ProfileKey("\(name).setup", "cycles", setup, cycles, "What a packet costs on top."),
      ProfileKey("\(name).latency", "cycles", latency, cycles, "From the last byte in to the last out."),
    ]
  }
}
