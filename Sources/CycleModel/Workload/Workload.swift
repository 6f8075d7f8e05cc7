public import Clockwork

/// Where requests come from, and who does what they ask for: sizes only, or a whole device behind them.
public protocol Workload {
  /// Queues, at least 1; they share the pipeline and keep the order of their requests.
  var queues: Int { get }

  /// The next request that the driver puts on `queue`, and how long after the one before; nil when there are no more.
  /// A driver that finds the ring full waits.
  mutating func next(on queue: Int) -> (gap: Picoseconds, request: Request)?

  /// A lane takes the request: what is to be done is done now. What it turns out to write may be changed.
  mutating func process(_ request: inout Request, serial: UInt64, on queue: Int)

  /// The driver has heard of the completion.
  mutating func completed(_ request: Request, serial: UInt64, on queue: Int, at instant: Instant)
}

extension Workload {
  public mutating func process(_ request: inout Request, serial: UInt64, on queue: Int) {}
  public mutating func completed(_ request: Request, serial: UInt64, on queue: Int, at instant: Instant) {}
}
