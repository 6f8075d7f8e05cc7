extension Rule {
  static let unreadLength = Rule(
    "unread-length",
    "A length or count in what the device reads measures something: a part, an array behind it, or a range."
  ) { layout in
    let read = Set(
      layout.commands.flatMap { $0.readable + $0.writable }.flatMap { $0.descendants(in: layout) }.flatMap(\.references)
        .map { Layout.Reference(structure: $0.structure, field: $0.field) })
    let headers = Set(layout.attributeSets.map(\.header))
    let sent = Set(layout.commands.flatMap { $0.readable.flatMap { $0.structures(in: layout) } }).subtracting(headers)
    return layout.structures.filter { sent.contains($0.name) }.flatMap { structure in
      structure.fields.filter { field in
        let announces =
          field.name.hasPrefix("num_")
          || ["length", "len", "count"].contains { field.name == $0 || field.name.hasSuffix("_\($0)") }
        let limits = field.name.hasPrefix("max_")
        return announces && !limits && !structure.measuresWithin(field)
          && !read.contains(Layout.Reference(structure: structure.name, field: field.name))
      }.map { ("\(structure.name).\($0.name)", "nothing is measured by it") }
    }
  }

  static let unboundedPart = Rule(
    "unbounded-part", "A part of variable length has a limit of at most a mebibyte."
  ) { layout in
    layout.commands.flatMap { command in
      (command.readable + command.writable).flatMap { $0.descendants(in: layout) }.compactMap { part in
        switch part {
        case .bytes(let name, .rest, _): (command.name, "'\(name)' takes all that is left, and nothing limits it")
        case .bytes(let name, .field(_, let limit), _) where !(1...1 << 20).contains(limit):
          (command.name, "'\(name)' may have \(limit) bytes")
        default: nil
        }
      }
    }
  }

  static let partsAfterRest = Rule(
    "parts-after-rest", "Behind a part that takes what is left stand only parts of fixed size."
  ) { layout in
    layout.commands.flatMap { command in
      [command.readable, command.writable].flatMap { area -> [(place: String, problem: String)] in
        guard let first = area.firstIndex(where: \.takesRest) else { return [] }
        return area[(first + 1)...].allSatisfy { if case .structure = $0 { true } else { false } }
          ? [] : [(command.name, "a part of variable size follows one that takes what is left")]
      }
    }
  }
}

extension Layout.Structure {
  /// Whether a length is that of the array behind it, or of the range whose start stands before it.
  fileprivate func measuresWithin(_ field: Layout.Field) -> Bool {
    let array = fields.first { $0.offset == field.end }
    let start = fields.first { $0.end == field.offset }
    return array?.type == .number && array?.count != nil || start?.name.hasSuffix("_start_of_data") ?? false
  }
}

extension Layout.Part {
  /// Whether the part takes what is left.
  fileprivate var takesRest: Bool {
    switch self {
    case .slack, .bytes(_, .rest, _): true
    default: false
    }
  }
}
