extension Rule {
  static let featurePrefix = Rule("feature-prefix", "The name of a feature of the device has F_ behind the prefix.") {
    layout in
    layout.features.filter { !$0.isForeign && !$0.name.hasPrefix(layout.macroPrefix + "F_") }.map {
      ("features.\($0.name.withoutPrefix(layout.macroPrefix))", "'\($0.name)' lacks F_")
    }
  }

  static let importCorruption = Rule(
    "import-corruption",
    "No name has a 'u' before a digit: QEMU's import of Linux headers takes it for an integer type."
  ) { layout in
    layout.identifiers.filter { zip($0.name, $0.name.dropFirst()).contains { $0 == "u" && $1.isNumber } }.map {
      ($0.place, "'\($0.name)' would be changed")
    }
  }

  static let reservedWord = Rule("reserved-word", "No field, register or part is called what C keeps for itself.") {
    layout in
    let fields = layout.structures.flatMap { structure in
      structure.fields.map { (place: "\(structure.name).\($0.name)", name: $0.name) }
    }
    return (fields + layout.bareNames).filter { keywords.contains($0.name) }.map {
      ($0.place, "'\($0.name)' is a word of C")
    }
  }

  static let duplicateName = Rule("duplicate-name", "Of one kind, nothing has the name of another.") { layout in
    let kinds: [(kind: String, names: [String])] = [
      ("structures", layout.structures.map(\.name)), ("bit layouts", layout.bitLayouts.map(\.name)),
      ("enumerations", layout.enumerations.map(\.name)), ("groups of constants", layout.constants.map(\.name)),
      ("registers", layout.registers.map(\.name)), ("queues", layout.queues.kinds.map(\.name)),
      ("services", layout.services.map(\.name)), ("commands", layout.commands.map(\.name)),
      ("groups", layout.groups.map(\.name)), ("sets of attributes", layout.attributeSets.map(\.name)),
      ("features", layout.features.map { "features.\($0.name.withoutPrefix(layout.macroPrefix))" }),
    ]
    let members =
      layout.structures.map { ("fields", $0.name, $0.fields.map(\.name)) }
      + layout.bitLayouts.map { ("ranges", $0.name, $0.ranges.map(\.name)) }
      + layout.attributeSets.map { ("attributes", $0.name, $0.attributes.map(\.name)) }
    return kinds.flatMap { kind, names in repeated(names).map { ($0, "is the name of two \(kind)") } }
      + members.flatMap { kind, owner, names in repeated(names).map { ("\(owner).\($0)", "is the name of two \(kind)") }
      }
  }

  static let missingDocumentation = Rule(
    "missing-documentation", "Everything that has a name has a sentence that says what it is."
  ) { layout in
    layout.documented.filter { $0.summary.allSatisfy(\.isWhitespace) }.map { ($0.place, "has no documentation") }
  }

  private static func repeated(_ names: [String]) -> [String] {
    Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted()
  }

  private static let keywords: Set<String> = [
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float",
    "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof",
    "static",
    "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
  ]
}
