import Model

/// The report for a terminal: no line is longer than 80 columns unless a name is.
public struct TextReport {
  private let summary: Summary
  private let style: TextStyle
  private var diff: LayoutDiff { summary.diff }

  public init(_ diff: LayoutDiff, isColoured: Bool = false) {
    summary = Summary(diff: diff)
    style = TextStyle(isOn: isColoured)
  }

  /// Changes by area, then the total; nothing at all where nothing differs.
  public var text: String {
    guard !diff.changes.isEmpty || !diff.suppressed.isEmpty || !diff.contradictions.isEmpty else { return "" }
    let lines = diff.changes.map(lines).joined() + [""] + ByteMap.all(of: diff).flatMap(map) + suppressed + totals
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(_ change: Change) -> [String] {
    var lines = head(change)
    if change.breaksSource { lines.append("  " + style.yellow(change.sourceText)) }
    for met in summary.met(change) {
      lines += verdict("  \(met.direction.title.padded(to: Self.titleWidth)) ", met.text, met.verdict)
      if let text = met.example { lines += "    \(text)".wrapped(indent: 6) }
      if let text = met.contradiction {
        lines += "    contradicted by its proof: \(text)".wrapped(indent: 6).map(style.red)
      }
    }
    return lines
  }

  /// What changed: on one line if there is room.
  private func head(_ change: Change) -> [String] {
    let name = "\(change.place)  \(change.rule.id)"
    let heading = "\(style.bold(change.place))  \(change.rule.id)"
    let difference = change.difference
    if change.isComposition, let old = change.old, let new = change.new {
      return [heading] + columns(SideBySide(old.parts, new.parts), heading: (diff.old.version, diff.new.version))
    }
    if name.count + 2 + difference.count <= TextWidth.columns { return ["\(heading)  \(difference)"] }
    if 2 + difference.count <= TextWidth.columns { return [heading, "  \(difference)"] }
    return [heading] + [("- ", change.old), ("+ ", change.new)].flatMap { mark, text in
      (text.map { "  \(mark)\($0)" })?.wrapped(indent: 4) ?? []
    }
  }

  /// A verdict behind its direction; what goes on below it is indented as it is.
  private func verdict(_ head: String, _ text: String, _ verdict: Verdict) -> [String] {
    let rows = text.wrapped(to: TextWidth.columns - head.count)
    return rows.enumerated().map { index, row in
      (index == 0 ? head : String(repeating: " ", count: head.count)) + style.colour(row, verdict)
    }
  }

  private static let titleWidth = 24

  /// Both sides' parts next to each other.
  private func columns(_ sides: SideBySide, heading: (String, String)) -> [String] {
    let room = (TextWidth.columns - 5) / 2
    let width = min(room, sides.rows.map { ($0.old ?? "").count }.max() ?? 0)
    let line = { (old: String, new: String, differs: Bool) in
      let text = "  \(old.padded(to: width)) | \(new)".trimmed
      return differs ? style.yellow(text) : text
    }
    return [line(heading.0, heading.1, false)] + sides.rows.flatMap { row in
      let old = (row.old ?? "").wrapped(to: width, indent: 2)
      let new = (row.new ?? "").wrapped(to: TextWidth.columns - 5 - width, indent: 2)
      return (0..<max(old.count, new.count)).map { index in
        line(index < old.count ? old[index] : "", index < new.count ? new[index] : "", row.differs)
      }
    }
  }

  /// Both sides' bytes next to each other.
  private func map(_ map: ByteMap) -> [String] { map.lines(diff.old.version, diff.new.version, style) + [""] }

  /// What is not reported, and why.
  private var suppressed: [String] {
    guard !diff.suppressed.isEmpty else { return [] }
    let lines = diff.suppressed.flatMap { entry in
      "  \(entry.change.place) \(entry.change.rule.id): \(entry.suppression.reason)".wrapped(indent: 4)
    }
    return [style.bold("suppressed")] + lines + [""]
  }

  private var totals: [String] {
    var lines = summary.contradictions.flatMap { "contradicted by its proof: \($0)".wrapped(indent: 2).map(style.red) }
    lines.append("\(style.bold(summary.title)): \(summary.counts)")
    for direction in Direction.allCases {
      let title = "  \(direction.title.padded(to: Self.titleWidth)) "
      lines += verdict(title, summary.total(direction), diff.verdict(direction))
    }
    let sources = diff.breaksSource ? style.yellow(summary.sources) : summary.sources
    lines.append("  \("sources".padded(to: Self.titleWidth)) \(sources)")
    return lines
  }
}

/// Colours of a terminal, or none.
struct TextStyle {
  let isOn: Bool

  func bold(_ text: String) -> String { escaped(text, 1) }
  func red(_ text: String) -> String { escaped(text, 31) }
  func yellow(_ text: String) -> String { escaped(text, 33) }
  func green(_ text: String) -> String { escaped(text, 32) }

  /// As bad as a verdict is.
  func colour(_ text: String, _ verdict: Verdict) -> String {
    switch verdict {
    case .wireBreaking: red(text)
    case .conditional, .sourceBreaking: yellow(text)
    case .identical, .documentation, .sourceCompatible, .wireCompatible: green(text)
    }
  }

  private func escaped(_ text: String, _ code: Int) -> String { isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
}

extension Change {
  /// What sources have to do, where they break.
  var sourceText: String {
    rule.keepsName
      ? "the name stays, its C type does not: sources that use it have to change"
      : "sources that use the old name no longer compile"
  }

  /// What stood there and what stands there.
  var difference: String {
    switch (old, new) {
    case (let old?, let new?): "\(old) → \(new)"
    case (let old?, nil): "\(old) → nothing"
    case (nil, let new?): "nothing → \(new)"
    case (nil, nil): ""
    }
  }
}

extension ByteMap {
  /// Both sides' bytes next to each other, by offset.
  func lines(_ old: String, _ new: String, _ style: TextStyle = TextStyle(isOn: false)) -> [String] {
    let width = (rows.map { ($0.old ?? "").count } + [old.count]).max() ?? 0
    let line = { (offset: String, old: String, new: String) in
      "\(offset.paddedLeft(to: 6))  \(old.padded(to: width)) | \(new)".trimmed
    }
    let rows = self.rows.map { row in
      let text = line(String(row.offset), row.old ?? "", row.new ?? "")
      return row.differs ? style.yellow(text) : text
    }
    return [style.bold(name), line("byte", old, new)] + rows
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
