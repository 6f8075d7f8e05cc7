/// What is going to happen, earliest first; of equal times, first scheduled first.
///
/// Each kind of event has a stream of its own, because those of one kind mostly come in the order of their times: to
/// schedule is to append, and to take is to find the least of the streams' heads. Nothing is done for time that passes
/// without events.
public struct EventQueue: ~Copyable, Sendable {
  var streams: Cells<Stream>
  /// Time and order of each stream's first event.
  var heads: Cells<Head>
  var order: UInt64 = 0
  /// Events pending.
  public internal(set) var count = 0
  /// Times that the storage was enlarged; constant once the largest number of pending events was reached.
  public var growths: Int {
    var sum = 0
    for code in 0..<streams.count { sum += streams[code].growths }
    return sum
  }

  struct Head: BitwiseCopyable, Sendable {
    var instant: UInt64
    var order: UInt64

    static var none: Head { Head(instant: .max, order: .max) }

    init(instant: UInt64, order: UInt64) {
      self.instant = instant
      self.order = order
    }
  }

  /// - Parameters:
  ///   - codes: kinds of events.
  ///   - capacity: events of a kind for which storage is set aside.
  public init(codes: Int, capacity: Int = 64) {
    streams = Cells(count: codes) { _ in Stream(capacity: capacity) }
    heads = Cells(repeating: .none, count: codes)
  }

  public var isEmpty: Bool { count == 0 }
  /// Events scheduled since the start of the run.
  public var scheduled: UInt64 { order }

  public mutating func schedule(_ code: UInt32, _ subject: UInt32, at instant: Instant) {
    let event = Event(instant: instant, order: order, code: code, subject: subject)
    order += 1
    count += 1
    if streams[Int(code)].insert(event) {
      heads[Int(code)] = Head(instant: instant.picoseconds, order: event.order)
    }
  }

  /// Takes the next event out, unless it happens after `limit`.
  public mutating func popFirst(until limit: Instant = .never) -> Event? {
    if count == 0 { return nil }
    var code = 0
    var least = heads[0]
    for index in 1..<heads.count {
      let head = heads[index]
      let isLess = head.instant < least.instant || (head.instant == least.instant && head.order < least.order)
      code = isLess ? index : code
      least = isLess ? head : least
    }
    if least.instant > limit.picoseconds { return nil }
    count -= 1
    let event = streams[code].removeFirst()
    heads[code] = streams[code].head
    return event
  }

  /// Takes out all events of a kind.
  public mutating func removeAll(_ code: UInt32) {
    count -= streams[Int(code)].count
    streams[Int(code)].removeAll()
    heads[Int(code)] = .none
  }
}

extension EventQueue: Duplicable {
  public borrowing func copy() -> EventQueue { EventQueue(copying: self) }

  private init(copying other: borrowing EventQueue) {
    streams = other.streams.copy()
    heads = other.heads.copied()
    order = other.order
    count = other.count
  }
}
