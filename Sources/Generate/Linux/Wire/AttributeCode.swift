import Model

/// Writes the C for sets of type-length-value attributes.
struct AttributeCode {
  let access: Access
  let set: Layout.AttributeSet
  let view: View
  private var names: CNames { access.names }
  private var parser: Parser { Parser(access: access) }

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
      "const \(names.structure(set.header)) *hdr;", "struct \(names.name("cursor")) part;", "__u32 n;", "__u32 type;",
    ] { function.declare(line) }
    function.body.statement("memset(view, 0, sizeof(*view));")
    function.body.statement("while (c->left) {")
    function.body.depth += 1
    function.body.statement("hdr = \(names.name("take"))(c, sizeof(*hdr));")
    parser.fail(ifNot: "hdr", "ESHORT", &function)
    for field in header.fields where field.type == .reserved {
      parser.fail(if: "!\(names.name("is_zero"))(hdr->\(field.name), \(field.size))", "ERESERVED", &function)
    }
    function.body.statement("type = \(access.get(header.fields[0], of: "hdr"));")
    function.body.statement("part.left = \(access.get(header.fields[1], of: "hdr"));")
    function.body.statement("n = -part.left & \(set.alignment - 1);")
    function.body.statement("part.at = (__u8 *)\(names.name("take"))(c, part.left);")
    parser.fail(if: "!part.at || c->left < n", "ESHORT", &function)
    parser.fail(if: "!\(names.name("is_zero"))(\(names.name("take"))(c, n), n)", "ERESERVED", &function)
    function.body.statement("switch (type) {")
    for (attribute, first) in placed {
      function.body.statement("case \(names.published(attribute.type.name)):")
      function.body.depth += 1
      parser.fail(if: "view->\(view.member(at: [first]))", "EDUPLICATE", &function)
      var scope = Scope(view: "view->")
      parser.parse(attribute.parts, from: first, view, &scope, cursor: "&part", &function)
      function.body.statement("break;")
      function.body.depth -= 1
    }
    function.body.statement("default:")
    function.body.depth += 1
    parser.fail(if: "!(type & \((1 << set.ignorableBit).hex()))", "EATTRIBUTE", &function)
    function.body.statement("continue;")
    function.body.depth -= 1
    function.body.statement("}")
    parser.fail(if: "part.left", "ELENGTH", &function)
    function.body.depth -= 1
    function.body.statement("}")
    function.body.statement("return 0;")
    return function
  }

  var build: Function {
    var function = Function(access.style)
    function.declare("\(names.structure(set.header)) *hdr;")
    function.declare("__u32 start;")
    let parts = set.attributes.flatMap(\.parts)
    let builder = Builder(access, Derivation(parts, view: view, scope: Scope(view: "view->")))
    var scope = Scope(view: "view->")
    for (attribute, first) in placed {
      function.body.statement("if (view->\(view.member(at: [first]))) {")
      function.body.depth += 1
      function.body.statement("hdr = \(names.name("put"))(c, NULL, sizeof(*hdr));")
      parser.fail(ifNot: "hdr", "ESHORT", &function)
      function.body.statement("start = c->left;")
      builder.build(attribute.parts, from: first, view, &scope, &function)
      function.body.statement(access.set(header.fields[0], of: "hdr", to: names.published(attribute.type.name)))
      function.body.statement(access.set(header.fields[1], of: "hdr", to: "start - c->left"))
      parser.fail(if: "!\(names.name("put"))(c, NULL, (c->left - start) & \(set.alignment - 1))", "ESHORT", &function)
      function.body.depth -= 1
      function.body.statement("}")
    }
    function.body.statement("return 0;")
    return function
  }
}
