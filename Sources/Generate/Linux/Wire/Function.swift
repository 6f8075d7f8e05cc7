/// A C function in the making: its body, and the local variables that the body turned out to need.
struct Function {
  var body: Printer
  private var locals: [String] = []

  init(_ style: Printer.Style) {
    body = Printer(style: style)
    body.depth = 1
  }

  /// One parameter: its name, its declaration and what it is for.
  typealias Parameter = (name: String, declaration: String, summary: String)

  /// Declares a local variable, once.
  mutating func declare(_ declaration: String) {
    if !locals.contains(declaration) { locals.append(declaration) }
  }

  /// Returns an error if a condition holds.
  mutating func fail(if condition: String, _ error: String, _ names: CNames) {
    body.control("if (\(condition))", "return \(names.macro(error));")
  }

  /// Evaluates a call and hands its error on.
  mutating func attempt(_ call: String) {
    declare("int err;")
    body.statement("err = \(call);")
    body.control("if (err)", "return err;")
  }

  /// Calls a function of the same header and hands its error on.
  mutating func call(_ names: CNames, _ function: String, _ arguments: [String], _ access: Access) {
    attempt("\(names.name(function))(\(arguments.joined(separator: ", "))\(access.orderArgument))")
  }

  /// Adds the function to `out`, after a kernel-doc comment.
  func write(
    _ name: String, _ parameters: [Parameter], summary: String, note: String? = nil, returns: String,
    to out: inout Printer
  ) {
    out.line()
    out.documentation("\(name)() - \(summary)", parameters.map { ($0.name, $0.summary) }, note: note, returns: returns)
    out.line("static inline int")
    out.statement("\(name)(\(parameters.map(\.declaration).joined(separator: ", ")))")
    out.line("{")
    out.depth += 1
    for local in locals { out.line(local) }
    if !locals.isEmpty { out.line() }
    for parameter in parameters where !mentions(parameter.name) { out.line("(void)\(parameter.name);") }
    out.depth -= 1
    out.append(body.text)
    out.line("}")
  }

  /// Whether the function uses a parameter; a family of functions has the same ones, needed or not.
  private func mentions(_ parameter: String) -> Bool {
    (locals + [body.text]).contains { $0.contains(parameter) }
  }
}
