import Foundation
import LayoutDiff
import Model
import Spec
import Testing

@Suite struct MutationTests {
  /// Where edits start from, and how many there are. The default is fixed, so that a run says something about the
  /// change that is being tested; `IPSEC_LA_SEED` and `IPSEC_LA_TURNS` look further.
  static let seed = ProcessInfo.processInfo.environment["IPSEC_LA_SEED"].flatMap(UInt64.init) ?? 1
  static let turns = ProcessInfo.processInfo.environment["IPSEC_LA_TURNS"].flatMap(Int.init) ?? 60

  @Test(arguments: Spec.all.map(Layout.init))
  func `whatever is edited is seen or refused, and no verdict is contradicted`(layout: Layout) throws {
    var mutation = try Mutation(of: layout, seed: Self.seed)
    var compared = 0
    for turn in 0..<Self.turns {
      let (mutated, edit) = mutation.next()
      guard let mutated, mutated.defects.isEmpty else { continue }
      compared += 1
      let place = "\(layout.version), seed \(Self.seed), turn \(turn): \(edit)"
      let diff = LayoutDiff(old: layout, new: mutated, seed: Self.seed &+ UInt64(turn))
      #expect(diff.contradictions == [], "\(place)")
      #expect(diff.changes.isEmpty == (layout.compared == mutated.compared), "\(place)")
      guard turn % 5 == 0 else { continue }
      let back = LayoutDiff(old: mutated, new: layout, seed: diff.seed)
      #expect(Mirror.differences(diff, back) == [], "\(place)")
    }
    print("\(layout.version), seed \(Self.seed): \(compared) of \(Self.turns) edits were layouts")
    #expect(compared > 0)
  }
}
