import Foundation
import TestSupport
import Testing

/// The program as it was built, beside the tests.
let program: String = {
  let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  var folder = tests.deletingLastPathComponent()
  while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "ipsec-la").path) {
    folder.deleteLastPathComponent()
  }
  return folder.appending(path: "ipsec-la").path
}()

func ipsecLA(_ arguments: String..., in folder: TemporaryFolder) throws -> Shell.Outcome {
  try Shell.outcome([program] + arguments, in: folder.path)
}

@Suite struct GenerateCommandTests {
  let folder = try! TemporaryFolder()

  private func files() throws -> [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
  }

  @Test func `what was generated passes the check`() throws {
    #expect(try ipsecLA("generate", in: folder).status == 0)
    let check = try ipsecLA("generate", "--check", in: folder)
    #expect(check.status == 0)
    #expect(check.output + check.errors == "")
    #expect(try !files().contains { $0.hasSuffix(".new") })
  }

  @Test func `a file edited by hand fails the check, which shows the line and the command that repairs`() throws {
    _ = try ipsecLA("generate", "--spec-version", "2.0", in: folder)
    let header = "gen/2.0/linux/include/uapi/linux/virtio_ipsec.h"
    try folder.write(folder.read(header).replacing("__le32 input_length;", with: "__le32 length;"), to: header)
    let check = try ipsecLA("generate", "--check", "--spec-version", "2.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("\(header): differs"))
    #expect(check.output.contains("+\t__le32 input_length;"))
    #expect(check.errors.contains("repair with: ipsec-la generate --spec-version 2.0"))
    #expect(check.errors.split(separator: "\n").count == 1)
  }

  @Test func `a file that nothing generates, and one that is gone, fail the check`() throws {
    _ = try ipsecLA("generate", "--spec-version", "1.0", in: folder)
    try folder.write("", to: "gen/1.0/linux/stray.h")
    try FileManager.default.removeItem(at: folder.url("gen/1.0/layout.json"))
    let check = try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("gen/1.0/linux/stray.h: nothing generates it"))
    #expect(check.output.contains("gen/1.0/layout.json: missing"))
    let repair = try #require(check.errors.split(separator: "repair with: ").last).replacing("ipsec-la", with: program)
    _ = try Shell.run(["sh", "-c", String(repair)], in: folder.path)
    #expect(try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder).status == 0)
  }

