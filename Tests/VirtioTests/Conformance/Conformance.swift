import Testing

/// The rows of the conformance table that a test shows to hold.
struct Conformance: TestTrait, TestScoping {
  let ids: [String]

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let ids = ids
    Matrix.shared.record(ids, by: test.displayName ?? test.name, hasFailed: false)
    let watch = IssueHandlingTrait.compactMapIssues { issue in
      Matrix.shared.record(ids, by: test.displayName ?? test.name, hasFailed: true)
      return issue
    }
    try await watch.provideScope(for: test, testCase: testCase, performing: function)
  }
}

extension Trait where Self == Conformance {
  /// The test shows these rows of `matrix.tsv` to hold.
  static func conforms(_ ids: String...) -> Self {
    Matrix.shared.declare(ids)
    return Conformance(ids: ids)
  }
}
