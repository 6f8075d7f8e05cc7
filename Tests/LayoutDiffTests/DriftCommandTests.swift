import TestSupport
import Testing

@Suite struct DriftCommandTests: DiffProgram {
  let folder = try! TemporaryFolder()

  @Test(arguments: ["0.4", "1.0", "2.0"])
  func `a generated header has not drifted from its version`(version: String) throws {
    _ = try layout(version)
    let outcome = try diff(version, "gen/\(version)/linux/include/uapi/linux/virtio_ipsec.h")
    #expect(outcome.output.hasSuffix(" names compared, 0 differ, 0 missing, 0 extra\n"))
    #expect(outcome.status == 0)
  }

  @Test(arguments: ["a\"b.h", "a\nb.h", "a b\\c.h", "@a.h", "a;touch x;.h"])
  func `a header may have any name`(name: String) throws {
    try folder.write("#define VIRTIO_IPSEC_F_ESN 9\n", to: name)
    let outcome = try diff("1.0", name)
    #expect(outcome.status == 4 && outcome.errors == "", "\(outcome.errors)")
    #expect(outcome.output.contains("VIRTIO_IPSEC_F_ESN"))
  }

  @Test func `a hand-written header is compared by value and by place`() throws {
    try folder.write(
      """
      #define VIRTIO_IPSEC_F_ESN (3 + 4)
      struct virtio_ipsec_create_sa { char group_handle[8], sa_handle[8]; unsigned sa_len, sas; };
      """, to: "driver.h")
    try folder.write("create_sa.num_sas: sas", to: "names.yaml")
    let outcome = try diff("1.0", "driver.h", "--mapping", "names.yaml")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("  VIRTIO_IPSEC_F_ESN  6 | 7\n"))
    #expect(outcome.output.contains("  create_sa.num_sas  4 bytes at 16 | 4 bytes at 20 (sas)\n"))
    #expect(outcome.output.contains("    16  num_sas, 4 bytes      | sa_len, 4 bytes\n"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    ("#define VIRTIO_IPSEC_F_AH SOMETHING_ELSE", "VIRTIO_IPSEC_F_AH", "SOMETHING_ELSE"),
    ("int f(void);\n#define VIRTIO_IPSEC_F_AH f()", "VIRTIO_IPSEC_F_AH", "f()"),
    ("#define VIRTIO_IPSEC_F_AH \"one\"", "VIRTIO_IPSEC_F_AH", "\"one\""),
  ])
  func `a macro that is no constant is told, and says nothing about the others`(
    line: String, name: String, text: String
  ) throws {
    try folder.write("\(line)\n#define VIRTIO_IPSEC_F_ESN 9\n", to: "driver.h")
    let outcome = try diff("1.0", "driver.h")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("drift-text: "))
    #expect(outcome.output.contains("  \(name)  1 | \(text)\n"))
    #expect(outcome.output.contains("  VIRTIO_IPSEC_F_ESN  6 | 9\n"))
  }

  @Test(arguments: [
    ("enum { VIRTIO_IPSEC_F_ESN = 6, VIRTIO_IPSEC_F_AH = 9 };", "  VIRTIO_IPSEC_F_AH  1 | 9\n"),
    (
      "struct flush_sa { union { char group[1]; char group_handle[8]; }; int more; };",
      "  flush_sa  8 bytes | 12 bytes\n"
    ),
  ])
  func `enumerators and members count wherever they stand`(source: String, line: String) throws {
    try folder.write(source, to: "driver.h")
    let outcome = try diff("1.0", "driver.h")
    #expect(outcome.output.contains(line))
    #expect(!outcome.output.contains("flush_sa.group_handle"))
  }

  @Test func `a big-endian header has drifted from a little-endian version`() throws {
    _ = try layout()
    let path = "gen/2.0/linux/include/uapi/linux/virtio_ipsec.h"
    try folder.write(try folder.read(path).replacing("__le", with: "__be"), to: "driver.h")
    let outcome = try diff("2.0", "driver.h")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("drift-order: "))
    #expect(outcome.output.contains("data_req.sa "))
    #expect(!outcome.output.contains("drift-field"))
  }

  @Test(arguments: ["#define TICKS 6\nstruct clock { int ticks; };", ""])
  func `a header that has nothing of ours is refused`(text: String) throws {
    try folder.write(text, to: "driver.h")
    let outcome = try diff("1.0", "driver.h")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("driver.h: has nothing of virtio_ipsec 1.0"))
  }

  @Test func `a header without macros lacks every number`() throws {
    try folder.write("struct virtio_ipsec_flush_sa { unsigned char group_handle[8]; };", to: "driver.h")
    let outcome = try diff("1.0", "driver.h")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("  VIRTIO_IPSEC_F_ESN "))
  }

  @Test(arguments: [
    ("VIRTIO_IPSEC_F_ESN: NOWHERE", Int32(2), "there is no NOWHERE"), ("nowhere: x", 2, "no such number"),
    ("- a", 2, "not a mapping"), ("{", 5, "not YAML"), (nil, 5, "cannot be read"),
  ])
  func `a mapping that matches nothing is bad usage, and one that is none unreadable`(
    text: String?, status: Int32, problem: String
  ) throws {
    try folder.write("#define VIRTIO_IPSEC_F_ESN 6", to: "driver.h")
    if let text { try folder.write(text, to: "names.yaml") }
    let outcome = try diff("1.0", "driver.h", "--mapping", "names.yaml")
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
  }

  /// What only a foreign header has, with the exit codes for `source`, `any` and `wire`.
  @Test(arguments: [
    ("#define VIRTIO_IPSEC_F_NEWER 40", "drift-extra", [Int32(0), 1, 0]),
    ("struct virtio_ipsec_rekey { __le32 sa; };", "drift-extra", [0, 1, 0]),
    ("#define VIRTIO_IPSEC_SA_FLAG_FRESH (1U << 9)", "drift-reserved", [4, 4, 4]),
    ("#define VIRTIO_IPSEC_NAME \"x\"", nil, [0, 0, 0]),
    ("struct virtio_ipsec_private { int sa; };", nil, [0, 0, 0]),
    ("#define VIRTIO_NET_F_NEWER 40", nil, [0, 0, 0]),
  ])
  func `what only a header has is told, and breaks what it stands in`(
    line: String, rule: String?, codes: [Int32]
  ) throws {
    _ = try layout()
    let header = try folder.read("gen/2.0/linux/include/uapi/linux/virtio_ipsec.h")
    try folder.write("\(header)\n\(line)\n", to: "driver.h")
    for (level, code) in zip(["source", "any", "wire"], codes) {
      let outcome = try diff("2.0", "driver.h", "--fail-on", level)
      #expect(outcome.status == code, "\(level): \(outcome.output)")
      #expect(outcome.output.contains(rule ?? " 0 extra"))
      if rule == nil { #expect(!outcome.output.contains("drift-")) }
    }
  }

  @Test(arguments: ["text", "markdown", "json", "sarif", "junit", "html"])
  func `every format tells of drift`(format: String) throws {
    try folder.write("\n#define VIRTIO_IPSEC_F_ESN 9\n#define VIRTIO_IPSEC_SA_FLAG_FRESH 512\n", to: "driver.h")
    let outcome = try diff("2.0", "driver.h", "--format", format)
    #expect(outcome.status == 4)
    let text = outcome.output.replacing("<wbr/>", with: "")
    for word in ["VIRTIO_IPSEC_F_ESN", "drift-value", "VIRTIO_IPSEC_SA_FLAG_FRESH", "drift-reserved", "drift-missing"] {
      #expect(text.contains(word), "\(word)")
    }
    // A finding stands on the line of the header that has its name.
    if format == "sarif" { #expect(text.contains("\"startLine\" : 3")) }
  }

  @Test func `a header that does not compile is refused with the compiler's message`() throws {
    try folder.write("struct x { int", to: "driver.h")
    let outcome = try diff("1.0", "driver.h")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("does not compile"))
  }

  /// What says where members are.
  enum DebugFormat: String, CaseIterable {
    case dwarf, btf
  }

  @Test(arguments: DebugFormat.allCases)
  func `an object is read by its debug information`(format: DebugFormat) throws {
    try folder.write(
      "struct virtio_ipsec_create_sa { char group_handle[8], sa_handle[8]; unsigned sa_len, num_sas; } sa;\n",
      to: "x.c")
    _ = try Shell.run(["cc", "-g", "-c", "x.c", "-o", "x.o"], in: folder.path)
    if format == .btf {
      _ = try Shell.run(["pahole", "-J", "x.o"], in: folder.path)
      _ = try Shell.run(["strip", "-g", "x.o"], in: folder.path)
    }
    let outcome = try diff("1.0", "x.o")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("  create_sa.num_sas  4 bytes at 16 | 4 bytes at 20\n"))
  }

  @Test(arguments: [
    ("cc -c x.c -o x.o", "no debug information; compile it with -g"),
    ("cc -g -gsplit-dwarf -c x.c -o x.o", "types in .dwo files (split DWARF); compile it with -gno-split-dwarf"),
    ("cc -g -gdwarf-4 -gsplit-dwarf -c x.c -o x.o", "compile it with -gno-split-dwarf"),
    ("cc -g1 -c x.c -o x.o", "no structures in its debug information; compile it with -g2"),
    (
      "cc -g -c x.c -o y.o && cp y.o z && objcopy --strip-debug --add-gnu-debuglink=z y.o x.o && rm z",
      "its debug information in z: name that file"
    ),
    ("cc -g -c x.c -o y.o && head -c 20 y.o > x.o", "no ELF file, or cut off in its header"),
    ("cc -g -c x.c -o y.o && head -c 400 y.o > x.o", "is cut off"),
    ("cc -g -c x.c -o y.o && head -c -1 y.o > x.o", "is cut off"),
  ])
  func `an object whose types cannot be seen is refused with what shows them`(command: String, problem: String) throws {
    let source = "struct virtio_ipsec_create_sa { char group_handle[8]; } sa; int f(void) { return 1; }\n"
    try folder.write(source, to: "x.c")
    _ = try Shell.run(["sh", "-c", command], in: folder.path)
    let outcome = try diff("1.0", "x.o")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }
}
