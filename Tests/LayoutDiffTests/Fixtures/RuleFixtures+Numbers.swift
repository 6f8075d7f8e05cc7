import Model

/// Changes of enumerators, constants and texts.
extension RuleFixtures {
  static let numbers = [
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
    Fixture("numbers-renamed", at: "sa_mode", sourceBreak, sourceBreak) { $0 = $0.renaming("mode", to: "sa_mode") },
    Fixture("number-added", at: "status.VIRTIO_IPSEC_STATUS_TIRED", breaking, compatible, says: "does not know it") {
      for index in $0.enumerations.indices where $0.enumerations[index].name == "status" {
        var number = $0.enumerations[index].numbers[0]
        (number.name, number.value, number.summary) = ("VIRTIO_IPSEC_STATUS_TIRED", 200, "The device is tired.")
        $0.enumerations[index].numbers.append(number)
      }
    },
    Fixture("number-value", at: "limit.VIRTIO_IPSEC_LIMIT", breaking, breaking, says: "definition", from: .limited(1)) {
      $0.constants = Layout.limited(2).constants
    },
  ]

  static let texts: [Fixture] = [
    Fixture("documentation", at: "data_req", "documentation-only", "documentation-only") {
      $0.structure("data_req") { $0.summary = "Other words." }
    },
    Fixture("behaviour", at: "statements.handles", source, source) { $0.statements.removeAll { $0.id == "handles" } },
    Fixture("behaviour", at: "statements.handles", source, source) { layout in
      for index in layout.statements.indices where layout.statements[index].id == "handles" {
        layout.statements[index].text = "Handles are what they were."
      }
    },
    Fixture("behaviour", at: "statements.reserved", breaking, breaking, says: "checks") {
      $0.statements.removeAll { $0.id == "reserved" }
    },
    Fixture("documentation", at: "counterparts.ctrl_hdr.class", documentation, documentation) {
      $0.counterparts.removeAll { $0.place == "ctrl_hdr.class" }
    },
  ]
}
