import Model

/// The report for a changelog or a pull request: what breaks first, with its bytes; what does not, folded.
public struct MarkdownReport {
  private let summary: Summary
  private var diff: LayoutDiff { summary.diff }

  public init(_ diff: LayoutDiff) { summary = Summary(diff: diff) }

  public var text: String {
    var lines = ["## Layout \(summary.title)", "", "| | verdict |", "| --- | --- |"]
    lines += Direction.allCases.map { Self.row([$0.title, Self.bold(summary.total($0), diff.verdict($0).breaksWire)]) }
    lines += [Self.row(["sources", Self.bold(summary.sources, diff.breaksSource)]), ""]
    for text in summary.contradictions { lines += ["**Contradicted by its proof:** \(text.inText)", ""] }
    for level in Level.allCases { lines += section(level, diff.changes.filter { summary.level($0) == level }) }
    lines += suppressed + Self.maps(ByteMap.all(of: diff), (diff.old.version, diff.new.version))
    return (lines + [summary.counts, ""]).joined(separator: "\n")
  }

  private func section(_ level: Level, _ changes: [Change]) -> [String] {
    guard !changes.isEmpty else { return [] }
    let heading = "\(level.heading): \(changes.count)"
    if level == .error { return ["### \(heading)", ""] + changes.flatMap(paragraph) }
    let table = [Self.row(["place", "rule", "old", "new"]), "| --- | --- | --- | --- |"] + changes.map { change in
      Self.row([change.place.code, change.rule.id] + [change.old, change.new].map { $0?.inText ?? "–" })
    }
    return level == .warning ? ["### \(heading)", ""] + table + [""] : Self.folded(heading, table)
  }

  /// A change that breaks the wire: what it was, whom it breaks, and the bytes that show it.
  private func paragraph(_ change: Change) -> [String] {
    let met = summary.met(change).flatMap { met in
      ["- \(met.direction.title): \(Self.bold(met.text, met.verdict.breaksWire))"]
        + met.evidence.map { "  - \($0.code)" }
    }
    return difference(change) + [""] + met + [""]
  }

  /// On one line if it is short; else as a diff, in which each part of a chain has a line.
  private func difference(_ change: Change) -> [String] {
    let head = "**\(change.place.code)** \(change.rule.id)"
    if !change.isComposition, change.difference.count <= TextWidth.columns {
      let sides = [change.old, change.new].map { $0?.code ?? "nothing" }
      return [change.difference.isEmpty ? head : "\(head): \(sides[0]) → \(sides[1])"]
    }
    let marked = { (mark: String, text: String?) in
      text.map { change.isComposition ? $0.parts : [$0] }.map { $0.map { "\(mark) \($0)" } } ?? []
    }
    return [head, "", "```diff"] + marked("-", change.old) + marked("+", change.new) + ["```"]
  }

  private var suppressed: [String] {
    guard !diff.suppressed.isEmpty else { return [] }
    return Self.folded(
      "Suppressed: \(diff.suppressed.count)",
      [Self.row(["place", "rule", "reason"]), "| --- | --- | --- |"] + diff.suppressed.map {
        Self.row([$0.change.place.code, $0.change.rule.id, $0.suppression.reason.inText])
      })
  }

  /// Bytes that moved, old next to new.
  ///
  /// - Parameter sides: what they are called.
  static func maps(_ maps: [ByteMap], _ sides: (String, String)) -> [String] {
    guard !maps.isEmpty else { return [] }
    let tables = maps.flatMap { map in
      ["**\(map.name.code)**", "", row(["byte", sides.0, sides.1]), "| ---: | --- | --- |"]
        + map.rows.map { row(["\($0.offset)", $0.old?.code ?? "", bold($0.new?.code ?? "", $0.differs)]) } + [""]
    }
    return folded("Bytes that moved: \(maps.count)", tables.dropLast())
  }

  private static func folded(_ heading: String, _ lines: [String]) -> [String] {
    ["<details><summary>\(heading)</summary>", ""] + lines + ["", "</details>", ""]
  }

  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func bold(_ text: String, _ isBold: Bool) -> String { isBold && !text.isEmpty ? "**\(text)**" : text }
}

extension String {
  /// As code, in a cell or elsewhere.
  var code: String { "`\(replacing("`", with: "'").replacing("|", with: "\\|"))`" }

  /// With what Markdown or HTML would take for its own escaped.
  var inText: String {
    reduce(into: "") { text, character in
      switch character {
      case "\\", "`", "*", "_", "[", "]", "|": text += "\\\(character)"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case "\n": text += " "
      default: text.append(character)
      }
    }
  }
}
