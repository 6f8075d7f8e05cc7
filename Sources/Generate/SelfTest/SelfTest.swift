import Model

/// A C program that shows what a compiler makes of the headers.
///
/// `layout` prints every size and offset. `fields` reads structures in hexadecimal, one a line behind its name, and
/// prints the value of each field, then the bytes that it gets by writing those values to a structure of its own.
/// `chain` does so with whole chains, by the parsers and builders.
struct SelfTest {
  let layout: Layout
  private let names: CNames
  private let access: Access

  init(_ layout: Layout) {
    self.layout = layout
    names = CNames(layout)
    access = Access(layout: layout, names: names, style: .linux)
  }

  var text: String {
    var out = Printer()
    out.line("/* SPDX-License-Identifier: BSD-3-Clause */")
    out.comment(
      Banner.text(layout) + "\n\n" + """
        selftest layout: prints every size and offset.
        selftest fields: reads lines "NAME HEX -", prints each field's value and the bytes made from the values.
        selftest registers: reads lines "registers HEX -", prints offset and value of every register, then data queues.
        selftest chain: reads lines "NAME READABLE WRITABLE" (- for none), takes the chain apart and prints what it puts together again.
        """)
    // First, because glibc's headers make of C90's _Static_assert something that names no field.
    out.line("#include \"\(names.prefix)_layout.h\"\n")
    out.line("#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n")
    out.line("#include <linux/\(names.prefix)_wire.h>\n")
    out.line(Self.support)
    layoutTable(&out)
    for structure in layout.structures { fields(structure, &out) }
    let chains = ChainTest(access)
    for command in layout.commands { chains.write(command, &out) }
    registers(&out)
    dispatch(&out)
    return out.text
  }

  private static let support = """
    /* Scratch of a size that no test exceeds; aligned as messages are. */
    static union {
    \t__u64 align;
    \t__u8 bytes[1 << 16];
    } in, out;

    #define ROOM 64

    /* What neither side of a chain sends but both know. */
    static __u32 context;

    static void print_place(const char *field, unsigned long offset, unsigned long size)
    {
    \tprintf("%s %lu %lu\\n", field, offset, size);
    }

    static void print_value(const char *field, int index, __u64 value)
    {
    \tif (index < 0)
    \t\tprintf("%s ", field);
    \telse
    \t\tprintf("%s[%d] ", field, index);
    \tprintf("%08lx%08lx\\n", (unsigned long)(value >> 32),
    \t       (unsigned long)(value & 0xffffffff));
    }

    static __u32 from_hex(const char *hex, __u8 *bytes)
    {
    \t__u32 n = 0;
    \tunsigned int byte;

    \twhile (sscanf(hex + 2 * n, "%2x", &byte) == 1)
    \t\tbytes[n++] = (__u8)byte;
    \treturn n;
    }

    /* The bytes in a block of just their size, so that a sanitizer sees what lies beyond. */
    static __u8 *exact(const char *hex, __u32 *n)
    {
    \t__u8 *copy;

    \t*n = from_hex(hex, in.bytes);
    \tcopy = (__u8 *)malloc(*n ? *n : 1);
    \tif (!copy)
    \t\texit(1);
    \treturn (__u8 *)memcpy(copy, in.bytes, *n);
    }

    static void to_hex(const void *bytes, __u32 n)
    {
    \tconst __u8 *b = (const __u8 *)bytes;

    \twhile (n--)
    \t\tprintf("%02x", *b++);
    \tprintf("\\n");
    }
    """

  private func layoutTable(_ out: inout Printer) {
    out.line("\nstatic void print_layout(void)")
    out.block("{") { out in
      for structure in layout.structures {
        let type = names.structure(structure.name)
        out.statement("printf(\"\(structure.name) %lu\\n\", (unsigned long)sizeof(\(type)));")
        for field in structure.fields {
          out.statement(
            "print_place(\"\(structure.name).\(field.name)\", offsetof(\(type), \(field.name)), sizeof(((\(type) *)0)->\(field.name)));"
          )
        }
      }
    }
  }

