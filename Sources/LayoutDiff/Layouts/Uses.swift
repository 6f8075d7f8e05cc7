import Model

/// Where in the chains things of a layout travel.
struct Uses {
  /// By area: names of commands.
  private var commands: [Area: [String: Set<String>]] = [:]

  init(_ layout: Layout) {
    for command in layout.commands {
      for (area, parts) in [(Area.readable, command.readable), (.writable, command.writable)] {
        for part in parts.flatMap({ $0.descendants(in: layout) }) { note(part, command.name, area, layout) }
      }
    }
  }

  /// Names of the commands.
  func commands(_ key: String, _ area: Area) -> Set<String> { commands[area]?[key] ?? [] }

  private mutating func note(_ part: Layout.Part, _ command: String, _ area: Area, _ layout: Layout) {
    switch part {
    case .structure(let name): note(structure: name, command, area, layout)
    case .group(let name): add(name.asGroup, command, area)
    case .attributes(let name):
      add(name.asAttributeSet, command, area)
      if let set = layout.attributeSet(name) { note(structure: set.header, command, area, layout) }
    case .bytes, .optional, .repeated, .measured, .slack: break
    }
  }

  private mutating func note(structure name: String, _ command: String, _ area: Area, _ layout: Layout) {
    add(name, command, area)
    for field in layout.structure(name)?.fields ?? [] {
      switch field.type {
      case .code(let enumeration): add(enumeration.asEnumeration, command, area)
      case .bits(let bits):
        add(bits.asBitLayout, command, area)
        for range in layout.bitLayout(bits)?.ranges ?? [] {
          if let enumeration = range.enumeration { add(enumeration.asEnumeration, command, area) }
        }
      case .number, .reserved, .structure: break
      }
    }
  }

  private mutating func add(_ key: String, _ command: String, _ area: Area) {
    commands[area, default: [:]][key, default: []].insert(command)
  }
}

extension String {
  /// Keys of `Uses` for what shares no name space with structures.
  var asEnumeration: String { "enum \(self)" }
  var asBitLayout: String { "bits \(self)" }
  var asGroup: String { "group \(self)" }
  var asAttributeSet: String { "attributes \(self)" }
}
