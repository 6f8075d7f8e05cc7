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
    lines += blindSpots
    lines += ["\(ours) | \(theirs)", "  \(counts)"]
    return lines.map { $0 + "\n" }.joined()
  }

  /// How much there is of what.
  var counts: String {
    let (missing, extra) = (findings.count { $0.rule == .missing }, findings.count { $0.rule == .extra })
    let differ = findings.count - missing - extra
    return "\(compared) names compared, \(differ) differ, \(missing) missing, \(extra) extra"
  }

  /// What could not be compared.
  var blindSpots: [String] {
    (unseen > 0 ? ["\(unseen) numbers: not in debug information, which has no macros; give the header"] : [])
      + (unordered > 0 ? ["\(unordered) fields: types without a byte order, where ours have one"] : [])
  }

  private func group(_ rule: DriftRule, _ findings: [Finding]) -> [String] {
    guard !findings.isEmpty else { return [] }
    let width = findings.map(\.place.count).max() ?? 0
    let oursWidth = findings.map(\.sides.ours.count).max() ?? 0
    let rows = findings.flatMap { finding in
      let values =
        finding.theirs.isEmpty ? finding.ours : "\(finding.sides.ours.padded(to: oursWidth)) | \(finding.theirs)"
      let line = "  \(finding.place.padded(to: width))  \(values)"
      return line.count <= TextWidth.columns ? [line] : ["  " + finding.place] + "    \(values)".wrapped(indent: 6)
    }
    return "\(rule.rawValue): \(rule.summary)".wrapped() + rows + [""]
  }
}
