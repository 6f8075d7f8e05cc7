extension Drift {
  /// The report for a terminal: findings by rule, ours | theirs, and the bytes of structures that differ.
  ///
  /// - Parameters:
  ///   - ours: what our side is called.
  ///   - theirs: what the other one is.
  public func text(_ ours: String, _ theirs: String) -> String {
    var lines = DriftRule.allCases.flatMap { rule in group(rule, findings.filter { $0.rule == rule }) }
    let file = theirs.split(separator: "/").last.map(String.init) ?? theirs
    lines += maps.flatMap { $0.lines(ours, file) + [""] }
    if unseen > 0 { lines.append("\(unseen) numbers: not in debug information, which has no macros; give the header") }
    if unordered > 0 { lines.append("\(unordered) fields: types without a byte order, where ours have one") }
    let missing = findings.count { $0.rule == .missing }
    let counts = "\(compared) names compared, \(findings.count - missing) differ, \(missing) missing"
    lines += ["\(ours) | \(theirs)", "  \(counts)"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func group(_ rule: DriftRule, _ findings: [Finding]) -> [String] {
    guard !findings.isEmpty else { return [] }
    let width = findings.map(\.place.count).max() ?? 0
    let oursWidth = findings.map(\.ours.count).max() ?? 0
    let rows = findings.flatMap { finding in
      let values = finding.theirs.isEmpty ? finding.ours : "\(finding.ours.padded(to: oursWidth)) | \(finding.theirs)"
      let line = "  \(finding.place.padded(to: width))  \(values)"
      return line.count <= TextWidth.columns ? [line] : ["  " + finding.place] + "    \(values)".wrapped(indent: 6)
    }
    return "\(rule.rawValue): \(rule.summary)".wrapped() + rows + [""]
  }
}
