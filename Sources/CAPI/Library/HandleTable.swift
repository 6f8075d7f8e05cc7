/// Numbers for C to know things by: never a pointer, and none is ever used twice.
struct HandleTable<Value> {
  /// Tells this table's handles from those of others; not 0.
  private let kind: UInt64
  private var slots: [Slot] = []
  private var free: [Int] = []

  private struct Slot {
    var generation: UInt32 = 0
    var value: Value?
  }

  init(kind: UInt8) { self.kind = UInt64(kind) }

  /// Nil where there is no room for another.
  mutating func insert(_ value: Value) -> UInt64? {
    if free.isEmpty {
      guard slots.count < 1 << 24 else { return nil }
      free.append(slots.count)
      slots.append(Slot())
    }
    let index = free.removeLast()
    slots[index].generation += 1
    slots[index].value = value
    return kind << 56 | UInt64(index) << 32 | UInt64(slots[index].generation)
  }

  /// What a handle stands for; nil for one that was removed, or never given out.
  subscript(handle: UInt64) -> Value? { index(handle).flatMap { slots[$0].value } }

  private func index(_ handle: UInt64) -> Int? {
    let index = Int(handle >> 32 & 0xff_ffff)
    guard handle >> 56 == kind, index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: handle)
    else { return nil }
    return index
  }

  mutating func remove(_ handle: UInt64) {
    guard let index = index(handle), slots[index].value != nil else { return }
    slots[index].value = nil
    // A slot whose numbers are used up is not used again.
    if slots[index].generation < .max { free.append(index) }
  }
}
