/// The report as test results: a case for each change.
///
/// What breaks the wire or sources fails, what is suppressed is skipped, and a verdict that its proof contradicts is an
/// error.
public struct JUnitReport {
  private let summary: Summary

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    let diff = summary.diff
    let whole = summary.contradictions
    let errors = diff.changes.filter(isContradicted).count + whole.count
    let failures = diff.changes.filter { !isContradicted($0) && summary.level($0) != .note }.count
    let cases =
      diff.changes.map { testCase($0, outcome($0)) }
      + diff.suppressed.map { testCase($0.change, "<skipped message=\"\($0.suppression.reason.escaped)\"/>") }
      + whole.map { Self.testCase("proof", "all changes at once", "<error type=\"proof\" message=\"\($0.escaped)\"/>") }
    return Self.document(
      "layout diff \(summary.title)", cases, failures: failures, errors: errors, skipped: diff.suppressed.count)
  }

  /// A suite of test cases.
  static func document(
    _ name: String, _ cases: [String], failures: Int, errors: Int = 0, skipped: Int = 0
  ) -> String {
    let numbers = [
      ("tests", cases.count), ("failures", failures), ("errors", errors), ("skipped", skipped), ("time", 0),
    ]
    let counts = numbers.map { "\($0)=\"\($1)\"" }.joined(separator: " ")
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(name.escaped)" \(counts)>
        <testsuite name="\(name.escaped)" \(counts)>
      \(cases.map { $0 + "\n" }.joined())  </testsuite>
      </testsuites>

      """
  }

  private func isContradicted(_ change: Change) -> Bool { summary.met(change).contains { $0.contradiction != nil } }

  /// The element that says how a case ended; nil for one that passes.
  private func outcome(_ change: Change) -> String? {
    let level = summary.level(change)
    guard level != .note else { return nil }
    let met = summary.met(change).flatMap { ["\($0.direction.title): \($0.text)"] + $0.evidence }
    let text = ([change.difference] + met).joined(separator: "\n").escaped
    let message = change.rule.summary.escaped
    return isContradicted(change)
      ? "<error type=\"proof\" message=\"\(message)\">\(text)</error>"
      : "<failure type=\"\(level == .error ? "wire" : "source")\" message=\"\(message)\">\(text)</failure>"
  }

  private func testCase(_ change: Change, _ outcome: String?) -> String {
    Self.testCase(change.rule.id, change.place, outcome)
  }

  /// - Parameter outcome: the element that says how it ended; nil for one that passes.
  static func testCase(_ group: String, _ name: String, _ outcome: String?) -> String {
    let head = "    <testcase classname=\"\(group)\" name=\"\(name.escaped)\" time=\"0\""
    return outcome.map { "\(head)>\n      \($0)\n    </testcase>" } ?? head + "/>"
  }
}
