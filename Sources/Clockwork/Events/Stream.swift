/// Events in the order of their times, of which most come in that order.
struct Stream: ~Copyable, Sendable {
  private var places: Cells<Event>
  private var start = 0
  private(set) var count = 0
  private(set) var growths = 0

  init(capacity: Int) {
    var size = 1
    while size < capacity { size *= 2 }
    places = Cells(repeating: Event.none, count: size)
  }

  /// The first event, of which there must be one.
  var first: Event {
    @inline(__always) get { places[start] }
  }

  /// Puts the event behind those that do not come after it.
  mutating func insert(_ event: Event) {
    if count == places.count { grow() }
    let mask = places.count - 1
    var place = count
    count += 1
    while place > 0 {
      let before = places[(start + place - 1) & mask]
      if before.instant <= event.instant { break }
      places[(start + place) & mask] = before
      place -= 1
    }
    places[(start + place) & mask] = event
  }

  @inline(__always)
  mutating func removeFirst() -> Event {
    let event = places[start]
    start = (start + 1) & (places.count - 1)
    count -= 1
    return event
  }

  mutating func removeAll() { count = 0 }

  private mutating func grow() {
    growths += 1
    var larger = Cells(repeating: Event.none, count: 2 * places.count)
    for index in 0..<count { larger[index] = places[(start + index) & (places.count - 1)] }
    places = larger
    start = 0
  }
}

extension Stream: Duplicable {
  borrowing func copy() -> Stream { Stream(copying: self) }

  private init(copying other: borrowing Stream) {
    places = other.places.copied()
    (start, count, growths) = (other.start, other.count, other.growths)
  }
}