  @Test func `a file that nothing generates is seen in a folder that is a link`() throws {
    _ = try ipsecLA("generate", "--spec-version", "1.0", in: folder)
    try FileManager.default.moveItem(at: folder.url("gen/1.0"), to: folder.url("elsewhere"))
    try FileManager.default.createSymbolicLink(at: folder.url("gen/1.0"), withDestinationURL: folder.url("elsewhere"))
    #expect(try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder).status == 0)
    try folder.write("", to: "elsewhere/linux/stray.h")
    let check = try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("gen/1.0/linux/stray.h: nothing generates it"))
  }

  @Test(arguments: [
    (["--spec-version", "3.0"], "there is no version '3.0'; there are 0.4, 1.0, 2.0"),
    (["--device-id", "0"], "'0' is invalid for '--device-id <number>'"),
    (["--device-id", "-1"], "'-1' is invalid for '--device-id <number>'"),
    (["--device-id", "x"], "'x' is invalid for '--device-id <number>'"),
    (["--output", ""], "--output: names no folder"),
    (["--qemu-version", "7.2"], "--qemu-version: nothing is written for '7.2'; there is 10.0, 10.2"),
    (["--qemu-tree", "tree", "--output", "gen"], "--output and --qemu-tree exclude each other"),
    (["--qemu-tree", "nowhere"], "--qemu-tree: nowhere: no source tree of QEMU"),
    (["--nonsense"], "nonsense"),
  ])
  func `bad usage is told and exits with 2`(_ arguments: [String], _ message: String) throws {
    let outcome = try Shell.outcome([program, "generate"] + arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(message))
    #expect(try files().isEmpty)
  }

  @Test func `a place that cannot be written is one line, and nothing is half-written`() throws {
    try folder.write("in the way", to: "gen/2.0/linux")
    let outcome = try ipsecLA("generate", in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains("gen/2.0/linux"))
    let left = try files()
    #expect(!left.contains { $0.hasSuffix(".h") || $0.hasSuffix(".new") || $0.hasSuffix(".json") })
  }

  @Test func `where the patches cannot be written, nothing is`() throws {
    try folder.write("", to: "qemu-patches")
    let run = try ipsecLA("generate", in: folder)
    #expect(run.status == 2 && run.errors.hasPrefix("error: ./qemu-patches/"), "\(run.errors)")
    #expect(try !files().contains { $0.hasSuffix(".h") || $0.hasSuffix(".json") })
  }

  @Test(arguments: [(".", "../qemu-patches"), ("x", "qemu-patches"), ("..", "../../qemu-patches")])
  func `patches stand beside the folder, however it is named`(output: String, patches: String) throws {
    try folder.write("", to: "a/b/c/file")
    let place = "\(folder.path)/a/b/c"
    #expect(try Shell.outcome([program, "generate", "-o", output], in: place).status == 0)
    #expect(FileManager.default.fileExists(atPath: "\(place)/\(patches)/0000-cover-letter.txt"))
  }

  @Test func `a device ID moves the PCI ID with it`() throws {
    #expect(try ipsecLA("generate", "--spec-version", "2.0", "--device-id", "50", in: folder).status == 0)
    let header = try folder.read("gen/2.0/linux/include/uapi/linux/virtio_ipsec.h")
    #expect(header.contains(/VIRTIO_ID_IPSEC\s+50\b/))
    #expect(header.contains(/VIRTIO_IPSEC_PCI_DEVICE_ID\s+0x1072\b/))
    let banner = header.prefix(1000).replacing("\n * ", with: " ")
    #expect(banner.contains("Made by: ipsec-la generate --spec-version 2.0 --device-id 50\n"))
  }

  @Test func `a device ID beyond PCI's has no PCI ID`() throws {
    #expect(try ipsecLA("generate", "--spec-version", "2.0", "--device-id", "0x40", in: folder).status == 0)
    let header = try folder.read("gen/2.0/linux/include/uapi/linux/virtio_ipsec.h")
    #expect(header.contains(/VIRTIO_ID_IPSEC\s+64\b/))
    #expect(!header.contains("PCI_DEVICE_ID"))
  }

  @Test func `a link beside a file is not followed, and commands at the same time do not meet`() throws {
    try folder.write("precious", to: "victim")
    try folder.write("", to: "gen/1.0/keep")
    try FileManager.default.createSymbolicLink(
      at: folder.url("gen/1.0/layout.json.new"), withDestinationURL: folder.url("victim"))
    _ = try Shell.run(
      ["xargs", "-n", "1", "-P", "4", program, "generate", "--spec-version"], input: "1.0 1.0 1.0 1.0",
      in: folder.path)
    #expect(try folder.read("victim") == "precious")
    #expect(try files().filter { $0.contains("layout.json.") } == ["gen/1.0/layout.json.new"])
  }

  @Test func `a folder in a file's place is found before anything is replaced, and a check cannot read it`() throws {
    _ = try ipsecLA("generate", "--spec-version", "1.0", in: folder)
    try folder.write("old", to: "gen/1.0/reference.md")
    try FileManager.default.removeItem(at: folder.url("gen/1.0/layout.json"))
    try folder.write("", to: "gen/1.0/layout.json/x")
    for arguments in [["generate"], ["generate", "--check"]] {
      let outcome = try Shell.outcome([program] + arguments + ["--spec-version", "1.0"], in: folder.path)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("gen/1.0/layout.json: cannot be"))
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
    #expect(try folder.read("gen/1.0/reference.md") == "old")
  }

  @Test func `lines that end in CR LF are told in a line`() throws {
    _ = try ipsecLA("generate", "--spec-version", "1.0", in: folder)
    try folder.write(folder.read("gen/1.0/layout.json").replacing("\n", with: "\r\n"), to: "gen/1.0/layout.json")
    let check = try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output == "gen/1.0/layout.json: differs: its lines end in CR LF\n")
  }

  @Test func `the repairing command is what a shell takes, whatever the names are`() throws {
    let place = "it's a/$(touch oops);x"
    _ = try ipsecLA("generate", "--spec-version", "1.0", "--output", place, in: folder)
    try folder.write("", to: "\(place)/1.0/-stray;touch oops")
    try FileManager.default.removeItem(at: folder.url("\(place)/1.0/layout.json"))
    let check = try ipsecLA("generate", "--check", "--spec-version", "1.0", "--output", place, in: folder)
    let repair = try #require(check.errors.split(separator: "repair with: ").last).replacing("ipsec-la", with: program)
    _ = try Shell.run(["sh", "-c", String(repair)], in: folder.path)
    #expect(try ipsecLA("generate", "--check", "--spec-version", "1.0", "--output", place, in: folder).status == 0)
    #expect(try !files().contains { $0.hasSuffix("oops") })
  }

  @Test func `a check names bytes that are no text, and prints no control characters`() throws {
    _ = try ipsecLA("generate", "--spec-version", "1.0", in: folder)
    let header = "gen/1.0/linux/include/uapi/linux/virtio_ipsec.h"
    try folder.write(folder.read(header) + "\u{1b}[31m\r\n", to: header)
    var reference = Data(try folder.read("gen/1.0/reference.md").utf8)
    reference.append(0xff)
    try reference.write(to: folder.url("gen/1.0/reference.md"))
    let check = try ipsecLA("generate", "--check", "--spec-version", "1.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("gen/1.0/reference.md: differs"))
    #expect(check.output.contains("\\u{1B}[31m"))
    #expect(!check.output.contains("\u{1b}"))
  }

  @Test(arguments: ["show", "generate --check", "generate --help"])
  func `output that cannot be written is an error`(_ command: String) throws {
    let outcome = try Shell.outcome(["sh", "-c", "$0 \(command) > /dev/full", program], in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasSuffix("error: standard output: No space left on device\n"))
  }

  @Test(arguments: [("gen", "qemu-patches"), ("build/headers", "build/qemu-patches")])
  func `QEMU's patches stand beside the folder, and are checked with it`(output: String, patches: String) throws {
    #expect(try ipsecLA("generate", "--output", output, in: folder).status == 0)
    let series = try files().filter { $0.hasPrefix("\(patches)/") }
    #expect(series.first == "\(patches)/0000-cover-letter.txt" && series.count { $0.hasSuffix(".patch") } == 6)
    try folder.write("", to: "\(patches)/0007-stray.patch")
    let check = try ipsecLA("generate", "--check", "--output", output, in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("\(patches)/0007-stray.patch: nothing generates it"))
  }

  @Test func `a tree of QEMU's that lacks a place gets the rest, and exits with 1`() throws {
    try folder.write("10.0.2\n", to: "tree/VERSION")
    let table = """
          [VIRTIO_ID_PARAM_SERV] = "virtio-param-serv",
          [VIRTIO_ID_AUDIO_POLICY] = "virtio-audio-pol",
          [VIRTIO_ID_BT] = "virtio-bluetooth",
          [VIRTIO_ID_GPIO] = "virtio-gpio"
      """
    try folder.write(table + "\n", to: "tree/hw/virtio/virtio.c")
    let outcome = try ipsecLA("generate", "--qemu-tree", "tree", in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("not placed   MAINTAINERS: there is no such file; these lines belong there:"))
    #expect(outcome.output.contains("placed       hw/virtio/vhost-user-ipsec-la.c\n"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(try folder.read("tree/hw/virtio/virtio.c").contains("    [VIRTIO_ID_IPSEC] = \"virtio-ipsec\",\n"))
    #expect(try !files().contains { $0.hasPrefix("gen") || $0.hasPrefix("qemu-patches") })
  }

  @Test(arguments: [
    ("10.2.2", ""), ("10.0.2", ""), ("9.2.0", "the tree is QEMU 9.2.0; what follows is written for 10.0\n"),
  ])
  func `a tree gets what is written for its own release`(version: String, note: String) throws {
    try folder.write("\(version)\n", to: "tree/VERSION")
    try folder.write("", to: "tree/hw/virtio/virtio.c")
    let outcome = try ipsecLA("generate", "--qemu-tree", "tree", in: folder)
    #expect(outcome.output.hasPrefix("\(note)placed "))
    let header = try folder.read("tree/include/hw/virtio/vhost-user-ipsec-la.h")
    #expect(header.contains(version == "10.2.2" ? "    CharFrontend chardev;\n" : "    CharBackend chardev;\n"))
  }

  @Test func `a link in a tree stays, and what it leads to is changed`() throws {
    try folder.write("10.0.2\n", to: "tree/VERSION")
    let table = """
          [VIRTIO_ID_PARAM_SERV] = "virtio-param-serv",
          [VIRTIO_ID_AUDIO_POLICY] = "virtio-audio-pol",
          [VIRTIO_ID_BT] = "virtio-bluetooth",
          [VIRTIO_ID_GPIO] = "virtio-gpio"
      """
    try folder.write(table + "\n", to: "elsewhere/virtio.c")
    _ = try Shell.run(
      ["sh", "-c", "mkdir -p tree/hw/virtio && ln -s ../../../elsewhere/virtio.c tree/hw/virtio/virtio.c"],
      in: folder.path)
    let outcome = try ipsecLA("generate", "--qemu-tree", "tree", in: folder)
    #expect(outcome.output.contains("placed       hw/virtio/virtio.c"), "\(outcome.output)")
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder.url("tree/hw/virtio/virtio.c").path)
    #expect(link == "../../../elsewhere/virtio.c")
    #expect(try folder.read("elsewhere/virtio.c").contains("VIRTIO_ID_IPSEC"))
  }

  @Test func `a check of a tree writes nothing, and says what is missing`() throws {
    try folder.write("10.0.2\n", to: "tree/VERSION")
    try folder.write("", to: "tree/hw/virtio/virtio.c")
    let before = try files()
    let outcome = try ipsecLA("generate", "--qemu-tree", "tree", "--check", in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("missing      hw/virtio/vhost-user-ipsec-la.c\n"))
    #expect(!outcome.output.contains("\nplaced "))
    #expect(try files() == before)
  }

  @Test func `a file of somebody else's with a name of the device's stays as it is`() throws {
    let path = "tree/hw/virtio/vhost-user-ipsec-la.c"
    try folder.write("10.0.2\n", to: "tree/VERSION")
    try folder.write("int mine;\n", to: path)
    let outcome = try ipsecLA("generate", "--qemu-tree", "tree", in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("not placed   hw/virtio/vhost-user-ipsec-la.c: there is another file of that name"))
    #expect(try folder.read(path) == "int mine;\n")
    #expect(outcome.output.contains("placed       hw/virtio/vhost-user-ipsec-la-pci.c\n"))
  }

  @Test func `a domain for libvirt is checked like every file`() throws {
    _ = try ipsecLA("generate", "--spec-version", "2.0", in: folder)
    let domain = "gen/2.0/libvirt/vhost-user-ipsec-la.xml"
    try folder.write(folder.read(domain).replacing("mode='shared'", with: "mode='private'"), to: domain)
    let check = try ipsecLA("generate", "--check", "--spec-version", "2.0", in: folder)
    #expect(check.status == 1)
    #expect(check.output.contains("\(domain): differs"))
  }

  @Test func `help teaches`() throws {
    let help = try ipsecLA("generate", "--help", in: folder)
    #expect(help.status == 0)
    #expect(help.output.contains("Exit codes"))
    #expect(help.output.contains("Examples"))
  }
}
