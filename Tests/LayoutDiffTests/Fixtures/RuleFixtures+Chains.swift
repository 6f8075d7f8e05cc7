import Model

/// Changes of chains and attributes.
extension RuleFixtures {
  static let chains = [
    Fixture("chain-parts", at: "commands.delete_group.writable", breaking, breaking, says: "bytes") {
      $0.command("delete_group") { $0.writable.append(.structure(name: "group")) }
    },
    Fixture("chain-condition", at: "commands.add_group.writable", breaking, breaking, says: "bytes") {
      $0.command("add_group") { command in
        let status = Layout.Reference(structure: "ctrl_status", field: "status")
        command.writable[1] = .optional(when: .equals(status, value: 1), part: .structure(name: "group"))
      }
    },
    Fixture("chain-condition", at: "commands.add_group.writable", breaking, breaking, says: "bytes") { layout in
      layout.command("add_group") { command in
        guard case .optional(_, let inner) = command.writable[1] else { return }
        command.writable[1] = inner
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
    Fixture("chain-limit", at: "commands.process.readable", compatible, breaking, says: "above the limit of 1048576") {
      $0.command("process") { command in
        let length = Layout.Reference(structure: "data_req", field: "input_length")
        command.readable[2] = .bytes(name: "input", length: .field(length, limit: 2 << 20), summary: "The packet.")
      }
    },
    Fixture("chain-renamed", at: "commands.process.readable.packet", sourceBreak, sourceBreak) {
      $0.command("process") { command in
        guard case .bytes(_, let length, let summary) = command.readable[2] else { return }
        command.readable[2] = .bytes(name: "packet", length: length, summary: summary)
      }
    },
  ]

  static let attributes = [
    Fixture(
      "attribute-added", at: "attributes.sa_attributes.colour", compatible, breaking, says: "does not know attribute 99"
    ) {
      $0.attribute("colour", type: 99)
    },
    Fixture("attribute-added", at: "attributes.sa_attributes.colour", compatible, compatible) {
      $0.attribute("colour", type: 0x8063)
    },
    // Whoever passes over it also passes over a structure that another attribute has, too.
    Fixture("attribute-added", at: "attributes.sa_attributes.colour", compatible, compatible) {
      $0.attribute("colour", type: 0x8063, parts: [.structure(name: "tfc")])
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
    // By its own bit the older device passes over what it does not know, marked by the newer one's or not.
    Fixture("attribute-added", at: "attributes.sa_attributes.colour", compatible, compatible) {
      $0.attribute("colour", type: 0x8063, parts: [.structure(name: "tfc")])
      $0.attributeSets[0].ignorableBit = 14
    },
    Fixture(
      "attribute-encoding", at: "attributes.sa_attributes", compatible, breaking, says: "looks at bit 15 and ignores it"
    ) {
      $0.attribute("colour", type: 0x8063, parts: [.structure(name: "tfc")])
      $0.attributeSets[0].ignorableBit = 14
    },
    Fixture(
      "attribute-encoding", at: "attributes.sa_attributes", compatible, breaking, says: "looks at bit 15 and refuses it"
    ) {
      $0.attribute("colour", type: 0x4063)
      $0.attributeSets[0].ignorableBit = 14
    },
    Fixture("attribute-encoding", at: "attributes.sa_attributes", compatible, compatible) {
      $0.attributeSets[0].ignorableBit = 14
    },
    Fixture("attribute-macro", at: "attributes.sa_attributes.cipher", sourceBreak, sourceBreak) {
      for index in $0.attributeSets[0].attributes.indices where $0.attributeSets[0].attributes[index].name == "cipher" {
        $0.attributeSets[0].attributes[index].type.name = "VIRTIO_IPSEC_ATTR_ENCRYPTION"
      }
    },
    Fixture("attribute-renamed", at: "attributes.sa_attributes.encryption", sourceBreak, sourceBreak) {
      for index in $0.attributeSets[0].attributes.indices where $0.attributeSets[0].attributes[index].name == "cipher" {
        $0.attributeSets[0].attributes[index].name = "encryption"
      }
    },
  ]
}
