import Wire

extension Spec {
  private static let queues = [
    Queue("controlq", "Capabilities, groups and SAs: queue 0."),
    Queue("decapq", "Packets to decapsulate: the first queue of each pair.", isPaired: true),
    Queue("encapq", "Packets to encapsulate: the second queue of each pair.", isPaired: true),
    Queue(
      "notifyq", "Room for events: the last queue, there if an event can be asked for.", features: Feature.notifications
    ),
  ]

  /// The queues within virtio's limits.
  static let queueTopology = QueueTopology(
    queues, defaultDataQueues: 2, maximumPairs: 4094, defaultSize: 256, maximumSize: 32_768)
}
