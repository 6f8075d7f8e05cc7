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
    for structure in layout.structures { Check(access: access).write(structure, &out) }
    for (index, set) in layout.attributeSets.enumerated() {
      if !layout.attributeSets[..<index].contains(where: { $0.header == set.header }) {
        AttributeCode(access, set).writeFraming(&out)
      }
      write(set, &out)
    }
    for group in layout.groups { write(group, &out) }
    for family in Family.all(in: layout) { write(family, &out) }
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
      out.line(
        """
        #ifdef __KERNEL__
        #include <linux/string.h>
        #include <asm/byteorder.h>
        #else
        #include <string.h>
        #endif
        """)
      out.line("#include <\(UAPIHeader.include(names))>")
    case .qemu:
      out.line("#include \"qemu/bswap.h\"")
      out.line("#include \"standard-headers/\(UAPIHeader.include(names))\"")
    }
  }

  private static let introduction = """
    A view points to the parts of a chain, which stay where they are. A parser fills it from a buffer and checks every \
    length; a builder writes the buffer from it, with lengths, counts and codes set. Arrays in a view are the caller's: \
    _max is the room, _count what is used. Where structures are not packed, a buffer has to be aligned to 8 bytes.

    A parser's buffer is a private copy: what it has checked must not change while the view is used, so memory that \
    the other side can write is copied first.

    A buffer holds one area of a chain, what the device reads or what it writes, in one piece. Where the area is spread \
    over a scatter-gather list, copy it to one piece first and from one piece back, as sg_copy_to_buffer() and \
    sg_copy_from_buffer() or iov_to_buf() and iov_from_buf() do; descriptors are no part of the format.

    Reserved bytes and bits that are not zero are refused, by parsers and builders alike; those of packed structures, \
    of which the published documents say nothing, are let through. Numbers of a request have to be in the range of \
    their field and to be known, but for codes in packed structures that nothing in the chain depends on; numbers in \
    an answer may be those of a later version.
    """
}

extension WireHeader {
  private func write(_ set: Layout.AttributeSet, _ out: inout Printer) {
    let code = AttributeCode(access, set)
    ViewCode(names: names).write(code.view, set.summary.asClause, &out)
    write((code.parse, code.build), of: set.name, &out)
  }

  private func write(_ group: Layout.Group, _ out: inout Printer) {
    let view = View(group.name, group.parts, in: layout)
    ViewCode(names: names).write(view, group.summary.asClause, &out)
    write(ChainCode(access: access).group(group, view), of: group.name, &out)
  }

  /// The pair of functions for parts within a chain.
  private func write(_ code: ChainCode.Pair, of name: String, _ out: inout Printer) {
    func cursor(_ type: String) -> Function.Parameter {
      ("c", "struct \(names.name(type)) *c", "where the parts start; moved behind them")
    }
    let view = "struct \(names.name("\(name)_view")) *view"
    add(
      code.parse, "parse_\(name)", [cursor("reader"), ("view", view, "is filled")], "take apart a part of a chain", nil,
      "0 or a negative error.", &out)
    add(
      code.build, "build_\(name)", [cursor("writer"), ("view", "const \(view)", "what to write")],
      "put together a part of a chain", nil, "0 or a negative error.", &out)
  }

  private func write(_ family: Family, _ out: inout Printer) {
    let view = View(family.name, family.parts, in: layout)
    let isRead = family.area == .readable
    let (does, did, variable) = isRead ? ("reads", "reads", "req") : ("writes", "wrote", "resp")
    let code =
      isRead ? ChainCode(access: access).readable(family, view) : ChainCode(access: access).writable(family, view)
    ViewCode(names: names).write(view, "what the device \(does): \(family.summary)", &out)
    let type = "struct \(names.name("\(family.name)_view")) *\(variable)"
    let note = family.commands.count > 1 ? "For \(family.list(names))." : nil
    let hasGaps = family.hasGaps(in: layout)
    let size: [Function.Parameter] =
      hasGaps ? [("size", "__u32 size", "how many the device had room for, which it need not fill")] : []
    let length =
      isRead
      ? "how many there are"
      : "how many the device says it wrote: the used length" + (hasGaps ? ", which ends at the first gap" : "")
    let command: [Function.Parameter] =
      family.isSelected ? [("command", "__u32 command", "which of these commands")] : []
    let bound = request(of: family)
    add(
      code.parse, "parse_\(family.name)",
      [("buf", "const void *buf", "the bytes, a private copy")] + size + [("len", "__u32 len", length)] + bound
        + [(variable, type, "is filled")],
      "take apart what the device \(did)", note, "0 or a negative error.", &out)
    add(
      code.build, "build_\(family.name)",
      [("buf", "void *buf", "the bytes"), ("len", "__u32 len", "how many there is room for")] + command + bound
        + [(variable, "const \(type)", "what to write")],
      "put together what the device \(does)", note, "bytes written, or a negative error.", &out)
  }

  /// The request, where the functions for the answer need to see it.
  private func request(of family: Family) -> [Function.Parameter] {
    guard family.area == .writable, family.commands[0].isAnswerBound(in: layout) else { return [] }
    let request = Family.all(in: layout).first { $0.area == .readable && $0.commands.contains(family.commands[0]) }
    guard let request else { preconditionFailure("\(family.name) answers nothing") }
    return [("req", "const struct \(names.name("\(request.name)_view")) *req", "the request that it answers")]
  }

  private func add(
    _ function: Function, _ name: String, _ parameters: [Function.Parameter], _ summary: String, _ note: String?,
    _ returns: String, _ out: inout Printer
  ) {
    let order: [Function.Parameter] =
      access.needsOrder ? [("big_endian", "int big_endian", "whether the guest is big-endian")] : []
    function.write(names.name(name), parameters + order, summary: summary, note: note, returns: returns, to: &out)
  }
}
