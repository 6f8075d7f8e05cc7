import Foundation
import TestSupport
import Testing

@Suite struct TreeCommandTests {
  let folder = try! TemporaryFolder()

  @Test func `the board is shown as an outline, and as source that dtc takes`() throws {
    let outline = try ipsecLA("tree", in: folder)
    #expect(outline.status == 0 && outline.errors == "")
    #expect(outline.output.contains("virtio@a000000  virtio,mmio  0xa000000+0x200"))
    let source = try ipsecLA("tree", "--dts", in: folder)
    #expect(source.output.hasPrefix("/dts-v1/;"))
    try folder.write(source.output, to: "board.dts")
    _ = try Shell.run(["dtc", "-q", "-o", "board.dtb", "board.dts"], in: folder.path)
    #expect(try ipsecLA("tree", "board.dtb", in: folder).output == outline.output)
  }

  @Test func `what is written is read again, flattened or as source`() throws {
    #expect(try ipsecLA("tree", "--output", "board.dtb", in: folder).status == 0)
    #expect(try ipsecLA("tree", "--dts", "--output", "board.dts", in: folder).output == "")
    let source = try ipsecLA("tree", "board.dtb", "--dts", in: folder)
    #expect(try source.output == folder.read("board.dts"))
  }

  @Test func `an overlay changes the tree`() throws {
    try folder.write(
      """
      /dts-v1/;
      /plugin/;
      / { fragment@0 { target-path = "/virtio@a000000"; __overlay__ { status = "disabled"; }; }; };
      """, to: "off.dts")
    _ = try Shell.run(["dtc", "-q", "-@", "-o", "off.dtbo", "off.dts"], in: folder.path)
    let changed = try ipsecLA("tree", "--overlay", "off.dtbo", in: folder)
    #expect(changed.status == 0)
    #expect(changed.output.contains("0xa000000+0x200  disabled"))
  }

  @Test func `a tree that is no overlay is refused with one line`() throws {
    #expect(try ipsecLA("tree", "--output", "board.dtb", in: folder).status == 0)
    let run = try ipsecLA("tree", "--overlay", "board.dtb", in: folder)
    #expect(run.status == 2 && run.output == "")
    #expect(
      run.errors == "error: board.dtb: overlay: is none: it has no __overlay__, and would change nothing\n")
  }

  @Test func `a tree comes through a pipe, and one of no bytes is empty`() throws {
    #expect(try ipsecLA("tree", "--output", "board.dtb", in: folder).status == 0)
    let outcome = try Shell.outcome(["sh", "-c", "cat board.dtb | '\(program)' tree /dev/stdin"], in: folder.path)
    #expect(outcome.errors == "")
    #expect(try outcome.output == ipsecLA("tree", in: folder).output)
    #expect(try ipsecLA("tree", "/dev/null", in: folder).errors == "error: /dev/null: is empty\n")
  }

  @Test func `the binding is printed`() throws {
    let schema = try ipsecLA("tree", "--schema", in: folder)
    #expect(schema.status == 0 && schema.output.contains("const: virtio,device3f"))
  }

  @Test(arguments: [[], ["--dts"], ["--schema"]])
  func `a device is written to, and not replaced`(arguments: [String]) throws {
    let run = try Shell.outcome([program, "tree", "--output", "/dev/full"] + arguments, in: folder.path)
    #expect(run.status == 2 && run.errors.contains("/dev/full: cannot be written: No space left"), "\(run.errors)")
  }

  @Test(arguments: [
    (["missing.dtb"], "missing.dtb: cannot be read"),
    (["garbage.dtb"], "error: garbage.dtb: is cut short"),
    (["long.dtb"], "error: long.dtb: is no flattened device tree"),
    (["--overlay", "garbage.dtb"], "error: garbage.dtb: overlay: is cut short"),
    (["--output", "no/such/folder/board.dtb"], "no/such/folder/board.dtb: cannot be written"),
    (["--nonsense"], "nonsense"),
    (["one.dtb", "two.dtb"], "two.dtb"),
  ])
  func `bad input is told in one line on stderr and exits with 2`(arguments: [String], message: String) throws {
    try folder.write("no tree at all", to: "garbage.dtb")
    try folder.write(String(repeating: "no tree at all", count: 10), to: "long.dtb")
    let run = try Shell.outcome([program, "tree", "--output", "/dev/full"] + arguments, in: folder.path)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
