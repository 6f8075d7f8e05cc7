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

  /// What suppressions and code scanning know rules by; new ones come on top.
  private static let published: Set = [
    "attribute-added", "attribute-encoding", "attribute-macro", "attribute-removed", "attribute-renamed",
    "attribute-type", "behaviour", "bits-added", "bits-meaning", "bits-moved", "bits-removed", "bits-renamed",
    "bits-reserved", "bits-reused", "bits-used", "chain-condition", "chain-count", "chain-limit", "chain-parts",
    "chain-renamed", "command-added", "command-code", "command-feature", "command-macro", "command-queue",
    "command-removed", "command-renamed", "command-reused", "device-id", "documentation", "feature-added",
    "feature-foreign", "feature-moved", "feature-needs", "feature-removed", "feature-renamed", "feature-reused",
    "feature-use", "field-added", "field-bound", "field-meaning", "field-moved", "field-order", "field-range",
    "field-removed", "field-renamed", "field-reserved", "field-reused", "field-shape", "number-added",
    "number-removed", "number-renamed", "number-value", "numbers-renamed", "pci-id", "prefix", "queue-added",
    "queue-limits", "queue-order", "queue-pairing", "queue-presence", "queue-removed", "queue-renamed",
    "register-access", "register-added", "register-count", "register-feature", "register-meaning", "register-moved",
    "register-removed", "register-renamed", "register-reset", "register-shape", "register-torn", "reserved-used",
    "service-added", "service-removed", "service-renamed", "structure-added", "structure-packing",
    "structure-removed", "structure-renamed", "structure-size", "version-number",
  ]

  @Test func `the identifier of a rule stays what it was`() {
    #expect(Self.published.subtracting(DiffRule.all.map(\.id)).isEmpty)
  }

  @Test func `every rule has a pair`() {
    let shown = Set(Self.fixtures.map(\.rule))
    #expect(DiffRule.all.map(\.id).filter { !shown.contains($0) } == [])
    #expect(Set(DiffRule.all.map(\.id)).count == DiffRule.all.count)
  }
}
