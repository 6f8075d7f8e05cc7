import Model

/// Changes of registers and the device's numbers.
extension RuleFixtures {
  static let device = [
    Fixture("device-id", at: "identity.device_id", breaking, breaking, says: "looks for 63") {
      $0.identity.deviceID = 62
    },
    Fixture("pci-id", at: "identity.pci_vendor", breaking, breaking, says: "does not bind") {
      $0.identity.pciVendor = 1
    },
    Fixture("version-number", at: "identity.version", compatible, compatible) { $0.identity.versionRegister += 1 },
    Fixture("version-number", at: "identity.version", breaking, breaking, says: "lists versions 3.0") {
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
    Fixture("register-reset", at: "registers.guest_queue_info", compatible, breaking, says: "after reset") {
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
    Fixture("version-number", at: "identity.version", compatible, compatible) { $0.identity.versionRegister += 800 },
    Fixture("register-meaning", at: "registers.dev_queue_info", breaking, compatible, says: "for the number 1") {
      $0.register("dev_queue_info") { $0.type = .number }
    },
    Fixture("prefix", at: "prefix", sourceBreak, sourceBreak) { $0.prefix = "virtio_esp" },
  ]
}
