import Model

/// Writes the C for one group, or for the two areas of one command.
struct ChainCode {
  let access: Access
  private var names: CNames { access.names }

  /// The functions for parts that several chains share.
  func group(_ group: Layout.Group, _ view: View) -> (parse: Function, build: Function) {
    var parse = Function(access.style)
    var scope = Scope(view: "view->")
    Parser(access: access).parse(group.parts, view, &scope, &parse)
    parse.body.line("return 0;")
    var build = Function(access.style)
    scope = Scope(view: "view->")
    Builder(access, Derivation(group.parts, view: view, scope: scope)).build(group.parts, view, &scope, &build)
    build.body.line("return 0;")
    return (parse, build)
  }

  /// The functions for what the device reads, and the scope that they leave for what it writes.
  func readable(_ command: Layout.Command, _ view: View) -> (parse: Function, build: Function, scope: Scope) {
    var (parse, build) = (area, area)
    var scope = Scope(view: "req->")
    let parser = Parser(access: access)
    parser.parse(command.readable, view, &scope, &parse)
    check(command, view, parser, scope, &parse)
    parser.fail(if: "c->left", "ELENGTH", &parse)
    parse.body.line("return 0;")
    let left = scope
    scope = Scope(view: "req->")
    Builder(access, Derivation(command.readable, view: view, scope: scope))
      .build(command.readable, view, &scope, codes: command.codes, &build)
    build.body.line("return len - c->left;")
    return (parse, build, left)
  }

  /// The functions for what the device writes.
  func writable(_ command: Layout.Command, _ view: View, after readable: Scope) -> (parse: Function, build: Function) {
    var (parse, build) = (area, area)
    var scope = readable.following(view: "resp->")
    Parser(access: access).parse(command.writable, view, &scope, &parse)
    parse.body.line("return 0;")
    scope = readable.following(view: "resp->")
    Builder(access, Derivation(command.writable, view: view, scope: scope))
      .build(command.writable, view, &scope, &build)
    build.body.line("return len - c->left;")
    return (parse, build)
  }

  /// A function whose cursor runs over a whole buffer.
  private var area: Function {
    var function = Function(access.style)
    function.declare("struct \(names.name("cursor")) area;")
    function.declare("struct \(names.name("cursor")) *c = &area;")
    function.body.line("area.at = (__u8 *)buf;\narea.left = len;")
    return function
  }

  /// Checks the numbers that tell which command it is.
  private func check(_ command: Layout.Command, _ view: View, _ parser: Parser, _ scope: Scope, _ function: inout Function) {
    guard case .structure(let name)? = command.readable.first, let structure = access.layout.structure(name) else { return }
    for (field, code) in zip(structure.fields, command.codes) {
      parser.fail(
        if: "\(access.get(field, of: "req->" + view.member(at: [0]))) != \(names.published(code.name))", "ECODE", &function)
    }
  }
}
