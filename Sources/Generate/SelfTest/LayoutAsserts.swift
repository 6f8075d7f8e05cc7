import Model

/// A compile-time assertion for every size and offset of a header.
struct LayoutAsserts {
  let layout: Layout
  private let names: CNames

  init(_ layout: Layout) {
    self.layout = layout
    names = CNames(layout)
  }

  var text: String {
    var out = Printer()
    let assert = "__extension__ _Static_assert"
    out.line("/* SPDX-License-Identifier: BSD-3-Clause */")
    out.comment(Banner.text(layout))
    out.line("#ifndef \(names.macro("LAYOUT_H"))\n#define \(names.macro("LAYOUT_H"))\n")
    out.line("#ifdef __KERNEL__\n#include <linux/stddef.h>\n#else\n#include <stddef.h>\n#endif")
    out.line("#include <\(UAPIHeader.include(names))>")
    for structure in layout.structures {
      let type = names.structure(structure.name)
      out.line()
      out.statement(
        "\(assert)(sizeof(\(type)) == \(structure.size), \"\(structure.name) has \(structure.size) bytes\");")
      for field in structure.fields {
        out.statement(
          "\(assert)(offsetof(\(type), \(field.name)) == \(field.offset), \"\(structure.name).\(field.name) is at \(field.offset)\");"
        )
        out.statement(
          "\(assert)(sizeof(((\(type) *)0)->\(field.name)) == \(field.size), \"\(structure.name).\(field.name) has \(field.size) bytes\");"
        )
      }
    }
    out.line("\n#endif /* \(names.macro("LAYOUT_H")) */")
    return out.text
  }
}
