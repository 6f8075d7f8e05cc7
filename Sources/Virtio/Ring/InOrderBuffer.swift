/// Holds back what was completed early, so that buffers are used in the order in which they were made available.
struct InOrderBuffer: ~Copyable {
  struct Entry {
    var id: UInt16
    var byteCount: UInt32
    var slots: UInt16
    /// Whether every writable byte was written: only then may the entry be skipped in a batch.
    var isWhole: Bool
    var isDone: Bool
  }

  private let entries: UnsafeMutablePointer<Entry>
  private let capacity: Int
  private var front = 0

  init(capacity: Int) {
    self.capacity = capacity
    entries = .allocate(capacity: max(capacity, 1))
    let empty = Entry(id: 0, byteCount: 0, slots: 0, isWhole: false, isDone: false)
    entries.initialize(repeating: empty, count: max(capacity, 1))
  }

  deinit { entries.deallocate() }

  mutating func put(_ sequence: Int, id: UInt16, byteCount: Int, slots: Int, isWhole: Bool) {
    precondition(!entries[sequence].isDone, "a chain is used once")
    entries[sequence] = Entry(
      id: id, byteCount: UInt32(clamping: byteCount), slots: UInt16(slots), isWhole: isWhole, isDone: true)
  }

  /// The next batch that one used element can stand for: its last entry, how many chains and how many slots; nil when
  /// the oldest chain is not completed.
  mutating func takeBatch() -> (last: Entry, chains: Int, slots: Int)? {
    guard capacity > 0, entries[front].isDone else { return nil }
    var (chains, slots) = (0, 0)
    while true {
      let entry = entries[front]
      entries[front].isDone = false
      front = front + 1 == capacity ? 0 : front + 1
      chains += 1
      slots += Int(entry.slots)
      if !entry.isWhole || !entries[front].isDone { return (entry, chains, slots) }
    }
  }
}
