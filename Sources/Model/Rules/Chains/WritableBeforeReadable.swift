extension Rule {
  static let writableBeforeReadable = Rule(
    "writable-before-readable", "What the device reads depends on nothing that comes later, least of all on what it writes."
  ) { layout in
    layout.commands.flatMap { command in
      early(command.readable, [], in: layout, command.name)
        + early(command.writable, Set(command.readable.flatMap { $0.structures(in: layout) }), in: layout, command.name)
    }
  }

  /// References to structures that are not in sight yet.
  private static func early(
    _ parts: [Layout.Part], _ before: Set<String>, in layout: Layout, _ command: String
  ) -> [(place: String, problem: String)] {
    var seen = before
    var problems: [(place: String, problem: String)] = []
    for part in parts.flatMap({ $0.descendants(in: layout) }) {
      for reference in part.references where !seen.contains(reference.structure) {
        problems.append((command, "'\(reference)' is used before it is there"))
      }
      if case .structure(let name) = part { seen.insert(name) }
    }
    return problems
  }
}
