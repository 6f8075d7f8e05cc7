import Model

/// The small C functions that every parser and builder stands on.
struct WireSupport {
  let access: Access
  private var names: CNames { access.names }

  func write(_ out: inout Printer) {
    WireErrors(access: access).write(&out)
    Integers(access: access).write(&out)
    reader(&out)
    splitEnd(&out)
    writer(&out)
    isZero(&out)
  }

  private func reader(_ out: inout Printer) {
    cursor("reader", "const __u8 *", "const void *", "where a parser stands", also: nil, &out)
    let reader = "struct \(names.name("reader"))"
    out.line()
    out.comment("The next n bytes; NULL if there are fewer.")
    out.line("static inline const void *")
    out.statement("\(names.name("take"))(\(reader) *c, __u32 n)")
    out.block("{") { out in
      out.line("const __u8 *at = c->at;\n")
      out.control("if (n > c->left)", "return NULL;")
      out.line("c->at += n;\nc->left -= n;\nreturn at;")
    }
    out.line()
    out.comment("Moves n bytes on, or to the end.")
    out.line("static inline void \(names.name("skip"))(\(reader) *c, __u32 n)")
    out.block("{") { out in
      out.line("\(names.name("take"))(c, n < c->left ? n : c->left);")
    }
    out.line()
    out.comment("Makes a reader of the next n bytes alone.")
    out.line("static inline int")
    out.statement("\(names.name("split"))(\(reader) *c, __u32 n, \(reader) *part)")
    out.block("{") { out in
      out.line("*part = *c;\npart->left = n;")
      out.line("return \(names.name("take"))(c, n) ? 0 : \(names.macro("ESHORT"));")
    }
  }

  private func splitEnd(_ out: inout Printer) {
    guard access.layout.commands.contains(where: { ($0.readable + $0.writable).contains(.slack) }) else { return }
    let reader = "struct \(names.name("reader"))"
    out.line()
    out.comment("Makes a reader of the last n bytes alone, which the other then does not see.")
    out.line("static inline int")
    out.statement("\(names.name("split_end"))(\(reader) *c, __u32 n, \(reader) *end)")
    out.block("{") { out in
      out.control("if (n > c->left)", "return \(names.macro("ESHORT"));")
      out.line("*end = *c;\nend->at += c->left - n;\nend->left = n;\nc->left -= n;\nreturn 0;")
    }
  }

  private func writer(_ out: inout Printer) {
    cursor(
      "writer", "__u8 *", "void *", "where a builder stands",
      also: ("__u64 gap;", "gap", "bytes left open before the next byte that is used"), &out)
    let writer = "struct \(names.name("writer"))"
    out.line()
    out.comment(
      "Copies n bytes, or zeroes where there is no source; NULL if there is no room. What is left open before them is "
        + "zeroed, so that nothing is written behind the last byte that is used.")
    out.line("static inline void *")
    out.statement("\(names.name("put"))(\(writer) *c, const void *from, __u32 n)")
    out.block("{") { out in
      out.line("__u8 *at;\n")
      out.control("if (!n)", "return c->at;")
      out.control("if (c->gap > c->left || n > c->left - c->gap)", "return NULL;")
      out.line("at = c->at + c->gap;\nmemset(c->at, 0, (size_t)c->gap);")
      out.control("if (from)", "memcpy(at, from, n);")
      out.control("if (!from)", "memset(at, 0, n);")
      out.line("c->left -= (__u32)c->gap + n;\nc->at = at + n;\nc->gap = 0;\nreturn at;")
    }
  }

  /// The structure of a reader or writer, and the function that puts it at the start of a buffer.
  private func cursor(
    _ name: String, _ bytes: String, _ buffer: String, _ summary: String,
    also: (declaration: String, name: String, summary: String)?, _ out: inout Printer
  ) {
    let type = "struct \(names.name(name))"
    out.line()
    out.documentation(
      "\(type) - \(summary)",
      [
        ("at", "next byte"), ("left", "bytes from there to the end"),
        ("strict", "whether it is a request, whose numbers have to be known"),
      ] + (also.map { [($0.name, $0.summary)] } ?? []))
    out.block("\(type) {", "};") { out in
      out.line("\(bytes)at;\n__u32 left;\nint strict;")
      if let also { out.line(also.declaration) }
    }
    out.line()
    out.line("static inline int")
    out.statement("\(names.name("start_\(name)"))(\(type) *c, \(buffer)buf, __u32 len, int strict)")
    out.block("{") { out in
      out.control("if (len > 0x7fffffff)", "return \(names.macro("ELIMIT"));")
      if !access.isPacked {
        let address = access.style == .qemu ? "uintptr_t" : "unsigned long"
        out.control("if ((\(address))buf & 7)", "return \(names.macro("EALIGN"));")
      }
      out.line("c->at = buf;\nc->left = len;\nc->strict = strict;")
      if let also { out.line("c->\(also.name) = 0;") }
      out.line("return 0;")
    }
  }

  private func isZero(_ out: inout Printer) {
    out.line()
    out.comment("Whether n bytes are zero.")
    out.line("static inline int \(names.name("is_zero"))(const void *p, __u32 n)")
    out.block("{") { out in
      out.line("const __u8 *b = (const __u8 *)p;\n__u8 any = 0;\n")
      out.control("while (n)", "any |= b[--n];")
      out.line("return !any;")
    }
  }
}
