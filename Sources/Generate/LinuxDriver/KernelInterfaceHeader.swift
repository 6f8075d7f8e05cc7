import Wire

/// The g-API for modules of a kernel: the types and functions that applications have, in kernel's types and with
/// kernel-doc.
struct KernelInterfaceHeader {
  let interface: Interface
  let names: InterfaceNames

  init(_ interface: Interface) {
    self.interface = interface
    names = InterfaceNames(interface)
  }

  /// How modules include it.
  var path: String { "include/linux/\(interface.name).h" }

  var file: DriverFile {
    DriverFile(
      path,
      """
      The g-API: functions through which other modules use look-aside IPsec accelerators.

      \(Self.context)

      \(errors)
      """, body)
  }

  /// What is otherwise in a kernel than in a process.
  private static let context = """
    A call with flags 0 sleeps until it is answered. Packets with a flag can be given in any context but hard \
    interrupts, and with interrupts enabled; control calls always need one that may sleep. Callbacks of packets and \
    of notifications may not sleep; those of control calls, and that of an accelerator that has gone, may call every \
    function. Packets are memory of the linear mapping, such as kmalloc()'s: neither a stack's nor vmalloc()'s. Of \
    an asynchronous call, packets and outargs are kept until the callback.
    """

  private var errors: String {
    "Errors: " + interface.failures.entries.map { "-\($0.name): \($0.summary)" }.joined(separator: " ")
  }

  private var body: String {
    let guardName = "_LINUX_\(interface.name.uppercased())_H"
    var out = Printer()
    out.line("#ifndef \(guardName)\n#define \(guardName)\n")
    out.line("#include <linux/bits.h>\n#include <linux/types.h>")
    for item in interface.headers.first?.sections.flatMap(\.items) ?? [] {
      out.line()
      print(item, &out)
    }
    out.line("\n#endif /* \(guardName) */")
    return out.text
  }

  // MARK: Items

  private func print(_ item: Interface.Item, _ out: inout Printer) {
    switch item {
    case .constants(_, let constants):
      for constant in constants where constant.only != .library { print(constant, &out) }
    case .enumeration(let type): print(type, &out) { "\($0)" }
    case .flags(let type): print(type, &out) { "BIT(\($0))" }
    case .structure(let structure):
      out.documentation(
        "struct \(names.name(structure.name)) - \(clause(structure.summary))",
        structure.members.map { (Self.spared[$0.name] ?? $0.name, clause($0.summary)) })
      out.block("struct \(names.name(structure.name)) {", "};") { out in
        for member in structure.members { out.line(declaration(member) + ";") }
      }
    case .callback(let function):
      document(function, "typedef \(names.name(function.name))", returns: nil, &out)
      out.line("typedef void (*\(names.name(function.name)))(")
      out.depth += 1
      out.statement("\(parameters(function)));")
      out.depth -= 1
    case .function(let function):
      let returns = function.errors(in: .kernel).map { "-\($0.name): \(names.spelled($0.summary))" }
      document(function, "\(names.name(function.name))()", returns: ["0."] + returns, &out)
      out.statement("int \(names.name(function.name))(\(parameters(function)));")
    }
  }

  private func print(_ constant: Interface.Constant, _ out: inout Printer) {
    let value = constant.value > 0xfff ? constant.value.hex() : "\(constant.value)"
    out.comment(names.spelled(constant.summary))
    out.line("#define \(names.macro(constant.name))".tabbed(to: 40) + value)
  }

  private func print(_ type: any Enumeration.Type, _ out: inout Printer, _ value: (UInt64) -> String) {
    out.documentation(
      "enum \(names.name("\(type.name)")) - \(clause("\(type.summary)"))",
      type.entries.map { (names.enumerator($0.name), clause($0.summary)) })
    out.block("enum \(names.name("\(type.name)")) {", "};") { out in
      for entry in type.entries { out.line("\(names.enumerator(entry.name)) = \(value(entry.value)),") }
    }
  }

  private func document(
    _ function: Interface.Function, _ head: String, returns: [String]?, _ out: inout Printer
  ) {
    out.documentation(
      "\(head) - \(clause(function.summary))", function.parameters.map { ($0.name, clause($0.summary)) },
      note: function.details.isEmpty ? nil : function.details.map(names.spelled).joined(separator: " "),
      returns: returns?.joined(separator: " "))
  }

  // MARK: Words

  private func clause(_ summary: String) -> String { names.spelled(summary).asClause }

  private func declaration(_ variable: Interface.Variable) -> String {
    let type = kernelType(names.spelled(variable.type))
    let count = variable.count.map { "[\(names.macro($0.name))]" } ?? ""
    return type + (type.hasSuffix("*") ? "" : " ") + (Self.spared[variable.name] ?? variable.name) + count
  }

  private func parameters(_ function: Interface.Function) -> String {
    function.parameters.map(declaration).joined(separator: ", ")
  }

  /// Names that macros of the kernel have, and what takes their place: outb() writes to a port.
  private static let spared = ["outb": "outbound"]

  /// `uint32_t` as `u32`.
  private func kernelType(_ type: String) -> String {
    [8, 16, 32, 64].reduce(type) { type, bits in
      type.replacing("uint\(bits)_t", with: "u\(bits)").replacing("int\(bits)_t", with: "s\(bits)")
    }
  }
}
