public import Clockwork

/// Traffic without bytes: rings that only count, and a device that does nothing.
///
/// Accesses to its variables are not checked at run time for overlap: what is called meanwhile, a draw or a ring, is a
/// value that knows nothing of this object; a reset reads `requests` while it changes a ring, which stands in `ends`.
public final class SizesOnly: Workload {
  /// What goes over one queue.
  public struct Flow: Sendable {
    public var draw: Draw
    /// What each needs: by SA, and for each SA by shape.
    public var requests: [Request]

    /// - Precondition: there is a request for each shape of each SA.
    public init(_ draw: Draw, _ requests: [Request]) {
      precondition(requests.count == draw.shapes * draw.associations, "each shape of each SA has a size")
      self.draw = draw
      self.requests = requests
    }
  }

  public let queues: Int
  private let dataQueues: Range<Int>
  @exclusivity(unchecked) private var ends: Cells<End>
  /// What each chain under way needs.
  @exclusivity(unchecked) private var requests: Cells<Request>

  /// Both ends of a queue.
  private struct End: ~Copyable, Duplicable {
    var flow: Flow
    /// What the driver sends next.
    var held: Request
    /// Free descriptors.
    var room: UInt32
    var ring: CountingRing

    init(_ flow: Flow, ringSize: UInt64, _ kind: RingKind) {
      self.flow = flow
      held = flow.requests[0]
      room = UInt32(ringSize)
      ring = CountingRing(size: Int(ringSize), kind)
    }

    borrowing func copy() -> End { End(copying: self) }

    private init(copying other: borrowing End) {
      (flow, held, room) = (other.flow, other.held, other.room)
      ring = other.ring.copy()
    }
  }

  /// - Parameters:
  ///   - ringSize: descriptors of a ring.
  ///   - dataQueues: those that the device's cores divide between them; nil for all.
  public init(_ flows: [Flow], ringSize: UInt64, _ kind: RingKind = RingKind(), dataQueues: Range<Int>? = nil) {
    queues = flows.count
    self.dataQueues = dataQueues ?? 0..<flows.count
    ends = Cells(count: flows.count) { End(flows[$0], ringSize: ringSize, kind) }
    requests = Cells(repeating: flows[0].requests[0], count: flows.count * Int(ringSize))
  }

  private init(copying other: SizesOnly) {
    (queues, dataQueues) = (other.queues, other.dataQueues)
    ends = other.ends.copy()
    requests = other.requests.copied()
  }

  public func copy() -> any Workload { SizesOnly(copying: self) }

  public func share(of queue: Int) -> (part: Int, of: Int) {
    dataQueues.contains(queue) ? (queue - dataQueues.lowerBound, dataQueues.count) : (0, 1)
  }

  // MARK: Driver

  public func next(on queue: Int) -> Picoseconds? {
    guard let (gap, shape, association) = ends[queue].flow.draw.next() else { return nil }
    let index = association * ends[queue].flow.draw.shapes + shape
    ends[queue].held = ends[queue].flow.requests[index]
    return gap
  }

  public func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission {
    var request = ends[queue].held
    if request.descriptors > ends[queue].room { return .full }
    ends[queue].room -= request.descriptors
    if isCorrupted { request.packets = 0 }
    requests[Int(item)] = request
    return ends[queue].ring.add(item) ? .rung : .quiet
  }

  public func reap(_ queue: Int, at instant: Instant) -> UInt32? {
    guard let item = ends[queue].ring.reap() else { return nil }
    ends[queue].room += requests[Int(item)].descriptors
    return item
  }

  public func reset(at instant: Instant) {
    for queue in 0..<queues {
      var freed: UInt32 = 0
      ends[queue].ring.reset { freed += requests[Int($0)].descriptors }
      ends[queue].room += freed
    }
  }

  // MARK: Device

  public func take(_ item: UInt32, from queue: Int) -> Request? {
    ends[queue].ring.take()
    let request = requests[Int(item)]
    return request.packets == 0 ? nil : request
  }

  public func start(_ item: UInt32, on queue: Int) {}
  public func finish(_ item: UInt32, _ request: inout Request, on queue: Int) {}
  public func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?) { ends[queue].ring.use() }
  public func publish(_ queue: Int) -> Bool { ends[queue].ring.publish() }
  public func sleep(_ queue: Int) -> Bool { ends[queue].ring.sleep() }
  public func wake(_ queue: Int) { ends[queue].ring.wake() }
  public func notify() -> Int? { nil }
  public func dropEvent() {}
}
