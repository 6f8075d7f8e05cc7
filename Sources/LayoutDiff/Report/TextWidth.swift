/// What fits on a line of a terminal, of a mail, and of a commit's message.
enum TextWidth {
  static let columns = 80
}

extension String {
  /// Blanks before it, up to a number of characters.
  func paddedLeft(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

  /// Blanks behind it, up to a number of characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// In lines of at most so many columns, broken between words; a word that is longer stands alone.
  ///
  /// - Parameter indent: blanks before every line but the first, which keeps its own.
  func wrapped(to columns: Int = TextWidth.columns, indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(prefix { $0 == " " })
    var isStart = true
    for word in split(separator: " ") {
      if !isStart, line.count + 1 + word.count > columns {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isStart = true
      }
      line += (isStart ? "" : " ") + word
      isStart = false
    }
    return lines + [line]
  }
}
