/// The report as test results: a case for each change, a failure for each that breaks something.
public struct JUnitReport {
  private let summary: Summary

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    let changes = summary.diff.changes
    let failures = changes.filter { summary.level($0) != "note" }.count
    let cases = changes.map(testCase)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="\("layout diff \(summary.title)".escaped)" tests="\(changes.count)" failures="\(failures)">
      \(cases.joined(separator: "\n"))
      </testsuite>

      """
  }

  private func testCase(_ change: Change) -> String {
    let head = "  <testcase classname=\"\(change.rule.id)\" name=\"\(change.place.escaped)\""
    guard summary.level(change) != "note" else { return head + "/>" }
    let text =
      ([change.difference]
      + summary.met(change).map { direction, verdict, example in
        "\(direction.title): \(verdict)" + (example.map { ": \($0)" } ?? "")
      }).joined(separator: "\n")
    return """
      \(head)>
          <failure type="\(change.breaksWire ? "wire" : "source")" message="\(change.rule.summary.escaped)">\(text.escaped)</failure>
        </testcase>
      """
  }
}
