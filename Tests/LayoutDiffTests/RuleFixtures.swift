import Foundation
import Model

/// One change for each rule.
enum RuleFixtures {
  static let all = device + features + queues + numbers + structures + bits + commands + chains + attributes + texts

  private static let (compatible, breaking, conditional) = ("wire-compatible", "wire-breaking", "wire-compatible-if")
  private static let (source, sourceBreak) = ("source-compatible-only", "source-breaking")

  private static let device = [
    Fixture("device-id", at: "identity.device_id", breaking, breaking, says: "looks for 63") {
      $0.identity.deviceID = 62
    },
    Fixture("pci-id", at: "identity.pci_vendor", breaking, breaking, says: "does not bind") {
      $0.identity.pciVendor = 1
    },
    Fixture("version-number", at: "identity.version", compatible, compatible) { $0.identity.versionRegister += 1 },
    Fixture("version-number", at: "identity.version", breaking, breaking, says: "none of which") {
      $0.identity.versionRegister = 3 << 24
    },
    Fixture("register-added", at: "registers.new_limit", compatible, breaking, says: "beyond the end") {
      $0.tailRegister()
    },
    Fixture("register-added", at: "registers.new_limit", compatible, compatible) {
      $0.feature("VIRTIO_IPSEC_F_LIMIT", bit: 20)
      $0.tailRegister(feature: "VIRTIO_IPSEC_F_LIMIT")
    },
    Fixture("register-removed", at: "registers.guest_queue_info", breaking, compatible, says: "beyond the end") {
      $0.registers.removeLast()
    },
    Fixture("register-moved", at: "registers.guest_queue_info", breaking, breaking, says: "beyond the end") {
      $0.register("guest_queue_info") { $0.offset += 4 }
    },
    Fixture("register-shape", at: "registers.guest_queue_info", breaking, breaking, says: "guest_queue_info") {
      $0.register("guest_queue_info") { $0.width = 2 }
    },
    Fixture("register-access", at: "registers.guest_queue_info", breaking, compatible, says: "ignores") {
      $0.register("guest_queue_info") { $0.access = .readOnly }
    },
    Fixture("register-reset", at: "registers.guest_queue_info", breaking, breaking, says: "after reset") {
      $0.register("guest_queue_info") { $0.reset = 1 }
    },
    Fixture("register-count", at: "registers.supported_version", breaking, compatible, says: "element 1") {
      $0.register("supported_version") { $0.count = nil }
    },
    Fixture("register-feature", at: "registers.guest_queue_info", conditional, compatible, says: "beyond the end") {
      $0.register("guest_queue_info") { $0.feature = "VIRTIO_IPSEC_F_AH" }
    },
    Fixture("register-renamed", at: "registers.choice", sourceBreak, sourceBreak) {
      $0.register("guest_queue_info") { $0.name = "choice" }
    },
  ]

  private static let features = [
    Fixture("feature-added", at: "features.VIRTIO_IPSEC_F_NEW", compatible, compatible) {
      $0.feature("VIRTIO_IPSEC_F_NEW", bit: 20)
    },
    Fixture("feature-removed", at: "features.VIRTIO_F_RING_RESET", compatible, compatible) {
      $0.features.removeAll { $0.name == "VIRTIO_F_RING_RESET" }
    },
    Fixture("feature-moved", at: "features.VIRTIO_IPSEC_F_SG_BUFFERS", compatible, compatible) {
      $0.features[0].bit = 20
    },
    Fixture(
      "feature-reused", at: "features.VIRTIO_IPSEC_F_SG_BUFFERS", conditional, conditional, says: "accepts bit 0 as"
    ) {
      $0.features.removeFirst()
      $0.feature("VIRTIO_IPSEC_F_OTHER", bit: 0)
    },
    Fixture("feature-renamed", at: "features.VIRTIO_IPSEC_F_SG_LISTS", sourceBreak, sourceBreak) {
      $0.features[0].name = "VIRTIO_IPSEC_F_SG_LISTS"
    },
    Fixture("feature-needs", at: "features.VIRTIO_IPSEC_F_ESN", conditional, compatible, says: "clears FEATURES_OK") {
      for index in $0.features.indices where $0.features[index].name == "VIRTIO_IPSEC_F_ESN" {
        $0.features[index].needs = ["VIRTIO_IPSEC_F_ANTI_REPLAY_CHECK"]
      }
    },
    Fixture("feature-use", at: "VIRTIO_IPSEC_HMAC_MD5", compatible, conditional, says: "refuses it") {
      $0.featureUses.removeAll { $0.use == .enumerator(name: "VIRTIO_IPSEC_HMAC_MD5") }
    },
  ]

