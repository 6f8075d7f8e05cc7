import Model

/// Changes of feature bits and queues.
extension RuleFixtures {
  static let features = [
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
    Fixture("feature-foreign", at: "features.VIRTIO_IPSEC_F_SG_BUFFERS", sourceBreak, sourceBreak) {
      $0.features[0].isForeign = true
    },
  ]

  static let queues = [
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
    Fixture("queue-renamed", at: "queues.ctlq", sourceBreak, sourceBreak) {
      $0.queues.kinds[0].name = "ctlq"
      $0.services[0].queues = ["ctlq"]
    },
  ]
}
