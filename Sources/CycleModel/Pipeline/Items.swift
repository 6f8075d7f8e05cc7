import Clockwork

/// The chains under way, by number.
struct Items: ~Copyable, Sendable {
  private var cells: Cells<Item>
  private var free: Cells<UInt32>
  private var freeCount: Int

  init(capacity: Int) {
    cells = Cells(repeating: .none, count: capacity)
    free = Cells(count: capacity) { UInt32(capacity - 1 - $0) }
    freeCount = capacity
  }

  /// Chains under way.
  var count: Int { cells.count - freeCount }
  var hasRoom: Bool { freeCount > 0 }
  /// The number that the next chain gets.
  var nextFree: UInt32 { free[freeCount - 1] }
  /// Numbers of the chains under way, by age.
  var inUse: [UInt32] {
    var isFree = [Bool](repeating: false, count: cells.count)
    for index in 0..<freeCount { isFree[Int(free[index])] = true }
    let numbers = isFree.indices.filter { !isFree[$0] }.map(UInt32.init)
    var serials: [UInt32: UInt64] = [:]
    for number in numbers { serials[number] = cells[Int(number)].serial }
    return numbers.sorted { serials[$0]! < serials[$1]! }
  }

  subscript(item: UInt32) -> Item {
    @inline(__always) _read { yield cells[Int(item)] }
    @inline(__always) _modify { yield &cells[Int(item)] }
  }

  mutating func insert(_ item: Item) -> UInt32 {
    freeCount -= 1
    let number = free[freeCount]
    cells[Int(number)] = item
    return number
  }

  mutating func remove(_ item: UInt32) {
    free[freeCount] = item
    freeCount += 1
  }

  mutating func removeAll() { self = Items(capacity: cells.count) }
}

extension Items: Duplicable {
  borrowing func copy() -> Items { Items(copying: self) }

  private init(copying other: borrowing Items) {
    cells = other.cells.copied()
    free = other.free.copied()
    freeCount = other.freeCount
  }
}
