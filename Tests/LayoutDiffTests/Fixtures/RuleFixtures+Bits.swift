import Model

/// Changes of bits within integers.
extension RuleFixtures {
  static let bits = [
    Fixture("bits-added", at: "data_flag.fresh", compatible, breaking, says: "checks to be zero", from: .undescribed)
    {
      $0.bits("data_flag") { $0.append($0[0].named("fresh", low: 15)) }
    },
    Fixture("bits-removed", at: "data_flag.in_place", breaking, compatible, says: "checks to be zero") {
      $0.bits("data_flag") { $0.removeAll { $0.name == "in_place" } }
    },
    Fixture("bits-moved", at: "data_flag.dummy", conditional, conditional, says: "writes flags.dummy in bits") {
      $0.bits("data_flag") { ranges in
        ranges.removeAll(where: \.isReserved)
        ranges[1] = ranges[1].named("dummy", low: 14)
      }
    },
    Fixture("bits-reserved", at: "data_flag.in_place", breaking, compatible, says: "checks to be zero") {
      $0.bits("data_flag") { $0[0].isReserved = true }
    },
    Fixture("bits-used", at: "data_flag.fresh", compatible, breaking, says: "checks to be zero") {
      $0.bits("data_flag") { ranges in
        ranges[2].width -= 1
        ranges.append(ranges[2].named("fresh", low: 15))
      }
    },
    Fixture("bits-used", at: "sa_flag.fresh", breaking, breaking, says: "checks to be zero") {
      $0.bits("sa_flag") { ranges in
        ranges[3].width -= 1
        ranges.append(ranges[3].named("fresh", low: 15))
      }
    },
    Fixture("bits-renamed", at: "data_flag.over", sourceBreak, sourceBreak) {
      $0.bits("data_flag") { $0[0].name = "over" }
    },
    Fixture("bits-reused", at: "data_flag.in_place", breaking, breaking, says: "reads as something else") {
      $0.bits("data_flag") { ($0[0].name, $0[0].summary) = ("urgent", "Before all others.") }
    },
    Fixture("bits-meaning", at: "data_flag.in_place", breaking, compatible, says: "takes it for") {
      $0.bits("data_flag") { $0[0].enumeration = "proto" }
    },
    Fixture("bits-moved", at: "dev_queue.max_pairs", breaking, breaking, says: "max_pairs in bits 0+16") {
      $0.bits("dev_queue") { $0[0].low = 1 }
    },
    // There are at most 4094 pairs, which 12 bits hold.
    Fixture("bits-moved", at: "dev_queue.max_pairs", compatible, compatible) { layout in
      layout.bits("dev_queue") { $0[0].width = 12 }
    },
    Fixture("bits-moved", at: "dev_queue.max_pairs", compatible, breaking, says: "max_pairs in bits 0+16") { layout in
      layout.bits("dev_queue") { $0[0].width = 11 }
    },
    Fixture("queue-limits", at: "queues.maximum_pairs", compatible, compatible) { $0.queues.maximumPairs = 16 },
    Fixture("bits-renamed", at: "request_flag", sourceBreak, sourceBreak) {
      $0 = $0.renaming("data_flag", to: "request_flag")
    },
  ]
}
