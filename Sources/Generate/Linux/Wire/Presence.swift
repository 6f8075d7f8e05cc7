import Model

/// How a view says that an optional part is there.
struct Presence {
  /// The member to set, where the part has no pointer of its own.
  let flag: String?
  /// Expression that is true if the view has the part.
  let test: String
  /// Statements that say it is not there.
  let absent: [String]

  static func of(_ part: Layout.Part, at path: View.Path, _ view: View, _ scope: Scope) -> Presence {
    switch part {
    case .structure:
      let member = scope.view + view.member(at: path)
      return Presence(flag: nil, test: member, absent: ["\(member) = NULL;"])
    case .bytes:
      let member = scope.view + view.member(at: path)
      return Presence(flag: nil, test: "\(member)_len", absent: ["\(member) = NULL;", "\(member)_len = 0;"])
    case .group, .attributes:
      let flag = "\(scope.view)has_\(view.member(at: path))"
      return Presence(flag: flag, test: flag, absent: ["\(flag) = 0;"])
    case .repeated:
      let member = scope.view + view.member(at: path)
      return Presence(flag: nil, test: "\(member)_count", absent: ["\(member)_count = 0;"])
    case .measured(_, let parts):
      guard let first = parts.first else { return Presence(flag: nil, test: "0", absent: []) }
      return of(first, at: path + [0], view, scope)
    case .optional, .slack: preconditionFailure("an optional part is a structure, bytes, a group or a repetition")
    }
  }
}

/// Parts in a row, optional ones together where they depend on the same condition.
struct Run {
  /// What the parts depend on; nil for a part that is always there.
  let condition: Layout.Condition?
  /// The parts with their places in the list.
  private(set) var parts: [(index: Int, part: Layout.Part)]

  static func of(_ parts: [Layout.Part]) -> [Run] {
    parts.enumerated().reduce(into: []) { runs, next in
      guard case .optional(let condition, let part) = next.element else {
        runs.append(Run(condition: nil, parts: [(next.offset, next.element)]))
        return
      }
      if let last = runs.last?.condition, last == condition {
        runs[runs.count - 1].parts.append((next.offset, part))
      } else {
        runs.append(Run(condition: condition, parts: [(next.offset, part)]))
      }
    }
  }
}
