import Model

/// The header of inline functions: what a plain structure cannot say.
///
/// Registers behind an array, builders and parsers of every chain, each with its length checks.
struct WireHeader {
  let layout: Layout
  private let access: Access
  private var names: CNames { access.names }

  init(_ layout: Layout, style: Printer.Style = .linux, namespaced: Bool = false) {
    self.layout = layout
    access = Access(layout: layout, names: CNames(layout, namespaced: namespaced), style: style)
  }

  var text: String {
    var out = Printer(style: access.style)
    let guardName = "\(names.prefix.uppercased())_WIRE_H"
    head(guardName, &out)
    WireSupport(access: access).write(&out)
    RegisterCode(access: access).write(&out)
    for set in layout.attributeSets { write(set, &out) }
    for group in layout.groups { write(group, &out) }
    for command in layout.commands { write(command, &out) }
    out.line()
    out.line("#endif /* \(guardName) */")
    return out.text
  }

  private func head(_ guardName: String, _ out: inout Printer) {
    let comment = Banner.text(layout) + "\n\n" + Self.introduction
    switch access.style {
    case .linux:
      out.line("/* SPDX-License-Identifier: (GPL-2.0 OR BSD-3-Clause) */")
      out.comment(comment)
    case .qemu: out.comment(comment + "\n\nSPDX-License-Identifier: GPL-2.0-or-later")
    }
    out.line("#ifndef \(guardName)\n#define \(guardName)\n")
    switch access.style {
    case .linux:
      out.line("#ifdef __KERNEL__\n#include <linux/string.h>\n#else\n#include <string.h>\n#endif")
      out.line("#include <\(UAPIHeader.include(names))>")
    case .qemu:
      out.line("#include \"standard-headers/\(UAPIHeader.include(names))\"")
    }
  }

  private static let introduction = """
    A view points to the parts of a chain, which stay where they are. A parser fills it from a buffer and checks every \
    length; a builder writes the buffer from it, with lengths, counts and codes set. Arrays in a view are the caller's: \
    _max is the room, _count what is used. Where structures are not packed, a buffer is aligned to 8 bytes.
    """
}

extension WireHeader {
  private func write(_ set: Layout.AttributeSet, _ out: inout Printer) {
    let code = AttributeCode(access, set)
    write(code.view, set.summary, &out)
    write(code.parse, code.build, of: set.name, &out)
  }

  private func write(_ group: Layout.Group, _ out: inout Printer) {
    let view = View(group.name, group.parts, in: layout)
    write(view, group.summary, &out)
    let (parse, build) = ChainCode(access: access).group(group, view)
    write(parse, build, of: group.name, &out)
  }

  /// The pair of functions for parts within a chain.
  private func write(_ parse: Function, _ build: Function, of name: String, _ out: inout Printer) {
    let cursor = ("c", "struct \(names.name("cursor")) *c", "where the parts start; moved behind them")
    let type = "struct \(names.name("\(name)_view"))"
    add(
      parse, "parse_\(name)", [cursor, ("view", "\(type) *view", "is filled")], "take apart a part of a chain",
      "0 or a negative error.", &out)
    add(
      build, "build_\(name)", [cursor, ("view", "const \(type) *view", "what to write")], "put together a part of a chain",
      "0 or a negative error.", &out)
  }

  private func write(_ command: Layout.Command, _ out: inout Printer) {
    let code = ChainCode(access: access)
    let request = View("\(command.name)_req", command.readable, in: layout)
    let response = View("\(command.name)_resp", command.writable, in: layout)
    let readable = code.readable(command, request)
    if !command.readable.isEmpty {
      let type = "struct \(names.name("\(command.name)_req_view"))"
      write(request, "What the device reads: \(command.summary.asClause).", &out)
      add(
        readable.parse, "parse_\(request.name)", buffer("const void") + [("req", "\(type) *req", "is filled")],
        "take apart what the device reads", "0 or a negative error.", &out)
      add(
        readable.build, "build_\(request.name)", buffer("void") + [("req", "const \(type) *req", "what to write")],
        "put together what the device reads", "bytes written, or a negative error.", &out)
    }
    guard !command.writable.isEmpty else { return }
    let writable = code.writable(command, response, after: readable.scope)
    let type = "struct \(names.name("\(command.name)_resp_view"))"
    let bound =
      Self.isBound(command, access)
      ? [("req", "const struct \(names.name("\(command.name)_req_view")) *req", "the request that it answers")] : []
    write(response, "What the device writes: \(command.summary.asClause).", &out)
    add(
      writable.parse, "parse_\(response.name)", buffer("const void") + bound + [("resp", "\(type) *resp", "is filled")],
      "take apart what the device wrote", "0 or a negative error.", &out)
    add(
      writable.build, "build_\(response.name)", buffer("void") + bound + [("resp", "const \(type) *resp", "what to write")],
      "put together what the device writes", "bytes written, or a negative error.", &out)
  }

  /// Whether the functions for what the device writes need to see what it read.
  static func isBound(_ command: Layout.Command, _ access: Access) -> Bool {
    let written = Set(command.writable.flatMap { $0.structures(in: access.layout) })
    return command.writable.flatMap { $0.descendants(in: access.layout) }.flatMap(\.references)
      .contains { !written.contains($0.structure) }
  }

  private func buffer(_ type: String) -> [Function.Parameter] {
    [("buf", "\(type) *buf", "the bytes"), ("len", "__u32 len", "how many there are")]
  }

  private func add(
    _ function: Function, _ name: String, _ parameters: [Function.Parameter], _ summary: String, _ returns: String,
    _ out: inout Printer
  ) {
    let order: [Function.Parameter] =
      access.needsOrder ? [("big_endian", "int big_endian", "whether the guest is big-endian")] : []
    function.write(names.name(name), parameters + order, summary: summary, returns: returns, to: &out)
  }

  /// The structure of a view, after those of the elements of its arrays.
  private func write(_ view: View, _ summary: String, _ out: inout Printer) {
    for name in view.elements.keys.sorted() where view.element(of: name).name.hasPrefix(view.name) {
      write(view.element(of: name), "One of several: \(name.replacing("_", with: " ")).", &out)
    }
    var fields: [(declaration: String, name: String, summary: String)] = []
    for member in view.members {
      switch member.kind {
      case .structure(let type): fields.append(("const \(names.structure(type)) *\(member.name)", member.name, member.summary))
      case .bytes:
        fields.append(("const __u8 *\(member.name)", member.name, member.summary))
        fields.append(("__u32 \(member.name)_len", "\(member.name)_len", "how many bytes"))
      case .view(let type, let isOptional):
        if isOptional { fields.append(("__u8 has_\(member.name)", "has_\(member.name)", "whether the next is there")) }
        fields.append(("struct \(names.name("\(type)_view")) \(member.name)", member.name, member.summary))
      case .array(let element):
        fields.append(("struct \(names.name("\(element)_view")) *\(member.name)", member.name, member.summary))
        fields.append(("__u32 \(member.name)_count", "\(member.name)_count", "how many there are"))
        fields.append(("__u32 \(member.name)_max", "\(member.name)_max", "how many there is room for"))
      case .context: fields.append(("__u32 \(member.name)", member.name, member.summary))
      }
    }
    out.line()
    out.documentation(
      "struct \(names.name("\(view.name)_view")) - \(summary.asClause)", fields.map { ($0.name, $0.summary) })
    out.block("struct \(names.name("\(view.name)_view")) {", "};") { out in
      for field in fields { out.line("\(field.declaration);") }
    }
  }
}
