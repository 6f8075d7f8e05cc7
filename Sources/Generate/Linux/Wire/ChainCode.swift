import Model

/// Writes the C for one group, or for one area of a family of commands.
struct ChainCode {
  let access: Access
  private var names: CNames { access.names }

  /// A pair of functions.
  typealias Pair = (parse: Function, build: Function)

  /// The functions for parts that several chains share.
  func group(_ group: Layout.Group, _ view: View) -> Pair {
    pair(group.parts, view, Scope(view: "view->"), area: nil, codes: [])
  }

  /// The functions for what the device reads.
  func readable(_ family: Family, _ view: View) -> Pair {
    var codes = family.commands[0].codes.map { names.published($0.name) }
    if family.isSelected { codes[codes.count - 1] = "command" }
    return pair(family.parts, view, Scope(view: "req->"), area: family, codes: codes)
  }

  /// The functions for what the device writes.
  func writable(_ family: Family, _ view: View) -> Pair {
    pair(family.parts, view, answer(to: family.commands[0]), area: family, codes: [])
  }

  /// What the answer to a command can refer to.
  func answer(to command: Layout.Command, view name: String = "resp->") -> Scope {
    let view = View("", command.readable, in: access.layout)
    let derivation = Derivation(command.readable, access, view: view, scope: Scope(view: "req->"))
    return derivation.end.following(view: name, knowing: derivation.values)
  }

  private func pair(_ parts: [Layout.Part], _ view: View, _ start: Scope, area family: Family?, codes: [String]) -> Pair
  {
    var parse = Function(access.style)
    let hasGaps = family?.hasGaps(in: access.layout) ?? false
    if let family { begin(family, view, "reader", &parse, hasGaps ? "size" : "len") }
    if hasGaps {
      parse.declare("__u32 behind;")
      parse.fail(if: "len > size", "ELENGTH", names)
      parse.body.line("c->left = len;\nbehind = size - len;")
    }
    var scope = start
    let parser = Parser(access: access, hasGaps: hasGaps)
    if let family, family.area == .readable {
      parser.parse([parts[0]], view, &scope, &parse)
      check(codes, family, view, &parse)
      parser.parse(Array(parts.dropFirst()), from: 1, view, &scope, &parse)
      parse.fail(if: "c->left", "ELENGTH", names)
    } else {
      parser.parse(parts, view, &scope, &parse)
    }
    parse.body.line("return 0;")

    var build = Function(access.style)
    if let family {
      begin(family, view, "writer", &build)
      if family.isSelected { build.fail(if: isOther("command", family), "ECODE", names) }
    }
    let derivation = Derivation(parts, access, view: view, scope: start)
    scope = start
    scope.known.merge(derivation.values) { $1 }
    Builder(access, derivation).build(parts, view, &scope, codes: codes, &build)
    build.body.line(family == nil ? "return 0;" : "return len - c->left;")
    return (parse, build)
  }

  /// The start of a function whose cursor runs over a whole buffer.
  private func begin(
    _ family: Family, _ view: View, _ cursor: String, _ function: inout Function, _ length: String = "len"
  ) {
    function.declare("struct \(names.name(cursor)) area;")
    function.declare("struct \(names.name(cursor)) *c = &area;")
    let strict = family.area == .readable ? 1 : 0
    function.attempt("\(names.name("start_\(cursor)"))(c, buf, \(length), \(strict))")
    for (context, values) in contexts(family.parts) {
      let member = (family.area == .readable ? "req->" : "resp->") + "ctx_\(context)"
      function.fail(if: values.map { "\(member) != \($0)" }.joined(separator: " && "), "EVALUE", names)
    }
  }

  /// What neither side sends, and the values that it may have.
  private func contexts(_ parts: [Layout.Part]) -> [(name: String, values: [UInt64])] {
    let found = parts.flatMap { $0.descendants(in: access.layout) }.flatMap { part in
      if case .optional(let condition, _) = part { condition.contexts } else { [(name: String, value: UInt64)]() }
    }
    return Set(found.map(\.name)).sorted().map { name in
      (name, Set(found.filter { $0.name == name }.map(\.value)).sorted())
    }
  }

  /// Checks the numbers that tell which command it is.
  private func check(_ codes: [String], _ family: Family, _ view: View, _ function: inout Function) {
    guard case .structure(let name)? = family.parts.first, let structure = access.layout.structure(name) else { return }
    for (field, code) in zip(structure.fields, codes) {
      let value = access.get(field, of: "req->" + view.member(at: [0]))
      if code == "command" {
        function.declare("__u32 command;")
        function.body.statement("command = \(value);")
        function.fail(if: isOther("command", family), "ECODE", names)
      } else {
        function.fail(if: "\(value) != \(code)", "ECODE", names)
      }
    }
  }

  /// The condition under which a number is none of a family's commands.
  private func isOther(_ value: String, _ family: Family) -> String {
    family.commands.compactMap(\.codes.last).map { "\(value) != \(names.published($0.name))" }.joined(separator: " && ")
  }
}

extension Layout.Condition {
  fileprivate var contexts: [(name: String, value: UInt64)] {
    switch self {
    case .equals: []
    case .context(let name, let value, _): [(name, value)]
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.contexts)
    }
  }
}
