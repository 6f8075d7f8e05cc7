extension Rule {
  static let unresolved = Rule("unresolved", "Everything that is named exists.") { layout in
    var problems: [(place: String, problem: String)] = []
    func want(_ place: String, _ kind: String, _ name: String, _ exists: Bool) {
      if !exists { problems.append((place, "there is no \(kind) '\(name)'")) }
    }
    for command in layout.commands {
      for part in (command.readable + command.writable).flatMap({ $0.descendants(in: layout) }) {
        switch part {
        case .structure(let name): want(command.name, "structure", name, layout.structure(name) != nil)
        case .group(let name): want(command.name, "group", name, layout.group(name) != nil)
        case .attributes(let name): want(command.name, "set of attributes", name, layout.attributeSet(name) != nil)
        case .bytes, .optional, .repeated, .measured, .slack: break
        }
        for reference in part.references {
          want(command.name, "field", "\(reference)", layout.resolve(reference) != nil)
        }
      }
    }
    for structure in layout.structures {
      for field in structure.fields {
        let place = "\(structure.name).\(field.name)"
        switch field.type {
        case .code(let name): want(place, "enumeration", name, layout.enumeration(name) != nil)
        case .bits(let name): want(place, "bit layout", name, layout.bitLayout(name) != nil)
        case .structure(let name): want(place, "structure", name, layout.structure(name) != nil)
        case .number, .reserved: break
        }
      }
    }
    for register in layout.registers {
      for counter in [register.counter, register.count].compactMap({ $0 }) {
        want(register.name, "register", counter, layout.register(counter) != nil)
      }
    }
    return problems
  }
}
