import LayoutDiff
import Model
import Spec
import Testing

@Suite struct VersionTests {
  static let layouts = Spec.all.map(Layout.init)
  static let pairs = layouts.flatMap { old in layouts.map { Pair(old: old, new: $0) } }

  struct Pair: CustomTestStringConvertible {
    let old: Layout
    let new: Layout
    let diff: LayoutDiff

    init(old: Layout, new: Layout) {
      (self.old, self.new) = (old, new)
      diff = LayoutDiff(old: old, new: new)
    }

    var testDescription: String { "\(old.version) → \(new.version)" }
  }

  @Test(arguments: layouts)
  func `a version compared with itself has no changes`(layout: Layout) {
    let diff = LayoutDiff(old: layout, new: layout)
    #expect(diff.changes.isEmpty)
    for direction in Direction.allCases { #expect(diff.verdict(direction) == .identical) }
  }

  @Test(arguments: pairs)
  func `no verdict is contradicted by its proof`(pair: Pair) {
    #expect(pair.diff.contradictions == [])
  }

  @Test(arguments: pairs)
  func `all changes together break where their total says so`(pair: Pair) {
    for direction in Direction.allCases {
      let outcome = pair.diff.outcome(direction)
      #expect(outcome.breaks == pair.diff.verdict(direction).breaksWire, "\(outcome)")
    }
  }

  @Test(arguments: pairs)
  func `every wire break comes with a counter-example, and nothing else does`(pair: Pair) {
    for change in pair.diff.changes {
      for direction in Direction.allCases {
        let example = change.judgements[direction]?.outcome?.counterexample
        #expect((example != nil) == change.verdict(direction).breaksWire, "\(change.rule.id) \(change.place)")
      }
    }
  }

  /// What no bytes show is said to be so by definition: an ID, a feature, a queue.
  @Test(arguments: pairs)
  func `a counter-example names bytes and where they stand, or says that it needs none`(pair: Pair) {
    for change in pair.diff.changes {
      for example in change.judgements.values.compactMap(\.outcome?.counterexample) {
        let bytes = /\bat \d+|from \d+ on: [0-9a-f]+|\([0-9a-f ]+\)|the only one of its queue|area of 0 bytes/
        #expect(example.hasPrefix("by definition, ") || example.contains(bytes), "\(change.rule.id): \(example)")
      }
    }
  }

  @Test(arguments: pairs)
  func `reversing the arguments mirrors the verdicts`(pair: Pair) {
    #expect(Mirror.differences(pair.diff, LayoutDiff(old: pair.new, new: pair.old)) == [])
  }
}
