import TestSupport
import Testing

@testable import ipsec_la

/// Files that stand for more than anybody could read.
@Suite struct YAMLTests {
  let folder = try! TemporaryFolder()

  /// Everything that the program reads as YAML; `x.yaml` is the file.
  private static let inputs = [
    "diff 0.4 1.0 --suppressions x.yaml", "diff 1.0 driver.h --mapping x.yaml", "simulate x.yaml",
    "simulate --profile ./x.yaml line-rate", "esp encap --sa x.yaml in.pcap out.pcap",
    "esp decap --sa x.yaml in.pcap out.pcap",
  ]

  /// Each line twice the one before.
  static let bomb = "a0: &a0 [x]\n" + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()

  @Test(arguments: inputs)
  func `a few lines that stand for billions are refused by name and line`(input: String) throws {
    try folder.write("#define VIRTIO_IPSEC_F_ESN 6", to: "driver.h")
    try folder.write(Self.bomb, to: "x.yaml")
    let outcome = try Shell.outcome([program] + input.split(separator: " ").map(String.init), in: folder.path)
    #expect(outcome.status == (input.hasPrefix("diff") ? 5 : 2))
    #expect(outcome.errors.hasSuffix("x.yaml:16: aliases stand for more than 100000 nodes\n"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: inputs) func `a file without end is refused`(input: String) throws {
    try folder.write("#define VIRTIO_IPSEC_F_ESN 6", to: "driver.h")
    let words = input.replacing("./x.yaml", with: "/dev/zero").replacing("x.yaml", with: "/dev/zero")
    let outcome = try Shell.outcome([program] + words.split(separator: " ").map(String.init), in: folder.path)
    #expect(outcome.status == (input.hasPrefix("diff") ? 5 : 2))
    #expect(outcome.errors.hasSuffix("/dev/zero: is larger than 16 MiB\n"), "\(outcome.errors)")
  }

  @Test(
    arguments: inputs,
    [("", "x.yaml:"), ("a: " + String(repeating: "[", count: 5000), "x.yaml:1: is nested too deeply")])
  func `an empty file, and one that is nested without end, are refused with one line`(
    input: String, file: (text: String, message: String)
  ) throws {
    try folder.write("#define VIRTIO_IPSEC_F_ESN 6", to: "driver.h")
    try folder.write(file.text, to: "x.yaml")
    let outcome = try Shell.outcome([program] + input.split(separator: " ").map(String.init), in: folder.path)
    #expect(outcome.status != 0 && outcome.output == "")
    #expect(outcome.errors.contains(file.message) && outcome.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    // An alias that is a key is compared with all others.
    "a: &a0 [x]\n" + (1...40).map { "k\($0): &a\($0) {*a\($0 - 1):*a\($0 - 1)}\n" }.joined() + "? *a40\n: x\n",
    "a: &a0 [x]\n" + (1...40).map { "k\($0): &a\($0)\n  ? *a\($0 - 1)\n  : *a\($0 - 1)\n" }.joined(),
    // An anchor counts for what it stood for when it was referred to.
    "- &a [x, x]\n" + String(repeating: "- &a [*a, *a]\n", count: 40),
  ]) func `aliases count wherever they stand`(text: String) {
    #expect(throws: AliasExpansion.Excess.self) { try AliasExpansion.check(text) }
  }

  @Test(arguments: [
    "a: &a [1, 2]\nb: *a\n", "a: &a {b: 1}\nb: {<<: *a, c: '*a *a'}\n", "# *a\na: \"*\"\n", "a: &a x\n? *a\n: *a\n",
  ]) func `aliases that stand for little are read`(text: String) throws {
    try AliasExpansion.check(text)
    let fields = try YAMLDocument.fields(text, path: "x.yaml")
    #expect((try? fields.string("a"))?.contains("\u{e02a}") != true)
  }
}
