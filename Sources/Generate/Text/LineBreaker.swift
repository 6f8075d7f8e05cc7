/// Breaks a statement of C into lines of at most 80 columns, as a person would.
///
/// Preferred is to go on below the innermost parenthesis, as checkpatch asks; then to break behind an assignment;
/// then to open the parenthesis at the end of a line. Where nothing keeps to 80 columns, what comes nearest wins.
struct LineBreaker {
  let style: Printer.Style
  /// Column at which the statement starts.
  let margin: Int

  private static let limit = 80

  func lines(_ statement: String) -> [String] {
    if margin + statement.utf8.count <= Self.limit { return [style.space(to: margin) + statement] }
    let ways: [(String) -> [Line]?] = [{ aligned($0, at: margin) }, afterAssignment, opened]
    var best = [(margin, statement)] as [Line]
    for way in ways {
      guard let lines = way(statement), width(lines) < width(best) else { continue }
      best = lines
      if width(best) <= Self.limit { break }
    }
    return best.map { style.space(to: $0.column) + $0.text }
  }

  private typealias Line = (column: Int, text: String)

  private func width(_ lines: [Line]) -> Int { lines.map { $0.column + $0.text.count }.max() ?? 0 }

  /// Continuation lines below the innermost open parenthesis.
  private func aligned(_ statement: String, at start: Int) -> [Line] {
    var lines: [Line] = []
    var rest = Substring(statement)
    var column = start
    var open: [Int] = []
    let isCondition = statement.hasPrefix("if ")
    while column + rest.count > Self.limit,
      let found = breakPoint(in: rest, from: column, open, isCondition: isCondition)
    {
      lines.append((column, String(rest[..<found.end])))
      open = found.open
      column = open.last ?? start
      rest = rest[found.end...].drop { $0 == " " }
    }
    return lines + [(column, String(rest))]
  }

  /// The right-hand side on a line of its own.
  private func afterAssignment(_ statement: String) -> [Line]? {
    guard let equals = statement.firstRange(of: " = "), !statement[..<equals.lowerBound].contains("(") else {
      return nil
    }
    return [(margin, statement[..<equals.lowerBound] + " =")]
      + aligned(String(statement[equals.upperBound...]), at: margin + style.indent)
  }

  /// The arguments on lines of their own, one level deeper.
  private func opened(_ statement: String) -> [Line]? {
    guard let parenthesis = statement.firstIndex(of: "("), !statement.hasPrefix("if ") else { return nil }
    let next = statement.index(after: parenthesis)
    return [(margin, String(statement[..<next]))] + aligned(String(statement[next...]), at: margin + style.indent)
  }

  /// Where a line is best ended, and the columns behind the parentheses that are open there: within the limit, as
  /// far out of parentheses as can be, rather between conditions than within one, and then as late as can be.
  private func breakPoint(
    in text: Substring, from column: Int, _ opened: [Int], isCondition: Bool
  ) -> (end: Substring.Index, open: [Int])? {
    var open = opened
    var found: (end: Substring.Index, open: [Int])?
    var foundLogical = false
    for (position, index) in zip(column..., text.indices) {
      // A condition has to end its line somewhere; other statements may open a parenthesis instead.
      if position >= Self.limit, found != nil || !isCondition { break }
      switch text[index] {
      case "(": open.append(position + 1)
      case ")": _ = open.popLast()
      case " " where Self.mayEndLine(text[..<index]):
        let isLogical = ["&&", "||"].contains { text[..<index].hasSuffix($0) }
        let depth = found?.open.count ?? .max
        if open.count < depth || open.count == depth && (isLogical || !foundLogical) {
          found = (index, open)
          foundLogical = isLogical
        }
      default: break
      }
    }
    return found
  }

  /// Whether a line may end with `text`: behind a comma or an operator.
  private static func mayEndLine(_ text: Substring) -> Bool {
    [",", "&&", "||", "!=", "==", " >", " <", " &", " +"].contains { text.hasSuffix($0) }
  }
}
