import Model

/// Writes the part of the self-test that takes a command's chain apart and puts it together again.
///
/// What builders derive is made wrong in between, in structures that stand outside the chain, as in the view of a
/// driver that has built a request and not parsed it.
struct ChainTest {
  private let access: Access
  private let families: [Family]
  private var names: CNames { access.names }

  init(_ access: Access) {
    self.access = access
    families = Family.all(in: access.layout)
  }

  func write(_ command: Layout.Command, _ out: inout Printer) {
    let areas = [Family.Area.readable, .writable].compactMap { area in
      families.first { $0.area == area && $0.commands.contains(command) }
    }
    out.line("\nstatic void")
    out.statement("chain_\(command.name)(__u8 *buf, __u32 len, __u8 *also, __u32 also_len, int big_endian)")
    out.block("{") { out in
      for family in areas { storage(family, &out) }
      out.line(
        "__u32 i = 0;\nint n;\n\n(void)buf;\n(void)len;\n(void)also;\n(void)also_len;\n(void)big_endian;\n(void)i;")
      for family in areas { round(family, command, &out) }
    }
  }

  /// The view of an area, and room for its arrays.
  private func storage(_ family: Family, _ out: inout Printer) {
    let view = View(family.name, family.parts, in: access.layout)
    for member in view.members {
      guard case .array(let element) = member.kind else { continue }
      out.line("static struct \(names.name("\(element)_view")) \(variable(family))_\(member.name)[ROOM];")
    }
    out.line("struct \(names.name("\(family.name)_view")) \(variable(family));")
  }

  private func variable(_ family: Family) -> String { family.area == .readable ? "req" : "resp" }

  /// Parses one area, then builds it; stops at the first error and prints it.
  private func round(_ family: Family, _ command: Layout.Command, _ out: inout Printer) {
    let view = View(family.name, family.parts, in: access.layout)
    let name = variable(family)
    let length = family.area == .readable ? "len" : "also_len"
    let bound = family.area == .writable && command.isAnswerBound(in: access.layout) ? "&req, " : ""
    let code = family.isSelected ? command.codes.last.map { "\(names.published($0.name)), " } ?? "" : ""
    out.line("memset(&\(name), 0, sizeof(\(name)));")
    for member in view.members {
      switch member.kind {
      case .array: out.line("\(name).\(member.name) = \(name)_\(member.name);\n\(name).\(member.name)_max = ROOM;")
      case .context: out.line("\(name).\(member.name) = context;")
      case .structure, .bytes, .view: break
      }
    }
    let buffer = family.area == .readable ? "buf" : "also"
    let size = family.hasGaps(in: access.layout) ? "\(length), " : ""
    let parse = names.name("parse_\(family.name)")
    out.statement("n = \(parse)(\(buffer), \(size)\(length), \(bound)&\(name)\(access.orderArgument));")
    out.block("if (n < 0) {") { $0.line("printf(\"refused %d\\n\", n);\nreturn;") }
    let scope =
      family.area == .readable ? Scope(view: "req.") : ChainCode(access: access).answer(to: command, view: "resp.")
    let derivation = Derivation(family.parts, access, view: view, scope: scope)
    loosen(
      family.parts, at: [], view, "\(name).", "0", derivation,
      codes: family.area == .readable ? command.codes.count : 0, &out)
    out.statement(
      "n = \(names.name("build_\(family.name)"))(out.bytes, \(length), \(code)\(bound)&\(name)\(access.orderArgument));"
    )
    out.block("if (n < 0) {") { $0.line("printf(\"not built %d\\n\", n);\nreturn;") }
    out.line("to_hex(out.bytes, (__u32)n);")
  }

  /// Makes wrong what a builder derives.
  private func loosen(
    _ parts: [Layout.Part], at path: View.Path, _ view: View, _ prefix: String, _ index: String,
    _ derivation: Derivation,
    codes: Int, _ out: inout Printer
  ) {
    for (offset, part) in parts.enumerated() {
      let path = path + [offset]
      switch part {
      case .structure(let name):
        loosen(name, prefix + view.member(at: path), index, derivation, codes: offset == 0 ? codes : 0, &out)
      case .optional(_, let part): loosen([part], at: path, view, prefix, index, derivation, codes: 0, &out)
      case .measured(_, let parts): loosen(parts, at: path, view, prefix, index, derivation, codes: 0, &out)
      case .repeated(let name, _, let parts):
        if case .group? = parts.first, parts.count == 1 { break }
        let member = prefix + view.member(at: path)
        out.line("for (i = 0; i < \(member)_count; i++) {")
        out.depth += 1
        loosen(parts, at: path, view.element(of: name), "\(member)[i].", "i", derivation, codes: 0, &out)
        out.depth -= 1
        out.line("}")
      case .bytes, .group, .attributes, .slack: break
      }
    }
  }

  private func loosen(
    _ name: String, _ member: String, _ index: String, _ derivation: Derivation, codes: Int, _ out: inout Printer
  ) {
    let fields = (access.layout.structure(name)?.fields ?? []).enumerated().filter { offset, field in
      let key = Derivation.key(member, field.name)
      return offset < codes || derivation.values[key] != nil || derivation.measured.contains(key)
    }.map(\.element)
    guard !fields.isEmpty else { return }
    let type = names.structure(name)
    out.block("if (\(member)) {") { out in
      out.line("static \(type) loose[ROOM];\n\(type) *p = &loose[\(index)];\n\n*p = *\(member);")
      for field in fields { out.statement(access.set(field, of: "p", to: "0xa5")) }
      out.line("\(member) = p;")
    }
  }
}
