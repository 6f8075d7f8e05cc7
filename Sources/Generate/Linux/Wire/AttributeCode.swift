import Model

/// Writes the C for sets of type-length-value attributes.
struct AttributeCode {
  let access: Access
  let set: Layout.AttributeSet
  let view: View
  private var names: CNames { access.names }

  init(_ access: Access, _ set: Layout.AttributeSet) {
    self.access = access
    self.set = set
    view = View(set.name, set.attributes.flatMap(\.parts), in: access.layout)
  }

  private var header: Layout.Structure {
    guard let header = access.layout.structure(set.header) else { preconditionFailure("no structure \(set.header)") }
    return header
  }

  /// Each attribute with the place of its first part in the view.
  private var placed: [(attribute: Layout.Attribute, first: Int)] {
    var first = 0
    return set.attributes.map { attribute in
      defer { first += attribute.parts.count }
      return (attribute, first)
    }
  }

  var parse: Function {
    var function = Function(access.style)
    for line in [
      "const \(names.structure(set.header)) *hdr;", "struct \(names.name("reader")) part;", "__u32 n;", "__u32 type;",
    ] { function.declare(line) }
    function.body.statement("memset(view, 0, sizeof(*view));")
    function.body.statement("while (c->left) {")
    function.body.depth += 1
    function.body.statement("hdr = \(names.name("take"))(c, sizeof(*hdr));")
    if let check = Check(access: access).call(set.header, "hdr", "c->") {
      function.attempt(check)
    } else {
      function.fail(if: "!hdr", "ESHORT", names)
    }
    function.body.statement("type = \(access.get(header.fields[0], of: "hdr"));")
    function.body.statement("n = \(access.get(header.fields[1], of: "hdr"));")
    function.attempt("\(names.name("split"))(c, n, &part)")
    function.body.statement("n = -n & \(set.alignment - 1);")
    function.fail(if: "c->left < n", "ESHORT", names)
    function.fail(if: "!\(names.name("is_zero"))(\(names.name("take"))(c, n), n)", "ERESERVED", names)
    function.body.statement("switch (type) {")
    for (attribute, first) in placed { parse(attribute, first, &function) }
    function.body.statement("default:")
    function.body.depth += 1
    function.fail(if: "!(type & \((1 << set.ignorableBit).hex()))\(strictly)", "EATTRIBUTE", names)
    function.body.statement("continue;")
    function.body.depth -= 1
    function.body.statement("}")
    function.fail(if: "part.left", "ELENGTH", names)
    function.body.depth -= 1
    function.body.statement("}")
    function.body.statement("return 0;")
    return function
  }

  /// Types of other sets, which this one does not have, are refused though a receiver may ignore what it does not know.
  private var strictly: String {
    let own = Set(set.attributes.map(\.type))
    let others = access.layout.attributeSets.filter { $0.header == set.header }.flatMap(\.attributes).map(\.type)
      .filter { !own.contains($0) && $0.value & 1 << UInt64(set.ignorableBit) != 0 }
    return Set(others.map(\.name)).sorted().map { " || type == \(names.published($0))" }.joined()
  }

  private func parse(_ attribute: Layout.Attribute, _ first: Int, _ function: inout Function) {
    function.body.statement("case \(names.published(attribute.type.name)):")
    function.body.depth += 1
    function.fail(if: "view->\(view.member(at: [first]))", "EDUPLICATE", names)
    var scope = Scope(view: "view->")
    Parser(access: access).parse(attribute.parts, from: first, view, &scope, cursor: "&part", &function)
    function.body.statement("break;")
    function.body.depth -= 1
  }

  var build: Function {
    var function = Function(access.style)
    function.declare("\(names.structure(set.header)) *hdr;")
    let parts = set.attributes.flatMap(\.parts)
    let builder = Builder(access, Derivation(parts, access, view: view, scope: Scope(view: "view->")))
    var scope = Scope(view: "view->")
    for (attribute, first) in placed {
      function.body.statement("if (view->\(view.member(at: [first]))) {")
      function.body.depth += 1
      function.body.statement(
        "hdr = \(names.name("begin_\(set.header)"))(c, \(names.published(attribute.type.name))\(access.orderArgument));"
      )
      builder.build(attribute.parts, from: first, view, &scope, isThere: true, &function)
      function.attempt("\(names.name("end_\(set.header)"))(c, hdr\(access.orderArgument))")
      function.body.depth -= 1
      let dropped = attribute.parts.indices.filter { if case .bytes = attribute.parts[$0] { true } else { false } }
        .map { "view->\(view.member(at: [first + $0]))_len" }
      if !dropped.isEmpty {
        function.body.statement("} else if (\(dropped.joined(separator: " || "))) {")
        function.body.depth += 1
        function.body.statement("return \(names.macro("EPART"));")
        function.body.depth -= 1
      }
      function.body.statement("}")
    }
    function.body.statement("return 0;")
    return function
  }

  /// The functions that write what stands around a value; sets with the same header share them.
  func writeFraming(_ out: inout Printer) {
    let type = names.structure(set.header)
    let writer = "struct \(names.name("writer")) *c"
    out.line()
    out.comment("Starts an attribute; NULL if there is no room.")
    out.line("static inline \(type) *")
    out.statement("\(names.name("begin_\(set.header)"))(\(writer), __u16 type\(access.orderParameter))")
    out.block("{") { out in
      out.line("\(type) *hdr = \(names.name("put"))(c, NULL, sizeof(*hdr));\n")
      out.control("if (hdr)", access.set(header.fields[0], of: "hdr", to: "type"))
      out.line("return hdr;")
    }
    out.line()
    out.comment("Ends an attribute: sets its length and fills up to a multiple of \(set.alignment) bytes.")
    out.line("static inline int")
    out.statement("\(names.name("end_\(set.header)"))(\(writer), \(type) *hdr\(access.orderParameter))")
    out.block("{") { out in
      out.line("__u32 n;\n")
      out.control("if (!hdr)", "return \(names.macro("ESHORT"));")
      out.line("n = (__u32)(c->at - (__u8 *)(hdr + 1));")
      out.statement(access.set(header.fields[1], of: "hdr", to: "n"))
      out.control("if (!\(names.name("put"))(c, NULL, -n & \(set.alignment - 1)))", "return \(names.macro("ESHORT"));")
      out.line("return 0;")
    }
  }
}
