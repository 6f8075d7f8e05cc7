import Model

/// The C structure through which a caller sees the parts of a chain: one member for each part.
///
/// The same view is what a parser fills and what a builder reads.
final class View {
  /// Name without the device's prefix.
  let name: String
  private(set) var members: [Member] = []
  private var names: [Path: String] = [:]
  private(set) var elements: [String: View] = [:]

  /// Where a part stands: the indices that lead to it.
  typealias Path = [Int]

  /// One member, with its name.
  struct Member {
    let name: String
    let kind: Kind
    let summary: String

    enum Kind {
      case structure(String)
      /// Bytes, and whether they stand in room of which only these are used.
      case bytes(isRoom: Bool)
      /// A view within this one, and whether it may be absent.
      case view(String, isOptional: Bool)
      case array(element: String)
      case context
    }
  }

  init(_ name: String) { self.name = name }

  /// The view of a whole list of parts.
  convenience init(_ name: String, _ parts: [Layout.Part], in layout: Layout) {
    self.init(name)
    add(parts, at: [], isOptional: false, layout)
  }

  /// The member's name for the part at `path`.
  func member(at path: Path) -> String {
    guard let name = names[path] else { preconditionFailure("\(self.name): no member at \(path)") }
    return name
  }

  /// The view of one element of a repetition.
  func element(of repetition: String) -> View {
    guard let view = elements[repetition] else { preconditionFailure("\(name): no repetition \(repetition)") }
    return view
  }

  private func add(_ parts: [Layout.Part], at path: Path, isOptional: Bool, _ layout: Layout) {
    for (index, part) in parts.enumerated() { add(part, at: path + [index], isOptional: isOptional, layout) }
  }

  private func add(_ part: Layout.Part, at path: Path, isOptional: Bool, _ layout: Layout) {
    switch part {
    case .structure(let name):
      add(name, .structure(name), layout.structure(name)?.summary.asClause ?? "", at: path)
    case .bytes(let name, let length, let summary):
      add(name, .bytes(isRoom: layout.isRoom(length)), summary.asClause, at: path)
    case .optional(let condition, let inner):
      addContext(condition)
      add(inner, at: path + [0], isOptional: true, layout)
    case .measured(_, let parts): add(parts, at: path, isOptional: isOptional, layout)
    case .group(let name):
      add(name, .view(name, isOptional: isOptional), layout.group(name)?.summary.asClause ?? "", at: path)
    case .attributes(let name):
      add(name, .view(name, isOptional: isOptional), layout.attributeSet(name)?.summary.asClause ?? "", at: path)
    case .repeated(let name, _, let parts):
      addRepetition(name, parts, at: path, layout)
    case .slack: break
    }
  }

  private func addRepetition(_ name: String, _ parts: [Layout.Part], at path: Path, _ layout: Layout) {
    if let element = elements[name] {
      element.add(parts, at: path, isOptional: false, layout)
      names[path] = name
      return
    }
    let element: View
    if case .group(let group)? = parts.first, parts.count == 1 {
      element = View(group)
      element.names[path + [0]] = ""
    } else {
      element = View("\(self.name)_\(name)")
      element.add(parts, at: path, isOptional: false, layout)
    }
    elements[name] = element
    add(name, .array(element: element.name), "one for each", at: path)
  }

  private func addContext(_ condition: Layout.Condition) {
    switch condition {
    case .equals: break
    case .context(let name, _, let summary):
      if !members.contains(where: { $0.name == "ctx_\(name)" }) {
        members.append(Member(name: "ctx_\(name)", kind: .context, summary: summary.asClause + "; set by the caller"))
      }
    case .all(let conditions), .any(let conditions): conditions.forEach(addContext)
    }
  }

  private func add(_ wanted: String, _ kind: Member.Kind, _ summary: String, at path: Path) {
    let taken = Set(members.map(\.name))
    let name = taken.contains(wanted) ? (2...).lazy.map { "\(wanted)_\($0)" }.first { !taken.contains($0) }! : wanted
    members.append(Member(name: name, kind: kind, summary: summary))
    names[path] = name
  }
}

extension Layout {
  /// Whether bytes of a length are room, of which another field says how much is used.
  fileprivate func isRoom(_ length: Length) -> Bool {
    guard case .field(let reference, _) = length else { return false }
    return structures.flatMap(\.bounds).contains { $0.limit == reference && $0.terms.count == 1 }
  }
}
