extension Drift {
  /// The report for a pull request: a table for each level, then the bytes of structures that differ.
  public func markdown(_ ours: String, _ theirs: String) -> String {
    var lines = ["## Layout drift \(ours.inText) \\| \(theirs.inText)", ""]
    for level in Level.allCases {
      let findings = findings.filter { $0.rule.level == level }
      guard !findings.isEmpty else { continue }
      lines += ["### \(level.heading): \(findings.count)", ""]
      lines += [MarkdownReport.row(["place", "rule", ours.inText, theirs.inText]), "| --- | --- | --- | --- |"]
      lines += findings.map {
        MarkdownReport.row([$0.place.code, $0.rule.rawValue, $0.sides.ours.inText, $0.sides.theirs.inText])
      }
      lines.append("")
    }
    lines += MarkdownReport.maps(maps, (ours.inText, theirs.inText))
    return (lines + (blindSpots + [counts]).flatMap { [$0, ""] }).joined(separator: "\n")
  }
}
