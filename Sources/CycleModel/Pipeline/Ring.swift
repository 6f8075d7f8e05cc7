import Clockwork

/// One queue as the device follows it. Four cursors chase each other around it:
///
/// ```
///   retired ≤ fetched ≤ added ≤ retired + size
/// ```
struct Ring: ~Copyable, Sendable {
  /// The chain in each place.
  private var places: Cells<UInt32>
  /// Chains that the driver has put on the ring, since the start of the run; and so on.
  var added: UInt64 = 0
  var fetched: UInt64 = 0
  /// Written or being written to the used ring.
  var retired: UInt64 = 0
  /// Chains on the ring, from driver to interrupt.
  var occupancy = Occupancy()
  var completed: UInt64 = 0
  var interrupts: UInt64 = 0
  var doorbells: UInt64 = 0

  /// The driver has a request that it waits to send.
  var isStopped = false
  /// The driver has no more requests.
  var isAtEnd = false
  /// The device looks at the ring without a doorbell.
  var isPolled = false
  /// Done and in order, but not yet on their way to the used ring.
  var done: UInt64 = 0
  /// They have waited long enough for their batch.
  var isDue = false
  var usedTimer = Timer()
  var interruptTimer = Timer()
  /// Shown to the driver, which is yet to be told of them and wants to be.
  var unannounced: UInt64 = 0
  var isInterruptWanted = false
  /// An interrupt came while the driver did not look.
  var isMissed = false
  /// The core that serves it.
  let core: Int

  init(size: Int, core: Int) {
    var storage = 1
    while storage < size { storage *= 2 }
    places = Cells(repeating: .max, count: storage)
    self.core = core
  }

  subscript(position: UInt64) -> UInt32 {
    @inline(__always) get { places[Int(position) & (places.count - 1)] }
    @inline(__always) set { places[Int(position) & (places.count - 1)] = newValue }
  }

  /// Forgets all chains.
  mutating func abandon() {
    (fetched, retired, done) = (added, added, 0)
    (isPolled, isDue, isInterruptWanted, isMissed) = (false, false, false, false)
    (usedTimer, interruptTimer, unannounced) = (Timer(), Timer(), 0)
  }
}

extension Ring: Duplicable {
  borrowing func copy() -> Ring { Ring(copying: self) }

  private init(copying other: borrowing Ring) {
    places = other.places.copied()
    core = other.core
    (added, fetched, retired, occupancy) = (other.added, other.fetched, other.retired, other.occupancy)
    (completed, interrupts, doorbells) = (other.completed, other.interrupts, other.doorbells)
    (isStopped, isAtEnd, isPolled) = (other.isStopped, other.isAtEnd, other.isPolled)
    (done, isDue) = (other.done, other.isDue)
    (usedTimer, interruptTimer) = (other.usedTimer, other.interruptTimer)
    (unannounced, isInterruptWanted, isMissed) = (other.unannounced, other.isInterruptWanted, other.isMissed)
  }
}
