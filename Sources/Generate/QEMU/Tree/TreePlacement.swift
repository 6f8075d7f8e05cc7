/// What became of a change in somebody's tree.
public enum TreePlacement: Equatable, Sendable {
  /// The change is made: the file's text with it.
  case placed(String)
  /// The file has it already.
  case present
  /// There is no one place for it; the file stays as it is.
  case unplaced(reason: String)
}

extension TreeChange {
  /// Makes the change in a file's text, by the lines around it: all of them, or those on one side where they are
  /// unique.
  ///
  /// - Parameters:
  ///   - text: the whole file.
  ///   - telling: lines that only this change adds: with one of them in the file, and the change not, an older form of
  ///     the change is there.
  func placed(in text: String, telling: [String]) -> TreePlacement {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if !lines.places(of: added.withoutMargin).isEmpty { return .present }
    if let stale = telling.first(where: lines.contains) {
      return .unplaced(reason: "it is there in another form, at '\(stale.trimmed)'; remove that first")
    }
    guard let place = place(in: lines) else {
      let neighbour = before.last { !$0.isEmpty } ?? after.first ?? ""
      return .unplaced(reason: "the lines around '\(neighbour.trimmed)' differ")
    }
    var changed = lines
    changed.replaceSubrange(place, with: added)
    return .placed(changed.joined(separator: "\n"))
  }

  /// The lines to be replaced.
  private func place(in lines: [String]) -> Range<Int>? {
    let whole = lines.places(of: old)
    if whole.count == 1 { return range(at: whole[0] + before.count) }
    guard whole.isEmpty else { return nil }
    for length in stride(from: before.count, to: 0, by: -1) {
      let context = Array(before.suffix(length))
      guard context.contains(where: \.isTelling) else { break }
      let found = lines.places(of: context + removed)
      if found.count == 1 { return range(at: found[0] + length) }
      if found.count > 1 { break }
    }
    for length in stride(from: after.count, to: 0, by: -1) {
      let context = Array(after.prefix(length))
      guard context.contains(where: \.isTelling) else { break }
      let found = lines.places(of: removed + context)
      if found.count == 1 { return range(at: found[0]) }
      if found.count > 1 { break }
    }
    return nil
  }

  private func range(at start: Int) -> Range<Int> { start..<start + removed.count }
}

extension [String] {
  /// The lines without the empty ones before and behind them.
  fileprivate var withoutMargin: [String] {
    Array(drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed())
  }

  /// Where these lines stand one after the other.
  fileprivate func places(of lines: [String]) -> [Int] {
    guard let first = lines.first, count >= lines.count else { return [] }
    return (0...count - lines.count).filter { self[$0] == first && Array(self[$0..<$0 + lines.count]) == lines }
  }
}

extension String {
  /// Whether a line can tell a place from others.
  fileprivate var isTelling: Bool { contains { $0.isLetter } }

  fileprivate var trimmed: String { String(drop { $0 == " " || $0 == "\t" }) }
}