  private static let queues = [
    Fixture("queue-added", at: "queues.eventq", compatible, breaking, says: "queues") { layout in
      var queue = layout.queues.kinds[0]
      queue.name = "eventq"
      for index in layout.queues.kinds.indices { layout.queues.kinds[index].features = [] }
      layout.queues.kinds.append(queue)
    },
    Fixture("queue-removed", at: "queues.decapq", breaking, breaking, says: "uses queue 1 as decapq 0") {
      $0.queues.kinds.remove(at: 1)
    },
    Fixture("queue-order", at: "queues", breaking, breaking, says: "takes it for encapq 0") {
      $0.queues.kinds.swapAt(1, 2)
    },
    Fixture("queue-pairing", at: "queues.encapq", breaking, breaking, says: "with 1 pairs") {
      $0.queues.kinds[2].isPaired = false
      $0.queues.kinds[1].isPaired = false
    },
    Fixture("queue-presence", at: "queues.notifyq", conditional, conditional, says: "has 3 queues") {
      $0.queues.kinds[3].features = ["VIRTIO_IPSEC_F_AH"]
    },
    Fixture("queue-limits", at: "queues.maximum_pairs", compatible, compatible) { $0.queues.maximumPairs = 16 },
  ]

  private static let numbers = [
    Fixture("number-added", at: "mode.VIRTIO_IPSEC_MODE_BEET", compatible, breaking, says: "does not know it") {
      for index in $0.enumerations.indices where $0.enumerations[index].name == "mode" {
        var number = $0.enumerations[index].numbers[0]
        (number.name, number.value) = ("VIRTIO_IPSEC_MODE_BEET", 9)
        $0.enumerations[index].numbers.append(number)
      }
    },
    Fixture("number-removed", at: "mode.VIRTIO_IPSEC_MODE_TRANSPORT", breaking, compatible, says: "does not know it") {
      for index in $0.enumerations.indices where $0.enumerations[index].name == "mode" {
        $0.enumerations[index].numbers.removeAll { $0.name == "VIRTIO_IPSEC_MODE_TRANSPORT" }
      }
    },
    Fixture("number-value", at: "proto.VIRTIO_IPSEC_PROTO_ESP", breaking, breaking, says: "for VIRTIO_IPSEC_PROTO_ESP")
    {
      for index in $0.enumerations.indices where $0.enumerations[index].name == "proto" {
        for number in $0.enumerations[index].numbers.indices
        where $0.enumerations[index].numbers[number].name == "VIRTIO_IPSEC_PROTO_ESP" {
          $0.enumerations[index].numbers[number].value = 77
        }
      }
    },
    Fixture("number-renamed", at: "mode.VIRTIO_IPSEC_MODE_TRANSPORT_ONLY", sourceBreak, sourceBreak) {
      for index in $0.enumerations.indices where $0.enumerations[index].name == "mode" {
        for number in $0.enumerations[index].numbers.indices
        where $0.enumerations[index].numbers[number].name == "VIRTIO_IPSEC_MODE_TRANSPORT" {
          $0.enumerations[index].numbers[number].name = "VIRTIO_IPSEC_MODE_TRANSPORT_ONLY"
        }
      }
    },
  ]

