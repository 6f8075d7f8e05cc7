/// Blocks as Markdown, aligned for those who read its source.
enum MarkdownText {
  /// Where a paragraph is wrapped.
  static let width = 100

  static func text(_ blocks: [Block]) -> String {
    blocks.map { lines($0).joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let level, let text): [String(repeating: "#", count: level) + " " + text]
    case .paragraph(let text): escaped(text).wrapped(to: width)
    case .list(let items):
      items.flatMap { item in
        escaped(item).wrapped(to: width - 2).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
      }
    case .picture(let lines): ["```text"] + lines + ["```"]
    case .table(let table): lines(table)
    }
  }

  /// Every column is padded but the last, so that one long cell does not stretch each row.
  private static func lines(_ table: Table) -> [String] {
    let rows = [table.columns.map(\.title)] + table.rows.map { $0.map { escaped($0, inCell: true) } }
    let last = table.columns.count - 1
    let widths = table.columns.indices.map { index in
      max(3, index == last ? rows[0][index].count : rows.map { $0[index].count }.max() ?? 0)
    }
    let rule = zip(table.columns, widths).map { column, width in
      String(repeating: "-", count: width - 1) + (column.isNumber ? ":" : "-")
    }
    var lines = rows.map { row in
      row.indices.map {
        table.columns[$0].isNumber ? row[$0].paddedLeft(to: widths[$0]) : row[$0].padded(to: widths[$0])
      }
    }
    lines.insert(rule, at: 1)
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }
  }

  /// Outside of backticks, stars are no emphasis and `<` opens no tag; in a cell, a bar ends it nowhere.
  private static func escaped(_ text: String, inCell: Bool = false) -> String {
    var result = ""
    var isCode = false
    for character in text {
      switch character {
      case "`": isCode.toggle()
      case "*" where !isCode, "<" where !isCode, "|" where inCell: result += "\\"
      default: break
      }
      result.append(character)
    }
    return result
  }
}

extension String {
  /// At the right of `width` characters.
  func paddedLeft(to width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
