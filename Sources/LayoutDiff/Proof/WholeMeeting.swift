import Model

/// Every command of a driver and a device, made and read by their whole layouts: all differences at once.
///
/// Each change is proved by itself; this says whether their sum is what is seen when all of them meet.
struct WholeMeeting {
  /// The worst that is seen when everything that both sides offer is negotiated.
  let outcome: Outcome
  /// What breaks in a feature set in which no change says so.
  let contradictions: [String]
  /// The feature sets in which that was seen.
  let breakage: Breakage

  /// How often to try each area of each command.
  private static let tries = 2

  init(_ meeting: Meeting, changes: [Change], seed: UInt64) {
    let total = Breakage(changes, meeting.direction)
    outcome = Self.worst(meeting, meeting.negotiable, seed).outcome
    var contradictions: [String] = []
    var breakage = Breakage.never
    for negotiated in FeatureSets.around(total.bits, negotiable: meeting.negotiable) where !total.holds(negotiated) {
      let (name, outcome) = Self.worst(meeting, negotiated, seed)
      guard outcome.breaks else { continue }
      contradictions.append("no change says so of \(name); seen: \(outcome.counterexample ?? "")")
      breakage.insert(exactly: negotiated, of: total.bits, negotiable: meeting.negotiable)
    }
    self.contradictions = contradictions
    self.breakage = breakage
  }

  /// The worst over all commands that both sides have under some features.
  private static func worst(
    _ all: Meeting, _ negotiated: Set<Int>, _ seed: UInt64
  ) -> (command: String, outcome: Outcome) {
    let meeting = all.under(negotiated)
    // A device refuses what was not negotiated; a driver reads with all that it knows.
    let answered = Meeting(all.direction, driver: all.driver, device: meeting.device)
    var worst = (command: "", outcome: Outcome.understood)
    for name in meeting.driver.commands.keys.sorted() {
      guard let one = meeting.driver.commands[name], let other = meeting.device.commands[name] else { continue }
      for area in Area.allCases {
        let exchange =
          area == .readable
          ? Exchange(meeting, area, sent: one, read: other, tries: tries)
          : Exchange(answered, area, sent: other, read: all.driver.commands[name] ?? one, tries: tries)
        let outcome = exchange.run(seed: seed)
        if outcome.breaks { return (name, outcome) }
        worst = (name, worst.outcome.worst(outcome))
      }
    }
    return worst
  }
}

extension FeatureSets {
  /// All that is negotiable, that without each of the bits that decide, and that without any of them.
  static func around(_ bits: Set<Int>, negotiable: Set<Int>) -> [Set<Int>] {
    let bits = bits.intersection(negotiable).sorted()
    return [negotiable] + bits.map { negotiable.subtracting([$0]) }
      + (bits.count > 1 ? [negotiable.subtracting(bits)] : [])
  }
}
