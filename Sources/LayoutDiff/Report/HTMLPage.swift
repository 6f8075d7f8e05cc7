/// A page that needs nothing else: light or dark as its reader likes, and readable on paper.
enum HTMLPage {
  /// - Parameters:
  ///   - title: text.
  ///   - body: markup.
  static func page(_ title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>\(title.escaped)</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <h1>\(title.escaped)</h1>
    \(body)
    </body>
    </html>

    """
  }

  /// Both sides' bytes of structures, under a heading.
  ///
  /// - Parameter sides: what they are called.
  static func maps(_ maps: [ByteMap], _ sides: (String, String)) -> String {
    guard !maps.isEmpty else { return "" }
    return "<h2>Bytes that moved: \(maps.count)</h2>\n" + maps.map { map in
      """
      <section>
      <h3><code>\(map.name.escaped)</code></h3>
      <div class="sides">
      \(grid(sides.0, ByteGrid(map.old, against: map.new)))
      \(grid(sides.1, ByteGrid(map.new, against: map.old)))
      </div>
      </section>

      """
    }.joined()
  }

  /// A side's bytes, eight in a row, behind the offset of the first.
  private static func grid(_ heading: String, _ grid: ByteGrid) -> String {
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
  static func table(_ headings: [String], _ rows: [String]) -> String {
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
  static func row(_ cells: [String], _ style: String = "") -> String {
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
  var breakable: String { escaped.replacing(/[_.]/) { "\($0.output)<wbr/>" } }

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
