import Clockwork

/// A request on its way.
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
  var isDone = false
}
