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
      let rule = "<span title=\"\(change.rule.summary.escaped)\">\(change.rule.id)</span>"
      return row(
        ["<code>\(change.place.breakable)</code>", rule]
          + [change.old, change.new].map { value(of: change, $0) } + [met(change)],
        level.rawValue)
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
      let style = met.verdict.breaksWire ? " class=\"error\"" : ""
      return "<div>\(met.direction.title.escaped): <b\(style)>\(met.text.escaped)</b>"
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
      """
      <section>
      <h3><code>\(map.name.escaped)</code></h3>
      <div class="sides">
      \(grid(diff.old.version, ByteGrid(map.old, against: map.new)))
      \(grid(diff.new.version, ByteGrid(map.new, against: map.old)))
      </div>
      </section>

      """
    }.joined()
  }

  /// A side's bytes, eight in a row, behind the offset of the first.
  private func grid(_ heading: String, _ grid: ByteGrid) -> String {
    let rows = grid.rows.map { pieces in
      let cells = pieces.map {
        "<td colspan=\"\($0.columns)\"\($0.differs ? " class=\"differs\"" : "")>\($0.text.breakable)</td>"
      }
      return "<tr><th scope=\"row\">\(pieces.first?.offset ?? 0)</th>\(cells.joined())</tr>"
    }
    let bytes = (0..<ByteGrid.columns).map { "<th scope=\"col\">\($0)</th>" }.joined()
    return """
      <table class="map">
      <caption>\(heading.escaped)</caption>
      <thead><tr><th></th>\(bytes)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  /// - Parameters:
  ///   - headings: text.
  ///   - rows: as `row` makes them.
  private func table(_ headings: [String], _ rows: [String]) -> String {
    """
    <table class="changes">
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
    .changes td { overflow-wrap: break-word; }
    .sides { display: flex; flex-wrap: wrap; gap: 0 2em; align-items: flex-start; }
    .map { table-layout: fixed; width: 42em; margin: .2em 0 1em; font: 12px ui-monospace, monospace; }
    .map caption { text-align: left; font-weight: bold; }
    .map th { border: 0; font-weight: normal; text-align: right; padding: .25em .4em; }
    .map thead { background: none; }
    .map thead th { text-align: center; }
    .map td { overflow-wrap: break-word; text-align: center; padding: .25em .1em; }
    .error > td:first-child, b.error, .differs { background: var(--bad); }
    .warning > td:first-child { background: var(--warn); }
    code { font: 13px ui-monospace, monospace; white-space: pre-wrap; }
    @media print {
      :root { --line: #888; --bad: #eee; --warn: #fff; --head: #fff; }
      body { font-size: 9pt; margin: 0; max-width: none; }
      thead { display: table-header-group; }
      tr, section { break-inside: avoid; }
      .error td:first-child { border-left: 3pt solid #000; }
      .map { width: 30em; }
      .differs { font-weight: bold; }
    }
    """
}

extension String {
  /// As text between tags, which may go on in a new line after an underscore or a dot.
  fileprivate var breakable: String { escaped.replacing(/[_.]/) { "\($0.output)<wbr/>" } }

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
