import Model

/// Writes the C that puts a chain's bytes together.
struct Builder {
  let access: Access
  let derivation: Derivation
  var names: CNames { access.names }
  var layout: Layout { access.layout }

  init(_ access: Access, _ derivation: Derivation) {
    self.access = access
    self.derivation = derivation
  }

  /// Statements that write `parts` to the writer `c`.
  ///
  /// - Parameters:
  ///   - codes: what to write to the first fields of the first structure, as C expressions.
  ///   - isThere: whether the view is known to have the first part.
  func build(
    _ parts: [Layout.Part], at path: View.Path = [], from first: Int = 0, _ view: View, _ scope: inout Scope,
    codes: [String] = [], isThere: Bool = false, depth: Int = 0, _ function: inout Function
  ) {
    let tail = parts.atSlack.tail
    for part in tail {
      guard case .structure(let name) = part, let index = parts.firstIndex(of: part) else { continue }
      let member = scope.view + view.member(at: path + [first + index])
      scope.bind(name, to: member)
      function.fail(if: "!\(member)", "EPART", names)
    }
    for run in Run.of(parts) {
      if let condition = run.condition {
        optional(condition, run.parts.map { ($0.part, path + [first + $0.index, 0]) }, view, &scope, depth, &function)
      } else {
        for (index, part) in run.parts {
          let (place, followers) = (path + [first + index], parts[(index + 1)...])
          if case .structure(let name) = part {
            let codes = index == 0 ? codes : []
            let isThere = isThere && index == 0 || tail.contains(part)
            structure(name, at: place, view, &scope, codes: codes, isThere: isThere, &function)
          } else {
            build(part, followers: followers, at: place, view, &scope, depth, &function)
          }
        }
      }
    }
  }

  private func build(
    _ part: Layout.Part, followers: ArraySlice<Layout.Part>, at path: View.Path, _ view: View, _ scope: inout Scope,
    _ depth: Int, _ function: inout Function
  ) {
    switch part {
    case .structure(let name): structure(name, at: path, view, &scope, codes: [], isThere: false, &function)
    case .bytes(let name, let length, _): bytes(name, length, scope.view + view.member(at: path), scope, &function)
    case .slack:
      let behind = access.fixedSize(followers)
      function.fail(if: "c->left < \(behind)", "ESHORT", names)
      function.body.statement("\(names.name("put"))(c, NULL, c->left - \(behind));")
    case .repeated(let name, let count, let inner):
      repetition(name, count, inner, at: path, view, &scope, depth, &function)
    case .measured(let reference, let inner):
      measured(reference, inner, at: path, view, &scope, depth, &function)
    case .group(let name), .attributes(let name):
      function.call(names, "build_\(name)", ["c", "&\(scope.view)\(view.member(at: path))"], access)
    case .optional: preconditionFailure("an optional part stands in a run")
    }
  }

  private func optional(
    _ condition: Layout.Condition, _ parts: [(part: Layout.Part, path: View.Path)], _ view: View, _ scope: inout Scope,
    _ depth: Int, _ function: inout Function
  ) {
    let presences = parts.map { Presence.of($0.part, at: $0.path, view, scope) }
    function.body.statement("if (\(access.test(condition, scope))) {")
    function.body.depth += 1
    for ((part, path), presence) in zip(parts, presences) {
      if let flag = presence.flag { function.fail(if: "!\(flag)", "EPART", names) }
      build(part, followers: [], at: path, view, &scope, depth, &function)
    }
    function.body.depth -= 1
    function.body.statement("} else if (\(presences.map(\.test).joined(separator: " || "))) {")
    function.body.depth += 1
    function.body.statement("return \(names.macro("EPART"));")
    function.body.depth -= 1
    function.body.statement("}")
  }

