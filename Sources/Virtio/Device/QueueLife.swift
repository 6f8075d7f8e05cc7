/// A queue from being enabled to being reset: what was taken meanwhile belongs to it.
final class QueueLife {
  /// The queue was reset: its buffers are the driver's again.
  var isOver = false
}
