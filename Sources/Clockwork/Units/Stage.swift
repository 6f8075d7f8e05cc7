/// A bounded queue and the lanes that serve it.
///
/// ```
///            ┌─┬─┬─┬─┐   ┌ lane 0 ┐
///  reserve → │ │ │ │ │ → │   …    │ → the next stage, whose place was reserved before the start
///   push     └─┴─┴─┴─┘   └ lane n ┘
/// ```
public struct Stage: Sendable {
  public var queue: BoundedQueue
  public var server: Server
  /// How long each was at the stage, from joining the queue to leaving.
  public var latency = Histogram()

  /// - Parameters:
  ///   - capacity: places of the queue, at least 1.
  ///   - lanes: 1 to 64.
  public init(capacity: Int, lanes: Int) {
    queue = BoundedQueue(capacity: capacity)
    server = Server(lanes: lanes)
  }

  /// Whether somebody waits and a lane is free; if not, notes that the free lanes starve.
  public mutating func isReady(at instant: Instant) -> Bool {
    if queue.isEmpty {
      server.utilisation.wait(.starved, at: instant)
      return false
    }
    return server.hasFreeLane
  }

  /// Notes why the first in the queue cannot start though a lane is free.
  public mutating func hold(_ reason: Utilisation.Reason, at instant: Instant) {
    server.utilisation.wait(reason, at: instant)
  }

  /// Takes the first out of the queue and onto a lane; `isReady` must be true.
  public mutating func start(at instant: Instant) -> (subject: UInt32, lane: UInt16) {
    (queue.pop(at: instant), server.start(at: instant))
  }
}