  private func structure(
    _ name: String, at path: View.Path, _ view: View, _ scope: inout Scope, codes: [String], isThere: Bool,
    _ function: inout Function
  ) {
    guard let structure = layout.structure(name) else { preconditionFailure("no structure \(name)") }
    let member = scope.view + view.member(at: path)
    scope.bind(name, to: member)
    let meaningful = structure.fields.filter { $0.type != .reserved }
    let given = meaningful.filter { field in
      let isCode = structure.fields.prefix(codes.count).contains(field)
      return !isCode && value(of: field, member) == nil
        && !derivation.measured.contains(Derivation.key(member, field.name))
    }
    if !given.isEmpty, !isThere { function.fail(if: "!\(member)", "EPART", names) }
    let check = Check(access: access)
    if given.count == meaningful.count {
      let put = "\(names.name("put"))(c, \(member), sizeof(*\(member)))"
      if let call = check.call(name, put, "c->") {
        function.attempt(call)
      } else {
        function.fail(if: "!\(put)", "ESHORT", names)
      }
    } else {
      let local = "at_\(name)"
      function.declare("\(names.structure(name)) *\(local);")
      function.body.statement("\(local) = \(names.name("put"))(c, \(member), sizeof(*\(local)));")
      function.fail(if: "!\(local)", "ESHORT", names)
      for (field, code) in zip(structure.fields, codes) {
        function.body.statement(access.set(field, of: local, to: code))
      }
      for field in structure.fields {
        guard let value = value(of: field, member) else { continue }
        if field.width < 4, value != "0", !derivation.limited.contains(Derivation.key(member, field.name)) {
          function.fail(if: "\(value) > \(field.width == 1 ? "0xff" : "0xffff")", "ELIMIT", names)
        }
        function.body.statement(access.set(field, of: local, to: value))
      }
      if let call = check.call(name, local, "c->") { function.attempt(call) }
    }
    access.checkBounds(of: name, scope, &function)
  }

  private func value(of field: Layout.Field, _ pointer: String) -> String? {
    derivation.values[Derivation.key(pointer, field.name)]
  }

  private func bytes(
    _ name: String, _ length: Layout.Length, _ member: String, _ scope: Scope, _ function: inout Function
  ) {
    let put = "\(names.name("put"))(c, \(member), \(member)_len)"
    if case .field(let reference, let limit) = length, let room = access.room(reference, scope) {
      function.declare("__u32 n;")
      function.body.statement("n = \(access.value(reference, scope));")
      function.fail(if: "n > \(names.limit(name, limit)) || \(member)_len > n", "ELIMIT", names)
      if let condition = room.condition {
        function.fail(if: "\(member)_len && \(access.test(unless: condition, scope))", "EPART", names)
      }
      function.fail(if: "\(member)_len && !\(member)", "EPART", names)
      function.fail(if: "!\(put)", "ESHORT", names)
      function.body.statement("c->gap += n - \(member)_len;")
      return
    }
    if case .field(let reference, let limit) = length {
      function.fail(if: "\(member)_len > \(names.limit(name, limit))", "ELIMIT", names)
      if scope.fixed.contains(reference.structure) {
        function.fail(if: "\(member)_len != \(access.value(reference, scope))", "ELENGTH", names)
      }
    }
    function.fail(if: "\(member)_len && !\(member)", "EPART", names)
    function.fail(if: "!\(put)", "ESHORT", names)
  }

  private func repetition(
    _ name: String, _ count: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View,
    _ scope: inout Scope, _ depth: Int, _ function: inout Function
  ) {
    let member = scope.view + view.member(at: path)
    let index = Loop.index(depth)
    function.declare("__u32 \(index);")
    if !scope.counted.contains(member) {
      scope.counted.insert(member)
      if scope.fixed.contains(count.structure) {
        function.fail(if: "\(member)_count != \(access.value(count, scope))", "ECOUNT", names)
      }
      function.fail(if: "\(member)_count && !\(member)", "EPART", names)
    }
    function.body.statement("for (\(index) = 0; \(index) < \(member)_count; \(index)++) {")
    function.body.depth += 1
    if case .group(let group)? = parts.first, parts.count == 1 {
      function.call(names, "build_\(group)", ["c", "&\(member)[\(index)]"], access)
    } else {
      var inner = scope.entering(name, view: "\(member)[\(index)].", counter: count)
      build(parts, at: path, view.element(of: name), &inner, depth: depth + 1, &function)
      scope.leave(name, inner)
    }
    function.body.depth -= 1
    function.body.statement("}")
  }

  private func measured(
    _ reference: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View, _ scope: inout Scope,
    _ depth: Int, _ function: inout Function
  ) {
    let (field, _) = access.resolve(reference)
    let target = "at_\(reference.structure)"
    if parts.isEmpty {
      function.body.statement(access.set(field, of: target, to: "0"))
      return
    }
    let start = "start_\(reference.structure)"
    function.declare("__u32 \(start);")
    function.body.statement("\(start) = c->left;")
    build(parts, at: path, view, &scope, depth: depth, &function)
    if field.width < 4 { function.fail(if: "\(start) - c->left > 0xffff", "ELIMIT", names) }
    function.body.statement(access.set(field, of: target, to: "\(start) - c->left"))
  }
}
