import Model

/// Writes the C functions that load and store integers of a byte order: the platform's own where it has them.
struct Integers {
  let access: Access
  private var names: CNames { access.names }
  private var layout: Layout { access.layout }

  /// One width and order.
  private struct Kind: Hashable {
    let bits: Int
    let order: Layout.Order

    var name: String { "\(order.tag)\(bits)" }
    var type: String { "__u\(bits)" }
  }

  func write(_ out: inout Printer) {
    let kinds = kinds(in: Set(used))
    out.line()
    out.comment("Integers at any alignment.")
    switch access.style {
    case .qemu: for kind in kinds { qemu(kind, &out) }
    case .linux:
      out.line("#ifdef __KERNEL__")
      for kind in kinds { kernel(kind, &out) }
      out.line("#else")
      for kind in kinds { plain(kind, &out) }
      out.line("#endif")
    }
    for bits in Set(used.filter { $0.order == .guest }.map(\.bits)).sorted() { guest(bits, &out) }
    if !access.isPacked { for kind in kinds { aligned(kind, &out) } }
  }

  private var used: [Kind] {
    layout.structures.flatMap(\.fields).filter { $0.width > 1 && $0.width <= 8 && $0.isInteger }
      .map { Kind(bits: 8 * $0.width, order: $0.order) }
      + layout.registers.map { Kind(bits: 8 * $0.width, order: $0.order) }
  }

  /// The fixed orders of what is used, in both for what the guest decides.
  private func kinds(in used: Set<Kind>) -> [Kind] {
    [Layout.Order.little, .big].flatMap { order in
      [16, 32, 64].map { Kind(bits: $0, order: order) }
    }.filter { kind in used.contains(kind) || used.contains(Kind(bits: kind.bits, order: .guest)) }
  }

  /// As get_unaligned_le32() does, whose header has another name in every other kernel.
  private func kernel(_ kind: Kind, _ out: inout Printer) {
    load(kind, &out) { out in
      out.line("__\(kind.name) field;\n\nmemcpy(&field, p, sizeof(field));\nreturn \(kind.name)_to_cpu(field);")
    }
    store(kind, &out) { out in
      out.line("__\(kind.name) field = cpu_to_\(kind.name)(value);\n\nmemcpy(p, &field, sizeof(field));")
    }
  }

  private func qemu(_ kind: Kind, _ out: inout Printer) {
    let unit = [16: ("lduw", "stw"), 32: ("ldl", "stl")][kind.bits] ?? ("ldq", "stq")
    load(kind, &out) { $0.line("return (\(kind.type))\(unit.0)_\(kind.order.tag)_p(p);") }
    store(kind, &out) { $0.line("\(unit.1)_\(kind.order.tag)_p(p, value);") }
  }

  /// Shifts, of which compilers make one load or store.
  private func plain(_ kind: Kind, _ out: inout Printer) {
    let shifts = (0..<kind.bits / 8).map { 8 * (kind.order == .little ? $0 : kind.bits / 8 - 1 - $0) }
    load(kind, &out) { out in
      let terms = shifts.enumerated().map { "(\(kind.type))b[\($0)]" + ($1 == 0 ? "" : " << \($1)") }
      out.line("const __u8 *b = (const __u8 *)p;\n")
      let lines = stride(from: 0, to: terms.count, by: 2).map { terms[$0...$0 + 1].joined(separator: " | ") }
      out.line("return (\(kind.type))(" + lines.joined(separator: " |\n\t\t") + ");")
    }
    store(kind, &out) { out in
      out.line("__u8 *b = (__u8 *)p;\n")
      for (index, shift) in shifts.enumerated() {
        out.line("b[\(index)] = (__u8)\(shift == 0 ? "value" : "(value >> \(shift))");")
      }
    }
  }

  private func guest(_ bits: Int, _ out: inout Printer) {
    let kind = Kind(bits: bits, order: .guest)
    out.line()
    out.comment("Integers of \(bits) bits in the guest's order.")
    out.statement("static inline \(kind.type) \(names.name("load_\(kind.name)"))(const void *p, int big_endian)")
    out.block("{") { out in
      out.statement(
        "return big_endian ? \(names.name("load_be\(bits)"))(p) : \(names.name("load_le\(bits)"))(p);")
    }
    out.line("\nstatic inline void")
    out.statement("\(names.name("store_\(kind.name)"))(void *p, \(kind.type) value, int big_endian)")
    out.block("{") { out in
      out.control("if (big_endian)", "\(names.name("store_be\(bits)"))(p, value);")
      out.control("if (!big_endian)", "\(names.name("store_le\(bits)"))(p, value);")
    }
  }

  /// Fields of structures that are not packed: the type says the order, for sparse too.
  private func aligned(_ kind: Kind, _ out: inout Printer) {
    // QEMU's import of the headers makes plain integers of the types that say an order.
    let field = access.style == .qemu ? kind.type : "__\(kind.name)"
    out.line()
    out.statement("static inline \(kind.type) \(names.name("get_\(kind.name)"))(const \(field) *p)")
    out.block("{") { out in
      either(
        "return \(kind.name)_to_cpu(*p);", "return \(names.name("load_\(kind.name)"))(p);", &out)
    }
    out.line()
    out.statement("static inline void \(names.name("put_\(kind.name)"))(\(field) *p, \(kind.type) value)")
    out.block("{") { out in
      either("*p = cpu_to_\(kind.name)(value);", "\(names.name("store_\(kind.name)"))(p, value);", &out)
    }
  }

  private func either(_ kernel: String, _ other: String, _ out: inout Printer) {
    guard access.style == .linux else { return out.line(other) }
    let depth = out.depth
    for (directive, line) in [("#ifdef __KERNEL__", kernel), ("#else", other)] {
      out.depth = 0
      out.line(directive)
      out.depth = depth
      out.line(line)
    }
    out.depth = 0
    out.line("#endif")
    out.depth = depth
  }

  private func load(_ kind: Kind, _ out: inout Printer, _ body: (inout Printer) -> Void) {
    out.statement("static inline \(kind.type) \(names.name("load_\(kind.name)"))(const void *p)")
    out.block("{", "}\n", body)
  }

  private func store(_ kind: Kind, _ out: inout Printer, _ body: (inout Printer) -> Void) {
    out.statement("static inline void \(names.name("store_\(kind.name)"))(void *p, \(kind.type) value)")
    out.block("{", "}\n", body)
  }
}

extension Layout.Order {
  /// What the order is called in the names of functions.
  var tag: String {
    switch self {
    case .little: "le"
    case .big: "be"
    case .guest: "guest"
    }
  }
}

extension Layout.Field {
  fileprivate var isInteger: Bool { if case .structure = type { false } else { true } }
}
