import Model

/// Changes of structures and their fields.
extension RuleFixtures {
  static let structures = [
    Fixture("structure-added", at: "spare", source, source) { layout in
      var structure = layout.structures[0]
      structure.name = "spare"
      layout.structures.append(structure)
    },
    Fixture("structure-removed", at: "dh_public", sourceBreak, sourceBreak, from: .withSpare("dh_public")) {
      $0.structures.removeAll { $0.name == "dh_public" }
    },
    Fixture("structure-size", at: "data_completion", breaking, breaking, says: "data_completion") {
      $0.structure("data_completion") { structure in
        var tail = structure.fields[0]
        (tail.name, tail.offset, tail.width, tail.count, tail.type) = ("reserved_tail", structure.size, 1, 8, .reserved)
        structure.fields.append(tail)
        structure.size += 8
      }
    },
    Fixture("structure-packing", at: "sa_entry", source, source) { $0.structure("sa_entry") { $0.isPacked = true } },
    Fixture("structure-renamed", at: "sa_head", sourceBreak, sourceBreak) { layout in
      layout = layout.renaming("sa_entry", to: "sa_head")
    },
    Fixture("field-added", at: "data_req.hint", breaking, breaking, says: "hint") {
      $0.field("data_req", "cookie") { $0.width = 4 }
      $0.structure("data_req") { structure in
        var field = structure.fields[structure.fields.count - 1]
        (field.name, field.offset) = ("hint", 28)
        structure.fields.append(field)
      }
    },
    Fixture("field-removed", at: "data_req.cookie", breaking, breaking, says: "is lost") {
      $0.structure("data_req") { $0.fields.removeLast() }
    },
    Fixture("field-moved", at: "data_req.input_length", breaking, breaking, says: "writes input_length at 8") {
      $0.field("data_req", "input_length") { $0.offset = 12 }
      $0.field("data_req", "output_capacity") { $0.offset = 8 }
    },
    Fixture("field-shape", at: "data_req.cookie", breaking, breaking, says: "8 × 1 bytes instead of 1 × 8") {
      $0.field("data_req", "cookie") {
        $0.width = 1
        $0.count = 8
      }
    },
    // The same bytes in the same order.
    Fixture("field-shape", at: "data_req.cookie", compatible, compatible, from: .bigEndianCookie) {
      $0.field("data_req", "cookie") { ($0.width, $0.count) = (1, 8) }
    },
    Fixture("field-shape", at: "data_req.cookie", breaking, breaking, says: "instead of", from: .bigEndianCookie) {
      $0.field("data_req", "cookie") { ($0.width, $0.count) = (4, 2) }
    },
    // No number is larger than 4096, and what is behind it is zero.
    Fixture("field-shape", at: "replay_window.size", compatible, compatible) { $0.shortWindow(most: 4096) },
    Fixture("field-range", at: "replay_window.size", conditional, compatible, says: "wants at most 64") {
      $0.shortWindow(most: 64)
    },
    Fixture("field-order", at: "data_req.sa", breaking, breaking, says: "writes sa at 0") {
      $0.field("data_req", "sa") { $0.order = .big }
    },
    Fixture("field-meaning", at: "sa_entry.mode", compatible, breaking, says: "takes it for") {
      $0.field("sa_entry", "mode") { $0.type = .number }
    },
    Fixture("field-reserved", at: "data_req.cookie", breaking, compatible, says: "checks data_req.cookie") {
      $0.field("data_req", "cookie") { $0.type = .reserved }
    },
    Fixture("reserved-used", at: "data_req.hint", compatible, breaking, says: "checks data_req.reserved") {
      $0.field("data_req", "reserved") {
        $0.name = "hint"
        $0.width = 2
        $0.count = nil
        $0.type = .number
      }
    },
    Fixture("reserved-used", at: "capabilities.hint", breaking, compatible, says: "checks capabilities.reserved") {
      $0.field("capabilities", "reserved") {
        $0.name = "hint"
        $0.type = .number
      }
    },
    Fixture("reserved-used", at: "data_req.hint", breaking, breaking, says: "out of something else", from: .careless) {
      $0.field("data_req", "reserved") {
        $0.name = "hint"
        $0.width = 2
        $0.count = nil
        $0.type = .number
      }
    },
    Fixture("field-renamed", at: "data_req.token", sourceBreak, sourceBreak) {
      $0.field("data_req", "cookie") { $0.name = "token" }
    },
    Fixture("reserved-used", at: "data_req.hint", compatible, compatible) {
      $0.feature("VIRTIO_IPSEC_F_HINT", bit: 20)
      $0.hint(feature: "VIRTIO_IPSEC_F_HINT")
    },
    Fixture("reserved-used", at: "data_req.hint", compatible, conditional, says: "checks data_req.reserved") {
      $0.hint(feature: "VIRTIO_IPSEC_F_ESN")
    },
    Fixture("reserved-used", at: "data_req.hint", breaking, breaking, says: "wants at least 1") {
      $0.hint()
      $0.field("data_req", "hint") { $0.least = 1 }
    },
    Fixture("field-reserved", at: "data_req.sa", breaking, breaking, says: "checks data_req.sa") {
      $0.field("data_req", "sa") { $0.type = .reserved }
    },
    Fixture("field-reused", at: "data_req.cookie", breaking, breaking, says: "is lost") {
      $0.field("data_req", "cookie") { ($0.name, $0.summary) = ("deadline", "When to give up.") }
    },
    Fixture("field-meaning", at: "data_req.flags", breaking, breaking, says: "takes it for esn 1") {
      $0.field("data_req", "flags") { $0.type = .bits(layout: "sa_flag") }
    },
    Fixture("field-meaning", at: "data_completion.status", breaking, breaking, says: "takes it for") {
      $0.field("data_completion", "status") { $0.type = .code(enumeration: "proto") }
    },
    Fixture("field-meaning", at: "data_req.cookie", breaking, compatible, says: "takes it for") {
      $0.field("data_req", "cookie") { $0.type = .code(enumeration: "proto") }
    },
    Fixture("field-range", at: "replay_window.size", conditional, compatible, says: "wants at most 64") {
      $0.field("replay_window", "size") { $0.most = 64 }
    },
    Fixture("field-bound", at: "data_completion.output_length", breaking, compatible, says: "output_length") {
      $0.structure("data_completion") { $0.bounds = [] }
    },
  ]
}
