/// What the pipeline counts in any case.
struct Totals: Sendable {
  var accepted: UInt64 = 0
  var completed: UInt64 = 0
  var packets: UInt64 = 0
  var refused: UInt64 = 0
  var bytesIn: UInt64 = 0
  var bytesOut: UInt64 = 0
  var notificationsSent: UInt64 = 0
  var notificationsDropped: UInt64 = 0
  /// Chains that a fault ended.
  var faulted = FaultCounts()
}
