import Wire

/// A header that applications include, with Doxygen comments.
struct InterfaceHeader {
  let interface: Interface
  let header: Interface.Header
  let names: InterfaceNames

  init(_ interface: Interface, _ header: Interface.Header) {
    self.interface = interface
    self.header = header
    names = InterfaceNames(interface)
  }

  var text: String {
    let guardName = header.name.uppercased() + "_H"
    var out = Printer()
    out.line("/* SPDX-License-Identifier: BSD-3-Clause */")
    out.comment(Banner.text(interface))
    introduction(&out)
    out.line("#ifndef \(guardName)\n#define \(guardName)\n")
    out.line("#include <stdbool.h>\n#include <stdint.h>\n")
    out.line("#ifdef __cplusplus\nextern \"C\" {\n#endif")
    for section in header.sections {
      out.line("\n/**\n * @name \(section.title)\n * @{\n */")
      for item in section.items {
        out.line()
        print(item, &out)
      }
      out.line("\n/** @} */")
    }
    out.line("\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* \(guardName) */")
    return out.text
  }

  // MARK: Introduction

  private func introduction(_ out: inout Printer) {
    var text = ["@file", "@brief \(header.summary)"]
    for paragraph in header.introduction { text += ["", "@par \(paragraph.heading)", names.spelled(paragraph.text)] }
    if isFirst {
      text += ["", "@par Errors"] + ["\(summary(interface.failures)):"]
      text += interface.failures.entries.map { "- -\($0.name) (\($0.value)): \($0.summary)" }
      text += ["", "@par Deviations from the document of 2015"]
      text += interface.deviations.map { "- \(names.spelled($0))" }
    }
    out.doxygen(text)
    out.line()
  }

  /// The first header is the one that introduces the library.
  private var isFirst: Bool { header.name == interface.headers.first?.name }

  private func summary(_ type: any Enumeration.Type) -> String {
    let text = "\(type.summary)"
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  // MARK: Items

  private func print(_ item: Interface.Item, _ out: inout Printer) {
    switch item {
    case .constants(_, let constants):
      for constant in constants where constant.only != .kernel { print(constant, &out) }
    case .enumeration(let type): print(type, &out) { "\($0)" }
    case .flags(let type): print(type, &out) { "1 << \($0)" }
    case .structure(let structure): print(structure, &out)
    case .callback(let function):
      document(function, returnsResult: false, &out)
      out.line("typedef void (*\(names.name(function.name)))(")
      out.depth += 1
      out.statement("\(parameters(function)));")
      out.depth -= 1
    case .function(let function):
      document(function, returnsResult: true, &out)
      out.statement("int32_t \(names.name(function.name))(\(parameters(function)));")
    }
  }

  private func print(_ constant: Interface.Constant, _ out: inout Printer) {
    let value = constant.value > 0xfff ? constant.value.hex() : "\(constant.value)"
    out.member("#define \(names.macro(constant.name))".tabbed(to: 40) + value, names.spelled(constant.summary))
  }

  private func print(_ type: any Enumeration.Type, _ out: inout Printer, _ value: (UInt64) -> String) {
    out.doxygen(["@brief \(names.spelled("\(type.summary)"))"])
    out.block("enum \(names.name("\(type.name)")) {", "};") { out in
      for (index, entry) in type.entries.enumerated() {
        // C90 takes no comma after the last.
        let comma = index == type.entries.count - 1 ? "" : ","
        out.member("\(names.enumerator(entry.name)) = \(value(entry.value))\(comma)", names.spelled(entry.summary))
      }
    }
  }

  private func print(_ structure: Interface.Structure, _ out: inout Printer) {
    out.doxygen(["@brief \(names.spelled(structure.summary))"])
    out.block("struct \(names.name(structure.name)) {", "};") { out in
      for member in structure.members {
        out.member(declaration(member) + ";", names.spelled(member.summary))
      }
    }
  }

  private func declaration(_ variable: Interface.Variable) -> String {
    let type = names.spelled(variable.type)
    let count = variable.count.map { "[\(names.macro($0.name))]" } ?? ""
    return type + (type.hasSuffix("*") ? "" : " ") + variable.name + count
  }

  private func parameters(_ function: Interface.Function) -> String {
    function.parameters.map(declaration).joined(separator: ", ")
  }

  private func document(_ function: Interface.Function, returnsResult: Bool, _ out: inout Printer) {
    var text = ["@brief \(names.spelled(function.summary))", ""]
    for parameter in function.parameters {
      text.append("@param[\(parameter.direction.rawValue)] \(parameter.name) \(names.spelled(parameter.summary))")
    }
    for detail in function.details { text += ["", names.spelled(detail)] }
    if returnsResult {
      let mayReturnEarly = function.parameters.contains { $0.name == "flags" }
      text += ["", "@retval 0 Done" + (mayReturnEarly ? "; with a flag, on its way." : ".")]
      text += function.errors(in: .library).map { "@retval -\($0.name) \(names.spelled($0.summary))" }
    }
    out.doxygen(text)
  }
}

extension Printer {
  /// Adds a comment for Doxygen: paragraphs; those that start with a mark are indented from the second line on.
  mutating func doxygen(_ paragraphs: [String]) {
    if paragraphs.count == 1, paragraphs[0].count <= 70 {
      line("/** \(paragraphs[0]) */")
      return
    }
    line("/**")
    for paragraph in paragraphs {
      let indent = paragraph.hasPrefix("- ") || paragraph.hasPrefix("@") ? "  " : ""
      for (index, part) in paragraph.wrapped(to: 74).enumerated() {
        line(part.isEmpty ? " *" : " * " + (index == 0 ? "" : indent) + part)
      }
    }
    line(" */")
  }

  /// Adds a member or a macro, with its comment behind it where there is room, else above it.
  mutating func member(_ declaration: String, _ summary: String) {
    let columns = depth * style.indent + declaration.reduce(0) { $1 == "\t" ? ($0 / 8 + 1) * 8 : $0 + 1 }
    if columns + summary.count + 10 <= 80 {
      line("\(declaration) /**< \(summary) */")
    } else {
      let lines = summary.wrapped(to: 64)
      for (index, part) in lines.enumerated() {
        line((index == 0 ? "/** " : " *  ") + part + (index == lines.count - 1 ? " */" : ""))
      }
      line(declaration)
    }
  }
}
