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
    #expect(LayoutDiff(old: pair.old, new: pair.new).contradictions == [])
  }

  @Test(arguments: pairs)
  func `all changes together break where their total says so`(pair: Pair) {
    let diff = LayoutDiff(old: pair.old, new: pair.new)
    for direction in Direction.allCases {
      #expect(diff.outcome(direction).breaks == diff.verdict(direction).breaksWire, "\(diff.outcome(direction))")
    }
  }

  @Test(arguments: pairs)
  func `every wire break comes with a counter-example, and nothing else does`(pair: Pair) {
    for change in LayoutDiff(old: pair.old, new: pair.new).changes {
      for direction in Direction.allCases where change.verdict(direction).breaksWire {
        #expect(change.judgements[direction]?.outcome?.counterexample != nil, "\(change.rule.id) \(change.place)")
      }
    }
  }

  @Test(arguments: pairs)
  func `reversing the arguments mirrors the verdicts`(pair: Pair) {
    Mirror.expect(pair.old, pair.new)
  }
}
