public import Clockwork

/// A packet as driver and device pass it on, for a capture.
public struct Packet: Sendable {
  /// When the driver put it on the ring, or took it back; the start where no time passes.
  public let instant: Instant
  /// The device's queue.
  public let queue: Int
  /// Whether it is the result of a request, and not its input.
  public let isResult: Bool
  public let bytes: [UInt8]
}
