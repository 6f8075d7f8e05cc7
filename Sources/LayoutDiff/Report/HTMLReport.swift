import Model

/// The report as one page that needs nothing else: light or dark as its reader likes, and readable on paper.
public struct HTMLReport {
  private let summary: Summary
  private var diff: LayoutDiff { summary.diff }

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    let title = "Layout \(summary.title)".escaped
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>\(title)</h1>
      \(totals)
      \(summary.contradictions.map { "<p class=\"error\">Contradicted by its proof: \($0.escaped)</p>\n" }.joined())\
      \(Level.allCases.map { section($0) }.joined())\
      \(suppressed)\
      \(maps)\
      <p>\(summary.counts.escaped)</p>
      </body>
      </html>

      """
  }

  private var totals: String {
    let rows = Direction.allCases.map { direction in
      let verdict = diff.verdict(direction)
      return (direction.title, summary.total(direction), verdict.breaksWire ? "error" : "note")
    } + [("sources", summary.sources, diff.breaksSource ? "warning" : "note")]
    return table(["", "verdict"], rows.map { row([$0.0.escaped, "<b>\($0.1.escaped)</b>"], $0.2) })
  }

  private func section(_ level: Level) -> String {
    let changes = diff.changes.filter { summary.level($0) == level }
    guard !changes.isEmpty else { return "" }
    let rows = changes.map { change in
      row(
        ["<code>\(change.place.escaped)</code>", "<span title=\"\(change.rule.summary.escaped)\">\(change.rule.id)</span>"]
          + [change.old, change.new].map { value(of: change, $0) } + [met(change)], level.rawValue)
    }
    return """
      <h2>\(level.heading): \(changes.count)</h2>
      \(table(["place", "rule", "old", "new", "what comes of it"], rows))

      """
  }

  private func value(of change: Change, _ text: String?) -> String {
    guard let text else { return "–" }
    return (change.isComposition ? text.parts : [text]).map(\.escaped).joined(separator: "<br/>")
  }

  private func met(_ change: Change) -> String {
    summary.met(change).map { met in
      "<div>\(met.direction.title.escaped): <b>\(met.text.escaped)</b>"
        + met.evidence.map { "<br/><code>\($0.escaped)</code>" }.joined() + "</div>"
    }.joined()
  }

  private var suppressed: String {
    guard !diff.suppressed.isEmpty else { return "" }
    let rows = diff.suppressed.map {
      row(["<code>\($0.change.place.escaped)</code>", $0.change.rule.id, $0.suppression.reason.escaped])
    }
    return "<h2>Suppressed: \(rows.count)</h2>\n\(table(["place", "rule", "reason"], rows))\n"
  }

  private var maps: String {
    let maps = ByteMap.all(of: diff)
    guard !maps.isEmpty else { return "" }
    return "<h2>Bytes that moved: \(maps.count)</h2>\n" + maps.map { map in
      let rows = map.rows.map { row in
        self.row(["\(row.offset)", row.old?.escaped ?? "", row.new?.escaped ?? ""], row.differs ? "differs" : "")
      }
      return """
        <section>
        <h3><code>\(map.name.escaped)</code></h3>
        \(table(["byte", diff.old.version.escaped, diff.new.version.escaped], rows, "map"))
        </section>

        """
    }.joined()
  }

  /// - Parameters:
  ///   - headings: text.
  ///   - rows: as `row` makes them.
  private func table(_ headings: [String], _ rows: [String], _ style: String = "changes") -> String {
    """
    <table class="\(style)">
    <thead><tr>\(headings.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
    <tbody>
    \(rows.joined(separator: "\n"))
    </tbody>
    </table>
    """
  }

  /// - Parameter cells: markup.
  private func row(_ cells: [String], _ style: String = "") -> String {
    "<tr\(style.isEmpty ? "" : " class=\"\(style)\"")>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
  }

  private static let style = """
    :root { color-scheme: light dark; --line: #bbb; --bad: #fbd9d9; --warn: #fbf0c4; --head: #eee; }
    @media (prefers-color-scheme: dark) {
      :root { --line: #555; --bad: #5a2020; --warn: #4d4210; --head: #333; }
    }
    body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 90em; padding: 0 1em; }
    table { border-collapse: collapse; margin: 1em 0; }
    th, td { border: 1px solid var(--line); padding: .25em .6em; text-align: left; vertical-align: top; }
    thead { background: var(--head); }
    .changes td { overflow-wrap: anywhere; }
    .map { font-family: ui-monospace, monospace; font-size: 13px; }
    .map td:first-child { text-align: right; }
    .error, .differs { background: var(--bad); }
    .warning { background: var(--warn); }
    code { font: 13px ui-monospace, monospace; white-space: pre-wrap; }
    section { display: inline-block; margin-right: 2em; vertical-align: top; }
    @media print {
      :root { --line: #888; --bad: #eee; --warn: #fff; --head: #fff; }
      body { font-size: 9pt; margin: 0; max-width: none; }
      thead { display: table-header-group; }
      tr, section { break-inside: avoid; }
      .error td:first-child, .differs td:first-child { border-left: 3pt solid #000; }
    }
    """
}

extension String {
  /// As text between tags, or in an attribute, of HTML and XML, which have no control characters but the blanks.
  var escaped: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7f: text += "\u{fffd}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
