import Model

/// Which fields of a chain follow from its other parts, and from which member of the view.
///
/// Lengths and counts are never the caller's to set: a builder writes what the view says.
struct Derivation {
  /// Pointer to the structure and the field's name, and the expression for its value.
  private(set) var values: [String: String] = [:]
  /// Fields that a measured part determines once it is written.
  private(set) var measured: Set<String> = []
  /// Fields whose values are checked against a limit that they can hold.
  private(set) var limited: Set<String> = []
  /// What can be referred to behind the last part.
  private(set) var end: Scope
  private let access: Access

  static func key(_ pointer: String, _ field: String) -> String { "\(pointer).\(field)" }

  init(_ parts: [Layout.Part], _ access: Access, view: View, scope: Scope) {
    self.access = access
    end = scope
    var scope = scope
    walk(parts, at: [], view, &scope, depth: 0)
    end = scope
  }

  private mutating func walk(_ parts: [Layout.Part], at path: View.Path, _ view: View, _ scope: inout Scope, depth: Int)
  {
    for (index, part) in parts.enumerated() { walk(part, at: path + [index], view, &scope, depth: depth) }
  }

  private mutating func walk(_ part: Layout.Part, at path: View.Path, _ view: View, _ scope: inout Scope, depth: Int) {
    switch part {
    case .structure(let name):
      scope.bind(name, to: scope.view + view.member(at: path))
      if let counter = scope.counter, counter.structure == name { note(counter, "0", scope) }
    case .bytes(_, .field(let reference, let limit), _):
      let length = scope.view + view.member(at: path) + "_len"
      if limit < 1 << (8 * access.resolve(reference).field.width) {
        limited.insert(Self.key(scope.pointer(to: reference.structure), reference.field))
      }
      note(access.room(reference, scope)?.terms[0] ?? reference, length, scope)
    case .bytes, .group, .attributes, .slack: break
    case .optional(_, let inner): walk(inner, at: path + [0], view, &scope, depth: depth)
    case .measured(let reference, let parts):
      measured.insert(Self.key(scope.pointer(to: reference.structure), reference.field))
      walk(parts, at: path, view, &scope, depth: depth)
    case .repeated(let name, let count, let parts):
      let member = scope.view + view.member(at: path)
      note(count, member + "_count", scope)
      if case .group? = parts.first, parts.count == 1 { return }
      var inner = scope.entering(name, view: "\(member)[\(Loop.index(depth))].", counter: count)
      walk(parts, at: path, view.element(of: name), &inner, depth: depth + 1)
      scope.leave(name, inner)
    }
  }

  private mutating func note(_ reference: Layout.Reference, _ value: String, _ scope: Scope) {
    guard !scope.fixed.contains(reference.structure) else { return }
    let key = Self.key(scope.pointer(to: reference.structure), reference.field)
    if values[key] == nil { values[key] = value }
  }
}

/// Names of loop variables.
enum Loop {
  static func index(_ depth: Int) -> String { ["i", "j", "k"][depth] }
}
