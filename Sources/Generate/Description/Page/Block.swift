/// A piece of a page, before it is known whether a file or a terminal shows it.
///
/// Names stand between backticks, as in Markdown; a terminal shows them without.
enum Block {
  /// Level 1 is the page's title.
  case heading(Int, String)
  case paragraph(String)
  case list([String])
  case table(Table)
  /// Lines that stand as they are.
  case picture([String])
}

/// Rows under titled columns; a column that is empty in every row is left out.
struct Table {
  let columns: [Column]
  let rows: [[String]]

  /// A column's title, and whether its cells are numbers, which stand at the right.
  struct Column: ExpressibleByStringLiteral {
    let title: String
    let isNumber: Bool

    init(stringLiteral title: String) {
      self.title = title
      isNumber = false
    }

    private init(number title: String) {
      self.title = title
      isNumber = true
    }

    static func number(_ title: String) -> Column { Column(number: title) }
  }

  init(_ columns: [Column], _ rows: [[String]]) {
    let kept = columns.indices.filter { index in rows.contains { !$0[index].isEmpty } }
    self.columns = kept.map { columns[$0] }
    self.rows = rows.map { row in kept.map { row[$0] } }
  }
}

extension String {
  /// Between backticks.
  var asCode: String { "`\(self)`" }

  var withoutTrailingSpace: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension [String] {
  /// Between backticks each, with commas.
  var asCode: String { map(\.asCode).joined(separator: ", ") }
}
