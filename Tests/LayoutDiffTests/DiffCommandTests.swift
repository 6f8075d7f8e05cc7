import Foundation
import TestSupport
import Testing

@Suite struct DiffCommandTests {
  let folder = try! TemporaryFolder()

  /// The program as it was built, beside the tests.
  private static let program: String = {
    var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "ipsec-la").path) {
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "ipsec-la").path
  }()

  private func diff(_ arguments: String...) throws -> Shell.Outcome {
    try Shell.outcome([Self.program, "diff"] + arguments, in: folder.path)
  }

  @Test(arguments: ["0.4", "1.0", "2.0"])
  func `a version with itself prints nothing and exits with 0`(version: String) throws {
    let outcome = try diff(version, version, "--fail-on", "any")
    #expect(outcome.status == 0)
    #expect(outcome.output == "")
  }

  @Test(arguments: [("source", Int32(4)), ("wire", 4), ("any", 4), ("never", 0)])
  func `a break of the wire has an exit code of its own`(level: String, status: Int32) throws {
    #expect(try diff("0.4", "1.0", "--fail-on", level).status == status)
  }

  @Test(arguments: [("--format morse 1.0", Int32(2)), ("", 2), ("nowhere", 5), ("git:no-such-revision", 5)])
  func `bad usage and unreadable input have their own`(arguments: String, status: Int32) throws {
    let words = arguments.split(separator: " ").map(String.init)
    let outcome = try Shell.outcome([Self.program, "diff", "0.4"] + words, in: folder.path)
    #expect(outcome.status == status)
    #expect(!outcome.errors.isEmpty)
  }

  @Test(arguments: [["1.0", "--mapping", "x.yaml"], ["x.h", "--suppressions", "x.yaml"], ["x.h", "--seed", "2"]])
  func `an option that would do nothing is bad usage`(arguments: [String]) throws {
    for name in ["x.h", "x.yaml"] { try folder.write("", to: name) }
    let outcome = try Shell.outcome([Self.program, "diff", "0.4"] + arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(arguments[1]))
  }

  @Test func `a rename breaks sources and nothing else`() throws {
    let layout = try renamed("\"cookie\"", "\"token\"")
    let outcome = try diff("2.0", layout)
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("data_req.token  field-renamed  cookie → token"))
    #expect(try diff("2.0", layout, "--fail-on", "wire").status == 0)
  }

  @Test(arguments: [
    ("{", "not JSON"), ("{}", "format: is missing"), ("", "is empty"), ("[1]", "an object is wanted at the top"),
    ("{\n\"format\": 1e30}", "line 2: format 1e30 is out of range"),
    ("{\"format\": 18446744073709552000}", "line 1: format 18446744073709552000 is out of range; jq before 1.7"),
  ])
  func `what is no layout is refused with one line`(text: String, problem: String) throws {
    try folder.write(text, to: "new.json")
    let outcome = try diff("new.json", "2.0")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ("\"needs\" :", "\"nedes\" : [], \"needs\" :", "features[0].nedes: no layout.json of format 1 has such a key"),
    ("\"feature\" : \"VIRTIO_IPSEC_F_DH\",", "\"featur\" : \"VIRTIO_IPSEC_F_DH\",", ".featur: no layout.json"),
  ])
  func `a misspelt key is refused with one line`(key: String, misspelt: String, problem: String) throws {
    let outcome = try diff("2.0", try renamed(key, misspelt))
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func `a layout that names what is not there is refused with one line`() throws {
    let outcome = try diff(try renamed("\"header\" : \"attr_hdr\"", "\"header\" : \"nowhere\""), "2.0")
    #expect(outcome.status == 5)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ("- {rule: device-id, place: identity.device_id, reason: known}", Int32(4), ""),
    ("- {rule: device-id, place: identity.device_id}", 2, "'reason' is missing"),
    ("- {rule: device-id, place: nowhere, reason: known}", 2, "nothing matches it"),
    ("- {rule: device-id, place: identity.device_id, reason: known, expires: 2020-01-01}", 2, "expired on 2020-01-01"),
    ("- {rule: no-rule, place: nowhere, reason: known}", 2, "there is no rule"),
    ("- {rule: device-id, place: identity.device_id, reason: known, expires: 2027-13-99}", 2, "is not a day"),
    ("- {rule: device-id, place: identity.device_id, reason: known, expires: 2027-02-29}", 2, "is not a day"),
    ("- &a {rule: device-id, place: identity.device_id, reason: known}\n- *a", 2, "suppressed twice"),
    ("rule: device-id", 2, "not a list"), ("- {", 5, "not YAML"),
  ])
  func `a suppression needs a rule, a place and a reason, and has to hold`(text: String, status: Int32, problem: String)
    throws
  {
    try folder.write(text, to: "suppressions.yaml")
    let outcome = try diff("0.4", "1.0", "--suppressions", "suppressions.yaml")
    #expect(outcome.status == status)
    #expect(problem.isEmpty ? outcome.output.contains("1 suppressed") : outcome.errors.contains(problem))
  }

  @Test func `a suppressed break no longer fails`() throws {
    let layout = try renamed("\"cookie\"", "\"token\"")
    try folder.write("- {rule: field-renamed, place: data_req.token, reason: nobody uses it}", to: "suppressions.yaml")
    #expect(try diff("2.0", layout, "--suppressions", "suppressions.yaml").status == 0)
  }

  @Test func `a diff of which all is suppressed is not identical`() throws {
    let layout = try renamed("\"cookie\"", "\"token\"")
    try folder.write("- {rule: field-renamed, place: data_req.token, reason: nobody uses it}", to: "suppressions.yaml")
    for format in ["text", "markdown", "html"] {
      let text = try diff("2.0", layout, "--suppressions", "suppressions.yaml", "--format", format).output
      #expect(text.contains("nothing beyond what is suppressed"))
      #expect(text.contains("nobody uses it"))
      #expect(!text.contains("identical"))
    }
    #expect(try diff("2.0", layout, "--suppressions", "nowhere.yaml").status == 5)
  }

  @Test(arguments: [("git:HEAD", "this is no repository"), ("git:", "names no revision")])
  func `a revision that cannot be read says why`(name: String, problem: String) throws {
    let outcome = try diff("2.0", name)
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains(problem), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("git:HEAD:2.0", Int32(0), ""), ("git:nowhere", 5, "no such revision"),
    ("git:HEAD:9.9", 5, "it has versions 2.0\n"),
  ])
  func `a layout is read from a revision`(name: String, status: Int32, problem: String) throws {
    _ = try layout()
    // A folder that is no version.
    try folder.write("", to: "gen/include/file")
    for words in [["init", "-q"], ["add", "."]] { _ = try Shell.run(["git"] + words, in: folder.path) }
    _ = try Shell.run(
      ["git", "-c", "user.name=x", "-c", "user.email=x", "commit", "-q", "-m", "x"], in: folder.path)
    let outcome = try diff("2.0", name)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(problem) || problem.isEmpty, "\(outcome.errors)")
  }

  @Test(arguments: ["text", "markdown", "json", "sarif", "junit", "html"])
  func `every format names the place, the rule and the bytes`(format: String) throws {
    // Where a name may go on in a new line.
    let text = try diff("0.4", "1.0", "--format", format).output.replacing("<wbr/>", with: "")
    for word in ["create_sa.num_sas", "field-moved", "reads it at 16", "wire-breaking"] { #expect(text.contains(word)) }
    if format == "html" { #expect(!text.contains("http")) }
  }

  @Test(arguments: ["0.4", "1.0", "2.0"])
  func `a generated header has not drifted from its version`(version: String) throws {
    _ = try layout(version)
    let outcome = try diff(version, "gen/\(version)/linux/include/uapi/linux/virtio_ipsec.h")
    #expect(outcome.output.hasSuffix(" names compared, 0 differ, 0 missing\n"))
    #expect(outcome.status == 0)
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

  @Test func `an object without debug information is refused with the flag that makes it`() throws {
    try folder.write("int x;", to: "x.c")
    _ = try Shell.run(["cc", "-c", "x.c", "-o", "x.o"], in: folder.path)
    let outcome = try diff("1.0", "x.o")
    #expect(outcome.status == 5)
    #expect(outcome.errors.contains("compile it with -g"))
  }

  /// The layout of a version as the program writes it.
  private func layout(_ version: String = "2.0") throws -> String {
    _ = try Shell.run([Self.program, "generate", "--spec-version", version, "--output", "gen"], in: folder.path)
    return try folder.read("gen/\(version)/layout.json")
  }

  private func renamed(_ old: String, _ new: String) throws -> String {
    try folder.write(try layout().replacing(old, with: new), to: "new.json")
    return "new.json"
  }
}
