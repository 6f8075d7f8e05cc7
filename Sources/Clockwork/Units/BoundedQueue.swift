/// A first-in first-out queue with a fixed number of places, which a sender reserves before it starts what will fill
/// them.
///
/// Reservation is the back-pressure: a unit that gets no place does not start, so that nothing is ever lost or stuck
/// half-way. The storage never grows.
public struct BoundedQueue: ~Copyable, Sendable {
  /// Places.
  public let capacity: Int
  /// Whether it keeps `occupancy` and `residence`.
  public let isObserved: Bool
  /// Places taken or reserved.
  public internal(set) var claimed = 0
  public internal(set) var count = 0
  public internal(set) var occupancy = Occupancy()
  /// How long each stayed.
  public internal(set) var residence = Histogram()
  var places: Cells<Place>
  var head = 0
  let mask: Int

  struct Place: BitwiseCopyable, Sendable {
    var subject: UInt32
    var since: Instant

    init(subject: UInt32, since: Instant) {
      self.subject = subject
      self.since = since
    }
  }

  /// - Parameter capacity: at least 1.
  public init(capacity: Int, isObserved: Bool = true) {
    precondition(capacity > 0, "a queue has places")
    self.capacity = capacity
    self.isObserved = isObserved
    var storage = 1
    while storage < capacity { storage *= 2 }
    mask = storage - 1
    places = Cells(repeating: Place(subject: 0, since: .start), count: storage)
  }

  public var isEmpty: Bool { count == 0 }
  /// Places that can be reserved.
  public var room: Int { capacity - claimed }
  /// The first in the queue, which must not be empty.
  public var first: UInt32 { places[head].subject }

  /// Takes a place that `push` will fill; false if there is none.
  public mutating func reserve() -> Bool {
    if claimed == capacity { return false }
    claimed += 1
    return true
  }

  /// Gives back a place that will not be filled.
  public mutating func cancel() { claimed -= 1 }

  /// Fills a reserved place.
  public mutating func push(_ subject: UInt32, at instant: Instant) {
    precondition(count < claimed, "a place is reserved before it is filled")
    places[(head + count) & mask] = Place(subject: subject, since: instant)
    count += 1
    if isObserved { occupancy.enter(at: instant) }
  }

  /// Takes the first out and frees its place.
  public mutating func pop(at instant: Instant) -> UInt32 {
    precondition(count > 0, "nothing to take from an empty queue")
    let place = places[head]
    head = (head + 1) & mask
    claimed -= 1
    count -= 1
    if isObserved {
      occupancy.leave(at: instant)
      residence.record(instant - place.since)
    }
    return place.subject
  }

  /// Throws out everything, reserved places too.
  public mutating func removeAll(at instant: Instant) {
    while count > 0 { _ = pop(at: instant) }
    claimed = 0
  }
}

extension BoundedQueue: Duplicable {
  public borrowing func copy() -> BoundedQueue { BoundedQueue(copying: self) }

  private init(copying other: borrowing BoundedQueue) {
    (capacity, isObserved, mask) = (other.capacity, other.isObserved, other.mask)
    (claimed, count, head) = (other.claimed, other.count, other.head)
    occupancy = other.occupancy
    residence = other.residence.copy()
    places = other.places.copied()
  }
}
