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
/// may overtake each other between SA cache and output, also those of one SA: a short packet is out of its lane before
/// a long one that began earlier. They begin on the lanes, where the SA counts them, in the order in which their input
/// has come, and are put back into the order of their queue at the used ring.
public struct Pipeline: ~Copyable, Machine {
  public let profile: Profile
  public let workload: any Workload
  /// Whether it keeps statistics of its units.
  public let isObserved: Bool
  /// The units that have a queue and lanes, by their numbers, and further cores' lanes behind.
  var stages: Cells<Stage>
  var rings: Cells<Ring>
  var cache: SACache
  /// The data path of reads and that of writes, or one for both.
  var buses: Cells<Bus>
  var items: Items
  /// What each lane of the fetch unit and of the write-back is at: the queue and how many requests.
  var fetches: Cells<Batch>
  var writeBacks: Cells<Batch>
  var faults: FaultPlan
  /// Latency from the driver's ring to the driver's interrupt handler.
  var latency = Histogram()
  var totals = Totals()
  let core: ClockDomain
  let ringKind: RingKind
  /// The queue that was fetched from last.
  var turn = 0
  /// The driver starts the device anew.
  var isDown = false
  /// When it does.
  var restart = Instant.start
  var driverStop = Absence()
  var backendLoss = Absence()

  struct Batch: BitwiseCopyable, Sendable {
    var queue = 0
    var first: UInt64 = 0
    var count: UInt64 = 0
  }

  /// - Parameters:
  ///   - faults: what is to go wrong.
  ///   - seed: of the faults that come by chance.
  ///   - isObserved: whether to keep statistics of the units; counts and bytes are always kept.
  /// - Throws: `ProfileError` for a value out of its range.
  public init(
    _ workload: any Workload, ring: RingKind = RingKind(), profile: Profile = Profile(), faults: [Fault] = [],
    seed: UInt64 = 1, isObserved: Bool = true
  ) throws(ProfileError) {
    try profile.validate()
    (self.workload, ringKind) = (workload, ring)
    self.profile = profile
    self.isObserved = isObserved
    core = profile.core
    let size = Int(profile.ringSize), scaling = Int(profile.scaling)
    rings = Cells(count: workload.queues) { queue in
      let (part, all) = workload.share(of: queue)
      return Ring(size: size, core: part * min(scaling, all) / all)
    }
    let units = Unit.allCases
    stages = Cells(count: units.count + scaling - 1) {
      $0 < units.count ? Stage(units[$0], profile, isObserved) : Stage(core: $0 - units.count + 1, profile, isObserved)
    }
    cache = SACache(entries: Int(profile.cacheEntries), ways: Int(profile.cacheWays))
    let clients = Client.allCases.map { $0.transfers(profile) }
    buses = Cells(count: 1 + Int(profile.busDuplex)) { _ in
      Bus(
        clock: profile.bus, rate: profile.busRate, limit: Int(profile.busOutstanding), clients: clients,
        isObserved: isObserved)
    }
    items = Items(capacity: size * workload.queues)
    fetches = Cells(repeating: Batch(), count: Int(profile.fetchOutstanding))
    writeBacks = Cells(repeating: Batch(), count: Int(profile.usedOutstanding))
    self.faults = FaultPlan(faults, seed: seed)
  }

  /// Traffic of sizes only.
  public init(
    _ traffic: Traffic, profile: Profile = Profile(), faults: [Fault] = [], isObserved: Bool = true
  ) throws(ProfileError) {
    try profile.validate()
    try self.init(
      SizesOnly(traffic.flows, ringSize: profile.ringSize), profile: profile, faults: faults, seed: traffic.seed,
      isObserved: isObserved)
  }

  // MARK: Machine

  public mutating func begin(_ kernel: inout Kernel) {
    for (index, fault) in faults.all.enumerated() {
      guard case .cycle(let cycle) = fault.trigger else { continue }
      kernel.schedule(Step.fault.rawValue, UInt32(index), at: core.instant(ofCycle: cycle))
    }
    for queue in 0..<rings.count { askForNext(queue, &kernel) }
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
    case .laneFree: freeLane(UInt16(subject & 0xff), core: Int(subject >> 8), &kernel)
    case .processed: finishProcessing(subject, &kernel)
    case .controlled: finishControl(subject, &kernel)
    case .outputWritten: finishOutput(subject, &kernel)
    case .notified: finishNotification(UInt16(subject), &kernel)
    case .usedWritten: finishWriteBack(UInt16(subject), &kernel)
    case .usedTimer: usedTimerFired(Int(subject), &kernel)
    case .interruptTimer: interruptTimerFired(Int(subject), &kernel)
    case .interrupted: interrupted(Int(subject), &kernel)
    case .fault: strike(Int(subject), &kernel)
    case .restarted: restart(&kernel)
    case .driverBack: resumeDriver(&kernel)
    case .backendBack: restoreBackend(&kernel)
    case nil: preconditionFailure("event \(event.code) is not the pipeline's")
    }
  }

  // MARK: Copying

  public borrowing func copy() -> Pipeline { Pipeline(copying: self) }

  private init(copying other: borrowing Pipeline) {
    (profile, isObserved, core, ringKind) = (other.profile, other.isObserved, other.core, other.ringKind)
    workload = other.workload.copy()
    stages = other.stages.copy()
    rings = other.rings.copy()
    cache = other.cache.copy()
    buses = other.buses.copy()
    items = other.items.copy()
    fetches = other.fetches.copied()
    writeBacks = other.writeBacks.copied()
    faults = other.faults
    latency = other.latency.copy()
    (totals, turn) = (other.totals, other.turn)
    (isDown, restart, driverStop, backendLoss) = (other.isDown, other.restart, other.driverStop, other.backendLoss)
  }
}
