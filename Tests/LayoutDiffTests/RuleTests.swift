import LayoutDiff
import Model
import Testing

@Suite struct RuleTests {
  private static let fixtures = RuleFixtures.all + HistoricFixtures.all + MutationFixtures.all

  @Test(arguments: fixtures)
  func `a change is seen by its rule, with its verdicts and a counter-example`(fixture: Fixture) throws {
    let diff = fixture.diff
    let change = try #require(
      diff.changes.first { $0.rule.id == fixture.rule && $0.place == fixture.place },
      "\(diff.changes.map { "\($0.rule.id) \($0.place)" })")
    #expect(change.verdict(.oldDriver).id == fixture.oldDriver)
    #expect(change.verdict(.newDriver).id == fixture.newDriver)
    let said = Direction.allCases.compactMap { change.judgements[$0]?.outcome?.counterexample }
    #expect(fixture.says.isEmpty ? said.isEmpty : said.contains { $0.contains(fixture.says) }, "\(said)")
    #expect(diff.contradictions == [])
  }

  @Test(arguments: fixtures)
  func `a change undone is seen in the mirror`(fixture: Fixture) {
    #expect(Mirror.differences(fixture.diff, LayoutDiff(old: fixture.current, new: fixture.previous)) == [])
  }

  @Test func `every rule has a pair`() {
    let shown = Set(Self.fixtures.map(\.rule))
    #expect(DiffRule.all.map(\.id).filter { !shown.contains($0) } == [])
    #expect(Set(DiffRule.all.map(\.id)).count == DiffRule.all.count)
  }
}
