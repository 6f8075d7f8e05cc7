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
  public internal(set) var occupancy = Occupancy()
  /// How long each stayed.
  public internal(set) var residence = Histogram()
  @usableFromInline var places: Cells<Place>
  @usableFromInline var head = 0
  /// Places taken, and places taken or reserved.
  @usableFromInline var taken = 0
  @usableFromInline var promised = 0
  @usableFromInline let mask: Int

  @usableFromInline struct Place: BitwiseCopyable, Sendable {
    @usableFromInline var subject: UInt32
    @usableFromInline var since: Instant

    @inlinable init(subject: UInt32, since: Instant) {
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

  public var count: Int { taken }
  /// Places taken or reserved.
  public var claimed: Int { promised }
  @inlinable public var isEmpty: Bool { taken == 0 }
  /// Places that can be reserved.
  @inlinable public var room: Int { capacity - promised }
  /// The first in the queue, which must not be empty.
  @inlinable public var first: UInt32 { places[head].subject }

  /// Takes a place that `push` will fill; false if there is none.
  @inlinable
  public mutating func reserve() -> Bool {
    if promised == capacity { return false }
    promised += 1
    return true
  }

  /// Gives back a place that will not be filled.
  @inlinable public mutating func cancel() { promised -= 1 }

  /// Fills a reserved place.
  @inlinable
  public mutating func push(_ subject: UInt32, at instant: Instant) {
    precondition(taken < promised, "a place is reserved before it is filled")
    places[(head + taken) & mask] = Place(subject: subject, since: instant)
    taken += 1
    if isObserved { noteEntry(at: instant) }
  }

  /// Takes the first out and frees its place.
  @inlinable
  public mutating func pop(at instant: Instant) -> UInt32 {
    precondition(taken > 0, "nothing to take from an empty queue")
    let place = places[head]
    head = (head + 1) & mask
    promised -= 1
    taken -= 1
    if isObserved { noteExit(since: place.since, at: instant) }
    return place.subject
  }

  @usableFromInline
  mutating func noteEntry(at instant: Instant) { occupancy.enter(at: instant) }

  @usableFromInline
  mutating func noteExit(since: Instant, at instant: Instant) {
    occupancy.leave(at: instant)
    residence.record(instant - since)
  }

  /// Throws out everything, reserved places too.
  public mutating func removeAll(at instant: Instant) {
    while taken > 0 { _ = pop(at: instant) }
    promised = 0
  }
}

extension BoundedQueue: Duplicable {
  public borrowing func copy() -> BoundedQueue { BoundedQueue(copying: self) }

  private init(copying other: borrowing BoundedQueue) {
    (capacity, isObserved, mask) = (other.capacity, other.isObserved, other.mask)
    (promised, taken, head) = (other.promised, other.taken, other.head)
    occupancy = other.occupancy
    residence = other.residence.copy()
    places = other.places.copied()
  }
}
