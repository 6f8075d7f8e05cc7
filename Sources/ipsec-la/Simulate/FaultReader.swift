import Clockwork
import CycleModel
import Simulation
import Spec
import Wire

/// Reads what is to go wrong.
struct FaultReader {
  /// So far as it was read.
  let scenario: Scenario
  private var profile: Profile { scenario.profile }

  func fault(_ fields: YAMLFields) throws -> Fault {
    try fields.checkNames(["fault", "at", "chance", "for"])
    let kinds = Fault.Kind.allCases
    let kind = kinds[try fields.name("fault", among: kinds.map { "\($0)" }, called: "fault")]
    if kind == .reset, scenario.version < .v2_0, scenario.associations.contains(where: { !$0.inner.isEmpty }) {
      throw fields.error(
        "fault", "version \(scenario.version) cannot set sequence numbers of a bundle after a reset; 2.0 can")
    }
    let duration = try fields.whole(
      "for", .time, in: 1_000...1_000_000_000_000_000, example: "5 us")
    if duration == nil, kind == .delayedDMA {
      throw fields.error("for", "is missing: a delay has a length, such as 5 us")
    }
    if duration != nil, [.droppedDMA, .corruptedDescriptor].contains(kind) {
      throw fields.error("for", "says nothing: \(kind) has no length")
    }
    return Fault(kind, try trigger(fields), duration: (duration ?? 0) / 1_000)
  }

  private func trigger(_ fields: YAMLFields) throws -> Fault.Trigger {
    switch (fields["at"], fields["chance"]) {
    case (nil, nil): throw fields.error("at", "is missing, and so is chance")
    case (_?, _?): throw fields.error("chance", "at says already when")
    case (nil, _?):
      return .chance(perMillion: UInt32(try fields.whole("chance", .share, in: 0...1_000_000, example: "0.1 %") ?? 0))
    case (_?, nil):
      guard let time = try fields.quantity("at", .time, or: .cycles, example: "500 us"), let value = time.whole else {
        throw fields.error("at", "is not a whole number of picoseconds or cycles")
      }
      let last = profile.core.firstCycle(at: Instant(picoseconds: Scenario.longest))
      let isTime = time.dimension != .cycles
      guard isTime ? value <= Scenario.longest : value <= last else {
        throw fields.error(
          "at", "'\(try fields.string("at"))' is later than a day of device time, or \(last) cycles"
        )
      }
      return .cycle(isTime ? profile.core.firstCycle(at: Instant(picoseconds: value)) : value)
    }
  }
}
