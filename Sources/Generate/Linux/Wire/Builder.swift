import Model

/// Writes the C that puts a chain's bytes together.
struct Builder {
  let access: Access
  let derivation: Derivation
  var names: CNames { access.names }
  var layout: Layout { access.layout }
  private var parser: Parser { Parser(access: access) }

  init(_ access: Access, _ derivation: Derivation) {
    self.access = access
    self.derivation = derivation
  }

  /// Statements that write `parts` to the cursor `c`.
  ///
  /// - Parameter codes: what to write to the first fields of the first structure.
  func build(
    _ parts: [Layout.Part], at path: View.Path = [], from first: Int = 0, _ view: View, _ scope: inout Scope,
    codes: [Layout.Number] = [], depth: Int = 0, _ function: inout Function
  ) {
    for (index, part) in parts.enumerated() {
      build(
        part, followers: parts[(index + 1)...], at: path + [first + index], view, &scope, codes: index == 0 ? codes : [],
        depth: depth, &function)
    }
  }

  private func build(
    _ part: Layout.Part, followers: ArraySlice<Layout.Part>, at path: View.Path, _ view: View, _ scope: inout Scope,
    codes: [Layout.Number], depth: Int, _ function: inout Function
  ) {
    switch part {
    case .structure(let name): structure(name, at: path, view, &scope, codes: codes, &function)
    case .bytes(_, let length, _):
      let member = scope.view + view.member(at: path)
      checkLength(length, member, followers, scope, &function)
      parser.fail(if: "\(member)_len && !\(member)", "EPART", &function)
      parser.fail(if: "!\(names.name("put"))(c, \(member), \(member)_len)", "ESHORT", &function)
    case .slack:
      let behind = access.fixedSize(followers)
      parser.fail(if: "c->left < \(behind)", "ESHORT", &function)
      function.body.statement("\(names.name("put"))(c, NULL, c->left - \(behind));")
    case .optional(let condition, let inner):
      let presence = Presence.of(inner, at: path + [0], view, scope)
      function.body.statement("if (\(access.test(condition, scope))) {")
      function.body.depth += 1
      if let flag = presence.flag { parser.fail(ifNot: flag, "EPART", &function) }
      build(inner, followers: [], at: path + [0], view, &scope, codes: [], depth: depth, &function)
      function.body.depth -= 1
      function.body.statement("} else if (\(presence.test)) {")
      function.body.depth += 1
      function.body.statement("return \(names.macro("EPART"));")
      function.body.depth -= 1
      function.body.statement("}")
    case .repeated(let name, let count, let inner):
      repetition(name, count, inner, at: path, view, &scope, depth: depth, &function)
    case .measured(let reference, let inner):
      measured(reference, inner, at: path, view, &scope, depth: depth, &function)
    case .group(let name), .attributes(let name):
      parser.call("build_\(name)", ["c", "&\(scope.view)\(view.member(at: path))"], &function)
    }
  }

  private func structure(
    _ name: String, at path: View.Path, _ view: View, _ scope: inout Scope, codes: [Layout.Number], _ function: inout Function
  ) {
    guard let structure = layout.structure(name) else { preconditionFailure("no structure \(name)") }
    let member = scope.view + view.member(at: path)
    let given = structure.fields.enumerated().filter { index, field in
      field.type != .reserved && index >= codes.count && value(of: field, member) == nil && !isMeasured(field, member)
    }
    if !given.isEmpty { parser.fail(ifNot: member, "EPART", &function) }
    let local = "at_\(name)"
    let writesBack = given.count < structure.fields.filter { $0.type != .reserved }.count
    if writesBack {
      function.declare("\(names.structure(name)) *\(local);")
      function.body.statement("\(local) = \(names.name("put"))(c, \(member), sizeof(*\(local)));")
      parser.fail(ifNot: local, "ESHORT", &function)
    } else {
      parser.fail(if: "!\(names.name("put"))(c, \(member), sizeof(*\(member)))", "ESHORT", &function)
    }
    for (field, code) in zip(structure.fields, codes) {
      function.body.statement(access.set(field, of: local, to: names.published(code.name)))
    }
    for field in structure.fields {
      guard let value = value(of: field, member) else { continue }
      if field.width < 4 {
        parser.fail(if: "\(value) > \(field.width == 1 ? "0xff" : "0xffff")", "ELIMIT", &function)
      }
      function.body.statement(access.set(field, of: local, to: value))
    }
    scope.bind(name, to: member)
  }

  private func value(of field: Layout.Field, _ pointer: String) -> String? {
    derivation.values[Derivation.key(pointer, field.name)]
  }

  private func isMeasured(_ field: Layout.Field, _ pointer: String) -> Bool {
    derivation.measured.contains(Derivation.key(pointer, field.name))
  }

  private func checkLength(
    _ length: Layout.Length, _ member: String, _ followers: ArraySlice<Layout.Part>, _ scope: Scope, _ function: inout Function
  ) {
    switch length {
    case .field(let reference, let limit):
      parser.fail(if: "\(member)_len > \(limit)", "ELIMIT", &function)
      if scope.fixed.contains(reference.structure) {
        parser.fail(if: "\(member)_len != \(access.value(reference, scope))", "ELENGTH", &function)
      }
    case .rest: break
    }
  }

  private func repetition(
    _ name: String, _ count: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View,
    _ scope: inout Scope, depth: Int, _ function: inout Function
  ) {
    let member = scope.view + view.member(at: path)
    let index = Loop.index(depth)
    function.declare("__u32 \(index);")
    if scope.fixed.contains(count.structure) {
      parser.fail(if: "\(member)_count != \(access.value(count, scope))", "ECOUNT", &function)
    }
    function.body.statement("for (\(index) = 0; \(index) < \(member)_count; \(index)++) {")
    function.body.depth += 1
    if case .group(let group)? = parts.first, parts.count == 1 {
      parser.call("build_\(group)", ["c", "&\(member)[\(index)]"], &function)
    } else {
      var inner = scope.entering(name, view: "\(member)[\(index)].")
      build(parts, at: path, view.element(of: name), &inner, depth: depth + 1, &function)
      scope.leave(name, inner)
    }
    function.body.depth -= 1
    function.body.statement("}")
  }

  private func measured(
    _ reference: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View, _ scope: inout Scope,
    depth: Int, _ function: inout Function
  ) {
    let start = "start_\(reference.structure)"
    function.declare("__u32 \(start);")
    function.body.statement("\(start) = c->left;")
    build(parts, at: path, view, &scope, depth: depth, &function)
    let (field, _) = access.resolve(reference)
    if field.width < 4 { parser.fail(if: "\(start) - c->left > 0xffff", "ELIMIT", &function) }
    function.body.statement(access.set(field, of: "at_\(reference.structure)", to: "\(start) - c->left"))
  }
}
