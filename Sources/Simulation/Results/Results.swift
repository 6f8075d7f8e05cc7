public import CycleModel
public import Virtio
import Wire

/// What came of a scenario.
public struct Results: Sendable {
  public let scenario: String
  public let summary: String
  public let version: String
  public let mode: Scenario.Mode
  public let seed: UInt64
  public let ring: RingFormat
  /// Whether the device uses chains in the order in which it was given them.
  public let isInOrder: Bool
  /// Encap/decap queue pairs.
  public let pairs: Int
  /// What of the rings is not as it mostly is; empty for split rings whose chains are used in any order.
  var rings: String { (ring == .packed ? ", packed rings" : "") + (isInOrder ? ", in order" : "") }
  /// The profile's name, and its values.
  public let profile: String
  public let values: Profile
  /// Packets that the scenario has the driver send.
  public let planned: UInt64
  /// Faults of the scenario that its mode does not have.
  public let ignoredFaults: UInt64
  /// Of the pipeline; without times in functional mode.
  public internal(set) var statistics = Statistics()
  /// What the driver saw.
  public internal(set) var tally = Tally()
  /// Picoseconds from the start to the last completion that the driver heard of; `statistics` may go on for longer.
  public internal(set) var activeTime: UInt64 = 0
  /// The run in pieces of equal length, but for the last.
  public internal(set) var intervals: [Statistics] = []
  public internal(set) var verdicts: [Verdict] = []

  init(_ scenario: Scenario) {
    self.scenario = scenario.name
    summary = scenario.summary
    version = "\(scenario.version)"
    mode = scenario.mode
    seed = scenario.seed
    (ring, isInOrder, pairs) = (scenario.ring, scenario.isInOrder, scenario.pairs)
    (profile, values) = (scenario.profileName, scenario.profile)
    planned = scenario.packetCount
    ignoredFaults = scenario.mode == .functional ? UInt64(scenario.faults.count) : 0
  }

  /// Whether every expectation that could be judged held.
  public var isAsExpected: Bool { !verdicts.contains { $0.outcome == .failed } }
}

/// What the driver counts that the pipeline cannot know.
public struct Tally: Sendable, Codable, Hashable {
  /// Packets put on the rings; commands are counted apart.
  public var sent: UInt64 = 0
  /// Packets that came back to the driver, passed or refused.
  public var returned: UInt64 = 0
  public var passed: UInt64 = 0
  /// Bytes of the packets that passed, as they are without protection.
  public var passedBytes: UInt64 = 0
  public var refused: UInt64 = 0
  /// Packets refused with which nothing was wrong: IP packets that nobody changed, also where the SA's time was over.
  public var goodRefused: UInt64 = 0
  public var replayed: UInt64 = 0
  public var replaysAccepted: UInt64 = 0
  public var corrupted: UInt64 = 0
  public var corruptedAccepted: UInt64 = 0
  /// Packets that the peer could not protect: too long, no IP packets, or its SA was used up.
  public var unprotected: UInt64 = 0
  /// Commands put on the rings, and of these those that succeeded, and those that the device refused; a fault may have
  /// ended others.
  public var commandsSent: UInt64 = 0
  public var commands: UInt64 = 0
  public var commandsFailed: UInt64 = 0
  /// Events that the device raised for the driver.
  public var events: UInt64 = 0
  /// The same by kind, as `Measure` names them; without those of which there were none.
  public var eventsByKind: [String: UInt64] = [:]
  /// Events that were folded into an earlier one of the same SA that the driver had not been told of, and events for
  /// which there was no place.
  public var eventsCoalesced: UInt64 = 0
  public var eventsLost: UInt64 = 0
  /// How often the device gave each status.
  public var refusals: [String: UInt64] = [:]
}

extension Results {
  /// Packets that never came back to the driver.
  public var lost: UInt64 { tally.sent - min(tally.sent, tally.returned) }
  /// Commands that were never answered, or that a fault ended.
  public var commandsLost: UInt64 {
    tally.commandsSent - min(tally.commandsSent, tally.commands + tally.commandsFailed)
  }
  /// Device time in seconds, until the last completion.
  public var seconds: Double { Double(activeTime) / 1e12 }
  /// Bits a second of device time of packets that passed, as they are without protection.
  public var throughput: Double { seconds == 0 ? 0 : Double(tally.passedBytes) * 8 / seconds }
  /// Packets that passed, a second of device time.
  public var packetRate: Double { seconds == 0 ? 0 : Double(tally.passed) / seconds }
  /// Where packets were, one stage after the other, and for how long: a ring's chains until their descriptors were
  /// fetched.
  var stages: [(name: String, latency: Statistics.Latency)] {
    statistics.units.filter { $0.latency.count > 0 }.map { unit in
      (unit.name == CycleModel.Unit.ring.name ? "ring and fetch" : unit.name, unit.latency)
    }
  }
  /// Whether shares and means are of more than `activeTime`.
  var isMeasuredLonger: Bool { statistics.duration > activeTime }
  /// Packets of the scenario that the driver never put on a ring.
  public var unsent: UInt64 { planned - min(planned, tally.sent) }
}
