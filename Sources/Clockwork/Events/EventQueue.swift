/// What is going to happen, earliest first; of equal times, first scheduled first.
///
/// Most events happen soon, and stand on a wheel; those that are farther away wait in a list. Nothing is done for time
/// that passes without events.
public struct EventQueue: ~Copyable, Sendable {
  var wheel: Wheel
  var far: Stream
  var order: UInt64 = 0
  /// Events pending.
  public internal(set) var count = 0
  /// Times that the storage was enlarged; constant once the largest number of pending events was reached.
  public var growths: Int { wheel.growths + far.growths }

  /// - Parameter capacity: events for which storage is set aside.
  public init(capacity: Int = 256) {
    wheel = Wheel(capacity: capacity)
    far = Stream(capacity: 64)
  }

  public var isEmpty: Bool { count == 0 }

  /// Of events at the same instant, the one that was scheduled first comes first.
  public mutating func schedule(_ code: UInt32, _ subject: UInt32, at instant: Instant) {
    let event = Event(instant: instant, order: order, code: code, subject: subject)
    order += 1
    insert(event)
  }

  @inline(__always)
  private mutating func insert(_ event: Event) {
    count += 1
    if wheel.reaches(event.instant) { wheel.insert(event) } else { far.insert(event) }
  }

  /// Takes the next event out, unless it happens after `limit`.
  @inline(__always)
  public mutating func popFirst(until limit: Instant = .never) -> Event? {
    guard let slot = wheel.firstSlot() else {
      return far.count == 0 || far.first.instant > limit ? nil : popFar()
    }
    let near = wheel.first(in: slot)
    if far.count > 0, far.first.precedes(near) { return far.first.instant > limit ? nil : popFar() }
    if near.instant > limit { return nil }
    count -= 1
    wheel.turn(to: near.instant)
    return wheel.removeFirst(in: slot)
  }

  private mutating func popFar() -> Event {
    count -= 1
    wheel.turn(to: far.first.instant)
    return far.removeFirst()
  }

  /// Takes out all events of a kind.
  public mutating func removeAll(_ code: UInt32) {
    let kept = pending.filter { $0.code != code }
    while let slot = wheel.firstSlot() { _ = wheel.removeFirst(in: slot) }
    far.removeAll()
    count = 0
    for event in kept { insert(event) }
  }

  private mutating func popAll() -> [Event] {
    var events: [Event] = []
    while let event = popFirst() { events.append(event) }
    return events
  }

  /// The events pending, in the order in which they happen.
  var pending: [Event] {
    var rest = copy()
    return rest.popAll()
  }
}

extension EventQueue: Duplicable {
  public borrowing func copy() -> EventQueue { EventQueue(copying: self) }

  private init(copying other: borrowing EventQueue) {
    wheel = other.wheel.copy()
    far = other.far.copy()
    order = other.order
    count = other.count
  }
}
