import Testing

@testable import CAPI

@Suite struct HandleTableTests {
  /// The seed of this run, which a failure prints.
  let seed = UInt64.random(in: 0 ... .max)

  @Test func `a handle stands for its value until it is removed, and for nothing ever after`() {
    var random = SplitMix(seed)
    var table = HandleTable<Int>(kind: 1)
    var live: [UInt64: Int] = [:], dead: Set<UInt64> = []
    for value in 0..<5000 {
      if random.next() % 3 > 0 || live.isEmpty {
        let handle = table.insert(value)!
        #expect(live[handle] == nil && !dead.contains(handle), "seed \(seed)")
        live[handle] = value
      } else {
        let handle = live.keys.sorted()[Int(random.next() % UInt64(live.count))]
        table.remove(handle)
        live[handle] = nil
        dead.insert(handle)
      }
    }
    #expect(live.allSatisfy { table[$0.key] == $0.value }, "seed \(seed)")
    #expect(dead.allSatisfy { table[$0] == nil }, "seed \(seed)")
  }

  @Test func `a handle with any bit changed is another's, or none`() {
    var table = HandleTable<Int>(kind: 2)
    let handles = (0..<20).map { table.insert($0)! }
    for (value, handle) in handles.enumerated() {
      for bit in 0..<64 { #expect(table[handle ^ 1 << UInt64(bit)] != value) }
    }
  }

  @Test func `tables do not take each other's handles, and zero is none`() {
    var left = HandleTable<Int>(kind: 1), right = HandleTable<Int>(kind: 2)
    let handle = left.insert(1)!
    _ = right.insert(2)
    #expect(right[handle] == nil)
    #expect(left[0] == nil && left[.max] == nil)
    left.remove(0)
    left.remove(.max)
    #expect(left[handle] == 1)
  }
}

/// Numbers that a seed repeats (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
