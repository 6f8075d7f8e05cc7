import Wire

/// The names of a C library: definitions leave its prefix out, headers have it.
struct InterfaceNames {
  private let prefix: String
  private let macros: Set<String>
  private let functions: Set<String>

  init(_ interface: Interface) {
    prefix = interface.name
    let items = interface.headers.flatMap(\.sections).flatMap(\.items)
    macros = Set(
      items.flatMap { item -> [String] in
        switch item {
        case .constants(_, let constants): constants.map(\.name)
        case .enumeration(let type), .flags(let type): type.entries.map(\.name)
        case .structure, .callback, .function: []
        }
      })
    functions = Set(
      items.compactMap { item in
        switch item {
        // A name that is a word of English is not taken for a function's.
        case .callback(let function), .function(let function): function.name.contains("_") ? function.name : nil
        case .constants, .enumeration, .flags, .structure: nil
        }
      })
  }

  func name(_ name: some StringProtocol) -> String { "\(prefix)_\(name)" }
  func macro(_ name: some StringProtocol) -> String { self.name(name).uppercased() }

  /// An enumerator: its letters stay as they are.
  func enumerator(_ name: some StringProtocol) -> String { prefix.uppercased() + "_" + name }

  /// A type, or a sentence that speaks of names.
  func spelled(_ text: String) -> String {
    var result = "", previous: Substring = ""
    var rest = text[...]
    while let first = rest.first {
      guard Self.isPart(first) else {
        result.append(rest.removeFirst())
        continue
      }
      let word = rest.prefix(while: Self.isPart)
      rest = rest[word.endIndex...]
      result += spelled(word, after: previous)
      previous = word
    }
    return result
  }

  private func spelled(_ word: Substring, after previous: Substring) -> String {
    if previous == "struct" || previous == "enum" || functions.contains(String(word)) { return name(word) }
    return macros.contains(String(word)) ? enumerator(word) : String(word)
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}

extension Enumeration {
  /// Every case as a header has it.
  static var entries: [(name: String, value: UInt64, summary: String)] {
    allCases.map { ($0.entry.name, UInt64($0.rawValue), $0.entry.summary) }
  }
}
