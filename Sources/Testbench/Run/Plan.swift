public import CycleModel
public import Device
public import Spec
public import Virtio
public import Wire

/// All that a run depends on: the same plan gives the same packets and the same trace on any machine.
public struct Plan: Sendable {
  public var version: SpecVersion
  public var mode: Mode
  /// Features that the driver knows; nil for all that the device offers but packed rings and IN_ORDER.
  public var features: FeatureSet?
  /// Encap/decap queue pairs.
  public var pairs = 1
  /// Each is set up in both directions.
  public var associations: [SADescription]
  /// At most one for each queue.
  public var flows: [Flow]
  public var faults: [Fault] = []
  public var seed: UInt64 = 1
  /// Whether to keep statistics of units; counts and bytes are always kept.
  public var isObserved = true

  public init(
    version: SpecVersion = .v2_0, mode: Mode = .timed(), associations: [SADescription], flows: [Flow]
  ) {
    self.version = version
    self.mode = mode
    self.associations = associations
    self.flows = flows
  }
}

/// What a driver sends over one queue.
public struct Flow: Sendable {
  public enum Work: Hashable, Sendable {
    /// Packets to protect, over the pair's encap queue.
    case encapsulate
    /// Packets that a peer has protected, over the pair's decap queue. Of a million, so many come a second time.
    case decapsulate(replaysPerMillion: UInt32 = 0)
    /// SAs that are added and deleted in turn, over the control queue.
    case churn
  }

  public var work: Work
  /// The queue pair, from 0.
  public var pair: Int
  public var arrivals: Traffic.Arrivals
  /// Requests in all.
  public var count: UInt64
  /// IP packets to draw from, each as likely as the others; one that is there twice is twice as likely.
  public var packets: [[UInt8]]
  /// Packets come in turn, as from a capture, instead of at random.
  public var isInTurn = false
  /// SAs over which the packets are spread at random, by their place in the plan; none for all.
  public var associations: [Int] = []

  public init(
    _ work: Work = .encapsulate, pair: Int = 0, _ arrivals: Traffic.Arrivals = .saturating, count: UInt64,
    packets: [[UInt8]]
  ) {
    self.work = work
    self.pair = pair
    self.arrivals = arrivals
    self.count = count
    self.packets = packets
  }
}

extension Plan {
  /// What kind of rings its driver and its device agree on.
  package var ringKind: RingKind {
    features.map(RingKind.init) ?? RingKind()
  }

  /// The queue of a flow, as the device numbers its queues.
  static func queue(of flow: Flow) -> Int {
    switch flow.work {
    case .churn: 0
    case .decapsulate: 1 + 2 * flow.pair
    case .encapsulate: 2 + 2 * flow.pair
    }
  }

  /// Queues with traffic: the control queue and all pairs.
  var queueCount: Int { 1 + 2 * pairs }
  /// Descriptors of a queue.
  var ringSize: Int { Int(mode.profile?.ringSize ?? 256) }

  /// A queue's place among those that the device's cores divide between them.
  func share(of queue: Int) -> (part: Int, of: Int) {
    (1...2 * pairs).contains(queue) ? (queue - 1, 2 * pairs) : (0, 1)
  }

  /// - Throws: `TestbenchError.plan`.
  func validate() throws(TestbenchError) {
    guard (1...4094).contains(pairs) else { throw .plan("pairs: \(pairs) is not within 1 to 4094") }
    guard let profile = mode.profile else { return }
    do throws(ProfileError) { try profile.validate() } catch { throw .plan("profile: \(error)") }
    guard ringSize & (ringSize - 1) == 0, ringSize > 1 else {
      throw .plan("profile: ring.size: \(ringSize) is not a power of two, and at least 2")
    }
  }

  /// The flow of each queue; nil where there is none.
  ///
  /// - Throws: `TestbenchError.plan`.
  func flowsByQueue() throws(TestbenchError) -> [Flow?] {
    var result = [Flow?](repeating: nil, count: queueCount)
    for flow in flows {
      guard flow.pair >= 0, flow.pair < pairs else { throw .plan("flow: there is no queue pair \(flow.pair)") }
      guard flow.work == .churn || !flow.packets.isEmpty else { throw .plan("flow: no packets") }
      guard !associations.isEmpty else { throw .plan("associations: none") }
      guard flow.associations.allSatisfy(associations.indices.contains) else {
        throw .plan("flow: associations are 0 to \(associations.count - 1)")
      }
      guard result[Self.queue(of: flow)] == nil else { throw .plan("flow: two for the same queue") }
      result[Self.queue(of: flow)] = flow
    }
    return result
  }

  /// What the flow of a queue draws from.
  func draw(_ flow: Flow, queue: Int) -> Draw {
    let count = flow.associations.isEmpty ? associations.count : flow.associations.count
    return Draw(
      flow.arrivals, count: flow.count, shapes: flow.work == .churn ? 2 : flow.packets.count,
      associations: flow.work == .churn ? 1 : count, isInTurn: flow.isInTurn || flow.work == .churn,
      seed: seed &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(queue))
  }
}

extension RingKind {
  /// The kind that a device has whose driver knows these features.
  package init(_ features: FeatureSet) {
    self.init(isPacked: RingFormat(features) == .packed, hasEventIndex: features.contains(.eventIndex))
  }
}
