/// Blocks as plain text for a terminal.
enum TerminalText {
  /// No line is longer.
  static let width = 100
  private static let gap = 2

  static func text(_ blocks: [Block]) -> String {
    blocks.map { lines($0).map(\.withoutTrailingSpace).joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let level, let text):
      [text.plain, String(repeating: level < 3 ? "=" : "-", count: text.plain.count)]
    case .paragraph(let text): text.plain.wrapped(to: width)
    case .list(let items):
      items.flatMap { item in
        item.plain.wrapped(to: width - 2).enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
      }
    case .picture(let lines): lines
    case .table(let table): lines(table)
    }
  }

  private static func lines(_ table: Table) -> [String] {
    let rows = [table.columns.map(\.title)] + table.rows.map { $0.map(\.plain) }
    let widths = widths(of: rows)
    var lines = rows.map { row in self.lines(row, table.columns, widths) }
    lines.insert([widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")], at: 1)
    return lines.flatMap(\.self)
  }

  /// One row, as many lines as its fullest cell needs.
  private static func lines(_ row: [String], _ columns: [Table.Column], _ widths: [Int]) -> [String] {
    let cells = zip(row, widths).map { cell, width in cell.wrapped(to: width).flatMap { $0.broken(to: width) } }
    return (0..<(cells.map(\.count).max() ?? 0)).map { line in
      columns.indices.map { index in
        let text = line < cells[index].count ? cells[index][line] : ""
        return columns[index].isNumber ? text.paddedLeft(to: widths[index]) : text.padded(to: widths[index])
      }.joined(separator: String(repeating: " ", count: gap))
    }
  }

  /// What each column needs; if that is too much, the widest give way, first down to their longest words.
  private static func widths(of rows: [[String]]) -> [Int] {
    let columns = rows[0].indices
    var widths = columns.map { index in rows.map { $0[index].count }.max() ?? 0 }
    let words = columns.map { index in
      rows.flatMap { $0[index].split(separator: " ") }.map(\.count).max() ?? 0
    }
    let room = width - gap * (columns.count - 1)
    for floors in [words, columns.map { _ in 8 }] {
      while widths.reduce(0, +) > room,
        let widest = columns.filter({ widths[$0] > floors[$0] }).max(by: { widths[$0] < widths[$1] })
      { widths[widest] -= 1 }
    }
    return widths
  }
}

extension String {
  /// Without backticks.
  fileprivate var plain: String { replacing("`", with: "") }

  /// Pieces of at most `width` characters.
  fileprivate func broken(to width: Int) -> [String] {
    var pieces: [String] = []
    var rest = Substring(self)
    while rest.count > width {
      pieces.append(String(rest.prefix(width)))
      rest = rest.dropFirst(width)
    }
    return pieces + [String(rest)]
  }
}
