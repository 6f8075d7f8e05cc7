import Model

/// The report for a terminal.
public struct TextReport {
  private let diff: LayoutDiff
  private let style: TextStyle

  public init(_ diff: LayoutDiff, isColoured: Bool = false) {
    self.diff = diff
    style = TextStyle(isOn: isColoured)
  }

  /// Changes by area, then the total; nothing at all where nothing differs.
  public var text: String {
    guard !diff.changes.isEmpty || !diff.suppressed.isEmpty else { return "" }
    let lines = diff.changes.map(lines).joined() + [""] + ByteMap.all(of: diff).flatMap(map) + totals
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(_ change: Change) -> [String] {
    var lines = ["\(style.bold(change.place))  \(change.rule.id)  \(change.difference)"]
    if change.breaksSource { lines.append("  " + style.yellow("sources that use the old name no longer compile")) }
    for direction in Direction.allCases {
      guard let judgement = change.judgements[direction], judgement.outcome != nil else { continue }
      lines.append("  \(direction.title.padded(to: 24)) \(style.verdict(judgement.verdict, diff))")
      if let example = judgement.outcome?.counterexample { lines.append("    " + example) }
      if let contradiction = judgement.contradiction {
        lines.append("    " + style.red("contradicted: " + contradiction))
      }
    }
    return lines
  }

  /// Both sides' bytes next to each other.
  private func map(_ map: ByteMap) -> [String] {
    let width = map.rows.map { ($0.old ?? "").count }.max() ?? 0
    let heading = "\(style.bold(map.name))  \(diff.old.version) | \(diff.new.version)"
    let rows = map.rows.map { row in
      let text = "\(String(row.offset).paddedLeft(to: 6))  \((row.old ?? "").padded(to: width)) | \(row.new ?? "")"
      return row.differs ? style.yellow(text) : text
    }
    return [heading] + rows + [""]
  }

  private var totals: [String] {
    let heading = style.bold("\(diff.old.version) → \(diff.new.version)") + ": " + Summary(diff: diff).counts
    return [heading]
      + Direction.allCases.map { "  \($0.title.padded(to: 24)) \(style.verdict(diff.verdict($0), diff))" }
      + ["  \("sources".padded(to: 24)) \(diff.breaksSource ? style.yellow("source-breaking") : "compatible")"]
  }
}

/// Colours of a terminal, or none.
struct TextStyle {
  let isOn: Bool

  func bold(_ text: String) -> String { escaped(text, 1) }
  func red(_ text: String) -> String { escaped(text, 31) }
  func yellow(_ text: String) -> String { escaped(text, 33) }
  func green(_ text: String) -> String { escaped(text, 32) }

  func verdict(_ verdict: Verdict, _ diff: LayoutDiff) -> String {
    let text = diff.text(verdict)
    return switch verdict {
    case .wireBreaking: red(text)
    case .conditional, .sourceBreaking: yellow(text)
    case .identical, .documentation, .sourceCompatible, .wireCompatible: green(text)
    }
  }

  private func escaped(_ text: String, _ code: Int) -> String { isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
}

extension LayoutDiff {
  /// A verdict in words, with the features that decide.
  func text(_ verdict: Verdict) -> String {
    guard case .conditional(let breakage) = verdict else { return verdict.id }
    return "wire-breaking if " + breakage.text(featureName)
  }

  /// The name of a bit, from either side.
  func featureName(_ bit: Int) -> String {
    (new.features + old.features).first { $0.bit == bit }?.name ?? "bit \(bit)"
  }
}

extension Change {
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

extension String {
  /// Blanks before it, up to a number of characters.
  func paddedLeft(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

  /// Blanks behind it, up to a number of characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
