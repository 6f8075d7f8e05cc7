import Model

/// Parts with the names that another side has for the same bytes.
struct PartNames {
  private(set) var parts: [Layout.Part] = []
  private(set) var renamed: [(old: String, new: String)] = []

  /// Goes through both sequences as long as they are the same but for names.
  init(_ parts: [Layout.Part], as others: [Layout.Part]) {
    for (index, part) in parts.enumerated() {
      self.parts.append(index < others.count ? named(part, as: others[index]) : part)
    }
  }

  private mutating func named(_ part: Layout.Part, as other: Layout.Part) -> Layout.Part {
    switch (part, other) {
    case (.bytes(let old, let length, let summary), .bytes(let new, _, let text))
    where old != new && (old.isLike(new) || summary == text):
      renamed.append((old, new))
      return .bytes(name: new, length: length, summary: summary)
    case (.optional(let condition, let inner), .optional(_, let theirs)):
      return .optional(when: condition, part: named(inner, as: theirs))
    case (.repeated(let name, let count, let inner), .repeated(_, _, let theirs)):
      return .repeated(name: name, count: count, parts: named(inner, as: theirs))
    case (.measured(let by, let inner), .measured(_, let theirs)):
      return .measured(by: by, parts: named(inner, as: theirs))
    default: return part
    }
  }

  private mutating func named(_ parts: [Layout.Part], as others: [Layout.Part]) -> [Layout.Part] {
    let inner = PartNames(parts, as: others)
    renamed += inner.renamed
    return inner.parts
  }
}
