import CycleModel
import Spec
import Wire

/// A number that a run has, by the name under which an expectation speaks of it.
public struct Measure: Sendable {
  public let name: String
  public let dimension: Quantity.Dimension
  public let summary: String
  /// Modes in which there is such a number.
  public let modes: [Scenario.Mode]
  /// In the dimension's first unit; nil where nothing happened that could be measured.
  let value: @Sendable (Results) -> Double?

  init(
    _ name: String, _ dimension: Quantity.Dimension, _ summary: String,
    in modes: [Scenario.Mode] = .all,
    _ value: @escaping @Sendable (Results) -> Double?
  ) {
    (self.name, self.dimension, self.summary, self.modes, self.value) = (name, dimension, summary, modes, value)
  }

  public static let all: [Measure] = counts + kinds + times + units

  private static let counts = [
    Measure("packets sent", .count, "Packets that the driver put on the rings.") { Double($0.tally.sent) },
    Measure("packets passed", .count, "Packets that came back as they should.", in: .withDevice) {
      Double($0.tally.passed)
    },
    Measure("packets unsent", .count, "Packets that never came onto a ring.") { Double($0.unsent) },
    Measure("packets lost", .count, "Packets that never came back, or that a fault ended.") {
      Double($0.lost)
    },
    Measure("packets refused", .count, "Packets that the device refused.", in: .withDevice) {
      $0.ofReturned(Double($0.tally.refused))
    },
    Measure(
      "good packets refused", .count,
      "Refused packets that were whole, new and unchanged: by a hard lifetime, too; not what is no IP packet.",
      in: .withDevice
    ) {
      $0.ofReturned(Double($0.tally.goodRefused))
    },
    Measure("replays sent", .count, "Packets sent once more.", in: .withDevice) {
      Double($0.tally.replayed)
    },
    Measure(
      "replays accepted", .count, "Packets that the device let through twice.", in: .withDevice
    ) {
      $0.tally.replayed == 0 ? nil : Double($0.tally.replaysAccepted)
    },
    Measure("forgeries sent", .count, "Packets of which a bit was changed.", in: .withDevice) {
      Double($0.tally.corrupted)
    },
    Measure(
      "forgeries accepted", .count, "Changed packets that the device let through.", in: .withDevice
    ) {
      $0.tally.corrupted == 0 ? nil : Double($0.tally.corruptedAccepted)
    },
    Measure("commands completed", .count, "Control commands that succeeded.", in: .withDevice) {
      Double($0.tally.commands)
    },
    Measure("commands failed", .count, "Control commands that the device refused.", in: .withDevice) {
      Double($0.tally.commandsFailed)
    },
    Measure(
      "commands lost", .count, "Control commands never answered, or ended by a fault.", in: .withDevice
    ) {
      Double($0.commandsLost)
    },
    Measure("notifications", .count, "Events that were written for the driver.") {
      Double($0.mode == .functional ? $0.tally.events : $0.statistics.notifications)
    },
    Measure(
      "notifications coalesced", .count,
      "Events folded into an earlier one that was not written yet."
    ) {
      Double($0.tally.eventsCoalesced)
    },
    Measure(
      "notifications dropped", .count, "Events for which the notification unit had no place.",
      in: .withTime
    ) {
      Double($0.statistics.notificationsDropped)
    },
    Measure("requests unaccounted for", .count, "Neither completed nor ended by a fault.", in: .withTime) {
      let statistics = $0.statistics
      return Double(statistics.accepted) - Double(statistics.completed + statistics.faulted.reduce(0, +))
    },
    Measure("faults", .count, "Faults that took effect.", in: .withTime) { Double($0.statistics.faults.reduce(0, +)) },
  ]

  /// Events of each kind.
  private static let kinds = NotificationEvent.allCases.map { event in
    Measure("\(event.kind) notifications", .count, event.entry.summary) {
      Double($0.tally.eventsByKind[event.kind] ?? 0)
    }
  }

  private static let times = [
    Measure(
      "throughput", .throughput,
      "Bits a second of packets that passed, as long as they are without protection.",
      in: .withTime
    ) { $0.activeTime == 0 ? nil : $0.throughput },
    Measure("packet rate", .packetRate, "Packets a second that passed.", in: .withTime) {
      $0.activeTime == 0 ? nil : $0.packetRate
    },
    Measure(
      "latency p50", .time, "Half of the packets took no longer; several in one chain count once, from when it comes.",
      in: .withTime
    ) {
      $0.ofLatency(\.p50)
    },
    Measure("latency p99", .time, "99 of 100 packets took no longer.", in: .withTime) {
      $0.ofLatency(\.p99)
    },
    Measure("latency max", .time, "No packet took longer.", in: .withTime) {
      $0.ofLatency(\.maximum)
    },
    Measure("device time", .time, "From the start to the last completion.", in: .withTime) {
      $0.activeTime == 0 ? nil : Double($0.activeTime)
    },
    Measure(
      "measured time", .time,
      "Device time and what came after: a reset that ended chains, an event's write, a stall; what shares are of.",
      in: .withTime
    ) {
      $0.statistics.duration == 0 ? nil : Double($0.statistics.duration)
    },
    Measure("SA-cache hit rate", .share, "Look-ups that found their SA.", in: .withTime) {
      $0.statistics.cache.hitRate.map { $0 * 1_000_000 }
    },
    Measure("interrupts", .count, "Interrupts of data queues.", in: .withTime) {
      let dataQueues = 1...2 * $0.pairs
      return Double($0.statistics.queues.filter { dataQueues.contains($0.index) }.map(\.interrupts).reduce(0, +))
    },
  ]

  /// How busy each unit was.
  private static let units = CycleModel.Unit.allCases.filter { $0 != .ring && $0 != .interrupt }.map { unit in
    Measure(
      "\(unit.name) busy", .share, "Share of its lanes' measured time that the unit worked.", in: .withTime
    ) { results in
      let statistics = results.statistics.units[Int(unit.rawValue)]
      let whole = results.statistics.duration * statistics.lanes
      return whole == 0 ? nil : Double(statistics.busy) / Double(whole) * 1_000_000
    }
  }
}

extension Results {
  /// A count of packets that came back; nil where there should have been some and are none.
  fileprivate func ofReturned(_ count: Double) -> Double? {
    planned > 0 && tally.returned == 0 ? nil : count
  }

  fileprivate func ofLatency(_ time: KeyPath<Statistics.Latency, UInt64?>) -> Double? {
    statistics.latency[keyPath: time].map { Double($0) }
  }
}

extension [Scenario.Mode] {
  static let all = Scenario.Mode.allCases
  static let withDevice: Self = [.functional, .timed]
  static let withTime: Self = [.timed, .timingOnly]
}
