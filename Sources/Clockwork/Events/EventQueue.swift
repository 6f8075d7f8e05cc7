/// What is going to happen, earliest first; of equal times, first scheduled first.
///
/// A heap of four children a node: O(log n) with few cache lines, and nothing is done for time that passes without
/// events.
public struct EventQueue: Sendable {
  var heap: [Event] = []
  var order: UInt64 = 0
  /// Times that the storage was enlarged; constant once the largest number of pending events was reached.
  public internal(set) var growths = 0

  /// - Parameter capacity: events for which storage is set aside.
  public init(capacity: Int = 256) { heap.reserveCapacity(capacity) }

  public var isEmpty: Bool { heap.isEmpty }
  /// Events pending.
  public var count: Int { heap.count }
  /// Events scheduled since the start of the run.
  public var scheduled: UInt64 { order }
  /// When the next one happens, or `Instant.never`.
  public var nextInstant: Instant { heap.isEmpty ? .never : heap[0].instant }

  public mutating func schedule(_ code: UInt32, _ subject: UInt32, at instant: Instant) {
    let event = Event(instant: instant, order: order, code: code, subject: subject)
    order += 1
    if heap.count == heap.capacity { noteGrowth() }
    heap.append(event)
    heap.withUnsafeMutableBufferPointer { heap in
      var hole = heap.count - 1
      while hole > 0 {
        let parent = (hole - 1) >> 2
        if heap[parent].isBefore(event) { break }
        heap[hole] = heap[parent]
        hole = parent
      }
      heap[hole] = event
    }
  }

  /// Takes the next event out.
  public mutating func popFirst() -> Event? {
    guard let last = heap.popLast() else { return nil }
    if heap.isEmpty { return last }
    return heap.withUnsafeMutableBufferPointer { heap in
      let first = heap[0]
      let count = heap.count
      var hole = 0
      while true {
        let children = hole << 2 + 1
        if children >= count { break }
        var least = children
        var child = children + 1
        let end = min(children + 4, count)
        while child < end {
          if heap[child].isBefore(heap[least]) { least = child }
          child += 1
        }
        if last.isBefore(heap[least]) { break }
        heap[hole] = heap[least]
        hole = least
      }
      heap[hole] = last
      return first
    }
  }

  mutating func noteGrowth() { growths += 1 }
}
