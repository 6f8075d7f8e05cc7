import Model

/// Writes the C that takes a chain's bytes apart.
struct Parser {
  let access: Access
  /// Whether bytes may be left open between parts: the function then has `behind`, the bytes of the buffer that the
  /// used length, which ends at the first gap, does not count.
  var hasGaps = false
  var names: CNames { access.names }
  var layout: Layout { access.layout }

  /// Statements that parse `parts` from the reader `cursor`; `first` is the first part's index in the view.
  func parse(
    _ parts: [Layout.Part], at path: View.Path = [], from first: Int = 0, _ view: View, _ scope: inout Scope,
    cursor: String = "c", depth: Int = 0, _ function: inout Function
  ) {
    let (head, tail) = parts.atSlack
    if !tail.isEmpty {
      function.declare("struct \(names.name("reader")) end;")
      function.attempt("\(names.name("split_end"))(\(cursor), \(access.fixedSize(tail)), &end)")
      parse(Array(tail), at: path, from: first + tail.startIndex, view, &scope, cursor: "&end", depth: depth, &function)
    }
    for run in Run.of(Array(head)) {
      if let condition = run.condition {
        optional(
          condition, run.parts.map { ($0.part, path + [first + $0.index, 0]) }, view, &scope, cursor, depth, &function)
      } else {
        for (index, part) in run.parts {
          let place = path + [first + index]
          parse(part, followers: head[(index + 1)...], at: place, view, &scope, cursor, depth, &function)
        }
      }
    }
  }

  private func parse(
    _ part: Layout.Part, followers: ArraySlice<Layout.Part>, at path: View.Path, _ view: View, _ scope: inout Scope,
    _ cursor: String, _ depth: Int, _ function: inout Function
  ) {
    switch part {
    case .structure(let name): structure(name, scope.view + view.member(at: path), &scope, cursor, &function)
    case .bytes(let name, let length, _):
      bytes(name, length, followers, scope.view + view.member(at: path), &scope, cursor, &function)
    case .slack: function.body.statement("\(names.name("take"))(\(cursor), \(cursor.member)left);")
    case .repeated(let name, let count, let inner):
      repetition(name, count, inner, at: path, view, &scope, cursor, depth, &function)
    case .measured(let reference, let inner):
      measured(reference, inner, at: path, view, &scope, cursor, depth, &function)
    case .group(let name), .attributes(let name):
      function.call(names, "parse_\(name)", [cursor, "&\(scope.view)\(view.member(at: path))"], access)
    case .optional: preconditionFailure("an optional part stands in a run")
    }
  }

  private func structure(
    _ name: String, _ member: String, _ scope: inout Scope, _ cursor: String, _ function: inout Function
  ) {
    function.body.statement("\(member) = \(names.name("take"))(\(cursor), sizeof(*\(member)));")
    scope.bind(name, to: member)
    if let check = Check(access: access).call(name, member, cursor.member) {
      function.attempt(check)
    } else {
      function.fail(if: "!\(member)", "ESHORT", names)
    }
    if let counter = scope.counter, counter.structure == name {
      function.fail(if: access.value(counter, scope), "ECOUNT", names)
    }
    access.checkBounds(of: name, scope, &function)
  }

  private func bytes(
    _ name: String, _ length: Layout.Length, _ followers: ArraySlice<Layout.Part>, _ member: String,
    _ scope: inout Scope,
    _ cursor: String, _ function: inout Function
  ) {
    measure(name, length, followers, scope, cursor, &function)
    if case .field(let reference, _) = length, let room = access.room(reference, scope) {
      function.body.statement("\(member)_len = \(access.value(room.terms[0], scope));")
      function.fail(if: "\(member)_len > n", "ELENGTH", names)
      if let condition = room.condition {
        function.fail(if: "\(member)_len && \(access.test(unless: condition, scope))", "ELENGTH", names)
      }
      function.body.statement("\(member) = \(names.name("take"))(\(cursor), \(member)_len);")
      function.fail(if: "!\(member)", "ESHORT", names)
      if hasGaps {
        function.body.block("if (\(member)_len < n) {") { $0.line("\(cursor.member)left += behind;\nbehind = 0;") }
      }
      function.body.statement("\(names.name("skip"))(\(cursor), n - \(member)_len);")
    } else {
      function.body.statement("\(member) = \(names.name("take"))(\(cursor), n);")
      function.fail(if: "!\(member)", "ESHORT", names)
      function.body.statement("\(member)_len = n;")
    }
  }

