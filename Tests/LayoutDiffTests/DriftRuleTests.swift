import LayoutDiff
import Testing

@Suite struct DriftRuleTests {
  private func findings(_ fixture: DriftFixture) -> [String] {
    Drift(Fixture.base, fixture.foreign).findings.map { "\($0.rule.rawValue) at \($0.place)" }
  }

  @Test(arguments: DriftFixture.all)
  func `a change of theirs is seen by its rule, and nothing else is`(fixture: DriftFixture) {
    #expect(findings(fixture) == [fixture.testDescription])
  }

  @Test(arguments: DriftFixture.harmless)
  func `what is no drift is not told`(fixture: DriftFixture) { #expect(findings(fixture) == []) }

  @Test func `every rule has a pair`() {
    #expect(Set(DriftFixture.all.map(\.rule)) == Set(DriftRule.allCases))
  }

  /// What code scanning knows rules by; new ones come on top.
  private static let published: Set = [
    "drift-value", "drift-mask", "drift-text", "drift-size", "drift-field", "drift-bits", "drift-order",
    "drift-reserved", "drift-missing", "drift-extra",
  ]

  @Test func `the identifier of a rule stays what it was`() {
    #expect(Self.published.isSubset(of: DriftRule.allCases.map(\.rawValue)))
  }
}
