/// The report for a changelog or a pull request.
public struct MarkdownReport {
  private let summary: Summary

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    let diff = summary.diff
    var lines = ["# \(summary.title)", "", "| who | verdict |", "| --- | --- |"]
    lines += Direction.allCases.map { "| \($0.title) | \(diff.text(diff.verdict($0))) |" }
    lines += ["| sources | \(summary.sources) |", ""]
    guard !diff.changes.isEmpty else { return lines.joined(separator: "\n") }
    lines += [
      "| place | rule | old | new | old driver, new device | new driver, old device |",
      "| --- | --- | --- | --- | --- | --- |",
    ]
    for change in diff.changes {
      let verdicts = Direction.allCases.map { diff.text(change.verdict($0)) }
      let cells = ["`\(change.place)`", change.rule.id, change.old ?? "–", change.new ?? "–"] + verdicts
      lines.append("| " + cells.map(\.asCell).joined(separator: " | ") + " |")
    }
    lines += ["", "## Counter-examples", ""]
    for change in diff.changes {
      for (_, _, example) in summary.met(change) {
        if let example { lines.append("- `\(change.place)`: \(example)") }
      }
    }
    return (lines + ["", summary.counts, ""]).joined(separator: "\n")
  }
}

extension String {
  /// Without what would end a cell of a table.
  fileprivate var asCell: String { replacing("|", with: "\\|").replacing("\n", with: " ") }
}
