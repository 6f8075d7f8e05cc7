import Model

/// The report as one page that needs nothing else.
public struct HTMLReport {
  private let summary: Summary

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    let diff = summary.diff
    let verdicts =
      Direction.allCases.map { row([$0.title, diff.text(diff.verdict($0))]) } + [row(["sources", summary.sources])]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <title>\(summary.title.escaped)</title>
      <style>
      body { font: 15px/1.4 sans-serif; margin: 2em; }
      table { border-collapse: collapse; margin: 1em 0; }
      td, th { border: 1px solid #ccc; padding: .2em .6em; text-align: left; vertical-align: top; }
      .error { background: #fdd; } .warning { background: #ffd; } .differs { background: #fdd; }
      code { white-space: pre-wrap; }
      </style>
      <h1>\(summary.title.escaped)</h1>
      <table>
      \(verdicts.joined(separator: "\n"))
      </table>
      <h2>Changes</h2>
      <table>
      <tr><th>place<th>rule<th>old<th>new<th>what comes of it</tr>
      \(diff.changes.map(line).joined(separator: "\n"))
      </table>
      <h2>Bytes that moved</h2>
      \(ByteMap.all(of: diff).map(map).joined(separator: "\n"))
      <p>\(summary.counts.escaped)</p>
      </html>

      """
  }

  private func row(_ cells: [String], style: String = "") -> String {
    "<tr\(style.isEmpty ? "" : " class=\"\(style)\"")>" + cells.map { "<td>\($0.escaped)" }.joined() + "</tr>"
  }

  private func line(_ change: Change) -> String {
    let met = summary.met(change).map { direction, verdict, example in
      "<div>\(direction.title.escaped): <b>\(verdict.escaped)</b>"
        + (example.map { "<br><code>\($0.escaped)</code>" } ?? "") + "</div>"
    }
    let cells = [change.place, change.rule.id, change.old ?? "–", change.new ?? "–"].map { "<td>\($0.escaped)" }
      .joined()
    return "<tr class=\"\(summary.level(change))\">\(cells)<td>\(met.joined())</tr>"
  }

  private func map(_ map: ByteMap) -> String {
    let rows = map.rows.map { row(["\($0.offset)", $0.old ?? "", $0.new ?? ""], style: $0.differs ? "differs" : "") }
    return """
      <h3>\(map.name.escaped)</h3>
      <table><tr><th>byte<th>\(summary.diff.old.version.escaped)<th>\(summary.diff.new.version.escaped)</tr>
      \(rows.joined(separator: "\n"))
      </table>
      """
  }
}

extension String {
  /// As text between tags, or in an attribute, of HTML and XML.
  var escaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.append(character)
      }
    }
  }
}
