import Model

/// The report as one page.
public struct HTMLReport {
  private let summary: Summary
  private var diff: LayoutDiff { summary.diff }

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    let contradictions = summary.contradictions.map {
      "<p class=\"error\">Contradicted by its proof: \($0.escaped)</p>\n"
    }
    return HTMLPage.page(
      "Layout \(summary.title)",
      """
      \(totals)
      \(contradictions.joined())\(Level.allCases.map { section($0) }.joined())\
      \(suppressed)\
      \(HTMLPage.maps(ByteMap.all(of: diff), (diff.old.version, diff.new.version)))\
      <p>\(summary.counts.escaped)</p>
      """)
  }

  private var totals: String {
    let rows = Direction.allCases.map { direction in
      let verdict = diff.verdict(direction)
      return (direction.title, summary.total(direction), verdict.breaksWire ? "error" : "note")
    } + [("sources", summary.sources, diff.breaksSource ? "warning" : "note")]
    return HTMLPage.table(["", "verdict"], rows.map { HTMLPage.row([$0.0.escaped, "<b>\($0.1.escaped)</b>"], $0.2) })
  }

  private func section(_ level: Level) -> String {
    let changes = diff.changes.filter { summary.level($0) == level }
    guard !changes.isEmpty else { return "" }
    let rows = changes.map { change in
      let rule = "<span title=\"\(change.rule.summary.escaped)\">\(change.rule.id)</span>"
      return HTMLPage.row(
        ["<code>\(change.place.breakable)</code>", rule]
          + [change.old, change.new].map { value(of: change, $0) } + [met(change)],
        level.rawValue)
    }
    return """
      <h2>\(level.heading): \(changes.count)</h2>
      \(HTMLPage.table(["place", "rule", "old", "new", "what comes of it"], rows))

      """
  }

  private func value(of change: Change, _ text: String?) -> String {
    guard let text else { return "–" }
    return (change.isComposition ? text.parts : [text]).map(\.escaped).joined(separator: "<br/>")
  }

  private func met(_ change: Change) -> String {
    summary.met(change).map { met in
      let style = met.verdict.breaksWire ? " class=\"error\"" : ""
      return "<div>\(met.direction.title.escaped): <b\(style)>\(met.text.escaped)</b>"
        + met.evidence.map { "<br/><code>\($0.escaped)</code>" }.joined() + "</div>"
    }.joined()
  }

  private var suppressed: String {
    guard !diff.suppressed.isEmpty else { return "" }
    let rows = diff.suppressed.map {
      HTMLPage.row(["<code>\($0.change.place.escaped)</code>", $0.change.rule.id, $0.suppression.reason.escaped])
    }
    return "<h2>Suppressed: \(rows.count)</h2>\n\(HTMLPage.table(["place", "rule", "reason"], rows))\n"
  }
}
