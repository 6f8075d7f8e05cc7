/// The device's virtqueues: which there are and in which order.
public struct QueueTopology: Sendable {
  /// The queues in the order of their indices; those that are `paired` come in turn, as often as there are pairs.
  public let queues: [Queue]
  /// Number of data queues when the guest selects nothing.
  public let defaultDataQueues: Int
  /// Largest number of encap/decap queue pairs.
  public let maximumPairs: Int
  /// Descriptors in a queue.
  public let defaultSize: Int
  public let maximumSize: Int

  public init(
    _ queues: [Queue], defaultDataQueues: Int, maximumPairs: Int, defaultSize: Int, maximumSize: Int
  ) {
    self.queues = queues
    self.defaultDataQueues = defaultDataQueues
    self.maximumPairs = maximumPairs
    self.defaultSize = defaultSize
    self.maximumSize = maximumSize
  }

  /// Number of data queues that two sides use together: the least common multiple of twice the guest's scaling and the
  /// device's, so that each vCPU has whole pairs and each device core an equal share; at most two for each pair.
  ///
  /// Zero from either side counts as one. The cap keeps whole pairs.
  public static func dataQueues(guestScaling: Int, deviceScaling: Int, maximumPairs: Int) -> Int {
    let guest = 2 * max(guestScaling, 1)
    let device = max(deviceScaling, 1)
    let common = guest / greatestCommonDivisor(guest, device) * device
    return min(common, 2 * maximumPairs)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}

/// One kind of virtqueue.
public struct Queue: Sendable {
  /// Name in the interface, in snake case.
  public let name: StaticString
  public let summary: StaticString
  /// Whether there is one for each pair, rather than one for the device.
  public let isPaired: Bool
  /// The features of which one must be negotiated for the queue to be there; empty for a queue that always is.
  public let features: [any Enumeration]

  public init(_ name: StaticString, _ summary: StaticString, isPaired: Bool = false, features: [any Enumeration] = []) {
    self.name = name
    self.summary = summary
    self.isPaired = isPaired
    self.features = features
  }
}
