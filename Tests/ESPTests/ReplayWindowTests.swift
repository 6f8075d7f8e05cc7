import Testing

@testable import ESP

/// What a window has to do, as a set of numbers.
private struct NaiveWindow {
  let size: UInt64
  var top: UInt64 = 0
  var seen: Set<UInt64> = []

  func verdict(_ sequence: UInt64) -> Refusal? {
    if sequence == 0 { return .sequenceZero }
    if sequence > top { return nil }
    if top - sequence >= size { return .late(sequence: sequence) }
    return seen.contains(sequence) ? .replayed(sequence: sequence) : nil
  }

  mutating func accept(_ sequence: UInt64) {
    seen.insert(sequence)
    if sequence > top {
      top = sequence
      if seen.count > 4 * Int(size) { seen = seen.filter { top - $0 < size } }
    }
  }
}

private func verdict(_ window: ReplayWindow, _ sequence: UInt64) -> Refusal? {
  do throws(Refusal) {
    try window.check(sequence)
    return nil
  } catch {
    return error
  }
}

private let sizes = [1, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 500, 1024, 4095, 4096, 5000]

@Test(arguments: sizes)
func `the window agrees with a set of numbers over random sequences`(size: Int) {
  for seed in 0..<8 as Range<UInt64> {
    var random = SeededGenerator(seed: seed &* 1000 + UInt64(size))
    let start = seed % 2 == 0 ? 0 : UInt64(UInt32.max) - UInt64(size)
    var window = ReplayWindow(size: size, top: start)
    var naive = NaiveWindow(size: UInt64(size), top: start)
    for back in 0..<min(UInt64(size), start) { naive.seen.insert(start - back) }
    for _ in 0..<10_000 {
      let reach = UInt64(size)
      let sequence: UInt64 =
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: naive.top &+ UInt64.random(in: 0...3, using: &random)
        case 4..<8: naive.top - min(naive.top, UInt64.random(in: 0...reach + 2, using: &random))
        case 8: naive.top &+ UInt64.random(in: 0...2 * reach + 130, using: &random)
        default: naive.top - min(naive.top, UInt64.random(in: 0...3 * reach, using: &random))
        }
      let expected = naive.verdict(sequence)
      guard verdict(window, sequence) == expected else {
        Issue.record(
          "size \(size), seed \(seed): \(sequence) with top \(naive.top): not \(String(describing: expected))")
        return
      }
      if expected == nil {
        window.update(sequence)
        naive.accept(sequence)
      }
    }
    #expect(window.top == naive.top)
  }
}

@Test(arguments: sizes)
func `every offset in the window is remembered, and the one behind it is late`(size: Int) {
  let top: UInt64 = 100_000
  for offset in 0..<UInt64(size) {
    var window = ReplayWindow(size: size, top: 0)
    window.update(top)
    if offset > 0 {
      #expect(verdict(window, top - offset) == nil)
      window.update(top - offset)
    }
    #expect(verdict(window, top - offset) == .replayed(sequence: top - offset))
  }
  var window = ReplayWindow(size: size)
  window.update(top)
  #expect(verdict(window, top - UInt64(size)) == .late(sequence: top - UInt64(size)))
}

@Test(arguments: sizes, [1, 2, 3])
func `a jump of one window or more forgets everything`(size: Int, windows: Int) {
  var window = ReplayWindow(size: size)
  for sequence in 1...UInt64(2 * size) { window.update(sequence) }
  let top = UInt64(2 * size) + UInt64(windows * size)
  window.update(top)
  for sequence in max(1, top - UInt64(size) + 1)..<top { #expect(verdict(window, sequence) == nil) }
}

@Test func `sequence 0 is refused without ESN and at high half 0, but is a number like others later`() {
  #expect(verdict(ReplayWindow(size: 64), 0) == .sequenceZero)
  let window = ReplayWindow(size: 64, top: 1 << 32 - 1)
  #expect(window.infer(low: 0, extended: true) == 1 << 32)
  #expect(verdict(window, 1 << 32) == nil)
}

@Test(arguments: [32, 64, 100, 4096])
func `the high half is inferred from every position of the window`(size: Int) {
  let reach = UInt64(size)
  for high in [0, 1, 2, 0xffff_fffe] as [UInt64] {
    for low in [0, 1, reach - 2, reach - 1, reach, 1 << 31, 1 << 32 - reach, 1 << 32 - 1] as [UInt64] {
      let top = high << 32 + low
      let window = ReplayWindow(size: size, top: top)
      for back in 0..<min(reach, top) {
        let sequence = top - back
        #expect(window.infer(low: UInt32(truncatingIfNeeded: sequence), extended: true) == sequence)
      }
      for ahead in [1, 2, reach, 1 << 31] as [UInt64] {
        let sequence = top + ahead
        #expect(window.infer(low: UInt32(truncatingIfNeeded: sequence), extended: true) == sequence)
      }
    }
  }
}

@Test func `of a state from elsewhere, numbers above the highest are not yet received`() throws {
  let words = [UInt64](repeating: .max, count: ReplayWindow(size: 64).words.count)
  let window = try #require(ReplayWindow(size: 64, top: 100, words: words))
  for number in UInt64(101)...127 {
    var later = window
    later.update(127)
    #expect(number == 127 || verdict(later, number) == nil)
  }
}

@Test func `the largest jump wraps the low half, and high half 0 does not underflow`() {
  let size = 64
  let window = ReplayWindow(size: size, top: 5)
  #expect(window.infer(low: .max, extended: true) == UInt64(UInt32.max))
  let top: UInt64 = 7 << 32 + 1000
  let later = ReplayWindow(size: size, top: top)
  let largest = top + 1 << 32 - UInt64(size)
  #expect(later.infer(low: UInt32(truncatingIfNeeded: largest), extended: true) == largest)
}

@Test func `with the replay check off the high half is inferred all the same`() throws {
  let window = ReplayWindow(size: 0, top: 1 << 32 - 1)
  #expect(window.infer(low: 3, extended: true) == 1 << 32 + 3)
  var unchecked = window
  unchecked.update(1 << 32 + 3)
  #expect(verdict(unchecked, 1 << 32 + 3) == nil)
  // Packets may come in any order then, across 2^32 as well.
  #expect(unchecked.infer(low: 2, extended: true) == 1 << 32 + 2)
  #expect(unchecked.infer(low: .max - 5, extended: true) == 1 << 32 - 6)
}

@Test func `a saved window continues, and one of another size is refused`() throws {
  var window = ReplayWindow(size: 100)
  for sequence in [5, 9, 200, 150] as [UInt64] { window.update(sequence) }
  #expect(ReplayWindow(size: 100, top: window.top, words: window.words) == window)
  #expect(ReplayWindow(size: 1000, top: window.top, words: window.words) == nil)
}
