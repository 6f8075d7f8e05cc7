/// Text with places that are to be filled in, each written as `@name@`.
///
/// A place that is a line of its own takes any number of lines, as they are; none where its text is empty.
struct Template {
  let text: String

  init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  /// The text with every place filled in.
  ///
  /// - Precondition: the facts name every place of the template.
  func filled(with facts: [String: String]) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let name = Self.onlyPlace(of: line) {
        guard let value = facts[name] else { preconditionFailure("a template asks for @\(name)@") }
        lines += value.split(separator: "\n").map(String.init)
      } else {
        lines.append(Self.filled(line, with: facts))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The place that a line consists of.
  private static func onlyPlace(of line: Substring) -> String? {
    guard line.count > 2, line.first == "@", line.last == "@" else { return nil }
    let name = line.dropFirst().dropLast()
    return name.allSatisfy(isNamePart) ? String(name) : nil
  }

  static func filled(_ line: Substring, with facts: [String: String]) -> String {
    var result = ""
    var rest = line
    while let at = rest.firstIndex(of: "@") {
      result += rest[..<at]
      let behind = rest[rest.index(after: at)...]
      let name = behind.prefix(while: isNamePart)
      if !name.isEmpty, name.endIndex < behind.endIndex, behind[name.endIndex] == "@" {
        guard let value = facts[String(name)] else { preconditionFailure("a template asks for @\(name)@") }
        result += value
        rest = behind[behind.index(after: name.endIndex)...]
      } else {
        result += "@"
        rest = behind
      }
    }
    return result + rest
  }

  private static func isNamePart(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
  }
}
