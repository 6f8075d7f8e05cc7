import Foundation
import LayoutDiff
import Model
import Spec
import Testing

@Suite struct MutationTests {
  /// Where made-up layouts start from. The default is fixed: what another seed finds is work on the rules, and no news
  /// about the change that is being tested. `IPSEC_LA_SEED` and `IPSEC_LA_TURNS` look further.
  static let seed = ProcessInfo.processInfo.environment["IPSEC_LA_SEED"].flatMap(UInt64.init) ?? 1
  static let turns = ProcessInfo.processInfo.environment["IPSEC_LA_TURNS"].flatMap(Int.init) ?? 10

  @Test(arguments: Spec.all.map(Layout.init))
  func `whatever is changed is seen, and no verdict is contradicted`(layout: Layout) {
    print("seed \(Self.seed)")
    var mutation = Mutation(seed: Self.seed)
    for turn in 0..<Self.turns {
      let (mutated, changes) = mutation.mutated(layout)
      guard mutated.defects.isEmpty else { continue }
      let diff = LayoutDiff(old: layout, new: mutated, seed: Self.seed &+ UInt64(turn))
      #expect(diff.contradictions == [], "seed \(Self.seed), turn \(turn): \(changes)")
      #expect(
        diff.changes.isEmpty == (layout.withoutReserved == mutated.withoutReserved),
        "seed \(Self.seed), turn \(turn): \(changes)")
      if turn % 5 == 0 { Mirror.expect(diff, LayoutDiff(old: mutated, new: layout, seed: diff.seed)) }
    }
  }
}

extension Layout {
  /// What a diff looks at: how reserved bytes and bits are divided does not matter.
  fileprivate var withoutReserved: Layout {
    var layout = self
    for index in layout.structures.indices { layout.structures[index].fields.removeAll { $0.type == .reserved } }
    for index in layout.bitLayouts.indices { layout.bitLayouts[index].ranges.removeAll(where: \.isReserved) }
    return layout
  }
}
