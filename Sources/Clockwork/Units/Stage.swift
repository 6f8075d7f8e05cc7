/// A bounded queue and the lanes that serve it.
///
/// ```
///            ┌─┬─┬─┬─┐   ┌ lane 0 ┐
///  reserve → │ │ │ │ │ → │   …    │ → the next stage, whose place was reserved before the start
///   push     └─┴─┴─┴─┘   └ lane n ┘
/// ```
public struct Stage: ~Copyable, Sendable {
  public var queue: BoundedQueue
  public var server: Server
  /// How long each was at the stage, from joining the queue to leaving.
  public var latency = Histogram()
  /// Whether the first in the queue waits for a place in the next stage: to be looked at again when there is one.
  public var isBlocked = false
  /// Whether it keeps statistics.
  @inlinable public var isObserved: Bool { queue.isObserved }

  /// - Parameters:
  ///   - capacity: places of the queue, at least 1.
  ///   - lanes: 1 to 64.
  ///   - isObserved: whether it keeps statistics.
  public init(capacity: Int, lanes: Int, isObserved: Bool = true) {
    queue = BoundedQueue(capacity: capacity, isObserved: isObserved)
    server = Server(lanes: lanes, isObserved: isObserved)
  }

  /// Whether somebody waits and a lane is free; if not, notes that the free lanes starve.
  @inlinable
  public mutating func isReady(at instant: Instant) -> Bool {
    if queue.isEmpty {
      server.wait(.starved, at: instant)
      return false
    }
    return server.hasFreeLane
  }

  /// Notes why the first in the queue cannot start though a lane is free.
  @inlinable
  public mutating func hold(_ reason: Utilisation.Reason, at instant: Instant) {
    isBlocked = reason == .blocked
    server.wait(reason, at: instant)
  }

  /// Takes the first out of the queue and onto a lane; `isReady` must be true.
  @inlinable
  public mutating func start(at instant: Instant) -> (subject: UInt32, lane: UInt16) {
    isBlocked = false
    return (queue.pop(at: instant), server.start(at: instant))
  }

  /// Notes that what joined at `entered` leaves.
  @inlinable
  public mutating func leave(entered: Instant, at instant: Instant) {
    if isObserved { latency.record(instant - entered) }
  }
}

extension Stage: Duplicable {
  public borrowing func copy() -> Stage { Stage(copying: self) }

  private init(copying other: borrowing Stage) {
    queue = other.queue.copy()
    server = other.server
    latency = other.latency.copy()
    isBlocked = other.isBlocked
  }
}
