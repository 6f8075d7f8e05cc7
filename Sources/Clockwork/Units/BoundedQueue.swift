/// A first-in first-out queue with a fixed number of places, which a sender reserves before it starts what will fill
/// them.
///
/// Reservation is the back-pressure: a unit that gets no place does not start, so that nothing is ever lost or stuck
/// half-way. The storage never grows.
public struct BoundedQueue: Sendable {
  /// Places.
  public let capacity: Int
  /// Places taken or reserved.
  public internal(set) var claimed = 0
  public internal(set) var occupancy = Occupancy()
  /// How long each stayed.
  public internal(set) var residence = Histogram()
  var places: [Place]
  var head = 0
  let mask: Int

  struct Place: Sendable {
    var subject: UInt32
    var since: Instant

    init(subject: UInt32, since: Instant) {
      self.subject = subject
      self.since = since
    }
  }

  /// - Parameter capacity: at least 1.
  public init(capacity: Int) {
    precondition(capacity > 0, "a queue has places")
    self.capacity = capacity
    var storage = 1
    while storage < capacity { storage *= 2 }
    mask = storage - 1
    places = Array(repeating: Place(subject: 0, since: .start), count: storage)
  }

  public var count: Int { Int(occupancy.count) }
  public var isEmpty: Bool { occupancy.count == 0 }
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
    occupancy.enter(at: instant)
  }

  /// Takes the first out and frees its place.
  public mutating func pop(at instant: Instant) -> UInt32 {
    precondition(!isEmpty, "nothing to take from an empty queue")
    let place = places[head]
    head = (head + 1) & mask
    claimed -= 1
    occupancy.leave(at: instant)
    residence.record(instant - place.since)
    return place.subject
  }
}