  /// Sets `n` to the length of a part of variable length.
  private func measure(
    _ name: String, _ length: Layout.Length, _ followers: ArraySlice<Layout.Part>, _ scope: Scope, _ cursor: String,
    _ function: inout Function
  ) {
    function.declare("__u32 n;")
    switch length {
    case .field(let reference, let limit):
      function.body.statement("n = \(access.value(reference, scope));")
      function.fail(if: "n > \(names.limit(name, limit))", "ELIMIT", names)
    case .rest:
      let behind = access.fixedSize(followers)
      if behind > 0 { function.fail(if: "\(cursor.member)left < \(behind)", "ESHORT", names) }
      function.body.statement("n = \(cursor.member)left\(behind > 0 ? " - \(behind)" : "");")
    }
  }

  private func optional(
    _ condition: Layout.Condition, _ parts: [(part: Layout.Part, path: View.Path)], _ view: View, _ scope: inout Scope,
    _ cursor: String, _ depth: Int, _ function: inout Function
  ) {
    let presences = parts.map { Presence.of($0.part, at: $0.path, view, scope) }
    function.body.statement("if (\(access.test(condition, scope))) {")
    function.body.depth += 1
    for ((part, path), presence) in zip(parts, presences) {
      if let flag = presence.flag { function.body.statement("\(flag) = 1;") }
      parse(part, followers: [], at: path, view, &scope, cursor, depth, &function)
    }
    function.body.depth -= 1
    function.body.statement("} else {")
    function.body.depth += 1
    for statement in presences.flatMap(\.absent) { function.body.statement(statement) }
    function.body.depth -= 1
    function.body.statement("}")
  }

  private func repetition(
    _ name: String, _ count: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View,
    _ scope: inout Scope, _ cursor: String, _ depth: Int, _ function: inout Function
  ) {
    let member = scope.view + view.member(at: path)
    let index = Loop.index(depth)
    function.declare("__u32 \(index);")
    // A second repetition runs as often as the first: the count is read once.
    if access.value(count, scope) != "\(member)_count" {
      function.declare("__u32 n;")
      function.body.statement("n = \(access.value(count, scope));")
      let least = access.fixedSize(inside(parts))
      if least > 0 { function.fail(if: "n > \(cursor.member)left / \(least)", "ECOUNT", names) }
      function.body.statement("\(member)_count = n;")
      function.fail(if: "n > \(member)_max", "EROOM", names)
      scope.know(count, as: "\(member)_count")
    }
    function.body.statement("for (\(index) = 0; \(index) < \(member)_count; \(index)++) {")
    function.body.depth += 1
    if case .group(let group)? = parts.first, parts.count == 1 {
      function.call(names, "parse_\(group)", [cursor, "&\(member)[\(index)]"], access)
    } else {
      var inner = scope.entering(name, view: "\(member)[\(index)].", counter: count)
      parse(parts, at: path, view.element(of: name), &inner, cursor: cursor, depth: depth + 1, &function)
      scope.leave(name, inner)
    }
    function.body.depth -= 1
    function.body.statement("}")
  }

  /// The parts of the group that a repetition consists of, or those of the repetition itself.
  private func inside(_ parts: [Layout.Part]) -> ArraySlice<Layout.Part> {
    guard case .group(let name)? = parts.first, parts.count == 1 else { return parts[...] }
    return layout.group(name)?.parts[...] ?? []
  }

  private func measured(
    _ reference: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View, _ scope: inout Scope,
    _ cursor: String, _ depth: Int, _ function: inout Function
  ) {
    if parts.isEmpty {
      function.fail(if: access.value(reference, scope), "ELENGTH", names)
      return
    }
    let part = cursor == "c" ? "part" : "part_\(depth + 1)"
    function.declare("struct \(names.name("reader")) \(part);")
    function.attempt("\(names.name("split"))(\(cursor), \(access.value(reference, scope)), &\(part))")
    parse(parts, at: path, view, &scope, cursor: "&\(part)", depth: depth, &function)
    function.fail(if: "\(part).left", "ELENGTH", names)
  }
}

extension String {
  /// What the name of a member follows, of a structure to which the expression points.
  fileprivate var member: String { hasPrefix("&") ? dropFirst() + "." : self + "->" }
}
