public import Clockwork

/// The device's pipeline in time.
///
/// ```
///  doorbell → descriptor fetch → header read → parse → SA cache → input DMA → lanes ┐
///                                                 └──→ control unit ────────────────┴→ output DMA
///                                              driver ← interrupt ← used write-back ←──┘
/// ```
///
/// A unit starts a request only when the next unit has a place for it; all memory traffic shares the bus. Requests
/// may overtake each other between parse and output, and are put back into the order of their queue at the used ring.
public struct Pipeline<W: Workload>: Machine {
  public let profile: Profile
  public var workload: W
  public internal(set) var rings: [Ring]
  /// The units that have a queue and lanes; `stage(_:)` finds them by name.
  var stages: [Stage]
  var cache: SACache
  /// The data path of reads and that of writes, or one for both.
  public internal(set) var buses: [Bus]
  /// Latency from the driver's ring to the driver's interrupt handler.
  public internal(set) var latency = Histogram()
  public internal(set) var accepted: UInt64 = 0
  public internal(set) var completed: UInt64 = 0
  public internal(set) var bytesIn: UInt64 = 0
  public internal(set) var bytesOut: UInt64 = 0
  public internal(set) var notificationsDropped: UInt64 = 0

  let core: ClockDomain
  var items: [Item] = []
  var freeItems: [UInt32] = []
  /// What each lane of the fetch unit and of the write-back is at: the queue and how many requests.
  var fetches: [Batch]
  var writeBacks: [Batch]
  var turn = 0

  struct Batch: Sendable {
    var queue = 0
    var first: UInt64 = 0
    var count: UInt64 = 0
  }

  /// - Throws: `ProfileError` for a value out of its range.
  public init(_ workload: W, profile: Profile = Profile()) throws(ProfileError) {
    try profile.validate()
    self.workload = workload
    self.profile = profile
    core = ClockDomain(frequency: profile.coreFrequency)
    rings = (0..<workload.queues).map { _ in Ring(size: Int(profile.ringSize)) }
    stages = Unit.allCases.map { Stage($0, profile) }
    cache = SACache(entries: Int(profile.cacheEntries), ways: Int(profile.cacheWays))
    let clients = Client.allCases.map { $0.transfers(profile) }
    buses = (0...profile.busDuplex).map { _ in
      Bus(
        clock: ClockDomain(frequency: profile.busFrequency), rate: profile.busRate, limit: Int(profile.busOutstanding),
        clients: clients)
    }
    fetches = Array(repeating: Batch(), count: Int(profile.fetchOutstanding))
    writeBacks = Array(repeating: Batch(), count: Int(profile.usedOutstanding))
    let places = Int(profile.ringSize) * workload.queues
    items.reserveCapacity(places)
    freeItems.reserveCapacity(places)
  }

  /// The queue and the lanes of a unit; the ring and the interrupt have none that are used.
  public func stage(_ unit: Unit) -> Stage { stages[Int(unit.rawValue)] }

  /// Share of the look-ups that found their SA in the cache: 0 to 1; 1 before the first.
  public var hitRate: Double {
    let all = cache.hits + cache.misses + cache.merged
    return all == 0 ? 1 : Double(cache.hits) / Double(all)
  }

  public mutating func begin(_ kernel: inout Kernel) {
    for queue in rings.indices { askForNext(queue, &kernel) }
  }

  public mutating func handle(_ event: Event, _ kernel: inout Kernel) {
    let subject = event.subject
    switch Step(rawValue: event.code) {
    case .arrival: arrive(Int(subject), &kernel)
    case .doorbell: ring(Int(subject), &kernel)
    case .fetched: finishFetch(UInt16(subject), &kernel)
    case .headerRead: finishHeader(subject, &kernel)
    case .parsed: finishParse(subject, &kernel)
    case .lookedUp: finishLookUp(subject, &kernel)
    case .associationRead: unpackAssociation(line: subject, &kernel)
    case .filled: finishFill(line: subject, &kernel)
    case .inputRead: finishInput(subject, &kernel)
    case .laneFree: freeLane(UInt16(subject), &kernel)
    case .processed: finishProcessing(subject, &kernel)
    case .controlled: finishControl(subject, &kernel)
    case .outputWritten: finishOutput(subject, &kernel)
    case .notified: finishNotification(UInt16(subject), &kernel)
    case .usedWritten: finishWriteBack(UInt16(subject), &kernel)
    case .usedTimer: usedTimerFired(Int(subject), &kernel)
    case .interruptTimer: interruptTimerFired(Int(subject), &kernel)
    case .interrupted: interrupted(Int(subject), &kernel)
    case nil: preconditionFailure("event \(event.code) is not the pipeline's")
    }
  }
}

extension Pipeline: Sendable where W: Sendable {}
