/// Collects lines of text; the only place that knows how C is indented, braced and wrapped.
struct Printer {
  private(set) var text = ""
  /// Current indentation, in levels.
  var depth = 0
  let style: Style

  /// Whose coding style the C follows.
  enum Style: Sendable {
    /// Tabs; no braces around a single statement.
    case linux
    /// Four spaces; braces always.
    case qemu

    /// Columns of one level of indentation.
    var indent: Int { self == .linux ? 8 : 4 }

    /// White space that reaches `column`.
    func space(to column: Int) -> String {
      switch self {
      case .linux: String(repeating: "\t", count: column / 8) + String(repeating: " ", count: column % 8)
      case .qemu: String(repeating: " ", count: column)
      }
    }

    /// The names that integers have there: QEMU's are those of C99.
    func spelled(_ text: String) -> String {
      self == .linux ? text : text.replacingNumbered("__u", by: "uint")
    }
  }

  init(style: Style = .linux) { self.style = style }

  private var margin: Int { depth * style.indent }

  /// Adds lines, indented; an empty line stays empty.
  mutating func line(_ text: String = "") {
    for line in style.spelled(text).split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.isEmpty { self.text += style.space(to: margin) + line }
      self.text += "\n"
    }
  }

  /// Adds lines that are indented already, without the last line break.
  mutating func append(_ printed: String) { text += printed }

  /// Adds a statement or declaration, broken where it is longer than 80 columns.
  mutating func statement(_ statement: String) {
    text += LineBreaker(style: style, margin: margin).lines(style.spelled(statement)).joined(separator: "\n") + "\n"
  }

  /// Adds a control statement such as `if (…)` around one simple statement.
  mutating func control(_ head: String, _ body: String) {
    statement(style == .qemu ? head + " {" : head)
    depth += 1
    statement(body)
    depth -= 1
    if style == .qemu { line("}") }
  }

  /// Adds lines between `head` and `tail`, one level deeper.
  mutating func block(_ head: String, _ tail: String = "}", _ body: (inout Printer) -> Void) {
    statement(head)
    depth += 1
    body(&self)
    depth -= 1
    line(tail)
  }

  /// Adds a kernel-doc comment.
  ///
  /// - Parameters:
  ///   - head: what is documented, a dash and what it is.
  ///   - note: what else there is to say, in sentences.
  mutating func documentation(
    _ head: String, _ members: [(name: String, summary: String)], note: String? = nil, returns: String? = nil
  ) {
    line("/**")
    let items = [head] + members.map { "@\($0.name): \($0.summary)" }
    for item in items {
      for (index, part) in item.wrapped(to: 74).enumerated() { line(" * \(index == 0 ? "" : "  ")\(part)") }
    }
    for paragraph in [note, returns.map { "Return: \($0)" }].compactMap(\.self) {
      line(" *")
      for part in paragraph.wrapped(to: 76) { line(" * \(part)") }
    }
    line(" */")
  }

  /// Adds a block comment of C, wrapped; on one line where it fits.
  mutating func comment(_ sentence: String) {
    let width = 79 - margin
    if sentence.count + 6 <= width, !sentence.contains("\n") {
      line("/* \(sentence) */")
    } else {
      line("/*")
      for part in sentence.wrapped(to: width - 3) { line(part.isEmpty ? " *" : " * " + part) }
      line(" */")
    }
  }
}

extension String {
  /// Every `prefix` that digits follow becomes `replacement`, the digits and `_t`.
  func replacingNumbered(_ prefix: String, by replacement: String) -> String {
    var result = ""
    var rest = Substring(self)
    while let found = rest.firstRange(of: prefix) {
      let digits = rest[found.upperBound...].prefix { ("0"..."9").contains($0) }
      result += rest[..<found.lowerBound]
      result += digits.isEmpty ? prefix : "\(replacement)\(digits)_t"
      rest = rest[digits.endIndex...]
    }
    return result + rest
  }

  /// Lines of at most `width` characters, broken between words.
  func wrapped(to width: Int) -> [String] {
    split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph -> [String] in
      var lines = [""]
      for word in paragraph.split(separator: " ") {
        if lines[lines.count - 1].isEmpty {
          lines[lines.count - 1] += word
        } else if lines[lines.count - 1].count + 1 + word.count <= width {
          lines[lines.count - 1] += " " + word
        } else {
          lines.append(String(word))
        }
      }
      return lines
    }
  }

  /// The sentence as a clause: small first letter unless it starts an acronym, no full stop.
  var asClause: String {
    let clause = hasSuffix(".") ? String(dropLast()) : self
    guard let first = clause.first, first.isUppercase, let second = clause.dropFirst().first,
      second.isLowercase || second == " ", !Self.properNames.contains(where: clause.hasPrefix)
    else { return clause }
    return first.lowercased() + clause.dropFirst()
  }

  /// Names that keep their capital wherever they stand.
  private static let properNames = ["Diffie-Hellman", "Linux", "Ethernet"]

  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  /// Followed by tabs of eight columns up to `column`, at least one.
  func tabbed(to column: Int) -> String {
    let tabs = max(1, (column - count + 7) / 8)
    return self + String(repeating: "\t", count: tabs)
  }
}

extension BinaryInteger {
  /// `0x…` in small letters, as many digits as it takes or `digits`.
  func hex(_ digits: Int = 0) -> String {
    let text = String(self, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
