import Model

extension Layout {
  /// The layout with repetitions numbered instead of named: a name only says which of an answer belong to which of a
  /// request.
  func numberingRepetitions() -> Layout {
    var layout = self
    layout.mapCommands { command in
      var numbers: [String: String] = [:]
      command.readable = command.readable.numbered(&numbers)
      command.writable = command.writable.numbered(&numbers)
    }
    layout.mapPartLists { place, parts in
      guard !place.hasPrefix("commands.") else { return parts }
      var numbers: [String: String] = [:]
      return parts.numbered(&numbers)
    }
    return layout
  }
}

extension [Layout.Part] {
  /// With one number for each name.
  fileprivate func numbered(_ numbers: inout [String: String]) -> [Layout.Part] {
    map { part in
      switch part {
      case .repeated(let name, let count, let inner):
        let number = numbers[name] ?? "repetition \(numbers.count)"
        numbers[name] = number
        return .repeated(name: number, count: count, parts: inner.numbered(&numbers))
      case .optional(let condition, let inner):
        return [inner].numbered(&numbers).first.map { .optional(when: condition, part: $0) } ?? part
      case .measured(let by, let inner): return .measured(by: by, parts: inner.numbered(&numbers))
      case .structure, .bytes, .group, .attributes, .slack: return part
      }
    }
  }

  /// The names of repetitions, outermost first.
  var repetitions: [String] {
    flatMap { part -> [String] in
      switch part {
      case .repeated(let name, _, let inner): [name] + inner.repetitions
      case .optional(_, let inner): [inner].repetitions
      case .measured(_, let inner): inner.repetitions
      case .structure, .bytes, .group, .attributes, .slack: []
      }
    }
  }
}
