extension Drift {
  /// The report as one page: findings by how bad they are, and the bytes of structures that differ.
  public func html(_ ours: String, _ theirs: String) -> String {
    let sections = Level.allCases.map { level -> String in
      let findings = findings.filter { $0.rule.level == level }
      guard !findings.isEmpty else { return "" }
      let rows = findings.map { finding in
        let rule = "<span title=\"\(finding.rule.summary.escaped)\">\(finding.rule.rawValue)</span>"
        return HTMLPage.row(
          ["<code>\(finding.place.breakable)</code>", rule, finding.sides.ours.escaped, finding.sides.theirs.escaped],
          level.rawValue)
      }
      let table = HTMLPage.table(["place", "rule", ours.escaped, theirs.escaped], rows)
      return "<h2>\(level.heading): \(findings.count)</h2>\n\(table)\n"
    }
    let notes = (blindSpots + [counts]).map { "<p>\($0.escaped)</p>\n" }
    return HTMLPage.page(
      "Layout drift \(ours) | \(theirs)",
      sections.joined() + HTMLPage.maps(maps, (ours, theirs)) + notes.joined().dropLast())
  }
}
