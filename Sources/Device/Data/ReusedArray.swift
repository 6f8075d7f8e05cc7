/// Elements that come and go with every chain, in room that stays.
///
/// Not an `Array`: that one asks at each change whether somebody else holds its room, which nobody does here.
struct ReusedArray<Element>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 8) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> Element {
    @inline(__always) _read {
      precondition(indices.contains(index))
      yield base[index]
    }
    @inline(__always) _modify {
      precondition(indices.contains(index))
      yield &base[index]
    }
  }

  /// Where an element stands, until the next one is appended.
  @inline(__always)
  func pointer(to index: Int) -> UnsafeMutablePointer<Element> {
    precondition(indices.contains(index))
    return base + index
  }

  @inline(__always)
  mutating func append(_ element: consuming Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always)
  mutating func removeAll() {
    base.deinitialize(count: count)
    count = 0
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (larger, capacity * 2)
  }
}

extension ReusedArray {
  /// Nil for none.
  var first: Element? { count == 0 ? nil : self[0] }
  /// The sum of a value over all elements.
  func sum(_ value: (Element) -> Int) -> Int {
    var sum = 0
    for index in indices { sum += value(base[index]) }
    return sum
  }
}
