import Model

/// Writes the C that takes a chain's bytes apart.
struct Parser {
  let access: Access
  var names: CNames { access.names }
  var layout: Layout { access.layout }

  /// Statements that parse `parts` from the cursor `cursor`; `first` is the first part's index in the view.
  func parse(
    _ parts: [Layout.Part], at path: View.Path = [], from first: Int = 0, _ view: View, _ scope: inout Scope,
    cursor: String = "c", depth: Int = 0, _ function: inout Function
  ) {
    for (index, part) in parts.enumerated() {
      parse(
        part, followers: parts[(index + 1)...], at: path + [first + index], view, &scope, cursor: cursor, depth: depth,
        &function)
    }
  }

  private func parse(
    _ part: Layout.Part, followers: ArraySlice<Layout.Part>, at path: View.Path, _ view: View, _ scope: inout Scope,
    cursor: String, depth: Int, _ function: inout Function
  ) {
    switch part {
    case .structure(let name):
      let member = scope.view + view.member(at: path)
      function.body.statement("\(member) = \(names.name("take"))(\(cursor), sizeof(*\(member)));")
      fail(ifNot: member, "ESHORT", &function)
      scope.bind(name, to: member)
      checkReserved(of: name, member, &function)
    case .bytes(_, let length, _):
      let member = scope.view + view.member(at: path)
      measure(length, followers, scope, cursor, &function)
      function.body.statement("\(member) = \(names.name("take"))(\(cursor), n);")
      fail(ifNot: member, "ESHORT", &function)
      function.body.statement("\(member)_len = n;")
    case .slack:
      measure(.rest, followers, scope, cursor, &function)
      function.body.statement("\(names.name("take"))(\(cursor), n);")
    case .optional(let condition, let inner):
      optional(condition, inner, at: path + [0], view, &scope, cursor: cursor, depth: depth, &function)
    case .repeated(let name, let count, let inner):
      repetition(name, count, inner, at: path, view, &scope, cursor: cursor, depth: depth, &function)
    case .measured(let reference, let inner):
      measured(reference, inner, at: path, view, &scope, cursor: cursor, depth: depth, &function)
    case .group(let name), .attributes(let name):
      let member = scope.view + view.member(at: path)
      call("parse_\(name)", [cursor, "&\(member)"], &function)
    }
  }

  /// Sets `n` to the length of a part of variable length.
  private func measure(
    _ length: Layout.Length, _ followers: ArraySlice<Layout.Part>, _ scope: Scope, _ cursor: String, _ function: inout Function
  ) {
    function.declare("__u32 n;")
    switch length {
    case .field(let reference, let limit):
      function.body.statement("n = \(access.value(reference, scope));")
      fail(if: "n > \(limit)", "ELIMIT", &function)
    case .rest:
      let behind = access.fixedSize(followers)
      let left = cursor.hasPrefix("&") ? "\(cursor.dropFirst()).left" : "\(cursor)->left"
      if behind > 0 { fail(if: "\(left) < \(behind)", "ESHORT", &function) }
      function.body.statement("n = \(left)\(behind > 0 ? " - \(behind)" : "");")
    }
  }

  private func optional(
    _ condition: Layout.Condition, _ inner: Layout.Part, at path: View.Path, _ view: View, _ scope: inout Scope,
    cursor: String, depth: Int, _ function: inout Function
  ) {
    let presence = Presence.of(inner, at: path, view, scope)
    function.body.statement("if (\(access.test(condition, scope))) {")
    function.body.depth += 1
    if let flag = presence.flag { function.body.statement("\(flag) = 1;") }
    parse(inner, followers: [], at: path, view, &scope, cursor: cursor, depth: depth, &function)
    function.body.depth -= 1
    function.body.statement("} else {")
    function.body.depth += 1
    for statement in presence.absent { function.body.statement(statement) }
    function.body.depth -= 1
    function.body.statement("}")
  }

