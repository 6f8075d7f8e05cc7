extension Rule {
  static let writableBeforeReadable = Rule(
    "writable-before-readable",
    """
    What the device reads depends on nothing that comes later, least of all on what it writes, and on nothing of a \
    repetition from outside.
    """
  ) { layout in
    layout.commands.flatMap { command in
      var view = Sight(layout: layout)
      view.follow(command.readable)
      view.follow(command.writable)
      return view.hidden.map { (command.name, "'\($0)' is used where it is not in sight") }
    }
  }
}

/// What one can refer to while walking along a chain.
private struct Sight {
  let layout: Layout
  /// Structures in sight.
  private var seen: Set<String> = []
  /// Those within each repetition: seen again, by index, from a later one of the same name.
  private var repetitions: [String: Set<String>] = [:]
  /// References to what was not in sight.
  private(set) var hidden: [Layout.Reference] = []

  init(layout: Layout) { self.layout = layout }

  mutating func follow(_ parts: [Layout.Part]) {
    let (head, tail) = parts.atSlack
    for part in tail + head {
      hidden += part.references.filter { !seen.contains($0.structure) }
      switch part {
      case .bytes, .slack: break
      case .structure(let name): seen.insert(name)
      case .optional(_, let inner): follow([inner])
      case .measured(_, let inner): follow(inner)
      case .group(let name): follow(layout.group(name)?.parts ?? [])
      case .attributes(let name):
        for attribute in layout.attributeSet(name)?.attributes ?? [] { _ = followApart(attribute.parts) }
      case .repeated(let name, _, let inner):
        repetitions[name] = followApart(inner, alsoSeen: repetitions[name] ?? [])
      }
    }
  }

  /// Follows parts that the rest of the chain does not see, and says what they added.
  private mutating func followApart(_ parts: [Layout.Part], alsoSeen: Set<String> = []) -> Set<String> {
    let outside = seen
    seen.formUnion(alsoSeen)
    follow(parts)
    defer { seen = outside }
    return seen.subtracting(outside)
  }
}
