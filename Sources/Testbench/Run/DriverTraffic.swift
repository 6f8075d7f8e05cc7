package import Clockwork

/// What a driver asks of a live device, queue by queue, and what it makes of the answers.
///
/// `item` names a chain from `submit` to `reaped`.
package protocol DriverTraffic: AnyObject {
  /// Bytes of the longest packet, before it is protected.
  var largestPacket: Int { get }
  /// Most packets in a chain.
  var packetsPerChain: Int { get }

  /// Sets up SAs on a device that has just started; whatever was on the rings before is lost.
  func prepare(_ bench: Testbench) throws(TestbenchError)
  /// How long after the one before the next request of a queue comes; nil when there are no more.
  func next(on queue: Int) -> Picoseconds?
  /// Puts that request on the ring; false when there is no room.
  func submit(_ item: UInt32, to ring: LiveQueue, isCorrupted: Bool, at instant: Instant) -> Bool
  /// A chain came back.
  ///
  /// - Parameters:
  ///   - byteCount: bytes of the answer.
  ///   - hasFailed: a fault ended the chain.
  func reaped(_ item: UInt32, from ring: LiveQueue, byteCount: Int, hasFailed: Bool, at instant: Instant)
  /// Events may have come in.
  func notified(_ bench: Testbench)

  /// The same once more, for the same SAs on another device.
  func copy() throws(TestbenchError) -> any DriverTraffic
}
