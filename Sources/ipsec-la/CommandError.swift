/// What a person is told when a command cannot go on: one line, and exit code 2.
struct CommandError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description.onOneLine }
}

extension String {
  /// With control characters as a Swift literal has them: a name out of a file cannot forge a line, or move a cursor.
  var onOneLine: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.properties.generalCategory == .control || "\u{2028}\u{2029}".unicodeScalars.contains(scalar) {
        text += scalar.escaped(asASCII: true)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}
