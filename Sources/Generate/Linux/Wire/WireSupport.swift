import Model

/// The small C functions that every parser and builder stands on.
struct WireSupport {
  let access: Access
  private var names: CNames { access.names }

  func write(_ out: inout Printer) {
    errors(&out)
    for width in [16, 32, 64] { integers(width, &out) }
    cursor(&out)
  }

  private func errors(_ out: inout Printer) {
    out.line()
    out.comment("What parsers and builders return when they refuse:")
    let errors = [
      ("ESHORT", "The buffer ends too early."), ("ELENGTH", "A length contradicts what it measures."),
      ("ELIMIT", "A length or count is beyond its limit."), ("ECOUNT", "A count contradicts the room for it."),
      ("EPART", "A part is missing, or is there without its condition."), ("ECODE", "The class or command is another."),
      ("ERESERVED", "Reserved bytes or bits are not zero."), ("EATTRIBUTE", "An attribute is unknown and may not be ignored."),
      ("EDUPLICATE", "An attribute is there twice."),
    ]
    for (index, (name, summary)) in errors.enumerated() {
      out.comment(summary)
      out.line("#define \(names.macro(name)) (-\(index + 1))")
    }
  }

  private func integers(_ bits: Int, _ out: inout Printer) {
    let (type, last) = ("__u\(bits)", bits / 8 - 1)
    out.line()
    out.comment("Integers of \(bits) bits at any alignment; big_endian tells the order.")
    out.line("static inline \(type) \(names.name("get\(bits)"))(const void *p, int big_endian)")
    out.block("{") { out in
      out.line("const __u8 *b = (const __u8 *)p;\n\(type) value = 0;\nint i;\n")
      out.control("for (i = 0; i <= \(last); i++)", "value = (\(type))(value << 8 | b[big_endian ? i : \(last) - i]);")
      out.line("return value;")
    }
    out.line()
    out.statement("static inline void \(names.name("put\(bits)"))(void *p, \(type) value, int big_endian)")
    out.block("{") { out in
      out.line("__u8 *b = (__u8 *)p;\nint i;\n")
      out.block("for (i = 0; i <= \(last); i++) {") { out in
        out.line("b[big_endian ? \(last) - i : i] = (__u8)value;\nvalue >>= 8;")
      }
    }
  }

  private func cursor(_ out: inout Printer) {
    let cursor = "struct \(names.name("cursor"))"
    out.line()
    out.documentation(
      "\(cursor) - a place in a buffer", [("at", "next byte"), ("left", "bytes from there to the end")])
    out.block("\(cursor) {", "};") { $0.line("__u8 *at;\n__u32 left;") }
    out.line()
    out.comment("The next n bytes; NULL if there are fewer.")
    out.line("static inline const void *")
    out.statement("\(names.name("take"))(\(cursor) *c, __u32 n)")
    out.block("{") { out in
      out.line("const __u8 *at = c->at;\n")
      out.control("if (n > c->left)", "return NULL;")
      out.line("c->at += n;\nc->left -= n;\nreturn at;")
    }
    out.line()
    out.comment("Copies n bytes, or zeroes where there is no source; NULL if there is no room.")
    out.line("static inline void *")
    out.statement("\(names.name("put"))(\(cursor) *c, const void *from, __u32 n)")
    out.block("{") { out in
      out.line("void *at = c->at;\n")
      out.control("if (n > c->left)", "return NULL;")
      out.control("if (from)", "memcpy(at, from, n);")
      out.control("if (!from)", "memset(at, 0, n);")
      out.line("c->at += n;\nc->left -= n;\nreturn at;")
    }
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