  private static let structures = [
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
    Fixture("field-shape", at: "data_req.cookie", breaking, breaking, says: "cookie") {
      $0.field("data_req", "cookie") {
        $0.width = 1
        $0.count = 8
      }
    },
    Fixture("field-order", at: "data_req.sa", breaking, breaking, says: "writes sa at 0") {
      $0.field("data_req", "sa") { $0.order = .big }
    },
    Fixture("field-meaning", at: "sa_entry.mode", compatible, breaking, says: "does not know") {
      $0.field("sa_entry", "mode") { $0.type = .number }
    },
    Fixture("field-reserved", at: "data_req.cookie", compatible, compatible, says: "checks data_req.cookie") {
      $0.field("data_req", "cookie") { $0.type = .reserved }
    },
    Fixture("reserved-used", at: "data_req.hint", compatible, compatible, says: "checks data_req.reserved") {
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
  ]

  private static let bits = [
    Fixture("bits-added", at: "data_flag.fresh", compatible, compatible, says: "checks to be zero", from: .undescribed)
    {
      $0.bits("data_flag") { $0.append($0[0].named("fresh", low: 15)) }
    },
    Fixture("bits-removed", at: "data_flag.in_place", compatible, compatible, says: "checks to be zero") {
      $0.bits("data_flag") { $0.removeAll { $0.name == "in_place" } }
    },
    Fixture("bits-moved", at: "data_flag.dummy", conditional, conditional, says: "writes flags.dummy in bits") {
      $0.bits("data_flag") { ranges in
        ranges.removeAll(where: \.isReserved)
        ranges[1] = ranges[1].named("dummy", low: 14)
      }
    },
    Fixture("bits-reserved", at: "data_flag.in_place", compatible, compatible, says: "checks to be zero") {
      $0.bits("data_flag") { $0[0].isReserved = true }
    },
    Fixture("bits-used", at: "data_flag.fresh", compatible, compatible, says: "checks to be zero") {
      $0.bits("data_flag") { ranges in
        ranges[2].width -= 1
        ranges.append(ranges[2].named("fresh", low: 15))
      }
    },
    Fixture("bits-used", at: "sa_flag.fresh", breaking, compatible, says: "checks to be zero") {
      $0.bits("sa_flag") { ranges in
        ranges[3].width -= 1
        ranges.append(ranges[3].named("fresh", low: 15))
      }
    },
    Fixture("bits-renamed", at: "data_flag.over", sourceBreak, sourceBreak) {
      $0.bits("data_flag") { $0[0].name = "over" }
    },
  ]

  private static let commands = [
    Fixture("command-added", at: "commands.get_weather", compatible, breaking, says: "knows no such command") {
      var command = $0.services[0].commands[0]
      command.name = "get_weather"
      command.codes[1].value = 99
      $0.services[0].commands.append(command)
    },
    Fixture("command-added", at: "commands.get_weather", compatible, compatible) {
      $0.feature("VIRTIO_IPSEC_F_WEATHER", bit: 20)
      var command = $0.services[0].commands[0]
      (command.name, command.feature) = ("get_weather", "VIRTIO_IPSEC_F_WEATHER")
      command.codes[1].value = 99
      $0.services[0].commands.append(command)
    },
    Fixture("command-removed", at: "commands.add_group", breaking, compatible, says: "knows no such command") {
      $0.services[0].commands.removeAll { $0.name == "add_group" }
    },
    Fixture("command-code", at: "commands.add_group", breaking, breaking, says: "sends add_group as code 2.1") {
      $0.command("add_group") { $0.codes[1].value = 99 }
    },
    Fixture("command-feature", at: "commands.add_group", conditional, compatible, says: "knows no such command") {
      $0.command("add_group") { $0.feature = "VIRTIO_IPSEC_F_SA_BUNDLES" }
    },
    Fixture("command-queue", at: "services.control", breaking, breaking, says: "does not serve it there") {
      $0.services[0].queues = ["notifyq"]
    },
    Fixture("command-renamed", at: "commands.make_group", sourceBreak, sourceBreak) {
      $0.command("add_group") { $0.name = "make_group" }
    },
  ]

  private static let chains = [
    Fixture("chain-parts", at: "commands.delete_group.writable", breaking, breaking, says: "bytes") {
      $0.command("delete_group") { $0.writable.append(.structure(name: "group")) }
    },
    Fixture("chain-condition", at: "commands.add_group.writable", breaking, breaking, says: "bytes") {
      $0.command("add_group") { command in
        let status = Layout.Reference(structure: "ctrl_status", field: "status")
        command.writable[1] = .optional(when: .equals(status, value: 1), part: .structure(name: "group"))
      }
    },
    Fixture("chain-count", at: "commands.process.readable", breaking, breaking, says: "input") {
      $0.command("process") { command in
        let length = Layout.Reference(structure: "data_req", field: "output_capacity")
        command.readable[2] = .bytes(name: "input", length: .field(length, limit: 1 << 20), summary: "The packet.")
      }
    },
    Fixture("chain-limit", at: "commands.process.readable", breaking, compatible, says: "above the limit of 16") {
      $0.command("process") { command in
        let length = Layout.Reference(structure: "data_req", field: "input_length")
        command.readable[2] = .bytes(name: "input", length: .field(length, limit: 16), summary: "The packet.")
      }
    },
  ]

  private static let attributes = [
    Fixture(
      "attribute-added", at: "attributes.sa_attributes.colour", compatible, breaking, says: "does not know attribute 99"
    ) {
      $0.attribute("colour", type: 99)
    },
    Fixture("attribute-added", at: "attributes.sa_attributes.colour", compatible, compatible) {
      $0.attribute("colour", type: 0x8063)
    },
    Fixture(
      "attribute-removed", at: "attributes.sa_attributes.cipher", breaking, compatible, says: "does not know attribute"
    ) {
      $0.attributeSets[0].attributes.removeAll { $0.name == "cipher" }
    },
    Fixture(
      "attribute-type", at: "attributes.sa_attributes.cipher", breaking, breaking, says: "does not know attribute"
    ) {
      for index in $0.attributeSets[0].attributes.indices where $0.attributeSets[0].attributes[index].name == "cipher" {
        $0.attributeSets[0].attributes[index].type.value = 77
      }
    },
    Fixture("attribute-encoding", at: "attributes.sa_attributes", breaking, breaking, says: "attribute") {
      $0.attributeSets[0].alignment = 4
    },
  ]

  private static let texts: [Fixture] = [
    Fixture("documentation", at: "data_req", "documentation-only", "documentation-only") {
      $0.structure("data_req") { $0.summary = "Other words." }
    },
    Fixture("behaviour", at: "statements.handles", source, source) { $0.statements.removeAll { $0.id == "handles" } },
  ]
}

extension Layout {
  /// 2.0 with a structure that no chain has.
  fileprivate static func withSpare(_ name: String) -> Layout {
    let base = Fixture.base
    var layout = base
    for service in layout.services.indices {
      layout.services[service].commands.removeAll { command in
        (command.readable + command.writable).contains { $0.structures(in: base).contains(name) }
      }
    }
    return layout
  }

  /// 2.0 with bits that nothing describes.
  fileprivate static var undescribed: Layout {
    var layout = Fixture.base
    layout.bits("data_flag") { $0.removeAll(where: \.isReserved) }
    return layout
  }

  /// 2.0 without the rule that reserved bytes are zero and checked.
  fileprivate static var careless: Layout {
    var layout = Fixture.base
    layout.statements.removeAll { $0.id == "reserved" }
    return layout
  }

  /// The layout with another name for a structure, everywhere.
  func renaming(_ name: String, to other: String) -> Layout {
    let encoder = JSONEncoder()
    guard let data = try? encoder.encode(self) else { return self }
    let text = String(decoding: data, as: UTF8.self).replacing("\"\(name)\"", with: "\"\(other)\"")
    return (try? JSONDecoder().decode(Layout.self, from: Data(text.utf8))) ?? self
  }
}
