/// The pending events of one kind, in the order of their times.
struct Stream: ~Copyable, Sendable {
  private var places: Cells<Event>
  private var first = 0
  private(set) var count = 0
  private(set) var growths = 0

  private static var none: Event { Event(instant: .never, order: .max, code: 0, subject: 0) }

  init(capacity: Int) {
    var size = 1
    while size < capacity { size *= 2 }
    places = Cells(repeating: Self.none, count: size)
  }

  var head: EventQueue.Head {
    if count == 0 { return .none }
    let event = places[first]
    return EventQueue.Head(instant: event.instant.picoseconds, order: event.order)
  }

  /// Puts the event behind those that do not come after it; whether it is now the first.
  @inline(__always)
  mutating func insert(_ event: Event) -> Bool {
    if count == places.count { grow() }
    let mask = places.count - 1
    var place = count
    count += 1
    while place > 0 {
      let before = places[(first + place - 1) & mask]
      if before.instant <= event.instant { break }
      places[(first + place) & mask] = before
      place -= 1
    }
    places[(first + place) & mask] = event
    return place == 0
  }

  @inline(__always)
  mutating func removeFirst() -> Event {
    let event = places[first]
    first = (first + 1) & (places.count - 1)
    count -= 1
    return event
  }

  mutating func removeAll() { count = 0 }

  private mutating func grow() {
    growths += 1
    var larger = Cells(repeating: Self.none, count: 2 * places.count)
    for index in 0..<count { larger[index] = places[(first + index) & (places.count - 1)] }
    places = larger
    first = 0
  }
}

extension Stream: Duplicable {
  borrowing func copy() -> Stream { Stream(copying: self) }

  private init(copying other: borrowing Stream) {
    places = other.places.copied()
    (first, count, growths) = (other.first, other.count, other.growths)
  }
}
