extension SARIFReport {
  /// A result for each finding, in the foreign header or object.
  ///
  /// - Parameters:
  ///   - ours: what our side is called.
  ///   - artifact: the foreign file.
  public init(_ drift: Drift, _ ours: String, artifact: Artifact) {
    let rules = DriftRule.allCases
    self.init(
      id: "layout-drift/\(ours)/", rules: rules.map { ($0.rawValue, $0.summary, $0.level) },
      results: drift.findings.map { finding in
        Result(
          rule: finding.rule.rawValue, rules.firstIndex(of: finding.rule) ?? -1, finding.rule.level,
          "\(finding.place): \(finding.sides.ours) in \(ours), \(finding.sides.theirs) in \(artifact.path).",
          at: finding.place, in: artifact)
      })
  }
}
