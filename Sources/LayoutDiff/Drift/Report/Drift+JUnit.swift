extension Drift {
  /// The report as test results: a case for each finding; what is only theirs passes.
  public func junit(_ ours: String, _ theirs: String) -> String {
    let cases = findings.map { finding in
      let type = finding.rule.breaksWire ? "wire" : "source"
      let text = "\(finding.sides.ours) | \(finding.sides.theirs)".escaped
      let failure = "<failure type=\"\(type)\" message=\"\(finding.rule.summary.escaped)\">\(text)</failure>"
      return JUnitReport.testCase(finding.rule.rawValue, finding.place, finding.rule.level == .note ? nil : failure)
    }
    return JUnitReport.document(
      "layout drift \(ours) | \(theirs)", cases, failures: findings.count { $0.rule.level != .note })
  }
}
