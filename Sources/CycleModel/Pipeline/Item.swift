import Clockwork

/// A chain on its way.
struct Item: Sendable {
  var request: Request
  var serial: UInt64
  var queue: UInt16
  /// The lane of the unit where it is.
  var lane: UInt16 = 0
  var arrived: Instant
  /// When it joined the unit where it is.
  var entered: Instant
  /// The next that waits for the same line of the SA cache.
  var next: UInt32 = .max
  /// The line of the SA cache that its look-up found not yet read.
  var line: UInt32 = .max
  /// Packets of it that a lane has begun, and that are out of their lanes.
  var begun: UInt32 = 0
  var ended: UInt32 = 0
  var isDone = false
  /// Lanes work on it, or its last bytes are still to come out.
  var isOnLane = false
  /// What went wrong with it.
  var fault: Fault.Kind?

  static var none: Item {
    Item(request: Request(bytesIn: 0, bytesOut: 0), serial: 0, queue: 0, arrived: .start, entered: .start)
  }
}
