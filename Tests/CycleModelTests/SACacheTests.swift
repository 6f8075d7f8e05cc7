import Clockwork
import Testing

@testable import CycleModel

@Suite struct SACacheTests {
  /// Looks each up and fills what it misses at once; the number of misses.
  private func misses(_ associations: [UInt32], entries: Int, ways: Int) -> Int {
    var cache = SACache(entries: entries, ways: ways)
    for association in associations {
      if case .miss(let line) = cache.look(up: association, mayMiss: true) { cache.lines[Int(line)].isPending = false }
    }
    return Int(cache.misses)
  }

  private func rounds(_ associations: some Sequence<UInt32>) -> [UInt32] {
    (0..<10).flatMap { _ in Array(associations) }
  }

  @Test(arguments: [1, 2, 4, 16]) func `what fits is read once`(ways: Int) {
    #expect(misses(rounds(0..<16), entries: 16, ways: ways) == 16)
  }

  @Test(arguments: [2, 4, 8]) func `one more than the ways of a set, in turn, always misses`(ways: Int) {
    let sets = UInt32(4)
    let sameSet = stride(from: 0, to: sets * UInt32(ways + 1), by: Int(sets))
    #expect(misses(rounds(sameSet), entries: 4 * ways, ways: ways) == 10 * (ways + 1))
  }

  @Test func `the least recently used gives way`() {
    #expect(misses([0, 1, 0, 2, 0, 1], entries: 2, ways: 2) == 4)
  }

  @Test func `an SA that is being read is not read twice, and keeps its line`() {
    var cache = SACache(entries: 1, ways: 1)
    guard case .miss = cache.look(up: 1, mayMiss: true) else { return #expect(Bool(false), "the first look-up misses") }
    guard case .pending = cache.look(up: 1, mayMiss: true) else { return #expect(Bool(false), "the second waits") }
    guard case .full = cache.look(up: 2, mayMiss: true) else { return #expect(Bool(false), "no line to give") }
    #expect((cache.misses, cache.merged, cache.hits) == (1, 1, 0))
  }
}
