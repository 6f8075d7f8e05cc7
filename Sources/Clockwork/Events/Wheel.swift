/// Events of the near future: slots of 4 ns around a wheel of 4 µs, each with a list in the order of time.
///
/// To schedule is to link into a slot, and to take is to find the first slot in use in a map of bits: neither costs
/// more when more events are pending.
struct Wheel: ~Copyable, Sendable {
  private var slots: Cells<Slot>
  /// Bit n of word m is set while slot 64 m + n is in use, and bit m of `words` while word m is not zero.
  private var map: Cells<UInt64>
  private var words: UInt64 = 0
  private var nodes: Cells<Node>
  /// The first node that is free, linked like a slot's.
  private var free: UInt32
  private(set) var growths = 0
  /// The number since the start of time of the slot where the wheel stands: nothing lies before it.
  private(set) var base: UInt64 = 0

  struct Slot: BitwiseCopyable, Sendable {
    var first = UInt32.max
    var last = UInt32.max
  }

  struct Node: BitwiseCopyable, Sendable {
    var event: Event
    var next: UInt32
  }

  private static var slotCount: UInt64 { 1 << 10 }

  init(capacity: Int) {
    slots = Cells(repeating: Slot(), count: Int(Self.slotCount))
    map = Cells(repeating: 0, count: Int(Self.slotCount) / 64)
    nodes = Self.nodes(max(1, capacity))
    free = 0
  }

  private static func nodes(_ count: Int) -> Cells<Node> {
    Cells(count: count) { Node(event: .none, next: $0 + 1 == count ? .max : UInt32($0 + 1)) }
  }

  @inline(__always)
  private static func number(_ instant: Instant) -> UInt64 { instant.picoseconds >> 12 }

  /// Whether an event at that time has a slot.
  @inline(__always)
  func reaches(_ instant: Instant) -> Bool { Self.number(instant) &- base < Self.slotCount }

  /// Turns the wheel; nothing may lie before `instant`.
  @inline(__always)
  mutating func turn(to instant: Instant) { base = max(base, Self.number(instant)) }

  /// The first slot in use, of which there must be one where any event is pending; nil without events.
  @inline(__always)
  func firstSlot() -> Int? {
    if words == 0 { return nil }
    let start = Int(base & (Self.slotCount - 1)), word = start >> 6
    let here = map[word] >> UInt64(start & 63)
    if here != 0 { return start + here.trailingZeroBitCount }
    let behind = words & (.max << UInt64(word + 1))
    let next = (behind != 0 ? behind : words).trailingZeroBitCount
    return next << 6 + map[next].trailingZeroBitCount
  }

  /// The first event of a slot in use.
  @inline(__always)
  func first(in slot: Int) -> Event { nodes[Int(slots[slot].first)].event }

  /// Puts an event behind those of its slot that do not come after it; the wheel must reach it.
  @inline(__always)
  mutating func insert(_ event: Event) {
    if free == .max { grow() }
    let node = free
    free = nodes[Int(node)].next
    let slot = Int(Self.number(event.instant) & (Self.slotCount - 1))
    let last = slots[slot].last
    if last == .max {
      nodes[Int(node)] = Node(event: event, next: .max)
      slots[slot] = Slot(first: node, last: node)
      map[slot >> 6] |= 1 << UInt64(slot & 63)
      words |= 1 << UInt64(slot >> 6)
    } else if nodes[Int(last)].event.instant <= event.instant {
      nodes[Int(node)] = Node(event: event, next: .max)
      nodes[Int(last)].next = node
      slots[slot].last = node
    } else {
      insert(node, event, into: slot)
    }
  }

  /// Puts an event before the last one.
  private mutating func insert(_ node: UInt32, _ event: Event, into slot: Int) {
    var before = UInt32.max, next = slots[slot].first
    while nodes[Int(next)].event.instant <= event.instant { (before, next) = (next, nodes[Int(next)].next) }
    nodes[Int(node)] = Node(event: event, next: next)
    if before == .max { slots[slot].first = node } else { nodes[Int(before)].next = node }
  }

  @inline(__always)
  mutating func removeFirst(in slot: Int) -> Event {
    let node = slots[slot].first
    let (event, next) = (nodes[Int(node)].event, nodes[Int(node)].next)
    nodes[Int(node)].next = free
    free = node
    slots[slot].first = next
    if next == .max {
      slots[slot].last = .max
      map[slot >> 6] &= ~(1 << UInt64(slot & 63))
      if map[slot >> 6] == 0 { words &= ~(1 << UInt64(slot >> 6)) }
    }
    return event
  }

  private mutating func grow() {
    growths += 1
    let count = nodes.count
    var larger = Self.nodes(2 * count)
    for index in 0..<count { larger[index] = nodes[index] }
    nodes = larger
    free = UInt32(count)
  }
}

extension Wheel: Duplicable {
  borrowing func copy() -> Wheel { Wheel(copying: self) }

  private init(copying other: borrowing Wheel) {
    slots = other.slots.copied()
    map = other.map.copied()
    nodes = other.nodes.copied()
    (words, free, growths, base) = (other.words, other.free, other.growths, other.base)
  }
}