  /// Reads each field as a C programmer would, prints it, and assigns it to a second structure.
  private func fields(_ structure: Layout.Structure, _ out: inout Printer) {
    let type = names.structure(structure.name)
    out.line("\nstatic void fields_\(structure.name)(int big_endian)")
    out.block("{") { out in
      out.line("\(type) *from = (\(type) *)in.bytes;\n\(type) *to = (\(type) *)out.bytes;")
      if structure.fields.contains(where: { $0.count != nil }) { out.line("unsigned int i;") }
      out.line("\n(void)big_endian;\nmemset(to, 0, sizeof(*to));")
      for field in structure.fields {
        let label = "\(structure.name).\(field.name)"
        if case .structure = field.type {
          out.line("to->\(field.name) = from->\(field.name);")
        } else if let count = field.count {
          out.block("for (i = 0; i < \(count); i++) {") { out in
            show(label, field, element: "i", &out)
          }
        } else {
          show(label, field, element: nil, &out)
        }
      }
      out.line("to_hex(to, sizeof(*to));")
    }
  }

  private func show(_ label: String, _ field: Layout.Field, element: String?, _ out: inout Printer) {
    var field = field
    if let element { field.name += "[\(element)]" }
    let value = access.get(field, of: "from")
    out.statement("print_value(\"\(label)\", \(element.map { "(int)\($0)" } ?? "-1"), \(value));")
    out.statement(access.set(field, of: "to", to: value))
  }

  /// Finds and reads every register, the first three of an array, and counts queues.
  private func registers(_ out: inout Printer) {
    out.line("\nstatic void registers(const __u8 *cfg, __u32 len, int big_endian)")
    out.block("{") { out in
      out.line("__u32 i, j, offset, value;\nint err;\n\n(void)big_endian;")
      for register in layout.registers {
        let order = register.order == .guest ? ", big_endian" : ""
        let index = register.count == nil ? "" : "i, "
        if register.count != nil { out.line("for (i = 0; i < 3; i++) {") } else { out.line("{") }
        out.depth += 1
        out.statement("err = \(names.name("cfg_\(register.name)"))(cfg, len, \(index)&offset, &value\(order));")
        out.control("if (err)", "printf(\"\(register.name) refused %d\\n\", err);")
        out.control(
          "if (!err)", "printf(\"\(register.name) %lu %08lx\\n\", (unsigned long)offset, (unsigned long)value);")
        out.depth -= 1
        out.line("}")
      }
      out.line("for (i = 0; i < 20; i++)")
      out.line("\tfor (j = 0; j < 20; j++)")
      out.line(
        "\t\tprintf(\"%lu %lu\\n\",\n\t\t       (unsigned long)\(names.name("data_queues"))(i, j, 4094),\n\t\t       (unsigned long)\(names.name("data_queues"))(i, j, 3));"
      )
    }
  }

  private func dispatch(_ out: inout Printer) {
    out.line("\nint main(int argc, char **argv)")
    out.block("{") { out in
      out.line(
        "static char name[64], hex[1 << 17], also_hex[1 << 17];\nint big_endian = argc > 2 && !strcmp(argv[2], \"big\");\nchar mode = argc > 1 ? argv[1][0] : 'l';\n__u8 *bytes, *also;\n__u32 n, m;\n"
      )
      out.control("if (argc > 3)", "context = (__u32)atoi(argv[3]);")
      out.block("if (mode == 'l') {") { $0.line("print_layout();\nreturn 0;") }
      out.block("while (scanf(\"%63s %131071s %131071s\", name, hex, also_hex) == 3) {") { out in
        out.line("also = exact(also_hex, &m);\nbytes = exact(hex, &n);")
        for structure in layout.structures {
          out.control(
            "if (mode == 'f' && !strcmp(name, \"\(structure.name)\"))", "fields_\(structure.name)(big_endian);")
        }
        out.control("if (mode == 'r' && !strcmp(name, \"registers\"))", "registers(bytes, n, big_endian);")
        for command in layout.commands {
          out.control(
            "if (mode == 'c' && !strcmp(name, \"\(command.name)\"))",
            "chain_\(command.name)(bytes, n, also, m, big_endian);")
        }
        out.line("free(bytes);\nfree(also);\nprintf(\".\\n\");")
      }
      out.line("return 0;")
    }
  }
}
