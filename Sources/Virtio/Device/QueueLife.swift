/// A queue from being enabled to being reset: what was taken meanwhile belongs to it.
@usableFromInline
final class QueueLife {
  /// What tells one life of one queue from any other of the device.
  struct Name: Hashable, Sendable {
    var queue = 0
    /// How many lives the queue had before.
    var number = 0
  }

  let name: Name
  /// The queue was reset: its buffers are the driver's again.
  // No access overlaps another: each is a load or a store of one byte.
  @usableFromInline @exclusivity(unchecked) var isOver = false

  init(_ name: Name) { self.name = name }

  /// What follows it.
  var next: QueueLife { QueueLife(Name(queue: name.queue, number: name.number + 1)) }
}
