import Model

/// Writes the C that finds and reads registers, those behind the version array included.
struct RegisterCode {
  let access: Access
  private var names: CNames { access.names }
  private var layout: Layout { access.layout }

  func write(_ out: inout Printer) {
    for register in layout.registers { get(register, &out) }
    dataQueues(&out)
  }

  private func get(_ register: Layout.Register, _ out: inout Printer) {
    var function = Function(access.style)
    function.declare("const __u8 *at = (const __u8 *)cfg;")
    let counter = register.counter ?? register.count
    var offset = "\(names.macro("CFG_\(register.name)"))"
    var arguments: [String] = []
    if let counter, let first = layout.register(counter) {
      function.declare("__u32 n;")
      function.fail(if: "len < \(first.offset + first.width)", "ESHORT", names)
      function.body.statement("n = \(load(first))(at + \(names.macro("CFG_\(counter)"))\(order(first)));")
      if register.count != nil { function.fail(if: "i >= n", "ECOUNT", names) }
      if register.counter != nil {
        function.fail(
          if:
            "len < \(register.offset + register.width) || n > (len - \(register.offset + register.width)) / \(register.stride)",
          "ESHORT", names)
        arguments.append("n")
      } else {
        function.fail(
          if:
            "len < \(register.offset + register.width) || i > (len - \(register.offset + register.width)) / \(register.width)",
          "ESHORT", names)
        arguments.append("i")
      }
      offset += "(\(arguments.joined(separator: ", ")))"
    } else {
      function.fail(if: "len < \(register.offset + register.width)", "ESHORT", names)
    }
    function.body.statement("*offset = \(offset);")
    function.body.statement("*value = \(load(register))(at + *offset\(order(register)));")
    function.body.statement("return 0;")
    var parameters: [Function.Parameter] = [
      ("cfg", "const void *cfg", "configuration space"), ("len", "__u32 len", "its size in bytes"),
    ]
    if register.count != nil { parameters.append(("i", "__u32 i", "which one, from 0")) }
    parameters.append(("offset", "__u32 *offset", "where it is, in bytes"))
    parameters.append(("value", "__u32 *value", "what it holds"))
    if register.order == .guest {
      parameters.append(("big_endian", "int big_endian", "whether the guest is big-endian"))
    }
    function.write(
      names.name("cfg_\(register.name)"), parameters, summary: "find and read: \(register.summary.asClause)",
      returns: "0, or a negative error if the register is not there.", to: &out)
  }

  /// The function that reads a register, wherever the configuration space stands in memory.
  private func load(_ register: Layout.Register) -> String {
    names.name("load_\(register.order.tag)\(8 * register.width)")
  }

  private func order(_ register: Layout.Register) -> String { register.order == .guest ? ", big_endian" : "" }

  private func dataQueues(_ out: inout Printer) {
    out.line()
    out.documentation(
      "\(names.name("data_queues"))() - number of data queues",
      [
        ("guest", "the guest's scaling, for example its vCPUs"), ("device", "the device's scaling"),
        ("max_pairs", "largest number of pairs"),
      ],
      returns: """
        the least common multiple of twice the guest's scaling and the device's, at most two for each pair. Zero counts \
        as one; a scaling above 255, which no register can hold, as 255; pairs above \(names.macro("VQ_MAX_PAIRS")) as \
        that many.
        """)
    out.line("static inline __u32")
    out.line("\(names.name("data_queues"))(__u32 guest, __u32 device, __u32 max_pairs)")
    out.block("{") { out in
      out.line("__u32 a = 2 * (guest > 0xff ? 0xff : guest ? guest : 1);")
      out.line("__u32 b = device > 0xff ? 0xff : device ? device : 1;")
      out.line("__u32 x = a;\n__u32 y = b;\n__u32 rest;\n")
      out.control("if (max_pairs > \(names.macro("VQ_MAX_PAIRS")))", "max_pairs = \(names.macro("VQ_MAX_PAIRS"));")
      out.block("while (y) {") { $0.line("rest = x % y;\nx = y;\ny = rest;") }
      out.control("if (a / x * b > 2 * max_pairs)", "return 2 * max_pairs;")
      out.line("return a / x * b;")
    }
  }
}
