public import Testing

/// The rows of a conformance table that a test shows to hold.
public struct Conformance: TestTrait, TestScoping {
  private let ids: [String]
  private let matrix: Matrix

  public init(_ ids: [String], of matrix: Matrix) {
    matrix.declare(ids)
    (self.ids, self.matrix) = (ids, matrix)
  }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let (ids, matrix, name) = (ids, matrix, test.displayName ?? test.name)
    matrix.record(ids, by: name, hasFailed: false)
    let watch = IssueHandlingTrait.compactMapIssues { issue in
      matrix.record(ids, by: name, hasFailed: true)
      return issue
    }
    try await watch.provideScope(for: test, testCase: testCase, performing: function)
  }
}