  private func repetition(
    _ name: String, _ count: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View,
    _ scope: inout Scope, cursor: String, depth: Int, _ function: inout Function
  ) {
    let member = scope.view + view.member(at: path)
    let index = Loop.index(depth)
    function.declare("__u32 \(index);")
    function.declare("__u32 n;")
    function.body.statement("n = \(access.value(count, scope));")
    fail(if: "n > \(member)_max", "ECOUNT", &function)
    function.body.statement("\(member)_count = n;")
    function.body.statement("for (\(index) = 0; \(index) < \(member)_count; \(index)++) {")
    function.body.depth += 1
    if case .group(let group)? = parts.first, parts.count == 1 {
      call("parse_\(group)", [cursor, "&\(member)[\(index)]"], &function)
    } else {
      var inner = scope.entering(name, view: "\(member)[\(index)].")
      parse(parts, at: path, view.element(of: name), &inner, cursor: cursor, depth: depth + 1, &function)
      scope.leave(name, inner)
    }
    function.body.depth -= 1
    function.body.statement("}")
  }

  private func measured(
    _ reference: Layout.Reference, _ parts: [Layout.Part], at path: View.Path, _ view: View, _ scope: inout Scope,
    cursor: String, depth: Int, _ function: inout Function
  ) {
    let part = cursor == "c" ? "part" : "part_\(depth + 1)"
    function.declare("struct \(names.name("cursor")) \(part);")
    function.body.statement("\(part).left = \(access.value(reference, scope));")
    function.body.statement("\(part).at = (__u8 *)\(names.name("take"))(\(cursor), \(part).left);")
    fail(ifNot: "\(part).at", "ESHORT", &function)
    parse(parts, at: path, view, &scope, cursor: "&\(part)", depth: depth, &function)
    fail(if: "\(part).left", "ELENGTH", &function)
  }

  private func checkReserved(of name: String, _ member: String, _ function: inout Function) {
    guard let structure = layout.structure(name), !structure.isPacked else { return }
    for field in structure.fields {
      switch field.type {
      case .reserved:
        fail(if: "!\(names.name("is_zero"))(\(member)->\(field.name), \(field.size))", "ERESERVED", &function)
      case .bits(let bits):
        let mask = layout.bitLayout(bits)?.ranges.filter(\.isReserved).reduce(0) { $0 | $1.mask } ?? 0
        if mask != 0 { fail(if: "\(access.get(field, of: member)) & \(mask.hex())", "ERESERVED", &function) }
      case .number, .code, .structure: break
      }
    }
  }

  /// Calls a function of the same header and hands its error on.
  func call(_ function: String, _ arguments: [String], _ out: inout Function) {
    out.declare("int err;")
    out.body.statement("err = \(names.name(function))(\(arguments.joined(separator: ", "))\(access.orderArgument));")
    out.body.control("if (err)", "return err;")
  }

  func fail(if condition: String, _ error: String, _ function: inout Function) {
    function.body.control("if (\(condition))", "return \(names.macro(error));")
  }

  func fail(ifNot pointer: String, _ error: String, _ function: inout Function) {
    fail(if: "!\(pointer)", error, &function)
  }
}

/// How a view says that an optional part is there.
struct Presence {
  /// The member to set, where the part has no pointer of its own.
  let flag: String?
  /// Expression that is true if the view has the part.
  let test: String
  /// Statements that say it is not there.
  let absent: [String]

  static func of(_ part: Layout.Part, at path: View.Path, _ view: View, _ scope: Scope) -> Presence {
    switch part {
    case .structure:
      let member = scope.view + view.member(at: path)
      return Presence(flag: nil, test: member, absent: ["\(member) = NULL;"])
    case .bytes:
      let member = scope.view + view.member(at: path)
      return Presence(flag: nil, test: member, absent: ["\(member) = NULL;", "\(member)_len = 0;"])
    case .group, .attributes:
      let name = view.member(at: path)
      return Presence(flag: "\(scope.view)has_\(name)", test: "\(scope.view)has_\(name)", absent: ["\(scope.view)has_\(name) = 0;"])
    case .repeated:
      let member = scope.view + view.member(at: path)
      return Presence(flag: nil, test: "\(member)_count", absent: ["\(member)_count = 0;"])
    case .measured(_, let parts):
      guard let first = parts.first else { return Presence(flag: nil, test: "0", absent: []) }
      return of(first, at: path + [0], view, scope)
    case .optional, .slack: preconditionFailure("an optional part is a structure, bytes, a group or a repetition")
    }
  }
}
