public import Clockwork

/// Both ends of the rings, as the pipeline sees them: a driver that asks, and a device that does what it is asked. The
/// pipeline says when; what is done, and with what bytes, is the workload's.
///
/// `item` names a chain from `submit` to `reap`; numbers are given out again after that.
public protocol Workload: AnyObject {
  /// Queues, at least 1; they share the pipeline and keep the order of their requests.
  var queues: Int { get }
  /// A queue's place among those that the device's cores divide between them, from 0 on, and how many these are.
  func share(of queue: Int) -> (part: Int, of: Int)

  // MARK: Driver

  /// How long after the one before the driver has its next request for `queue`; nil when there are no more.
  func next(on queue: Int) -> Picoseconds?
  /// The driver puts that request on the ring.
  ///
  /// - Parameter isCorrupted: whether its descriptor is spoilt.
  func submit(_ item: UInt32, on queue: Int, isCorrupted: Bool, at instant: Instant) -> Submission
  /// The driver takes the next chain from the used ring; nil when there is none.
  func reap(_ queue: Int, at instant: Instant) -> UInt32?
  /// The driver resets the device and starts it anew, with the same SAs; everything on the rings is lost.
  func reset(at instant: Instant)

  // MARK: Device

  /// Takes the next chain from the ring: what it needs; nil when its descriptors are corrupted.
  func take(_ item: UInt32, from queue: Int) -> Request?
  /// Starts what the chain asks for. Whatever is seen of it later is as if it were done now.
  func start(_ item: UInt32, on queue: Int)
  /// Asks what has become of it. What it turns out to write may be changed.
  func finish(_ item: UInt32, _ request: inout Request, on queue: Int)
  /// Writes results, and the chain into the used ring, where the driver does not see it yet.
  ///
  /// - Parameter fault: why nothing can be done, or what was done cannot be told.
  func use(_ item: UInt32, on queue: Int, fault: Fault.Kind?)
  /// Shows the driver what was used; whether it wants an interrupt.
  func publish(_ queue: Int) -> Bool
  /// Asks the driver for doorbells; whether chains are there already.
  func sleep(_ queue: Int) -> Bool
  /// Asks the driver for silence.
  func wake(_ queue: Int)
  /// Writes an event that waits; the queue on which the driver is to be interrupted for it, if any.
  func notify() -> Int?
  /// An event that processing has raised finds no place, and is gone.
  func dropEvent()

  /// The same once more, for a checkpoint.
  func copy() -> any Workload
}

/// How the driver fared with a request.
public enum Submission: Sendable {
  /// The ring has no room: it waits for the next interrupt and tries again.
  case full
  /// It is on the ring, and the device is to look by itself.
  case quiet
  /// It is on the ring, and the driver rang the doorbell.
  case rung
}
