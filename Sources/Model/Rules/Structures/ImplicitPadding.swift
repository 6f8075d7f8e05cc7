extension Rule {
  static let implicitPadding = Rule(
    "implicit-padding", "C puts no padding of its own into a structure that is not packed."
  ) { layout in
    layout.structures.filter { !$0.isPacked }.flatMap { structure -> [(place: String, problem: String)] in
      var end = 0
      var found: [(place: String, problem: String)] = []
      for field in structure.fields {
        let place = end.roundedUp(to: field.alignment(in: layout))
        if place != field.offset {
          found.append(("\(structure.name).\(field.name)", "is at \(field.offset), and C puts it at \(place)"))
        } else if place > end {
          found.append(
            ("\(structure.name).\(field.name)", "C puts \(place - end) bytes of padding before it, at \(end)"))
        }
        end = field.end
      }
      let size = end.roundedUp(to: structure.alignment(in: layout))
      if found.isEmpty, size != structure.size {
        found.append((structure.name, "has \(structure.size) bytes, and C gives it \(size)"))
      } else if found.isEmpty, size > end {
        found.append((structure.name, "C puts \(size - end) bytes of padding behind its last field, at \(end)"))
      }
      return found
    }
  }
}

extension Layout.Field {
  /// Alignment in bytes that C asks for.
  func alignment(in layout: Layout) -> Int {
    if case .structure(let name) = type { return layout.structure(name)?.alignment(in: layout) ?? 1 }
    return width
  }
}

extension Layout.Structure {
  /// Alignment in bytes that C asks for.
  func alignment(in layout: Layout) -> Int {
    isPacked ? 1 : fields.map { $0.alignment(in: layout) }.max() ?? 1
  }
}

extension Int {
  /// The next multiple of `unit`.
  func roundedUp(to unit: Int) -> Int { (self + unit - 1) / unit * unit }
}
